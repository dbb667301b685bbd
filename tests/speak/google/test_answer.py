"""What of Google's answers is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.errors import VoiceError
from tts.speak.google.answer import shortest_s, speech_in


@pytest.mark.parametrize(
    "page", ["", "[" * 200_000, "null", "9" * 5000, '"\\"', '"[[[["', '"é"', '"[\\"é\\"]"', "  {}"]
)
def test_any_answer_is_speech_or_an_error_of_ours(page: str) -> None:
    with pytest.raises(VoiceError):
        speech_in(f'[["wrb.fr","rpc",{page}', "rpc")


@given(st.text() | st.builds(lambda tail: f'"rpc",{tail}', st.text('[]{}",:\\ntrue0')))
def test_no_page_is_taken_for_speech(page: str) -> None:
    with pytest.raises(VoiceError):
        speech_in(page, "rpc")


@pytest.mark.parametrize(
    "layout", ['[["wrb.fr","rpc","[\\"QUJD\\"]",null]\n,["di",9]\n]', '[[ "rpc", "[\\"QUJD\\"]" ]]']
)
def test_the_sound_is_found_in_any_layout(layout: str) -> None:
    assert speech_in(f")]}}'\n\n{layout}", "rpc") == b"ABC"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("Ja", 0.1), ("Ja" + "." * 90, 0.1), ("Nee, nee   en nee.", 14 / 24), ("a" * 96, 4.0)],
)
def test_punctuation_takes_no_time(text: str, seconds: float) -> None:
    assert shortest_s(text) == pytest.approx(seconds)


@pytest.mark.parametrize("chars_per_second", [12, 16, 20])
def test_whole_speech_passes_and_half_of_it_does_not(chars_per_second: float) -> None:
    """At the paces that Dutch is read at, for the longest text."""
    text = ("woorden " * 13)[:100].strip()
    whole_s = len(text) / chars_per_second
    assert whole_s / 2 < shortest_s(text) * 1.01 < whole_s
