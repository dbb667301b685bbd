"""Words that a Dutch voice may say wrong: foreign names, capitals that no table knows, letters that are not Dutch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tts.speak.dutch import to_spoken
from tts.speak.dutch.data import table, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tts.speak.dutch import Rewrite, Spoken

# Bounded: a word of more letters is no name.
_WORD = re.compile(r"(?<![\w’'&])[^\W\d_]{2,40}+(?:[’'&][^\W\d_]{1,40}+)*(?![\w&])|(?<!\w)[DOMN][’'][^\W\d_]{2,40}+")
_ENDING = re.compile(r"[’'](?:s|er|ers|en|je|tje|tjes|n|t)$")
_CAPITALS = re.compile(r"(?:[A-ZÀ-Þ]+&?)+")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ /-]{1,60}(?:\([^)]{0,30}\) ?)?[-–—] ")
_SENTENCE_ENDED = re.compile(r"(?:^|[.!?…:;–—•|]|[‘’“”„\"'«»(])[\s‘’“”„\"'«»(]*$")
_RUN = re.compile(r"(?P<vowels>[aeiouyĳáéíóúàèêëïöüôûâî]+)|[^aeiouyĳáéíóúàèêëïöüôûâî]+")
_SHOUTED_LEFT = re.compile(r"[A-ZÀ-Þ]{2}[,:;]? $")  # a line of capitals
_SHOUTED_RIGHT = re.compile(r"[,:;]? [A-ZÀ-Þ]{2}")
_SPELLING_RULES = frozenset({"initialism", "mixed initialism"})
_NEAR_CHARS = 8
_CONTEXT_CHARS = 30


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of a text that a voice may say wrong.

    word    : as it is spelled, the way the lexicon takes it. n : how often it occurs.
    spoken  : what a voice is given now.
    context : the words around the first of them.
    reason  : what is not Dutch about it.
    """

    word: str
    n: int
    spoken: str
    context: str
    reason: str


def doubtful(texts: Iterable[str], lexicon: Mapping[str, str]) -> tuple[Doubt, ...]:
    """The doubtful words of `texts`, each once, in the order in which they are first met.

    - Words that `lexicon` has are left out, and those that a rule of the rewriter has said (a unit, an address).
    - A word with a hyphen counts as its parts; a possessive ("Gökçe's") as the name.
    - A word counts as a name by a capital inside a sentence, and is held to stricter spelling than one without.
    - The time is linear in the length of the texts.
    """
    found: dict[str, Doubt] = {}
    plain: set[str] = set()
    for text in texts:
        for word, spoken, context, reason in _judged(to_spoken(text, lexicon)):
            if reason is None:
                plain.add(word.lower())
            elif word in found:
                before = found[word]
                found[word] = Doubt(word, before.n + 1, before.spoken, before.context, before.reason)
            else:
                found[word] = Doubt(word, 1, spoken, context, reason)
    # Capitals that stand elsewhere in the article as a common word or name were only shouted.
    return tuple(doubt for doubt in found.values() if not (doubt.word.isupper() and doubt.word.lower() in plain))


def _judged(said: Spoken) -> Iterator[tuple[str, str, str, str | None]]:
    rewrites = iter((*said.rewrites, None))
    rewrite = next(rewrites)
    dateline = _DATELINE.match(said.source)
    for match in _WORD.finditer(said.source):
        while rewrite is not None and rewrite.end <= match.start():
            rewrite = next(rewrites)
        within = rewrite if rewrite is not None and rewrite.start < match.end() else None
        word = _ENDING.sub("", match[0])
        if within is not None and within.rule not in _SPELLING_RULES:
            continue
        if dateline and match.end() <= dateline.end():
            continue
        context = _context(said.source, match.start(), match.end())
        yield word, _spoken(word, within), context, _reason(word, match, within)


def _spoken(word: str, within: Rewrite | None) -> str:
    return word if within is None else _ENDING.sub("", within.spoken)


def _reason(word: str, match: re.Match[str], within: Rewrite | None) -> str | None:
    if within is not None:
        known = words("acronyms", "letters") | words("acronyms", "mixed")
        return None if word in known or word.rstrip("s") in known else "letters one by one, in no table"
    if _CAPITALS.fullmatch(word):
        return _of_capitals(word, match)
    return why_doubtful(word, is_name=word[0].isupper() and not _starts_sentence(match))


def _of_capitals(word: str, match: re.Match[str]) -> str | None:
    if any(word in words("acronyms", key) for key in ("words", "letters", "shouted")):
        return None
    left = match.string[max(0, match.start() - _NEAR_CHARS) : match.start()]
    if _SHOUTED_LEFT.search(left) or _SHOUTED_RIGHT.match(match.string, match.end()):
        return why_doubtful(word.lower(), is_name=False)
    return "capitals read as a word, in no table"


def _starts_sentence(match: re.Match[str]) -> bool:
    start = match.start()
    left = match.string[max(0, start - _NEAR_CHARS) : start]
    return not left or _SENTENCE_ENDED.search(left) is not None


def _context(text: str, start: int, end: int) -> str:
    left = text[max(0, start - _CONTEXT_CHARS) : start]
    right = text[end : end + _CONTEXT_CHARS]
    left = "…" + left.partition(" ")[2] if start > _CONTEXT_CHARS else left
    right = right.rpartition(" ")[0] + "…" if end + _CONTEXT_CHARS < len(text) else right
    return left + text[start:end] + right


@lru_cache(maxsize=4096)
def why_doubtful(word: str, *, is_name: bool) -> str | None:
    """What is not Dutch in the spelling of one word, None where nothing is.

    is_name : held to the spelling of Dutch names; else what loanwords have is allowed as well.
    """
    if word in _known() or (word.endswith("s") and word[:-1] in _known()):
        return None
    if word[0].isupper() and re.search(r"[’'](?!s$)", word):
        return "an apostrophe in a name"
    bare = re.sub(r"[’'&]", "", word.lower())
    return _foreign_letter(bare) or _never(bare, is_name=is_name) or _no_syllable(bare, is_name=is_name)


def _foreign_letter(word: str) -> str | None:
    accented = table("doubtful")["accented"]
    for at, letter in enumerate(word):
        foreign = not ("a" <= letter <= "z" or letter in accented)
        if foreign or (letter in "öü" and (at == 0 or word[at - 1] not in "aeiou")):
            return f"the letter {letter}"
    return None


def _never(word: str, *, is_name: bool) -> str | None:
    for pattern in table("doubtful")["never"]["names" if is_name else "words"]:
        if found := re.search(pattern, word):
            return f"“{found[0]}” is not Dutch"
    return None


def _no_syllable(word: str, *, is_name: bool) -> str | None:
    onsets, codas, vowels = _syllables(is_name=is_name)
    runs = list(_RUN.finditer(word.replace("ij", "ĳ").replace("qu", "kw")))
    for index, run in enumerate(runs):
        letters = run[0]
        if run["vowels"]:
            fits = _is_vowels(letters, vowels)
        elif index == 0:
            fits = letters in onsets
        elif index == len(runs) - 1:
            fits = _ends(letters, codas)
        else:
            fits = any(
                (not letters[:cut] or _ends(letters[:cut], codas)) and (not letters[cut:] or letters[cut:] in onsets)
                for cut in range(len(letters) + 1)
            )
        if not fits:
            return f"“{letters.replace('ĳ', 'ij')}” is not Dutch"
    return None


def _ends(letters: str, codas: frozenset[str]) -> bool:
    """Whether a syllable, or one with the s of a compound or a plural, can end so."""
    return letters in codas or (letters.endswith("s") and letters[:-1] in codas)


def _is_vowels(letters: str, vowels: frozenset[str]) -> bool:
    """Whether it is one vowel, or one that another may follow and that other."""
    return letters in vowels or any(
        letters[:cut] in _before_vowel() and letters[cut:] in vowels for cut in range(1, len(letters))
    )


@cache
def _before_vowel() -> frozenset[str]:
    return frozenset(table("doubtful")["before_vowel"].split())


@cache
def _syllables(*, is_name: bool) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = table("doubtful")
    keys = ("onsets", "codas", "vowels")
    onsets, codas, vowels = (
        frozenset((data[key] + ("" if is_name else f" {data[f'loan_{key}']}")).split()) for key in keys
    )
    return onsets, codas, vowels


@cache
def _known() -> frozenset[str]:
    return frozenset(table("doubtful")["known"]["names"].split())
