"""Where an article comes from: a file, an address or standard input; and which form it has."""

from __future__ import annotations

import errno
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tts.errors import InputError
from tts.model import Article
from tts.read.doubles import without_lead_again
from tts.read.encoding import decode
from tts.read.folding import has_word
from tts.read.foot import without_signature
from tts.read.language import language_of
from tts.read.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.read.draft import Draft
    from tts.read.web import Page

Form = Literal["text", "markdown", "html"]

MAX_BYTES = 10_000_000  # the longest Dutch novel is 2 MB
_FORMS: dict[str, Form] = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_REFUSED = frozenset(
    ".pdf .doc .docx .odt .rtf .epub .mobi .pages .zip .gz .xls .xlsx .ods .ppt .pptx"
    " .jpg .jpeg .png .gif .webp .mp3 .wav .m4a .mp4".split()
)
_URL = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|main|div|section|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"\s*(?:---\s*\n(?:[^\n]*\n){0,60}?---\s*(?:\n|$)|\+\+\+\s*\n|#{1,2}\s+\S)")
_CROSS_HEAD = re.compile(r"^#{2,4} \S", re.MULTILINE)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)", re.IGNORECASE)


def open_source(source: str) -> Article:
    """The article that `source` holds, as `tts.read.read_article` promises it."""
    if source == "-":
        return _from_stdin()
    if is_address(source):
        return _from_url(source)
    if _OTHER_SCHEME.match(source):
        raise InputError(f"{source}: only http and https addresses can be read")
    return article_in_file(source, Path(source))


def is_address(source: str) -> bool:
    """Whether `source` is written as the address of a page."""
    return _URL.match(source) is not None


def clean_url(url: str) -> str:
    """`url` as the article's address stays the same: without fragment and tracking parameters."""
    parts = urlsplit(url.strip())
    query = parts.query
    if _TRACKING.search(query):
        query = urlencode(
            [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        )
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def form_of(text: str) -> Form:
    """The form of a text that no name or header tells."""
    if _HTML.match(text):
        return "html"
    start = text[:20_000]
    return "markdown" if _MARKDOWN.match(start) or _CROSS_HEAD.search(start) else "text"


def article_in_file(name: str, path: Path) -> Article:
    """The article in the file at `path`, known by its absolute path where it says nothing else.

    name : for messages.
    Raises: InputError.
    """
    return article_in_bytes(name, _file_bytes(name, path), path.suffix, f"path:{path.resolve()}")


def article_in_bytes(name: str, data: bytes, suffix: str, identity: str) -> Article:
    """The article in `data`, which stood in a file with this suffix.

    name : for messages. identity : where the article itself has no address and no id.
    Raises: InputError.
    """
    suffix = suffix.lower()
    if suffix in _REFUSED:
        raise InputError(f"{name}: {suffix} files can't be read: save the article as text, Markdown or HTML")
    text = _text(name, data)
    return _article(name, _draft(name, text, _FORMS.get(suffix) or form_of(text)), identity)


def article_in_text(name: str, text: str) -> Article:
    """The article in `text`, known by its words where it says nothing else.

    Raises: InputError.
    """
    draft = _draft(name, text, form_of(text))
    return _article(name, draft, f"text:{hashlib.sha256(text.encode()).hexdigest()[:16]}")


def article_in_page(url: str, page: Page) -> Article:
    """The article on the `page` that `url` gave, known by the page's own address.

    Raises: InputError.
    """
    text = _text(url, page.data, page.charset)
    draft = _draft(url, text, page.form or form_of(text), page.url)
    return _article(url, draft, f"url:{clean_url(page.url)}", given_url=clean_url(page.url))


def _from_stdin() -> Article:
    return article_in_text("standard input", _text("standard input", sys.stdin.buffer.read(MAX_BYTES + 1)))


def _from_url(url: str) -> Article:
    from tts.read.web import fetch

    return article_in_page(url, fetch(url, max_bytes=MAX_BYTES))


def _file_bytes(name: str, path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{name}: there is no such file; check its name") from error
    except IsADirectoryError as error:
        raise InputError(f"{name}: this is a folder; name a file in it") from error
    except PermissionError as error:
        if path.is_dir():
            raise InputError(f"{name}: this is a folder; name a file in it") from error
        raise InputError(f"{name}: you have no permission to read this file") from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise InputError(
                "the source is no file name: put the text in a file, or give it on standard input with -"
            ) from error
        raise InputError(f"{name}: this file can't be read ({error}); check its name") from error


def _text(name: str, data: bytes, charset: str | None = None) -> str:
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: longer than {MAX_BYTES // 1_000_000} MB; give one article at a time")
    if not data.strip():
        raise InputError(f"{name}: empty; there is nothing to read aloud")
    try:
        return decode(data, charset)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _draft(name: str, text: str, form: Form, url: str | None = None) -> Draft:
    if form == "html":
        return _html_reader()(text, url)
    try:
        return _reader(form)(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _reader(form: Form) -> Callable[[str], Draft]:
    if form == "text":
        return read_text
    from tts.read.markdown import read_markdown

    return read_markdown


def _html_reader() -> Callable[[str, str | None], Draft]:
    from tts.read.html import read_html

    return read_html


def _article(name: str, draft: Draft, fallback_identity: str, given_url: str | None = None) -> Article:
    if not any(has_word(paragraph.text) for paragraph in draft.paragraphs if paragraph.kind != "left_out"):
        raise InputError(f"{name}: there is no article in this; give a source with its text")
    url = clean_url(draft.url) if draft.url else given_url
    identity = f"url:{url}" if url else f"id:{draft.key}" if draft.key else fallback_identity
    return Article(
        title=draft.title,
        date=draft.date,
        author=draft.author,
        language=language_of(" ".join(paragraph.text for paragraph in draft.paragraphs)),
        source_url=url,
        identity=identity,
        paragraphs=(*without_signature(without_lead_again(draft.paragraphs), draft.author), *draft.notes),
    )
