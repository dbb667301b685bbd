"""What a run that was killed leaves among the files of the show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.errors import ShowError

if TYPE_CHECKING:
    from tts.show.library import Library

_HALF_WRITTEN = ("episodes/.*.part", "static/.*.part", ".feed*.part", ".index*.part")  # all written under the lock


def sweep(library: Library) -> None:
    """Remove files that were half written; audio that no episode has is the business of `tts.show.site.refresh`.

    Raises: ShowError when the folder can't be written.
    """
    try:
        with library.writing():
            for pattern in _HALF_WRITTEN:
                for path in library.folder.glob(pattern):
                    path.unlink(missing_ok=True)
    except OSError as error:
        raise ShowError(f"the show folder can't be written: {error.strerror or error} ({error.filename})") from error
