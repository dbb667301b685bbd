"""Bytes to text: what the source says about its encoding, what its bytes show, and Windows-1252 at last."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from tts.errors import InputError

if TYPE_CHECKING:
    from typing import BinaryIO

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"ID3",
    b"OggS",
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096  # the standard says 1024; pages with long comments first put it later
# Control characters that no text has. Windows-1252 has 0x80 to 0x9f, so those say nothing.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_MOST_CONTROLS = 0.02


def decode(data: bytes, declared: str | None = None) -> str:
    """The text that `data` stands for.

    In this order: a byte-order mark, UTF-16 that is plain from its zero bytes, `declared` (the HTTP header) where it
    fits, UTF-8, the `<meta charset>` of an HTML page, Windows-1252. All line ends become line feeds.

    Raises: InputError for bytes that are no text.

    Source: the order of https://encoding.spec.whatwg.org/#decode, with UTF-8 tried before `<meta>`, because text
    that decodes as UTF-8 and is something else does not occur, and wrong declarations do.
    """
    if data.startswith(_BINARY_SIGNATURES):
        raise InputError("this is not text but a binary file: save the article as text, Markdown or HTML")
    text = _decode_known(data, declared)
    if text is None:
        _refuse_binary(data)
        text = _decode_guessed(data, declared)
    if "\x00" in text:
        raise InputError("this is not text (it has NUL characters): save the article as text, Markdown or HTML")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(file: BinaryIO, declared: str | None = None) -> str:
    """The encoding in which `file` can be read from its start to its end, however long; left at its start.

    As `decode` finds it. Only a file with a mark of its encoding can still prove to be broken.

    Raises: InputError for bytes that are no text.
    """
    start = file.read(65536)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            file.seek(0)
            return encoding
    encoding = _silent_utf16(start) or _encoding_by_reading(file, start, declared)
    file.seek(0)
    return encoding


def _encoding_by_reading(file: BinaryIO, start: bytes, declared: str | None) -> str:
    _refuse_binary(start)
    if _is_utf8(file, start):
        return "utf-8"
    return _as_browsers_read(declared) if declared is not None and _is_single_byte(declared) else "cp1252"


def _is_utf8(file: BinaryIO, start: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while start:
            decoder.decode(start)
            start = file.read(1 << 20)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_single_byte(encoding: str) -> bool:
    """Whether each byte stands for a character in `encoding`, so that any file can be read in it."""
    return _try(bytes(range(256)), _as_browsers_read(encoding)) is not None


def _decode_known(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding)
    silent = _silent_utf16(data)
    if silent is not None:
        return _decode_strictly(data, silent)
    if declared is not None and _is_utf16(declared):
        return _try(data, declared)
    return None


def _decode_guessed(data: bytes, declared: str | None) -> str:
    found = _META_CHARSET.search(data[:_META_WITHIN])
    meta = found[1].decode("ascii") if found else None
    for encoding in ("utf-8", declared, meta):
        if encoding is not None and not _is_utf16(encoding):
            text = _try(data, _as_browsers_read(encoding))
            if text is not None:
                return text
    return data.decode("cp1252", errors="replace")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"this is not text (it is broken {encoding}): save the article again as UTF-8") from error


def _as_browsers_read(encoding: str) -> str:
    """Pages that say Latin-1 hold Windows-1252's curly quotes (WHATWG Encoding, § names and labels)."""
    return (
        "cp1252"
        if encoding.lower().replace("_", "-") in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
        else encoding
    )


def _is_utf16(encoding: str) -> bool:
    return encoding.lower().replace("_", "-").startswith(("utf-16", "utf16", "ucs-2"))


def _silent_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has zeros in every second byte, and nearly none in the others."""
    sample = data[:2048]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[:65536]
    if b"\x00" in data:
        raise InputError("this is not text (it has NUL bytes): save the article as text, Markdown or HTML")
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if n_controls > _MOST_CONTROLS * len(sample):
        raise InputError("this is not text but a binary file: save the article as text, Markdown or HTML")
