"""What a Dutch speech recogniser hears, and how much of it is wrong: the recogniser and the ruler of ../shared/asr."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import wave
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from measure import ROOT

from tests.listening.scoring import Count, Errors
from tts.model import SAMPLE_RATE_HZ, SAMPLE_WIDTH_BYTES
from tts.speak.dutch import to_spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ASR = ROOT.parent / "shared" / "asr"
PROCESS = Path(__file__).with_name("recogniser.py")

sys.path.insert(0, str(ASR))

try:
    import wer
except ModuleNotFoundError:
    sys.exit(f"the recogniser and its ruler are not here: {ASR} is missing")


class Recogniser:
    """Writes down what it hears, in a process of its own that starts at the first recording."""

    def __init__(self, n_threads: int) -> None:
        self._python = os.environ.get("ASR_PYTHON") or sys.exit(
            f"set ASR_PYTHON to the Python that {ASR / 'README.md'} installs"
        )
        self._n_threads = n_threads

    @cached_property
    def _process(self) -> subprocess.Popen[str]:
        command = [self._python, str(PROCESS), str(self._n_threads)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @cached_property
    def version(self) -> str:
        """Another one when it would hear otherwise."""
        return hashlib.sha256(PROCESS.read_bytes() + (ASR / "transcribe.py").read_bytes()).hexdigest()

    def transcript(self, samples: NDArray[np.int16]) -> str:
        """The words in the recording."""
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            with wave.open(file.name, "wb") as recording:
                recording.setparams((1, SAMPLE_WIDTH_BYTES, SAMPLE_RATE_HZ, 0, "NONE", ""))
                recording.writeframes(samples.tobytes())
            print(file.name, file=self._process.stdin, flush=True)
            line = self._process.stdout.readline()
        return line.rstrip("\n") if line else sys.exit("the recogniser stopped")

    def close(self) -> None:
        """End the process."""
        if "_process" in self.__dict__:
            self._process.stdin.close()
            self._process.wait()


class Memory:
    """What was heard before: a file to which a line of JSON is added for each recording."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+", encoding="utf-8")
        self._file.seek(0)
        self._known: dict[str, list[object]] = dict(json.loads(line) for line in self._file)

    def get(self, *key: str) -> list[object] | None:
        return self._known.get(self._digest(key))

    def put(self, *key: str, value: list[object]) -> None:
        digest = self._digest(key)
        self._known[digest] = value
        print(json.dumps([digest, value], ensure_ascii=False), file=self._file, flush=True)

    @staticmethod
    def _digest(key: tuple[str, ...]) -> str:
        return hashlib.sha256(json.dumps(key).encode()).hexdigest()


def readings(transcript: str) -> tuple[str, str]:
    """The transcript, and its numbers as Voorlezer reads them: the recogniser writes many in digits."""
    return transcript, to_spoken(transcript).text


def letters(text: str) -> list[str]:
    """Characters without spaces: a recogniser writes compounds apart and "k n m i" as one word."""
    return list("".join(wer.normalise(text)))


def wrong(gold: list[str], heard: list[str]) -> Count:
    """Wrong items, and items that it should have been."""
    return Count(sum(wer.edits(gold, heard)), len(gold))


def errors(text: str, transcript: str) -> Errors:
    """What is wrong in the transcript, by the reading that is nearer."""
    gold = wer.normalise(text)
    every = [_errors(gold, wer.normalise(reading)) for reading in dict.fromkeys(readings(transcript))]
    return min(every, key=lambda one: (one.chars.n_wrong, one.words.n_wrong))


def _errors(gold: list[str], heard: list[str]) -> Errors:
    joined = Count(sum(wer.edits(gold, heard, joins=True)), len(gold))
    return Errors(wrong(gold, heard), joined, wrong(list(" ".join(gold)), list(" ".join(heard))))
