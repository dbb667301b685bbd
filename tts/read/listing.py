"""A file that holds or names many articles, and what kind of file it is by what is in it."""

from __future__ import annotations

import contextlib
import csv
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import msgspec

from tts.errors import InputError
from tts.read.encoding import decode
from tts.read.facts import BODY_NAMES, NAMES, column_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal["zip", "tar", "packed", "feed", "sitemap", "csv", "jsonl", "json", "article"]

START_BYTES = 65_536  # enough to tell the kind; an even number, so that UTF-16 is not cut in two
ARTICLE_SUFFIXES = frozenset(".txt .md .markdown .mdown .html .htm .xhtml".split())
_BESIDE = frozenset(
    "readme leesmij lees_mij license licence licentie copying changelog contributing code_of_conduct security"
    " robots humans llms requirements".split()
)
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT = (b"[Content_Types].xml", b"mimetype", b"_rels/")  # how Office documents and e-books begin: they are zips
_FEEDS = frozenset({"rss", "RDF", "feed"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # the first line of a table, as Excel writes and reads it


@dataclass(frozen=True, slots=True)
class Listing:
    """A file that holds or names many articles.

    file        : its bytes, at their start; seekable.
    label       : for people. origin : its absolute path or its address.
    folder      : that the paths in it count from; None for what comes from the web, which may name no files.
    address     : that the links in it count from, None for a file.
    public_only : it comes from the public web, so it may not name addresses of a private network.
    charset     : what the web server said.
    """

    file: BinaryIO
    label: str
    origin: str
    folder: Path | None = None
    address: str | None = None
    public_only: bool = False
    charset: str | None = None


def kind_of(start: bytes, name: str) -> Kind:
    """What the file called `name` is, by the first `START_BYTES` of it; "article" for anything that lists nothing."""
    if start.startswith(_ZIP):
        return "article" if start[30:].startswith(_DOCUMENT) else "zip"
    if start.startswith(_PACKED):
        return "packed"
    if start[257:262] == b"ustar":
        return "tar"
    try:
        text = decode(start[:START_BYTES]).lstrip("\ufeff")
    except InputError:
        return "article"
    return _kind_of_text(text.lstrip(), PurePosixPath(name).suffix.lower())


def _kind_of_text(text: str, suffix: str) -> Kind:
    if text.startswith("<"):
        root = root_of(text)
        return "feed" if root in _FEEDS else "sitemap" if root in _SITEMAPS else "article"
    if suffix in {".jsonl", ".ndjson"} or _starts_with_object(text):
        return "jsonl"
    if suffix == ".json":
        return "json"
    return "csv" if suffix in {".csv", ".tsv"} or _starts_with_header(text) else "article"


def root_of(text: str) -> str | None:
    """The local name of the root element of an XML `text` that may be cut off; None for what is no XML.

    Raises: InputError where the text declares entities: they can stand for files, and for gigabytes.
    """
    from lxml import etree

    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with contextlib.suppress(etree.XMLSyntaxError):  # what was read until then tells enough
        parser.feed(without_declaration(text[:START_BYTES]).encode("utf-8", "replace"))
    events: Iterator[tuple[str, Any]] = iter(parser.read_events())
    for _, root in events:  # the first is enough
        name = etree.QName(root.tag).localname
        if name in _FEEDS | _SITEMAPS and _declares_entities(root):
            raise InputError("it declares XML entities, which are not safe to read; give it without <!ENTITY")
        return name
    return None


def _declares_entities(root: Any) -> bool:
    dtd = root.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())


def without_declaration(text: str) -> str:
    """XML `text` from after its declaration, whose encoding no longer holds."""
    return _XML_DECLARATION.sub("", text, count=1).lstrip()


def xml_text(data: bytes, charset: str | None) -> str:
    """The text of an XML file, without its declaration.

    Raises: InputError for bytes that are no text.
    """
    declared = _XML_ENCODING.search(data[:200])
    return without_declaration(decode(data, charset or (declared[1].decode("ascii") if declared else None)))


def delimiter_of(header: str) -> str:
    """What stands between the columns of a table: with it, `header` has most names that we know."""
    return max(_DELIMITERS, key=lambda delimiter: (_n_known(header, delimiter), header.count(delimiter)))


def columns_of(header: str, delimiter: str) -> list[str]:
    """The names of the columns, in lower case.

    Raises: csv.Error.
    """
    return [column_name(cell) for cell in next(csv.reader([header], delimiter=delimiter, skipinitialspace=True), [])]


def is_article(name: PurePosixPath) -> bool:
    """Whether a file that is found by this name, in a folder or archive, is an article.

    By its suffix; not hidden, nor what stands beside articles (README, LICENSE and the like).
    """
    hidden = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in name.parts)
    return not hidden and name.suffix.lower() in ARTICLE_SUFFIXES and name.stem.lower().replace("-", "_") not in _BESIDE


def _starts_with_object(text: str) -> bool:
    if not text.startswith("{"):
        return False
    try:
        return isinstance(msgspec.json.decode(text.partition("\n")[0]), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _starts_with_header(text: str) -> bool:
    """Whether the first line holds names of columns that we know, one of them of what an article is read from."""
    header = text.partition("\n")[0]
    if SEPARATOR.match(header):
        return True
    delimiter = delimiter_of(header)
    n_known = _n_known(header, delimiter)
    if n_known < 2 or 2 * n_known < header.count(delimiter) + 1:
        return False
    return any(name in BODY_NAMES for name in columns_of(header, delimiter))


def _n_known(header: str, delimiter: str) -> int:
    try:
        return sum(name in NAMES for name in columns_of(header, delimiter))
    except csv.Error:
        return 0
