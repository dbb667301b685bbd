"""The door to piper-tts: a model with its config, and run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from piper import PiperVoice
from piper.config import PiperConfig, SynthesisConfig
from piper.const import BOS, PAD

from tts.errors import VoiceMissing
from tts.speak.onnx_file import one_output_more, outputs_of
from tts.speak.onnx_session import load
from tts.speak.piper.catalogue import config_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class Model:
    """A model with its config. Safe for several threads; each call of `run` keeps one processor busy.

    Raises: VoiceMissing when it can't be loaded.
    """

    def __init__(self, path: Path) -> None:
        try:
            config = PiperConfig.from_dict(json.loads(config_of(path).read_text(encoding="utf-8")))
            session = load(_with_durations(path), n_threads=1)
        except OSError as error:
            raise VoiceMissing(f"the voice can't be read: {error.strerror} ({error.filename})") from error
        except (ValueError, KeyError) as error:
            raise VoiceMissing(f"{path} is no voice that Piper can load, fetch it again ({error!r})") from error
        self._piper = PiperVoice(session=session, config=config)
        self.rate_hz = config.sample_rate

    def symbols(self, text: str) -> list[list[str]]:
        """What each sentence sounds like, in the symbols of this model, with spaces and punctuation between them."""
        return self._piper.phonemize(text)

    def run(self, symbols: Sequence[str], pace: float) -> tuple[NDArray[np.float32], list[int]]:
        """The sound of some symbols, and the sample at which each of them begins; none where the model doesn't tell.

        Returns samples, shape (n_samples,), between -1 and 1.
        """
        config = self._piper.config
        numbers = self._piper.phonemes_to_ids(list(symbols))
        sound, lasts = self._piper.phoneme_ids_to_audio(
            numbers, SynthesisConfig(length_scale=config.length_scale / pace), include_alignments=True
        )
        if lasts is None or len(lasts) != len(numbers):
            return sound, []
        begins = np.cumsum(lasts) - lasts
        known = config.phoneme_id_map
        n_pad = len(known[PAD])
        at = len(known[BOS]) + n_pad
        starts = []
        for symbol in symbols:
            starts.append(int(begins[at]))
            at += len(known[symbol]) + n_pad if symbol in known else 0
        return sound, starts


def _with_durations(path: Path) -> bytes:
    """The model, where it can with one output more: how long each symbol lasts.

    That is what its one Ceil gives, as piper.patch_voice_with_alignment has it.
    """
    model = path.read_bytes()
    rounded_up = outputs_of(model, "Ceil")
    return model + one_output_more(*rounded_up) if len(rounded_up) == 1 else model
