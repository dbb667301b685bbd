"""show.toml, changed by the program: the one value that is meant, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Table, Whitespace

from tts.atomic import write_whole
from tts.errors import InputError, ShowError
from tts.show.library import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tts.show.library import Library


def enter_word(library: Library, word: str, spoken: str) -> str | None:
    """Say `word` as `spoken` from now on; returns how the lexicon said it before, None for a new entry.

    Everything else in show.toml stays as it is: comments, order, white space. The file is made where there is none,
    and is replaced in one step, under the show's lock.

    Raises: InputError for a word or form without a letter; ShowError when show.toml can't be read or written.
    """
    word, spoken = " ".join(word.split()), " ".join(spoken.split())
    for given in (word, spoken):
        if not any(character.isalnum() for character in given):
            raise InputError(f"{given!r} has no letter to say; give the word and how it is to be spoken")
    with library.writing():
        before = library.settings().lexicon.get(word)  # refuses a file that is not sound
        _rewrite(library, lambda text: _entered(text, word, spoken))
    return before


def set_values(library: Library, values: Mapping[str, str]) -> None:
    """Give settings other values, as `enter_word` does with a word.

    Raises: ShowError when show.toml can't be read or written.
    """

    def changed(text: str) -> str:
        document = tomlkit.parse(text)
        document.update(values)
        return tomlkit.dumps(document)

    with library.writing():
        library.settings()  # refuses a file that is not sound
        _rewrite(library, changed)


def _rewrite(library: Library, change: Callable[[str], str]) -> None:
    path = library.folder / SETTINGS
    try:
        text = path.read_bytes().decode() if path.exists() else ""
        write_whole(path.resolve(), change(text).encode(), durable=True)
    except OSError as error:
        raise ShowError(f"{path} can't be written: {error.strerror or error}") from error
    except TOMLKitError as error:
        raise ShowError(f"{path} can't be read, mend it: {error}") from error


def _entered(text: str, word: str, spoken: str) -> str:
    document = tomlkit.parse(text)
    if "lexicon" not in document:
        document["lexicon"] = tomlkit.table()
    lexicon = document["lexicon"]
    if not isinstance(lexicon, AbstractTable):
        raise ShowError("lexicon in show.toml is no table; write [lexicon] on a line of its own")
    after = _taken_off(lexicon) if isinstance(lexicon, Table) and word not in lexicon else []
    lexicon[word] = spoken
    for _, item in after:
        lexicon.value.body.append((None, item))
    return tomlkit.dumps(document)


def _taken_off(table: Table) -> list[tuple[None, tomlkit.items.Item]]:
    """The end of the table from its first blank line after the last entry: comments there are about what follows."""
    body = table.value.body
    last = max((at for at, (key, _) in enumerate(body) if key is not None), default=-1)
    blank = next((at for at in range(last + 1, len(body)) if isinstance(body[at][1], Whitespace)), len(body))
    after = [(None, item) for _, item in body[blank:]]
    del body[blank:]
    return after
