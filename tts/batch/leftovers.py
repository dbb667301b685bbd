"""What a run that was killed leaves among the files of the show."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tts.errors import ShowError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.index import Index
    from tts.show.library import Library

_HALF_WRITTEN = ("episodes/.*.part", "static/.*.part", ".feed*.part", ".index*.part")  # all written under the lock


def sweep(library: Library) -> None:
    """Remove files that were half written, and audio that was moved in before its episode named it.

    Audio whose episode was not made again meanwhile stays: who knows whose it is.
    Raises: ShowError when the folder can't be written.
    """
    try:
        with library.writing(), library.index() as index:
            for pattern in _HALF_WRITTEN:
                for path in library.folder.glob(pattern):
                    path.unlink(missing_ok=True)
            for name in list(_unnamed(library, index)):
                (library.episodes_folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise ShowError(f"the show folder can't be written: {error.strerror or error} ({error.filename})") from error


def _unnamed(library: Library, index: Index) -> Iterator[str]:
    going = set(index.outdated())  # when the feed no longer names them
    with os.scandir(library.episodes_folder) as entries:
        for entry in entries:
            slug, _, rest = entry.name.partition(".")
            if rest.endswith(".mp3") and f"episodes/{entry.name}" not in going:
                card = index.card(slug)
                if card is not None and card.file != entry.name:
                    yield entry.name
