"""Tables of articles: CSV as spreadsheets and scripts write it, and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tts.errors import InputError
from tts.read.encoding import encoding_of
from tts.read.facts import BODY_NAMES, body_of, column_name, facts_of
from tts.read.listing import SEPARATOR, columns_of, delimiter_of
from tts.read.reference import Address, File, Reference, Text, Unusable
from tts.read.source import MAX_BYTES, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tts.read.listing import Listing
    from tts.read.reference import Where

_NO_BODY = "there is no column text, path or url (tekst, pad, bron); name one in the first line"
_BROKEN = "it is broken {encoding} from here on; save the table again as UTF-8"


def rows_of_csv(listing: Listing) -> Iterator[Reference]:
    """The articles of a table, row by row, the rows counted as a spreadsheet does: the header is row 1.

    The header names its columns in Dutch or English; the delimiter is the one with which it does. A row that can't
    be used is Unusable, and the next one goes on: also after a quote that is not closed, from the line below it.

    Raises: InputError where the table has no column with articles.
    """
    csv.field_size_limit(MAX_BYTES)  # one for the whole process; its own 131,072 is shorter than many an article
    with _opened(listing) as text:
        lines = _Lines(text)
        try:
            names, delimiter = _header(listing.label, lines)
        except UnicodeDecodeError as error:
            raise InputError(f"{listing.label}: {_BROKEN.format(encoding=text.encoding)}") from error
        # Strict, because a quote that is not closed would otherwise swallow all rows after it without a word.
        reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
        number = 1
        while True:
            number += 1
            label = f"{listing.label}, row {number}"
            lines.begin_row()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Reference(label, Unusable(f"its quotes do not match ({error}); correct this row"))
                lines.go_back()
                continue
            except UnicodeDecodeError:
                yield Reference(label, Unusable(_BROKEN.format(encoding=text.encoding)))
                return
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield _row(label, names, cells, listing)


def rows_of_jsonl(listing: Listing) -> Iterator[Reference]:
    """The articles of a file with one JSON object a line; a line that can't be used is Unusable."""
    with _opened(listing) as text:
        number = 0
        while True:
            number += 1
            label = f"{listing.label}, line {number}"
            try:
                line = text.readline(MAX_BYTES)
            except UnicodeDecodeError:
                yield Reference(label, Unusable(_BROKEN.format(encoding=text.encoding)))
                return
            if not line:
                return
            if len(line) >= MAX_BYTES and not line.endswith("\n"):
                yield Reference(label, Unusable(f"longer than {MAX_BYTES // 1_000_000} MB; give one article a line"))
                while len(line) >= MAX_BYTES and not line.endswith("\n"):
                    line = text.readline(MAX_BYTES)
            elif line.strip():
                yield _object(label, line.removeprefix("\ufeff"), listing)


class _Lines:
    """The lines of a table for a reader that may have to go back to the second line of a row."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_BYTES)
        if not line:
            raise StopIteration
        self._taken.append(line)
        return line

    def begin_row(self) -> None:
        """Forget the row before."""
        self._taken.clear()

    def go_back(self) -> None:
        """Give all lines of this row but its first once more."""
        self._again.extendleft(reversed(self._taken[1:]))


def _opened(listing: Listing) -> io.TextIOWrapper:
    try:
        encoding = encoding_of(listing.file, listing.charset)
    except InputError as error:
        raise InputError(f"{listing.label}: {error}") from error
    errors = "strict" if encoding.startswith("utf") else "replace"
    return io.TextIOWrapper(listing.file, encoding=encoding, errors=errors, newline="")


def _header(label: str, lines: _Lines) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter."""
    first = next(lines, "")
    separator = SEPARATOR.match(first)
    header = next(lines, "") if separator else first
    delimiter = separator[1] if separator else delimiter_of(header)
    try:
        names = columns_of(header, delimiter)
    except csv.Error as error:
        raise InputError(f"{label}: the first line names no columns ({error}); correct it") from error
    if not BODY_NAMES.intersection(names):
        raise InputError(f"{label}: {_NO_BODY}")
    return names, delimiter


def _row(label: str, names: list[str], cells: list[str], listing: Listing) -> Reference:
    if any(cell.strip() for cell in cells[len(names) :]):
        return Reference(label, Unusable("it has more cells than the header; put quotes around the text"))
    named: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if cell.strip():
            named.setdefault(name, cell)
    return _reference(label, named, listing)


def _object(label: str, line: str, listing: Listing) -> Reference:
    try:
        named = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        return Reference(label, Unusable(f"this is no JSON ({error}); correct this line"))
    if not isinstance(named, dict):
        return Reference(label, Unusable("this is no JSON object; correct this line"))
    return _reference(label, {column_name(name): value for name, value in named.items()}, listing)


def _reference(label: str, named: Mapping[str, Any], listing: Listing) -> Reference:
    facts = facts_of(named)
    where = _where(named, facts.url, listing)
    if isinstance(where, Address):  # the page itself knows its canonical address
        facts = replace(facts, url=None)
    return Reference(label, where, over=facts)


def _where(named: Mapping[str, Any], url: str | None, listing: Listing) -> Where:
    body = body_of(named)
    if body.text:
        return Text(body.text)
    if body.path and not is_address(body.path):
        return _file(body.path, listing.folder)
    url = body.path or url
    if url:
        return Address(url, listing.public_only)
    if body.link:
        return Unusable(f'"{body.link}" is no web address; write it with https://, or name a file in the column path')
    return Unusable("it has no text, path or url; fill one in")


def _file(path: str, folder: Path | None) -> Where:
    if folder is None:
        return Unusable(f'a table from the web may not name files of this machine ("{path}"); download it first')
    return File(folder / Path(path))
