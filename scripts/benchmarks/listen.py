"""How well a voice, or an episode, is understood by a Dutch speech recogniser; a ruler to compare with, not an ear.

- WER and CER: words and characters wrong, of those that there are, by ../shared/asr's ruler; WERc forgives compounds
  that are written apart. In brackets the 95 % interval, by a bootstrap over the sentences.
- The pace counts the sound without the silence at its ends. RTF: seconds of speaking, the engine started, for a second
  of sound; of when it was first spoken, so do that on a quiet machine.
- An episode's passages are cut from its MP3 as it is: mastered and encoded.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from hearing import Memory, Recogniser, errors
from pedalboard.io import AudioFile

from tests.listening.scoring import HEAD, HEAD_BESIDE, Heard, row, row_beside, sentences, worst
from tts.errors import VoorlezerError
from tts.model import SAMPLE_RATE_HZ
from tts.show.library import Library, find_show
from tts.speak.engine import engine, find
from tts.stitch.codec import DECODER_DELAY_SAMPLES
from tts.stitch.trim import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tts.model import Episode, Voice

WARM_UP = "Goedemorgen."  # starts the engine before the clock does


class Ear:
    """Hears voices and recordings, each only once."""

    def __init__(self, memory: Memory, n_threads: int) -> None:
        self._memory = memory
        self._recogniser = Recogniser(n_threads)

    def voice(self, label: str, pace: float, texts: Sequence[str]) -> list[Heard]:
        """Each text as this voice speaks it."""
        offer = find(label) or sys.exit(f"no voice is called {label}; `voorlezer voices` lists them")
        voice = engine(offer.spec.engine).open(replace(offer.spec, pace=pace))
        try:
            voice.speak(WARM_UP)
            return [self._spoken(voice, text) for text in texts]
        finally:
            voice.close()

    def _spoken(self, voice: Voice, text: str) -> Heard:
        key = (self._recogniser.version, voice.version, repr(voice.spec), text)
        if (known := self._memory.get(*key)) is None:
            began = time.monotonic()
            clip = voice.speak(text)
            speaking_s = time.monotonic() - began
            sounds_s = len(trim(clip).samples) / SAMPLE_RATE_HZ
            known = [self._recogniser.transcript(clip.samples), sounds_s, speaking_s]
            self._memory.put(*key, value=known)
        transcript, sounds_s, speaking_s = known
        return Heard(text, transcript, errors(text, transcript), sounds_s, speaking_s)

    def recording(self, samples: NDArray[np.int16], text: str) -> Heard:
        """A recording that should say this text."""
        key = (self._recogniser.version, hashlib.sha256(samples.tobytes()).hexdigest())
        if (known := self._memory.get(*key)) is None:
            known = [self._recogniser.transcript(samples)]
            self._memory.put(*key, value=known)
        (transcript,) = known
        return Heard(text, transcript, errors(text, transcript), len(samples) / SAMPLE_RATE_HZ, 0.0)

    def close(self) -> None:
        self._recogniser.close()


def _episode(asked: str, show: Path | None) -> tuple[Episode, Path]:
    """The episode by its slug, or by its MP3 in the folder of a show; and its MP3."""
    path = Path(asked)
    if path.suffix == ".mp3":
        library, slug = Library(path.absolute().parent.parent), path.name.rsplit(".", 2)[0]
    else:
        library, slug = Library(find_show(show, Path.cwd())), asked
    episode = library.episode(slug) or sys.exit(f"{library.folder} has no episode called {slug}")
    return episode, library.audio_path(episode)


def _cuts(episode: Episode, mp3: Path) -> Iterator[tuple[str, str, NDArray[np.int16]]]:
    """Part, spoken text and sound of each passage that has a word in it."""
    with AudioFile(str(mp3)) as file:
        at = 0
        for cue in episode.cues:
            file.read_raw(cue.start + DECODER_DELAY_SAMPLES - at)
            sound = file.read(cue.n_samples)[0]
            at = cue.end + DECODER_DELAY_SAMPLES
            if any(sign.isalnum() for sign in cue.passage.text):
                yield cue.passage.part, cue.passage.text, (sound * 32767).astype("int16")


def _show_worst(heard: Sequence[Heard], n: int) -> None:
    for one in worst(heard, n):
        print(f"{100 * one.share_wrong:5.0f} % of  {one.text}\n   heard as  {one.transcript}")


def _voices(options: argparse.Namespace, ear: Ear) -> None:
    texts = sentences(options.set)[: options.first]
    labels = list(dict.fromkeys([*options.voices, *options.beside]))
    print(f"{len(texts)} sentences\n{HEAD}", flush=True)
    heard = {}
    for label in labels:
        heard[label] = ear.voice(label, options.pace if label in options.voices else 1.0, texts)
        print(row(label, heard[label]), flush=True)
    if options.beside:
        print(f"\n{HEAD_BESIDE}")
    for base in options.beside:
        for label in options.voices:
            if label != base:
                print(row_beside(f"{label} - {base}", heard[base], heard[label]))
    for label in options.voices if options.worst else ():
        print(f"\nworst of {label}")
        _show_worst(heard[label], options.worst)


def _episodes(options: argparse.Namespace, ear: Ear) -> None:
    for asked in options.episode:
        episode, mp3 = _episode(asked, options.show)
        parts: dict[str, list[Heard]] = {"narrator": [], "quoted": []}
        for part, text, samples in _cuts(episode, mp3):
            parts[part].append(ear.recording(samples, text))
        print(f"{episode.title}\n{HEAD}")
        for part, spec in (("narrator", episode.narrator), ("quoted", episode.quoted)):
            if parts[part]:
                print(row(f"{part}, {spec.label}", parts[part]))
        print("\nworst of both")
        _show_worst([one for heard in parts.values() for one in heard], options.worst)


def main() -> None:
    """A table, a line a voice; then the differences, and the worst passages."""
    parser = argparse.ArgumentParser(
        prog="scripts/listen", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("voices", nargs="*", metavar="VOICE")
    parser.add_argument("--set", default="test", help="dev, test, or a file with a sentence a line (default: test)")
    parser.add_argument("--first", type=int, metavar="N", help="only so many sentences")
    parser.add_argument("--beside", action="append", default=[], metavar="VOICE", help="compare with; more than once")
    parser.add_argument("--pace", type=float, default=1.0, help="of the voices, not of those beside (default: 1)")
    parser.add_argument("--episode", action="append", default=[], metavar="FILE.mp3", help="or a slug, with --show")
    parser.add_argument("--show", type=Path, metavar="FOLDER")
    parser.add_argument("--worst", type=int, default=5, metavar="N", help="passages to print (default: 5)")
    parser.add_argument("--cache", type=Path, default=platformdirs.user_cache_path("voorlezer") / "heard.jsonl")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of the recogniser")
    options = parser.parse_args()
    if bool(options.voices) == bool(options.episode):
        parser.error("give voices, or --episode")
    ear = Ear(Memory(options.cache), options.threads)
    try:
        _voices(options, ear) if options.voices else _episodes(options, ear)
    except VoorlezerError as error:
        sys.exit(f"listen: {error}")
    finally:
        ear.close()


if __name__ == "__main__":
    main()
