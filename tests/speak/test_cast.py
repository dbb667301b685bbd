"""Who speaks, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.errors import InputError, VoiceMissing
from tts.speak import cast as casting
from tts.speak import espeak, google
from tts.speak.cache import ClipCache
from tts.speak.cast import CATALOGUE, GOOGLE, MAX_CHARS, QUOTED_BESIDE, choose, open_voices, survey
from tts.speak.google import GoogleVoice

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import VoiceSpec


@pytest.fixture
def _no_mbrola(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "missing", lambda spec: "not here" if spec.engine == "mbrola" else None)


@pytest.fixture
def _mbrola(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "missing", lambda _spec: None)


@pytest.fixture
def google_answers(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What google.probe will answer; it fails when nobody expects it to be asked."""
    answers: list[str | None] = []
    monkeypatch.setattr(google, "probe", lambda: answers.pop(0))
    return answers


@pytest.mark.usefixtures("_no_mbrola")
def test_auto_takes_google_when_it_answers(google_answers: list[str | None]) -> None:
    google_answers.append(None)
    cast = choose("auto", None, offline=False)
    assert cast.narrator == GOOGLE
    assert cast.quoted.engine == "google"
    assert abs(cast.quoted.pitch) >= 2.5
    assert cast.asks_google
    assert cast.stand_in is not None
    assert cast.stand_in.narrator.label == "espeak:nl"


@pytest.mark.usefixtures("_no_mbrola")
def test_auto_says_why_it_is_not_google(google_answers: list[str | None]) -> None:
    google_answers.append("no connection")
    cast = choose("auto", None, offline=False)
    assert (cast.narrator.label, cast.quoted.label) == ("espeak:nl", "espeak:nl+m3")
    assert "no connection" in cast.why
    assert cast.stand_in is None


@pytest.mark.usefixtures("_mbrola", "google_answers")
def test_offline_never_asks_google() -> None:
    cast = choose("auto", None, offline=True)
    assert (cast.narrator.label, cast.quoted.label) == ("mbrola:nl2", "mbrola:nl3")
    assert [found.missing for found in survey(offline=True) if found.spec == GOOGLE] == ["not asked: --offline"]


@pytest.mark.usefixtures("google_answers")
@pytest.mark.parametrize(
    ("voice", "quote_voice", "labels"),
    [
        ("google", None, ("google", "google")),
        ("espeak:nl", None, ("espeak:nl", "espeak:nl+m3")),
        ("espeak:nl+f2", None, ("espeak:nl+f2", "espeak:nl")),
        ("espeak:nl", "espeak:nl+f3", ("espeak:nl", "espeak:nl+f3")),
        ("mbrola:nl3", None, ("mbrola:nl3", "mbrola:nl2")),
    ],
)
def test_a_voice_asked_for_by_name_is_the_voice(voice: str, quote_voice: str | None, labels: tuple[str, str]) -> None:
    cast = choose(voice, quote_voice, offline=False)
    assert (cast.narrator.label, cast.quoted.label) == labels
    assert cast.stand_in is None


@pytest.mark.parametrize(
    ("voice", "quote_voice", "offline", "message"),
    [
        ("klaas", None, False, "no voice is called 'klaas'; there are auto,"),
        ("espeak:nl+onzin", None, False, "no voice"),
        ("google", None, True, "--offline"),
        ("google", "mbrola:nl2", False, "never mixes"),
    ],
)
def test_what_can_not_be_is_refused(voice: str, quote_voice: str | None, offline: bool, message: str) -> None:
    with pytest.raises(InputError, match=message):
        choose(voice, quote_voice, offline=offline)


def test_an_episode_of_google_is_no_longer_made_offline(tmp_path: Path, google_answers: list[str | None]) -> None:
    cast = choose("google", None, offline=False)
    with pytest.raises(VoiceMissing, match="--voice espeak"):
        open_voices(cast, ClipCache(tmp_path), offline=True)


def test_both_parts_share_the_connections_to_google(tmp_path: Path) -> None:
    voices = open_voices(choose("google", None, offline=False), ClipCache(tmp_path), offline=False)
    assert voices["narrator"].spec.pitch == 0
    assert voices["quoted"].spec == QUOTED_BESIDE[GOOGLE]
    for voice in voices.values():
        voice.close()


def test_the_limits_are_the_engines_own() -> None:
    assert {
        "google": GoogleVoice.max_chars,
        "espeak": espeak.EspeakVoice.max_chars,
        "mbrola": espeak.EspeakVoice.max_chars,
    } == MAX_CHARS


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.label)
def test_every_voice_has_another_for_its_quotes(spec: VoiceSpec) -> None:
    beside = casting.choose(spec.label, None, offline=False).quoted
    assert beside != spec
