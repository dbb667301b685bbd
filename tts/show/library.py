"""The show folder: settings and episodes, each file whole, one writer at a time.

show.toml                    the owner's; see `tts.model.Show`
episodes/<slug>.<hash8>.mp3  the audio; its name changes with its bytes, so nothing that is cached mixes two versions
episodes/<slug>.json         the episode, its sidecar; it names the MP3, and is written last
.removed/                    audio and sidecars of removed episodes
.follow.json                 what was seen of feeds, see `tts.batch.follow`
.incoming/                   what runs that are under way have written so far
.index.sqlite                can be thrown away, see `tts.show.index`

Everything else in the folder is made from these, see `tts.show.site`.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import filelock
import msgspec
import platformdirs

from tts.atomic import write_whole
from tts.errors import ShowError
from tts.model import Episode, Show
from tts.show.card import Outline, card_of
from tts.show.faults import first_fault
from tts.show.index import Index, opened
from tts.show.names import audio_name, slug_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import stat_result

SETTINGS = "show.toml"
FOLLOWED = ".follow.json"
BESIDE = (".html", ".vtt", ".srt", ".transcript.json", ".chapters.json")  # what `tts.show.site` makes of an episode
_EPISODE = msgspec.json.Decoder(Episode)  # at import, see `tts.speak.cache`
_OUTLINE = msgspec.json.Decoder(Outline)
_Sidecar = TypeVar("_Sidecar")
LOCK_WITHIN_S = 300.0  # adding an episode takes a tenth of a second, making all pages of 10,000 again a minute


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


class Library:
    """The episodes of one show folder.

    shown : where the show is, for people.
    Raises: ShowError, from every method, when the folder can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.shown = str(self.folder)
        self.episodes_folder = self.folder / "episodes"
        self.removed_folder = self.folder / ".removed"
        self._lock = filelock.FileLock(self.folder / ".lock", timeout=LOCK_WITHIN_S)

    def settings(self) -> Show:
        """What show.toml says; all defaults where there is none.

        Raises: ShowError for a file that is not TOML, or holds a setting that does not exist or can't be what it says.
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
            show = msgspec.convert(values, Show)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ShowError(f"{path} can't be read, mend it: {error}") from error
        if found := first_fault(show):
            raise ShowError(f"mend {path}: {found}")
        return show

    def find(self, identity: str) -> Episode | None:
        """The episode of the article with this identity, or None."""
        with self.index() as index:
            slug = index.slug_of(identity)
        return None if slug is None else self.episode(slug)

    def episode(self, slug: str) -> Episode | None:
        """The episode with this slug, or None."""
        return self._read(slug, _EPISODE)

    def _read(self, slug: str, decoder: msgspec.json.Decoder[_Sidecar]) -> _Sidecar | None:
        path = self.sidecar(slug)
        try:
            return decoder.decode(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _translated(error, path) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ShowError(f"{path} is damaged ({error}); remove it, and make the episode again") from error

    @contextmanager
    def index(self) -> Iterator[Index]:
        """The index, in agreement with the folder of the episodes as it is now."""
        with opened(self.folder / ".index.sqlite") as index:
            show = self.settings()
            if index.fact("dated_by") != show.dated_by or index.fact("folder") != self._state():
                self._sync(index, show)
            yield index

    def has_audio(self, episode: Episode) -> bool:
        """Whether the episode's MP3 is there, as long as it should be."""
        path = self.audio_path(episode)
        return path.is_file() and path.stat().st_size == episode.n_bytes

    def audio_path(self, episode: Episode) -> Path:
        """Where the episode's MP3 lies."""
        return self.episodes_folder / episode.file

    def free_slug(self, title: str, identity: str) -> str:
        """A short ASCII name from `title` that no other article's episode has, nor had before it was removed."""
        stem = slug_from(title)
        slug, n = stem, 1
        with self.index() as index:
            while index.card(slug) or self._was_anothers(slug, identity):
                n += 1
                slug = f"{stem}-{n}"
        return slug

    def _was_anothers(self, slug: str, identity: str) -> bool:
        path = self.removed_folder / f"{slug}.json"
        return path.exists() and _EPISODE.decode(path.read_bytes()).identity != identity

    def next_number(self) -> int:
        """The number of the next new episode."""
        with self.index() as index:
            return index.next_number()

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
            with self.writing(), suppress(OSError):  # another run is under way
                top.rmdir()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the show: nobody else adds, changes or removes an episode meanwhile. Who holds it may hold it again."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock:
                yield
        except filelock.Timeout as error:
            raise ShowError(f"another run has been writing to {self.folder} for minutes; try again later") from error
        except OSError as error:
            raise _translated(error, self.folder) from error

    def adopt(self, episode: Episode, audio: Path) -> Episode:
        """Take an episode that was made for this show into it, and return it with its slug and the name of its file.

        `audio` is moved in. An episode that was not spoken again, whose `audio` does not exist, keeps its own.
        """
        with self.writing():
            before = self.find(episode.identity)
            slug = before.slug if before else self.free_slug(episode.title, episode.identity)
            if audio.exists():
                episode = dataclasses.replace(episode, slug=slug, file=audio_name(slug, audio))
                self.put(episode, audio)
            else:
                with self.index() as index:
                    self._keep(episode, index)
        return episode

    def put(self, episode: Episode, audio: Path) -> None:
        """Add or replace an episode; `audio` is moved in. To be called while `writing`.

        The sidecar comes last, and moves the episode over to its new audio in one step. The old audio stays until the
        feed no longer names it. Of both it is noted first that they may go: the one that the sidecar names stays,
        wherever this is killed.
        """
        with self.index() as index:  # first: what is moved in makes the folder look as if others had changed it
            before = index.card(episode.slug)
            for file in {episode.file, before.file} if before else {episode.file}:
                index.outdate(f"episodes/{file}")
            index.commit()
            audio.replace(self.audio_path(episode))
            self._keep(episode, index)
            index.keep(f"episodes/{episode.file}")

    def _keep(self, episode: Episode, index: Index) -> None:
        sidecar = self.sidecar(episode.slug)
        content = msgspec.json.format(msgspec.json.encode(episode), indent=0)
        write_whole(sidecar, content, durable=True)
        index.put(episode.identity, card_of(episode, self.settings()), _stamp(sidecar.stat()))
        self.agree(index)

    def rescan(self) -> None:
        """Look at every sidecar, also at those that were changed in place."""
        with opened(self.folder / ".index.sqlite") as index:
            self._sync(index, self.settings())

    def agree(self, index: Index) -> None:
        """Note that the index agrees with the folder as it is now. To be called while `writing`."""
        index.note("folder", self._state())

    def _state(self) -> str:
        try:
            return str(self.episodes_folder.stat().st_mtime_ns)
        except FileNotFoundError:
            return ""

    def _sync(self, index: Index, show: Show) -> None:
        state = self._state()  # before the look, so that what changes meanwhile is seen next time
        before = index.stamps() if index.fact("dated_by") == show.dated_by else {}
        found = self._stamps()
        for slug, stamp in found.items():
            if before.get(slug) != stamp and (episode := self._read(slug, _OUTLINE)):
                index.put(episode.identity, card_of(episode, show), stamp)
        for slug in index.stamps().keys() - found.keys():
            index.drop(slug)
            for suffix in BESIDE:
                index.outdate(f"episodes/{slug}{suffix}")
        index.note("folder", state)
        index.note("dated_by", show.dated_by)

    def _stamps(self) -> dict[str, str]:
        try:
            with os.scandir(self.episodes_folder) as entries:
                return {
                    entry.name.removesuffix(".json"): _stamp(entry.stat())
                    for entry in entries
                    if entry.name.endswith(".json") and entry.name.count(".") == 1
                }
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _translated(error, self.episodes_folder) from error

    def sidecar(self, slug: str) -> Path:
        """Where the episode with this slug is kept, but for its audio."""
        return self.episodes_folder / f"{slug}.json"


def _sweep(top: Path) -> None:
    for left in top.iterdir():
        try:
            with filelock.FileLock(left / ".alive", timeout=0):
                pass
        except (filelock.Timeout, FileNotFoundError):  # its run is alive, or has just ended
            continue
        shutil.rmtree(left, ignore_errors=True)


def _stamp(stat: stat_result) -> str:
    return f"{stat.st_mtime_ns}-{stat.st_size}"


def _translated(error: OSError, path: Path) -> ShowError:
    return ShowError(f"the show folder can't be used: {error.strerror or error} ({error.filename or path})")
