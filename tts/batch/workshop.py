"""Where workers leave what they made, and the show fetches it from."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tts.errors import ShowError
from tts.show.destination import destination

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened_workshop(asked: str | None, incoming: Path) -> Iterator[str]:
    """The address of a workshop of this run's own below the one that was asked for, else `incoming` itself.

    A folder is gone afterwards. In an object store there are no folders, and each file is removed as it is fetched.
    Raises: ShowError when it can't be reached.
    """
    if asked is None:
        yield str(incoming)
        return
    address = f"{asked.rstrip('/')}/{incoming.name}"
    folder = destination(address).folder
    if folder is None:
        yield address
        return
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise ShowError(f"the workshop {folder} can't be made: {error.strerror}") from error
    try:
        yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
