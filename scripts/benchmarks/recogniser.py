"""The recogniser of ../shared/asr as a process: the path of a recording a line in, what it heard a line out.

A process of its own, because the recogniser's libraries are not the project's: it runs under $ASR_PYTHON.
"""

import sys
from pathlib import Path

import faster_whisper.transcribe

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "shared" / "asr"))

from transcribe import Recogniser

# Whisper fills every piece up to 30 s with silence. A sentence takes 3 to 6 s: filled up to 10 s it is heard as well
# (12 sentences: 11.8 % of the characters wrong, and 12.6 % at 30 s) in a fifth of the time.
WINDOW_FRAMES = 1000
fill_up = faster_whisper.transcribe.pad_or_trim
faster_whisper.transcribe.pad_or_trim = lambda frames: fill_up(frames, max(WINDOW_FRAMES, frames.shape[-1]))

recogniser = Recogniser(threads=int(sys.argv[1]))

# The library stops at half of prompt and cap together: at the cap of 7 tokens a second, what was said densely broke off
# in the middle of a word, and its last words counted as wrong. With twice the cap nothing that was read broke off.
transcribe = recogniser.model.transcribe
recogniser.model.transcribe = lambda audio, **options: transcribe(
    audio, **options | {"max_new_tokens": 2 * options["max_new_tokens"] + 4}
)

for line in sys.stdin:
    heard, _ = recogniser(line.rstrip("\n"))
    print(heard.replace("\n", " "), flush=True)
