"""What a page shows twice is read once, and what an article says twice is read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Paragraph

TITLE = "Oude sluis van Vaardrecht gaat dicht"
LEAD = "De gemeente Vaardrecht sluit vanaf maandag de oude sluis voor een half jaar."
BODY = [
    "De sluis uit 1884 is aan groot onderhoud toe, zo bleek vorig jaar uit onderzoek van het waterschap.",
    "‘We hadden hier tien jaar eerder aan moeten beginnen’, zegt sluiswachter Karel Booms.",
    "Schippers moeten de komende maanden omvaren via het kanaal, en dat kost ze twee uur.",
]
PROSE = "".join(f"<p>{text}</p>" for text in BODY)
H1 = f"<h1>{TITLE}</h1>"


def _read(path: Path, page: str) -> tuple[Paragraph, ...]:
    path.write_text(f"<html lang='nl'><head><title>{TITLE}</title></head><body>{page}</body></html>", encoding="utf-8")
    return read_article(str(path)).paragraphs


@pytest.mark.parametrize(
    "page",
    [
        f'<header>{H1}<p class="intro">{LEAD}</p></header><article><p><b>{LEAD}</b></p>{PROSE}</article>',
        f'{H1}<div class="summary">{LEAD}</div><div class="article-body"><p>{LEAD}</p>{PROSE}</div>',
        f'<article>{H1}<p class="teaser">{LEAD}</p><p class="lead">{LEAD}</p>{PROSE}</article>',
        f"<article>{H1}<p>{TITLE}</p><p>{LEAD}</p>{PROSE}</article>",
        f'<article>{H1}<p>{LEAD}</p>{PROSE}</article><div class="print-only">{H1}<p>{LEAD}</p>{PROSE}</div>',
        f'<div class="desktop">{H1}<p>{LEAD}</p>{PROSE}</div><div class="mobile">{H1}<p>{LEAD}</p>{PROSE}</div>',
        f"<article>{H1}<p>{LEAD}</p>{PROSE}<noscript><p>{LEAD}</p>{PROSE}</noscript></article>",
        (
            f"<article>{H1}<p>{LEAD}</p>{PROSE}</article><section><h2>Meer nieuws</h2><article><h3><a>{TITLE}</a>"
            f"</h3><p>{LEAD}</p></article></section>"
        ),
        (
            f'<article>{H1}<p>{LEAD}</p><img src="a"><p>De sluis van boven gezien</p><figure><img src="a"><figcaption>'
            f"De sluis van boven gezien</figcaption></figure>{PROSE}</article>"
        ),
        f'<article>{H1}<p>{LEAD}</p><img src="a" alt="De sluis van boven"><p>De sluis van boven</p>{PROSE}</article>',
        f'<article>{H1}<p class="byline">Door Karel de Groot</p><p>{LEAD}</p>{PROSE}<p>Karel de Groot</p></article>',
        f'<article>{H1}<div class="audio">Luister naar dit artikel 3 min</div><p>{LEAD}</p>{PROSE}</article>',
    ],
)
def test_a_copy_is_left_out(tmp_path: Path, page: str) -> None:
    assert [paragraph.text for paragraph in _read(tmp_path / "bron.html", page)] == [LEAD, *BODY]


def test_a_heading_that_stands_there_twice_is_one(tmp_path: Path) -> None:
    found = _read(tmp_path / "bron.html", f'<article>{H1}<p>{LEAD}</p><h2 id="a">Om</h2><h2>Om</h2>{PROSE}</article>')
    assert [paragraph.text for paragraph in found] == [LEAD, "Om", *BODY]


def test_an_article_may_say_a_thing_twice(tmp_path: Path) -> None:
    found = _read(tmp_path / "bron.html", f"<article>{H1}<p>{LEAD}</p>{PROSE}<p>{LEAD}</p></article>")
    assert [paragraph.text for paragraph in found] == [LEAD, *BODY, LEAD]


def test_a_pull_quote_repeats_what_is_said(tmp_path: Path) -> None:
    quote = "We hadden hier tien jaar eerder aan moeten beginnen"
    page = f"<article>{H1}<p>{LEAD}</p><aside><p>{quote}</p></aside>{PROSE}</article>"
    assert [paragraph.text for paragraph in _read(tmp_path / "bron.html", page)] == [LEAD, quote, *BODY]


@pytest.mark.parametrize("line", ["12 reacties", "Reacties (12)", "Reageer op dit artikel"])
def test_a_count_of_comments_in_the_midst_cuts_nothing_off(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bron.txt"
    path.write_text("\n\n".join([TITLE, LEAD, *BODY, line, *BODY[::-1]]), encoding="utf-8")
    assert [paragraph.text for paragraph in read_article(str(path)).paragraphs] == [LEAD, *BODY, *BODY[::-1]]


def test_comments_under_the_text_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bron.txt"
    path.write_text("\n\n".join([TITLE, LEAD, *BODY, "2 reacties", "Jan: Schande!", "An: Jammer."]), encoding="utf-8")
    assert [paragraph.text for paragraph in read_article(str(path)).paragraphs] == [LEAD, *BODY]
