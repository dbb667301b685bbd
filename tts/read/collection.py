"""Many articles from one source: a folder, files by a pattern, an archive, a table, a feed or a sitemap."""

from __future__ import annotations

import glob
import io
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, assert_never
from urllib.parse import urlsplit

from tts.errors import InputError
from tts.read.folding import fold
from tts.read.listing import ARTICLE_SUFFIXES, START_BYTES, Kind, Listing, is_article, kind_of
from tts.read.reference import Address, File, Reference, Unusable, read
from tts.read.source import clean_url, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Reference", "count", "passed_over", "read", "references"]

_MOST_BYTES = 200_000_000  # of a list or an archive from the web, kept in memory
_WITHIN_S = 300.0


def references(source: str) -> Iterator[Reference]:
    """The articles that `source` holds or names, one by one, as they are asked for; no article is read for it.

    source : what is recognised by its content, whatever its name, on this machine or at an http(s) address:
             - a folder: its .txt, .md and .html files at any depth, in order of their names, but no hidden ones
               and none that stand beside articles (README, LICENSE);
             - a pattern ("stukken/**/*.md"): each file that matches, as if it had been named;
             - a zip or tar archive, packed or not, of files as in a folder;
             - a table, CSV or JSON Lines, packed or not, with an article a row;
             - an RSS or Atom feed, oldest first; a sitemap or an index of sitemaps, packed or not;
             - anything else: the one article that it is.

    A list from the public web names addresses of the public web only, and no files.

    Raises: InputError, with one line that says what to do, where nothing was given yet; what goes wrong later is
    the last reference, which can't be read.
    """
    last: Reference | None = None
    try:
        for last in _in_source(source):
            yield last
    except InputError as error:
        if last is None:
            raise
        yield _unusable(source, error)
        return
    except OSError as error:
        if last is None:
            raise _unreadable(source, error) from error
        yield _unusable(source, _unreadable(source, error))
        return
    if last is None:
        raise InputError(f"{source}: there are no articles in this; give a source that has some")


def count(source: str) -> int | None:
    """How many references `source` gives, where that is cheap to know: for files, folders, patterns and zip files."""
    if is_address(source):
        return None
    if os.path.isdir(source):  # noqa: PTH112 - False for what can be no name, where Path raises
        return sum(1 for _ in _in_folder(Path(source)))
    if not os.path.exists(source):  # noqa: PTH110 - as above
        counts = [count(name) for name in _matches(source)]
        return None if None in counts else sum(filter(None, counts))
    return _count_in_file(Path(source))


def passed_over(source: str) -> Counter[str]:
    """How many files of each suffix `references` passes over in a folder, hidden ones aside; other sources have none.

    A table or an archive in a folder is a source only where it is named itself.
    """
    others: Counter[str] = Counter()
    for _, folders, names in os.walk(source):  # nothing for what is no folder
        folders[:] = [name for name in folders if not name.startswith(".")]
        suffixes = (PurePosixPath(name).suffix.lower() for name in names if not name.startswith("."))
        others.update(suffix or "without a suffix" for suffix in suffixes if suffix not in ARTICLE_SUFFIXES)
    return others


def _count_in_file(path: Path) -> int | None:
    if not path.is_file():
        return 1
    try:
        with path.open("rb") as file:
            kind = _kind(_listing(path, file))
            if kind != "zip":
                return 1 if kind == "article" else None
            from tts.read.archives import count_in_zip

            return count_in_zip(file)
    except (InputError, OSError):  # whoever takes the references is told
        return None


def _in_source(source: str) -> Iterator[Reference]:
    if source == "-":
        raise InputError("standard input holds one article; name files, folders, tables or addresses instead")
    if is_address(source):
        yield from _at_address(source)
        return
    if os.path.isdir(source):  # noqa: PTH112 - False for what can be no name, where Path raises
        yield from _in_folder(Path(source))
    elif os.path.exists(source):  # noqa: PTH110 - as above
        yield from _in_file(Path(source), Reference(fold(source), File(Path(source).absolute())))
    elif glob.has_magic(source):
        yield from _by_pattern(source)
    else:
        raise InputError(f"{source}: there is no such file or folder; check its name")


def _in_folder(folder: Path) -> Iterator[Reference]:
    closed: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if is_article(PurePosixPath(name)):
                path = Path(where, name)
                yield Reference(fold(str(path)), File(path.absolute()))
    for error in closed:
        yield Reference(fold(str(error.filename)), Unusable("you have no permission to read this folder"))


def _in_file(path: Path, single: Reference) -> Iterator[Reference]:
    if not path.is_file():  # a pipe, which can be read once only
        yield single
        return
    with path.open("rb") as file:
        yield from _in_listing(_listing(path, file), single)


def _by_pattern(pattern: str) -> Iterator[Reference]:
    for name in _matches(pattern):
        try:
            yield from references(name)
        except InputError as error:
            yield _unusable(name, error)


def _matches(pattern: str) -> list[str]:
    """What matches, without what lies in a folder that matches too: "**" matches both."""
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob finds hidden files too
    folders = {Path(name) for name in names if Path(name).is_dir()}
    return [name for name in names if folders.isdisjoint(Path(name).parents)]


def _listing(path: Path, file: BinaryIO) -> Listing:
    whole = path.resolve()
    return Listing(file, str(path), str(whole), folder=whole.parent)


def _unusable(name: str, error: InputError) -> Reference:
    return Reference(fold(name), Unusable(str(error).removeprefix(f"{name}: ")))


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(f"{name}: this can't be read ({error.strerror}); look whether you may, and whether it is whole")


def _at_address(url: str) -> Iterator[Reference]:
    from tts.read.web import fetch_file

    page = fetch_file(url, max_bytes=_MOST_BYTES, deadline_s=_WITHIN_S, wanted=lambda start: _is_list(url, start))
    listing = Listing(
        io.BytesIO(page.data), url, clean_url(page.url), address=page.url, public_only=page.public, charset=page.charset
    )
    yield from _in_listing(listing, Reference(url, Address(url)))


def _is_list(url: str, start: bytes) -> bool:
    try:
        return kind_of(start, urlsplit(url).path) != "article"
    except InputError:  # it says so itself when all of it is here
        return True


def _in_listing(listing: Listing, single: Reference) -> Iterator[Reference]:
    """What `listing` lists; `single` where it is an article itself."""
    kind = _kind(listing)
    if kind == "article":
        yield single
    elif kind == "zip":
        from tts.read.archives import members_of_zip

        yield from members_of_zip(listing)
    elif kind == "tar":
        from tts.read.archives import members_of_tar

        yield from members_of_tar(listing)
    elif kind == "packed":
        yield from _in_packed(listing, single)
    elif kind == "feed":
        from tts.read.feeds import entries_of

        yield from entries_of(listing)
    elif kind == "sitemap":
        from tts.read.sitemaps import pages_of

        yield from pages_of(listing)
    elif kind == "csv":
        from tts.read.tables import rows_of_csv

        yield from rows_of_csv(listing)
    elif kind == "jsonl":
        from tts.read.tables import rows_of_jsonl

        yield from rows_of_jsonl(listing)
    elif kind == "json":
        raise InputError(f"{listing.label}: JSON is read with one object a line (JSON Lines); write it so")
    else:
        assert_never(kind)


def _in_packed(listing: Listing, single: Reference) -> Iterator[Reference]:
    from tts.read.archives import members_of_tar, unpacked, unpacked_start

    kind = _kind_by_start(listing, unpacked_start(listing))
    if kind == "tar":
        yield from members_of_tar(listing)
    elif kind == "packed":  # packed twice; there are files that unpack to themselves
        yield single
    else:
        inner = str(PurePosixPath(listing.origin).with_suffix(""))
        yield from _in_listing(replace(listing, file=unpacked(listing), origin=inner), single)


def _kind(listing: Listing) -> Kind:
    start = listing.file.read(START_BYTES)
    listing.file.seek(0)
    return _kind_by_start(listing, start)


def _kind_by_start(listing: Listing, start: bytes) -> Kind:
    try:
        return kind_of(start, urlsplit(listing.origin).path if listing.address else listing.origin)
    except InputError as error:
        raise InputError(f"{listing.label}: {error}") from error
