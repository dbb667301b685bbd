"""The only door to the MP3 encoder and decoder for whole episodes, both as streams.

LAME encodes through `lameenc`, pedalboard decodes. LAME's quality 7 leaves out noise shaping, which speech at
64 kbit/s does not need: against quality 5, which pedalboard's own encoder uses, it takes half the time (0.55 s, not
1.18 s, for the example article), and what is decoded lies 7 to 8 dB nearer to the original up to 4 kHz, and no farther
above (`scripts/bench audio`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lameenc
import numpy as np
from pedalboard.io import AudioFile

from tts.audio import to_int16
from tts.errors import CodecError
from tts.model import SAMPLE_RATE_HZ
from tts.stitch.blocks import BLOCK_SAMPLES
from tts.stitch.info_header import ENCODER_DELAY_SAMPLES, FRAME_BYTES, FRAME_SAMPLES, info_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tts.stitch.blocks import Samples

BITRATE_KBPS = 64  # Apple asks 40 to 80 for mono speech at this rate
_QUALITY = 7
# A decoder adds 529 samples of delay to LAME's own. Players take both off, pedalboard's decoder does not.
DECODER_DELAY_SAMPLES = ENCODER_DELAY_SAMPLES + 529
# LAME turns mono down by this at 64 kbit/s (its preset for the bit rate), measured on 36 articles: the loudness that
# comes out is then what went in, within 0.01 LU.
_LAME_SCALE = np.float32(0.95)
# The length told to the decoder, which asks before there is an end: more than anyone can make.
_UNKNOWN_LENGTH = 1 << 40
# How far the decoder looks back. To tell what kind of file it has, it searches the beginning for a page of Ogg, whose
# reader gives up after 64 kB and one page (64 kB at most); later it reads forward only.
_LOOK_BACK_BYTES = 1 << 18


def write_mp3(path: Path, blocks: Iterable[Samples], written: Callable[[bytes], None]) -> None:
    """Encode a stream to `path`: 64 kbit/s CBR, mono, with Info header and without tags.

    blocks  : float32, each of shape (n,), 1.0 is full scale.
    written : told each stretch of frames as it is written, without the Info header, which is known only at the end.

    Raises: CodecError when the file can't be written or the encoder fails.
    """
    encoder = _encoder()
    n_samples = n_bytes = 0
    try:
        with path.open("wb") as file:
            file.write(bytes(FRAME_BYTES))
            encoder.encode(b"")  # begins, also where nothing comes
            for block in blocks:
                frames = bytes(encoder.encode(_int16(block / _LAME_SCALE)))
                n_samples, n_bytes = n_samples + len(block), n_bytes + file.write(frames)
                written(frames)
            frames = bytes(encoder.flush())
            n_bytes += file.write(frames)
            written(frames)
            file.seek(0)
            file.write(info_frame(n_bytes // FRAME_BYTES, n_samples, BITRATE_KBPS))
    except OSError as error:
        raise CodecError(
            f"cannot write the audio to {path}: {error.strerror or error}; is there room on the disk?"
        ) from error
    except RuntimeError as error:
        raise CodecError(f"the MP3 encoder failed on {path}: {error}") from error


def _encoder() -> lameenc.Encoder:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_out_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_bit_rate(BITRATE_KBPS)
    encoder.set_quality(_QUALITY)
    encoder.silence()  # it would print to stderr
    return encoder


def _int16(block: Samples) -> bytes:
    return to_int16(block * 32768).astype("<i2", copy=False).tobytes()


def read_mp3(frames: Iterable[bytes]) -> Iterator[Samples]:
    """Decode what `write_mp3` tells while it is being written, in time with the timeline.

    frames : the frames without the Info header, in pieces of any length.
    Yields float32 blocks; the first sample is the episode's first, and up to a frame of the encoder's padding
    follows its last.

    Raises: CodecError for what is no MP3.
    """
    source = _Source(frames)
    at = -DECODER_DELAY_SAMPLES
    try:
        with AudioFile(source) as mp3:  # type: ignore[call-overload]  # any object with read, seek and tell will do
            # The decoder, which was told no length, would go on with silence for ever.
            while at < source.n_samples - DECODER_DELAY_SAMPLES:
                block = mp3.read(BLOCK_SAMPLES)[0]
                yield block[max(0, -at) : source.n_samples - DECODER_DELAY_SAMPLES - at]
                at += len(block)
    except (ValueError, RuntimeError) as error:
        raise CodecError(f"the MP3 that was made cannot be decoded: {error}") from error


class _Source:
    """A file for the decoder whose end is not there yet: reading waits for the next piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._kept = bytearray()
        self._kept_from = 0
        self._at = 0
        self._ended = False

    @property
    def n_samples(self) -> int:
        """How many samples the frames hold: more than there can be until the last has come."""
        n_bytes = self._kept_from + len(self._kept) if self._ended else _UNKNOWN_LENGTH
        return n_bytes // FRAME_BYTES * FRAME_SAMPLES

    def read(self, n_bytes: int) -> bytes:
        end = self._at + n_bytes
        while self._kept_from + len(self._kept) < end and not self._ended:
            piece = next(self._pieces, None)
            self._ended = piece is None
            self._kept += piece or b""
        start = self._at - self._kept_from
        data = bytes(self._kept[start : start + n_bytes])
        self._at += len(data)
        surplus = start - _LOOK_BACK_BYTES
        if surplus > 0:
            del self._kept[:surplus]
            self._kept_from += surplus
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, _UNKNOWN_LENGTH)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True
