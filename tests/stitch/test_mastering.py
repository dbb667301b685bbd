from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.stitch.material import by_ffmpeg, decoded, ebur128, passage, speech, talk
from tts.errors import CodecError, VoiceBusy
from tts.model import Clip
from tts.stitch import Mastered, Take, master
from tts.stitch.mastering import TARGET_LUFS, TRUE_PEAK_DBTP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class _Counted:
    """Takes that count how often they were asked for."""

    def __init__(self, takes: Iterable[Take]) -> None:
        self.takes = list(takes)
        self.n_asked = 0

    def __call__(self) -> Iterator[Take]:
        self.n_asked += 1
        return iter(self.takes)


def _on_target(mastered: Mastered) -> bool:
    return abs(mastered.loudness_lufs - TARGET_LUFS) <= 0.5 and -20 < mastered.true_peak_dbtp <= TRUE_PEAK_DBTP


def test_voices_of_any_level_come_out_at_the_target(tmp_path: Path) -> None:
    mastered = master(_Counted(talk(8)), tmp_path / "a.mp3")
    assert _on_target(mastered)


@pytest.mark.tools
def test_ffmpeg_measures_the_same(tmp_path: Path) -> None:
    mastered = master(_Counted(talk(8)), tmp_path / "a.mp3")
    loudness_lufs, true_peak_dbtp = ebur128(tmp_path / "a.mp3")
    assert loudness_lufs == pytest.approx(mastered.loudness_lufs, abs=0.15)
    assert true_peak_dbtp == pytest.approx(mastered.true_peak_dbtp, abs=0.15)
    assert true_peak_dbtp <= TRUE_PEAK_DBTP


@pytest.mark.parametrize("wrong_by_db", [-12.0, 12.0])
def test_a_wrong_level_is_corrected(tmp_path: Path, wrong_by_db: float) -> None:
    """The beginning is as foretold, the rest is not: the first gain, from 40 s, cannot be right."""
    takes = talk(14)
    late = [replace(take, gain_db=take.gain_db + wrong_by_db) for take in takes[8:]]
    asked = _Counted([*takes[:8], *late])
    assert _on_target(master(asked, tmp_path / "a.mp3"))
    assert asked.n_asked in {2, 3}


def test_good_takes_need_one_pass(tmp_path: Path) -> None:
    asked = _Counted(talk(8))
    master(asked, tmp_path / "a.mp3")
    assert asked.n_asked == 1


def test_the_same_takes_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.mp3", "b.mp3"):
        master(_Counted(talk(4)), tmp_path / name)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def _beeps(n: int) -> list[Take]:
    """Tone bursts with silence around them, all of another length."""
    tone = (8000 * np.sin(2 * np.pi * 2500 * np.arange(4800) / 24000)).astype(np.int16)
    sounds = [np.concatenate((np.zeros(777 * k, np.int16), tone, np.zeros(5000, np.int16))) for k in range(n)]
    return [Take(passage(block=k // 3, index=k % 3), Clip(sound), 0.0) for k, sound in enumerate(sounds)]


def _assert_beeps_at_cues(sound: np.ndarray, mastered: Mastered) -> None:
    """Within 5 ms of what the cue says, counting the lead that trimming leaves."""
    assert len(sound) == mastered.n_samples
    loud = np.abs(sound) > np.abs(sound).max() / 4
    for cue in mastered.cues:
        around = loud[cue.start - 2400 : cue.end + 2400]
        onset = cue.start - 2400 + int(np.argmax(around))
        lead = cue.n_samples - 4800 - 25 * 24 if cue.n_samples > 4800 + 25 * 24 else 0
        assert abs(onset - (cue.start + lead)) <= 5 * 24


def test_the_mp3_lies_on_the_timeline(tmp_path: Path) -> None:
    mastered = master(_Counted(_beeps(9)), tmp_path / "a.mp3")
    _assert_beeps_at_cues(decoded(tmp_path / "a.mp3")[: mastered.n_samples], mastered)


@pytest.mark.tools
def test_the_mp3_lies_on_the_timeline_for_ffmpeg(tmp_path: Path) -> None:
    mastered = master(_Counted(_beeps(9)), tmp_path / "a.mp3")
    _assert_beeps_at_cues(by_ffmpeg(tmp_path / "a.mp3"), mastered)


@pytest.mark.parametrize("sound", [np.zeros(0, np.int16), np.zeros(24000, np.int16)])
def test_silence_is_told_as_it_is(tmp_path: Path, sound: np.ndarray) -> None:
    asked = _Counted([Take(passage(), Clip(sound), 0.0)])
    mastered = master(asked, tmp_path / "a.mp3")
    assert mastered.loudness_lufs == -math.inf
    assert mastered.true_peak_dbtp < -80
    assert asked.n_asked == 1


def test_one_short_word(tmp_path: Path) -> None:
    assert _on_target(master(_Counted([Take(passage("Ja."), Clip(speech(0.6)), 0.0)]), tmp_path / "a.mp3"))


def test_noise_is_not_blown_up_without_end(tmp_path: Path) -> None:
    hiss = np.random.default_rng(0).integers(-20, 21, 72000).astype(np.int16)
    mastered = master(_Counted([Take(passage(), Clip(hiss), 0.0)]), tmp_path / "a.mp3")
    assert -70 < mastered.loudness_lufs < -40


def test_a_voice_that_fails_comes_through(tmp_path: Path) -> None:
    def takes() -> Iterator[Take]:
        yield from talk(1)
        raise VoiceBusy("later")

    with pytest.raises(VoiceBusy, match="later"):
        master(takes, tmp_path / "a.mp3")


def test_a_disk_that_is_full_stops_the_speaking(tmp_path: Path) -> None:
    asked = 0

    def takes() -> Iterator[Take]:
        nonlocal asked
        for take in talk(2) * 100:
            asked += 1
            yield take

    with pytest.raises(CodecError, match="cannot write"):
        master(takes, tmp_path)
    assert asked < 50


_LONG = """
import resource, sys
from pathlib import Path
from tests.stitch.material import talk
from tts.stitch import master
takes = talk(6)
master(lambda: (take for _ in range(int(sys.argv[2])) for take in takes), Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Twenty minutes against four: 23 MB of 16-bit samples more, 46 MB as floats."""

    def peak_kib(n: int) -> int:
        command = [sys.executable, "-c", _LONG, str(tmp_path / "a.mp3"), str(n)]
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    assert peak_kib(30) - peak_kib(6) < 12_000
