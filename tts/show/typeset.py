"""The article as its page sets it: in paragraphs, each sentence with the moment at which it is heard.

Blocks do not say which of them stood in one paragraph. A quote therefore gets a paragraph of its own, together with
the rest of its sentence (“Dat kan niet”, zegt Bakker. Bakker zegt: “Dat kan niet.”), which reads as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from tts.segment.sentences import ends_sentence
from tts.show.palette import N_SPEAKERS
from tts.speak.script import CONFIDENT
from tts.stitch.sentences import heard
from tts.stitch.timeline import ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tts.model import Block, Episode
    from tts.stitch.sentences import Sentence

_UNNAMED = "Citaat"
_CONTINUES = frozenset(",;:.…)–—-")  # a sentence that goes on after a quote may begin with one of these


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is heard. colour : 0 for the narrator, else from 1, see `tts.show.palette`."""

    colour: int
    name: str
    role: str | None = None


NARRATOR = Speaker(0, "Verteller")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence as it stands on the page, a quote with its marks. start_ms : None for what is not heard."""

    text: str
    start_ms: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page.

    speaker : whose quote it holds. labelled : whether its speaker was not also that of the quote before it.
    caption : what stands with a pull quote.
    """

    kind: Literal["text", "heading", "notice", "quote", "pull"]
    spans: list[Span]
    speaker: Speaker = NARRATOR
    labelled: bool = False
    caption: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """An episode as its page shows it.

    opening    : the lines that are said before the article, the title first.
    speakers   : the narrator, and who is quoted, in the order in which they are heard.
    stretches  : who is heard from when for how long, in milliseconds; together they fill the episode.
    """

    opening: tuple[tuple[Span, ...], ...]
    paragraphs: tuple[Paragraph, ...]
    speakers: tuple[Speaker, ...]
    stretches: tuple[tuple[int, int, Speaker], ...]


def typeset(episode: Episode) -> Setting:
    """All words of the episode's article, also those that are not read out, and its opening as it is heard."""
    speakers = _speakers(episode)
    lines = [list(line) for _, line in groupby(heard(episode.cues), key=lambda sentence: sentence.line)]
    opening = tuple(_spans(line) for line in lines if line[0].kind == "opening")
    said = {line[0].block: line for line in lines if line[0].block is not None}
    captions = {after[0].block: _announced(line) for line, after in pairwise(lines) if line[0].kind == "announcement"}
    composer = _Composer()
    for index, block in enumerate(episode.blocks):
        spans = _spans(said[index]) if index in said else (Span(block.text),)
        if block.pull:
            composer.pull(spans, _who(block, speakers), captions.get(index) or _caption(block))
        elif block.kind == "quote":
            composer.quote(spans, _who(block, speakers))
        elif block.kind == "narration":
            after = episode.blocks[index + 1 : index + 2]
            composer.narration(spans, before_quote=any(next_.kind == "quote" and not next_.pull for next_ in after))
        else:
            composer.apart(block.kind, spans)
    return Setting(opening, tuple(composer.paragraphs), (NARRATOR, *speakers.values()), _stretches(episode, speakers))


class _Composer:
    """Puts blocks together to paragraphs.

    _takes : what the last paragraph may still take: the rest of its sentence ("said", after a quote), or the next
    quote of the same speaker as well ("more", after that rest).
    """

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._takes: Literal["nothing", "said", "more"] = "nothing"
        self._lead_in: list[Span] = []
        self._last_speaker: Speaker | None = None

    def apart(self, kind: Literal["heading", "notice"], spans: Sequence[Span]) -> None:
        self._takes = "nothing"
        self.paragraphs.append(Paragraph(kind, list(spans)))

    def pull(self, spans: Sequence[Span], speaker: Speaker, caption: tuple[Span, ...]) -> None:
        self._takes = "nothing"
        self.paragraphs.append(Paragraph("pull", _marked(spans), speaker, caption=caption))

    def narration(self, spans: Sequence[Span], *, before_quote: bool) -> None:
        rest = list(spans)
        if self._takes == "said" and _goes_on(rest[0].text):
            _say(self.paragraphs[-1].spans, rest.pop(0))
            self._takes = "more"
        if not rest:
            return
        self._takes = "nothing"
        if before_quote and not ends_sentence(rest[-1].text):
            self._lead_in = [rest.pop()]
        if rest:
            self.paragraphs.append(Paragraph("text", rest))

    def quote(self, spans: Sequence[Span], speaker: Speaker) -> None:
        if self._takes == "more" and self.paragraphs[-1].speaker is speaker:
            self.paragraphs[-1].spans.extend(_marked(spans))
        else:
            said = any(span.text.rstrip(":") in speaker.name for span in self._lead_in)  # as interviews are set
            labelled = speaker is not self._last_speaker and speaker.name != _UNNAMED and not said
            quoted = [*self._lead_in, *_marked(spans)]
            self.paragraphs.append(Paragraph("quote", quoted, speaker, labelled))
        self._takes = "said"
        self._lead_in = []
        self._last_speaker = speaker


def _say(spans: list[Span], rest: Span) -> None:
    """Add the rest of its sentence to a quote, with the comma that segmenting took off between them."""
    quote = spans[-1]
    began = len(spans) == 1 or spans[-2].quoted or ends_sentence(spans[-2].text)
    if began and quote.text[-2].isalnum() and rest.text[0].isalpha():
        spans[-1] = Span(f"{quote.text},", quote.start_ms, quoted=True)
    spans.append(rest)


def _goes_on(text: str) -> bool:
    return text[0].islower() or text[0] in _CONTINUES


def _marked(spans: Sequence[Span]) -> list[Span]:
    """The sentences of a quote, in quotation marks."""
    texts = [span.text for span in spans]
    texts[0] = f"“{texts[0]}"
    texts[-1] = f"{texts[-1]}”"
    return [Span(text, span.start_ms, quoted=True) for text, span in zip(texts, spans, strict=True)]


def _spans(line: Iterable[Sentence]) -> tuple[Span, ...]:
    return tuple(Span(sentence.text, sentence.start_ms) for sentence in line)


def _announced(line: Sequence[Sentence]) -> tuple[Span, ...]:
    """Who is announced, without the colon: on the page the name stands by itself."""
    *before, last = _spans(line)
    return (*before, Span(last.text.removesuffix(":"), last.start_ms))


def _caption(block: Block) -> tuple[Span, ...]:
    words = ", ".join(filter(None, (block.speaker, block.role))) if block.confidence >= CONFIDENT else ""
    return (Span(words),) if words else ()


def _name(block: Block) -> str:
    named = (block.speaker or block.role) if block.confidence >= CONFIDENT else None
    return named[0].upper() + named[1:] if named else _UNNAMED


def _who(block: Block, speakers: dict[str, Speaker]) -> Speaker:
    return speakers.get(_name(block), NARRATOR)  # a pull quote that is not read out has a speaker all the same


def _speakers(episode: Episode) -> dict[str, Speaker]:
    """Who is quoted, by name, with the first role that the article gives."""
    roles: dict[str, str | None] = {}
    for block in episode.blocks:
        if block.kind == "quote":
            name = _name(block)
            role = block.role if block.speaker and name != _UNNAMED else None
            roles[name] = roles.get(name) or role
    return {name: Speaker(1 + number % N_SPEAKERS, name, role) for number, (name, role) in enumerate(roles.items())}


def _stretches(episode: Episode, speakers: dict[str, Speaker]) -> tuple[tuple[int, int, Speaker], ...]:
    starts: list[tuple[int, Speaker]] = [(0, NARRATOR)]
    for cue in episode.cues:
        passage = cue.passage
        block = None if passage.block is None else episode.blocks[passage.block]
        speaker = _who(block, speakers) if block and block.kind == "quote" else NARRATOR
        if speaker is not starts[-1][1]:
            starts.append((ms(cue.start), speaker))
    ends = [*(start for start, _ in starts[1:]), ms(episode.n_samples)]
    return tuple((start, end - start, speaker) for (start, speaker), end in zip(starts, ends, strict=True))
