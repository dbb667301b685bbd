"""Google's voice against a stand-in that speaks its protocol, and misbehaves as Google does."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import requests
from urllib3.exceptions import InsecureRequestWarning

from tests.speak.google.limits import Bucket
from tests.speak.google.standin import Manner, StandIn, spoken
from tts.errors import VoiceBusy, VoiceError, VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, Voice
from tts.speak.google.pace import PACE_VARIABLE, SharedPace
from tts.speak.google.throttle import Throttle
from tts.speak.google.voice import URL_VARIABLE, GoogleVoice, Patience, _retry_after, probe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "De veerman van Oudeschans vaart vandaag niet, want het water staat te hoog."
# Quick to ask again, slow to give up an answer: a busy machine may take its time.
QUICK = Patience(tries=3, first_wait_s=0.01, longest_wait_s=2.5)
HASTY = replace(QUICK, read_s=0.4, total_s=0.6)


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn() as stand_in:
        ask(stand_in, monkeypatch)
        yield stand_in


def ask(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL_VARIABLE, stand_in.url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stand_in.ca_bundle))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv(PACE_VARIABLE, "off")


@pytest.fixture
def voice(google: StandIn) -> Iterator[GoogleVoice]:
    quick = GoogleVoice(patience=QUICK)
    yield quick
    quick.close()


def test_it_is_a_voice(voice: GoogleVoice) -> None:
    spoken_by: Voice = voice
    assert spoken_by.spec.label == "google"
    assert spoken_by.version == "2.5.4"
    assert spoken_by.max_chars == 100


def test_a_clip_is_googles_own_mp3(google: StandIn, voice: GoogleVoice) -> None:
    clip = voice.speak(TEXT)
    assert clip.encoded == spoken(TEXT)
    assert clip.samples.dtype == np.int16
    assert [heard.text for heard in google.heard] == [TEXT]


@pytest.mark.parametrize(
    "text",
    [
        "De winst. Daarna het verlies.",  # gTTS's own abbreviations would eat the full stop
        "Kosten: ca. 3, bijv. of mln.; zie ook (art. 5).",
        "Café ‘De Zwaan’ – “gezellig” – vraagt € 5 & méér…",
        "a" * 100,
        '["ja"]\\ "]',
    ],
)
def test_every_character_reaches_google_in_one_request(google: StandIn, voice: GoogleVoice, text: str) -> None:
    voice.speak(text)
    assert [heard.text for heard in google.heard] == [text]


def test_another_sample_rate_is_brought_to_the_houses(google: StandIn, voice: GoogleVoice) -> None:
    usual = voice.speak(TEXT)
    google.manner = "48 kHz"
    assert abs(len(voice.speak(TEXT).samples) - len(usual.samples)) < SAMPLE_RATE_HZ // 10


@pytest.mark.parametrize("text", ["", "   ", "...", "– “?!”", "a" * 101])
def test_text_that_google_cannot_speak_is_not_sent(google: StandIn, voice: GoogleVoice, text: str) -> None:
    with pytest.raises(VoiceRefused, match=r"nothing to say|100 characters"):
        voice.speak(text)
    assert google.heard == []


HELPED_BY_ASKING_AGAIN: list[Manner] = [
    "429",
    "503",
    "consent page",
    "sorry page",
    "null audio",
    "silent audio",
    "half the audio",
    "half the base64",
    "half the answer",
    "no MP3",
    "reset",
    "stall",
    "slow drip",
]


@pytest.fixture
def voice_for(google: StandIn, manner: Manner) -> Iterator[GoogleVoice]:
    """A voice that waits no longer than it must for this manner."""
    voice = GoogleVoice(patience=HASTY if manner in {"stall", "slow drip"} else QUICK)
    yield voice
    voice.close()


@pytest.mark.parametrize("manner", HELPED_BY_ASKING_AGAIN)
def test_one_bad_answer_is_asked_again(google: StandIn, voice_for: GoogleVoice, manner: Manner) -> None:
    google.script.extend([manner])
    assert voice_for.speak(TEXT).encoded == spoken(TEXT)
    assert len(google.heard) == 2


@pytest.mark.parametrize(
    ("manner", "error", "reason"),
    [
        ("429", VoiceBusy, r"blocked \(429\)"),
        ("503", VoiceBusy, r"out of order \(503\)"),
        ("sorry page", VoiceBusy, r"blocked \(302\)"),
        ("consent page", VoiceRefused, "a page instead of speech"),
        ("null audio", VoiceRefused, "without sound"),
        ("silent audio", VoiceRefused, "silence"),
        ("half the audio", VoiceBusy, "cut off"),
        ("half the base64", VoiceBusy, "cut off"),
        ("half the answer", VoiceBusy, "connection broke"),
        ("no MP3", VoiceRefused, "no sound that can be played"),
        ("reset", VoiceBusy, "connection broke"),
        ("stall", VoiceBusy, "no answer"),
        ("slow drip", VoiceBusy, "drips|no answer"),
    ],
)
def test_bad_answers_end_in_a_clear_error_and_no_storm(
    google: StandIn, voice_for: GoogleVoice, manner: Manner, error: type[VoiceError], reason: str
) -> None:
    google.manner = manner
    with pytest.raises(error, match=rf"(?s)^Google gave no speech: .*({reason}).*--voice espeak$") as caught:
        voice_for.speak(TEXT)
    assert "\n" not in str(caught.value)
    assert len(google.heard) == QUICK.tries


def test_what_asking_again_cannot_help_is_asked_once(google: StandIn, voice: GoogleVoice) -> None:
    google.manner = "403"
    with pytest.raises(VoiceRefused, match=r"refused \(403\)"):
        voice.speak(TEXT)
    assert len(google.heard) == 1


@pytest.mark.parametrize("manner", ["429 for 1 s", "429 until a date"])
def test_the_wait_that_google_asks_for_is_kept(google: StandIn, voice: GoogleVoice, manner: Manner) -> None:
    google.script.extend([manner])
    voice.speak(TEXT)
    first, second = google.heard
    assert 0.9 <= second.at - first.at < 5


@pytest.mark.parametrize(
    "asked", ["", "-5", "straks", "9" * 400, "Mon, 99 Foo 2026", "0", "Mon, 05 Jan 1970 00:00:00 GMT"]
)
def test_any_retry_after_is_a_wait_or_none(asked: str) -> None:
    response = requests.Response()
    response.headers["Retry-After"] = asked
    wait_s = _retry_after(response)
    assert wait_s is None or wait_s >= 0
    assert (wait_s is None) == (asked in {"", "-5", "straks", "Mon, 99 Foo 2026"})


def test_a_wait_of_hours_is_passed_on(google: StandIn, voice: GoogleVoice) -> None:
    google.manner = "429 for hours"
    with pytest.raises(VoiceBusy, match="blocked") as caught:
        voice.speak(TEXT)
    assert caught.value.retry_after_s == 7200
    assert len(google.heard) == 1


def test_a_block_of_one_lane_holds_up_the_others(google: StandIn, tmp_path: Path) -> None:
    paced = GoogleVoice(pace=SharedPace(50, 2, tmp_path / "pace"), patience=QUICK)
    google.script.extend(["429 for 1 s"])
    with ThreadPoolExecutor(2) as pool:
        blocked = pool.submit(paced.speak, TEXT)
        while not google.heard:
            time.sleep(0.01)
        time.sleep(0.4)
        paced.speak(TEXT)
        blocked.result()
    paced.close()
    first, *others = google.heard
    assert len(others) == 2
    assert all(other.at - first.at > 0.8 for other in others)


def test_as_fast_as_it_goes_every_text_is_spoken_though_some_are_refused(google: StandIn, tmp_path: Path) -> None:
    google.limit = Bucket(3.0, burst_s=0.5)
    paced = GoogleVoice(pace=SharedPace(None, 8, tmp_path / "pace"), patience=replace(QUICK, tries=5, first_wait_s=0.2))
    texts = [f"{TEXT} Dat is {number}." for number in range(18)]
    with ThreadPoolExecutor(paced.lanes) as pool:
        clips = list(pool.map(paced.speak, texts))
    paced.close()
    assert [clip.encoded for clip in clips] == [spoken(text) for text in texts]
    assert sorted(heard.text for heard in google.heard if heard.manner == "speak") == sorted(texts)
    n_refused = sum(heard.manner == "429" for heard in google.heard)
    assert 1 <= n_refused <= 5
    assert Throttle.parsed((tmp_path / "pace").read_text()).per_second(20) < 4


def test_after_a_block_of_hours_nobody_asks(google: StandIn, tmp_path: Path) -> None:
    paced = GoogleVoice(pace=SharedPace(50, 2, tmp_path / "pace"), patience=QUICK)
    google.script.extend(["429 for hours"])
    for reason in (r"blocked \(429\)", "60 minutes"):
        with pytest.raises(VoiceBusy, match=reason):
            paced.speak(TEXT)
    paced.close()
    assert len(google.heard) == 1


def test_a_stalled_answer_costs_no_more_than_its_deadline(google: StandIn) -> None:
    google.manner = "slow drip"
    once = GoogleVoice(patience=Patience(tries=1, read_s=5, total_s=0.4))
    asked = time.monotonic()
    with pytest.raises(VoiceBusy):
        once.speak(TEXT)
    assert time.monotonic() - asked < 1.5
    once.close()


def test_connections_are_kept_and_few(google: StandIn, tmp_path: Path) -> None:
    google.latency_s = 0.02
    paced = GoogleVoice(pace=SharedPace(200, 2, tmp_path / "pace"), patience=QUICK)
    with ThreadPoolExecutor(6) as pool:
        clips = list(pool.map(paced.speak, [f"{TEXT} Dat is {number}." for number in range(20)]))
    paced.close()
    assert len(clips) == len(google.heard) == 20
    assert google.most_under_way <= 2
    assert google.connections <= 2


def test_without_a_limit_there_are_more_lanes(voice: GoogleVoice, tmp_path: Path) -> None:
    assert voice.lanes == 8
    paced = GoogleVoice(pace=SharedPace(4, 2, tmp_path / "pace"))
    assert paced.lanes == 2
    paced.close()


def test_a_certificate_that_nobody_trusts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(trusted=False) as impostor:
        ask(impostor, monkeypatch)
        voice = GoogleVoice(patience=QUICK)
        with pytest.raises(VoiceMissing, match=r"certificate.*--voice espeak"):
            voice.speak(TEXT)
        assert impostor.heard == []
        assert probe() == "its certificate is not to be trusted"
        voice.close()


def test_a_file_of_certificates_that_is_not_there(google: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    voice = GoogleVoice(patience=QUICK)
    with pytest.raises(VoiceMissing, match="certificates"):
        voice.speak(TEXT)
    voice.close()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port of this machine where nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv(URL_VARIABLE, f"https://127.0.0.1:{closed.getsockname()[1]}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv(PACE_VARIABLE, "off")


@pytest.mark.usefixtures("nobody")
def test_no_network_is_said_at_once() -> None:
    voice = GoogleVoice(patience=QUICK)
    with pytest.raises(VoiceMissing, match=r"no connection.*--voice espeak"):
        voice.speak(TEXT)
    voice.close()
    assert probe() == "no connection"


@pytest.mark.parametrize(
    "url", ["http://translate.example", "ftp://127.0.0.1", "translate.example", "https:", "https://[", "https://a:b"]
)
def test_another_server_must_be_safe(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(URL_VARIABLE, url)
    with pytest.raises(VoiceMissing, match=URL_VARIABLE):
        GoogleVoice()


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("speak", None),
        ("429", "blocked (429)"),
        ("sorry page", "blocked (302)"),
        ("consent page", "a page instead of speech"),
        ("null audio", "an answer without sound"),
        ("reset", "the connection broke (ConnectionError)"),
    ],
)
def test_probe_says_in_few_words_what_is_wrong(google: StandIn, manner: Manner, reason: str | None) -> None:
    google.manner = manner
    assert probe() == reason
    assert len(google.heard) == 1


@pytest.mark.parametrize("manner", ["stall", "slow drip"])
def test_probe_takes_no_longer_than_it_may(google: StandIn, manner: Manner) -> None:
    google.manner = manner
    asked = time.monotonic()
    assert "no answer" in (probe(0.4) or "")
    assert time.monotonic() - asked < 1.5


def test_probe_waits_for_no_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def stall(*_: object, **__: object) -> None:
        time.sleep(3)
        raise socket.gaierror

    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setenv(PACE_VARIABLE, "off")
    monkeypatch.setattr(socket, "getaddrinfo", stall)
    asked = time.monotonic()
    assert "no answer" in (probe(0.3) or "")
    assert time.monotonic() - asked < 1.5


def test_nobody_elses_warnings_are_silenced(google: StandIn, voice: GoogleVoice) -> None:
    with warnings.catch_warnings():
        voice.speak(TEXT)
        with pytest.warns(InsecureRequestWarning):
            requests.get(google.url, verify=False, timeout=2)


def test_importing_changes_no_warnings() -> None:
    script = (
        "import warnings, numpy, requests; before = list(warnings.filters); import tts.speak.google.voice; "
        "assert warnings.filters == before, warnings.filters"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)
