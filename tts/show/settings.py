"""show.toml, changed by the program: the one value that is meant, and nothing else of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Table, Whitespace

from tts.atomic import write_whole
from tts.errors import InputError, ShowError
from tts.show.faults import fault
from tts.show.library import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tts.show.library import Library

_SETTING = re.compile(r"^(?:# )?(?P<name>[a-z_]+) = [^\r\n]*", re.MULTILINE)
_TABLE = re.compile(r"^\[", re.MULTILINE)


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


def set_values(library: Library, values: Mapping[str, str | bool]) -> None:
    """Give settings other values, as `enter_word` does with a word.

    Raises: InputError for a value that can't be; ShowError when show.toml can't be read or written.
    """
    for name, value in values.items():
        if found := fault(name, value):
            raise InputError(found)

    with library.writing():
        library.settings()  # refuses a file that is not sound
        _rewrite(library, lambda text: _changed(text, values))


def has_value(library: Library, name: str) -> bool:
    """Whether show.toml itself says something about this setting.

    Raises: ShowError when show.toml can't be read.
    """
    library.settings()  # refuses a file that is not sound
    path = library.folder / SETTINGS
    return path.exists() and name in tomlkit.parse(path.read_text(encoding="utf-8"))


def filled(template: str, values: Mapping[str, object]) -> str:
    """A show.toml with these settings, each on the line where `template` has it, commented out or not."""
    return tomlkit.dumps(_with_all(tomlkit.parse(_on_their_lines(template, values)), values))


def _changed(text: str, values: Mapping[str, str | bool]) -> str:
    document = tomlkit.parse(text)
    new = {name: value for name, value in values.items() if name not in document}
    placed = tomlkit.parse(_on_their_lines(text, new))
    # A line that looks like a setting may stand inside a long string, which is no place for one.
    has_others = {name: value for name, value in placed.unwrap().items() if name not in new} == document.unwrap()
    return tomlkit.dumps(_with_all(placed if has_others else document, values))


def _with_all(document: tomlkit.TOMLDocument, values: Mapping[str, object]) -> tomlkit.TOMLDocument:
    for name, value in values.items():
        if name not in document or document[name] != value:
            document[name] = value
    return document


def _on_their_lines(text: str, values: Mapping[str, object]) -> str:
    """The settings where a line has them, commented out or not, before the first table."""
    table = _TABLE.search(text)
    end = table.start() if table else len(text)
    left = dict(values)

    def set_here(line: re.Match[str]) -> str:
        name = line["name"]
        return f"{name} = {tomlkit.item(left.pop(name)).as_string()}" if name in left else line[0]

    return _SETTING.sub(set_here, text[:end]) + text[end:]


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
