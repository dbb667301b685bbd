"""Tables in an article: small ones are read row by row, of large ones is said that they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

BEFORE, AFTER = "De monteurs noemden heel uiteenlopende bedragen.", "De vakbond schrok daarvan, zegt zij."


def _read(tmp_path: Path, table: str) -> list[tuple[str, str]]:
    source = tmp_path / ("a.html" if table.startswith("<") else "a.md")
    if source.suffix == ".html":
        source.write_text(f"<article><h1>Duur</h1><p>{BEFORE}</p>{table}<p>{AFTER}</p></article>", encoding="utf-8")
    else:
        source.write_text(f"# Duur\n\n{BEFORE}\n\n{table}\n\n{AFTER}\n", encoding="utf-8")
    paragraphs: list[tuple[str, str]] = [
        (paragraph.kind, paragraph.text) for paragraph in read_article(str(source)).paragraphs
    ]
    assert paragraphs[0] == ("text", BEFORE)
    assert paragraphs[-1] == ("text", AFTER)
    return paragraphs[1:-1]


def _table(n_rows: int, n_columns: int, cell: str = "3 uur") -> str:
    row = f"<td>{cell}</td>" * n_columns
    return f"<table>{f'<tr>{row}</tr>' * n_rows}</table>"


def test_a_row_is_a_paragraph_with_its_head_first(tmp_path: Path) -> None:
    rows = [("item", "Deel, Prijs."), ("item", "Pomp, 89 euro."), ("item", "Rubber, 104 euro.")]
    assert _read(tmp_path, "| Deel | Prijs |\n|---|---|\n| Pomp | 89 euro |\n| Rubber | 104 euro |") == rows
    html = "".join(f"<tr><td>{text.rstrip('.').replace(', ', '</td><td>')}</td></tr>" for _, text in rows)
    assert _read(tmp_path, f"<table><tbody>{html}</tbody></table>") == rows


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("<td>Pomp</td><td></td><td>–</td>", "Pomp."),
        ("<td>Pomp.</td><td>Duur!</td>", "Pomp. Duur!"),
        ("<td>Let op:</td><td>duur,</td>", "Let op: duur."),
        ("<td><p>Pomp</p><p>nieuw</p></td><td>89<sup><a href='#n1'>1</a></sup></td>", "Pomp nieuw, 89."),
        ("<th>Pomp<br>nieuw</th><td rowspan='2'>89 <b>euro</b></td>", "Pomp nieuw, 89 euro."),
    ],
)
def test_each_cell_is_heard_once_with_a_pause(tmp_path: Path, row: str, said: str) -> None:
    assert _read(tmp_path, f"<table><tr>{row}</tr></table>") == [("item", said)]


def test_a_caption_goes_before_its_table(tmp_path: Path) -> None:
    table = "<table><caption>Prijzen in 2024</caption><tr><td>Pomp</td><td>89 euro</td></tr></table>"
    assert _read(tmp_path, table) == [("item", "Prijzen in 2024."), ("item", "Pomp, 89 euro.")]


@pytest.mark.parametrize(("n_rows", "n_columns"), [(12, 3), (10, 4), (1, 1)])
def test_small_tables_are_read(tmp_path: Path, n_rows: int, n_columns: int) -> None:
    assert len(_read(tmp_path, _table(n_rows, n_columns))) == n_rows


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (_table(13, 2), "13 rijen"),
        (_table(2, 5), "twee rijen"),
        (_table(12, 4), "twaalf rijen"),
        ("| a | b |\n|---|---|\n" + f"| {'woord ' * 70}| {'zin ' * 70}|\n" * 2, "twee rijen"),
        (f"<table><tr><td>{_table(1, 1)}</td><td>menu</td></tr></table>", "twee rijen"),
        ("<table><tr><td><h2>Kop</h2></td><td>menu</td></tr></table>", "één rij"),
    ],
)
def test_what_no_ear_can_follow_is_only_named(tmp_path: Path, table: str, rows: str) -> None:
    assert _read(tmp_path, table) == [("left_out", f"Hier staat een tabel van {rows}, die niet wordt voorgelezen.")]
