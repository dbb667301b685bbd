from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import webvtt
from hypothesis import given
from hypothesis import strategies as st

from tests.stitch.material import passage
from tts.model import Cue, Mark
from tts.stitch.transcript import LINE_CHARS, captions, srt, transcript_json, vtt

if TYPE_CHECKING:
    from collections.abc import Sequence

SECOND = 24_000
LONG = (
    "De wethouder zei dat de brug, die in 1931 gebouwd is, nog voor de zomer van 2031 vernieuwd wordt en dat de "
    "omwonenden daarvan weinig zullen merken, behalve in de weken waarin het oude brugdek wordt weggehaald."
)


def _read(cues: Sequence[Cue], n_samples: int) -> list[webvtt.Caption]:
    read: list[webvtt.Caption] = webvtt.from_string(vtt(captions(cues, n_samples))).captions
    return read


def test_who_says_what_and_when() -> None:
    cues = [
        Cue(passage("Het kost duizend euro.", source="Het kost € 1.000."), SECOND, 2 * SECOND),
        Cue(passage("Te duur.", block=1, kind="quote", speaker="Noor Bakker"), 4 * SECOND, SECOND + 12),
        Cue(passage("Ja.", block=2, kind="quote"), 3_700 * SECOND, SECOND),
    ]
    first, second, third = _read(cues, 3_701 * SECOND)
    assert (first.voice, first.text) == ("Voorlezer", "Het kost € 1.000.")
    assert (first.start, first.end) == ("00:00:01.000", "00:00:03.000")
    assert (second.voice, second.text) == ("Noor Bakker", "Te duur.")
    assert (second.start, second.end) == ("00:00:04.000", "00:00:05.000")
    assert (third.voice, third.start) == ("Citaat", "01:01:40.000")


def test_a_long_passage_goes_on_in_further_cues() -> None:
    read = _read([Cue(passage(LONG), 0, 10 * SECOND)], 10 * SECOND)
    assert len(read) == 2
    assert read[0].end == read[1].start
    assert read[1].end == "00:00:10.000"
    assert " ".join(caption.text for caption in read).split() == LONG.split()


def test_word_times_move_the_break() -> None:
    """All words but the last few are said in the last second."""
    marks = tuple(Mark(9 * SECOND + at, at, at + 1) for at in range(0, len(LONG), 10))
    read = _read([Cue(passage(LONG), 0, 10 * SECOND, marks)], 10 * SECOND)
    assert read[0].start == "00:00:00.000"
    assert read[1].start.startswith("00:00:09.")


def test_signs_with_a_meaning_in_webvtt_are_escaped() -> None:
    text = "Als a < b & b > c --> dan <v Niemand>"
    file = vtt(captions([Cue(passage(text, kind="quote", speaker="Bos & <Zn>"), 0, SECOND)], SECOND))
    assert file.count("-->") == 1
    assert "<v Bos &amp; &lt;Zn&gt;>Als a &lt; b &amp; b &gt; c --&gt; dan &lt;v Niemand&gt;" in file


def test_an_empty_episode_is_still_a_file() -> None:
    assert _read([], SECOND) == []


_WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=90), max_size=40)


@given(_WORDS)
def test_lines_are_short_and_say_the_source(words: list[str]) -> None:
    source = " ".join(words)
    file = vtt(captions([Cue(passage("Spraak.", source=source), 0, 60 * SECOND)], 60 * SECOND))
    payload = [
        re.sub("^<v Voorlezer>", "", line)
        for block in file.split("\n\n")[1:]
        for line in block.splitlines()
        if "-->" not in line
    ]
    lines = [line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for line in payload]
    assert all(len(line) <= LINE_CHARS for line in lines)
    assert "".join(lines).replace(" ", "") == source.replace(" ", "")


def test_srt_names_whoever_takes_over() -> None:
    cues = [
        Cue(passage("De brug is dicht."), SECOND, SECOND),
        Cue(passage("Hij blijft dicht."), 3 * SECOND, SECOND),
        Cue(passage("Te duur <b>!</b>", block=1, kind="quote", speaker="Noor Bakker"), 3_661 * SECOND, SECOND),
    ]
    assert srt(captions(cues, 3_700 * SECOND)) == (
        "1\n00:00:01,000 --> 00:00:02,000\nVoorlezer: De brug is dicht.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nHij blijft dicht.\n\n"
        "3\n01:01:01,000 --> 01:01:02,000\nNoor Bakker: Te duur ‹b›!‹/b›\n"
    )


def test_a_name_for_which_the_line_has_no_room_gets_one_of_its_own() -> None:
    words = "Dit is een zin die de regel van vijfenzestig tekens bijna vult, ja."[:LINE_CHARS]
    shown = captions([Cue(passage(words, kind="quote", speaker="Noor " * 20), 0, SECOND)], SECOND)
    name, line = srt(shown).splitlines()[2:4]
    assert line == words
    assert len(name) <= LINE_CHARS
    assert name.endswith(":")


def test_json_has_the_captions_in_seconds() -> None:
    read = json.loads(transcript_json(captions([Cue(passage(LONG), SECOND // 2, 10 * SECOND)], 11 * SECOND)))
    assert " ".join(segment["body"] for segment in read["segments"]) == LONG
    assert read["segments"][0]["startTime"] == 0.5
    assert read["segments"][-1]["endTime"] == 10.5
    assert {segment["speaker"] for segment in read["segments"]} == {"Voorlezer"}
