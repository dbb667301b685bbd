"""The example article in Kokoro's voice as a whole process, beside the model alone on the same passages.

The model is joined beforehand, and no clip is in the cache. An article three times as long shows that memory does not
grow; all of it takes ten minutes, and `--times 10` twenty.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import ARTICLE, VOORLEZER, Run, head, longer, row, run
from mutagen.mp3 import MP3

from tts.model import Show
from tts.read import read_article
from tts.segment import segment
from tts.speak.cast import choose
from tts.speak.engine import engine
from tts.speak.kokoro.model import joined_model
from tts.speak.script import passages, script

AT_MOST = 0.40  # seconds on the clock a second of sound, on two processors
AT_MOST_BYTES = 700e6


def _speak_only(source: str) -> None:
    """What the floor does, in a process of its own: the voices speak all passages, and nothing is made of them."""
    cast = choose("kokoro", None, offline=True)
    article = read_article(source)
    said = passages(script(article, article.title or "", segment(article), Show()), cast.max_chars, {})
    voices = {
        part: engine("kokoro").open(spec) for part, spec in (("narrator", cast.narrator), ("quoted", cast.quoted))
    }
    with ThreadPoolExecutor(voices["narrator"].lanes) as lanes:
        list(lanes.map(lambda passage: voices[passage.part].speak(passage.text) and None, said))
    for voice in voices.values():
        voice.close()


def _episode(article: Path, folder: Path) -> tuple[Run, float]:
    """What it took, and how many seconds it sounds."""
    options = ["--offline", "--voice", "kokoro", "--show", str(folder)]
    figures = run([VOORLEZER, "episode", *options, str(article)])
    (audio,) = (folder / "episodes").glob("*.mp3")
    return figures, MP3(audio).info.length


def main() -> None:
    """A row for each size, and the floor of the article itself."""
    parser = argparse.ArgumentParser(prog="scripts/bench kokoro", description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3], help="the article so many times over")
    parser.add_argument("--speak-only", metavar="ARTICLE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.speak_only:
        _speak_only(options.speak_only)
        return
    text = ARTICLE.read_text(encoding="utf-8")
    head()
    for times in options.times:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            os.environ["XDG_CACHE_HOME"] = name
            joined_model()
            article = folder / "artikel.txt"
            article.write_text(longer(text, times), encoding="utf-8")
            figures, sounds_s = _episode(article, folder / "show")
            pace = figures.wall_s / sounds_s
            row(
                f"episode, {times} x {len(text)} characters",
                figures,
                f"{pace:.2f} of its {sounds_s:.0f} s (≤ {AT_MOST})",
            )
            if times == 1:
                floor = run([sys.executable, __file__, "--speak-only", str(article)])
                row("the model alone, same passages", floor, f"the episode takes {figures.wall_s / floor.wall_s:.2f} x")
        if figures.peak_bytes > AT_MOST_BYTES:
            print(f"more memory than {AT_MOST_BYTES / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
