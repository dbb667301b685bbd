"""Who speaks, and why."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from tts.errors import InputError, VoiceMissing
from tts.model import VoiceSpec
from tts.speak.cache import ClipCache
from tts.speak.cast import Cast, choose, survey
from tts.speak.espeak import EspeakEngine, MbrolaEngine
from tts.speak.google import NARRATOR as GOOGLE
from tts.speak.google import GoogleEngine
from tts.speak.google.voice import GoogleVoice
from tts.speak.kokoro import KokoroEngine
from tts.speak.studio import Studio

if TYPE_CHECKING:
    from pathlib import Path

    from tts.speak.engine import Engine


def _lacks(monkeypatch: pytest.MonkeyPatch, maker: type[Engine], answer: str | None) -> None:
    monkeypatch.setattr(maker, "missing", lambda _self, _spec: answer)


@pytest.fixture
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No voice of this machine but espeak-ng's."""
    _lacks(monkeypatch, KokoroEngine, "not here")
    _lacks(monkeypatch, MbrolaEngine, "not here")


@pytest.fixture
def _mbrola(monkeypatch: pytest.MonkeyPatch) -> None:
    _lacks(monkeypatch, KokoroEngine, "not here")
    _lacks(monkeypatch, MbrolaEngine, None)


@pytest.fixture(autouse=True)
def google_answers(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What Google will answer; it fails when nobody expects it to be asked."""
    answers: list[str | None] = []
    monkeypatch.setattr(GoogleEngine, "missing", lambda _self, _spec: answers.pop(0))
    return answers


@pytest.mark.usefixtures("_bare")
def test_auto_takes_google_when_it_answers(google_answers: list[str | None]) -> None:
    google_answers.append(None)
    cast = choose("auto", None, offline=False)
    assert cast.narrator == GOOGLE
    assert cast.quoted.engine == "google"
    assert abs(cast.quoted.pitch) >= 2.5
    assert cast.asks_google
    assert cast.stand_in is not None
    assert cast.stand_in.narrator.label == "espeak:nl"


@pytest.mark.usefixtures("_bare")
def test_auto_says_why_it_is_not_google(google_answers: list[str | None]) -> None:
    google_answers.append("Google does not answer (no connection)")
    cast = choose("auto", None, offline=False)
    assert (cast.narrator.label, cast.quoted.label) == ("espeak:nl", "espeak:nl+m3")
    assert "no connection" in cast.why
    assert cast.stand_in is None


def test_auto_says_how_to_get_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    cast = choose("auto", None, offline=True)
    assert cast.better == "kokoro speaks better Dutch; not installed: pip install 'voorlezer[kokoro]'"
    assert choose("espeak", None, offline=True).better is None


@pytest.mark.usefixtures("_mbrola")
def test_the_best_voice_of_the_machine_is_kokoros(monkeypatch: pytest.MonkeyPatch) -> None:
    _lacks(monkeypatch, KokoroEngine, None)
    cast = choose("auto", None, offline=True)
    assert (cast.narrator.engine, cast.quoted.engine) == ("kokoro", "kokoro")
    assert cast.better is None
    assert cast.narrator != cast.quoted


@pytest.mark.usefixtures("_mbrola")
def test_offline_never_asks_google() -> None:
    cast = choose("auto", None, offline=True)
    assert (cast.narrator.label, cast.quoted.label) == ("mbrola:nl2", "mbrola:nl3")
    assert [found.missing for found in survey(offline=True) if found.offer.spec == GOOGLE] == ["not asked: --offline"]


@pytest.mark.usefixtures("_mbrola")
@pytest.mark.parametrize(
    ("voice", "quote_voice", "labels"),
    [
        ("espeak", None, ("espeak:nl", "espeak:nl+m3")),
        ("espeak:nl", None, ("espeak:nl", "espeak:nl+m3")),
        ("nl+m3", None, ("espeak:nl+m3", "espeak:nl")),
        ("espeak:nl+f2", None, ("espeak:nl+f2", "espeak:nl")),
        ("espeak:nl", "espeak:nl+f3", ("espeak:nl", "espeak:nl+f3")),
        ("espeak:nl", "espeak:nl", ("espeak:nl", "espeak:nl+m3")),
        ("mbrola", None, ("mbrola:nl2", "mbrola:nl3")),
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
        ("google", "mbrola:nl2", False, "never mixes"),
        ("google", None, True, "--offline"),
    ],
)
def test_what_can_not_be_is_refused(voice: str, quote_voice: str | None, offline: bool, message: str) -> None:
    with pytest.raises(InputError, match=message):
        choose(voice, quote_voice, offline=offline)


def test_an_episode_of_google_is_no_longer_made_offline(tmp_path: Path) -> None:
    cast = choose("google", None, offline=False)
    with Studio(ClipCache(tmp_path)) as studio, pytest.raises(VoiceMissing, match="--voice espeak"):
        studio.voices(cast, offline=True)


def test_both_parts_share_the_connections_to_google(tmp_path: Path) -> None:
    with Studio(ClipCache(tmp_path)) as studio:
        voices = studio.voices(choose("google", None, offline=False), offline=False)
        assert [voices[part].spec.pitch for part in ("narrator", "quoted")] == [0, -3.5]
        assert len(studio._open) == 1


@pytest.mark.parametrize("maker", [GoogleEngine, KokoroEngine, MbrolaEngine, EspeakEngine])
def test_every_voice_has_another_for_its_quotes(maker: type[Engine]) -> None:
    for offer in maker().offers():
        assert offer.beside != offer.spec
        assert maker().find(offer.beside.name) is not None


def test_the_limit_of_google_is_gttss_own() -> None:
    assert GoogleVoice.max_chars == GoogleEngine.max_chars


def test_a_voice_of_a_package_that_went_is_told() -> None:
    cast = Cast(VoiceSpec("festival", "nl"), VoiceSpec("festival", "nl"), "kept")
    with pytest.raises(InputError, match="no engine for voices is called 'festival'"):
        Studio().voices(cast, offline=True)
