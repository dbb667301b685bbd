"""A voice of Piper: text to espeak-ng's symbols, symbols to sound, all in this process."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import threading
from typing import TYPE_CHECKING

from tts.errors import VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, Clip, VoiceSpec
from tts.speak.piper import PACKAGE, PiperEngine
from tts.speak.piper.catalogue import config_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from tts.speak.piper.model import Model

LANES = 2

# Models are as loud as their makers' recordings were; each is brought to one loudness by how it says CARRIER (an
# English one says it within 0.2 dB each time). LEVEL_LUFS is what that one has then, by `scripts/bench levels`.
LOUDNESS = 0.08  # root mean square of samples between -1 and 1
LEVEL_LUFS = -25.5
_LEAST_LOUDNESS = 0.001
# A word is heard before its first symbol's turn: by 25 ms in the median of 60 words after a pause (five sentences), and
# from 105 ms before it to 50 ms after, as the model's noise will have it.
EARLY_MS = 25

# Said in front of what is too short for a voice, and cut off again: the model then speaks in the midst of a story. Only
# for voices that need it: an English one was understood in 30 phrases of a word or two out of 30 by itself, in 27 so.
CARRIER = "De vergadering in het gemeentehuis begint vanavond om acht uur, en daarna wordt er gestemd."

# In double square brackets Piper reads symbols for sounds instead of words.
_NO_BRACKETS = str.maketrans("[]", "()")


class PiperVoice:
    """A model on disk. `speak` may be called from several threads.

    The model is loaded at the first call: a run that finds all clips in the cache does without. It puts some noise in
    what it says, so the same text sounds a little different each time.

    alone_chars : what is shorter, it does not speak well alone.
    Raises: VoiceMissing when the model can't be read.
    """

    max_chars = PiperEngine.max_chars

    def __init__(self, spec: VoiceSpec, path: Path, alone_chars: int) -> None:
        self.spec = spec
        self.version = _version(path)
        self.lanes = min(LANES, os.cpu_count() or 1)
        self.level_lufs = LEVEL_LUFS
        self._path = path
        self._alone_chars = alone_chars
        self._opening = threading.Lock()
        self._model: Model | None = None
        self._gain = 1.0

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, with a mark for each word.

        Raises: VoiceMissing when the model can't be loaded; VoiceRefused when espeak-ng knows no sound for the text.
        """
        import numpy as np  # 0.1 s that a run which finds nothing to speak does not spend

        from tts.audio import resample, to_int16
        from tts.speak.passages import SHORT_CHARS
        from tts.speak.piper.timing import joined, marks

        model = self._opened()
        sounds: list[NDArray[np.float32]] = []
        starts: list[int] = []
        n_before = 0
        sentences = model.symbols(text.translate(_NO_BRACKETS))
        for symbols in joined(sentences, max(SHORT_CHARS, self._alone_chars)):
            sound, begins = self._said(model, symbols)
            starts += [n_before + start for start in begins]
            sounds.append(sound)
            n_before += len(sound)
        if not sounds:
            raise VoiceRefused(f"{self.spec.label} knows no sound for this passage, change its text: {text!r}")
        samples = resample(to_int16(np.concatenate(sounds) * (self._gain * 32767)), model.rate_hz)
        early = EARLY_MS * SAMPLE_RATE_HZ // 1000
        times = [max(0, start * SAMPLE_RATE_HZ // model.rate_hz - early) for start in starts]
        return Clip(samples, marks(text, times, len(samples)))

    def _said(self, model: Model, symbols: Sequence[str]) -> tuple[NDArray[np.float32], list[int]]:
        """The sound of a stretch, and where each of its words begins in it; none where the model doesn't tell."""
        from tts.speak.piper.timing import SPACE, quietest, word_starts

        if len(symbols) < self._alone_chars:
            lead = _carrier(model)
            sound, starts = model.run([*lead, SPACE, *symbols], self.spec.pace)
            first = len(lead) + 1
            cut = quietest(sound, starts[len(lead) - 1], starts[first], model.rate_hz) if starts else None
            if cut is not None:
                return sound[cut:], [max(0, starts[first + word] - cut) for word in word_starts(symbols)]
        sound, starts = model.run(symbols, self.spec.pace)
        return sound, [starts[word] for word in word_starts(symbols)] if starts else []

    def _opened(self) -> Model:
        import numpy as np

        from tts.speak.piper.model import Model

        with self._opening:
            if self._model is None:
                model = Model(self._path)
                sound, _ = model.run(_carrier(model), self.spec.pace)
                self._gain = LOUDNESS / max(_LEAST_LOUDNESS, float(np.sqrt(np.mean(np.square(sound)))))
                self._model = model
            return self._model

    def close(self) -> None:
        """Let go of the model."""
        with self._opening:
            self._model = None


def _carrier(model: Model) -> list[str]:
    return [symbol for sentence in model.symbols(CARRIER) for symbol in sentence]


def _version(path: Path) -> str:
    """All that decides how the voice sounds: both files by what is in them, and the code that runs them."""
    digest = hashlib.sha256(f"{CARRIER} {LOUDNESS}".encode())
    try:
        for file in (path, config_of(path)):
            with file.open("rb") as data:
                digest.update(hashlib.file_digest(data, "sha256").digest())
    except OSError as error:
        raise VoiceMissing(f"the voice can't be read: {error.strerror} ({error.filename})") from error
    packages = " ".join(f"{name} {importlib.metadata.version(name)}" for name in (PACKAGE, "onnxruntime"))
    return f"{digest.hexdigest()[:16]} {packages}"
