"""Dutch in Kokoro's symbols: each word's IPA, each sound of it the nearest that Kokoro makes.

How a word is said comes from words.py; what is Dutch about the sounds stands in sounds.toml, the numbers of Kokoro's
symbols in symbols.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from tts.speak.kokoro import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PUNCTUATION = ';:,.!?—…"()“”'
_WORD = re.compile(r"\S+")
_CORE = re.compile(r"(?:['’](?=[a-z]\b))?\w(?:.*\w)?")  # "'s" is a word of its own, its apostrophe no mark
_NEAREST = {"«": "“", "»": "”", "„": "“", "–": "—"}
_STRESS = str.maketrans("", "", "ˈˌ")
_CLOSING = frozenset(";:,.!?—…")
# A v is said f, as in the north, unless it stands between vowels and begins no stressed syllable: "veel", "gevallen",
# not "over". Where it was, the logarithm of the word's probability to the recogniser rose by 0.8 (34 words, standard
# error 0.2); between vowels it fell by 0.3.
_F = re.compile(r"(?<![aeiouyøœɑɐɔɛəɪɵʌɒʊæɜː])v|v(?=[ˈˌ])")


class Dutch(msgspec.Struct, frozen=True):
    """What sounds.toml says, where its comments say why.

    weak   : words that a sentence says without stress. forms : the IPA of some of them.
    sounds : espeak-ng's symbols, and Kokoro's for them.
    """

    weak: str
    forms: dict[str, str]
    sounds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A word as Kokoro is to say it.

    symbols    : its sounds with the punctuation around it, all of them Kokoro's (`numbers`), never empty; words are
                 said with a space between them.
    start, end : its place in the text, with the punctuation after it.
    """

    symbols: str
    start: int
    end: int


@cache
def numbers() -> dict[str, int]:
    """Kokoro's number for each of its symbols."""
    return msgspec.convert(_table("symbols.toml"), dict[str, int])


def phonemes(text: str, ipa: Callable[[Sequence[str]], list[str]]) -> tuple[Said, ...]:
    """The words of `text` in order, each with what it sounds like; a word that makes no sound is left out.

    ipa : gives espeak-ng's IPA of each of several words in one call. Each word is asked for by itself.
    """
    found = [(word, _CORE.search(word[0])) for word in _WORD.finditer(text)]
    sounds = words.said([core[0] if core else "" for _, core in found], ipa)
    said: list[Said] = []
    for (word, core), sound in zip(found, sounds, strict=True):
        start, end = core.span() if core else (0, 0)
        before, after = _signs(word[0][:start]), _signs(word[0][end:])
        if symbols := _symbols(_said(core[0] if core else "", sound, ends_clause=not _CLOSING.isdisjoint(after))):
            said.append(Said(before + symbols + after, word.start() + start, word.end()))
        elif said and before + after:
            last = said.pop()
            said.append(Said(f"{last.symbols} {before}{after}", last.start, last.end))
    return tuple(said)


def _said(word: str, sound: str, *, ends_clause: bool) -> str:
    """How a word is said in a sentence, where `sound` is that of the word alone."""
    word = word.lower().replace("’", "'")
    if word in _weak() and not ends_clause:
        return dutch().forms.get(word, sound).translate(_STRESS)
    return sound


def _symbols(sound: str) -> str:
    sounds = dutch().sounds
    near = _sound().sub(lambda found: sounds[found[0]], _F.sub("f", sound))
    return "".join(_known(near))


def _signs(marks: str) -> str:
    return "".join(sign for mark in marks if (sign := _NEAREST.get(mark, mark)) in PUNCTUATION)


def _known(symbols: str) -> Iterator[str]:
    known = numbers()
    return (symbol for symbol in symbols if symbol in known)


@cache
def dutch() -> Dutch:
    """What there is to know of Dutch here."""
    return msgspec.convert(_table("sounds.toml"), Dutch)


@cache
def _weak() -> frozenset[str]:
    return frozenset(dutch().weak.split())


@cache
def _sound() -> re.Pattern[str]:
    """Any sound that Kokoro writes differently."""
    return re.compile("|".join(map(re.escape, sorted(dutch().sounds, key=len, reverse=True))))


def _table(name: str) -> dict[str, object]:
    return tomllib.loads(resources.files("tts.speak.kokoro").joinpath(name).read_text(encoding="utf-8"))
