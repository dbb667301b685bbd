from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tts.model import SAMPLES_PER_MS
from tts.stitch.mix import FADE_MS, silence, spliced

FADE = FADE_MS * SAMPLES_PER_MS


def test_silence_then_the_clip_to_the_sample() -> None:
    piece = spliced(10, np.full(2400, 8192, np.int16), 0.0)
    assert piece.dtype == np.float32
    assert len(piece) == 240 + 2400
    assert not piece[:240].any()
    assert np.allclose(piece[240 + FADE : -FADE], 0.25, atol=1e-6)


def test_edges_fade_from_and_to_nothing() -> None:
    piece = spliced(0, np.full(2400, 16384, np.int16), 0.0)
    assert abs(piece[0]) < 0.01
    assert abs(piece[-1]) < 0.01
    assert (np.diff(piece[:FADE]) > 0).all()
    assert (np.diff(piece[-FADE:]) < 0).all()
    assert np.abs(np.diff(piece)).max() < 0.5 / FADE * 1.1


@pytest.mark.parametrize("gain_db", [-12.0, 0.0, 6.0, 18.0])
def test_gain_is_exact_and_does_not_clip(gain_db: float) -> None:
    clip = np.full(4800, 30000, np.int16)
    assert np.allclose(spliced(0, clip, gain_db)[FADE:-FADE], 30000 / 32768 * 10 ** (gain_db / 20), rtol=1e-5)


@pytest.mark.parametrize("n_ms", [0, 1, 2, 5])
def test_clips_shorter_than_their_fades_keep_their_length(n_ms: int) -> None:
    assert len(spliced(1, np.full(n_ms * SAMPLES_PER_MS, 1000, np.int16), 0.0)) == (1 + n_ms) * SAMPLES_PER_MS


def test_silence_is_as_long_as_asked() -> None:
    assert silence(1500).tolist() == [0.0] * 36000


def test_pydub_comes_in_quietly_without_ffmpeg() -> None:
    code = "import warnings; warnings.simplefilter('error'); import tts.stitch.mix"
    subprocess.run([sys.executable, "-W", "error", "-c", code], env={"PATH": ""}, check=True)
