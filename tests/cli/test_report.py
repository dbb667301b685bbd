"""What `voorlezer episode` tells while it works."""

from __future__ import annotations

from io import StringIO

from tts.cli.report import Report
from tts.model import VoiceSpec
from tts.speak.cast import Cast


def test_it_tells_the_voices_why_and_how_to_get_better_ones() -> None:
    out = StringIO()
    cast = Cast(VoiceSpec("espeak", "nl"), VoiceSpec("espeak", "nl+m3"), "Google is away", better="kokoro is better")
    Report(out).cast_chosen(cast)
    first, second = out.getvalue().splitlines()
    assert first.split() == "voice espeak:nl, quotes espeak:nl+m3 (Google is away)".split()
    assert second.strip() == "kokoro is better"
