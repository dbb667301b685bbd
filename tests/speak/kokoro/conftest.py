"""The real model, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.speak.engine import engine
from tts.speak.kokoro import session

if TYPE_CHECKING:
    from tts.model import VoiceSpec


@pytest.fixture(scope="session")
def narrator() -> VoiceSpec:
    return engine("kokoro").offers()[0].spec


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> session.Session:
    """Kept, so that the voices of all tests share it; joined in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("kokoro")))
        return session.session()
