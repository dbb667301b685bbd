"""How a Dutch word is said: as espeak-ng says it, but for compounds and stress, of which it knows little.

Of the 2,757 words that are both among the commonest 16,000 (wordfreq) and in a list with stress marks (gruut-lang-nl),
espeak-ng stresses 388 on another syllable, mostly compounds ("handbóék") and words from elsewhere ("dírect"), and says
their vowels wrong with it ("kentéken"); with this, 187. Where a word is said otherwise now, the logarithm of its
probability to the recogniser rises by 0.2 (45 words, standard error 0.2). What is known stands in words.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TIE = "\N{COMBINING DOUBLE INVERTED BREVE}"
_SHORTEST, _LONGEST = 5, 40  # letters of a compound
_MOST_PARTS = 3
_SYLLABLE = re.compile("([ˈˌ]?)(ɛɪ|œy|ʌʊ|aɪ|eʊ|yʊ|ɔɪ|[aeiouyøœɑɐɔɛəɪɵʌɒʊæɜʏ]ː?)")  # its mark, its vowel
# "uitdrukkelijk" and its like are stressed before the weak syllables, even where a compound would be on its first.
_ELIJK = re.compile("ə[lrn]?lək")
# A verb that begins like this is stressed there, whatever it ends with: "afgestudeerd".
_SEPARABLE = re.compile("aan|af|bij|door|mee|om|uit|voor|weg")
_PREFIXES = frozenset({"achter", "tegen"})  # no s stands behind them
_DIMINUTIVE = re.compile("(?<![ˈˌ])ɛ(?=n?tʲəs?$)")  # "spelletje"
# Nothing voiced stands before something voiceless: "raadsman".
_VOICED = re.compile("[bdvzɣ](?=[ˈˌ]?[ptkfsxʃh])")
# A sound is not said twice: "gevangenisstraf", "teruggebracht", "bloeddruk".
_TWICE = re.compile("([bfhjklmnprszʋ])(?=\\1)|t(?=[td])|x(?=[xɣ])")
_VOICELESS = {"b": "p", "d": "t", "v": "f", "z": "s", "ɣ": "x"}


class Words(msgspec.Struct, frozen=True):
    """What words.toml says, where its comments say why.

    first, last : words that a compound begins with, and ends with. whole : what only looks like a compound.
    endings     : the syllable, counted from the end, that has the stress of a word with this ending.
    words       : the IPA of words by themselves.
    """

    first: str
    last: str
    whole: str
    endings: dict[str, int]
    words: dict[str, str]


def said(words: Sequence[str], ipa: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """The IPA of each word by itself; that of "" is "".

    ipa : gives espeak-ng's IPA of each of several words in one call.
    """
    split = [compound(word) for word in words]
    parts = [part for parts in split for part in parts]
    sounds = iter([_corrected(part, sound) for part, sound in zip(parts, ipa(parts), strict=True)])
    return [_joined([next(sounds) for _ in parts]) for parts in split]


def compound(word: str) -> tuple[str, ...]:
    """The words that a compound is made of, in lower case; any other word as it is.

    As few as there can be, without an s between them if possible, the first as long as possible.
    """
    low = word.lower()
    if not _SHORTEST <= len(low) <= _LONGEST or low in known().words or low in _whole():
        return (word,)
    return min(_splits(low, _MOST_PARTS), key=lambda parts: (len(parts), _n_linked(parts)), default=(word,))


def _splits(word: str, most: int) -> Iterator[tuple[str, ...]]:
    for cut in range(len(word) - 2, 1, -1):
        first, rest = word[:cut], word[cut:]
        if first not in _first() and not _linked(first):
            continue
        if rest in _last():
            yield first, rest
        elif most > 2:
            yield from ((first, *more) for more in _splits(rest, most - 1))


def _linked(first: str) -> bool:
    """Whether it is a first word with the s that stands between: "verkeersplein"."""
    return first.endswith("s") and len(first) >= _SHORTEST and first[:-1] in _first() and first[:-1] not in _PREFIXES


def _n_linked(parts: Sequence[str]) -> int:
    return sum(part not in _first() for part in parts[:-1])


def _joined(sounds: Sequence[str]) -> str:
    """A compound has its stress where the first word has it; those of the others are lighter."""
    first, *others = sounds
    return _TWICE.sub("", first + "".join(other.replace("ˌ", "").replace("ˈ", "ˌ") for other in others))


def _corrected(word: str, sound: str) -> str:
    low = word.lower().replace("’", "'")
    if (fixed := known().words.get(low)) is not None:
        return fixed
    sound = _VOICED.sub(lambda found: _VOICELESS[found[0]], sound.replace(_TIE, ""))
    return _DIMINUTIVE.sub("ə", _stressed(low, sound))


def _stressed(word: str, sound: str) -> str:
    if "lijk" in word and (found := _ELIJK.search(sound)):
        return _moved(sound, len(_SYLLABLE.findall(sound, found.start())) + 1)
    if not _SEPARABLE.match(word):
        for n in range(min(len(word) - 1, _longest_ending()), 1, -1):
            if (syllable := known().endings.get(word[-n:])) is not None:
                return _moved(sound, syllable)
    return sound


def _moved(sound: str, from_end: int) -> str:
    """With the stress on this syllable from the end, unless that is weak; other stress is light, and none beside it."""
    syllables = _SYLLABLE.findall(sound)
    stressed = len(syllables) - from_end
    if not 0 <= stressed < len(syllables) or syllables[stressed][1] == "ə":
        return sound
    away = count(-stressed)

    def marked(syllable: re.Match[str]) -> str:
        distance = next(away)
        return ("" if distance else "ˈ") + ("ˌ" if syllable[1] and abs(distance) > 1 else "") + syllable[2]

    return _SYLLABLE.sub(marked, sound)


@cache
def known() -> Words:
    """What there is to know of words here."""
    text = resources.files("tts.speak.kokoro").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


@cache
def _first() -> frozenset[str]:
    return frozenset(known().first.split())


@cache
def _last() -> frozenset[str]:
    return frozenset(known().last.split())


@cache
def _whole() -> frozenset[str]:
    return frozenset(known().whole.split())


@cache
def _longest_ending() -> int:
    return max(map(len, known().endings))
