"""The values that travel down the street: read, segment, speak, stitch, show.

All are frozen. Time is counted in samples of `SAMPLE_RATE_HZ`; text keeps the spelling of the source, and the
spoken form stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE_HZ = 24_000  # Google's own rate; Apple asks 22.05 or 24 kHz for speech
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
SAMPLE_WIDTH_BYTES = 2

ParagraphKind = Literal["text", "heading", "blockquote", "aside", "item", "left_out"]
BlockKind = Literal["heading", "narration", "quote", "notice"]
PassageKind = Literal["opening", "announcement", "notice", "heading", "narration", "quote"]
Part = Literal["narrator", "quoted"]


def utc_now() -> str:
    """This moment, RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the source, with what its markup says about it and nothing that has to be judged.

    kind   : "text" also where the source has no markup (a cross-head in plain text is still "text").
             "blockquote" is `<blockquote>` or `>`; "aside" is set apart from the text (`<aside>`, a pull-quote
             figure); "item" is an entry of a list; "left_out" stands for a large table, code or a formula, and
             its text is the few Dutch words that are said instead.
    text   : one line, white space folded, footnote marks gone.
    credit : what stands under a blockquote or aside ("Noor Bakker, wethouder"), without its dash.
    strong : the whole paragraph was set in bold (an interviewer's question, or a cross-head).
    slanted: the whole paragraph was set in italics (an interviewer's question, a note), or is a footnote or the row of
             a table.
    """

    kind: ParagraphKind
    text: str
    credit: str | None = None
    strong: bool = False
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """What was read, before anyone judged it.

    title, author, source_url : None where the source gives none.
    date     : ISO 8601, as exact as the source is: "2023", "2023-03" or "2023-03-20"; None where it gives none.
    language : ISO 639-1 code of the text's language as far as its words tell, "nl" when in doubt.
    identity : the same for the same article read again: "url:…" (canonical), "id:…" (front matter or table),
               "path:…" (absolute) or "text:…" (hash, for stdin).
    """

    title: str | None
    date: str | None
    author: str | None
    language: str
    source_url: str | None
    identity: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article with one role for the voice.

    kind       : "notice" stands for what is left out (a table): its text is not the article's, but said instead.
    text       : the article's own words, a quote without its outer marks.
    speaker    : full name of who is quoted, None where nobody is named.
    role       : what the article puts beside the name ("politicoloog"), or the description of someone unnamed.
    pull       : displayed apart from the text. repeats : says again what a quote in the body says.
    confidence : of the attribution, 0 to 1; 1.0 for blocks that are no quote.
    """

    kind: BlockKind
    text: str
    speaker: str | None = None
    role: str | None = None
    pull: bool = False
    repeats: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """What one voice says in one breath.

    block  : index of the block it is from, None for what Voorlezer says itself (kinds "opening", "announcement").
    index  : which passage of that block, or of that own line, from 0.
    text   : spoken Dutch, at most the voice's limit in characters.
    source : the original spelling that `text` says; joined with single spaces, the sources of a block's passages
             are the block's text with its white space folded.
    """

    block: int | None
    index: int
    kind: PassageKind
    part: Part
    text: str
    source: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """Everything that changes the sound of a voice; part of the key under which its clips are kept.

    pace  : speed, 1.0 is the engine's own. pitch : semitones, 0.0 is the engine's own.
    """

    engine: str
    name: str
    pace: float = 1.0
    pitch: float = 0.0

    @property
    def label(self) -> str:
        """The name that `--voice` takes: "google", "espeak:nl", "mbrola:nl2"."""
        return f"{self.engine}:{self.name}" if self.name != self.engine else self.engine


@dataclass(frozen=True, slots=True)
class Mark:
    """The moment, in samples from the start of its clip, at which the word `text[start:end]` begins to sound."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Speech as it travels in the house: one channel, 16 bit, `SAMPLE_RATE_HZ`.

    samples : int16, shape (n_samples,).
    marks   : word times in order, empty where the engine gives none.
    encoded : the compressed form that the engine itself gave (Google's MP3), None where it gave none.
    """

    samples: NDArray[np.int16]
    marks: tuple[Mark, ...] = ()
    encoded: bytes | None = None


class Voice(Protocol):
    """One way of speaking Dutch: an engine, or a cache, a shift in pitch or a test double around one."""

    @property
    def spec(self) -> VoiceSpec: ...

    @property
    def version(self) -> str:
        """The engine's version, part of the key under which clips are kept."""

    @property
    def max_chars(self) -> int:
        """The longest text that `speak` takes."""

    @property
    def lanes(self) -> int:
        """How many calls of `speak` may be under way at once."""

    @property
    def level_lufs(self) -> float:
        """How loud this voice seems to the mastering: its own loudness less what a limiter takes from its peaks.

        Measured; with it all voices come to one level, and an episode is at its target in one pass.
        """

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound.

        Raises: VoiceBusy, VoiceRefused, VoiceMissing.
        """

    def close(self) -> None:
        """Let go of processes and connections."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a passage lies in the episode.

    start, n_samples : where its sound begins in the finished audio, and how long it lasts, without the pause after it.
    marks            : its word times, in samples from the start of the episode.
    """

    passage: Passage
    start: int
    n_samples: int
    marks: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        """The first sample after its sound."""
        return self.start + self.n_samples


@dataclass(frozen=True, slots=True)
class Edits:
    """What the owner says about an episode instead of its source; None where the source has the word."""

    title: str | None = None
    date: str | None = None
    author: str | None = None

    def over(self, other: Edits) -> Edits:
        """These edits, and those of `other` where these say nothing."""
        return Edits(self.title or other.title, self.date or other.date, self.author or other.author)


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of a show, as `<slug>.json` keeps it: all that feed, pages and transcripts are made from.

    guid, identity, slug, number : given once; `identity` is the article's, see `Article`; numbers count from 1.
    title                : never empty, also where the article has none.
    date                 : the article's own, ISO 8601 as exact as the source.
    published            : when the first revision was ordered, RFC 3339 in UTC.
    updated              : when this one was made.
    revision             : 1, and one more each time that the episode is made again from other words or voices.
    corrected            : when the article's words last changed after the first revision, RFC 3339 in UTC.
    edits                : what the owner changed; title, date and author hold it already.
    fingerprint          : hash of all that decides how it sounds and what its tags say.
    made_from            : hash of what it was made from: article, settings, voices and the rules of Dutch.
    file, n_bytes        : the MP3's name in the folder of the episodes, and its size.
    n_samples            : duration, in samples of `SAMPLE_RATE_HZ`.
    loudness_lufs, true_peak_dbtp : measured on the decoded MP3, None for silence.
    """

    guid: str
    identity: str
    slug: str
    number: int
    title: str
    date: str | None
    author: str | None
    source_url: str | None
    published: str
    updated: str
    revision: int
    corrected: str | None
    edits: Edits
    fingerprint: str
    made_from: str
    file: str
    n_bytes: int
    n_samples: int
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    disclosure: str
    narrator: VoiceSpec
    quoted: VoiceSpec
    blocks: tuple[Block, ...]
    cues: tuple[Cue, ...]

    @property
    def duration_s(self) -> float:
        """Duration in seconds."""
        return self.n_samples / SAMPLE_RATE_HZ

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who is quoted, each once, in the order in which they are heard."""
        return tuple(dict.fromkeys(cue.passage.speaker for cue in self.cues if cue.passage.speaker))


@dataclass(frozen=True, slots=True)
class Show:
    """What show.toml says.

    title, language : of the podcast. author : of the podcast, and of episodes whose article names nobody.
    description     : of the podcast, plain text.
    url             : where the show folder lies on the web ("https://example.org/podcast/"), None while it does not.
    link            : the website that the podcast belongs to; `url` when there is none.
    guid            : of the podcast (podcast:guid), given when it first gets a URL, and kept.
    category        : one of Apple's, "News" or "News > Daily News".
    owner_name, owner_email : whom a directory may write to; the address stands in the feed.
    cover           : a JPEG or PNG in the show folder, square; None lets Voorlezer draw one.
    colours         : of the drawn cover and of the pages: ground and accent, "#rrggbb".
    dated_by        : whether the feed is ordered by when episodes were "made", or by the date of their "article".
    block           : keeps the podcast out of directories.
    moved_from      : the URL that the show had before it moved.
    voice, quote_voice : as `--voice` and `--quote-voice` take them, for episodes that are new.
    disclosure      : the spoken line that a computer voice reads; "" leaves it out.
    repeated_pulls  : whether pull quotes that repeat the body are read all the same.
    lexicon         : words and how they are to be spoken.
    """

    title: str = "Voorlezer"
    description: str = "Artikelen om naar te luisteren, voorgelezen door een computerstem."
    language: str = "nl"
    author: str | None = None
    url: str | None = None
    link: str | None = None
    guid: str | None = None
    category: str = "News"
    explicit: bool = False
    owner_name: str | None = None
    owner_email: str | None = None
    copyright: str | None = None
    cover: str | None = None
    colours: tuple[str, str] = ("#123c4a", "#ffcf56")
    dated_by: Literal["made", "article"] = "made"
    block: bool = False
    moved_from: str | None = None
    voice: str = "auto"
    quote_voice: str | None = None
    disclosure: str = "Dit artikel wordt voorgelezen door een computerstem."
    repeated_pulls: bool = False
    lexicon: dict[str, str] = field(default_factory=dict)
