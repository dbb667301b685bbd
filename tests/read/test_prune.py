"""What stands around the text of a page, and what only looks as if it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "De brug over het kanaal blijft nog zeker drie weken dicht voor al het verkeer."
REST = "Volgend jaar begint de bouw van een nieuwe brug, die dertien meter hoog wordt."
MORE = "Schippers klagen al jaren dat hun masten er net niet onderdoor kunnen."


def _read(path: Path, between: str) -> list[str]:
    path.write_text(
        f"<html><head><title>Brug dicht</title></head><body><article><h1>Brug dicht</h1><p>{LEAD}</p>{between}"
        f"<p>{REST}</p></article></body></html>",
        encoding="utf-8",
    )
    return [paragraph.text for paragraph in read_article(str(path)).paragraphs]


@pytest.mark.parametrize(
    "clutter",
    [
        '<h3>Meer over de nieuwe brug</h3><ul><li><a href="/a">Brug te laag</a></li><li><a href="/b">Op</a></li></ul>',
        '<h2>Lees ook over dit onderwerp</h2><ul><li><a href="/a">Brug te laag</a></li></ul>',
        '<p><b>In dit artikel:</b></p><ol><li><a href="#a">Te laag</a></li><li><a href="#b">Te duur</a></li></ol>',
        '<div class="beeld"><img src="x"><p>De brug bij avond gezien vanaf de kade</p></div>',
        '<p><img src="x"><br><em>De brug bij avond</em></p>',
        "<p>Bekijk ook de video van de opening</p>",
        '<div class="photo"><img src="a"><p>De brug van boven</p><p>Foto Jan Smit</p></div>',
        '<div class="foto"><img src="a"></div><p><em>De brug van boven gezien</em></p>',
        '<p><img src="a"></p><small>De brug van boven gezien</small>',
        '<a class="card" href="/a"><span>Brug in Oost weer open</span></a>',
        '<div class="embed"><p>Wil je dit bericht zien?</p><button>Toon</button></div>',
        "<p>Bekijk hieronder de reportage:</p>",
        "<p>Heb jij nieuws? Stuur ons een appje!</p>",
        "<p>Download onze gratis nieuwsapp</p>",
        "<p>Update 14.30 uur</p>",
        '<section><h2>Onze beste verhalen</h2><p>Elke week.</p><label>E-mail <input type="email"></label></section>',
        '<div class="voet"><a href="/a">Tip de krant</a><a href="/b">Foutje?</a></div>',
        "<p>Laatste update: 12 maart 2024, 14:30</p>",
        "<p>Dit artikel verscheen eerder in De Courant</p>",
        "<p>Reageren? Mail naar redactie@courant.example</p>",
        "<p>Abonneer je nu voor 1 euro</p>",
        "<p>Sluit advertentie</p>",
        "<p>Scroll om verder te lezen</p>",
        "<p>Kaart: De Courant</p>",
        "<p>Foto ter illustratie</p>",
        "<p>1/5</p>",
        "<p>Terug naar het overzicht</p>",
        "<p>Luister dit artikel (4 min)</p>",
        "<p>Voorgelezen door een computerstem</p>",
        "<p>Volg het liveblog</p>",
        "<p>Meer lezen? Brug in Oost weer open</p>",
        "<p>Ook lezen: Brug in Oost weer open</p>",
        "<div class='box'><b>Mis niets van de brug</b><br>Schrijf je in op onze brugnieuwsbrief.</div>",
        "<p>Noot voor de redactie (niet voor publicatie): bel voor vragen met de gemeente. Er is beeld.</p>",
        "<p><em>Reageren? brieven@kade.example</em></p>",
        "<p><del>De brug gaat morgen weer open.</del></p>",
    ],
)
def test_it_is_left_out(tmp_path: Path, clutter: str) -> None:
    assert _read(tmp_path / "bron.html", clutter) == [LEAD, REST]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<h2>Te laag</h2><ul><li>Acht meter is te laag.</li></ul>", ["Te laag", "Acht meter is te laag."]),
        (f'<p><img src="x">{REST}</p>', [REST]),
        ("<p>Het kost <s>acht</s> <del>negen</del> tien miljoen.</p>", ["Het kost tien miljoen."]),
        ("<p>Reageren? Dat doet de gemeente niet.</p>", ["Reageren? Dat doet de gemeente niet."]),
        ("<p>Meer lezen? Dan helpt een bibliotheek.</p>", ["Meer lezen? Dan helpt een bibliotheek."]),
        ("<p>De update van 14.30 uur kwam te laat.</p>", ["De update van 14.30 uur kwam te laat."]),
        ('<p>Zie <a href="/a">de kaart</a> van <em>de brug</em>.</p>', ["Zie de kaart van de brug."]),
        (
            "<div><b>Wie leest?</b><br>De brug heeft een nieuwsbrief.</div>",
            ["Wie leest?", "De brug heeft een nieuwsbrief."],
        ),
        (f'<div><img src="x"><h2>Te laag</h2><p>{MORE}</p></div>', ["Te laag", MORE]),
    ],
)
def test_text_with_a_list_or_a_picture_stays(tmp_path: Path, body: str, texts: list[str]) -> None:
    assert _read(tmp_path / "bron.html", body) == [LEAD, *texts, REST]


def test_headings_as_people_type_them(tmp_path: Path) -> None:
    path = tmp_path / "bron.md"
    path.write_text(f"# Brug dicht\n\n{LEAD}\n\n##Te laag\n\n{REST}\n\n** Te duur **\n\n{REST}\n", encoding="utf-8")
    found = {paragraph.text: paragraph for paragraph in read_article(str(path)).paragraphs}
    assert found["Te laag"].kind == "heading"
    assert found["Te duur"].strong


def test_a_note_behind_the_last_rule_goes(tmp_path: Path) -> None:
    path = tmp_path / "bron.md"
    path.write_text(f"# Brug dicht\n\n{LEAD}\n\n---\n\n*Noor Bakker: Bruggen. De Kade, 20 euro.*\n", encoding="utf-8")
    assert [paragraph.text for paragraph in read_article(str(path)).paragraphs] == [LEAD]
    path.write_text(f"# Brug dicht\n\n{LEAD}\n\n---\n\n*{MORE}*\n\n{REST}\n", encoding="utf-8")
    assert [paragraph.text for paragraph in read_article(str(path)).paragraphs] == [LEAD, MORE, REST]


def test_the_author_signs(tmp_path: Path) -> None:
    path = tmp_path / "bron.md"
    path.write_text(f"# Brug dicht\n\nDoor Noor Bakker\n\n{LEAD}\n\nNoor Bakker is columnist.\n", encoding="utf-8")
    assert [paragraph.text for paragraph in read_article(str(path)).paragraphs] == [LEAD]


def test_a_question_in_bold_before_its_answer(tmp_path: Path) -> None:
    found = _read(tmp_path / "bron.html", "<p><strong>Hoe hoog?</strong> Dertien meter.</p>")
    assert found == [LEAD, "Hoe hoog?", "Dertien meter.", REST]


def test_a_credit_in_a_span_and_in_bold(tmp_path: Path) -> None:
    path = tmp_path / "bron.html"
    said = '<aside><q>Wij lazen het in de begroting</q><span class="inset-name">Noor Bakker, wethouder</span></aside>'
    path.write_text(f"<article><h1>Brug dicht</h1><p>{LEAD}</p>{said}<p>{REST}</p></article>", encoding="utf-8")
    assert read_article(str(path)).paragraphs[1].credit == "Noor Bakker, wethouder"
    path = tmp_path / "bron.md"
    path.write_text(
        f"# Brug\n\n{LEAD}\n\n> Wij lazen het\n>\n> **Noor Bakker, wethouder**\n\n{REST}\n", encoding="utf-8"
    )
    assert read_article(str(path)).paragraphs[1].credit == "Noor Bakker, wethouder"
