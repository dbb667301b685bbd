"""The pages: the list of episodes, and for each episode its text with the audio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Episode, Show
    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.paging import Leaf


def static_files() -> dict[str, bytes]:
    """Style and script of the pages by their name in the show folder, which changes with their bytes."""
    return {}


def episode_page(show: Show, art: Artwork, episode: Episode, card: Card) -> str:
    """The page of an episode."""
    return ""


def index_page(show: Show, art: Artwork, cards: Sequence[Card], leaf: Leaf, n_episodes: int) -> str:
    """One page of the list of episodes. `cards` are those of the leaf, newest first."""
    return ""
