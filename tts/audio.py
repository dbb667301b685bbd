"""Compressed audio in and out of memory, and other sample rates to the one of the house.

Everything here takes or gives one channel of int16 at `SAMPLE_RATE_HZ`, shape (n_samples,), and holds a whole
clip in memory; episodes go through the stitch room's streams instead.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from math import ceil, gcd
from typing import TYPE_CHECKING

import numpy as np
from pedalboard.io import AudioFile

from tts.errors import CodecError
from tts.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Level 1 takes 0.10 s for 218 s of speech at 59 % of its size; level 0 is as slow and gives 65 %,
# level 5 takes 0.13 s for 57 %, level 8 (the default) 0.38 s for 55 %.
_FLAC_LEVEL = 1
_FLAC_MD5 = slice(26, 42)  # the end of STREAMINFO, the first block (RFC 9639, section 8.2)

# A damaged header can promise 2**36 samples; nothing that is a clip lasts an hour.
_MOST_SAMPLES = 3600 * 48_000

# Zero crossings of the sinc at each side, Kaiser's beta, and the cut-off as a part of the lower Nyquist
# frequency. Measured: 22,050 to 24,000 Hz is flat within 0.01 dB to 10 kHz, with 86 dB or more between a tone
# and all that is not the tone (16 bit itself gives 98); 48,000 to 24,000 Hz folds nothing back from 500 Hz
# past Nyquist on.
_SINC_CROSSINGS = 48
_KAISER_BETA = 9.0
_ROLL_OFF = 0.96
_LEAST_STEP = 128  # samples a row: with fewer the matrix is too thin for the processor
_MOST_STEP = 1024  # every rate of audio hardware stays below; past it the matrix takes tens of megabytes


def decode_mp3(data: bytes) -> NDArray[np.int16]:
    """All sound of an MP3, and nothing else.

    The decoder starts 1105 samples (46 ms) after the encoder did, so there may be that much silence in front;
    nothing is lost at the end. Channels are averaged.

    Raises: CodecError, also where the decoder would say nothing: it fills what a Xing header promises and a
    cut-off file lacks with silence, and drops frames where the bit rate falls midway without such a header.
    """
    samples, rate_hz = _decode(data, "MP3")
    n_present = _count_mp3_samples(data)
    if n_present and not n_present <= len(samples) <= n_present + _MOST_FRAME_SAMPLES:
        raise CodecError(f"the MP3 is damaged: {n_present} samples of {len(samples)} are there; make it again")
    return resample(samples, rate_hz)


def encode_flac(samples: NDArray[np.int16]) -> bytes:
    """The samples without loss in about 59 % of their size.

    Raises: CodecError.
    """
    if samples.ndim != 1 or samples.dtype != np.int16 or not samples.size:
        raise CodecError(f"FLAC takes one channel of int16 and not {samples.dtype} of shape {samples.shape}")
    try:
        return AudioFile.encode(
            samples[np.newaxis], SAMPLE_RATE_HZ, "flac", num_channels=1, bit_depth=16, quality=_FLAC_LEVEL
        )
    except (ValueError, RuntimeError) as error:
        raise CodecError(f"could not write FLAC: {_one_line(error)}") from error


def decode_flac(data: bytes) -> NDArray[np.int16]:
    """Exactly the samples that `encode_flac` was given: they are held against the file's own MD5.

    The decoder itself fills what is missing from a damaged file with silence and says nothing.

    Raises: CodecError.
    """
    samples, rate_hz = _decode(data, "FLAC")
    if hashlib.md5(samples.astype("<i2").tobytes(), usedforsecurity=False).digest() != data[_FLAC_MD5]:
        raise CodecError("the FLAC is damaged: its samples do not match its checksum; make it again")
    return resample(samples, rate_hz)


def resample(samples: NDArray[np.int16], from_hz: int) -> NDArray[np.int16]:
    """The same sound at `SAMPLE_RATE_HZ`, without delay: sample k lies at k / SAMPLE_RATE_HZ seconds.

    The result has ceil(n_samples * SAMPLE_RATE_HZ / from_hz) samples. It is a polyphase windowed sinc,
    written as one product of matrices: 218 s of 22,050 Hz in clips of 5 s take 0.02 s, where pedalboard's own
    resampler takes 0.5 s (WindowedSinc8, 25 dB at 8 kHz) to 3.4 s (WindowedSinc64, the same quality).

    Raises: CodecError, for a rate that has hardly a divisor in common with `SAMPLE_RATE_HZ`.
    """
    if from_hz == SAMPLE_RATE_HZ:
        return samples
    if not samples.size:
        return np.zeros(0, np.int16)
    matrix, n_overlap = _polyphase(from_hz)
    step, n_out = matrix.shape[0] - 2 * n_overlap, matrix.shape[1]
    n_rows = ceil(len(samples) / step)
    padded = np.zeros(n_rows * step + 2 * n_overlap, np.float32)
    padded[n_overlap : n_overlap + len(samples)] = samples
    rows = np.lib.stride_tricks.sliding_window_view(padded, matrix.shape[0])[::step]
    # Overlapping rows would send numpy past BLAS: the copy makes it fifty times faster.
    sound = (np.ascontiguousarray(rows) @ matrix).ravel()[: ceil(len(samples) * n_out / step)]
    return to_int16(sound)


@lru_cache(maxsize=8)
def _polyphase(from_hz: int) -> tuple[NDArray[np.float32], int]:
    """Matrix from a row of input, with n_overlap neighbours at each side, to a row of output; n_overlap."""
    divisor = gcd(from_hz, SAMPLE_RATE_HZ) if from_hz > 0 else 1
    step, n_out = from_hz // divisor, SAMPLE_RATE_HZ // divisor
    if from_hz <= 0 or max(step, n_out) > _MOST_STEP:
        raise CodecError(f"cannot resample from {from_hz} Hz; convert the audio to 24000 Hz first")
    repeat = ceil(_LEAST_STEP / step)
    step, n_out = step * repeat, n_out * repeat
    band = min(1.0, SAMPLE_RATE_HZ / from_hz)
    n_overlap = ceil(_SINC_CROSSINGS / band)
    distance = np.arange(n_out) * (step / n_out) - np.arange(-n_overlap, step + n_overlap)[:, np.newaxis]
    window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (distance / n_overlap) ** 2, 0, None)))
    window[np.abs(distance) > n_overlap] = 0
    taps = np.sinc(band * _ROLL_OFF * distance) * window
    return (taps / taps.sum(axis=0)).astype(np.float32), n_overlap


def _decode(data: bytes, kind: str) -> tuple[NDArray[np.int16], int]:
    try:
        with AudioFile(memoryview(data)) as file:
            if file.frames > _MOST_SAMPLES:
                raise CodecError(f"the {kind} says it lasts over an hour, so it is damaged; make it again")
            sound, rate_hz = file.read_raw(file.frames) if file.frames else np.zeros((1, 0)), file.samplerate
    except (ValueError, RuntimeError) as error:
        raise CodecError(f"cannot read the {kind}: {_one_line(error)}; make it again") from error
    if sound.dtype == np.int16 and len(sound) == 1:
        return sound[0], int(rate_hz)
    if sound.dtype != np.float32:
        raise CodecError(f"cannot read the {kind}: its samples are {sound.dtype}, not 16 bit")
    return to_int16(sound.mean(axis=0) * 32768), int(rate_hz)


def to_int16(sound: NDArray[np.float32]) -> NDArray[np.int16]:
    """Samples of at most ±32,767 rounded, louder ones clipped; `sound` itself is used up."""
    np.rint(sound, out=sound)
    return np.clip(sound, -32768, 32767, out=sound).astype(np.int16)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


# MPEG audio, layer III (ISO 11172-3, 2.4.2.3): kbit/s by index, for MPEG-1, and for MPEG-2 and 2.5.
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MOST_FRAME_SAMPLES = 1152
_RATES_HZ = (44_100, 48_000, 32_000)
_RATE_DIVISOR = {3: 1, 2: 2, 0: 4}  # version bits of MPEG-1, 2 and 2.5


def _count_mp3_samples(data: bytes) -> int:
    """Samples a channel in the unbroken row of frames from the start, a header-only frame left out."""
    at = _end_of_id3(data)
    n_samples = 0
    while frame := _mp3_frame(data, at):
        n_bytes, n_frame_samples = frame
        is_header = n_samples == 0 and any(tag in data[at : at + 40] for tag in (b"Xing", b"Info"))
        n_samples += 0 if is_header else n_frame_samples
        at += n_bytes
    return n_samples


def _end_of_id3(data: bytes) -> int:
    """Where an ID3v2 tag at the start ends; its size is four times seven bits (ID3v2.4, section 3.1)."""
    if not data.startswith(b"ID3"):
        return 0
    size = 0
    for seven_bits in data[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return 10 + size


def _mp3_frame(data: bytes, at: int) -> tuple[int, int] | None:
    """Bytes and samples of the whole frame at this place, None where there is none."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    divisor = _RATE_DIVISOR.get(data[at + 1] >> 3 & 3)
    bitrate_index, rate_index, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if divisor is None or bitrate_index in {0, 15} or rate_index == 3:
        return None
    kbps = (_KBPS_1 if divisor == 1 else _KBPS_2)[bitrate_index]
    n_samples = _MOST_FRAME_SAMPLES if divisor == 1 else _MOST_FRAME_SAMPLES // 2
    n_bytes = n_samples // 8 * kbps * 1000 // (_RATES_HZ[rate_index] // divisor) + padding
    return (n_bytes, n_samples) if at + n_bytes <= len(data) else None
