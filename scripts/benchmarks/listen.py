"""The recogniser of ../shared/asr as a process: the path of a recording a line in, what it heard a line out.

A process of its own, because the recogniser's libraries are not the project's: it runs under $ASR_PYTHON.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "shared" / "asr"))

from transcribe import Recogniser

recogniser = Recogniser(threads=int(sys.argv[1]))
for line in sys.stdin:
    heard, _ = recogniser(line.rstrip("\n"))
    print(heard.replace("\n", " "), flush=True)
