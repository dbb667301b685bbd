"""Whisper base in PyTorch, from CTranslate2's file: how unlikely it finds a text, given a sound, with the gradient.

It hears as ../shared/asr and scripts/benchmarks/recogniser.py let it: the silence at the ends cut to 0.2 s, filled up
to 10 s. Source: whisper/model.py of the PyPI package openai-whisper, feature_extractor.py of faster-whisper, both MIT.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from tokenizers import Tokenizer
from torch import Tensor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PROMPT = [50258, 50271, 50359, 50363]  # start of transcript, Dutch, transcribe, no timestamps
END = 50257
N_FRAMES, HOP, RATE_HZ = 1000, 160, 16_000
_HALF = 4  # CTranslate2's number for 16-bit floats
_SIZES = {0: 4, 1: 1, 2: 2, 3: 4, _HALF: 2}


def weights(path: Path) -> dict[str, Tensor]:
    """The 16-bit floats of a model.bin of CTranslate2, version 6 of its format."""
    data, at = path.read_bytes(), 4

    def number(kind: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(f"<{kind}", data, at)
        at += struct.calcsize(kind)
        return int(value)

    def text() -> str:
        nonlocal at
        size = number("H")
        at += size
        return data[at - size : at - 1].decode()

    text(), number("I")
    found = {}
    for _ in range(number("I")):
        name, shape = text(), [number("I") for _ in range(number("B"))]
        kind, size = number("B"), number("I")
        if kind == _HALF:
            values = np.frombuffer(data, np.float16, size // _SIZES[kind], at).reshape(shape)
            found[name] = torch.from_numpy(values.astype(np.float32))
        at += size
    return found


def _filters() -> NDArray[np.float32]:
    """80 triangles in mel, as librosa and Whisper have them; shape (80, 201)."""
    mels = np.linspace(0, 45.245640471924965, 82)
    hz = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(np.log(6.4) / 27 * (mels - 15)))
    apart = hz[:, None] - np.fft.rfftfreq(400, 1 / RATE_HZ)
    steps = np.diff(hz)[:, None]
    triangles = np.maximum(0, np.minimum(-apart[:-2] / steps[:-1], apart[2:] / steps[1:]))
    return np.float32(triangles * 2 / (hz[2:] - hz[:-2])[:, None])


def resampled(sound: Tensor) -> Tensor:
    """From 24 to 16 kHz."""
    n = len(sound) // 6 * 4
    found = torch.fft.rfft(sound[: n // 2 * 3])
    return torch.fft.irfft(found[: n // 2 + 1], n=n) * (2 / 3)


@torch.no_grad()
def _heard(sound: Tensor) -> slice:
    n = len(sound) // HOP
    level = sound[: n * HOP].view(n, HOP).pow(2).mean(1).sqrt()
    loud = torch.nonzero(level > max(float(level.quantile(0.95)) * 0.02, 1e-5))[:, 0]
    return slice(max(0, int(loud[0]) - 20) * HOP, min(n, int(loud[-1]) + 21) * HOP)


class Whisper:
    """The recogniser; `loss` is what a fit is to make small."""

    def __init__(self, folder: Path) -> None:
        self._known = weights(folder / "model.bin")
        self._filters = torch.from_numpy(_filters())
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def loss(self, sound: Tensor, text: str) -> Tensor:
        """Minus the logarithm of the text's probability, a token; of a sound at 24 kHz."""
        heard = resampled(sound)
        tokens = self._tokenizer.encode(f" {text}", add_special_tokens=False).ids
        guesses = self._decoded(self._encoded(self._mels(heard[_heard(heard)])), [*PROMPT, *tokens])
        return F.cross_entropy(guesses[len(PROMPT) - 1 :], torch.tensor([*tokens, END]))

    def _mels(self, sound: Tensor) -> Tensor:
        found = torch.stft(F.pad(sound, (0, HOP)), 400, HOP, 400, torch.hann_window(400), return_complex=True)[:, :-1]
        mels = torch.log10((self._filters @ (found.real**2 + found.imag**2)).clamp(min=1e-10))
        mels = (torch.maximum(mels, mels.max() - 8) + 4) / 4
        return F.pad(mels, (0, max(0, N_FRAMES - mels.shape[1])))

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self._known[f"{name}/weight"], self._known[f"{name}/bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return F.layer_norm(x, (512,), self._known[f"{name}/gamma"], self._known[f"{name}/beta"])

    def _conv(self, x: Tensor, name: str, stride: int) -> Tensor:
        return F.gelu(F.conv1d(x, self._known[f"{name}/weight"], self._known[f"{name}/bias"], stride, 1))

    def _attended(self, name: str, queries: Tensor, keys: Tensor, values: Tensor, *, causal: bool = False) -> Tensor:
        heads = (x.view(1, -1, 8, 64).transpose(1, 2) for x in (queries, keys, values))
        found = F.scaled_dot_product_attention(*heads, is_causal=causal)
        return self._linear(found[0].transpose(0, 1).flatten(1), name)

    def _to_itself(self, x: Tensor, layer: str, *, causal: bool) -> Tensor:
        name = f"{layer}/self_attention"
        three = self._linear(self._norm(x, f"{name}/layer_norm"), f"{name}/linear_0").chunk(3, -1)
        return x + self._attended(f"{name}/linear_1", *three, causal=causal)

    def _fed_forward(self, x: Tensor, layer: str) -> Tensor:
        y = F.gelu(self._linear(self._norm(x, f"{layer}/ffn/layer_norm"), f"{layer}/ffn/linear_0"))
        return x + self._linear(y, f"{layer}/ffn/linear_1")

    def _encoded(self, mels: Tensor) -> Tensor:
        x = self._conv(self._conv(mels[None], "encoder/conv1", 1), "encoder/conv2", 2)[0].t()
        x = x + self._known["encoder/position_encodings/encodings"][: len(x)]
        for layer in range(6):
            name = f"encoder/layer_{layer}"
            x = self._fed_forward(self._to_itself(x, name, causal=False), name)
        return self._norm(x, "encoder/layer_norm")

    def _decoded(self, sound: Tensor, tokens: list[int]) -> Tensor:
        words = self._known["decoder/embeddings/weight"]
        x = words[tokens] + self._known["decoder/position_encodings/encodings"][: len(tokens)]
        for layer in range(6):
            name = f"decoder/layer_{layer}"
            x = self._to_itself(x, name, causal=True)
            queries = self._linear(self._norm(x, f"{name}/attention/layer_norm"), f"{name}/attention/linear_0")
            keys, values = self._linear(sound, f"{name}/attention/linear_1").chunk(2, -1)
            x = x + self._attended(f"{name}/attention/linear_2", queries, keys, values)
            x = self._fed_forward(x, name)
        return self._norm(x, "decoder/layer_norm") @ words.t()
