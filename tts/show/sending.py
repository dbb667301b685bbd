"""Files of a show folder, or what has changed of them, sent to a destination in an order that holds at every moment.

Whenever this is interrupted, a file at the destination names only files that are there: they go in the order of their
stages, the feed's first page last, and only then goes away what it no longer names. A stage begins when the one before
it is done.

A manifest at the destination says what lies there. A file that is about to be replaced or removed is noted in it as
unsure beforehand, so that it never claims a file that is not there.
"""

from __future__ import annotations

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tts.errors import ShowError
from tts.show.files import ShowFile, Stage

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tts.show.destination import Destination

T = TypeVar("T")
R = TypeVar("R")
_NOTE_EVERY_S = 60.0  # what is uploaded again after an interruption; the manifest of 10,000 episodes is 6 MB


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file holds. sha256 : None for audio, whose name changes with its bytes."""

    n_bytes: int
    sha256: str | None


def claim_of(content: bytes) -> Claim:
    """The claim that is right for this content."""
    return Claim(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies at a destination. show : guid of the podcast. files : None is one that may be there, in any form."""

    show: str | None = None
    files: dict[str, Claim | None] = field(default_factory=dict)


def manifest_at(to: Destination, name: str, sound: re.Pattern[str]) -> Manifest | None:
    """What lies there by the manifest of this name; nothing where there is none, None where that can't be told.

    sound : what every name in it must match. One that we never gave must not make us touch something else.
    """
    raw = to.read(name)
    if raw is None:
        return Manifest()
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except msgspec.DecodeError:
        return None
    return manifest if all(map(sound.fullmatch, manifest.files)) else None


class Digests:
    """What the files of a folder hold; one that was not touched since is not read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, Claim]] = {}

    def claim(self, name: str) -> Claim:
        """What the file of this name holds now.

        Raises: FileNotFoundError.
        """
        path = self._folder / name
        stat = path.stat()
        changed_ns, known = self._known.get(name, (None, None))
        if known and (changed_ns, known.n_bytes) == (stat.st_mtime_ns, stat.st_size):
            return known
        claim = claim_of(path.read_bytes())
        self._known[name] = stat.st_mtime_ns, claim
        return claim


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is to go. content : what it holds, or where it lies when that is much."""

    file: ShowFile
    content: bytes | Path
    claim: Claim
    is_new: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What sending will do.

    noted_in    : the name of the manifest there. manifest : what it says; kept right while files are sent.
    uploads     : in their order. gone : names of files that the show no longer has, and that we put there.
    n_unchanged : how many files stay as they are.
    lost_track  : the manifest there could not be read, so that everything goes again and nothing is removed.
    """

    to: Destination
    noted_in: str
    manifest: Manifest
    uploads: tuple[Upload, ...]
    gone: tuple[str, ...]
    n_unchanged: int
    lost_track: bool = False

    @property
    def n_bytes(self) -> int:
        """What is to be sent."""
        return sum(upload.claim.n_bytes for upload in self.uploads)


def planned(
    files: Sequence[ShowFile], folder: Path, digests: Digests, to: Destination, noted_in: str, manifest: Manifest
) -> Plan:
    """What it takes to have these files of the folder there, and none of the manifest's besides. Changes nothing.

    To be called while nobody else writes to the folder.
    Raises: ShowError when one of the files is missing.
    """
    uploads = tuple(filter(None, (_upload(file, folder, digests, manifest) for file in files)))
    return Plan(
        to=to,
        noted_in=noted_in,
        manifest=manifest,
        uploads=uploads,
        gone=tuple(sorted(manifest.files.keys() - {file.name for file in files})),
        n_unchanged=len(files) - len(uploads),
    )


def _upload(file: ShowFile, folder: Path, digests: Digests, manifest: Manifest) -> Upload | None:
    """What is to go of this file, None when it lies there. Lists are kept as they are: they name what goes now."""
    path = folder / file.name
    before = manifest.files.get(file.name)
    try:
        if file.n_bytes is not None:
            claim = Claim(file.n_bytes, None)
            if claim != before and path.stat().st_size != file.n_bytes:
                raise ShowError(f"{path} is not as long as the feed says; make the episode again")
        else:
            claim = digests.claim(file.name)
        if claim == before:
            return None
        content = path if file.stage in {Stage.LASTING, Stage.BESIDE} else path.read_bytes()
    except FileNotFoundError as error:
        how = "run `voorlezer feed`" if file.n_bytes is None else "make the episode again, or remove it"
        raise ShowError(f"{path} is missing; {how}") from error
    return Upload(file, content, claim, before is None)


def send(plan: Plan, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Do what the plan says; nothing at all where nothing has changed.

    progress : is told how many bytes, of how many, have been sent.
    Raises: ShowError when the destination fails, or the show changed too much meanwhile. What was sent until then
    stays; do it again, and the rest follows.
    """
    if plan.uploads or plan.gone:
        _Run(plan, progress).carry_out()


class _Run:
    def __init__(self, plan: Plan, progress: Callable[[int, int], None]) -> None:
        self._plan = plan
        self._to = plan.to
        self._progress = progress
        self._files = plan.manifest.files
        self._sent_bytes = 0
        self._lock = threading.Lock()  # of the two above
        self._noted_at = 0.0

    def carry_out(self) -> None:
        self._files.update(dict.fromkeys(upload.file.name for upload in self._plan.uploads))
        self._files.update(dict.fromkeys(self._plan.gone))
        self._note()
        for _, uploads in groupby(self._plan.uploads, key=lambda upload: upload.file.stage):
            self._do(self._send, uploads)
        self._do(self._remove, self._plan.gone)
        self._note()

    def _do(self, work: Callable[[T], None], tasks: Iterable[T]) -> None:
        for _ in at_once(self._to.lanes, work, tasks):
            if time.monotonic() - self._noted_at > _NOTE_EVERY_S:
                self._note()

    def _send(self, upload: Upload) -> None:
        file, content, claim = upload.file, upload.content, upload.claim
        if isinstance(content, Path) and not content.is_file():
            raise ShowError(f"{content} went away while the show was being sent to {self._to.shown}; do it again")
        if isinstance(content, Path) and claim.sha256 is not None:
            content = content.read_bytes()  # another run may have made it again
            claim = claim_of(content)
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
            content = msgspec.json.encode(self._plan.manifest, order="sorted")
        self._to.put(self._plan.noted_in, content, "application/json", "no-cache")
        self._noted_at = time.monotonic()


def at_once(lanes: int, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """What `work` makes of each task, as it is done; as many are under way as the destination takes.

    With one lane nothing is under way while the caller has its turn: a connection may be used by one at a time.
    """
    if lanes == 1:
        yield from map(work, tasks)
        return
    with ThreadPoolExecutor(lanes) as pool:
        try:
            for future in as_completed([pool.submit(work, task) for task in tasks]):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # one has failed, or somebody pressed Ctrl-C
