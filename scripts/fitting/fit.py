"""How likely Whisper base finds what a voice of Kokoro's says, and what would make it likelier.

Printed is the mean of minus the logarithm of a token's probability over the sentences; for each other blend by how much
it differs, with the standard error over the sentences, and its pitch beside the voice's own; with --gradient, by how
much each of the 54 styles would change it per unit of its share, as long as that is small. The last is a guide only: a
fifth of the best promised 0.07 less and gave 0.01. What differs by less than twice its error need not be tried on
dev.txt.
"""

from __future__ import annotations

import argparse
import random
import sys
import tarfile
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from kokoro import N_COLOUR, Kokoro
from whisper import Whisper

from tests.listening.scoring import sentences
from tts.speak.espeak.phonemes import Phonemizer
from tts.speak.kokoro import PARTS
from tts.speak.kokoro.phonemes import numbers, phonemes
from tts.speak.kokoro.styles import SHAPE, Blend, styles
from tts.speak.kokoro.voice import HEADROOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

ROOT = Path(__file__).resolve().parents[2]
N_NUMBERS = 178

sys.path.insert(0, str(ROOT.parent / "shared/asr"))

from transcribe import model_dir  # noqa: E402 - lies beside the project


def _shipped(archive: Path) -> dict[str, Tensor]:
    """The styles of kokoro-js, each of shape `SHAPE`."""
    found = {}
    with tarfile.open(archive) as files:
        for name in files.getnames():
            if name.startswith("package/voices/") and name.endswith(".bin"):
                data = np.frombuffer(files.extractfile(name).read(), np.float32)
                found[Path(name).stem] = torch.from_numpy(data.reshape(SHAPE).copy())
    return dict(sorted(found.items()))


def _kokoro() -> Kokoro:
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        for part in PARTS:
            file.write(resources.files(part).joinpath("part.bin").read_bytes())
        file.flush()
        return Kokoro(file.name)


def _said(texts: Sequence[str]) -> list[str]:
    phonemizer = Phonemizer()
    said = [" ".join(word.symbols for word in phonemes(text, phonemizer.ipa)) for text in texts]
    phonemizer.close()
    return said


class Trial:
    """Sentences in blends of styles, as the recogniser finds them."""

    def __init__(self, archive: Path, texts: Sequence[str], pace: float) -> None:
        shipped = _shipped(archive)
        self.names = list(shipped)
        self._styles = torch.stack(list(shipped.values()))
        self.texts, self._pace = list(zip(texts, _said(texts), strict=True)), pace
        self._kokoro, self._whisper = _kokoro(), Whisper(Path(model_dir()))

    def shares(self, blend: Blend) -> Tensor:
        """Those of all styles, in the order of `names`."""
        return torch.tensor([blend.get(name, 0.0) for name in self.names]) / sum(blend.values())

    def losses(self, colour: Tensor, prosody: Tensor) -> tuple[Tensor, float]:
        """Of each sentence, shape (n_sentences,); and the median pitch in Hz, as the model means it."""
        with torch.no_grad():
            heard = [self._loss(text, said, colour, prosody) for text, said in self.texts]
        return torch.stack([loss for loss, _ in heard]), float(torch.cat([pitch for _, pitch in heard]).median())

    def gradients(self, colour: Tensor, prosody: Tensor) -> Tensor:
        """By how much each sentence's loss changes for each style's share, of colour and of prosody; (n, 2, 54)."""
        found = []
        for text, said in self.texts:
            halves = [half.clone().requires_grad_() for half in (colour, prosody)]
            self._loss(text, said, *halves)[0].backward()
            found.append(torch.stack([half.grad - (half.grad * half).sum() for half in halves]).detach())
        return torch.stack(found)

    def _loss(self, text: str, said: str, colour: Tensor, prosody: Tensor) -> tuple[Tensor, Tensor]:
        rows = self._styles[:, len(said) - 1]
        style = torch.cat([colour @ rows[:, :N_COLOUR], prosody @ rows[:, N_COLOUR:]])
        shares = F.one_hot(torch.tensor([0, *(numbers()[symbol] for symbol in said), 0]), N_NUMBERS).float()
        sound, pitch = self._kokoro(shares, style, self._pace)
        return self._whisper.loss(sound * HEADROOM, text), pitch[pitch > 10]


def _blend(text: str) -> Blend:
    return {name: float(share) for name, share in (one.split("=") for one in text.split())}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/fit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path, help="kokoro-js-1.2.1.tgz")
    parser.add_argument("voice", help="the one to better")
    parser.add_argument("--colour", type=_blend, action="append", default=[], metavar="'NAME=SHARE …'", help="to try")
    parser.add_argument("--prosody", type=_blend, action="append", default=[], metavar="'NAME=SHARE …'", help="to try")
    parser.add_argument("--sound", metavar="'OLD=NEW'", help="symbols to say instead; only sentences that have them")
    parser.add_argument("--gradient", action="store_true", help="what each style would change; three times as long")
    parser.add_argument("--first", type=int, default=20, metavar="N", help="of train.txt, shuffled (default: 20)")
    options = parser.parse_args()
    texts = sentences("train")
    random.Random(3).shuffle(texts)  # noqa: S311 - no secret
    style = styles()[options.voice]
    old, _, new = (options.sound or "").partition("=")
    texts = [text for text, said in zip(texts, _said(texts), strict=True) if old in said]
    trial = Trial(options.archive, texts[: options.first], style.pace)
    colour, prosody = trial.shares(style.blend), trial.shares(style.prosody or style.blend)
    own, pitch = trial.losses(colour, prosody)
    print(f"{options.voice}: {own.mean():.3f}", flush=True)
    tries = [("colour", blend, trial.shares(blend), prosody) for blend in options.colour]
    tries += [("prosody", blend, colour, trial.shares(blend)) for blend in options.prosody]
    for half, blend, *both in tries:
        other, its_pitch = trial.losses(*both)
        print(f"{_difference(other - own)}  pitch {its_pitch / pitch:.3f}  {half} {blend}", flush=True)
    if old:
        trial.texts = [(text, said.replace(old, new)) for text, said in trial.texts]
        print(f"{_difference(trial.losses(colour, prosody)[0] - own)}  {new} in place of {old}", flush=True)
    if options.gradient:
        changes = trial.gradients(colour, prosody).unbind(1)
        for half, change in zip(("colour", "prosody"), changes, strict=True):
            for index in change.mean(0).argsort():
                print(f"{_difference(change[:, index])}  {half} {trial.names[index]}")


def _difference(each: Tensor) -> str:
    return f"{each.mean():+.3f} ± {each.std() / len(each) ** 0.5:.3f}"


if __name__ == "__main__":
    main()
