"""A cover that takes no time to draw, for tests that are about something else; importing `plain_cover` is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tts.show import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def plain_cover() -> Iterator[None]:
    """Every cover that this module's tests draw is of one colour."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "draw", lambda _title, ground, _accent: Image.new("RGB", (1400, 1400), ground))
        yield
