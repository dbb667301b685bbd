"""espeak-ng: a small voice on the machine itself, and MBROLA's Dutch voices where they are installed.

The wheel `espeakng-loader` brings library and data. It can't drive MBROLA (and may say it did), so those voices go
through the system's own espeak-ng. Either way the library lives in a process of its own, see `espeak_worker`.
"""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import itertools
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import espeakng_loader

from tts.errors import VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, Clip, Mark, VoiceSpec

ENGINE_RATE_WPM = 175  # espeak-ng's own default
ENGINE_PITCH = 50  # its default, of 0 to 99
PITCH_STEPS_PER_SEMITONE = 6.1  # measured on nl and nl+m3: -33 to +46 steps are -4.5 to +8 semitones
MAX_CHARS = 600  # one long sentence; a passage is the unit of the timeline, so more would only coarsen it
ANSWER_WITHIN_S = 30.0  # a passage takes a few hundredths of a second

# By `scripts/bench levels`. espeak-ng's other variants lie somewhere between its two, and may cost a second pass.
LEVELS_LUFS = {"nl": -23.9, "nl+m3": -21.0, "nl2": -21.9, "nl3": -19.6}
DEFAULT_LEVEL_LUFS = -22.0

MBROLA_FOLDERS = (Path("/usr/share/mbrola"), Path("/usr/share/espeak-ng-data/mbrola"))
MBROLA_HINT = "Debian and Ubuntu have them in contrib and non-free: apt install espeak-ng mbrola mbrola-nl2 mbrola-nl3"


@dataclass(frozen=True, slots=True)
class _Library:
    """How to start libespeak-ng.

    data : where its data lies, relative to `folder`: it exits when that path is longer than 160 characters, so the
           worker starts in the folder and says ".". None for the system's own.
    """

    path: str
    folder: Path | None
    data: str
    voice_prefix: str
    version: str


def missing(spec: VoiceSpec) -> str | None:
    """What this machine lacks to speak in this voice, None when it lacks nothing."""
    if spec.engine != "mbrola":
        return None
    lacking = [
        name
        for name, there in (
            ("espeak-ng", shutil.which("espeak-ng") is not None),
            ("mbrola", shutil.which("mbrola") is not None),
            (f"mbrola-{spec.name}", any((folder / spec.name / spec.name).exists() for folder in MBROLA_FOLDERS)),
        )
        if not there
    ]
    return f"not installed: {', '.join(lacking)}. {MBROLA_HINT}" if lacking else None


def names() -> set[str]:
    """All names of espeak-ng's own Dutch voice: plain, and in each of its variants of timbre."""
    variants = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    return {"nl", *(f"nl+{path.name}" for path in variants.iterdir())}


class EspeakVoice:
    """A voice of espeak-ng ("nl", "nl+m3") or, through it, of MBROLA ("nl2", "nl3").

    `speak` may be called from several threads; each call under way has a worker of its own.

    Raises: VoiceMissing when the machine lacks something for this voice.
    """

    max_chars = MAX_CHARS

    def __init__(self, spec: VoiceSpec) -> None:
        if lack := missing(spec):
            raise VoiceMissing(f"the voice {spec.label} can't be used here, {lack}")
        self._library = _system_library() if spec.engine == "mbrola" else _bundled_library()
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._closed = False
        self.spec = spec
        self.version = self._library.version
        self.lanes = os.cpu_count() or 1
        self.level_lufs = LEVELS_LUFS.get(spec.name, DEFAULT_LEVEL_LUFS)

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, with a mark for each word.

        A worker that dies or hangs is replaced, and the passage asked once more.

        Raises: VoiceRefused when that does not help; VoiceMissing when the library does not take the voice.
        """
        try:
            return self._ask(text)
        except _WorkerDied:
            try:
                return self._ask(text)
            except _WorkerDied as error:
                raise VoiceRefused(f"espeak-ng stopped twice at this passage, change its text: {text!r}") from error

    def _ask(self, text: str) -> Clip:
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self._library, self.spec)
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


class _WorkerDied(Exception):
    pass


class _Worker:
    def __init__(self, library: _Library, spec: VoiceSpec) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                *("-I", "-S"),
                str(Path(__file__).with_name("espeak_worker.py")),
                library.path,
                library.data,
                library.voice_prefix + spec.name,
                str(round(ENGINE_RATE_WPM * spec.pace)),
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
        import numpy as np  # 0.1 s that a run which finds nothing to speak does not spend

        from tts.audio import resample

        alarm = threading.Timer(ANSWER_WITHIN_S, self._process.kill)
        alarm.start()
        try:
            self._write(json.dumps(text).encode() + b"\n")
            header = self._header()
            if "error" in header:
                raise VoiceRefused(f"{header['error']} at: {text!r}")
            raw = self._read(header["n_bytes"])
        finally:
            alarm.cancel()
        samples = resample(np.frombuffer(raw, np.int16), self._rate_hz)
        return Clip(samples, _marks(text, header["words"], self._rate_hz))

    def _write(self, data: bytes) -> None:
        try:
            self._to.write(data)
            self._to.flush()
        except OSError as error:
            raise _WorkerDied from error

    def _header(self) -> dict[str, Any]:
        line = self._from.readline()
        if not line.endswith(b"\n"):
            raise _WorkerDied
        header: dict[str, Any] = json.loads(line)
        return header

    def _read(self, n_bytes: int) -> bytes:
        data = self._from.read(n_bytes)
        if len(data) < n_bytes:
            raise _WorkerDied
        return data

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


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


def _bundled_library() -> _Library:
    path = Path(espeakng_loader.get_library_path())
    return _Library(str(path), path.parent, ".", "", importlib.metadata.version("espeakng-loader"))


def _system_library() -> _Library:
    path = ctypes.util.find_library("espeak-ng")
    if path is None:
        raise VoiceMissing(f"espeak-ng is not installed. {MBROLA_HINT}")
    return _Library(path, None, "", "mb-", f"system-{_system_version(path)}")


def _system_version(path: str) -> str:
    info = ctypes.CDLL(path).espeak_Info
    info.restype = ctypes.c_char_p
    version: bytes = info(None)
    return version.decode()
