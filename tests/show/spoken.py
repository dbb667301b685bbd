"""Episodes of invented articles for the tests of the pages: the real script and timeline, and silence for audio."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from tests.show.material import EPISODE
from tts.model import SAMPLE_RATE_HZ, Article, Block, Clip, Show
from tts.speak.script import passages, script
from tts.stitch.codec import write_mp3
from tts.stitch.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tts.model import Episode

_CHARS_PER_S = 15.0
BLOCKS = (
    Block("narration", "In Loenerdam gaat de brug niet meer open. Dat scheelt € 12.350,75 per jaar."),
    Block("quote", "Het is een besluit van niks", "Anna Bos", "schipper", confidence=0.9),
    Block("narration", "zegt Anna Bos. Ze vaart er al veertig jaar."),
    Block("heading", "Wachten op hoog water"),
    Block("narration", "Wethouder Karim Aziz ziet het anders. Hij zegt:"),
    Block("quote", "Er komen vier boten per jaar. Wat wilt u?", "Karim Aziz", "wethouder", confidence=0.9),
    Block("quote", "Er komen vier boten per jaar.", "Karim Aziz", "wethouder", pull=True, repeats=True),
    Block("narration", "Bos zwijgt even."),
    Block("quote", "Vier", "Anna Bos", "schipper", confidence=0.9),
    Block("narration", "herhaalt ze."),
    Block("quote", "Vorige week waren het er zes.", "Anna Bos", "schipper", confidence=0.9),
    Block("quote", "Een brug die dicht blijft is een dam.", "Anna Bos", "schipper", pull=True),
    Block(
        "narration", "Aan de kade ligt haar schip te wachten. De motor draait, en het regent. Straks is het hoog water."
    ),
)


def episode_of(
    blocks: Sequence[Block] = BLOCKS, title: str = "De brug blijft dicht", slug: str = "de-brug", **changes: object
) -> Episode:
    """The episode that is made of these blocks, at 15 characters a second, without its audio."""
    show = Show()
    article = Article(title, "2026-05-03", "Noor Bakker", "nl", None, f"id:{slug}", ())
    timeline = Timeline()
    for passage in passages(script(article, title, blocks, show), {"narrator": 200, "quoted": 200}, {}):
        n_samples = int(len(passage.text) / _CHARS_PER_S * SAMPLE_RATE_HZ)
        timeline.lay(passage, Clip(np.zeros(n_samples, np.int16)))
    timeline.close()
    made = dataclasses.replace(
        EPISODE,
        guid=f"guid-{slug}",
        identity=article.identity,
        slug=slug,
        title=title,
        date=article.date,
        author=article.author,
        disclosure=show.disclosure,
        blocks=tuple(blocks),
        cues=tuple(timeline.cues),
        n_samples=timeline.n_samples,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def silence(path: Path, n_samples: int) -> bytes:
    """An MP3 of so many samples in which nothing is said."""
    write_mp3(path, [np.zeros((n_samples,), np.float32)], lambda _frames: None)
    return path.read_bytes()
