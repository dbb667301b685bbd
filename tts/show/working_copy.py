"""A show that lies elsewhere, as it lies on this machine while somebody works with it.

The address holds the show; the copy is what a run needs of it, and can be thrown away. It has all that can't be made
again, but for the audio of episodes, which is fetched when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import filelock
import platformdirs

from tts.atomic import write_whole
from tts.errors import ShowError
from tts.show.destination import destination, destination_anew
from tts.show.files import SHOW_MANIFEST, is_kept, kept_files
from tts.show.library import SETTINGS, Library
from tts.show.publish import MANIFEST as PUBLISHED
from tts.show.sending import Claim, Digests, Manifest, at_once, claim_of, manifest_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tts.model import Episode, Show
    from tts.show.destination import Destination

_NAME = re.compile(r"(?:(?!\.\.?/)[^/\\]+/)*(?!\.\.?$)[^/\\]+")  # whatever its owner's cover is called, but below
_AUDIO = re.compile(r"episodes/[^/]+\.mp3")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")
_ALONE_WITHIN_S = 2.0


class InUse(ShowError):
    """Another run of this machine works with the copy."""


class WorkingCopy(Library):
    """The show at an address, on this machine; see `check_out`.

    manifest : what lies at the address. digests : of the files of the copy.
    lost     : why nothing may be written to it any more.
    Raises: ShowError, from every method, when the address or the copy can't be used.
    """

    def __init__(self, address: str) -> None:
        super().__init__(platformdirs.user_data_path("voorlezer") / "shows" / _folder_name(address))
        self.address = address.rstrip("/")
        self.shown = destination(self.address).shown
        self.manifest = Manifest()
        self.digests = Digests(self.folder)
        self.lost: ShowError | None = None

    @contextmanager
    def alone(self) -> Iterator[str]:
        """Be the only run of this machine that works with the copy; gives a name that no other copy has.

        Raises: InUse when another one is at it.
        """
        lock, named = filelock.FileLock(self.folder / ".copy.lock", timeout=_ALONE_WITHIN_S), self.folder / ".copy"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
            if not named.exists():
                write_whole(named, uuid.uuid4().hex.encode())
            name = named.read_text(encoding="ascii")
        except filelock.Timeout as error:
            raise InUse(f"another run on this machine is at work on {self.shown}; wait until it is done") from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield name
        finally:
            lock.release()

    def look(self, to: Destination) -> None:
        """See what lies at the address.

        Where its manifest is not there, can't be read or is unsure, because a run was killed, one listing tells.
        """
        told = manifest_at(to, SHOW_MANIFEST, _NAME) or Manifest()
        if told.files and None not in told.files.values():
            self.manifest = told
            return
        sizes = to.sizes()
        names = list(told.files) or [name for name in sizes if is_kept(name) or _AUDIO.fullmatch(name)]
        if not any(map(is_kept, names)) and to.read(PUBLISHED) is not None:
            raise ShowError(
                f"at {self.shown} lies what was published, which is no show folder; name the folder it was published "
                "from, or another address"
            )
        listed = {name: Claim(sizes[name], None) if name.endswith(".mp3") else None for name in names if name in sizes}
        self.manifest = Manifest(None, {**listed, **{name: claim for name, claim in told.files.items() if claim}})

    def check_out(self, to: Destination, progress: Callable[[int, int], None]) -> None:
        """Make the copy what lies at the address. What it has besides, from a run that was killed, is dropped.

        To be called while `alone`. The owner's files, show.toml and the cover, may have been changed there by hand.
        progress : is told how many files, of how many, have been fetched.
        """
        self.look(to)
        files = self.manifest.files
        try:
            self.episodes_folder.mkdir(exist_ok=True)
            audio = (f"episodes/{path.name}" for path in self.episodes_folder.glob("*.mp3"))
            for name in {*audio, *(file.name for file in kept_files(self.folder))} - files.keys():
                (self.folder / name).unlink()
            self._fetch(to, (n for n in files if is_kept(n) and n != SETTINGS and not self._has(n, files[n])), progress)
            self._take(to, SETTINGS)
            if cover := self.owners_cover():
                self._take(to, cover)
            self.rescan()  # by its own stamps: what the index overlooks would be taken for gone, and removed there
        except OSError as error:
            raise self._unwritable(error) from error

    def owners_cover(self) -> str | None:
        """The name of the cover that show.toml names, where it lies in the show."""
        cover = self.settings().cover
        return cover if cover and _NAME.fullmatch(cover) else None

    def bring_audio(self, progress: Callable[[int, int], None]) -> None:
        """Fetch the audio of all episodes."""
        with self.index() as index:
            names = [f"episodes/{card.file}" for card in index.cards()]
        there = self.manifest.files
        missing = (name for name in names if name in there and not (self.folder / name).exists())
        self._fetch(destination_anew(self.address), missing, progress)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """As `Library`, as long as it is this run's to write to."""
        if self.lost:
            raise self.lost
        with super().writing():
            yield

    def settings(self) -> Show:
        """As `Library`; what is wrong with them is to be mended at the address."""
        try:
            return super().settings()
        except ShowError as error:
            raise ShowError(str(error).replace(str(self.folder), self.shown)) from error

    def has_audio(self, episode: Episode) -> bool:
        """As `Library`; it may also lie at the address."""
        return self._lies_there(episode) or super().has_audio(episode)

    def audio_path(self, episode: Episode) -> Path:
        """As `Library`; fetched when it is not here."""
        path = super().audio_path(episode)
        if not path.exists() and self._lies_there(episode):
            self._fetch_one(destination_anew(self.address), f"episodes/{episode.file}")
        return path

    def _lies_there(self, episode: Episode) -> bool:
        return self.manifest.files.get(f"episodes/{episode.file}") == Claim(episode.n_bytes, None)

    def _has(self, name: str, claim: Claim | None) -> bool:
        """Whether the file here is what the claim says."""
        try:
            if claim and claim.sha256 is None:
                return (self.folder / name).stat().st_size == claim.n_bytes
            return self.digests.claim(name) == claim
        except FileNotFoundError:
            return False

    def _fetch(self, to: Destination, names: Iterable[str], progress: Callable[[int, int], None]) -> None:
        wanted = list(names)
        for n, _ in enumerate(at_once(to.lanes, partial(self._fetch_one, to), wanted), start=1):
            progress(n, len(wanted))

    def _fetch_one(self, to: Destination, name: str) -> None:
        content = to.read(name)
        if content is None:
            raise self._gone(name)
        self._write(name, content)

    def _take(self, to: Destination, name: str) -> None:
        """Take one of the owner's files, whatever the manifest says of it."""
        content = to.read(name)
        if content is None:
            if name in self.manifest.files:
                raise self._gone(name)
            return
        claim = claim_of(content)
        if not self._has(name, claim):
            self._write(name, content)
        self.manifest.files[name] = claim

    def _gone(self, name: str) -> ShowError:
        return ShowError(
            f"{name} is gone from {self.shown}, though {SHOW_MANIFEST} there names it; put it back, or remove "
            f"{SHOW_MANIFEST} there: then the show is what lies there"
        )

    def _unwritable(self, error: OSError) -> ShowError:
        where = error.filename or self.folder
        return ShowError(f"the working copy of {self.shown} can't be written: {error.strerror or error} ({where})")

    def _write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def _folder_name(address: str) -> str:
    """A name for the copy of the show at this address, without its password."""
    plain = _PASSWORD.sub(r"\1@", address.rstrip("/"))
    readable = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60]
    return f"{readable}.{hashlib.sha256(plain.encode()).hexdigest()[:8]}"
