"""What Google answers, believed only after a check."""

from __future__ import annotations

import base64
import json

import numpy as np

from tts.audio import decode_mp3
from tts.errors import CodecError, VoiceBusy, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, Clip

# Dutch is read at 12 to 20 characters a second, pauses counted in. An answer that was cut in half therefore
# seems to go at 24 or more, and no whole one does.
_FASTEST_CHARS_PER_SECOND = 24.0
_FAINTEST_PEAK = 33  # of 32768: -60 dB, below that it is silence
_SHORTEST_S = 0.1


class NotSpeech(VoiceRefused):
    """The answer is whole, but no speech; the next one may be."""


def speech_in(page: str, rpc: str) -> bytes:
    """The MP3 in an answer to the call `rpc` of Google's batchexecute.

    Raises: NotSpeech, for another page or no audio; VoiceBusy, where the answer was cut off.
    """
    marker = f'"{rpc}",'
    at = page.find(marker)
    if at < 0:
        raise NotSpeech("a page instead of speech")
    try:
        # Only the value behind the name: rows stand on lines of their own or not, as Google likes.
        payload, _ = json.JSONDecoder().raw_decode(page[at + len(marker) :].lstrip())
        row = json.loads(payload) if isinstance(payload, str) else None
        if not (isinstance(row, list) and row and isinstance(row[0], str) and row[0]):
            raise NotSpeech("an answer without sound")
        return base64.b64decode(row[0], validate=True)
    except (ValueError, RecursionError) as error:  # what json and base64 raise
        raise VoiceBusy("the answer was cut off") from error


def checked_clip(text: str, mp3: bytes) -> Clip:
    """The MP3 as a clip that is sound and long enough for all of `text`.

    Raises: NotSpeech, for something that is no MP3 or silence; VoiceBusy, where it is too short.
    """
    try:
        samples = decode_mp3(mp3)
    except CodecError as error:
        raise NotSpeech(f"no sound that can be played ({error})") from error
    if not samples.size or int(np.abs(samples.astype(np.int32)).max()) < _FAINTEST_PEAK:
        raise NotSpeech("an answer of silence")
    spoken_s = len(samples) / SAMPLE_RATE_HZ
    if spoken_s < shortest_s(text):
        raise VoiceBusy(f"the speech was cut off ({spoken_s:.1f} s for {len(text)} characters)")
    return Clip(samples, encoded=mp3)


def shortest_s(text: str) -> float:
    """Shorter than this nobody says it all; punctuation and double spaces take no time."""
    n_spoken = sum(char.isalnum() for char in text) + max(0, len(text.split()) - 1)
    return max(_SHORTEST_S, n_spoken / _FASTEST_CHARS_PER_SECOND)
