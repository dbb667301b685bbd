"""How loud each voice of this machine speaks by itself, in LUFS: the figures of LEVELS_LUFS in tts/speak/espeak.py."""

from __future__ import annotations

import numpy as np
from measure import ARTICLE

from tts.model import Show
from tts.read import read_article
from tts.segment import segment
from tts.speak.cast import CATALOGUE, MAX_CHARS
from tts.speak.espeak import EspeakVoice, missing
from tts.speak.script import passages, script
from tts.stitch.loudness import LoudnessMeter

N_PASSAGES = 20  # about a minute and a half


def main() -> None:
    """The first passages of the example article, in every voice that is here."""
    article = read_article(str(ARTICLE))
    lines = script(article, str(article.title), segment(article), Show())
    for spec in CATALOGUE:
        if spec.engine == "google" or missing(spec):
            continue
        limits = {"narrator": MAX_CHARS[spec.engine], "quoted": MAX_CHARS[spec.engine]}
        voice, meter = EspeakVoice(spec), LoudnessMeter()
        for passage in passages(lines, limits, {})[:N_PASSAGES]:
            meter.add(voice.speak(passage.text).samples.astype(np.float32) / 32768)
        voice.close()
        print(f"{spec.label:<14} {meter.integrated_lufs():.1f} LUFS")


if __name__ == "__main__":
    main()
