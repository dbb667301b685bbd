"""What an episode is called: its guid, its slug, and the name of its audio."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = uuid.UUID("6f3c2a52-8d0a-5d0e-9c53-2f7a3b1c8e44")  # of the guids of episodes, drawn once
SLUG_CHARS = 60


def guid_for(identity: str) -> str:
    """The guid of the episode of an article: always the same for the same identity."""
    return str(uuid.uuid5(NAMESPACE, identity))


def audio_name(slug: str, audio: Path) -> str:
    """`<slug>.<first 8 digits of the SHA-256 of the bytes>.mp3`."""
    with audio.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{slug}.{digest[:8]}.mp3"


def slug_from(title: str) -> str:
    """A short ASCII name from the words of `title`: "eenden-in-de-gracht"."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_title)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:SLUG_CHARS]
        if len(longer) > SLUG_CHARS:
            break
        slug = longer
    return slug or "aflevering"
