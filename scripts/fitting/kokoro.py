"""Kokoro in PyTorch, from its 8-bit ONNX file, so that a gradient reaches its style and what its symbols are.

Sequences are rows: shape (n_steps, n_channels). The longest convolutions are in bfloat16, which processors of today do
ten times as fast; beside the file's own sound the log spectrum is 0.24 off, as rounding to 8 bits makes it too.
Source: istftnet.py, modules.py and model.py of the PyPI package kokoro 0.9.4 (Apache-2.0); the names are the file's.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import onnx
import torch
import torch._dynamo
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from onnx import numpy_helper
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

N_COLOUR = 128
_ALBERT = "encoder.bert.encoder.albert_layer_groups.0.albert_layers.0."
_DECODER, _DECODER_NODE = "decoder.decoder.", "/decoder/decoder/"
_GENERATOR, _GENERATOR_NODE = f"{_DECODER}generator.", f"{_DECODER_NODE}generator/"
torch._dynamo.config.recompile_limit = 128  # noqa: SLF001 - one for each width, type and place


def weights(path: Path) -> dict[str, Tensor]:
    """All that the file holds, in floats where it has 8 bits; those without "_quantized" at their end."""
    graph = onnx.load(path).graph
    raw = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    zero = {}
    for node in graph.node:
        if node.op_type in {"MatMulInteger", "ConvInteger"}:
            zero[node.input[1]] = raw[node.input[3]]
        elif node.op_type == "DynamicQuantizeLSTM":
            zero |= {node.input[1]: raw[node.input[9]], node.input[2]: raw[node.input[11]]}
    found = {}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            scale, middle = raw[f"{base}_scale"], zero.get(name, 0)
            if value.ndim == 3 and scale.ndim == 1:
                scale, middle = scale[:, None, None], middle[:, None, None]
            found[base] = torch.tensor((value.astype("float32") - middle) * scale, dtype=torch.float32)
        else:
            found[name] = torch.tensor(value)
    return found


def _normalised(x: Tensor, scale_and_shift: Tensor) -> Tensor:
    scale, shift = scale_and_shift.chunk(2)
    centred = x.float() - x.float().mean(0)
    return centred * ((1 + scale) * torch.rsqrt((centred * centred).mean(0) + 1e-5)) + shift


def _snake(x: Tensor, scale_and_shift: Tensor, alpha: Tensor) -> Tensor:
    y = _normalised(x, scale_and_shift)
    return (y + torch.sin(alpha * y) ** 2 / alpha).bfloat16()


def _leaky(x: Tensor, scale_and_shift: Tensor) -> Tensor:
    return F.leaky_relu(_normalised(x, scale_and_shift), 0.2)


def _lstm(known: dict[str, Tensor], number: int) -> nn.LSTM:
    ours, theirs, biases = (known[f"onnx::LSTM_{name}"] for name in (number, number + 1, number - 1))
    lstm = nn.LSTM(ours.shape[1], 256, batch_first=True, bidirectional=True).requires_grad_(requires_grad=False)

    def in_order(gates: Tensor) -> Tensor:
        i, o, f, c = gates.chunk(4)
        return torch.cat([i, f, c, o]).contiguous()

    for way, end in enumerate(("", "_reverse")):
        getattr(lstm, f"weight_ih_l0{end}").copy_(in_order(ours[way].t()))
        getattr(lstm, f"weight_hh_l0{end}").copy_(in_order(theirs[way].t()))
        getattr(lstm, f"bias_ih_l0{end}").copy_(in_order(biases[way][:1024]))
        getattr(lstm, f"bias_hh_l0{end}").copy_(in_order(biases[way][1024:]))
    return lstm


class Kokoro:
    """The model; call it with what stands for each symbol and a style."""

    def __init__(self, path: Path) -> None:
        self._known = weights(path)
        tables = ("bert.embeddings.word_embeddings", "text_encoder.embedding")
        self._tables = [self._known[f"encoder.{name}.weight"] for name in tables]
        self._text_lstm, *self._duration_lstms, self._lstm, self._shared = (
            _lstm(self._known, number) for number in (6930, 6749, 6794, 6839, 6884, 6981)
        )
        self._layouts: dict[str, Tensor] = {}
        self._snake, self._leaky = torch.compile(_snake, dynamic=True), torch.compile(_leaky, dynamic=True)

    def __call__(self, shares: Tensor, style: Tensor, pace: float) -> tuple[Tensor, Tensor]:
        """The sound at 24 kHz, shape (n_samples,), and its pitch in Hz; no gradient goes through durations.

        shares : of Kokoro's numbers in each symbol, those before and behind included; shape (n_symbols, 178).
        style  : shape (256,).
        """
        colour, prosody = style[:N_COLOUR], style[N_COLOUR:]
        read, durations = self._read(shares, prosody)
        steps = (durations.detach() / pace).round().clamp(min=1).long()
        pitch, energy = self._melody(read.repeat_interleave(steps, 0), prosody)
        return self._decoded(self._text(shares).repeat_interleave(steps, 0), pitch, energy, colour), pitch

    def _linear(self, x: Tensor, weight: str, bias: str) -> Tensor:
        return x @ self._known[weight] + self._known[bias]

    def _styled(self, name: str, style: Tensor) -> Tensor:
        return self._linear(style, f"{name}.fc.weight", f"{name}.fc.bias")

    def _conv(self, x: Tensor, weight: str, bias: str | None, pad: int, dilation: int = 1, stride: int = 1) -> Tensor:
        if weight not in self._layouts:
            wide = self._known[weight].bfloat16().unsqueeze(2)
            self._layouts[weight] = wide.contiguous(memory_format=torch.channels_last)
        shift = None if bias is None else self._known[bias].bfloat16()
        y = F.conv2d(
            x.bfloat16().t()[None, :, None, :], self._layouts[weight], shift, (1, stride), (0, pad), (1, dilation)
        )
        return y[0, :, 0, :].t()

    def _up(self, x: Tensor, weight: str, bias: str, stride: int, pad: int, groups: int = 1) -> Tensor:
        kernel, shift, more = self._known[weight], self._known[bias], int(groups > 1)
        return F.conv_transpose1d(x.t()[None], kernel, shift, stride, pad, more, groups)[0].t()

    def _albert(self, shares: Tensor) -> Tensor:
        name, known = "encoder.bert.embeddings.", self._known
        x = shares @ self._tables[0] + known[f"{name}position_embeddings.weight"][: len(shares)]
        x = x + known[f"{name}token_type_embeddings.weight"][0]
        x = F.layer_norm(x, (128,), known[f"{name}LayerNorm.weight"], known[f"{name}LayerNorm.bias"], 1e-12)
        x = self._linear(x, "onnx::MatMul_6547", "encoder.bert.encoder.embedding_hidden_mapping_in.bias")
        for _ in range(12):
            heads = (
                self._linear(x, f"onnx::MatMul_{number}_3", f"{_ALBERT}attention.{part}.bias")
                .view(1, -1, 12, 64)
                .transpose(1, 2)
                for number, part in ((6548, "query"), (6551, "key"), (6554, "value"))
            )
            y = F.scaled_dot_product_attention(*heads)[0].transpose(0, 1).flatten(1)
            y = self._linear(y, "onnx::MatMul_6558_3", f"{_ALBERT}attention.dense.bias")
            x = self._albert_norm(x + y, "attention.LayerNorm")
            y = F.gelu(self._linear(x, "onnx::MatMul_6559_3", f"{_ALBERT}ffn.bias"), approximate="tanh")
            y = self._linear(y, "onnx::MatMul_6560_3", f"{_ALBERT}ffn_output.bias")
            x = self._albert_norm(x + y, "full_layer_layer_norm")
        return self._linear(x, "onnx::MatMul_6704", "encoder.bert_encoder.bias")

    def _albert_norm(self, x: Tensor, name: str) -> Tensor:
        return F.layer_norm(x, (768,), *(self._known[f"{_ALBERT}{name}.{part}"] for part in ("weight", "bias")), 1e-12)

    def _text(self, shares: Tensor) -> Tensor:
        x = shares @ self._tables[1]
        for layer in range(3):
            name = f"encoder.text_encoder.cnn.{layer}"
            kernel = self._known[f"/encoder/text_encoder/cnn.{layer}/Mul_output_0"]
            x = F.conv1d(x.t()[None], kernel, self._known[f"{name}.0.bias"], padding=2)[0].t()
            x = F.layer_norm(x, (512,), self._known[f"{name}.1.gamma"], self._known[f"{name}.1.beta"], 1e-5)
            x = F.leaky_relu(x, 0.2)
        return self._text_lstm(x[None])[0][0]

    def _read(self, shares: Tensor, prosody: Tensor) -> tuple[Tensor, Tensor]:
        style = prosody.expand(len(shares), -1)
        x = torch.cat([self._albert(shares), style], 1)
        for layer, lstm in enumerate(self._duration_lstms):
            scale, shift = self._styled(f"encoder.predictor.text_encoder.lstms.{2 * layer + 1}", prosody).chunk(2)
            x = (1 + scale) * F.layer_norm(lstm(x[None])[0][0], (512,), eps=1e-5) + shift
            x = torch.cat([x, style], 1)
        y = self._lstm(x[None])[0][0]
        each = self._linear(y, "onnx::MatMul_6886", "encoder.predictor.duration_proj.linear_layer.bias")
        return x, torch.sigmoid(each).sum(1)

    def _melody(self, read: Tensor, prosody: Tensor) -> tuple[Tensor, Tensor]:
        both = []
        for part in ("F0", "N"):
            x, name = self._shared(read[None])[0][0], f"encoder.predictor.{part}"
            for layer in range(3):
                x = self._block(f"/encoder/{part}.{layer}/", f"{name}.{layer}", x, prosody)
            both.append(x @ self._known[f"{name}_proj.weight"][0, :, 0] + self._known[f"{name}_proj.bias"])
        return both[0], both[1]

    def _block(self, node: str, name: str, x: Tensor, style: Tensor) -> Tensor:
        longer = f"{name}.pool.bias" in self._known
        ends = ("", "_1", "_2", "_3") if longer else ("", "", "_1", "_2")
        pool, *kernels = (f"{node}Mul{end}_output_0" for end in ends)
        y = self._leaky(x, self._styled(f"{name}.norm1", style))
        if longer:
            y, x = self._up(y, pool, f"{name}.pool.bias", 2, 1, groups=x.shape[1]), x.repeat_interleave(2, 0)
        y = self._conv(y, kernels[0], f"{name}.conv1.bias", 1)
        y = self._conv(self._leaky(y, self._styled(f"{name}.norm2", style)), kernels[1], f"{name}.conv2.bias", 1)
        if kernels[2] in self._known:
            x = self._conv(x, kernels[2], None, 0)
        return (y.float() + x.float()) * math.sqrt(0.5)

    def _residual(self, part: str, x: Tensor, style: Tensor, width: int) -> Tensor:
        node, name = f"{_GENERATOR_NODE}{part}/", f"{_GENERATOR}{part}"
        for layer, dilation in enumerate((1, 3, 5)):
            y = x
            for step, (wide, number) in enumerate(((dilation, 6 * layer + 2), (1, 6 * layer + 5)), 1):
                alpha = self._known[f"{name}.alpha{step}.{layer}"].view(-1)
                y = self._snake(y, self._styled(f"{name}.adain{step}.{layer}", style), alpha)
                bias = f"{name}.convs{step}.{layer}.bias"
                y = self._conv(y, f"{node}Mul_{number}_output_0", bias, (width - 1) // 2 * wide, wide)
            x = x.float() + y.float()
        return x

    @torch.no_grad()
    def _source(self, pitch: Tensor) -> Tensor:
        waves = pitch.repeat_interleave(300)[:, None] * torch.arange(1, 10.0) / 24_000
        turns = F.interpolate((waves - waves.floor()).t()[None], scale_factor=1 / 300, mode="linear")
        phase = (turns.double().cumsum(2) * 2 * math.pi * 300).float()
        sines = torch.sin(F.interpolate(phase, scale_factor=300, mode="linear")[0].t())
        sines = sines * 0.1 * (pitch.repeat_interleave(300)[:, None] > 10)
        hum = torch.tanh(self._linear(sines, "onnx::MatMul_6993", f"{_GENERATOR}m_source.l_linear.bias"))[:, 0]
        found = torch.stft(hum, 20, 5, 20, torch.hann_window(20), return_complex=True)
        angle = found.angle()
        angle[0] = math.pi * (found[0].real < 0)
        return torch.cat([found.abs(), angle]).t()

    def _decoded(self, sounds: Tensor, pitch: Tensor, energy: Tensor, colour: Tensor) -> Tensor:
        known = self._known
        curves = []
        for curve, node, name in ((pitch, "Mul_output_0", "F0"), (energy, "Mul_1_output_0", "N")):
            kernel, bias = known[f"{_DECODER_NODE}{node}"], known[f"{_DECODER}{name}_conv.bias"]
            curves.append(F.conv1d(curve[None, None], kernel, bias, 2, 1)[0].t())
        x = self._block(f"{_DECODER_NODE}encode/", f"{_DECODER}encode", torch.cat([sounds, *curves], 1), colour)
        kept = self._conv(sounds, f"{_DECODER_NODE}asr_res/Mul_output_0", f"{_DECODER}asr_res.0.bias", 0).float()
        for layer in range(4):
            wide = torch.cat([x, kept, *curves], 1)
            x = self._block(f"{_DECODER_NODE}decode.{layer}/", f"{_DECODER}decode.{layer}", wide, colour)
        source = self._source(pitch.detach())
        for layer, (stride, pad, width) in enumerate(((6, 3, 7), (1, 0, 11))):
            name = f"{_GENERATOR}noise_convs.{layer}"
            hum = self._conv(source, f"{name}.weight", f"{name}.bias", pad, stride=stride)
            hum = self._residual(f"noise_res.{layer}", hum, colour, width)
            node, factor = f"{_GENERATOR_NODE}Mul{('', '_1')[layer]}_output_0", (10, 6)[layer]
            x = self._up(F.leaky_relu(x, 0.1), node, f"{_GENERATOR}ups.{layer}.bias", factor, factor // 2)
            x = (x if layer == 0 else torch.cat([x[1:2], x])) + hum
            parts = (self._residual(f"resblocks.{3 * layer + n}", x, colour, 3 + 4 * n) for n in range(3))
            x = sum(parts, torch.zeros(())) / 3
        return self._sound(F.leaky_relu(x, 0.01))

    def _sound(self, x: Tensor) -> Tensor:
        kernel, bias = self._known[f"{_GENERATOR_NODE}Mul_2_output_0"], self._known[f"{_GENERATOR}conv_post.bias"]
        level, phase = F.conv1d(x.t()[None], kernel, bias, padding=3).split(11, 1)
        level, phase = torch.exp(level), torch.sin(phase)
        both = torch.cat([level * torch.cos(phase), level * torch.sin(phase)], 1)
        basis = self._known[f"{_GENERATOR}stft.istft.stft.inverse_basis"]
        return F.conv_transpose1d(both, basis, stride=5)[0, 0, 10:-10] * 4
