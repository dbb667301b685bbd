"""What an owner changes: removed and put back, retitled, moved."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from mutagen.id3 import ID3

from tests.show.material import EPISODE, add, numbered
from tts.errors import InputError, ShowError
from tts.model import Edits
from tts.show import changes
from tts.show.feed import SPACES
from tts.show.library import Library
from tts.show.site import refresh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    add(library)
    add(library, numbered(2))
    refresh(library)
    return library


def _feed(library: Library) -> etree._Element:
    return etree.parse(library.folder / "feed.xml").getroot()[0]


def _titles(library: Library) -> list[str | None]:
    return [title.text for title in _feed(library).findall("item/title")]


def test_what_is_removed_is_gone_and_comes_back_as_it_was(library: Library) -> None:
    before = {path.name: path.read_bytes() for path in library.episodes_folder.iterdir()}
    feed = (library.folder / "feed.xml").read_bytes()
    changes.remove(library, "de-brug")
    assert _titles(library) == ["Aflevering 2"]
    assert [path.name for path in library.episodes_folder.iterdir() if path.name.startswith("de-brug")] == []
    assert [episode.slug for episode in changes.removed(library)] == ["de-brug"]
    assert changes.restore(library, "de-brug").title == "De brug"
    assert {path.name: path.read_bytes() for path in library.episodes_folder.iterdir()} == before
    assert (library.folder / "feed.xml").read_bytes() == feed
    assert changes.removed(library) == []


def test_a_removed_name_is_not_given_to_another_article(library: Library) -> None:
    changes.remove(library, "de-brug")
    assert library.free_slug("De brug", "id:other") == "de-brug-2"
    assert library.free_slug("De brug", EPISODE.identity) == "de-brug"


def test_an_article_that_was_made_again_is_not_put_back_over_it(library: Library) -> None:
    changes.remove(library, "de-brug")
    add(library, dataclasses.replace(EPISODE, title="Opnieuw"))
    with pytest.raises(InputError, match="made again since, as de-brug"):
        changes.restore(library, "de-brug")


@pytest.mark.parametrize("change", [changes.remove, changes.restore])
def test_a_name_that_is_not_there_is_told(library: Library, change: type) -> None:
    with pytest.raises(InputError, match="voorlezer list"):
        change(library, "iets-heel-anders")


def test_a_name_that_is_nearly_right_is_suggested(library: Library) -> None:
    with pytest.raises(InputError, match="do you mean de-brug"):
        changes.chosen(library, "debrug")


def test_an_edit_goes_to_feed_and_tags_and_leaves_the_sound(library: Library) -> None:
    before = library.episode("de-brug")
    after = changes.edit(library, "de-brug", Edits(title="De nieuwe brug", date="2024-06-01"))
    assert before is not None
    assert after == library.episode("de-brug")
    assert (after.guid, after.slug, after.published) == (before.guid, before.slug, before.published)
    assert (after.revision, after.corrected, after.cues) == (before.revision, before.corrected, before.cues)
    assert after.file != before.file
    assert "De nieuwe brug" in _titles(library)
    audio = library.audio_path(after)
    assert str(ID3(audio)["TIT2"]) == "De nieuwe brug"  # type: ignore[no-untyped-call]
    assert audio.read_bytes().endswith(b"sound")
    assert not library.audio_path(before).exists()


def test_edits_add_up_and_the_same_one_again_does_nothing(library: Library) -> None:
    changes.edit(library, "de-brug", Edits(title="De nieuwe brug"))
    second = changes.edit(library, "de-brug", Edits(author="Noor Bos"))
    assert second.edits == Edits("De nieuwe brug", None, "Noor Bos")
    assert changes.edit(library, "de-brug", Edits(author="Noor Bos")) == second


def test_a_show_that_moves_keeps_its_guid_and_says_where_it_went(library: Library) -> None:
    assert changes.move(library, "https://oud.example/pod") == changes.Move(None, "https://oud.example/pod/")
    guid = library.settings().guid
    assert changes.move(library, "https://nieuw.example/") == changes.Move(
        "https://oud.example/pod/", "https://nieuw.example/"
    )
    channel = _feed(library)
    assert channel.findtext("podcast:guid", namespaces=SPACES) == guid
    assert channel.findtext("itunes:new-feed-url", namespaces=SPACES) == "https://nieuw.example/feed.xml"
    with pytest.raises(ShowError, match="already"):
        changes.move(library, "https://nieuw.example")


def test_the_guid_of_a_show_whose_address_was_just_written_goes_by_that_address(library: Library) -> None:
    (library.folder / "show.toml").write_text('url = "https://podnews.net/"\n', encoding="utf-8")
    changes.move(library, "https://nieuw.example/")
    guid = library.settings().guid
    (library.folder / "show.toml").write_text('url = "https://podnews.net/"\n', encoding="utf-8")
    refresh(library)
    assert library.settings().guid == guid
