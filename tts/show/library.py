"""The show folder: settings and episodes, each file whole, one writer at a time.

show.toml                    the owner's; see `tts.model.Show`
episodes/<slug>.<hash8>.mp3  the audio; its name changes with its bytes, so nothing that is cached mixes two versions
episodes/<slug>.vtt          the transcript
episodes/<slug>.json         the episode; it names the MP3, and is written last
.incoming/                   what runs that are under way have written so far
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import filelock
import msgspec
import platformdirs

from tts.atomic import write_whole
from tts.errors import ShowError
from tts.model import Episode, Show

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = "show.toml"
NAMESPACE = uuid.UUID("6f3c2a52-8d0a-5d0e-9c53-2f7a3b1c8e44")  # of the guids of episodes, drawn once
SLUG_CHARS = 60
_T = TypeVar("_T")

LOCK_WITHIN_S = 60.0  # adding an episode takes hundredths of a second


def find_show(asked: Path | None, start: Path) -> Path:
    """The show folder: the one asked for, else the nearest show.toml upwards, else one in the user's music folder."""
    if asked is not None:
        return asked
    for folder in (start, *start.parents):
        # A checkout of Voorlezer keeps its show in audio/, so a project folder may hold one beside its other work.
        for candidate in (folder, folder / "audio"):
            if (candidate / SETTINGS).is_file():
                return candidate
    return default_show()


def default_show() -> Path:
    """The show of someone who has none: a folder in the user's music folder."""
    return platformdirs.user_music_path() / "Voorlezer"


def guid_for(identity: str) -> str:
    """The guid of the episode of an article: always the same for the same identity."""
    return str(uuid.uuid5(NAMESPACE, identity))


class _Key(msgspec.Struct):
    """The two fields that say which episode a sidecar is; the rest of it is skipped, unread."""

    identity: str
    slug: str


class Library:
    """The episodes of one show folder.

    Raises: ShowError, from every method, when the folder can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.episodes_folder = self.folder / "episodes"

    def settings(self) -> Show:
        """What show.toml says; all defaults where there is none.

        Raises: ShowError for a file that is not TOML or holds a setting that does not exist.
        """
        path = self.folder / SETTINGS
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return Show()
        except OSError as error:
            raise _translated(error, path) from error
        try:
            values = msgspec.toml.decode(raw)
            if unknown := values.keys() - set(Show.__dataclass_fields__):
                raise ShowError(f"{path} has settings that Voorlezer does not know: {', '.join(sorted(unknown))}")
            return msgspec.convert(values, Show)
        except msgspec.DecodeError as error:
            raise ShowError(f"{path} can't be read, mend it: {error}") from error

    def find(self, identity: str) -> Episode | None:
        """The episode of the article with this identity, or None."""
        for path in self._sidecars():
            raw = self._read(path)
            if raw is not None and _decode(raw, _Key, path).identity == identity:
                return _decode(raw, Episode, path)
        return None

    def has_audio(self, episode: Episode) -> bool:
        """Whether the episode's MP3 is there, as long as it should be."""
        path = self.audio_path(episode)
        return path.is_file() and path.stat().st_size == episode.n_bytes

    def audio_path(self, episode: Episode) -> Path:
        """Where the episode's MP3 lies."""
        return self.episodes_folder / episode.file

    def free_slug(self, title: str) -> str:
        """A short ASCII name from `title` that no other episode has."""
        stem = _slug(title)
        taken = {path.stem for path in self._sidecars()}
        slug, n = stem, 1
        while slug in taken:
            n += 1
            slug = f"{stem}-{n}"
        return slug

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """A folder of this run's own for unfinished files; gone afterwards. What killed runs left is removed."""
        top = self.folder / ".incoming"
        try:
            top.mkdir(parents=True, exist_ok=True)
            self.episodes_folder.mkdir(exist_ok=True)
            with self.writing():
                _sweep(top)
                own = Path(tempfile.mkdtemp(dir=top))
                # Held as long as this run lives: that is how another one sees that it may not sweep here.
                alive = filelock.FileLock(own / ".alive")
                alive.acquire()
        except OSError as error:
            raise _translated(error, self.folder) from error
        try:
            yield own
        finally:
            alive.release()
            shutil.rmtree(own, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the show: nobody else adds, changes or removes an episode meanwhile."""
        try:
            with filelock.FileLock(self.folder / ".lock", timeout=LOCK_WITHIN_S):
                yield
        except filelock.Timeout as error:
            raise ShowError(f"another run has been writing to {self.folder} for a minute; try again later") from error
        except OSError as error:
            raise _translated(error, self.folder) from error

    def put(self, episode: Episode, audio: Path, transcript: str) -> None:
        """Add or replace an episode; `audio` is moved in. To be called while `writing`.

        The sidecar comes last, and moves the episode over to its new audio in one step; the old audio goes then.
        """
        audio.replace(self.audio_path(episode))
        write_whole(self.episodes_folder / f"{episode.slug}.vtt", transcript.encode())
        sidecar = msgspec.json.format(msgspec.json.encode(episode), indent=0)
        write_whole(self.episodes_folder / f"{episode.slug}.json", sidecar, durable=True)
        for old in self.episodes_folder.glob(f"{episode.slug}.????????.mp3"):
            if old.name != episode.file:
                old.unlink()

    def _sidecars(self) -> list[Path]:
        try:
            return sorted(self.episodes_folder.glob("*.json"))
        except OSError as error:
            raise _translated(error, self.episodes_folder) from error

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:  # removed since it was listed
            return None
        except OSError as error:
            raise _translated(error, path) from error


def audio_name(slug: str, audio: Path) -> str:
    """`<slug>.<first 8 digits of the SHA-256 of the bytes>.mp3`."""
    with audio.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{slug}.{digest[:8]}.mp3"


def _slug(title: str) -> str:
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_title)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:SLUG_CHARS]
        if len(longer) > SLUG_CHARS:
            break
        slug = longer
    return slug or "aflevering"


def _sweep(top: Path) -> None:
    for left in top.iterdir():
        try:
            with filelock.FileLock(left / ".alive", timeout=0):
                pass
        except (filelock.Timeout, FileNotFoundError):  # its run is alive, or has just ended
            continue
        shutil.rmtree(left, ignore_errors=True)


def _decode(raw: bytes, kind: type[_T], path: Path) -> _T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise ShowError(f"{path} is damaged ({error}); remove it, and make the episode again") from error


def _translated(error: OSError, path: Path) -> ShowError:
    return ShowError(f"the show folder can't be used: {error.strerror or error} ({error.filename or path})")
