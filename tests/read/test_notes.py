"""Footnotes: their marks go, what explains is read behind the article, what only names a source is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Dat een wolf over een raster van een meter springt, geldt als zeldzaam."
END = "De herder wil er voortaan een ezel bij, zegt hij aan de keukentafel."
NOTE = "Opgave van de vereniging zelf, peildatum 1 februari."
ONE_SOURCE = ("left_out", "Eén voetnoot noemt alleen een bron en wordt niet voorgelezen.")


def _page(mark: str, notes: str) -> str:
    return f"<body><article><h1>De wolf</h1><p>{TEXT}{mark}</p><p>{END}</p>{notes}</article><p>Deel dit</p></body>"


def _read(tmp_path: Path, name: str, text: str) -> list[tuple[str, str]]:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return [(paragraph.kind, paragraph.text) for paragraph in read_article(str(source)).paragraphs]


def _told(*notes: str) -> list[tuple[str, str]]:
    announced = [("left_out", "Voetnoot." if len(notes) == 1 else "Voetnoten.")]
    return [("text", TEXT), ("text", END), *announced, *(("item", note) for note in notes)]


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        ("<sup><a href='#n1'>1</a></sup>", f"<h3>Noten</h3><ol><li id='n1'>{NOTE} <a href='#r1'>↩</a></li></ol>"),
        ("<a href='#_ftn1' name='_r1'>[1]</a>", f"<hr><p><a href='#_r1' name='_ftn1'>[1]</a> {NOTE}</p>"),
        ("<sup>1</sup>", f"<section class='footnotes' role='doc-endnotes'><ol><li>{NOTE}</li></ol></section>"),
        ("<sup>1</sup>", f"<div class='voetnoten'><h4>Voetnoten</h4><p>1. {NOTE}</p></div>"),
        ("", f"<aside class='footnote'>* {NOTE}</aside>"),
    ],
)
def test_pages(tmp_path: Path, mark: str, notes: str) -> None:
    assert _read(tmp_path, "a.html", _page(mark, notes)) == _told(NOTE)


def test_markdown(tmp_path: Path) -> None:
    text = f"# De wolf\n\n{TEXT}[^1]\n\n[^1]: {NOTE}\n[^b]: Een *tweede* noot.\n\n{END}[^b]\n"
    assert _read(tmp_path, "a.md", text) == _told(NOTE, "Een tweede noot.")


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        ("[1]", f"[1] {NOTE}"),
        ("[^1]", f"Noten:\n\n[^1]: {NOTE}"),
        ("¹", f"¹ {NOTE}"),
        ("", f"Voetnoten\n\n- {NOTE}"),
    ],
)
def test_text(tmp_path: Path, mark: str, notes: str) -> None:
    assert _read(tmp_path, "a.txt", f"De wolf\n\n{TEXT}{mark}\n\n{END}\n\n{notes}\n") == _told(NOTE)


def test_a_note_stands_behind_the_signature(tmp_path: Path) -> None:
    text = f"# De wolf\n\nDoor Anna de Wit\n\n{TEXT}[^1]\n\n{END}\n\nAnna de Wit is columnist.\n\n[^1]: {NOTE}\n"
    assert _read(tmp_path, "a.md", text) == _told(NOTE)


@pytest.mark.parametrize(
    "note",
    [
        "<https://a.nl/rapport>",
        "Zie ook www.a.nl.",
        "Zie voor alle cijfers het [rapport van het CBS](https://a.nl).",
        "Jansen, P. (2019). *De wolf in de lage landen*. Boom.",
        "CBS (2023). [Wolven in Nederland en hun schade](https://a.nl). Geraadpleegd op 3 mei 2024.",
        "“De wolf is terug en blijft”, [Trouw](https://a.nl), 3 mei 2024",
        "Ibidem, p. 12.",
        "Bron: CBS.",
    ],
)
def test_a_note_that_only_names_a_source_stays_out(tmp_path: Path, note: str) -> None:
    text = f"# De wolf\n\n{TEXT}[^1]\n\n{END}\n\n[^1]: {note}\n"
    assert _read(tmp_path, "a.md", text) == [*_told(NOTE)[:2], ONE_SOURCE]


@pytest.mark.parametrize(
    "note",
    [
        "In 2023 gebeurde dat bij 14 van de 402 aanvallen.",
        "Zie bijlage 2 van het rapport.",
        "Volgens [de site](https://a.nl) waren het er veertien in heel Drenthe.",
        "Zie [de site](https://a.nl). Daar staan er veertien.",
        "Via www.a.nl kunnen bewoners tot 1 mei bezwaar maken tegen het plan.",
    ],
)
def test_a_note_that_explains_is_read(tmp_path: Path, note: str) -> None:
    said = _read(tmp_path, "a.md", f"# De wolf\n\n{TEXT}[^1]\n\n{END}\n\n[^1]: {note}\n")
    assert said == _told(note.replace("[de site](https://a.nl)", "de site"))


def test_raised_figures_and_lists_that_are_no_notes_stay(tmp_path: Path) -> None:
    text = f"Taart\n\n{TEXT} Het is 30 km².\n\n{END}\n\nNodig\n\n- noten\n- rozijnen\n"
    assert [said for _, said in _read(tmp_path, "a.txt", text)][2:] == ["Nodig", "noten", "rozijnen"]
    page = _page(" Dat is 30 km<sup>2</sup>.<sup>1</sup>", f"<ol class='footnotes'><li>{NOTE}</li></ol>")
    assert _read(tmp_path, "a.html", page)[0] == ("text", f"{TEXT} Dat is 30 km2.")
