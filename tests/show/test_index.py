"""The index agrees with the folder, whatever happens to either."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.show.material import add, numbered
from tts.show.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    for n in range(1, 4):
        add(library, numbered(n))
    return library


def _slugs(library: Library) -> list[str]:
    with library.index() as index:
        return [card.slug for card in index.cards()]


def test_cards_come_in_the_order_of_the_feed(library: Library) -> None:
    assert _slugs(library) == ["aflevering-1", "aflevering-2", "aflevering-3"]
    with library.index() as index:
        assert [card.number for card in index.cards(1, 3)] == [2, 3]
        assert len(index) == 3
        assert index.next_number() == 4
        assert index.slug_of("id:2") == "aflevering-2"
        assert index.slug_of("id:9") is None


def test_a_sidecar_that_came_or_went_by_hand_is_noticed(library: Library) -> None:
    kept = library.sidecar("aflevering-2").read_bytes()
    library.sidecar("aflevering-2").unlink()
    assert _slugs(library) == ["aflevering-1", "aflevering-3"]
    assert library.find("id:2") is None
    library.sidecar("aflevering-2").write_bytes(kept)
    assert _slugs(library) == ["aflevering-1", "aflevering-2", "aflevering-3"]


def test_a_sidecar_that_was_changed_in_place_is_noticed_by_a_rescan(library: Library) -> None:
    path = library.sidecar("aflevering-2")
    path.write_bytes(path.read_bytes().replace(b"Aflevering 2", b"Een andere titel"))
    library.rescan()
    with library.index() as index:
        card = index.card("aflevering-2")
    assert card is not None
    assert card.title == "Een andere titel"


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + b"rubbish" * 1000])
def test_a_lost_or_damaged_index_is_made_again(library: Library, content: bytes | None) -> None:
    path = library.folder / ".index.sqlite"
    path.unlink() if content is None else path.write_bytes(content)
    assert _slugs(library) == ["aflevering-1", "aflevering-2", "aflevering-3"]
    assert library.find("id:3") == library.episode("aflevering-3")


def test_a_copied_show_folder_has_an_index_of_its_own(library: Library, tmp_path: Path) -> None:
    shutil.copytree(tmp_path, copy := tmp_path / "copy", ignore=lambda *_: ["copy"])
    (copy / "episodes" / "aflevering-1.json").unlink()
    assert _slugs(Library(copy)) == ["aflevering-2", "aflevering-3"]
    assert _slugs(library) == ["aflevering-1", "aflevering-2", "aflevering-3"]


def test_when_the_articles_date_counts_the_order_is_another(library: Library) -> None:
    add(library, dataclasses.replace(numbered(4), date="1999"))
    assert _slugs(library)[-1] == "aflevering-4"
    (library.folder / "show.toml").write_text('dated_by = "article"\n', encoding="utf-8")
    assert _slugs(library)[0] == "aflevering-4"


def test_what_is_stale_begins_at_the_lowest_place_that_was_touched(library: Library) -> None:
    def touched() -> int | None:
        with library.index() as index:
            stale = index.stale_from
            index.mark_lists_made()
        return stale

    assert touched() == 0
    assert touched() is None
    add(library, numbered(4))
    assert touched() == 3
    add(library, dataclasses.replace(numbered(2), published="2030-01-01T00:00:00+00:00"))
    assert touched() == 1
    library.sidecar("aflevering-3").unlink()
    assert touched() == 1
