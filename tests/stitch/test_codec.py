from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stitch.material import by_ffmpeg, decoded, speech, tool
from tts.errors import CodecError
from tts.stitch.blocks import in_blocks
from tts.stitch.codec import read_mp3, write_mp3
from tts.stitch.info_header import FRAME_BYTES, FRAME_SAMPLES

if TYPE_CHECKING:
    from pathlib import Path


def _sound(seconds: float) -> np.ndarray:
    return (speech(seconds) / 32768).astype(np.float32)


def _written(path: Path, sound: np.ndarray) -> bytes:
    frames: list[bytes] = []
    write_mp3(path, in_blocks([sound]), frames.append)
    return b"".join(frames)


def _bursts(seconds: int) -> np.ndarray:
    """Ten milliseconds of tone at the start of each second."""
    tone = 0.5 * np.sin(2 * np.pi * 3000 * np.arange(240) / 24000)
    sound = np.zeros(seconds * 24000, np.float32)
    for second in range(seconds):
        sound[second * 24000 :][:240] = tone
    return sound


def _onsets(sound: np.ndarray) -> np.ndarray:
    """Where each second's burst is first half as high as it gets."""
    return np.array([np.argmax(np.abs(second) > np.abs(second).max() / 2) for second in sound.reshape(-1, 24000)])


def test_constant_bit_rate_with_a_true_info_header(tmp_path: Path) -> None:
    """The Info header of LAME: flags, frames, bytes; then at 0x8D from "Info" delay and padding in 12 bits each."""
    path = tmp_path / "a.mp3"
    sound = _sound(7.3)
    frames = _written(path, sound)
    data = path.read_bytes()
    assert data[FRAME_BYTES:] == frames
    assert len(data) % FRAME_BYTES == 0
    headers = {data[at : at + 3] for at in range(0, len(data), FRAME_BYTES)}
    assert headers == {b"\xff\xf3\x84"}  # MPEG-2, layer III, 64 kbit/s, 24 kHz, no padding: in every frame
    info = data.index(b"Info")
    assert info == 13
    n_frames, n_bytes = (int.from_bytes(data[info + at : info + at + 4]) for at in (8, 12))
    assert n_frames == len(frames) // FRAME_BYTES
    assert n_bytes == len(data)
    gapless = int.from_bytes(data[info + 141 : info + 144])
    delay, padding = gapless >> 12, gapless & 0xFFF
    assert n_frames * FRAME_SAMPLES - delay - padding == len(sound)


@pytest.mark.parametrize("hz", [220, 440])
def test_a_beginning_in_which_the_decoder_looks_far_for_what_it_is(tmp_path: Path, hz: int) -> None:
    sound = 0.2 * np.sin(2 * np.pi * hz * np.arange(20 * 24000) / 24000).astype(np.float32)
    frames = _written(tmp_path / "a.mp3", sound)
    heard = np.concatenate(list(read_mp3(frames[at : at + 5000] for at in range(0, len(frames), 5000))))
    assert np.array_equal(heard[: len(sound)], decoded(tmp_path / "a.mp3")[: len(sound)])


def test_what_is_decoded_lies_on_the_timeline(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    sound = _bursts(8)
    frames = _written(path, sound)
    heard = np.concatenate(list(read_mp3([frames])))[: len(sound)]
    assert np.abs(_onsets(heard) - _onsets(sound)).max() <= 24  # one millisecond
    assert np.array_equal(heard, decoded(path)[: len(heard)])


@pytest.mark.tools
def test_ffmpeg_hears_the_same_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    sound = _bursts(8)
    frames = _written(path, sound)
    heard = by_ffmpeg(path)
    assert len(heard) == len(sound)
    ours = np.concatenate(list(read_mp3([frames])))[: len(sound)]
    assert np.array_equal(_onsets(heard), _onsets(ours))
    # The two decoders differ where a frame switches to short blocks: 43 dB below the sound, here.
    assert np.square(heard - ours).sum() < 1e-4 * np.square(ours).sum()


@pytest.mark.tools
def test_ffprobe_reads_its_format(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    _written(path, _sound(10))
    entries = "stream=codec_name,sample_rate,channels,bit_rate"
    command = [tool("ffprobe"), "-v", "error", "-show_entries", entries, "-of", "csv=p=0", str(path)]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip() == "mp3,24000,1,64000"


def test_what_went_in_is_as_loud_as_what_comes_out(tmp_path: Path) -> None:
    sound = _sound(20)
    frames = _written(tmp_path / "a.mp3", sound)
    heard = np.concatenate(list(read_mp3([frames])))
    rms = [np.sqrt(np.mean(np.square(s[: len(sound)], dtype=float))) for s in (sound, heard)]
    assert 20 * np.log10(rms[1] / rms[0]) == pytest.approx(0, abs=0.1)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40_000), max_size=8))
def test_pieces_of_any_length_decode_the_same(tmp_path: Path, cuts: list[int]) -> None:
    frames = _written(tmp_path / "a.mp3", _sound(5))
    edges = [0, *sorted(cuts), len(frames)]
    pieces = [frames[a:b] for a, b in pairwise(edges)]
    assert np.array_equal(np.concatenate(list(read_mp3(pieces))), np.concatenate(list(read_mp3([frames]))))


@pytest.mark.parametrize("n", [0, 1, 500, 24_000])
def test_short_sound(tmp_path: Path, n: int) -> None:
    frames = _written(tmp_path / "a.mp3", np.zeros(n, np.float32))
    heard = np.concatenate(list(read_mp3([frames])))
    assert n <= len(heard) < n + 3 * FRAME_SAMPLES


def test_what_is_no_mp3_is_refused() -> None:
    with pytest.raises(CodecError, match="cannot be decoded"):
        list(read_mp3([b"no sound at all" * 100]))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodecError, match="No such file"):
        _written(tmp_path / "absent" / "a.mp3", _sound(1))


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from tests.stitch.test_codec import _sound, _written
from tts.errors import CodecError
sound = _sound(30)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    _written(Path(sys.argv[1]), sound)
except CodecError as error:
    print(error)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "a.mp3")]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert "File too large" in told
    assert told.count("\n") == 1
