"""What an owner changes about a show: an episode removed, put back or retitled, the whole show moved to a new home."""

from __future__ import annotations

import difflib
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from tts.errors import InputError, ShowError
from tts.model import Episode, utc_now
from tts.show.artwork import artwork
from tts.show.settings import set_values
from tts.show.site import refresh
from tts.show.tagging import tagged

if TYPE_CHECKING:
    from tts.model import Edits
    from tts.show.library import Library


def chosen(library: Library, slug: str) -> Episode:
    """The episode with this slug.

    Raises: InputError when there is none, with the names that look like it.
    """
    if episode := library.episode(slug):
        return episode
    with library.index() as index:
        near = difflib.get_close_matches(slug, index.stamps(), n=3, cutoff=0.5)
    hint = f"; do you mean {' or '.join(near)}?" if near else "; `voorlezer list` shows what there is"
    raise InputError(f"there is no episode {slug!r}{hint}")


def remove(library: Library, slug: str) -> Episode:
    """Take an episode out of the show and its feed; audio and sidecar are kept, `restore` puts them back.

    Raises: InputError when there is no such episode; ShowError when the folder can't be written.
    """
    with library.writing():
        episode = chosen(library, slug)
        library.removed_folder.mkdir(exist_ok=True)
        library.sidecar(slug).replace(library.removed_folder / f"{slug}.json")
        refresh(library)  # the feed lets go of the audio before the audio goes
        library.audio_path(episode).replace(library.removed_folder / episode.file)
    return episode


def removed(library: Library) -> list[Episode]:
    """The episodes that can be put back."""
    paths = sorted(library.removed_folder.glob("*.json"))
    return [msgspec.json.decode(path.read_bytes(), type=Episode) for path in paths]


def restore(library: Library, slug: str) -> Episode:
    """Put a removed episode back as it was.

    Raises: InputError when none of this name was removed, or its article has been made again since; ShowError when
    the folder can't be written.
    """
    with library.writing():
        episode = next((episode for episode in removed(library) if episode.slug == slug), None)
        if episode is None:
            raise InputError(f"no episode {slug!r} was removed; `voorlezer list --removed` shows which were")
        if again := library.find(episode.identity):
            raise InputError(f"its article has been made again since, as {again.slug}; remove that first")
        kept = library.removed_folder / episode.file
        if kept.exists():  # a remove that was killed has left it in its place
            kept.replace(library.audio_path(episode))
        (library.removed_folder / f"{slug}.json").replace(library.sidecar(slug))
        refresh(library)
    return episode


def edit(library: Library, slug: str, edits: Edits) -> Episode:
    """Another title, date or author for an episode, in feed, pages and tags; nothing is spoken again.

    It stays when the article is made again, and is spoken then.
    Raises: InputError when there is no such episode; ShowError and CodecError when its files can't be written.
    """
    with library.incoming() as folder, library.writing():
        before = chosen(library, slug)
        edits = edits.over(before.edits)
        after = replace(
            before,
            title=edits.title or before.title,
            date=edits.date or before.date,
            author=edits.author or before.author,
            edits=edits,
            updated=utc_now(),
        )
        if replace(after, updated=before.updated) == before:
            return before
        audio = folder / "episode.mp3"
        shutil.copyfile(library.audio_path(before), audio)
        show = library.settings()
        cover = library.folder / artwork(library.folder, show).small
        after = library.adopt(tagged(after, show, cover.read_bytes(), audio), audio)
        refresh(library)
    return after


@dataclass(frozen=True, slots=True)
class Move:
    """Where the show was, None for one that had no address, and where it is now."""

    before: str | None
    after: str


def move(library: Library, url: str) -> Move:
    """Give the show another address: the feed tells apps where it is now, and keeps its guid.

    Raises: ShowError when show.toml can't be read or written, or has this address already.
    """
    after = f"{url.rstrip('/')}/"
    with library.writing():
        refresh(library)  # a guid that is still to be given goes by the address so far
        before = library.settings().url
        if before and before.rstrip("/") == url.rstrip("/"):
            raise ShowError(f"the show is at {after} already")
        set_values(library, {"url": after, **({"moved_from": before} if before else {})})
        refresh(library)
    return Move(before, after)
