"""Whether an episode has the files that its sidecar speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules, spoken_again
from tts.show.library import BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.model import Episode
    from tts.show.check.stock import Stock


@dataclass(frozen=True, slots=True)
class Sidecar:
    """An episode as `<stem>.json` has it."""

    stem: str
    episode: Episode
    stock: Stock


def name(sidecar: Sidecar) -> Iterator[Flaw]:
    """The sidecar bears the name of its episode."""
    if (slug := sidecar.episode.slug) != sidecar.stem:
        yield Flaw(f"episodes/{sidecar.stem}.json", f"is of the episode {slug}", f"name it {slug}.json")


def audio(sidecar: Sidecar) -> Iterator[Flaw]:
    """The MP3 is there, and as long as it was made."""
    episode = sidecar.episode
    where = f"episodes/{episode.file}"
    n_bytes = sidecar.stock.sizes.get(where)
    if n_bytes is None:
        yield Flaw(where, "not there, though its episode is", spoken_again(episode))
    elif n_bytes != episode.n_bytes:
        yield Flaw(where, f"has {n_bytes} bytes, not {episode.n_bytes}", spoken_again(episode))


def beside(sidecar: Sidecar) -> Iterator[Flaw]:
    """Page, transcripts and chapters of the episode are there."""
    for suffix in BESIDE:
        if (where := f"episodes/{sidecar.episode.slug}{suffix}") not in sidecar.stock.sizes:
            yield Flaw(where, "not there", MAKE_AGAIN)


RULES: Rules[Sidecar] = Rules(must=(name, audio, beside))
