"""The one audio format of the house, in and out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from tts.audio import decode_flac, decode_mp3, encode_flac, resample
from tts.errors import CodecError
from tts.model import SAMPLE_RATE_HZ

Samples = NDArray[np.int16]
DECODER_DELAY = 1105


def tone(hz: float, seconds: float, rate_hz: int = SAMPLE_RATE_HZ, amplitude: float = 0.5) -> Samples:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.rint(np.sin(2 * np.pi * hz * time_s) * amplitude * 32767).astype(np.int16)


def bursts(rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    """Two words and a pause, with sound up to both ends."""
    return np.concatenate([tone(220, 0.4, rate_hz), np.zeros(rate_hz // 4, np.int16), tone(330, 0.5, rate_hz)])


def mp3(samples: Samples, rate_hz: int = SAMPLE_RATE_HZ, kbps: int = 64) -> bytes:
    return AudioFile.encode(samples[np.newaxis], rate_hz, "mp3", num_channels=1, quality=kbps)


def signal_to_rest_db(samples: Samples, hz: float) -> float:
    """How far everything that is not the tone lies below it, the edges left out."""
    inner = samples[2400:-2400].astype(np.float64)
    phase = 2 * np.pi * hz * np.arange(len(inner)) / SAMPLE_RATE_HZ
    basis = np.stack([np.sin(phase), np.cos(phase)], axis=1)
    rest = inner - basis @ np.linalg.lstsq(basis, inner, rcond=None)[0]
    return float(10 * np.log10((inner @ inner) / (rest @ rest)))


@given(arrays(np.int16, st.integers(1, 6000), elements=st.integers(-32768, 32767)))
def test_flac_gives_back_every_sample(samples: Samples) -> None:
    assert np.array_equal(decode_flac(encode_flac(samples)), samples)


def test_flac_is_flac_to_another_reader() -> None:
    info = FLAC(BytesIO(encode_flac(bursts()))).info  # type: ignore[no-untyped-call]  # mutagen has no types
    assert (info.sample_rate, info.channels, info.bits_per_sample) == (SAMPLE_RATE_HZ, 1, 16)
    assert info.total_samples == len(bursts())


@pytest.mark.parametrize("part", [0.01, 0.5, 0.999])
def test_cut_off_flac_is_noticed(part: float) -> None:
    data = encode_flac(bursts())
    with pytest.raises(CodecError):
        decode_flac(data[: int(len(data) * part)])


def test_damaged_flac_is_noticed() -> None:
    data = bytearray(encode_flac(bursts()))
    data[len(data) // 2] ^= 0x55
    with pytest.raises(CodecError):
        decode_flac(bytes(data))


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros((2, 9), np.int16), np.zeros(9, np.float32)])
def test_flac_refuses_what_is_not_a_clip(samples: Samples) -> None:
    with pytest.raises(CodecError, match="int16"):
        encode_flac(samples)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100])
def test_mp3_of_any_rate_keeps_its_words_whole(rate_hz: int) -> None:
    decoded = decode_mp3(mp3(bursts(rate_hz), rate_hz))
    original = bursts()
    delay = DECODER_DELAY * SAMPLE_RATE_HZ // rate_hz
    heard = decoded[delay : delay + len(original)].astype(np.float64)
    assert len(heard) == len(original)
    assert np.corrcoef(heard, original)[0, 1] > 0.99


def test_stereo_mp3_becomes_one_channel() -> None:
    data = AudioFile.encode(np.stack([bursts()] * 2), SAMPLE_RATE_HZ, "mp3", num_channels=2, quality=64)
    assert decode_mp3(data).ndim == 1


@pytest.mark.parametrize("data", [b"", b"<html>toestemming</html>" * 99, bytes(5000), b"\xff" * 5000, b"ID3"])
def test_what_is_no_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode_mp3(data)


def test_frames_that_the_decoder_would_drop_are_noticed() -> None:
    """Without a Xing header it reckons the length from the first frame's bit rate."""
    fast, slow = (without_header(mp3(bursts(), kbps=kbps)) for kbps in (128, 32))
    with pytest.raises(CodecError, match="damaged"):
        decode_mp3(fast + slow * 4)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_cut_off_mp3_that_says_its_length_is_noticed(part: float) -> None:
    data = mp3(bursts(), kbps=64)
    assert b"Info" in data[:64]
    with pytest.raises(CodecError, match="damaged"):
        decode_mp3(data[: int(len(data) * part)])


def test_tags_are_no_sound() -> None:
    file = BytesIO(mp3(bursts()))
    tags: Any = ID3()  # type: ignore[no-untyped-call]  # mutagen has no types
    tags.add(TIT2(text=["De veerman"]))  # type: ignore[no-untyped-call]
    file.seek(0)
    tags.save(file)
    assert file.getvalue().startswith(b"ID3")
    assert np.array_equal(decode_mp3(file.getvalue()), decode_mp3(mp3(bursts())))


def test_answers_of_one_bit_rate_can_be_joined() -> None:
    data = without_header(mp3(bursts()))
    assert len(decode_mp3(data + data)) >= 2 * len(bursts())


def without_header(data: bytes) -> bytes:
    """The MP3 from its second frame on, where its first is only a Xing or Info header."""
    return data[data.index(data[:2], 4) :] if b"Info" in data[:64] or b"Xing" in data[:64] else data


@pytest.mark.parametrize("from_hz", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_resampling_adds_nothing_to_a_tone(from_hz: int, part: float) -> None:
    hz = part * min(from_hz, SAMPLE_RATE_HZ) / 2
    assert signal_to_rest_db(resample(tone(hz, 1.0, from_hz), from_hz), hz) > 80


@pytest.mark.parametrize("hz", [12_500, 15_000, 20_000])
def test_what_does_not_fit_is_not_folded_back(hz: int) -> None:
    folded = resample(tone(hz, 1.0, 48_000), 48_000)[2400:-2400]
    assert np.abs(folded).max() <= 2


@given(
    st.sampled_from([8_000, 16_000, 22_050, 44_100, 48_000]),
    arrays(np.int16, st.integers(0, 3000), elements=st.integers(-32768, 32767)),
)
def test_resampling_keeps_the_length(from_hz: int, samples: Samples) -> None:
    assert len(resample(samples, from_hz)) == -(-len(samples) * SAMPLE_RATE_HZ // from_hz)


def test_resampling_delays_nothing() -> None:
    """The same sound at two rates lies at the same times."""
    error = resample(tone(440, 0.5, 22_050), 22_050)[200:-200].astype(int) - tone(440, 0.5)[200:-200]
    assert np.abs(error).max() <= 3


@pytest.mark.parametrize("from_hz", [0, -1, 22_051])
def test_an_odd_rate_is_refused(from_hz: int) -> None:
    with pytest.raises(CodecError, match="Hz"):
        resample(bursts(), from_hz)
