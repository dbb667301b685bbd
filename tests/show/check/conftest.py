"""The show that is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.show.check.bench import Bench

if TYPE_CHECKING:
    from tts.show.library import Library


@pytest.fixture
def bench(own_show: Library) -> Bench:
    """A copy of the real show, of which everything is in order."""
    return Bench(own_show)
