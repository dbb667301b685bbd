"""How Dutch words are said, in IPA, by espeak-ng: for engines that speak phonemes."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from tts.errors import VoiceRefused
from tts.speak.espeak import NL
from tts.speak.espeak.voice import Worker, WorkerDied, bundled_library

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_KEPT = 50_000  # words, some 10 MB; an article of 4,000 characters has about 350
_OTHER_LANGUAGE = re.compile(r"\([^)]*\)")  # espeak-ng says in which language it reads on: "(en)wiːkˈɛnd(nl)"


class Phonemizer:
    """espeak-ng's Dutch, asked in a process of its own and remembered. Safe for several threads.

    `close` lets go of the process; what is asked afterwards starts another.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def ipa(self, texts: Sequence[str]) -> list[str]:
        """How each text is said; the symbols of one sound are tied with "͡" (U+0361), a sign without sound is "".

        Raises: VoiceRefused when espeak-ng stops at one of them; VoiceMissing when it does not start.
        """
        with self._lock:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            new = list(dict.fromkeys(text for text in texts if text not in self._known))
            if new:
                self._known.update(zip(new, self._asked(new), strict=True))
            return [self._known[text] for text in texts]

    def _asked(self, texts: Sequence[str]) -> list[str]:
        try:
            return self._ask(texts)
        except WorkerDied:
            try:
                return self._ask(texts)
            except WorkerDied as error:
                raise VoiceRefused(f"espeak-ng stopped twice at these words: {' '.join(texts)!r}") from error

    def _ask(self, texts: Sequence[str]) -> list[str]:
        if self._worker is None:
            self._worker = Worker(bundled_library(), NL)
        try:
            return [" ".join(_OTHER_LANGUAGE.sub("", said).split()) for said in self._worker.ipa(texts)]
        except BaseException:
            self._worker.close()
            self._worker = None
            raise

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._worker is not None:
                self._worker.close()
                self._worker = None
