"""The example article as an episode in each voice that this machine has; says what it could not make, and why."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tts.speak.cast import survey

if TYPE_CHECKING:
    from tts.model import VoiceSpec

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "audio" / "voorbeeld.txt"


def _trouble(spec: VoiceSpec, mp3: Path) -> str | None:
    """Why the episode could not be made, in one line; None when it is there."""
    with tempfile.TemporaryDirectory() as show:
        options = ["--quiet", "--voice", spec.label, "--show", show, "--output", str(mp3)]
        command = [sys.executable, "-m", "tts", "episode", *options, str(ARTICLE)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return None if run.returncode == 0 else (run.stderr.strip() or f"it ended with {run.returncode}").splitlines()[-1]


def main() -> None:
    """An MP3 a voice."""
    parser = argparse.ArgumentParser(prog="scripts/samples", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "samples")
    parser.add_argument("--voice", action="append", metavar="NAME", help="only this one; may be given more than once")
    parser.add_argument("--offline", action="store_true", help="don't ask Google")
    options = parser.parse_args()
    every = survey(offline=options.offline)
    found = [one for one in every if not options.voice or one.offer.spec.label in options.voice]
    if unknown := set(options.voice or ()) - {one.offer.spec.label for one in found}:
        sys.exit(f"no voice is called {', '.join(sorted(unknown))}; `voorlezer voices` lists them")
    options.folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        label = one.offer.spec.label
        mp3 = options.folder.absolute() / f"{label.replace(':', '-')}.mp3"
        trouble = one.missing or _trouble(one.offer.spec, mp3)
        print(f"{'made' if trouble is None else 'not':<5}{label:<18}{trouble or mp3}", flush=True)


if __name__ == "__main__":
    main()
