"""The guid of the podcast itself: given once, when the show first gets an address, and kept."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.model import Show
    from tts.show.library import Library

_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the podcast namespace's own, see podcast:guid


def podcast_guid(feed_url: str) -> str:
    """The guid that the podcast namespace gives a feed: of its URL without scheme and trailing slashes."""
    _, _, address = feed_url.rpartition("://")
    return str(uuid.uuid5(_PODCASTS, address.rstrip("/")))


def settled(library: Library) -> Show:
    """The settings of the show, with its guid; one that has a URL and no guid yet is given it, in show.toml.

    Raises: ShowError when show.toml can't be read or written.
    """
    show = library.settings()
    if show.guid or not show.url:
        return show
    from tts.show.settings import set_values

    guid = podcast_guid(f"{show.url.rstrip('/')}/feed.xml")
    set_values(library, {"guid": guid})
    return dataclasses.replace(show, guid=guid)
