"""Pull quotes as scraped text has them: `Quote <text> <Name>, <Role>`, and the credit under one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.roles import is_first_name, role_head
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Paragraph
    from tts.segment.people import Cast
from tts.segment.repeats import Body

_LABEL = re.compile(r"\s*Quote\b\s*:?\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…]+[’'”\"»)]*\s+(?=[^\s])|[’”\"»]\s+(?=[^\W_a-zß-öø-ÿ])|\s[–—-]\s+(?=[^\W_])")
_LEADING = re.compile(r"^[\s–—\-|/~]+")
_BEGINS = re.compile(r"[‘’'\"“„«»,]*\s?[^\W_a-zß-öø-ÿ]|[‘’'\"“„«»]|,,")
_INITIAL = re.compile(r"\b[A-Z]\.\s*$")  # "advocaat van Kevin K."
_LONGEST_ASIDE = 60  # words
_LONGEST_CREDIT = 22  # words
_LONGEST_CREDIT_CHARS = 250
_LONGEST_NAME = 7
_FINAL = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull quote. credit : who is said to say it, None where nothing stands under it."""

    text: str
    credit: str | None


def find_pulls(paragraphs: Sequence[Paragraph]) -> dict[int, Pull]:
    """The pull quotes among `paragraphs`, by their number, with the credit where one stands under them."""
    labelled = {
        i: text for i, p in enumerate(paragraphs) if p.kind == "text" and (text := after_label(p.text)) is not None
    }
    if not labelled and not any(p.kind in {"aside", "blockquote"} for p in paragraphs):
        return {}
    body = Body([p.text for i, p in enumerate(paragraphs) if i not in labelled and p.kind == "text"])
    pulls: dict[int, Pull] = {}
    for i, p in enumerate(paragraphs):
        pull = Pull(p.text, p.credit) if p.credit else split_credit(labelled.get(i, p.text))
        repeats = pull.credit is None and body.repeated_by(pull.text) is not None
        if i in labelled:
            is_pull = bool(pull.credit) or repeats or begins_like_speech(pull.text)
        elif p.kind == "aside":
            is_pull = bool(pull.credit) or repeats or _is_set_apart(paragraphs, i)
        else:
            pull = Pull(p.text, p.credit)
            is_pull = p.kind == "blockquote" and not after_colon(paragraphs, i) and (bool(p.credit) or repeats)
        if is_pull:
            pulls[i] = pull
    return pulls


def after_colon(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a paragraph that ends in a colon announces blockquote `i`, or the one that it goes on from."""
    while i > 0 and paragraphs[i - 1].kind == "blockquote":
        i -= 1
    return i > 0 and paragraphs[i - 1].text.rstrip().endswith(":")


def _is_set_apart(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """An aside by itself is a pull quote; a long one, or one of several, is a box."""
    neighbours = [paragraphs[n] for n in (i - 1, i + 1) if 0 <= n < len(paragraphs)]
    alone = all(n.kind != "aside" or n.credit for n in neighbours)
    return alone and len(paragraphs[i].text.split()) <= _LONGEST_ASIDE


def after_label(text: str) -> str | None:
    """What follows the label `Quote`, None where the paragraph has no such label.

    "Quote is een zakenblad" goes on in lower case: there the word is the paragraph's own.
    """
    match = _LABEL.match(text)
    if match is None or not _BEGINS.match(text, match.end()):
        return None
    return text[match.end() :].strip()


def begins_like_speech(text: str) -> bool:
    """Whether a labelled text without a credit can hardly be a sentence about something called Quote."""
    found = tokens(text)
    return bool(found) and (text[0] in "‘’'\"“„«," or found[0].lower in words("names", "starters"))


def split_credit(text: str) -> Pull:
    """The words of a pull quote and the credit that ends it: what follows its last sentence and reads like a name."""
    for match in _SENTENCE_END.finditer(text, max(0, len(text) - _LONGEST_CREDIT_CHARS)):
        rest = _LEADING.sub("", text[match.end() :])
        if _is_credit(rest):
            return Pull(text[: match.end()].rstrip(" –—-|"), rest)
    return Pull(text, None)


def split_known(text: str, cast: Cast) -> Pull:
    """As `split_credit`, for a text without final punctuation: it ends with somebody whom the article knows."""
    if text.rstrip().endswith(_FINAL):
        return Pull(text, None)
    found = tokens(text)
    best = None
    for i in range(len(found) - 1, max(0, len(found) - _LONGEST_CREDIT), -1):
        rest = text[found[i].start :]
        name = rest.split(",")[0].split("(")[0]
        if found[i].capital and len(name.split()) <= _LONGEST_NAME and cast.known_as(name):
            best = Pull(text[: found[i].start].rstrip(" –—-|"), rest)
    if best is None:
        return Pull(text, None)
    words_before = best.text.split()
    if words_before and words_before[-1][:1].isupper() and role_head(words_before[-1]):  # "Wethouder Bakker"
        return Pull(" ".join(words_before[:-1]), f"{words_before[-1]} {best.credit}")
    return best


def _is_credit(text: str) -> bool:
    ends = text.rstrip().endswith(_FINAL) and _INITIAL.search(text) is None
    if not text or ends or len(text.split()) > _LONGEST_CREDIT:
        return False
    name = re.split(r",|\(|\s[–—-]\s", text)[0].strip()
    parts = name.split()
    if not parts or len(parts) > _LONGEST_NAME:
        return False
    named = False
    for part in parts:
        lower = part.lower().rstrip(".")
        if part[:1].isupper() and (
            not part.endswith(".") or len(part) <= 3 or lower in words("names", "titles") or part.count(".") > 1
        ):
            named = named or lower not in words("names", "starters")
        elif (
            lower not in words("names", "particles")
            and lower not in words("names", "titles")
            and not role_head(part)
            and lower not in {"een", "de", "en", "&"}
        ):
            return False
        if is_verb(lower) and not is_first_name(part) and part.islower():
            return False
    return named or any(role_head(part) for part in parts)


def credited(credit: str) -> tuple[str | None, str | None]:
    """The name and the role in a credit: "Noor Bakker, wethouder" and "wethouder Noor Bakker" give the same two."""
    credit = _LEADING.sub("", credit).strip()
    match = re.match(r"(?P<name>[^,(|]+?)\s*(?:[,(|]|\s[–—-]\s)\s*(?P<role>.+?)\)?$", credit)
    name, role = (match["name"], match["role"]) if match else (credit, None)
    found = tokens(name)
    if not found:
        return None, credit
    first = 0
    while first < len(found) - 1 and _goes_before_a_name(found[first], found[first + 1]):
        first += 1
    before = name[: found[first].start].split()
    title = [w for w in before if w.lower().rstrip(".") not in words("names", "titles")]
    if found[first].text.islower():
        return None, credit
    return name[found[first].start :], role or (" ".join(title) or None)


def _goes_before_a_name(token: Token, following: Token) -> bool:
    """A title, or a role: "dr.", "wethouder", "Wethouder" before a name."""
    if token.lower in words("names", "titles"):
        return True
    if token.text.islower():
        return token.lower not in words("names", "particles")
    return following.capital and role_head(token.text) is not None and not is_first_name(token.text)
