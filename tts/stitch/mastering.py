"""Takes become one MP3 at podcast loudness: mix, gain, limiter, encoder, and a meter on what was encoded."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tts.stitch.blocks import in_blocks
from tts.stitch.codec import read_mp3, write_mp3
from tts.stitch.lanes import lane
from tts.stitch.limiter import limit
from tts.stitch.loudness import LoudnessMeter
from tts.stitch.mix import silence, spliced
from tts.stitch.peaks import PeakMeter
from tts.stitch.timeline import Timeline
from tts.stitch.trim import trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tts.model import Clip, Cue, Passage
    from tts.stitch.blocks import Samples
    from tts.stitch.lanes import Lane

COMMON_LEVEL_LUFS = -20.0  # what `Take.gain_db` brings every voice to: speech at this level rarely clips
TARGET_LUFS = -16.0  # Apple's and the AES's level for podcasts; one number for mono and stereo
TRUE_PEAK_DBTP = -1.0
# Half a unit is promised; meters differ by a tenth.
_TOLERANCE_LU = 0.4
# A file whose gain would have to be higher than this holds noise, or next to nothing.
_MAX_GAIN_DB = 20.0
_PEAK_MARGIN_DB = 0.1  # between decoders; ffmpeg's and ours lay 0.05 dB apart on most episodes
_MAX_CORRECTIONS = 2  # speech needs none, or one; what still misses then has no such level
_LEAST_STEP_DB = 0.05  # between smaller steps the response is all rounding
_MIN_RESPONSE = 0.3  # below this more gain only means more limiting
_QUEUE_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Take:
    """A spoken passage on its way into the mix.

    gain_db : brings its voice to `COMMON_LEVEL_LUFS`.
    """

    passage: Passage
    clip: Clip
    gain_db: float


@dataclass(frozen=True, slots=True)
class Mastered:
    """What was made, as measured on the decoded MP3.

    n_samples      : length of the timeline.
    loudness_lufs  : integrated; -inf where there is nothing to measure (silence, or under 400 ms of sound).
    true_peak_dbtp : -inf for silence.
    """

    cues: tuple[Cue, ...]
    n_samples: int
    loudness_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class _Settings:
    """response: LU that a dB of gain adds; the limiter takes the rest, so it is 1 where nothing is limited."""

    gain_db: float
    ceiling_dbtp: float
    response: float

    def moved(self, louder_lu: float, lower_db: float) -> _Settings:
        """Louder by this much, under a ceiling lower by that much, as far as the response foretells.

        Gain and ceiling together shift loudness one to one, so the ceiling alone has what the gain alone lacks.
        """
        gain_db = self.gain_db + (louder_lu + (1 - self.response) * lower_db) / self.response
        gain_db = min(max(gain_db, -_MAX_GAIN_DB), _MAX_GAIN_DB)
        return _Settings(gain_db, self.ceiling_dbtp - lower_db, self.response)

    def learned(self, loudness_lufs: float, other: _Settings, other_loudness_lufs: float) -> _Settings:
        """The same with the response that lies between these and other settings, taken at one ceiling."""
        shift_db = self.ceiling_dbtp - other.ceiling_dbtp
        gain_db = self.gain_db - other.gain_db - shift_db
        if abs(gain_db) < _LEAST_STEP_DB:
            return self
        response = (loudness_lufs - other_loudness_lufs - shift_db) / gain_db
        return replace(self, response=min(max(response, _MIN_RESPONSE), 1.0))


# Where to begin. The gain is what a voice needs whose level is known (`Voice.level_lufs`); waiting for the first 40 s
# to choose one held up the encoder for 0.2 s and was no nearer. The peaks of 36 MP3s lay 0.2 to 1.4 dB above those
# that went into the encoder.
NOMINAL = _Settings(gain_db=5.0, ceiling_dbtp=TRUE_PEAK_DBTP - 1.4, response=0.6)


def master(takes: Callable[[], Iterable[Take]], path: Path) -> Mastered:
    """Make one MP3 at -16 LUFS with true peaks below -1 dBTP, measured on the finished file.

    takes : gives a fresh iterator of all takes, in order; the clips may be spoken while they are being asked for.
            It is asked again, twice at most, when a try misses loudness or peak.
    path  : is written to directly; whoever calls renames it when all went well.

    The same takes give the same bytes. Memory does not grow with the length but for the cues. Sound that cannot
    be brought to the target (next to silence, or nothing but clicks) comes as near as a limited gain brings it,
    and what `Mastered` tells is what was measured.

    Raises: CodecError when the file can't be written. What `takes` raises comes through.
    """
    settings = NOMINAL
    timeline, measured = _attempt(takes(), path, settings)
    for _ in range(_MAX_CORRECTIONS):
        better = _corrected(settings, *measured)
        if better == settings:
            break
        loudness_before = measured[0]
        timeline, measured = _attempt(takes(), path, better)
        settings = better.learned(measured[0], settings, loudness_before)
    return Mastered(tuple(timeline.cues), timeline.n_samples, *measured)


def _attempt(takes: Iterable[Take], path: Path, settings: _Settings) -> tuple[Timeline, tuple[float, float]]:
    """Mix, encode and measure once."""
    timeline = Timeline()
    mixed = in_blocks(_mixed(takes, timeline))
    with lane(measured, _QUEUE_DEPTH) as heard:
        encode = partial(_encode, path, heard)
        with lane(encode, _QUEUE_DEPTH) as encoder:
            for block in limit(_amplified(mixed, settings.gain_db), settings.ceiling_dbtp):
                encoder.put(block)
    return timeline, heard.result()


def _mixed(takes: Iterable[Take], timeline: Timeline) -> Iterator[Samples]:
    for take in takes:
        clip = trim(take.clip)
        yield spliced(timeline.lay(take.passage, clip), clip.samples, take.gain_db)
    yield silence(timeline.close())


def _amplified(blocks: Iterable[Samples], gain_db: float) -> Iterator[Samples]:
    factor = np.float32(10 ** (gain_db / 20))
    return (block * factor for block in blocks)


def _encode(path: Path, heard: Lane[bytes, tuple[float, float]], blocks: Iterator[Samples]) -> None:
    write_mp3(path, blocks, heard.put)


def measured(encoded: Iterable[bytes]) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP of what a listener's decoder makes of the MP3; -inf for silence.

    encoded : the frames without tags and Info header, in pieces of any length.
    Raises: CodecError for what is no MP3.
    """
    return _levels(read_mp3(encoded))


def _levels(blocks: Iterable[Samples]) -> tuple[float, float]:
    loudness, peaks = LoudnessMeter(), PeakMeter()
    for block in blocks:
        loudness.add(block)
        peaks.add(block)
    return loudness.integrated_lufs(), peaks.true_peak_dbtp()


def _corrected(settings: _Settings, loudness_lufs: float, true_peak_dbtp: float) -> _Settings:
    """The same settings where they did well."""
    miss = TARGET_LUFS - loudness_lufs if math.isfinite(loudness_lufs) else 0.0
    excess_db = true_peak_dbtp + _PEAK_MARGIN_DB - TRUE_PEAK_DBTP
    if abs(miss) <= _TOLERANCE_LU and excess_db <= 0:
        return settings
    return settings.moved(louder_lu=miss, lower_db=excess_db + _PEAK_MARGIN_DB if excess_db > 0 else 0.0)
