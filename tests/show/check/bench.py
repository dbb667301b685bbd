"""A real show on the bench, with ways to break one thing of it."""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, but its frames are not.

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import msgspec
from mutagen import id3

from tts.show.check import findings
from tts.show.names import audio_name
from tts.show.site import refresh
from tts.stitch import tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tts.model import Episode
    from tts.show.check.finding import Finding
    from tts.show.library import Library

SLUG = "de-kerkklok-van-aardswoud-slaat-weer"
MARKET = "markt-verhuist-naar-de-kade"
ID3_HEADER_BYTES = 10


class Bench:
    """A show of which everything is in order until one of these is called."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = library.folder

    def found(self) -> list[Finding]:
        return list(findings(self.library))

    def rules(self) -> set[str]:
        return {finding.rule for finding in self.found()}

    @property
    def episode(self) -> Episode:
        episode = self.library.episode(SLUG)
        assert episode is not None
        return episode

    @property
    def mp3(self) -> Path:
        return self.library.audio_path(self.episode)

    def beside(self, suffix: str) -> Path:
        return self.folder / "episodes" / f"{SLUG}{suffix}"

    def feed(self, old: str, new: str, name: str = "feed.xml") -> None:
        replace(self.folder / name, old, new, count=1)

    def every(self, old: str, new: str) -> None:
        replace(self.folder / "feed.xml", old, new, count=-1)

    def setting(self, old: str, new: str) -> None:
        """Change show.toml, and make everything again for it."""
        replace(self.folder / "show.toml", old, new, count=1)
        refresh(self.library)

    def sidecar(self, **changes: Any) -> None:
        changed = dataclasses.replace(self.episode, **changes)
        self.beside(".json").write_bytes(msgspec.json.encode(changed))

    def audio(self, change: Callable[[bytes], bytes]) -> None:
        """Change the MP3 as if it had been made so: name, sidecar and feed go with it."""
        before = self.mp3
        before.write_bytes(change(before.read_bytes()))
        name = audio_name(SLUG, before)
        was, n_bytes = self.episode, before.stat().st_size
        before.rename(before.with_name(name))
        self.feed(f'{was.file}" length="{was.n_bytes}"', f'{name}" length="{n_bytes}"')
        self.sidecar(file=name, n_bytes=n_bytes)

    def frames(self, change: Callable[[bytearray], None]) -> None:
        """Change what comes after the tags."""

        def changed(raw: bytes) -> bytes:
            at = id3.BitPaddedInt(raw[6:10]) + ID3_HEADER_BYTES
            frames = bytearray(raw[at:])
            change(frames)
            return raw[:at] + bytes(frames)

        self.audio(changed)

    def tags(self, change: Callable[[id3.ID3], None], **saving: Any) -> None:
        """Change the tag, and write it as it was written, but for what `saving` tells mutagen."""
        scratch = self.folder.parent / "scratch.mp3"

        def changed(raw: bytes) -> bytes:
            scratch.write_bytes(raw)
            tag = id3.ID3(scratch, translate=False)
            change(tag)
            how = {"v2_version": 3, "padding": lambda _info: 0, **saving}
            tag.save(scratch, **how)
            return scratch.read_bytes() if saving else in_order(scratch.read_bytes())

        self.audio(changed)

    def json(self, suffix: str, change: Callable[[Any], None]) -> None:
        path = self.beside(suffix)
        value = json.loads(path.read_bytes())
        change(value)
        path.write_text(json.dumps(value), encoding="utf-8")


def in_order(raw: bytes) -> bytes:
    """The same MP3 with the chapters in its tag in order of time; mutagen sorts them by their length."""
    at = id3.BitPaddedInt(raw[6:10]) + ID3_HEADER_BYTES
    frames = raw[ID3_HEADER_BYTES:at]
    element_ids = [f"chp{n}" for n in range(frames.count(b"CHAP"))]
    return raw[:ID3_HEADER_BYTES] + tags._chapters_last(frames, element_ids) + raw[at:]


def replace(path: Path, old: str, new: str, count: int) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
