"""The only door to pydub: clips become one stretch of sound with silence, fades and gain."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLE_RATE_HZ, SAMPLE_WIDTH_BYTES

with warnings.catch_warnings():
    # pydub looks for ffmpeg, which we never let it use, and for audioop, which Python 3.13 dropped (audioop-lts
    # stands in); its regular expressions carry escapes that newer Pythons warn of.
    warnings.filterwarnings("ignore", message="Couldn't find ffmpeg or avconv", category=RuntimeWarning)
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message=r".*invalid escape sequence", category=SyntaxWarning)
    from pydub import AudioSegment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tts.stitch.blocks import Samples

FADE_MS = 4  # enough to hide a step at the edge, too short to be heard on a plosive
# 32 bit with this much room above full scale: a voice can be brought up to the common level without clipping,
# and the limiter sees the peaks as they are.
_WIDTH_BYTES = 4
_HEADROOM_DB = 20.0
_FULL_SCALE = np.float32(2**31 / 10 ** (_HEADROOM_DB / 20))


def spliced(silence_ms: int, samples: NDArray[np.int16], gain_db: float) -> Samples:
    """Silence, then the clip with its gain and faded edges.

    samples : int16, shape (n,), a whole number of milliseconds (see trim.py).
    Returns : float32, 1.0 is full scale, may be above it; exactly silence + n samples long.
    """
    pieces = [_silence(silence_ms), _faded(_segment(samples).apply_gain(gain_db - _HEADROOM_DB))]
    joined = b"".join(piece.raw_data for piece in pieces)
    return np.frombuffer(joined, np.int32).astype(np.float32) / _FULL_SCALE


def silence(duration_ms: int) -> Samples:
    """Nothing, for this long."""
    return np.frombuffer(_silence(duration_ms).raw_data, np.int32).astype(np.float32)


def _segment(samples: NDArray[np.int16]) -> AudioSegment:
    segment = AudioSegment(
        data=samples.tobytes(), sample_width=SAMPLE_WIDTH_BYTES, frame_rate=SAMPLE_RATE_HZ, channels=1
    )
    return segment.set_sample_width(_WIDTH_BYTES)


def _silence(duration_ms: int) -> AudioSegment:
    return AudioSegment.silent(duration_ms, frame_rate=SAMPLE_RATE_HZ).set_sample_width(_WIDTH_BYTES)


def _faded(segment: AudioSegment) -> AudioSegment:
    fade_ms = min(FADE_MS, len(segment) // 2)
    if not fade_ms:  # pydub cannot fade over nothing
        return segment
    return segment.fade_in(fade_ms).fade_out(fade_ms)
