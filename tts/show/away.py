"""A show that lies elsewhere, opened: to be worked on by one run in the world, or to be looked at."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.destination import destination_anew
from tts.show.files import SHOW_MANIFEST, ShowFile, kept_files, public_files
from tts.show.hold import Hold, HoldLost
from tts.show.sending import planned, send
from tts.show.site import refresh
from tts.show.working_copy import InUse, WorkingCopy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from tts.show.destination import Destination
    from tts.show.sending import Plan

_EVERY_S = 60.0  # what a run that is killed has made since is made again, from the clips in the cache
_SHARE = 0.1  # of the time at most


@contextmanager
def checked_out(
    address: str, warn: Callable[[str], None], progress: Callable[[int, int], None]
) -> Iterator[WorkingCopy]:
    """The show at this address, to be written to; what changes is put there every minute, and at the end.

    A file there names only files that are there, at every moment, see `tts.show.sending`.
    warn     : is told, once, what keeps a check-in from being done.
    progress : of fetching what is not here yet.
    Raises: ShowError when another run writes to it, or it can't be read, or at the end can't be written. What was made
    since the last check-in is made again by the next run, then, from the clips in the cache.
    """
    copy = WorkingCopy(address)
    with copy.alone() as name:
        hold, to = Hold(name), destination_anew(copy.address)
        hold.take(to)
        try:
            copy.check_out(to, progress)
        except BaseException:
            with suppress(ShowError):
                hold.release(to)
            raise
        ending = threading.Event()
        with ThreadPoolExecutor(1, "courier") as courier:
            rounds = courier.submit(_rounds, copy, hold, ending, warn)
            try:
                yield copy
            finally:
                ending.set()
                _last_round(rounds, copy.address)


def looked_at(address: str, progress: Callable[[int, int], None]) -> WorkingCopy:
    """The show at this address as it is now, to be read; a run of this machine that writes to it has it up to date.

    Raises: ShowError when it can't be read.
    """
    copy, to = WorkingCopy(address), destination_anew(address)
    try:
        with copy.alone():
            copy.check_out(to, progress)
    except InUse:
        copy.look(to)
    return copy


def _last_round(rounds: Future[None], address: str) -> None:
    try:
        rounds.result()
    except HoldLost:
        raise
    except ShowError as error:
        raise ShowError(f"{error}; the same command makes again what is not at {address} yet") from error


def _rounds(copy: WorkingCopy, hold: Hold, ending: threading.Event, warn: Callable[[str], None]) -> None:
    """Check in now and then until the end, and then."""
    told, pause_s = "", _EVERY_S
    try:
        while not ending.wait(pause_s):
            began = time.monotonic()
            try:
                _check_in(copy, hold)
            except HoldLost as error:
                copy.lost = error  # ends the run that works on it
                raise
            except ShowError as error:
                if str(error) != told:
                    told = str(error)
                    warn(f"{told}; trying again every minute")
            pause_s = max(_EVERY_S, (time.monotonic() - began) / _SHARE)
        _check_in(copy, hold)
    finally:
        with suppress(ShowError):  # who can't be told sees after some hours that it is over
            hold.release(destination_anew(copy.address))


def _check_in(copy: WorkingCopy, hold: Hold) -> None:
    """Put what has changed."""
    to = destination_anew(copy.address)
    hold.check(to)
    if kept_files(copy.folder):  # else nothing was made, and there is no show there
        send(_plan(copy, to), lambda _done, _total: hold.keep(to))
    hold.keep(to)


def _plan(copy: WorkingCopy, to: Destination) -> Plan:
    with copy.writing():  # nobody changes a file between two looks
        refresh(copy)
        with copy.index() as index:
            files = public_files(index, artwork(copy.folder, copy.settings()))
        files += kept_files(copy.folder)
        if cover := copy.owners_cover():
            files.append(ShowFile(cover))
        files.sort(key=lambda file: file.stage)
        return planned(files, copy.folder, copy.digests, to, SHOW_MANIFEST, copy.manifest)
