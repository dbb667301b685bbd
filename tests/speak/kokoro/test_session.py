"""The model at work."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from tts.errors import VoiceMissing
from tts.speak.kokoro import session
from tts.speak.kokoro.phonemes import numbers
from tts.speak.kokoro.session import Session
from tts.speak.kokoro.styles import vectors

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import VoiceSpec


def test_what_each_symbol_lasts_adds_up_to_the_sound(loaded: Session, narrator: VoiceSpec) -> None:
    symbols = [numbers()[symbol] for symbol in "də bˈoːm."]
    sound, lasts = loaded.run(symbols, vectors(narrator.name)[len(symbols) - 1], 1.0)
    assert lasts.shape == (len(symbols) + 2,)
    assert lasts.min() > 0
    assert lasts.sum() == len(sound)


def test_one_model_serves_all_and_goes_with_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    n_loads = 0

    class Empty(Session):
        def __init__(self) -> None:
            nonlocal n_loads
            n_loads += 1

    monkeypatch.setattr(session, "Session", Empty)
    monkeypatch.setattr(session, "_loaded", weakref.WeakValueDictionary())
    first, second = session.session(), session.session()
    assert first is second
    assert n_loads == 1
    del first, second
    assert not session._loaded
    session.session()
    assert n_loads == 2


def test_a_damaged_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model" * 1000)
    monkeypatch.setattr(session, "joined_model", lambda: path)
    with pytest.raises(VoiceMissing, match=r"can't be loaded; remove .*model\.onnx, and try again"):
        Session()


def test_calls_wait_for_room(loaded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MOST_TOGETHER", 10)
    monkeypatch.setattr(loaded, "_n_processors", 3)
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with loaded._place(6):
            inside.set()
            leave.wait(5)

    def follow() -> None:
        with loaded._place(6):
            followed.set()

    followed = threading.Event()
    threads = [threading.Thread(target=stay), threading.Thread(target=follow)]
    threads[0].start()
    inside.wait(5)
    with loaded._place(4):  # there is room for this one
        threads[1].start()
        assert not followed.wait(0.1)
    leave.set()
    assert followed.wait(5)
    for thread in threads:
        thread.join()
    with loaded._place(11):  # more than there ever is: alone
        pass


def test_a_processor_runs_one_call(loaded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaded, "_n_processors", 2)
    with loaded._place(1):
        assert loaded._has_room(1)
        with loaded._place(1):
            assert not loaded._has_room(1)
