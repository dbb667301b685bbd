"""A voice of Kokoro: text to symbols, symbols to sound, and when each word begins."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import threading
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.model import SAMPLE_RATE_HZ, SAMPLES_PER_MS, Clip, Mark, VoiceSpec
from tts.speak.espeak.phonemes import Phonemizer
from tts.speak.kokoro import KokoroEngine
from tts.speak.kokoro.model import MOST_SYMBOLS, SHA256
from tts.speak.kokoro.phonemes import PUNCTUATION, Said, numbers, phonemes
from tts.speak.kokoro.styles import Style, styles, vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tts.speak.kokoro.session import Session

HEADROOM = 0.5  # the model's loudest peaks pass 1.0
# A sound is heard before its symbol's turn: 18 first words (three sentences, six voices) rose out of the silence 40 to
# 100 ms before it; of 26 words after a comma the median is 55 (marit) to 97 ms (bram).
EARLY_MS = 95
NOTHING_SAID_S = 0.1  # the silence that stands for a text without a word


class KokoroVoice:
    """One of the styles. `speak` may be called from several threads.

    The model is loaded at the first call: a run that finds all clips in the cache does without.
    """

    max_chars = KokoroEngine.max_chars

    def __init__(self, spec: VoiceSpec) -> None:
        style = styles()[spec.name]
        self.spec = spec
        self.version = _version(spec.name, style)
        self.lanes = 2 * (os.cpu_count() or 1)  # a short passage may go before one that waits for memory
        self.level_lufs = style.level_lufs
        self._pace = spec.pace * style.pace
        self._phonemizer = Phonemizer()
        self._session: Session | None = None
        self._vectors: NDArray[np.float32] | None = None
        self._opening = threading.Lock()

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, with a mark for each word.

        Raises: VoiceMissing when the model can't be loaded; VoiceRefused when espeak-ng stops at a word.
        """
        import numpy as np  # 0.1 s that a run which finds nothing to speak does not spend

        from tts.audio import to_int16

        sounds: list[NDArray[np.float32]] = []
        marks: list[Mark] = []
        at = 0
        for words in portions(phonemes(text, self._phonemizer.ipa)):
            sound, starts = self._portion(words)
            marks += [Mark(at + start, word.start, word.end) for word, start in zip(words, starts, strict=True)]
            sounds.append(sound)
            at += len(sound)
        if not sounds:
            return Clip(np.zeros(round(NOTHING_SAID_S * SAMPLE_RATE_HZ), np.int16))
        whole = np.concatenate(sounds) * (HEADROOM * 32767)
        return Clip(to_int16(whole), _once_a_word(marks))

    def _portion(self, words: Sequence[Said]) -> tuple[NDArray[np.float32], list[int]]:
        """The sound of some words, and the sample at which each begins."""
        session, styles = self._model()
        symbols = " ".join(word.symbols for word in words)
        known = numbers()
        sound, lasts = session.run([known[symbol] for symbol in symbols], styles[len(symbols) - 1], self._pace)
        begins = lasts.cumsum()  # of the symbol with that index: before it lie the opening silence and those before
        starts, first = [], 0
        for word in words:
            lead = len(word.symbols) - len(word.symbols.lstrip(PUNCTUATION))
            starts.append(max(0, int(begins[first + lead]) - EARLY_MS * SAMPLES_PER_MS))
            first += len(word.symbols) + 1
        return sound, starts

    def _model(self) -> tuple[Session, NDArray[np.float32]]:
        from tts.speak.kokoro.session import session

        with self._opening:
            if self._session is None or self._vectors is None:
                self._session, self._vectors = session(), vectors(self.spec.name)
            return self._session, self._vectors

    def close(self) -> None:
        """End espeak-ng's process, and let go of the model."""
        self._phonemizer.close()
        with self._opening:
            self._session = None


def portions(words: Sequence[Said]) -> Iterator[list[Said]]:
    """All words in order, in as few portions as `MOST_SYMBOLS` allows."""
    portion: list[Said] = []
    n_symbols = 0
    for word in words:
        for piece in _pieces(word):
            if portion and n_symbols + 1 + len(piece.symbols) > MOST_SYMBOLS:
                yield portion
                portion, n_symbols = [], 0
            n_symbols += len(piece.symbols) + bool(portion)
            portion.append(piece)
    if portion:
        yield portion


def _pieces(word: Said) -> Iterator[Said]:
    """The word, or where it is too long for one portion, as many pieces of it as that takes."""
    for first in range(0, len(word.symbols), MOST_SYMBOLS):
        yield Said(word.symbols[first : first + MOST_SYMBOLS], word.start, word.end)


def _once_a_word(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Without those of a word's later pieces."""
    later = {mark for before, mark in pairwise(marks) if before.start == mark.start}
    return tuple(mark for mark in marks if mark not in later)


def _version(name: str, style: Style) -> str:
    """All that decides how the voice sounds; the way from text to sound by what is in the files of this folder."""
    package = resources.files("tts.speak.kokoro")
    found = hashlib.sha256(f"{SHA256} {style.pace}".encode())
    for file in sorted((file for file in package.iterdir() if file.is_file()), key=lambda file: file.name):
        found.update(file.read_bytes())
    found.update(package.joinpath(f"styles/{name}.npy").read_bytes())
    runtime, espeak = map(importlib.metadata.version, ("onnxruntime", "espeakng-loader"))
    return f"{found.hexdigest()[:16]} onnxruntime {runtime} espeak-ng {espeak}"
