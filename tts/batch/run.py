"""The run of a batch: articles are read, ordered, made by a crew, and taken into the show by this process alone."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from tts.batch.crew import is_loss
from tts.batch.work import MP3, SIDECAR, Task, Work, work
from tts.errors import VoorlezerError
from tts.model import Episode
from tts.read.collection import Reference, read
from tts.read.polite import NotAllowed
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tts.batch.crew import Crew
    from tts.model import Article
    from tts.orders import Desk
    from tts.show.library import Library

Outcome = Literal["made", "made again", "unchanged", "failed"]

READERS = 4  # articles that are read at once: most of the time of a web page is waiting
_AHEAD = 2  # tasks for each worker, so that none waits for this process
_TRIES = 2  # a crash costs an article one more try
_REFRESH_EVERY_S = 5.0
_REFRESH_SHARE = 0.1  # of the time at most: many pages are made again more seldom

_EPISODE = msgspec.json.Decoder(Episode)


@dataclass(frozen=True, slots=True)
class Record:
    """What became of an article.

    source              : where it was read, for people.
    slug, duration_s    : of its episode, None where it failed.
    took_s              : of a worker.
    trouble             : why it failed; is_final where it would fail again.
    """

    source: str
    outcome: Outcome
    title: str | None = None
    slug: str | None = None
    duration_s: float | None = None
    took_s: float = 0.0
    trouble: str | None = None
    is_final: bool = False
    warnings: tuple[str, ...] = ()


class Watcher(Protocol):
    """Who wants to hear how the run goes."""

    def done(self, record: Record) -> None:
        """This is what became of it."""


class _Failed(Exception):
    """An article failed, and the run is to end with it."""


@dataclass(slots=True)
class Batch:
    """One run; see `run`.

    workshop   : a folder of this run's own, where workers leave what they made.
    permitted  : whether pages are read whatever their sites say to machines, see `tts.read.polite`.
    keep_going : whether an article that fails leaves the others alone.
    """

    library: Library
    desk: Desk
    crew: Crew
    workshop: Path
    watcher: Watcher
    permitted: bool = False
    keep_going: bool = True
    _pending: dict[Future[Any], Callable[[Future[Any]], None]] = field(default_factory=dict)
    _under_way: dict[str, list[tuple[Reference, Article]]] = field(default_factory=dict)
    _cover: bytes = b""
    _n_tasks: int = 0
    _next_refresh: float = 0.0

    def run(self, references: Iterator[Reference]) -> None:
        """Make the episode of every article, with feed and pages every few seconds and at the end.

        What was made is in the show whatever ends the run.
        Raises: KeyboardInterrupt; ShowError when the show can't be written.
        """
        self._cover = self.desk.cover()
        readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        try:
            self._run(references, readers)
        except _Failed:
            self._wind_up()
        except BaseException:
            self._wind_up()
            raise
        finally:
            readers.shutdown(wait=False, cancel_futures=True)
            refresh(self.library)

    def _run(self, references: Iterator[Reference], readers: ThreadPoolExecutor) -> None:
        more = True
        while more or self._pending:
            while more and len(self._pending) < self.crew.size * _AHEAD + READERS:
                reference = next(references, None)
                more = reference is not None
                if reference is not None:
                    reading = readers.submit(read, reference, permitted=self.permitted)
                    self._pending[reading] = partial(self._take_article, reference)
            self._take_done()
            self._refresh_now_and_then()

    def _take_done(self) -> None:
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        for future in done:
            self._pending.pop(future)(future)

    def _wind_up(self) -> None:
        """Let those at work end their clip, and take what was finished meanwhile."""
        self.crew.stop()
        for future in list(self._pending):
            future.cancel()
        self.keep_going = True
        while self._pending:
            self._take_done()

    def _take_article(self, reference: Reference, reading: Future[Article]) -> None:
        try:
            article = reading.result()
        except CancelledError:
            return
        except VoorlezerError as error:
            self._report(_failure(reference, error))
            return
        self._order(reference, article)

    def _order(self, reference: Reference, article: Article) -> None:
        if article.identity in self._under_way:  # twice in one batch: one after the other
            self._under_way[article.identity].append((reference, article))
            return
        try:
            order = self.desk.order(article)
        except VoorlezerError as error:
            self._report(_failure(reference, error, article.title))
            return
        if order.before and order.is_done:
            self._report(_record(reference, "unchanged", order.before))
            return
        self._n_tasks += 1
        self._under_way[article.identity] = []
        self._submit(reference, Task(order, self._cover, str(self.workshop), f"{self._n_tasks:07}"), tries=1)

    def _submit(self, reference: Reference, task: Task, tries: int) -> None:
        self._pending[self.crew.submit(work, task)] = partial(self._take_work, reference, task, tries)

    def _take_work(self, reference: Reference, task: Task, tries: int, working: Future[Work]) -> None:
        try:
            done = working.result()
        except CancelledError:
            return
        except VoorlezerError as error:
            record = _failure(reference, error, task.order.article.title)
        except Exception as error:  # noqa: BLE001 - of a process that is gone, or of a fault in our own code there
            if is_loss(error) and tries < _TRIES:
                self._submit(reference, task, tries + 1)
                return
            ended = VoorlezerError(f"its worker ended with {type(error).__name__}: {error}")
            record = _failure(reference, ended, task.order.article.title)
        else:
            record = self._adopted(reference, done)
        twins = self._under_way.pop(task.order.article.identity)
        self._report(record)
        for twin, article in twins:
            self._order(twin, article)

    def _adopted(self, reference: Reference, done: Work) -> Record:
        sidecar = self.workshop / f"{done.key}{SIDECAR}"
        episode = self.library.adopt(_EPISODE.decode(sidecar.read_bytes()), self.workshop / f"{done.key}{MP3}")
        sidecar.unlink()
        return _record(reference, done.state, episode, done)

    def _report(self, record: Record) -> None:
        self.watcher.done(record)
        if record.outcome == "failed" and not self.keep_going:
            raise _Failed

    def _refresh_now_and_then(self) -> None:
        now = time.monotonic()
        if now < self._next_refresh:
            return
        refresh(self.library)
        took_s = time.monotonic() - now
        self._next_refresh = time.monotonic() + max(_REFRESH_EVERY_S, took_s / _REFRESH_SHARE)


def _failure(reference: Reference, error: VoorlezerError, title: str | None = None) -> Record:
    trouble = " ".join(str(error).removeprefix(f"{reference.label}: ").split())
    return Record(reference.label, "failed", title, trouble=trouble, is_final=isinstance(error, NotAllowed))


def _record(reference: Reference, outcome: Outcome, episode: Episode, done: Work | None = None) -> Record:
    return Record(
        source=reference.label,
        outcome=outcome,
        title=episode.title,
        slug=episode.slug,
        duration_s=round(episode.duration_s, 3),
        took_s=round(done.took_s, 3) if done else 0.0,
        warnings=done.warnings if done else (),
    )
