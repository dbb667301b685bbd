"""The words around a quotation that tell who says it: "zegt Bakker", "aldus de wethouder", "Volgens haar:"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from tts.segment.clauses import OWNERS, PREPOSITIONS, rival_after
from tts.segment.lexicon import words
from tts.segment.phrases import ONE
from tts.segment.referent import Referent
from tts.segment.roles import sounds_like_role
from tts.segment.sentences import QUOTED, QUOTED_END
from tts.segment.subjects import ANNOUNCERS, subject, writer
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb, says, says_in_two, says_strongly

if TYPE_CHECKING:
    from tts.segment.view import View

_LEAD = re.compile(r"[\s,.;:!?)\]–—-]*")
_CLAUSE_END = re.compile(rf"[;:{QUOTED}{QUOTED_END}]")
_DESCRIBED = re.compile(
    r"\s*(?P<phrase>(?:(?:de|het|een|[eé]én|haar|zijn|hun|onze|deze|die)\s)?[^\W\d_A-Z][^\s,.;:!?()]*(?:\s[^\s,.;:!?()]+){0,6})"
)
_LINKS = frozenset("zo dat dit daarmee ook dus en".split())
_BY_PREPOSITION = frozenset("klinkt klonk luidt luidde luiden".split())
_SIGNED = re.compile(r"\s*[(–—-]\s*(?P<name>[^()–—.,;:]{2,60}?)\s*(?:,[^()–—.;:]{2,60})?\)?[.]?\s*$")
# "De man die dit vertelt, wil niet met zijn naam in de krant."
_SAYS_THIS = re.compile(
    r"\s*(?:De|Het|Een) [^\s,.;:]+(?: [^\s,.;:]+)?,? (?:die|dat) (?:dit|dat) "
    r"(?:zegt|zei|vertelt|vertelde|schrijft|schreef)\b"
)
_AT = re.compile(r"(?i:\bbij) $")
_PLACES = frozenset("uit vanuit vanaf in op onder langs rond van".split())
_COPULAS = frozenset("is was luidt luidde blijft".split())
_TURN = re.compile(r",? maar |; | terwijl ")
_STANDS = frozenset("staat stond stonden".split())
_WHEREIN = frozenset("in op".split())
_WRITTEN_REACH = 7  # words
_PLACE_REACH = 4  # words
_AUXILIARIES = frozenset("heeft had hebben hadden zou kan wil moet".split())
_DETERMINERS = frozenset("de het een één eén haar zijn hun onze deze die".split())
_AFTER_NOUN = PREPOSITIONS | frozenset(
    "hem haar hen hun zich me mij ons toe weten dan nu nog ook al wel toch even er daar hier later zelf".split()
)
_NEAR_WORDS = 5
_PARTICLE_REACH = 9  # words


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution in the article's own words.

    ref   : who, None where the words name nobody ("klinkt het").
    where : "after" and "before" the quotation in its sentence, "inside" an interrupted one.
    """

    where: Literal["after", "before", "inside"]
    ref: Referent | None
    confidence: float


def surroundings(v: View, k: int) -> tuple[int, int]:
    """The stretch of the quotation's own sentence, from before to after it, up to its neighbouring quotations."""
    q = v.quotations[k]
    s = v.sentence_at(q.start)
    start = v.sentences[s][0]
    end = v.sentences[v.sentence_at(q.end - 1)][1]
    if k > 0:
        start = max(start, v.quotations[k - 1].end)
    if k + 1 < len(v.quotations):
        end = min(end, v.quotations[k + 1].start)
    return start, max(end, q.end)


def said(v: View, k: int) -> Said | None:
    """The attribution that stands in the sentence of quotation `k`, or begins the next one ("Dat zegt Bakker")."""
    return said_after(v, k) or said_before(v, k)


def said_after(v: View, k: int) -> Said | None:
    """`, zegt Bakker` and its kin."""
    q = v.quotations[k]
    _, end = surroundings(v, k)
    own_sentence = v.masked[q.end : end].strip(" ,.;:!?)–—-")
    if not own_sentence:
        return _next_sentence(v, k)
    if (signed := _signed(v, q.end, end)) is not None:
        return signed
    lead = _LEAD.match(v.masked, q.end)
    start = lead.end() if lead else q.end
    return _clause(v, start, end, ending=v.text[q.text_end - 1 : q.text_end], after_mark=v.text[q.end : start])


def _signed(v: View, start: int, end: int) -> Said | None:
    """`(Bakker)` or `– Bakker`: nothing but a name behind the quotation."""
    match = _SIGNED.match(v.masked, start, end)
    at = match.start("name") if match else -1
    ref = next(
        (ref for ref in v.between(start, end) if match and ref.start == at and ref.end == match.end("name")), None
    )
    return Said("after", ref, 0.9) if ref is not None and ref.kind == "name" else None


def _next_sentence(v: View, k: int) -> Said | None:
    """`Dat zegt Bakker.` after a quotation that has ended."""
    s = v.sentence_at(v.quotations[k].end - 1) + 1
    if s >= len(v.sentences):
        return None
    start, end = v.sentences[s]
    if k + 1 < len(v.quotations):
        end = min(end, v.quotations[k + 1].start)
    found = tokens(v.masked[start:end])[:2]
    if not found or v.masked[start:end].rstrip().endswith(":"):
        return None
    if _SAYS_THIS.match(v.masked, start, end) and (told := v.between(start, end)[:1]):
        return Said("after", told[0], 0.9)
    first = found[0].lower
    second = found[1].lower if len(found) > 1 else ""
    linked = first in {"dat", "dit", "zo", "aldus"} and (says_strongly(second) or first == "aldus")
    if not linked and not says_strongly(first):
        return None
    return _clause(v, start, end, ending="", after_mark=",")


def _clause(v: View, start: int, end: int, ending: str, after_mark: str) -> Said | None:
    """The attribution in the clause [start, end) that follows a quotation.

    ending : the last character before its closing mark. after_mark : what stands between that mark and the clause.
    """
    stop = _clause_end(v.masked, start, end)
    found = tokens(v.masked[start:stop])
    if not found:
        return None
    position = 1 if found[0].lower in _LINKS and len(found) > 1 else 0
    word = found[position].lower
    rest = start + found[position].end
    if word in {"het", "die"} and position:
        return None
    if word in _BY_PREPOSITION and [t.lower for t in found[position + 1 : position + 2]] == ["het"]:
        rest = start + found[position + 1].end
        where = [t.lower for t in found[position + 2 : position + 2 + _PLACE_REACH]]
        if words("verbs", "speech_nouns") & set(where) or where[:1] == ["daarin"]:
            return Said("after", None, 0.6)  # "luidt het in de brief"
        if where and where[0] in _PLACES and not v.between(rest, stop):
            somebody = Referent("description", rest, rest, head="iemand", phrase="iemand", definite=False)
            return Said("after", somebody, 0.8)  # "klinkt het uit de zaal"
    if word in _COPULAS and (whose := _reaction(v, rest, stop)) is not None:
        return whose
    if word in _STANDS and (written := _written(v, rest, stop)) is not None:
        return written
    if word in _AUXILIARIES:
        participle = any(says_strongly(t.text) for t in found[position + 1 :])
        return _with_subject(v, rest, stop, 0.9) if participle else None
    in_two = says_in_two(word, {token.lower for token in found[position + 1 : position + 1 + _PARTICLE_REACH]})
    if word in ANNOUNCERS or says_strongly(word) or in_two:
        return _with_subject(v, rest, stop, 0.98, oblique=word in _BY_PREPOSITION or word in ANNOUNCERS)
    comma = "," in ending + after_mark
    asked = ending in {"?", "!"} and not after_mark.strip()
    return _near_verb(v, found[position:], start, stop, comma=comma, asked=asked)


def _near_verb(v: View, found: tuple[Token, ...], start: int, stop: int, *, comma: bool, asked: bool) -> Said | None:
    """The attribution by a verb that says nothing by itself, with somebody right behind it: `weet de koopman`."""
    word = found[0].lower
    rest = start + found[0].end
    direct = [ref for ref in v.between(rest, rest + 1 + _reach(found)) if not ref.oblique]
    if says(word):
        if direct:
            return Said("after", direct[0], 0.93)
        described = _described(v, rest, stop)
        return Said("after", described, 0.8) if described is not None and sounds_like_role(described.head) else None
    if not direct or direct[0].start > rest + 1:
        return None
    if comma and found[0].text.islower():
        return Said("after", direct[0], 0.85)
    return Said("after", direct[0], 0.75) if asked and is_verb(word) else None


def _reaction(v: View, start: int, stop: int) -> Said | None:
    """`is de reactie van Bakker`, `luidt haar oordeel`."""
    found = tokens(v.masked[start:stop])
    if not any(t.lower in words("verbs", "speech_nouns") for t in found[1:4]):
        return None
    around = v.between(start, stop)
    if (gender := OWNERS.get(found[0].lower)) is not None:  # "was haar commentaar"
        ref: Referent | None = Referent("pronoun", start, start + found[0].end, gender=gender, head=found[0].lower)
    elif around and around[0].kind == "name" and around[0].start == start + found[0].start:  # "luidt Bakkers antwoord"
        ref = replace(around[0], oblique=False)
    else:
        ref = writer(start, found, around)
    return Said("after", ref, 0.9 if ref else 0.6)


def _written(v: View, start: int, stop: int) -> Said | None:
    """`stond er in de brief`, `staat in een verklaring van de bond`."""
    found = tokens(v.masked[start:stop])
    words_of = [t.lower for t in found[:_WRITTEN_REACH]]
    if not _WHEREIN.intersection(words_of) or not words("verbs", "speech_nouns").intersection(words_of):
        return None
    return Said("after", writer(start, found, v.between(start, stop)), 0.8)


def _reach(found: tuple[Token, ...]) -> int:
    after = found[1 : 1 + _NEAR_WORDS]
    return after[-1].end - found[0].end if after else 0


def _clause_end(masked: str, start: int, end: int) -> int:
    """An attribution ends with its clause, but "zegt Noor Bakker, wethouder van Zaandijk," is one."""
    match = _CLAUSE_END.search(masked, start, end)
    return match.start() if match else end


def _with_subject(v: View, start: int, stop: int, confidence: float, *, oblique: bool = False) -> Said:
    candidates = v.between(start, stop)
    if (neuter := _neuter(v, start, stop)) is not None:
        return Said("after", neuter, confidence - 0.1)
    direct = [ref for ref in candidates if not ref.oblique]
    if direct:
        return Said("after", direct[0], confidence)
    described = _described(v, start, stop)
    if described is not None and not (oblique and candidates):
        return Said("after", described, confidence - 0.1)
    if oblique and candidates:
        return Said("after", candidates[0], confidence - 0.05)
    return Said("after", None, 0.6)


def _neuter(v: View, start: int, stop: int) -> Referent | None:
    """`schrijft het in een mail`: the ministry, or whatever group it is."""
    found = tokens(v.masked[start:stop])[:2]
    if not found or found[0].lower != "het" or (len(found) > 1 and found[1].lower not in _AFTER_NOUN):
        return None
    return Referent("pronoun", start + found[0].start, start + found[0].end, head="het")


def _described(v: View, start: int, stop: int) -> Referent | None:
    """Somebody described with a noun that no list has: "zegt de bloementeelster"."""
    match = _DESCRIBED.match(v.masked, start, stop)
    if match is None:
        return None
    phrase = tokens(match["phrase"])
    article = phrase[0].lower
    if article not in _DETERMINERS or len(phrase) < len(("de", "wethouder")):
        return None
    found = list(takewhile(lambda token: token.lower not in _AFTER_NOUN, phrase[1:]))
    noun = next((t for t in found if not t.text.endswith(("e", "end"))), found[-1] if found else None)
    if noun is None or is_verb(found[0].text):
        return None
    if noun.lower in words("verbs", "title_nouns") or noun.lower in words("verbs", "speech_nouns"):
        return None
    return Referent(
        "description",
        match.start("phrase"),
        match.end("phrase"),
        head=noun.lower,
        phrase=match["phrase"][: noun.end],
        definite=article not in ONE,
        rival=rival_after(match["phrase"], phrase, phrase.index(noun)),
    )


def said_before(v: View, k: int) -> Said | None:
    """`Bakker zegt:` and its kin; also the first part of an interrupted quotation's sentence."""
    q = v.quotations[k]
    start, _ = surroundings(v, k)
    before = v.masked[start : q.start].rstrip()
    if not before.strip(" ,"):
        return None
    if before.endswith(":"):
        ref, confidence = subject(v, _last_clause(v, start, q.start), q.start)
        return Said("before", ref, confidence if ref else 0.6)
    found = tokens(before)
    if any(says_strongly(t.text) or t.lower in {"aldus", "woorden"} for t in found[-_NEAR_WORDS:]):
        ref, confidence = subject(v, start, q.start)
        return Said("inside", ref, confidence - 0.05 if ref else 0.5)
    return None


def _last_clause(v: View, start: int, end: int) -> int:
    """Where the last of several clauses begins that each name somebody: `De bond is blij, maar Bakker niet: ‘…’`."""
    for match in reversed(list(_TURN.finditer(v.masked, start, end))):
        named = (v.between(start, match.start()), v.between(match.end(), end))
        if all(any(not ref.oblique and not ref.weak for ref in refs) for refs in named):
            return match.end()
    return start


def group_before(v: View, k: int) -> Referent | None:
    """`De bond is boos. ‘Wij wisten van niets’, klinkt het.`: the group that the sentence before is about."""
    s = v.sentence_at(v.quotations[k].start)
    if not s or v.masked[v.sentences[s][0] : v.quotations[k].start].strip():
        return None
    about, _ = subject(v, *v.sentences[s - 1])
    if about is not None and about.is_group and not about.oblique:
        return about
    around = v.between(*v.sentences[s - 1])
    return next(
        (ref for ref in around if ref.is_group and _AT.search(v.masked, max(0, ref.start - 5), ref.start)), None
    )


def end_of_attribution(v: View, k: int, said: Said | None) -> int:
    """Where the narration goes on after a quotation and the sentence that attributes it."""
    end = v.quotations[k].end
    if said is None or said.where != "after" or said.ref is None:
        return end
    sentence_end = v.sentences[v.sentence_at(said.ref.start)][1]
    following = v.quotations[k + 1].start if k + 1 < len(v.quotations) else len(v.text)
    return max(end, min(sentence_end, following))
