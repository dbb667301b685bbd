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
from tts.read.encoding import decode
from tts.read.folding import has_word
from tts.read.language import language_of
from tts.read.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.read.draft import Draft

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
    if _URL.match(source):
        return _from_url(source)
    if _OTHER_SCHEME.match(source):
        raise InputError(f"{source}: only http and https addresses can be read")
    return _from_file(Path(source))


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


def _from_stdin() -> Article:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    text = _text("standard input", data)
    draft = _draft(text, form_of(text), None)
    return _article("standard input", draft, f"text:{hashlib.sha256(text.encode()).hexdigest()[:16]}")


def _from_url(url: str) -> Article:
    from tts.read.web import fetch

    page = fetch(url, max_bytes=MAX_BYTES)
    text = _text(url, page.data, page.charset)
    form = page.form or form_of(text)
    return _article(url, _draft(text, form, page.url), f"url:{clean_url(page.url)}", given_url=clean_url(page.url))


def _from_file(path: Path) -> Article:
    suffix = path.suffix.lower()
    data = _file_bytes(path)
    if suffix in _REFUSED:
        raise InputError(f"{path}: {suffix} files can't be read: save the article as text, Markdown or HTML")
    text = _text(str(path), data)
    return _article(str(path), _draft(text, _FORMS.get(suffix) or form_of(text), None), f"path:{path.resolve()}")


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check its name") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: this is a folder; name a file in it") from error
    except PermissionError as error:
        if path.is_dir():
            raise InputError(f"{path}: this is a folder; name a file in it") from error
        raise InputError(f"{path}: you have no permission to read this file") from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise InputError(
                "the source is no file name: put the text in a file, or give it on standard input with -"
            ) from error
        raise InputError(f"{path}: this file can't be read ({error}); check its name") from error


def _text(name: str, data: bytes, charset: str | None = None) -> str:
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: longer than {MAX_BYTES // 1_000_000} MB; give one article at a time")
    if not data.strip():
        raise InputError(f"{name}: empty; there is nothing to read aloud")
    try:
        return decode(data, charset)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _draft(text: str, form: Form, url: str | None) -> Draft:
    return _reader(form)(text) if form != "html" else _html_reader()(text, url)


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
        paragraphs=draft.paragraphs,
    )
