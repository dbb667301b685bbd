"""The run of a batch: articles are read, ordered, made by a crew, and taken into the show by this process alone."""

from __future__ import annotations

import queue
import time
from collections import deque
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

import msgspec

from tts.batch.crew import Gone
from tts.batch.leftovers import sweep
from tts.batch.seen import Seen
from tts.batch.work import MP3, SIDECAR, Stopped, Task, Work, work
from tts.errors import ShowError, VoorlezerError
from tts.model import Episode
from tts.read.collection import Reference, read
from tts.read.polite import NotAllowed
from tts.show.destination import destination
from tts.show.site import refresh
from tts.speak.google.pace import asked_pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tts.batch.crew import Crew
    from tts.model import Article
    from tts.orders import Desk
    from tts.show.destination import Destination
    from tts.show.library import Library

Outcome = Literal["made", "made again", "unchanged", "failed"]

READERS = 4  # articles that are read at once: most of the time of a web page is waiting
_AHEAD = 2  # tasks for each worker, so that none waits for this process
_REFRESH_EVERY_S = 5.0
_REFRESH_SHARE = 0.1  # of the time at most: many pages are made again more seldom

_EPISODE = msgspec.json.Decoder(Episode)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Record:
    """What became of an article.

    source           : where it was read, for people.
    title            : None where it could not be read.
    slug, duration_s : of its episode, None where it failed.
    took_s           : of a worker.
    trouble          : why it failed; is_final where it would fail again.
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

    def ending(self) -> None:
        """The run was told to end, and waits for those at work."""


@dataclass(slots=True)
class Batch:
    """One run; see `run`.

    incoming   : a folder of this run's own in the show.
    workshop   : where workers leave what they made: the address of a folder of this run's own.
    permitted  : whether pages are read whatever their sites say to machines, see `tts.read.polite`.
    keep_going : whether an article that fails leaves the others alone.
    """

    library: Library
    desk: Desk
    crew: Crew
    incoming: Path
    workshop: str
    watchers: Iterable[Watcher]
    permitted: bool = False
    keep_going: bool = True
    _events: queue.SimpleQueue[Callable[[], None]] = field(default_factory=queue.SimpleQueue)
    _n_to_come: int = 0
    _n_working: int = 0
    _listed: Reference | None = None
    _readings: deque[tuple[Reference, Future[Article]]] = field(default_factory=deque)
    _twins: dict[str, list[tuple[Reference, Article]]] = field(default_factory=dict)
    _seen: Seen = field(default_factory=Seen)
    _cover: bytes = b""
    _room: int = 0
    _refresh_at: float = 0.0
    _is_ending: bool = False

    def run(self, references: Iterator[Reference]) -> None:
        """Make the episode of every article, with feed and pages every few seconds and at the end.

        New episodes are numbered in the order of the references. What was made is in the show whatever ends the run.
        Of two different articles with one identity, the second fails.
        Raises: InputError when nothing is listed; ShowError when the show, or the workshop, can't be used;
        Gone when the crew is.
        """
        self._cover = self.desk.cover()
        self._look_around()
        self._refresh_at = time.monotonic() + _REFRESH_EVERY_S
        self._list_next(references)
        try:
            while (self._n_to_come or self._listed) and not self._is_ending:
                self._take_event()
                self._read_next(references)
                if time.monotonic() > self._refresh_at:
                    self._refresh()
            self._wind_up()
        finally:
            self.crew.stop()
            self._seen.close()
            refresh(self.library)
        sweep(self.library)

    def end(self) -> None:
        """Begin nothing more; `run` returns when those at work have ended their clip. For signal handlers too."""
        self._is_ending = True
        self._events.put(lambda: None)  # this queue lets a put come between anything

    def _look_around(self) -> None:
        """See how many workers there are now, and whether there are any."""
        self._room = self.crew.size * _AHEAD + READERS

    def _when_done(self, future: Future[_Result], take: Callable[[Future[_Result]], None]) -> None:
        self._n_to_come += 1
        future.add_done_callback(lambda done: self._events.put(partial(self._taken, take, done)))

    def _taken(self, take: Callable[[Future[_Result]], None], done: Future[_Result]) -> None:
        self._n_to_come -= 1
        take(done)

    def _take_event(self) -> None:
        with suppress(queue.Empty):
            self._events.get(timeout=_REFRESH_EVERY_S)()

    def _refresh(self) -> None:
        began = time.monotonic()
        refresh(self.library)
        now = time.monotonic()
        self._look_around()
        self._refresh_at = now + max(_REFRESH_EVERY_S, (now - began) / _REFRESH_SHARE)

    def _wind_up(self) -> None:
        """Take what those at work were finishing meanwhile."""
        self.crew.stop()
        if self._is_ending:
            for watcher in self.watchers:
                watcher.ending()
        while self._n_working:
            self._take_event()

    def _list_next(self, references: Iterator[Reference]) -> None:
        self._when_done(_begun(lambda: next(references, None)), self._take_listed)

    def _take_listed(self, listing: Future[Reference | None]) -> None:
        self._listed = listing.result()

    def _read_next(self, references: Iterator[Reference]) -> None:
        """Begin to read what is listed, where there is room."""
        if self._listed and len(self._readings) < READERS and len(self._readings) + self._n_working < self._room:
            reference, self._listed = self._listed, None
            reading = _begun(lambda: read(reference, permitted=self.permitted))
            self._readings.append((reference, reading))
            self._when_done(reading, self._take_articles)
            self._list_next(references)

    def _take_articles(self, _reading: Future[Article]) -> None:
        """Order what has been read, one after the other as they are listed."""
        while self._readings and self._readings[0][1].done() and not self._is_ending:
            reference, reading = self._readings.popleft()
            try:
                article = reading.result()
                self._seen.check(reference, article)
            except Exception as error:  # noqa: BLE001 - whatever it is costs this article alone
                self._report(_failure(reference, error))
            else:
                self._order(reference, article)

    def _order(self, reference: Reference, article: Article) -> None:
        if article.identity in self._twins:  # twice in one batch: one after the other
            self._twins[article.identity].append((reference, article))
            return
        try:
            order = self.desk.order(article)
        except VoorlezerError as error:
            self._report(_failure(reference, error, article.title))
            return
        if order.before and order.is_done:
            self._report(_record(reference, "unchanged", order.before))
            return
        self._twins[article.identity] = []
        working = self.crew.submit(work, Task(order, self._cover, asked_pace(), self.workshop))
        self._n_working += 1
        self._when_done(working, partial(self._take_work, reference, article))

    def _take_work(self, reference: Reference, article: Article, working: Future[Work]) -> None:
        self._n_working -= 1
        try:
            done = working.result()
        except (CancelledError, Stopped) as error:
            if not self._is_ending:
                raise Gone("the workers are gone; the same command goes on from here") from error
            return
        except (ShowError, Gone):
            raise
        except Exception as error:  # noqa: BLE001 - as above
            record = _failure(reference, error, article.title)
        else:
            record = self._adopted(reference, done)
        twins = self._twins.pop(article.identity)
        self._report(record)
        if not self._is_ending:
            for twin, same in twins:
                self._order(twin, same)

    def _adopted(self, reference: Reference, done: Work) -> Record:
        workshop = destination(self.workshop)
        sidecar = workshop.read(done.name + SIDECAR)
        if sidecar is None:
            raise ShowError("a worker left its work where this run does not find it; give a --workshop that both reach")
        episode = self.library.adopt(_EPISODE.decode(sidecar), self._fetched(workshop, done.name + MP3))
        workshop.remove(done.name + SIDECAR)
        return _record(reference, done.state, episode, done)

    def _fetched(self, workshop: Destination, name: str) -> Path:
        """The audio on the disk of the show; it is not there when nothing was spoken."""
        if workshop.folder:
            return workshop.folder / name
        audio = self.incoming / name
        if content := workshop.read(name):
            audio.write_bytes(content)
            workshop.remove(name)
        return audio

    def _report(self, record: Record) -> None:
        for watcher in self.watchers:
            watcher.done(record)
        if record.outcome == "failed" and not self.keep_going:
            self.end()


def _begun(function: Callable[[], _Result]) -> Future[_Result]:
    """Call it in a thread that nobody has to wait for at the end: it may be waiting for a web site."""
    future: Future[_Result] = Future()

    def fulfil() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001 - to be raised where the result is asked for
            future.set_exception(error)

    Thread(target=fulfil, daemon=True).start()
    return future


def _failure(reference: Reference, error: Exception, title: str | None = None) -> Record:
    said = str(error) if isinstance(error, VoorlezerError) else f"Voorlezer failed with {error!r}"
    trouble = " ".join(said.removeprefix(f"{reference.label}: ").split())
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
