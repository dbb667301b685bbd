"""A new show: its settings with a comment to each, in a folder that had none."""

from __future__ import annotations

import shutil
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from tts.atomic import whole_file, write_whole
from tts.errors import InputError, ShowError
from tts.model import Show
from tts.show.artwork import artwork
from tts.show.faults import first_fault
from tts.show.library import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tts.show.library import Library


def template() -> str:
    """The show.toml of a show with all defaults: every setting, with a comment to each."""
    return resources.files("tts.show").joinpath("start.toml").read_text("utf-8")


def refuse_second(library: Library) -> None:
    """Raises: ShowError when the folder has a show.toml."""
    if (library.folder / SETTINGS).exists():
        raise ShowError(f"{library.shown}/{SETTINGS} is there already; change it there, and run `voorlezer feed`")


def start(library: Library, values: Mapping[str, object], cover: Path | None = None) -> Show:
    """Write show.toml with these settings into a folder that has none yet; the others have their defaults.

    Whatever is wrong is found before anything is written. Feed, pages and cover are made by `site.refresh`.
    cover : the owner's, copied into the show folder unless it lies there.
    Raises: InputError for a value that can't be; ShowError when there is a show already, the cover can't be used, or
    the folder can't be written.
    """
    from tts.show.settings import filled

    path = library.folder / SETTINGS
    with library.writing():
        refuse_second(library)
        show = _checked(values if cover is None else {**values, "cover": str(cover.absolute())})
        artwork(library.folder, show)
        if cover is not None:
            values = {**values, "cover": _brought_in(cover, library.folder)}
        try:
            write_whole(path, filled(template(), values).encode(), durable=True)
        except OSError as error:
            raise ShowError(f"{path} can't be written: {error.strerror or error}") from error
        return library.settings()


def _checked(values: Mapping[str, object]) -> Show:
    try:
        show = msgspec.convert(values, Show)
        msgspec.json.encode(show).decode()
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise InputError(f"the show can't have these settings: {error}") from error
    if found := first_fault(show):
        raise InputError(found)
    return show


def _brought_in(cover: Path, folder: Path) -> str:
    """The name in the show folder of this file, which is copied there when it lies elsewhere."""
    cover = cover.absolute()
    if cover.is_relative_to(folder):
        return cover.relative_to(folder).as_posix()
    target = folder / cover.name
    try:
        if target.exists() and target.read_bytes() != cover.read_bytes():
            raise ShowError(f"{target} is another picture; give the cover another name, or remove that one")
        with whole_file(target) as fresh:
            shutil.copyfile(cover, fresh)
    except OSError as error:
        raise ShowError(f"the cover can't be copied to {target}: {error.strerror or error}") from error
    return cover.name
