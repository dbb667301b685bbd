"""Sound to test with: something like speech, made here, and readers of MP3 that are not ours."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pedalboard.io import AudioFile

from tts.model import SAMPLE_RATE_HZ, Clip, Passage
from tts.stitch import Take

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tts.model import Part, PassageKind


def passage(
    text: str = "Een zin.",
    *,
    block: int | None = 0,
    index: int = 0,
    kind: PassageKind = "narration",
    speaker: str | None = None,
    source: str | None = None,
) -> Passage:
    part: Part = "quoted" if kind == "quote" else "narrator"
    return Passage(block, index, kind, part, text, text if source is None else source, speaker)


def speech(seconds: float, seed: int = 0, level: float = 0.1, pitch_hz: float = 120.0) -> NDArray[np.int16]:
    """Glottal pulses through three formants, in syllables, with breath noise: peaks some 15 dB above its level."""
    rng = np.random.default_rng(seed)
    n = int(seconds * SAMPLE_RATE_HZ)
    t = np.arange(n) / SAMPLE_RATE_HZ
    phase = np.cumsum(pitch_hz * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * t)) / SAMPLE_RATE_HZ)
    pulses = (np.diff(np.floor(phase), prepend=0.0) > 0).astype(float)
    ring = np.arange(int(0.02 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    formants = np.array([np.sin(2 * np.pi * f * ring) / k for k, f in enumerate((550, 1500, 2600), 1)]).sum(axis=0)
    voiced = np.convolve(pulses, formants * np.exp(-90 * ring))[:n] + 0.02 * rng.standard_normal(n)
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * t + rng.uniform(0, 6)), 0, 1) ** 0.5
    knots = np.arange(int(seconds) + 2)
    stress = np.interp(t, knots, rng.uniform(0.2, 1.0, len(knots)))
    sound = voiced * syllables * stress
    sound *= level / np.sqrt(np.mean(sound**2))
    return np.asarray(np.clip(sound * 32767, -32768, 32767), np.int16)


def talk(n_clips: int, seconds: float = 6.0) -> list[Take]:
    """Takes of two voices whose levels and peaks differ strongly."""
    takes = []
    for k in range(n_clips):
        quoted = k % 3 == 2
        sound = speech(seconds, seed=k, level=0.03 if quoted else 0.12, pitch_hz=210 if quoted else 105)
        said = passage(block=k, kind="quote" if quoted else "narration", speaker="Noor Bakker" if quoted else None)
        takes.append(Take(said, Clip(sound), 9.0 if quoted else -2.5))
    return takes


def decoded(path: Path) -> NDArray[np.float32]:
    """By pedalboard in one go, put in time by hand: 1105 samples late, as measured with ffmpeg beside it."""
    with AudioFile(str(path)) as file:
        return file.read(file.frames)[0, 1105:]


def tool(name: str) -> str:
    """Where the program is; skips the test where it is absent."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def by_ffmpeg(path: Path) -> NDArray[np.float32]:
    """All samples, with the encoder's delay and padding taken off as a player does."""
    command = [tool("ffmpeg"), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4")


def ebur128(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak, by ffmpeg."""
    command = [
        tool("ffmpeg"),
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    summary = subprocess.run(command, capture_output=True, check=True, text=True).stderr.rpartition("Summary:")[2]
    found = re.search(r"I:\s+(\S+) LUFS.*Peak:\s+(\S+) dBFS", summary, re.DOTALL)
    if found is None:
        raise ValueError(summary)
    return float(found[1]), float(found[2])
