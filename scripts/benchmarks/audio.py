"""Our own resampler and LAME through lameenc beside pedalboard's, and BLAS with one thread and with all.

On the example article in espeak:nl. Processor seconds, medians of five, on one thread unless a line says otherwise.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command sets it; before numpy is loaded

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lameenc
import numpy as np
from measure import ARTICLE, VOORLEZER, longer, median, run
from pedalboard import Resample
from pedalboard.io import AudioFile, StreamResampler

from tts.audio import resample, to_int16
from tts.model import SAMPLE_RATE_HZ, Show
from tts.read import read_article
from tts.segment import segment
from tts.speak.engine import engine
from tts.speak.espeak import NL
from tts.speak.script import passages, script
from tts.stitch.codec import BITRATE_KBPS
from tts.stitch.mastering import COMMON_LEVEL_LUFS, TARGET_LUFS, Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RUNS = 5
ENGINE_HZ = 22_050  # espeak-ng's own rate
CLIP_S = 5
TONE_HZ = 8000
BANDS_HZ = ((0, 1000), (1000, 2000), (2000, 3000), (3000, 4000), (4000, 8000), (8000, 12_000))
TIMES_THE_ARTICLE = 3  # for a process of which start-up is the least part


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def _takes() -> list[Take]:
    """The example article as it goes into the mastering."""
    article = read_article(str(ARTICLE))
    limits = dict.fromkeys(("narrator", "quoted"), engine("espeak").max_chars)
    said = passages(script(article, article.title or "", segment(article), Show()), limits, {})
    voice = engine("espeak").open(NL)
    takes = [Take(passage, voice.speak(passage.text), COMMON_LEVEL_LUFS - voice.level_lufs) for passage in said]
    voice.close()
    return takes


def _pedalboard_resampled(samples: NDArray[np.int16], quality: Any) -> NDArray[np.float32]:
    stream = StreamResampler(ENGINE_HZ, SAMPLE_RATE_HZ, 1, quality)
    sound = np.multiply(samples[np.newaxis], 1 / 32768, dtype=np.float32)
    return np.concatenate([stream.process(sound), stream.process(None)], axis=1)[0]


def _purity_db(tone: NDArray[Any]) -> float:
    """A tone of `TONE_HZ` above everything that is not it."""
    middle = tone[SAMPLE_RATE_HZ // 2 : -SAMPLE_RATE_HZ // 2].astype(float)
    angle = 2 * np.pi * TONE_HZ / SAMPLE_RATE_HZ * np.arange(len(middle))
    basis = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    fitted = basis @ np.linalg.lstsq(basis, middle, rcond=None)[0]
    return float(10 * np.log10(np.sum(fitted**2) / np.sum((middle - fitted) ** 2)))


def _resamplers(n_seconds: int) -> None:
    noise = np.random.default_rng(0).integers(-9000, 9000, CLIP_S * ENGINE_HZ, np.int16)
    tone = np.rint(20_000 * np.sin(2 * np.pi * TONE_HZ / ENGINE_HZ * np.arange(3 * ENGINE_HZ))).astype(np.int16)
    n_clips = n_seconds // CLIP_S
    print(f"resampling {n_clips} clips of {CLIP_S} s from {ENGINE_HZ} Hz; a tone of {TONE_HZ} Hz over all else")
    ways: dict[str, Callable[[NDArray[np.int16]], NDArray[Any]]] = {"ours": lambda clip: resample(clip, ENGINE_HZ)}
    for name in ("WindowedSinc8", "WindowedSinc32", "WindowedSinc64"):
        quality = getattr(Resample.Quality, name)
        ways[f"pedalboard, {name}"] = lambda clip, quality=quality: _pedalboard_resampled(clip, quality)
    for name, way in ways.items():
        seconds = _seconds(lambda way=way: [way(noise) for _ in range(n_clips)])
        print(f"  {name:<28}{seconds:7.2f} s {_purity_db(way(tone)):6.0f} dB", flush=True)


def _lame(samples: NDArray[np.int16], quality: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_out_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_bit_rate(BITRATE_KBPS)
    encoder.set_quality(quality)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def _pedalboard_mp3(samples: NDArray[np.int16]) -> bytes:
    return AudioFile.encode(samples[np.newaxis], SAMPLE_RATE_HZ, "mp3", num_channels=1, quality=f"{BITRATE_KBPS}")


def _nearness_db(samples: NDArray[np.int16], mp3: bytes) -> list[float]:
    """The original over what is decoded less the original, a figure a band; level and delay are no difference."""
    with AudioFile(memoryview(mp3)) as file:
        decoded = file.read(file.frames)[0].astype(float)
    wanted = samples / 32768
    n = 1 << (max(len(decoded), len(wanted)) - 1).bit_length()
    spectrum = np.fft.rfft(wanted, n)
    delay = int(np.argmax(np.fft.irfft(np.fft.rfft(decoded, n) * np.conj(spectrum), n)[: SAMPLE_RATE_HZ // 2]))
    aligned = decoded[delay : delay + len(wanted)]
    wanted = wanted[: len(aligned)]
    aligned *= (wanted @ aligned) / (aligned @ aligned)
    original, error = np.abs(np.fft.rfft(wanted)) ** 2, np.abs(np.fft.rfft(aligned - wanted)) ** 2
    hz = np.fft.rfftfreq(len(wanted), 1 / SAMPLE_RATE_HZ)
    inside = [(hz >= low) & (hz < high) for low, high in BANDS_HZ]
    return [float(10 * np.log10(original[band].sum() / error[band].sum())) for band in inside]


def _encoders(samples: NDArray[np.int16]) -> None:
    print(f"encoding {len(samples) / SAMPLE_RATE_HZ:.0f} s at {BITRATE_KBPS} kbit/s; dB over the error, by band in kHz")
    print(f"  {'':<28}{'':>9}" + "".join(f"{f'{low / 1000:g}-{high / 1000:g}':>7}" for low, high in BANDS_HZ))
    ways: dict[str, Callable[[], bytes]] = {
        "lameenc, quality 7 (ours)": lambda: _lame(samples, 7),
        "lameenc, quality 5": lambda: _lame(samples, 5),
        "pedalboard": lambda: _pedalboard_mp3(samples),
    }
    for name, way in ways.items():
        nearness = "".join(f"{figure:7.1f}" for figure in _nearness_db(samples, way()))
        print(f"  {name:<28}{_seconds(way):7.2f} s{nearness}", flush=True)


def _blas() -> None:
    """Whole processes, interleaved."""
    threads = ("1", str(os.cpu_count()))
    runs: dict[str, list[Any]] = {n: [] for n in threads}
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, "artikel.txt")
        article.write_text(longer(ARTICLE.read_text(encoding="utf-8"), TIMES_THE_ARTICLE), encoding="utf-8")
        for turn, n in enumerate(threads * RUNS):
            env = {"XDG_CACHE_HOME": f"{folder}/cache{turn}", "OPENBLAS_NUM_THREADS": n}
            options = ["--offline", "--voice", "espeak:nl", "--show", f"{folder}/show{turn}"]
            runs[n].append(run([VOORLEZER, "episode", *options, str(article)], env))
    print(f"an episode of {TIMES_THE_ARTICLE} times the article, whole process")
    for n, measured in runs.items():
        figures = median(measured)
        print(f"  BLAS threads {n}: {figures.wall_s:.2f} s on the clock, {figures.cpu_s:.2f} s of processor")


def main() -> None:
    """Three tables."""
    takes = _takes()
    samples = np.concatenate([take.clip.samples for take in takes])
    gain = 10 ** ((takes[0].gain_db + TARGET_LUFS - COMMON_LEVEL_LUFS) / 20)
    samples = to_int16(samples * gain)
    _resamplers(len(samples) // SAMPLE_RATE_HZ)
    _encoders(samples)
    _blas()


if __name__ == "__main__":
    main()
