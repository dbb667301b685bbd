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
    ],
)
def test_it_is_left_out(tmp_path: Path, clutter: str) -> None:
    assert _read(tmp_path / "bron.html", clutter) == [LEAD, REST]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<h2>Te laag</h2><ul><li>Acht meter is te laag.</li></ul>", ["Te laag", "Acht meter is te laag."]),
        (f'<p><img src="x">{REST}</p>', [REST]),
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
