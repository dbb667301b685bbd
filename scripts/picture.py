"""Draws docs/run.svg: what a real run on the example article prints in a terminal. Run it with .venv/bin/python."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ["scripts/voorlezer", "episode", "audio/voorbeeld.txt"]
WIDTH = 108


def _run_in_a_terminal() -> str:
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as cache, Path(os.ttyname(theirs)).open("wb") as terminal:
        env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(WIDTH), "XDG_CACHE_HOME": cache}
        env["VOORLEZER_SHOW"] = f"{cache}/show"
        subprocess.run(COMMAND, cwd=ROOT, env=env, stdout=terminal, stderr=terminal, check=True)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    return shown.decode().replace(f"{cache}/show", "audio")


def main() -> None:
    """What stays on the screen after the bar has gone, as SVG."""
    lines = [line for line in _run_in_a_terminal().replace("\r\n", "\n").split("\n") if "speaking" not in line]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ {' '.join(COMMAND).removeprefix('scripts/')}"))
    for line in lines:
        console.print(Text.from_ansi(line.replace("\x1b[2K", "").replace("\x1b[1A", "").strip("\r")))
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="voorlezer"), flags=re.DOTALL)
    (ROOT / "docs/run.svg").write_text(drawn, encoding="utf-8")  # without fonts from elsewhere


if __name__ == "__main__":
    main()
