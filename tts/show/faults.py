"""What is wrong with a setting that would pass into the feed unseen, and break it there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.model import Show

_ADDRESS = r"https?://[A-Za-z0-9\[][!-~]*"
_RULES = {
    "title": (r"(?s).*\S.*", "is empty; give the podcast a name"),
    "description": (r"(?s).*\S.*", "is empty; say in a line what the podcast is about"),
    "language": (r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", 'is no code of a language; write "nl", "nl-nl" or "nl-be"'),
    "url": (
        r"https?://[A-Za-z0-9\[][!\"$->@-~]*",
        'is no address of a folder on the web; write it like "https://example.org/podcast/"',
    ),
    "link": (_ADDRESS, 'is no web address; write it like "https://example.org/"'),
    "moved_from": (_ADDRESS, 'is no web address; write it like "https://example.org/podcast/"'),
    "owner_email": (r"[^@\s]+@[^@\s]+", 'is no e-mail address; write it like "redactie@example.org"'),
    "colours": (r"#[0-9a-fA-F]{6}", 'is no colour; write colours like "#123c4a"'),
}
_COMPILED = {name: (re.compile(shape), said) for name, (shape, said) in _RULES.items()}


def fault(name: str, value: object) -> str | None:
    """What is wrong with this value of a setting, in a line that says what to do; None when nothing is."""
    if name not in _COMPILED or value is None:
        return None
    shape, said = _COMPILED[name]
    values = value if isinstance(value, (list, tuple)) else [value]
    return next((f"{name} {part!r} {said}" for part in values if not shape.fullmatch(str(part))), None)


def first_fault(show: Show) -> str | None:
    """The first fault in the settings of a show."""
    return next((found for name in _COMPILED if (found := fault(name, getattr(show, name)))), None)
