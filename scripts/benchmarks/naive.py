"""The peer: what a first script does. One espeak-ng call and one MP3 a paragraph, `+=`, export."""

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
from pydub import AudioSegment  # noqa: E402  (its warnings are silenced first)

article, output = sys.argv[1:]
episode = AudioSegment.empty()
with tempfile.TemporaryDirectory() as folder:
    for number, paragraph in enumerate(Path(article).read_text(encoding="utf-8").split("\n\n")):
        wav, mp3 = Path(folder, f"{number}.wav"), Path(folder, f"{number}.mp3")
        subprocess.run(["espeak-ng", "-v", "nl", "-s", "150", "-w", str(wav), paragraph.strip()], check=True)  # noqa: S607
        AudioSegment.from_wav(wav).export(mp3, format="mp3", bitrate="64k").close()
        episode += AudioSegment.from_mp3(mp3) + AudioSegment.silent(500)
episode.export(output, format="mp3", bitrate="64k").close()
