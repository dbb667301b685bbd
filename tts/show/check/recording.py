"""The MP3 of an episode as it lies there, beside what the sidecar says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.errors import CodecError
from tts.show.check.finding import spoken_again
from tts.stitch.tags import read_tags

if TYPE_CHECKING:
    from tts.model import Episode
    from tts.show.check.stock import Stock
    from tts.stitch.tags import FoundTags


@dataclass(frozen=True, slots=True)
class Recording:
    """An MP3 and its episode.

    where  : the file. raw : all of it. audio : what comes after the tags.
    tags   : None where there are none that can be read, for the reason in `fault`.
    remedy : for what can't be mended in the file itself.
    """

    episode: Episode
    stock: Stock
    where: str
    raw: bytes
    audio: memoryview
    tags: FoundTags | None
    fault: str
    remedy: str


def recording(episode: Episode, stock: Stock) -> Recording | None:
    """The episode's MP3, None where there is none."""
    where = f"episodes/{episode.file}"
    if where not in stock.sizes:
        return None
    raw = stock.read(where)
    remedy = f"remove {where}, then {spoken_again(episode)}"
    try:
        tags = read_tags(raw)
    except CodecError as error:
        return Recording(episode, stock, where, raw, memoryview(raw), None, str(error), remedy)
    return Recording(episode, stock, where, raw, memoryview(raw)[tags.n_bytes :], tags, "", remedy)
