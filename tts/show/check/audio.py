"""The sound of an episode: as it was measured, and in the form that every player can seek in."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

from tts.errors import CodecError
from tts.model import SAMPLE_RATE_HZ
from tts.show.check.finding import Flaw, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.check.recording import Recording

LOUDNESS_LUFS, LOUDNESS_OFF_LU = -16.0, 1.0
MOST_PEAK_DBTP = -1.0
_SAME_DB = 0.05  # two measurements of one file differ by rounding alone
# A frame of MPEG-2, layer III, 64 kbit/s at 24 kHz has 192 bytes and 576 samples. Its header (ISO 13818-3, 2.4.2.3):
# eleven bits of sync, version, layer and protection; bit rate, sample rate, padding; channels in the upper two bits.
_FRAME_BYTES, _FRAME_SAMPLES = 192, 576
_SYNC, _MPEG_2_LAYER_3, _BITS_64_24_UNPADDED, _MONO = 0xFF, 0xF2, 0x84, 0xC0
# Where the Info header and LAME's part of it stand in the first frame, after header and side information.
_INFO_AT = 13
_COUNTS_AT, _TABLE_AT, _GAPS_AT = _INFO_AT + 8, _INFO_AT + 16, _INFO_AT + 141
_HAS_COUNTS_AND_TABLE = 0b111


def as_made(mp3: Recording) -> Iterator[Flaw]:
    """The bytes hash to the digits in the name: this is the file that was measured when it was made."""
    digest = hashlib.sha256(mp3.raw).hexdigest()[:8]
    if mp3.where.split(".")[-2:-1] != [digest]:
        yield Flaw(mp3.where, "has been changed since it was made: its bytes do not go with its name", mp3.remedy)


def constant_bit_rate(mp3: Recording) -> Iterator[Flaw]:
    """Every frame is mono at 64 kbit/s and 24 kHz: players find a moment by counting bytes."""
    frames = mp3.audio
    expected = (
        set(frames[0::_FRAME_BYTES]) == {_SYNC},
        {byte & 0xFE for byte in set(frames[1::_FRAME_BYTES])} == {_MPEG_2_LAYER_3},
        {byte & 0xFE for byte in set(frames[2::_FRAME_BYTES])} == {_BITS_64_24_UNPADDED},
        {byte & 0xC0 for byte in set(frames[3::_FRAME_BYTES])} == {_MONO},
        len(frames) % _FRAME_BYTES == 0,
    )
    if not all(expected):
        yield Flaw(mp3.where, "not mono with a constant 64 kbit/s at 24 kHz throughout", mp3.remedy)


def info_header(mp3: Recording) -> Iterator[Flaw]:
    """The Info header tells the number of frames and bytes, and has a table to seek by."""
    first = bytes(mp3.audio[:_FRAME_BYTES])
    flags = int.from_bytes(first[_INFO_AT + 4 : _INFO_AT + 8])
    if first[_INFO_AT : _INFO_AT + 4] != b"Info" or flags & _HAS_COUNTS_AND_TABLE != _HAS_COUNTS_AND_TABLE:
        yield Flaw(mp3.where, "no Info header with a table to seek by", mp3.remedy)
        return
    n_frames = int.from_bytes(first[_COUNTS_AT : _COUNTS_AT + 4])
    n_bytes = int.from_bytes(first[_COUNTS_AT + 4 : _COUNTS_AT + 8])
    if (n_frames, n_bytes) != (len(mp3.audio) // _FRAME_BYTES - 1, len(mp3.audio)):
        yield Flaw(mp3.where, f"its Info header tells {n_frames} frames in {n_bytes} bytes, which is wrong", mp3.remedy)
    table = first[_TABLE_AT : _TABLE_AT + 100]
    if any(abs(entry - 2.56 * percent) > 2 for percent, entry in enumerate(table)):
        yield Flaw(mp3.where, "the table in its Info header leads to wrong moments", mp3.remedy)


def duration(mp3: Recording) -> Iterator[Flaw]:
    """The audio lasts as long as the sidecar says, to the sample."""
    gaps = int.from_bytes(mp3.audio[_GAPS_AT : _GAPS_AT + 3])
    delay, padding = gaps >> 12, gaps & 0xFFF
    n_samples = (len(mp3.audio) // _FRAME_BYTES - 1) * _FRAME_SAMPLES - delay - padding
    if n_samples != mp3.episode.n_samples:
        lasts_s = n_samples / SAMPLE_RATE_HZ
        yield Flaw(mp3.where, f"lasts {lasts_s:.3f} s, not {mp3.episode.duration_s:.3f} s", mp3.remedy)


def loudness(mp3: Recording) -> Iterator[Flaw]:
    """The episode is as loud as podcasts are, as was measured when it was made."""
    found = mp3.episode.loudness_lufs
    if found is None or abs(found - LOUDNESS_LUFS) > LOUDNESS_OFF_LU:
        said = "has no loudness that can be measured" if found is None else f"its loudness is {found:.1f} LUFS"
        yield Flaw(mp3.where, f"{said}, not {LOUDNESS_LUFS:.0f} within {LOUDNESS_OFF_LU:.0f} LU", mp3.remedy)


def peak(mp3: Recording) -> Iterator[Flaw]:
    """No peak is so high that a player would distort it, as was measured when it was made."""
    found = mp3.episode.true_peak_dbtp
    if found is not None and found > MOST_PEAK_DBTP:
        yield Flaw(mp3.where, f"its true peak is {found:.1f} dBTP, not at most {MOST_PEAK_DBTP:.0f}", mp3.remedy)


RULES: Rules[Recording] = Rules(must=(as_made, constant_bit_rate, info_header, duration, loudness, peak))


def measured_again(mp3: Recording) -> Iterator[Flaw]:
    """Decoded and measured now, loudness and peak are what the sidecar says."""
    from tts.stitch.mastering import measured

    episode = mp3.episode
    try:
        loudness_lufs, peak_dbtp = measured([bytes(mp3.audio[_FRAME_BYTES:])])
    except CodecError as error:
        yield Flaw(mp3.where, str(error), mp3.remedy)
        return
    if not _same(loudness_lufs, episode.loudness_lufs):
        found = f"its loudness is {loudness_lufs:.2f} LUFS, the sidecar says {episode.loudness_lufs}"
        yield Flaw(mp3.where, found, mp3.remedy)
    if not _same(peak_dbtp, episode.true_peak_dbtp):
        found = f"its true peak is {peak_dbtp:.2f} dBTP, the sidecar says {episode.true_peak_dbtp}"
        yield Flaw(mp3.where, found, mp3.remedy)


MEASURE_RULES: Rules[Recording] = Rules(must=(measured_again,))


def _same(found_db: float, noted_db: float | None) -> bool:
    return math.isclose(found_db, -math.inf if noted_db is None else noted_db, abs_tol=_SAME_DB)
