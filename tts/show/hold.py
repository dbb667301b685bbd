"""Who writes to a show that lies elsewhere: a file beside it, for the time of a run.

An object store has no lock that is taken in one step. Whoever takes this one looks whether it has it, and looks again
each time before it writes: of two that come in the same moment, one gives up before it has changed anything.
"""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from tts.errors import ShowError

if TYPE_CHECKING:
    from tts.show.destination import Destination

FILE = ".writer.json"
STALE_AFTER = timedelta(hours=3)  # without a sign of life
_KEEP_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has it. copy : names the working copy, which one run at a time has. seen : the last sign of life."""

    host: str
    process: int
    copy: str
    since: datetime
    seen: datetime


class HoldLost(ShowError):
    """Another run has it now."""


class Hold:
    """The right of one run to write to the show at a destination.

    Raises: ShowError, from every method, when the destination can't be used.
    """

    def __init__(self, copy: str) -> None:
        now = datetime.now(UTC)
        self._own = Holder(platform.node(), os.getpid(), copy, now, now)
        self._kept_at = 0.0

    def take(self, to: Destination) -> None:
        """Take it; also from a run of this machine that was killed, and from one of which nothing was seen for hours.

        Raises: ShowError when another run has it.
        """
        holder = _holder(to)
        if holder and not self._is_own(holder) and datetime.now(UTC) - holder.seen < STALE_AFTER:
            raise ShowError(
                f"{_named(holder)} is writing to {to.shown}; wait until it is done, or, when you know that it was "
                f"killed, remove {FILE} there"
            )
        self._put(to)
        self.check(to)

    def check(self, to: Destination) -> None:
        """See that it is this run's.

        Raises: HoldLost when it is not, any more.
        """
        holder = _holder(to)
        if holder is None or not self._is_own(holder):
            by = _named(holder) if holder else "somebody who removed it"
            raise HoldLost(
                f"{FILE} at {to.shown} was taken from this run by {by}: what it made since is not put there; give "
                "the same command again later"
            )

    def keep(self, to: Destination) -> None:
        """Leave a sign of life, where the last one is a minute old."""
        if time.monotonic() > self._kept_at + _KEEP_EVERY_S:
            self.check(to)
            self._put(to)

    def release(self, to: Destination) -> None:
        """Let others have it."""
        holder = _holder(to)
        if holder and self._is_own(holder):
            to.remove(FILE)

    def _is_own(self, holder: Holder) -> bool:
        return (holder.host, holder.copy) == (self._own.host, self._own.copy)

    def _put(self, to: Destination) -> None:
        self._own = replace(self._own, seen=datetime.now(UTC))
        to.put(FILE, msgspec.json.encode(self._own), "application/json", "no-store")
        self._kept_at = time.monotonic()


def _holder(to: Destination) -> Holder | None:
    raw = to.read(FILE)
    try:
        return None if raw is None else msgspec.json.decode(raw, type=Holder)
    except msgspec.DecodeError as error:
        raise ShowError(f"{FILE} at {to.shown} can't be read; remove it there when nobody writes") from error


def _named(holder: Holder) -> str:
    return f"process {holder.process} on {holder.host} (since {holder.since.astimezone():%d-%m-%Y %H:%M})"
