"""The peer: `gTTS.save()`, a paragraph at a time, against the stand-in."""

import os
import sys
import tempfile
import warnings
from pathlib import Path

import gtts.tts

warnings.simplefilter("ignore")  # gTTS does not check the certificate, and urllib3 says so
gtts.tts._translate_url = lambda tld="com", path="": f"{os.environ['VOORLEZER_GOOGLE_URL']}/{path}"  # noqa: SLF001, ARG005  (gTTS calls it so)
with tempfile.TemporaryDirectory() as folder:
    for number, paragraph in enumerate(Path(sys.argv[1]).read_text(encoding="utf-8").split("\n\n")):
        if paragraph.strip():
            gtts.tts.gTTS(paragraph, lang="nl").save(f"{folder}/{number}.mp3")
