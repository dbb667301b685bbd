"""The process that holds libespeak-ng: it may crash, hang or exit, and only one passage has to be asked again.

It is started as a file, without the site packages, so that it costs 30 ms. Its first line is

    {"rate_hz": 22050}                                       or     {"error": "…"}

A JSON string (a text to speak) is answered with one JSON line, followed by `n_bytes` of 16 bit samples:

    {"n_bytes": 51200, "words": [[sample, start], …]}        or     {"error": "…"}

and a JSON list of texts with how each is said, in IPA:

    {"n_bytes": 0, "ipa": ["xˈutə", …]}

Source: speak_lib.h of espeak-ng 1.52 (the numbers and structures below).
"""

from __future__ import annotations

import ctypes
import json
import os
import sys

AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POS_CHARACTER = 1
EE_OK = 0
PHONEMES_IPA, PHONEMES_TIE = 0x02, 0x80
TIE = "͡"  # U+0361
PARAMETER_RATE, PARAMETER_PITCH = 1, 3
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_PHONEME = 0, 1, 7


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("languages", ctypes.c_char_p), ("identifier", ctypes.c_char_p))


_SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Engine:
    """libespeak-ng with one voice chosen.

    Raises: RuntimeError when the library does not take the voice, or takes another one in its place.
    """

    def __init__(self, library: str, data: str | None, voice: str, rate_wpm: int, pitch: int) -> None:
        self._lib = ctypes.CDLL(library)
        self._lib.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
        self._lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        where = None if data is None else data.encode()
        if self._lib.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, where, INITIALIZE_DONT_EXIT) < 0:
            raise RuntimeError("espeak-ng does not start")
        if self._lib.espeak_SetVoiceByName(voice.encode()) != EE_OK:
            raise RuntimeError(f"espeak-ng has no voice {voice}")
        # It may say success and speak in another voice, so ask which one it is.
        identifier = self._lib.espeak_GetCurrentVoice().contents.identifier.decode()
        if identifier.rpartition("/")[2] != voice:
            raise RuntimeError(f"espeak-ng chose the voice {identifier} for {voice}")
        self._lib.espeak_SetParameter(PARAMETER_RATE, rate_wpm, 0)
        self._lib.espeak_SetParameter(PARAMETER_PITCH, pitch, 0)
        self.rate_hz: int = self._lib.espeak_ng_GetSampleRate()
        self._samples: list[bytes] = []
        self._words: list[tuple[int, int]] = []
        self._callback = _SynthCallback(self._receive)  # kept: the library holds only its address
        self._lib.espeak_SetSynthCallback(self._callback)

    def _receive(self, wav: ctypes._Pointer[ctypes.c_short], n_samples: int, events: object) -> int:
        if wav and n_samples:
            self._samples.append(ctypes.string_at(wav, n_samples * 2))
        at = 0
        while (event := events[at]).type != EVENT_LIST_TERMINATED:  # type: ignore[index]
            # With MBROLA only the first word has a word event; the others stand in the phoneme that begins them.
            if event.type == EVENT_WORD or (event.type == EVENT_PHONEME and event.text_position):
                self._words.append((event.sample, event.text_position - 1))
            at += 1
        return 0

    def speak(self, text: str) -> tuple[bytes, list[tuple[int, int]]]:
        """16 bit samples, and for each word the sample at which it begins and its place in the text.

        Raises: RuntimeError when the library reports a failure.
        """
        self._samples, self._words = [], []
        raw = text.encode()
        status = self._lib.espeak_Synth(raw, len(raw) + 1, 0, POS_CHARACTER, 0, CHARS_UTF8, None, None)
        if status != EE_OK:
            raise RuntimeError(f"espeak-ng failed with status {status}")
        return b"".join(self._samples), self._words

    def ipa(self, text: str) -> str:
        """How the text is said: its clauses, a space between them."""
        rest = ctypes.c_char_p(text.encode())
        mode = PHONEMES_IPA | PHONEMES_TIE | ord(TIE) << 8
        clauses = []
        while rest.value is not None:  # the library moves it along, a clause at a time
            clauses.append(self._lib.espeak_TextToPhonemes(ctypes.byref(rest), CHARS_UTF8, mode).decode())
        return " ".join(filter(None, clauses))


def main() -> None:
    """Serve passages until standard input ends."""
    library, data, voice, rate_wpm, pitch = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the library prints must not come between the answers

    def answer(header: dict[str, object], samples: bytes = b"") -> None:
        answers.write(json.dumps(header).encode() + b"\n" + samples)
        answers.flush()

    try:
        engine = Engine(library, data or None, voice, int(rate_wpm), int(pitch))
    except (OSError, RuntimeError) as error:
        answer({"error": str(error)})
        return
    answer({"rate_hz": engine.rate_hz})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if isinstance(request, list):
            answer({"n_bytes": 0, "ipa": [engine.ipa(text) for text in request]})
            continue
        try:
            samples, words = engine.speak(request)
        except RuntimeError as error:
            answer({"error": str(error)})
        else:
            answer({"n_bytes": len(samples), "words": words}, samples)


if __name__ == "__main__":
    main()
