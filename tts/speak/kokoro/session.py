"""The model at work, in onnxruntime; one a process, whoever speaks."""

from __future__ import annotations

import os
import threading
import weakref
from contextlib import contextmanager
from multiprocessing import parent_process
from typing import TYPE_CHECKING

import numpy as np

from tts.errors import VoiceMissing
from tts.speak.kokoro.graph import DURATIONS
from tts.speak.kokoro.model import SHA256, joined_model
from tts.speak.onnx_session import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# Symbols under way together. Each takes 1.2 MB as long as it is spoken (at a pace of 0.9), beside the 250 MB of a run
# that has the model loaded, and the whole is to stay under 700 MB.
MOST_TOGETHER = 330

_LOAD = threading.Lock()
_loaded: weakref.WeakValueDictionary[str, Session] = weakref.WeakValueDictionary()


class Session:
    """The loaded model. Safe for several threads.

    Calls wait for each other: no more of them run than there are processors, one on each, and memory stays flat, as
    those that run have at most `MOST_TOGETHER` symbols. A short one may go before a long one.

    Raises: VoiceMissing when the model can't be loaded.
    """

    def __init__(self) -> None:
        path = joined_model()
        try:
            self._session = load(path, n_threads=1)
        except ValueError as error:
            raise VoiceMissing(f"Kokoro's model can't be loaded; remove {path}, and try again ({error})") from error
        self._n_processors = _n_processors()
        self._under_way: list[int] = []  # how many symbols each of the calls has
        self._room = threading.Condition()

    def run(
        self, numbers: Sequence[int], style: NDArray[np.float32], pace: float
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The sound of some symbols, and for how many samples of it each of them lasts.

        numbers : of 1 to `MOST_SYMBOLS` symbols.
        style   : shape (256,).
        Returns samples, shape (n_samples,), speech between -1 and 1 or somewhat past it; and durations, shape
        (n_symbols + 2,), of the silence before, of each symbol, of the silence after; they add up to n_samples.
        """
        inputs = {
            "tokens": np.array([[0, *numbers, 0]], np.int64),
            "style": style[np.newaxis],
            "speed": np.array([pace], np.float32),
        }
        with self._place(len(numbers)):
            sound, steps = self._session.run(["audio", DURATIONS], inputs)
        return sound, (steps[0] * (len(sound) // steps.sum())).astype(np.int64)

    @contextmanager
    def _place(self, n_symbols: int) -> Iterator[None]:
        with self._room:
            self._room.wait_for(lambda: self._has_room(n_symbols))
            self._under_way.append(n_symbols)
        try:
            yield
        finally:
            with self._room:
                self._under_way.remove(n_symbols)
                self._room.notify_all()

    def _has_room(self, n_symbols: int) -> bool:
        if not self._under_way:
            return True
        return len(self._under_way) < self._n_processors and sum(self._under_way) + n_symbols <= MOST_TOGETHER


def _n_processors() -> int:
    """A worker of a batch has one to itself."""
    return 1 if parent_process() is not None else os.cpu_count() or 1


def session() -> Session:
    """The session of this process, loaded when nobody holds it; it goes when nobody holds it any more.

    Raises: VoiceMissing when the model can't be loaded.
    """
    with _LOAD:
        held = _loaded.get(SHA256)
        if held is None:
            held = _loaded[SHA256] = Session()
        return held
