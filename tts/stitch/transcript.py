"""The transcript of an episode as WebVTT: who says what, and when, in the article's own spelling."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from itertools import batched, pairwise
from typing import TYPE_CHECKING

from tts.stitch.timeline import ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Cue, Passage
