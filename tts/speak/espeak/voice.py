"""espeak-ng, which lives in a process of its own, see `worker`. The wheel `espeakng-loader` brings library and data."""

from __future__ import annotations

import importlib.metadata
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import espeakng_loader

from tts.errors import VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, Clip, Mark, VoiceSpec
from tts.speak.espeak import EspeakEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

# What espeak-ng's "-s" would be; its own default is 175. By the recogniser, on the dev set; both are about 150 words a
# minute, a newsreader's pace (at one -s MBROLA speaks a seventh faster). Characters wrong: "nl" 36 % at 175, 29 % at
# 150, and 25 % at 130, which drags; "nl2" 25 % at 175, 19 % at 155. Measured and left alone, as no interval left nought
# out: pitch, its range, gaps between words at one pace, equalising, compressing, phonemes in place of letters.
DEFAULT_RATE_WPM = 150
RATES_WPM = {"nl2": 130, "nl3": 130}
ENGINE_PITCH = 50  # its default, of 0 to 99
PITCH_STEPS_PER_SEMITONE = 6.1  # measured on nl and nl+m3: -33 to +46 steps are -4.5 to +8 semitones
ANSWER_WITHIN_S = 30.0  # a passage takes a few hundredths of a second

# By `scripts/bench levels`. espeak-ng's other variants lie somewhere between its two, and may cost a second pass.
LEVELS_LUFS = {"nl": -23.2, "nl+m3": -20.2, "nl2": -20.8, "nl3": -19.0}
DEFAULT_LEVEL_LUFS = -22.0


@dataclass(frozen=True, slots=True)
class Library:
    """How to start libespeak-ng.

    data : where its data lies, relative to `folder`: it exits when that path is longer than 160 characters, so the
           worker starts in the folder and says ".". None for the system's own.
    """

    path: str
    folder: Path | None
    data: str
    voice_prefix: str
    version: str


def names() -> set[str]:
    """All names of espeak-ng's own Dutch voice: plain, and in each of its variants of timbre."""
    variants = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    return {"nl", *(f"nl+{path.name}" for path in variants.iterdir())}


class EspeakVoice:
    """A voice of espeak-ng ("nl", "nl+m3") or, through the system's library, of MBROLA ("nl2", "nl3").

    `speak` may be called from several threads; each call under way has a worker of its own.

    Raises: VoiceMissing when the library does not take the voice.
    """

    max_chars = EspeakEngine.max_chars

    def __init__(self, spec: VoiceSpec, library: Library) -> None:
        self._library = library
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._closed = False
        self.spec = spec
        self.version = f"{self._library.version} at {_rate_wpm(spec)}"
        self.lanes = os.cpu_count() or 1
        self.level_lufs = LEVELS_LUFS.get(spec.name, DEFAULT_LEVEL_LUFS)

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, with a mark for each word.

        A worker that dies or hangs is replaced, and the passage asked once more.

        Raises: VoiceRefused when that does not help; VoiceMissing when the library does not take the voice.
        """
        try:
            return self._ask(text)
        except WorkerDied:
            try:
                return self._ask(text)
            except WorkerDied as error:
                raise VoiceRefused(f"espeak-ng stopped twice at this passage, change its text: {text!r}") from error

    def _ask(self, text: str) -> Clip:
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = Worker(self._library, self.spec)
        try:
            clip = worker.speak(text)
        except BaseException:
            worker.close()
            raise
        if self._closed:
            worker.close()
        else:
            self._idle.put(worker)
        return clip

    def close(self) -> None:
        """End the workers, those that speak just now as soon as they have finished."""
        self._closed = True
        while not self._idle.empty():
            self._idle.get_nowait().close()


class WorkerDied(Exception):
    """The process ended, or was ended because it hung; another one may be asked."""


class Worker:
    """A process that holds libespeak-ng with one voice; for one thread at a time.

    Raises: VoiceMissing when the library does not take the voice.
    """

    def __init__(self, library: Library, spec: VoiceSpec) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                *("-I", "-S"),
                str(Path(__file__).with_name("worker.py")),
                library.path,
                library.data,
                library.voice_prefix + spec.name,
                str(round(_rate_wpm(spec) * spec.pace)),
                str(round(ENGINE_PITCH + PITCH_STEPS_PER_SEMITONE * spec.pitch)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=library.folder,
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        hello = self._header()
        if "error" in hello:
            self.close()
            raise VoiceMissing(f"the voice {spec.label} can't be used here: {hello['error']}")
        self._rate_hz: int = hello["rate_hz"]

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, with a mark for each word.

        Raises: WorkerDied; VoiceRefused when the library reports a failure.
        """
        import numpy as np  # 0.1 s that a run which finds nothing to speak does not spend

        from tts.audio import resample

        header, raw = self._ask(text)
        samples = resample(np.frombuffer(raw, np.int16), self._rate_hz)
        return Clip(samples, _marks(text, header["words"], self._rate_hz))

    def ipa(self, texts: Sequence[str]) -> list[str]:
        """How each text is said, in IPA; the symbols of one sound are tied with "͡" (U+0361).

        Raises: WorkerDied.
        """
        header, _ = self._ask(texts)
        ipa: list[str] = header["ipa"]
        return ipa

    def _ask(self, request: str | Sequence[str]) -> tuple[dict[str, Any], bytes]:
        alarm = threading.Timer(ANSWER_WITHIN_S, self._process.kill)
        alarm.start()
        try:
            self._write(json.dumps(request).encode() + b"\n")
            header = self._header()
            if "error" in header:
                raise VoiceRefused(f"{header['error']} at: {request!r}")
            return header, self._read(header["n_bytes"])
        finally:
            alarm.cancel()

    def _write(self, data: bytes) -> None:
        try:
            self._to.write(data)
            self._to.flush()
        except OSError as error:
            raise WorkerDied from error

    def _header(self) -> dict[str, Any]:
        line = self._from.readline()
        if not line.endswith(b"\n"):
            raise WorkerDied
        header: dict[str, Any] = json.loads(line)
        return header

    def _read(self, n_bytes: int) -> bytes:
        data = self._from.read(n_bytes)
        if len(data) < n_bytes:
            raise WorkerDied
        return data

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _rate_wpm(spec: VoiceSpec) -> int:
    return RATES_WPM.get(spec.name, DEFAULT_RATE_WPM)


def _marks(text: str, words: list[tuple[int, int]], rate_hz: int) -> tuple[Mark, ...]:
    """A mark for each word that an event names; the parts of "Noord-Holland" may each have their own."""
    at_start: dict[int, int] = {}
    for at, start in words:
        if start < len(text) and text[start].isalnum():
            at_start.setdefault(start, at * SAMPLE_RATE_HZ // rate_hz)
    starts = sorted(at_start)
    return tuple(
        Mark(at_start[start], start, start + len(text[start:following].split(maxsplit=1)[0]))
        for start, following in itertools.pairwise([*starts, len(text)])
    )


def bundled_library() -> Library:
    """espeak-ng as its wheel brings it."""
    path = Path(espeakng_loader.get_library_path())
    return Library(str(path), path.parent, ".", "", importlib.metadata.version("espeakng-loader"))
