"""Limits that a service sets to the requests of one address."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Bucket:
    """Lets `per_second` requests pass, and so many seconds' worth of them at once after a rest."""

    per_second: float
    burst_s: float
    tokens: float = 1e9
    at: float = 0.0

    def admits(self, now: float) -> bool:
        full = max(1.0, self.burst_s * self.per_second)
        self.tokens = min(full, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class Window:
    """Lets so many requests pass in any second."""

    per_second: float
    passed: list[float] = field(default_factory=list)

    def admits(self, now: float) -> bool:
        self.passed = [moment for moment in self.passed if moment > now - 1]
        if len(self.passed) >= self.per_second:
            return False
        self.passed.append(now)
        return True
