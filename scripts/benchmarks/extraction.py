"""Words lost and clutter kept when the body of a web page is found: ours beside other extractors.

Over the pages that have a gold file. The others are not among the pins:
`uv pip install --python .venv/bin/python trafilatura readability-lxml lxml-html-clean` brings them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from measure import ROOT

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

try:
    import lxml.html
    import readability
    import trafilatura
except ImportError as error:
    sys.exit(f"bench: {error.name} is missing; the head of this file says how to get it")

FOLDERS = (ROOT / "tests/read/pages", ROOT / "tests/corpus/articles", ROOT / "tests/corpus/heldout/articles")


def _ours(page: Path) -> str:
    paragraphs = read_article(str(page)).paragraphs
    return "\n".join(found.text for found in paragraphs if found.kind != "left_out")


def _readability(page: Path) -> str:
    document = readability.Document(page.read_bytes().decode("utf-8", "replace"))
    return lxml.html.fromstring(document.summary()).text_content()


def _trafilatura(page: Path, **options: Any) -> str:
    return trafilatura.extract(page.read_bytes(), include_comments=False, include_tables=False, **options) or ""


EXTRACTORS = {
    "voorlezer": _ours,
    "trafilatura": _trafilatura,
    "trafilatura, favor_recall": lambda page: _trafilatura(page, favor_recall=True),
    "readability-lxml": _readability,
}


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def _gold(page: Path) -> Counter[str]:
    """The words of the body, from either form of gold: paragraphs, or blocks."""
    gold = json.loads(page.with_name(f"{page.stem}.gold.json").read_text(encoding="utf-8"))
    entries = gold.get("paragraphs") or gold["blocks"]
    return _words("\n".join(entry["text"] for entry in entries if entry["kind"] != "left_out"))


def main() -> None:
    """One line an extractor."""
    pages = [page for folder in FOLDERS for page in sorted(folder.glob("*.html"))]
    gold = {page: _gold(page) for page in pages}
    total = sum(words.total() for words in gold.values())
    print(f"{len(pages)} pages, {total} words of body")
    for name, extract in EXTRACTORS.items():
        found = {page: _words(extract(page)) for page in pages}
        lost = sum((gold[page] - found[page]).total() for page in pages)
        clutter = sum((found[page] - gold[page]).total() for page in pages)
        print(f"{name:<28} lost {lost:5}   clutter {clutter:5}")


if __name__ == "__main__":
    main()
