"""Headings as people write them in Markdown and HTML, and the short lines that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article
from tts.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

ONE = "De sluis van Vaardrecht gaat een half jaar dicht. Dat heeft de gemeente besloten."
TWO = "Schippers varen zolang om via het kanaal. Dat kost ze twee uur."
THREE = "De kosten zijn vier miljoen euro. De helft betaalt de provincie."


def _headings(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return [block.text for block in segment(read_article(str(path))) if block.kind == "heading"]


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("## Omvaren", "Omvaren"),
        ("##Omvaren", "Omvaren"),
        ("## Omvaren ##", "Omvaren"),
        ("### Omvaren?", "Omvaren?"),
        ("#### 2. Omvaren", "2. Omvaren"),
        ("Omvaren\n-------", "Omvaren"),
        ("**Omvaren**", "Omvaren"),
        ("__Omvaren__", "Omvaren"),
        ("***Omvaren***", "Omvaren"),
        ("** Omvaren **", "Omvaren"),
        ("**Omvaren:**", "Omvaren:"),
        ("## **Omvaren**", "Omvaren"),
        ("## *Omvaren*", "Omvaren"),
        ("## ‘Wij varen om’", "‘Wij varen om’"),
        ('## "Wij varen om"', '"Wij varen om"'),
        ("## Omvaren {#om}", "Omvaren"),
        ("## [Omvaren](https://sluis.example/om)", "Omvaren"),
        ("## Wat kost dat allemaal, en wie betaalt het?", "Wat kost dat allemaal, en wie betaalt het?"),
        ("<h2>Omvaren</h2>", "Omvaren"),
        ("   ## Omvaren", "Omvaren"),
        ("## Omvaren.", "Omvaren."),
        ("## Omvaren: zo gaat dat!", "Omvaren: zo gaat dat!"),
        ("## Reacties", "Reacties"),
        ("## Zoeken", "Zoeken"),
    ],
)
@pytest.mark.parametrize("joint", ["\n\n", "\n"])
def test_a_heading_in_markdown(tmp_path: Path, written: str, heading: str, joint: str) -> None:
    text = f"# Sluis dicht\n\n{ONE}\n\n{written}{joint}{TWO}\n\n{THREE}\n"
    assert _headings(tmp_path / "bron.md", text) == [heading]


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("<h2>Omvaren</h2>", "Omvaren"),
        ("<h3><strong>Omvaren</strong></h3>", "Omvaren"),
        ("<h2><a id='om'></a>Omvaren</h2>", "Omvaren"),
        ("<h2><a href='#om'>Omvaren</a></h2>", "Omvaren"),
        ("<h2><span class='nummer'>1</span> Omvaren</h2>", "1 Omvaren"),
        ("<h2>‘Wij varen om’</h2>", "‘Wij varen om’"),
        ("<h4>Wat kost dat allemaal, en wie betaalt het?</h4>", "Wat kost dat allemaal, en wie betaalt het?"),
        ("<p><strong>Omvaren</strong></p>", "Omvaren"),
        ("<p><b>Omvaren</b><br></p>", "Omvaren"),
        ("<p class='tussenkop'>Omvaren</p>", "Omvaren"),
        ("<div role='heading' aria-level='2'>Omvaren</div>", "Omvaren"),
        ("<section><header><h2>Omvaren</h2></header></section>", "Omvaren"),
        ("<h2>Omvaren <a class='anchor' href='#omvaren'>#</a></h2>", "Omvaren"),
        ("<h2 class='label'>Omvaren</h2>", "Omvaren"),
        ("<div class='tussenkop'>Omvaren</div>", "Omvaren"),
        ("<div class='section-title'><h2>Omvaren</h2></div>", "Omvaren"),
        ("<h2>Omvaren<br>en wachten</h2>", "Omvaren en wachten"),
        ("<hgroup><h2>Omvaren</h2></hgroup>", "Omvaren"),
        ("<p><span style='font-weight: bold'>Omvaren</span></p>", "Omvaren"),
        ("<div class='wp-block-heading'><h2>Omvaren</h2></div>", "Omvaren"),
        ("<details open><summary>Omvaren</summary></details>", "Omvaren"),
    ],
)
def test_a_heading_in_html(tmp_path: Path, written: str, heading: str) -> None:
    page = (
        f"<html><head><title>Sluis dicht</title></head><body><article><h1>Sluis dicht</h1><p>{ONE}</p>{written}"
        f"<p>{TWO}</p><p>{THREE}</p></article></body></html>"
    )
    assert _headings(tmp_path / "bron.html", page) == [heading]


@pytest.mark.parametrize("line", ["#sluisdicht", "- Omvaren", "> Omvaren", "*Omvaren*, zegt de schipper.", "1\\. Nee."])
def test_no_heading_in_markdown(tmp_path: Path, line: str) -> None:
    assert _headings(tmp_path / "bron.md", f"# Sluis dicht\n\n## Kop\n\n{ONE}\n\n{line}\n\n{TWO}\n") == ["Kop"]
