"""The script of an episode: every line that is said, in order, and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.model import Article, Block, Part, Passage, PassageKind, Show
from tts.speak.dutch import to_spoken
from tts.speak.passages import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
CONFIDENT = 0.5  # below it, a quote is read without the name of its speaker


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the script, as it is written.

    block : index of the block it is, None for what Voorlezer says itself.
    ends  : whether a sentence ends with it; a title, heading or list item is written without the full stop that makes
            a voice end it.
    """

    kind: PassageKind
    part: Part
    text: str
    block: int | None = None
    speaker: str | None = None
    ends: bool = True


def script(article: Article, title: str, blocks: Sequence[Block], show: Show) -> tuple[Line, ...]:
    """Title, date, author and disclosure, then every block, pull quotes announced with their speaker and role.

    A pull quote that repeats the body is left out unless the show wants it; nothing else is.
    """
    return (*_opening(article, title, show), *_body(blocks, show))


def _opening(article: Article, title: str, show: Show) -> Iterator[Line]:
    yield Line("opening", "narrator", title)
    byline = [f"Door {article.author}" if article.author else "", dutch_date(article.date) if article.date else ""]
    if said := ", ".join(filter(None, byline)):
        yield Line("opening", "narrator", said)
    if show.disclosure:
        yield Line("opening", "narrator", show.disclosure)


def _body(blocks: Sequence[Block], show: Show) -> Iterator[Line]:
    for index, block in enumerate(blocks):
        if block.pull and block.repeats and not show.repeated_pulls:
            continue
        if block.pull:
            yield Line("announcement", "narrator", _announcement(block))
        part: Part = "quoted" if block.kind == "quote" else "narrator"
        speaker = block.speaker if block.confidence >= CONFIDENT else None
        yield Line(block.kind, part, block.text, index, speaker, ends=not _goes_on(blocks, index))


def _goes_on(blocks: Sequence[Block], index: int) -> bool:
    """Whether the sentence may go on in the next block: direct speech stands in it ("Zij zei: …", "…", zegt zij)."""
    here, after = blocks[index], blocks[index + 1 : index + 2]
    return here.kind == "quote" or any(block.kind == "quote" and not block.pull for block in after)


def _announcement(block: Block) -> str:
    if block.confidence < CONFIDENT:
        return "Citaat:"
    role = block.role
    if role and block.speaker:
        role = role[0].lower() + role[1:] if role[1:2].islower() else role
    return ", ".join(filter(None, (block.speaker, role))) + ":" if block.speaker or role else "Citaat:"


def dutch_date(iso: str) -> str:
    """The date as it is written in Dutch: "2023-03-20" is "20 maart 2023", "2023-03" is "maart 2023"."""
    year, *rest = iso.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(filter(None, (day, month, year)))


def passages(lines: Sequence[Line], limits: Mapping[Part, int], lexicon: Mapping[str, str]) -> tuple[Passage, ...]:
    """The lines as each voice will say them, in spoken Dutch, cut to at most `limits` characters.

    Each word of every line is in exactly one passage's `source`. A line that ends a sentence
    without a full stop gets the one that makes a voice lower itself.
    """
    return tuple(
        Passage(line.block, index, line.kind, line.part, text, source, line.speaker)
        for line in lines
        for index, (text, source) in enumerate(_cuts(line, limits[line.part], lexicon))
    )


def _cuts(line: Line, limit: int, lexicon: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    cuts = cut(to_spoken(line.text, lexicon), limit - 1)
    for index, piece in enumerate(cuts):
        last = index == len(cuts) - 1
        stop = "." if last and line.ends and piece.text[-1].isalnum() else ""
        yield piece.text + stop, piece.source
