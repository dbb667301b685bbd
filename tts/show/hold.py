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

import msgspec

from tts.errors import ShowError
from tts.show.destination import destination

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


class Hold:
    """The right of one run to write to the show at an address.

    Raises: ShowError, from every method, when the address can't be used.
    """

    def __init__(self, address: str, copy: str) -> None:
        self._address = address
        now = datetime.now(UTC)
        self._own = Holder(platform.node(), os.getpid(), copy, now, now)
        self._kept_at = 0.0

    def take(self) -> None:
        """Take it; also from a run of this machine that was killed, and from one of which nothing was seen for hours.

        Raises: ShowError when another run has it.
        """
        holder = self._holder()
        if holder and not self._is_own(holder) and datetime.now(UTC) - holder.seen < STALE_AFTER:
            raise ShowError(
                f"{_named(holder)} is writing to {self._shown}; wait until it is done, or, when you know that it was "
                f"killed, remove {FILE} there"
            )
        self._put()
        self.check()

    def check(self) -> None:
        """See that it is this run's.

        Raises: ShowError when it is not, any more.
        """
        holder = self._holder()
        if holder is None or not self._is_own(holder):
            by = _named(holder) if holder else "somebody who removed it"
            raise ShowError(
                f"{FILE} at {self._shown} was taken from this run by {by}: what it made since is not put there; give "
                "the same command again later"
            )

    def keep(self) -> None:
        """Leave a sign of life, where the last one is a minute old."""
        if time.monotonic() > self._kept_at + _KEEP_EVERY_S:
            self.check()
            self._put()

    def release(self) -> None:
        """Let others have it."""
        holder = self._holder()
        if holder and self._is_own(holder):
            destination(self._address).remove(FILE)

    @property
    def _shown(self) -> str:
        return destination(self._address).shown

    def _is_own(self, holder: Holder) -> bool:
        return (holder.host, holder.copy) == (self._own.host, self._own.copy)

    def _holder(self) -> Holder | None:
        raw = destination(self._address).read(FILE)
        try:
            return None if raw is None else msgspec.json.decode(raw, type=Holder)
        except msgspec.DecodeError as error:
            raise ShowError(f"{FILE} at {self._shown} can't be read; remove it there when nobody writes") from error

    def _put(self) -> None:
        self._own = replace(self._own, seen=datetime.now(UTC))
        destination(self._address).put(FILE, msgspec.json.encode(self._own), "application/json", "no-store")
        self._kept_at = time.monotonic()


def _named(holder: Holder) -> str:
    return f"process {holder.process} on {holder.host} (since {holder.since.astimezone():%d-%m-%Y %H:%M})"
