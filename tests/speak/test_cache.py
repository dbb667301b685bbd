"""The cache of clips."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from tests.voices import ToneVoice
from tts.model import Clip, Mark, VoiceSpec
from tts.speak.cache import CachedVoice, ClipCache

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _clip(seed: int = 0, n_samples: int = 2400) -> Clip:
    samples = np.random.default_rng(seed).integers(-9000, 9000, n_samples, np.int16)
    return Clip(samples, (Mark(0, 0, 3), Mark(700, 4, 9)))


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put("ab12", _clip())
    found = cache.get("ab12")
    assert found is not None
    assert np.array_equal(found.samples, _clip().samples)
    assert found.marks == _clip().marks
    assert cache.get("ab13") is None


def test_a_second_run_speaks_only_what_changed(tmp_path: Path) -> None:
    first, second = ToneVoice(), ToneVoice()
    CachedVoice(first, ClipCache(tmp_path)).speak("Een zin.")
    voice = CachedVoice(second, ClipCache(tmp_path))
    voice.speak("Een zin.")
    voice.speak("Een andere zin.")
    assert second.spoken == ["Een andere zin."]


def test_everything_that_changes_the_sound_makes_another_clip(tmp_path: Path) -> None:
    specs = [
        VoiceSpec("tone", "tone"),
        VoiceSpec("tone", "other"),
        VoiceSpec("tone", "tone", pace=1.1),
        VoiceSpec("tone", "tone", pitch=2.0),
    ]
    newer = ToneVoice()
    newer.version = "2"
    voices = [*(ToneVoice(spec) for spec in specs), newer]
    for voice in voices:
        CachedVoice(voice, ClipCache(tmp_path)).speak("Een zin.")
    assert [voice.spoken for voice in voices] == [["Een zin."]] * len(voices)


def test_a_damaged_entry_is_spoken_again(tmp_path: Path) -> None:
    cache, voice = ClipCache(tmp_path), ToneVoice()
    cached = CachedVoice(voice, cache)
    whole = cached.speak("Een zin.")
    (entry,) = tmp_path.glob("*/*.clip")
    entry.write_bytes(entry.read_bytes()[:200])
    again = cached.speak("Een zin.")
    assert voice.spoken == ["Een zin.", "Een zin."]
    assert np.array_equal(again.samples, whole.samples)
    cached.speak("Een zin.")
    assert len(voice.spoken) == 2


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    for n in range(10):
        cache.put(f"{n}{n}", _clip(n))
        os.utime(tmp_path / f"{n}{n}" / f"{n}{n}.clip", (n, n))
    assert cache.get("00") is not None  # used just now
    one = cache.usage().n_bytes // 10
    cache.cap_bytes = 6 * one
    cache.prune()
    assert cache.usage().n_bytes <= cache.cap_bytes
    assert cache.get("00") is not None
    assert cache.get("99") is not None
    assert cache.get("11") is None


def test_clearing_tells_what_it_removed(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put("ab", _clip())
    assert cache.clear().n_clips == 1
    assert cache.usage().n_clips == 0


def test_a_folder_that_takes_nothing_costs_the_entry_and_not_the_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    voice = CachedVoice(ToneVoice(), ClipCache(blocked))
    assert len(voice.speak("Een zin.").samples) > 0
