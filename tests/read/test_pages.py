"""Each pair of files in pages/ is a test: a source, and the article that it must become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tts.model import Article, Paragraph
from tts.read import read_article

PAGES = Path(__file__).parent / "pages"
SOURCES = sorted(path for path in PAGES.iterdir() if path.suffix != ".json")


def _gold(source: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(source.with_name(f"{source.stem}.gold.json").read_text(encoding="utf-8"))
    return gold


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.name)
def page(request: pytest.FixtureRequest) -> tuple[Article, dict[str, Any]]:
    return read_article(str(request.param)), _gold(request.param)


def test_there_are_enough_house_styles() -> None:
    assert len(SOURCES) >= 15


@pytest.mark.parametrize("field", ["title", "date", "author", "source_url"])
def test_what_is_said_about_the_article(page: tuple[Article, dict[str, Any]], field: str) -> None:
    article, gold = page
    assert getattr(article, field) == gold[field]


def test_paragraphs(page: tuple[Article, dict[str, Any]]) -> None:
    article, gold = page
    assert list(article.paragraphs) == [Paragraph(**paragraph) for paragraph in gold["paragraphs"]]
    assert article.language == "nl"
