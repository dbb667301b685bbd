"""How fast to ask a service that blocks whoever asks too fast, and does not say how fast that is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

# CUBIC (RFC 9438) counted in requests and not in seconds, so that refusals stay a share of the requests whatever the
# limit. Chosen in the simulation of tests/speak/test_throttle.py over limits of 3 to 8 requests a second that change
# midway, buckets of 0 to 3 seconds and windows of one: 40 requests are refused 1.4 times as often, 80 are slow to
# notice that more is allowed.
_N_TO_CEILING = 60
_CUT = 0.15
_MARGIN = 0.97  # of a rate that was refused, what is taken for allowed

_SLOWEST = 0.5  # requests a second; a service that refuses even these is out of reach, and who asks it gives up
_LATE_S = 0.05  # who starts within this of the moment had waited for it, and was woken late
_LONGEST_REST_S = 3600.0
_FORGOTTEN_AFTER_S = 900.0  # without a request: what was learned of the limit may not be so any more

_N_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Throttle:
    """When the next request may start, and what refusals have taught about the limit.

    written  : moment of the wall clock, in seconds, for which this holds.
    free     : moment from which the next request may start.
    ceiling  : requests a second that are taken for allowed.
    n_paced  : requests since the last cut that came as fast as they were let: only they try the limit.
    n_cuts   : how often the pace was cut. A request belongs to the cut before it, so that the refusals of all that
               were under way together cut the pace once.

    After a cut the pace is 15 % below the ceiling. It is back at it after 60 requests, lingers there, and then goes
    beyond, faster and faster, until the next refusal.
    """

    written: float
    free: float
    ceiling: float
    n_paced: int
    n_cuts: int

    @classmethod
    def started(cls, now: float, per_second: float) -> Self:
        """Nothing is known yet: from this pace on, go faster until the first refusal."""
        return cls(now, now, per_second / (1 + _CUT), 2 * _N_TO_CEILING, 0)

    @classmethod
    def parsed(cls, text: str) -> Self:
        """What `line` gave.

        Raises: ValueError for anything else.
        """
        fields = text.split()
        if len(fields) != _N_FIELDS:
            raise ValueError(f"{_N_FIELDS} numbers are wanted, not {len(fields)}")
        written, free, ceiling = map(float, fields[:3])
        n_paced, n_cuts = map(int, fields[3:])
        is_moment = -2 * _LATE_S <= free - written <= 2 * _LONGEST_REST_S and math.isfinite(written)
        if not (is_moment and 0 < ceiling <= 1e4 and 0 <= n_paced <= 1e4 and n_cuts >= 0):
            raise ValueError(f"not written here: {text[:80]!r}")
        return cls(written, free, ceiling, n_paced, n_cuts)

    @property
    def line(self) -> str:
        """All of it as one line."""
        return f"{self.written!r} {self.free!r} {self.ceiling!r} {self.n_paced} {self.n_cuts}\n"

    def at(self, now: float, per_second: float) -> Self:
        """The same at this moment; started anew at `per_second` where it is long ago.

        Written in the future, the clock was set back, and nobody knows how long ago that was: what was left to wait
        then is left to wait now.
        """
        if now - max(self.written, self.free) > _FORGOTTEN_AFTER_S:
            return replace(type(self).started(now, per_second), n_cuts=self.n_cuts)
        if self.written > now:
            return replace(self, written=now, free=now + self.free - self.written)
        return replace(self, written=now, free=max(self.free, now - _LATE_S))

    def per_second(self, most: float) -> float:
        """The pace now, at most `most`."""
        beyond = self.n_paced / _N_TO_CEILING - 1
        return min(most, max(_SLOWEST, self.ceiling * (1 + _CUT * beyond**3)))

    def wait_s(self) -> float:
        """How long until the next request may start; 0 when it may."""
        return max(0.0, self.free - self.written)

    def taken(self, most: float) -> Self:
        """A request starts now."""
        was_waited_for = self.free > self.written - _LATE_S
        pace = self.per_second(most)
        tried = self.n_paced + 1 if was_waited_for and pace < most else self.n_paced
        return replace(self, free=(self.free if was_waited_for else self.written) + 1 / pace, n_paced=tried)

    def held(self, seconds: float) -> Self:
        """No request starts for so long, an hour at most."""
        return replace(self, free=max(self.free, self.written + min(seconds, _LONGEST_REST_S)))

    def refused(self, most: float, n_cuts: int) -> Self:
        """A request that had started after so many cuts was refused.

        When the pace was below the ceiling, that was too high. Beyond it, the truth lies between the two: a service
        lets a burst pass before it refuses.
        """
        if n_cuts != self.n_cuts:
            return self
        pace = self.per_second(most)
        ceiling = max(_SLOWEST, _MARGIN * math.sqrt(pace * min(pace, self.ceiling)))
        return replace(self, ceiling=ceiling, n_paced=0, n_cuts=n_cuts + 1)
