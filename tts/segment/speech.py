"""Which quotations are direct speech, and which are irony, terms, titles or fragments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.read.language import language_of
from tts.segment.attribution import Said, said_after, said_before, surroundings
from tts.segment.lexicon import words
from tts.segment.sentences import ends_sentence
from tts.segment.tokens import tokens
from tts.segment.verbs import has_verb, may_hold_verb, says

if TYPE_CHECKING:
    from tts.segment.quotes import Family
    from tts.segment.view import View

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FEWEST_WORDS = 4
_TITLE_REACH = 3  # words between "roman" and its title: "de roman van Bakker, ‘…’"
_CONJUNCTIONS = frozenset("maar en want dus nee ja toch ook of".split())
_MOTTO_AFTER = re.compile(
    r"[\s,]*(?:(?:is|was|luidt|luidde|klinkt|heet|staat|stond|stonden|hangt|prijkt|zegt|zeggen|aldus|leert|geldt)\b)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r",\s(?:een|het|de|zijn|haar|hun)\s(?P<noun>[^\s,.;:]+(?:\s[^\s,.;:]+){0,2})")
_IN_SO_MANY_WORDS = frozenset("woorden woord vraag mededeling opmerking uitspraak kreet".split())
_PARENTHESIS = re.compile(r"^\s*\([^()]{1,40}\)")
_HANGS = frozenset("is was stond staat stonden hing hangt luidt luidde heet heette leerde leert klonk klinkt".split())
_SAYING_REACH = 14  # words


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a quotation is speech, and the attribution it was recognised by.

    resumed : goes on with the sentence of the quotation before it.
    """

    speech: bool
    said: Said | None = None
    resumed: bool = False


NO_SPEECH = Judgement(speech=False)
STANDING = Judgement(speech=True)


def judge(v: View, house: Family | None) -> list[Judgement]:
    """A judgement for each quotation of a paragraph.

    house : the family of marks that the article sets speech in; one in other marks has to be attributed outright.
    """
    judged: list[Judgement] = []
    for k in range(len(v.quotations)):
        judged.append(_judge(v, k, judged, house))
    for k in range(len(judged) - 1):
        # "Ik denk", zegt Bakker, "dat het komt": the first part is short, the whole is not.
        if not judged[k].speech and judged[k + 1].resumed and _attributed_after(v, k):
            judged[k] = Judgement(speech=True, said=said_after(v, k))
    return judged


def _judge(v: View, k: int, judged: list[Judgement], house: Family | None) -> Judgement:
    q = v.quotations[k]
    if not q.opened or q.family == "dash":
        return STANDING
    inner = v.speech(k)
    start, end = surroundings(v, k)
    before, after = v.masked[start : q.start], v.masked[q.end : end]
    colon = before.rstrip().endswith(":")
    if _is_title(before, after, colon=colon):
        return NO_SPEECH
    closing = said_after(v, k)
    opening = said_before(v, k) if colon or closing is None else None
    found = closing if opening is None or (closing is not None and opening.ref is None) else opening
    if _resumes(v, k, before, judged):
        return Judgement(speech=True, said=closing, resumed=True)
    if q.closed and not (_is_clause(inner) or _goes_on(v, k, judged) or _is_said_whole(inner, found)):
        return NO_SPEECH
    if colon or not _PARENTHESIS.sub("", before, count=1).strip(" ,(–—-"):
        if found is not None:
            return Judgement(speech=True, said=found)
        stands = not _flows_on(after) and house in {None, q.family} and not _is_saying(v, k)
        return STANDING if stands and (_ends_sentence(inner, after) or not q.closed) else NO_SPEECH
    return Judgement(speech=True, said=found) if found and _is_set_in(before, inner, found) else NO_SPEECH


def _is_clause(inner: str) -> bool:
    return len(_WORD.findall(inner)) >= _FEWEST_WORDS and has_verb(inner)


def _is_said_whole(inner: str, found: Said | None) -> bool:
    """Whether words without a verb that we know are a sentence by their mark, and said or with what may be a verb."""
    if not _begins_capital(inner) or len(_WORD.findall(inner)) < _FEWEST_WORDS:
        return False
    if not ends_sentence(inner):  # as in "De scheepvaart ondervindt hinder", meldt de provincie
        clause = may_hold_verb(inner) or language_of(inner) != "nl"
        return found is not None and found.ref is not None and found.where == "after" and clause
    return (found is not None and found.ref is not None) or may_hold_verb(inner)


def _goes_on(v: View, k: int, judged: list[Judgement]) -> bool:
    """Whether a sentence without a verb is more of the speech before it: `‘…’, zegt ze. ‘Vandaag, in Delft.’`."""
    q = v.quotations[k]
    if k == 0 or not judged[k - 1].speech or not ends_sentence(v.text[q.text_start : q.text_end]):
        return False
    n_words = len(_WORD.findall(v.text[q.text_start : q.text_end]))
    previous = v.sentence_at(v.quotations[k - 1].end - 1)
    return n_words >= _FEWEST_WORDS and v.sentence_at(q.start) - previous <= 1


def _is_set_in(before: str, inner: str, found: Said) -> bool:
    """Whether a quotation in the midst of a sentence is speech: `Bakker riep ‘Ga weg daar’ en rende.`."""
    found_before = tokens(before)
    if found.where == "after" and all(t.lower in _CONJUNCTIONS for t in found_before):
        return True
    if not _begins_capital(inner):
        return False
    in_words = bool(found_before) and found_before[-1].lower in _IN_SO_MANY_WORDS
    return found.where == "inside" or in_words or ends_sentence(inner)


def _attributed_after(v: View, k: int) -> bool:
    start, _ = surroundings(v, k)
    return said_after(v, k) is not None and not v.masked[start : v.quotations[k].start].strip(" ,(–—-")


def _resumes(v: View, k: int, before: str, judged: list[Judgement]) -> bool:
    """It goes on with the sentence that the quotation before it began: `"Ik denk", zegt Bakker, "dat het komt"`."""
    if k == 0 or (not before.strip().endswith((",", "–", "—", "-", ";")) and not _joined_by_attribution(before)):
        return False
    previous = v.quotations[k - 1]
    same_sentence = v.sentence_at(previous.end - 1) == v.sentence_at(v.quotations[k].start)
    return same_sentence and (judged[k - 1].speech or _attributed_after(v, k - 1)) and said_after(v, k - 1) is not None


def _joined_by_attribution(before: str) -> bool:
    return before[:1] in {",", " "} and len(tokens(before)) <= 4 and any(says(t.text) for t in tokens(before)[:2])


def _is_title(before: str, after: str, *, colon: bool) -> bool:
    last = [t.lower for t in tokens(before[-80:])]
    titles = words("verbs", "title_nouns")
    if not colon and _is_named_after(after):
        return True
    if not colon and last:
        if last[-1] in words("verbs", "term_words") or last[-1] in titles or _ends_with_title(last[-1]):
            return True
        if any(w in titles for w in last[-_TITLE_REACH:-1]) and not any(says(w) for w in last[-_TITLE_REACH:]):
            return True
    if colon and any(
        w in {"spandoek", "opschrift", "bordje", "motto", "titel", "leus", "slogan", "hashtag", "spreekwoord"}
        for w in last[-8:]
    ):
        return True
    following = _MOTTO_AFTER.match(after)
    if following:
        head = [t.lower for t in tokens(after[following.end() : following.end() + 60])[:5]]
        return any(w in titles or _ends_with_title(w) or w == "men" for w in head)
    return False


def _is_saying(v: View, k: int) -> bool:
    """The next sentence tells where the words hang or come from: `‘…’ Dat stond op een tegeltje.`."""
    s = v.sentence_at(v.quotations[k].end - 1) + 1
    if s >= len(v.sentences):
        return False
    start, end = v.sentences[s]
    found = [t.lower for t in tokens(v.masked[start:end])]
    linked = found[:1] in (["dat"], ["dit"], ["zo"], ["het"]) and any(w in _HANGS for w in found[1:3])
    return linked and any(w in words("verbs", "title_nouns") or _ends_with_title(w) for w in found[2:_SAYING_REACH])


def _is_named_after(after: str) -> bool:
    """Whether what follows says what the title is of: `“…”, een hit uit 1987`."""
    following = _NAMED_AFTER.match(after)
    if following is None:
        return False
    nouns = [t.lower for t in tokens(following["noun"])]
    return any(noun in words("verbs", "title_nouns") or _ends_with_title(noun) for noun in nouns)


def _ends_with_title(word: str) -> bool:
    return word.endswith(
        (
            "rapport",
            "roman",
            "boek",
            "lied",
            "film",
            "documentaire",
            "podcast",
            "album",
            "serie",
            "voorstelling",
            "tentoonstelling",
            "campagne",
        )
    )


def _flows_on(after: str) -> bool:
    """The sentence goes on after the closing mark: `‘…’ is het motto`."""
    rest = after.lstrip()
    return bool(rest) and rest[0] not in ".!?…)" and rest.strip(" .,;:!?)") != ""


def _ends_sentence(inner: str, after: str) -> bool:
    return ends_sentence(inner) or after.lstrip()[:1] in {".", "!", "?"}


def _begins_capital(inner: str) -> bool:
    match = re.search(r"[^\W\d_]", inner.replace("’t", "").replace("'t", ""))
    return match is not None and match.group().isupper()
