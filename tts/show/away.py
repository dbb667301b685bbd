"""A show that lies elsewhere, opened: to be worked on by one run in the world, or to be looked at."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.destination import destination
from tts.show.files import SHOW_MANIFEST, ShowFile, kept_files, public_files
from tts.show.hold import Hold
from tts.show.sending import planned, send
from tts.show.site import refresh
from tts.show.working_copy import InUse, WorkingCopy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tts.show.sending import Plan

_EVERY_S = 60.0  # what a run that is killed has made since is made again, from the clips in the cache
_SHARE = 0.1  # of the time at most


@contextmanager
def checked_out(
    address: str, warn: Callable[[str], None], progress: Callable[[int, int], None]
) -> Iterator[WorkingCopy]:
    """The show at this address, to be written to; what changes is put there every minute, and at the end.

    A file there names only files that are there, at every moment, see `tts.show.sending`.
    warn     : is told, once, what keeps a check-in from being done; the next one tries again.
    progress : of fetching what is not here yet.
    Raises: ShowError when another run writes to it, or it can't be read, or at the end can't be written.
    """
    copy = WorkingCopy(address)
    with copy.alone() as name:
        hold = Hold(copy.address, name)
        hold.take()
        try:
            copy.check_out(progress)
        except BaseException:
            hold.release()
            raise
        ending = threading.Event()
        with ThreadPoolExecutor(1, "courier") as courier:
            rounds = courier.submit(_rounds, copy, hold, ending, warn)
            try:
                yield copy
            finally:
                ending.set()
                rounds.result()


def looked_at(address: str, progress: Callable[[int, int], None]) -> WorkingCopy:
    """The show at this address as it is now, to be read; a run of this machine that writes to it has it up to date.

    Raises: ShowError when it can't be read.
    """
    copy = WorkingCopy(address)
    try:
        with copy.alone():
            copy.check_out(progress)
    except InUse:
        copy.look()
    return copy


def _rounds(copy: WorkingCopy, hold: Hold, ending: threading.Event, warn: Callable[[str], None]) -> None:
    """Check in now and then until the end, and then; all in one thread, whose connection is not left alone for long."""
    told, pause_s = "", _EVERY_S
    try:
        while not ending.wait(pause_s):
            began = time.monotonic()
            try:
                _check_in(copy, hold)
            except ShowError as error:
                if str(error) != told:
                    told = str(error)
                    warn(f"{told}; what is made stays here, and goes there when that is mended")
            pause_s = max(_EVERY_S, (time.monotonic() - began) / _SHARE)
        _check_in(copy, hold)
    finally:
        with suppress(ShowError):  # who can't be told sees after some hours that it is over
            hold.release()


def _check_in(copy: WorkingCopy, hold: Hold) -> None:
    """Put what has changed."""
    hold.check()
    if not kept_files(copy.folder):  # nothing was made, and there is no show there
        return
    send(_plan(copy), lambda _done, _total: hold.keep())
    hold.keep()


def _plan(copy: WorkingCopy) -> Plan:
    with copy.writing():  # nobody changes a file between two looks
        refresh(copy)
        with copy.index() as index:
            files = public_files(index, artwork(copy.folder, copy.settings()))
        files += kept_files(copy.folder)
        if cover := copy.owners_cover():
            files.append(ShowFile(cover))
        files.sort(key=lambda file: file.stage)
        return planned(files, copy.folder, copy.digests, destination(copy.address), SHOW_MANIFEST, copy.manifest)
