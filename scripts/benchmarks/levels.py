"""How loud each voice of this machine seems to the mastering, in LUFS: LEVELS_LUFS of each engine.

That is less than it measures by itself, by what the limiter takes from its peaks. With the right figure a voice comes
out at the target in one pass.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tests.corpus.scoring import articles
from tts.model import Show
from tts.read import read_article
from tts.segment import segment
from tts.speak.cast import survey
from tts.speak.engine import engine
from tts.speak.script import passages, script
from tts.stitch.limiter import limit
from tts.stitch.loudness import LoudnessMeter
from tts.stitch.mastering import COMMON_LEVEL_LUFS, NOMINAL, TARGET_LUFS
from tts.stitch.mix import spliced
from tts.stitch.trim import trim

if TYPE_CHECKING:
    from tts.model import VoiceSpec

PAUSE_MS = 400
N_HALVINGS = 12  # of a range of 40 dB


def _loudness(clips: list[object], gain_db: float) -> float:
    meter = LoudnessMeter()
    factor = 10 ** (NOMINAL.gain_db / 20)
    for block in limit((spliced(PAUSE_MS, clip, gain_db) * factor for clip in clips), NOMINAL.ceiling_dbtp):
        meter.add(block)
    return meter.integrated_lufs()


def _texts(limit: int, every: int) -> list[str]:
    """Every so many-th passage of the articles of the corpus."""
    said: list[str] = []
    for source in articles():
        article = read_article(str(source))
        lines = script(article, article.title or "", segment(article), Show())
        said += [passage.text for passage in passages(lines, {"narrator": limit, "quoted": limit}, {})]
    return said[::every]


def _level(spec: VoiceSpec, every: int) -> float:
    voice = engine(spec.engine).open(spec)
    clips = [trim(voice.speak(text)).samples for text in _texts(voice.max_chars, every)]
    voice.close()
    low_db, high_db = -20.0, 20.0
    for _ in range(N_HALVINGS):
        middle_db = (low_db + high_db) / 2
        if _loudness(clips, middle_db) < TARGET_LUFS:
            low_db = middle_db
        else:
            high_db = middle_db
    return COMMON_LEVEL_LUFS - low_db


def main() -> None:
    """Every voice that is here, or those that are named."""
    parser = argparse.ArgumentParser(prog="scripts/bench levels", description=__doc__)
    parser.add_argument("voices", nargs="*", metavar="VOICE")
    parser.add_argument("--every", type=int, default=12, help="which passages; 12 leaves some ten minutes of speech")
    options = parser.parse_args()
    for found in survey(offline=True):
        label = found.offer.spec.label
        if found.missing is None and (not options.voices or label in options.voices):
            print(f"{label:<14} {_level(found.offer.spec, options.every):.1f} LUFS", flush=True)


if __name__ == "__main__":
    main()
