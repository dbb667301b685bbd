"""The show, or what has changed of it, sent to where the web can read it.

Whenever this is interrupted, the feed at the destination names only files that are there: audio goes first, then what
lies beside it, the pages and the older pages of the feed; the feed's first page goes last, and only then goes away
what it no longer names. A stage begins when the one before it is done.

`.published.json` at the destination says what lies there. A file that is about to be replaced or removed is noted in
it as unsure beforehand, so that it never claims a file that is not there.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.destination import destination
from tts.show.files import PublicFile, Stage, public_files
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tts.show.destination import Destination
    from tts.show.library import Library

T = TypeVar("T")
MANIFEST = ".published.json"
_NOTE_EVERY_S = 60.0  # what is uploaded again after an interruption; the manifest of 10,000 episodes is 6 MB
_NAME = re.compile(r"(?:(?:episodes|static)/)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")  # of what we put there ourselves


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file holds. sha256 : None for audio, whose name changes with its bytes."""

    n_bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies at a destination. show : guid of the podcast. files : None is one that may be there, in any form."""

    show: str | None = None
    files: dict[str, Claim | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is to go. content : what it holds, or where it lies when that is much."""

    file: PublicFile
    content: bytes | Path
    claim: Claim
    is_new: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing will do.

    uploads     : in their order. gone : names of files that the show no longer has, and that we put there.
    n_unchanged : how many files stay as they are.
    lost_track  : the manifest there could not be read, so that everything goes again and nothing is removed.
    """

    to: Destination
    feed_url: str
    manifest: Manifest
    uploads: tuple[Upload, ...]
    gone: tuple[str, ...]
    n_unchanged: int
    lost_track: bool

    @property
    def n_bytes(self) -> int:
        """What is to be sent."""
        return sum(upload.claim.n_bytes for upload in self.uploads)


def make_plan(library: Library, address: str) -> Plan:
    """What has to go to this address: a folder's path, or a URL that fsspec knows. Changes nothing there.

    The show itself is brought up to date first.
    Raises: ShowError when the show has no `url`, a file of it is missing, or the destination can't be read, is the
    show folder itself or holds another show.
    """
    if not library.settings().url:
        raise ShowError(
            f"the feed would name no full addresses; set url in {library.folder / 'show.toml'} to where listeners will "
            'find the show, for instance url = "https://example.org/podcast/"'
        )
    to = destination(address)
    if to.folder is not None and to.folder.resolve() == library.folder.resolve():
        raise ShowError(f"{to.shown} is the show folder itself; publish to another folder")
    with library.writing():  # nobody changes a file between two looks
        refresh(library)
        show = library.settings()
        with library.index() as index:
            files = public_files(index, artwork(library.folder, show))
        present = [_present(library.folder, file) for file in files]
    known = _manifest(to)
    before = known or Manifest()
    if before.show not in {None, show.guid}:
        raise ShowError(f"{to.shown} holds another show; publish elsewhere, or remove {MANIFEST} there to take it over")
    uploads = tuple(
        Upload(file, content, claim, before.files.get(file.name) is None)
        for file, content, claim in present
        if before.files.get(file.name) != claim
    )
    return Plan(
        to=to,
        feed_url=f"{(show.url or '').rstrip('/')}/feed.xml",
        manifest=Manifest(show.guid, before.files),
        uploads=uploads,
        gone=tuple(sorted(before.files.keys() - {file.name for file in files})),
        n_unchanged=len(files) - len(uploads),
        lost_track=known is None,
    )


def publish(plan: Plan, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Do what the plan says; nothing at all where nothing has changed.

    progress : is told how many bytes, of how many, have been sent.
    Raises: ShowError when the destination fails, or the show changed too much meanwhile. What was sent until then
    stays; publish again, and the rest follows.
    """
    if plan.uploads or plan.gone:
        _Run(plan, progress).carry_out()


class _Run:
    def __init__(self, plan: Plan, progress: Callable[[int, int], None]) -> None:
        self._plan = plan
        self._to = plan.to
        self._progress = progress
        self._files = dict(plan.manifest.files)
        self._sent_bytes = 0
        self._lock = threading.Lock()  # of the two above
        self._noted_at = 0.0

    def carry_out(self) -> None:
        self._files.update(dict.fromkeys(upload.file.name for upload in self._plan.uploads))
        self._files.update(dict.fromkeys(self._plan.gone))
        self._note()
        for _, uploads in groupby(self._plan.uploads, key=lambda upload: upload.file.stage):
            self._at_once(self._send, uploads)
        self._at_once(self._remove, self._plan.gone)
        self._note()

    def _at_once(self, work: Callable[[T], None], tasks: Iterable[T]) -> None:
        """All tasks, as many at a time as the destination takes."""
        with ThreadPoolExecutor(self._to.lanes) as pool:
            try:
                for future in as_completed([pool.submit(work, task) for task in tasks]):
                    future.result()
                    if time.monotonic() - self._noted_at > _NOTE_EVERY_S:
                        self._note()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)  # one has failed, or somebody pressed Ctrl-C

    def _send(self, upload: Upload) -> None:
        file, content, claim = upload.file, upload.content, upload.claim
        if isinstance(content, Path) and not content.is_file():
            raise ShowError(f"{content} went away while the show was being published; publish again")
        if isinstance(content, Path) and claim.sha256 is not None:
            content = content.read_bytes()  # another run may have made it again
            claim = _claim(content)
        self._to.put(file.name, content, file.content_type, file.cache_control)
        with self._lock:
            self._files[file.name] = claim
            self._sent_bytes += upload.claim.n_bytes
            self._progress(self._sent_bytes, self._plan.n_bytes)

    def _remove(self, name: str) -> None:
        self._to.remove(name)
        with self._lock:
            del self._files[name]

    def _note(self) -> None:
        with self._lock:
            content = msgspec.json.encode(Manifest(self._plan.manifest.show, self._files), order="sorted")
        self._to.put(MANIFEST, content, "application/json", "no-cache")
        self._noted_at = time.monotonic()


def _present(folder: Path, file: PublicFile) -> tuple[PublicFile, bytes | Path, Claim]:
    """What the file holds now. Lists are kept as they are: what they name is what this run sends."""
    path = folder / file.name
    try:
        if file.n_bytes is not None:
            if path.stat().st_size != file.n_bytes:
                raise ShowError(f"{path} is not as long as the feed says; make the episode again")
            return file, path, Claim(file.n_bytes, None)
        content = path.read_bytes()
    except FileNotFoundError as error:
        how = "run `voorlezer feed`" if file.n_bytes is None else "make the episode again, or remove it"
        raise ShowError(f"{path} is missing; {how}") from error
    return file, content if file.stage >= Stage.PAGES else path, _claim(content)


def _claim(content: bytes) -> Claim:
    return Claim(len(content), hashlib.sha256(content).hexdigest())


def _manifest(to: Destination) -> Manifest | None:
    """What lies there; nothing where nobody published yet, None where that can't be told."""
    raw = to.read(MANIFEST)
    if raw is None:
        return Manifest()
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except msgspec.DecodeError:
        return None
    # A name that we never gave must not make us remove something else.
    return manifest if all(map(_NAME.fullmatch, manifest.files)) else None
