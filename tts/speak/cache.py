"""Clips that were spoken before: a second run speaks only what changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec
import platformdirs

from tts.atomic import write_whole
from tts.errors import CodecError
from tts.model import Clip, Mark
from tts.speak.voice import VoiceAround

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tts.model import Voice

SCHEMA = 1  # of an entry, and of what goes into its key; another number makes all entries strangers
DEFAULT_CAP_BYTES = 2_000_000_000  # about 1,000 articles in FLAC, 1,500 in Google's MP3
PRUNE_TO = 0.9  # of the cap, so that not every run has to look for the oldest again


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    codec: Literal["flac", "mp3"]
    audio: bytes
    marks: tuple[tuple[int, int, int], ...]


# Made here, once: msgspec looks a type up at its first use, and two threads that did so at once crashed the process in
# 2 runs of 45.
_DECODER = msgspec.msgpack.Decoder(_Entry)


@dataclass(frozen=True, slots=True)
class Usage:
    """What the cache holds."""

    n_clips: int
    n_bytes: int


class ClipCache:
    """A folder of clips, each under the hash of all that made it. Safe for several threads and processes.

    An entry is written whole, and one that can't be read is a stranger: it is spoken and written again. A disk that
    takes no more costs the entry, not the episode.
    """

    def __init__(self, folder: Path | None = None, cap_bytes: int = DEFAULT_CAP_BYTES) -> None:
        self.folder = folder or platformdirs.user_cache_path("voorlezer") / "clips"
        self.cap_bytes = cap_bytes

    def get(self, key: str) -> Clip | None:
        """The clip under `key`, or None."""
        from tts.audio import decode_flac, decode_mp3  # numpy and pedalboard: not before there is a clip to read

        path = self._path(key)
        try:
            entry = _DECODER.decode(path.read_bytes())
            samples = (decode_flac if entry.codec == "flac" else decode_mp3)(entry.audio)
            path.touch()  # its time of use: the least recently used go first
        except (OSError, msgspec.DecodeError, CodecError):
            return None
        encoded = entry.audio if entry.codec == "mp3" else None
        return Clip(samples, tuple(Mark(*mark) for mark in entry.marks), encoded)

    def put(self, key: str, clip: Clip) -> None:
        """Keep `clip` under `key`: the engine's own MP3 where it gave one, else FLAC."""
        from tts.audio import encode_flac  # as in get

        marks = tuple((mark.at, mark.start, mark.end) for mark in clip.marks)
        if clip.encoded is None:
            entry = _Entry("flac", encode_flac(clip.samples), marks)
        else:
            entry = _Entry("mp3", clip.encoded, marks)
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, msgspec.msgpack.encode(entry))
        except OSError:
            return

    def prune(self) -> None:
        """Remove the least recently used clips when there are more bytes than the cap."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        if total <= self.cap_bytes:
            return
        for _, size, path in entries:
            if total <= self.cap_bytes * PRUNE_TO:
                break
            path.unlink(missing_ok=True)
            total -= size

    def clear(self) -> Usage:
        """Remove all clips; returns what was removed."""
        entries = list(self._entries())
        for _, _, path in entries:
            path.unlink(missing_ok=True)
        return Usage(len(entries), sum(size for _, size, _ in entries))

    def usage(self) -> Usage:
        """How many clips there are, and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.clip"

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("??/*"):
            try:
                stat = path.stat()
            except FileNotFoundError:  # another run was first
                continue
            yield stat.st_mtime, stat.st_size, path


class CachedVoice(VoiceAround):
    """A voice that speaks a text once, and has it from the cache afterwards."""

    def __init__(self, inner: Voice, cache: ClipCache) -> None:
        super().__init__(inner)
        self._cache = cache
        self._seed = msgspec.json.encode((SCHEMA, inner.spec, inner.version))

    def speak(self, text: str) -> Clip:
        """All words of `text` as sound, from the cache where it was spoken before.

        Raises: as the inner voice.
        """
        key = hashlib.sha256(self._seed + text.encode()).hexdigest()
        clip = self._cache.get(key)
        if clip is None:
            clip = self._inner.speak(text)
            self._cache.put(key, clip)
        return clip
