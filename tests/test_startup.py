"""What an episode that has not changed does not load: start-up is most of the time it takes."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "numpy",
    "pedalboard",
    "pydub",
    "lameenc",
    "mutagen",
    "requests",
    "gtts",
    "lxml",
    "markdown_it",
    "yaml",
    "rich",
    "onnxruntime",
)


def test_the_command_is_there_without_the_heavy_libraries() -> None:
    code = f"import sys, tts.cli.episode; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert loaded.stdout.split() == []
