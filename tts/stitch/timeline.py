"""Where every passage lies in the episode, and how long it is quiet between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.model import SAMPLES_PER_MS, Cue, Mark

if TYPE_CHECKING:
    from tts.model import Clip, Passage

# All pauses, in milliseconds. Readers-aloud pause in three groups, below 200 ms, 200 to 1000 ms and above, which
# fall together with clause, sentence and paragraph (Campione and Veronis, 2002). The silence that a clip keeps
# at its edges (trim.py) comes on top.
START = 250  # some players swallow the first tenth of a second
WITHIN_CLAUSE = 60  # cut only because the voice takes no more: hardly a breath
CLAUSE = 180  # after a comma, colon, semicolon or dash
SENTENCE = 380
PARAGRAPH = 700
TURN = 450  # another voice takes over: the ear needs a moment to change speaker
TURN_WITHIN_SENTENCE = 220  # "Dat kan niet", | zegt Bakker: the sentence runs on through the change
OPENING_LINE = 600  # title, author and date are separate announcements
AFTER_OPENING = 1100  # here the article begins
BEFORE_HEADING = 1200  # longer than a paragraph: a new chapter
AFTER_HEADING = 750  # a heading stands on its own, but belongs to what follows
BEFORE_ANNOUNCEMENT = 800  # it stands apart from the text around it, as the pull quote does on paper
AFTER_ANNOUNCEMENT = 400  # it introduces: shorter after than before
AROUND_NOTICE = 750  # "Hier staat een tabel" is no part of the article
END = 1500  # so that the next episode does not fall into the last word

_SENTENCE_ENDS = (".", "!", "?", "…")
_CLAUSE_ENDS = (",", ";", ":", "–", "—", "-")
_CLOSERS = "\"'”’»)] \n"


def ms(n_samples: int) -> int:
    """The whole millisecond in which this sample lies.

    The one rounding in the house: chapters, tags and transcripts all use it, so they agree to the millisecond.
    """
    return n_samples // SAMPLES_PER_MS


def moment(cue: Cue, part: float) -> int:
    """When this part (0 to 1) of the source of a passage has been said, in samples.

    By the last word that starts before it in the spoken form, which runs along with the source closely enough;
    without word times, as if all characters took the same time.
    """
    if not part or not cue.marks:
        return cue.start + int(part * cue.n_samples)
    spoken = part * len(cue.passage.text)
    return max((mark.at for mark in cue.marks if mark.start <= spoken), default=cue.start)


def pause_ms(before: Passage, after: Passage) -> int:
    """How long it is quiet between two passages that follow each other."""
    kinds = (before.kind, after.kind)
    if before.block == after.block and before.kind == after.kind:
        return OPENING_LINE if before.kind == "opening" and after.index == 0 else _within(before)
    if "heading" in kinds:
        return BEFORE_HEADING if after.kind == "heading" else AFTER_HEADING
    if before.kind == "opening":
        return AFTER_OPENING
    if "notice" in kinds:
        return AROUND_NOTICE
    if after.kind == "announcement":
        return BEFORE_ANNOUNCEMENT
    if before.kind == "announcement":
        return AFTER_ANNOUNCEMENT
    if "quote" in kinds:
        return TURN if before.text.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS) else TURN_WITHIN_SENTENCE
    return PARAGRAPH


def _within(before: Passage) -> int:
    ending = before.text.rstrip(_CLOSERS)
    if ending.endswith(_SENTENCE_ENDS):
        return SENTENCE
    return CLAUSE if ending.endswith(_CLAUSE_ENDS) else WITHIN_CLAUSE


class Timeline:
    """Lays passages end to end with the pauses between them, exact to the sample.

    cues      : what has been laid, in order.
    n_samples : where the timeline ends now.
    """

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.n_samples = 0

    def lay(self, passage: Passage, clip: Clip) -> int:
        """Put `clip` at the end of the timeline, and return the silence before it in milliseconds."""
        silence_ms = pause_ms(self.cues[-1].passage, passage) if self.cues else START
        start = self.n_samples + silence_ms * SAMPLES_PER_MS
        marks = tuple(Mark(start + mark.at, mark.start, mark.end) for mark in clip.marks)
        self.cues.append(Cue(passage, start, len(clip.samples), marks))
        self.n_samples = self.cues[-1].end
        return silence_ms

    def close(self) -> int:
        """End the timeline, and return the silence after the last passage in milliseconds."""
        self.n_samples += END * SAMPLES_PER_MS
        return END
