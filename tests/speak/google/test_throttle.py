"""The controller behind the pace, in a simulation that keeps a clock of its own."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.speak.google.limits import Bucket, Window
from tts.speak.google.throttle import Throttle

LATENCY_S = 0.25
MOST = 20.0
START = 4.0


Event = tuple[float, int, Literal["start", "arrive", "passed", "refused"], int]


@dataclass
class World:
    """Lanes that always have something to ask, one throttle between them, and a service with a limit."""

    service: Bucket | Window
    rest_s: float
    random: Random
    n_lanes: int = 16
    throttle: Throttle = field(default_factory=lambda: Throttle.started(0.0, START))
    now: float = 0.0
    n_passed: int = 0
    n_refused: int = 0
    allowed: float = 0.0
    events: list[Event] = field(default_factory=list)
    n_events: int = 0

    def __post_init__(self) -> None:
        for _ in range(self.n_lanes):
            self.later(0.0, "start")

    def later(self, seconds: float, what: Literal["start", "arrive", "passed", "refused"], n_cuts: int = 0) -> None:
        self.n_events += 1
        heapq.heappush(self.events, (self.now + seconds, self.n_events, what, n_cuts))

    def run(self, n_passed: int) -> None:
        """Until so many requests have passed since the world began."""
        while self.n_passed < n_passed:
            moment, _, what, n_cuts = heapq.heappop(self.events)
            self.allowed += (moment - self.now) * self.service.per_second
            self.now = moment
            self.throttle = self.throttle.at(moment, START)
            if what == "start":
                self.start()
            elif what == "arrive":
                answer: Literal["passed", "refused"] = "passed" if self.service.admits(moment) else "refused"
                self.later(LATENCY_S * 0.7, answer, n_cuts)
            elif what == "passed":
                self.n_passed += 1
                self.later(0.0, "start")
            else:
                self.refuse(n_cuts)

    def start(self) -> None:
        if wait_s := self.throttle.wait_s():
            self.later(wait_s + self.random.uniform(0, 0.003), "start")  # woken up late
            return
        self.throttle = self.throttle.taken(MOST)
        self.later(LATENCY_S * 0.3 + self.random.uniform(0, 0.02), "arrive", self.throttle.n_cuts)

    def refuse(self, n_cuts: int) -> None:
        self.n_refused += 1
        self.throttle = self.throttle.refused(MOST, n_cuts).held(self.rest_s)
        self.later(max(self.rest_s, self.random.uniform(1, 2)), "start")

    @property
    def used(self) -> float:
        return self.n_passed / self.allowed

    @property
    def refused(self) -> float:
        return self.n_refused / (self.n_passed + self.n_refused)


limits = st.floats(3, 8)


@given(
    first=limits,
    second=limits,
    burst_s=st.floats(0.5, 2),
    changes_after=st.floats(0.3, 0.7),
    rest_s=st.sampled_from([0.0, 0.0, 1.0]),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=25, deadline=None)
def test_a_limit_that_changes_midway_is_used_and_seldom_passed(
    first: float, second: float, burst_s: float, changes_after: float, rest_s: float, seed: int
) -> None:
    world = World(Bucket(first, burst_s), rest_s, Random(seed))
    n_requests = 1500
    world.run(int(n_requests * changes_after))
    world.service.per_second = second
    world.run(n_requests)
    assert world.used >= 0.75
    assert world.refused <= 0.03


@given(per_second=st.integers(3, 8), seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_a_limit_without_any_burst_is_used_too(per_second: int, seed: int) -> None:
    world = World(Window(per_second), 0.0, Random(seed))
    world.run(1500)
    assert world.used >= 0.75
    assert world.refused <= 0.03


@pytest.mark.parametrize(("before", "after", "within_s"), [(3.0, 8.0, 90), (8.0, 3.0, 15), (5.0, 0.6, 60)])
def test_a_change_is_noticed(before: float, after: float, within_s: float) -> None:
    world = World(Bucket(before, 1.0), 0.0, Random(7))
    world.run(600)
    world.service.per_second = after
    changed, paces = world.now, []
    while world.now < changed + within_s + 30:
        world.run(world.n_passed + 1)
        if world.now > changed + within_s:
            paces.append(world.throttle.per_second(MOST))
    assert 0.7 * after < sum(paces) / len(paces) < 1.2 * after


def test_where_nothing_is_refused_the_pace_grows_to_the_most_and_no_further() -> None:
    world = World(Bucket(1e6, 1.0), 0.0, Random(7))
    world.run(400)
    assert world.throttle.per_second(MOST) == MOST
    assert world.n_refused == 0
    n_tried = world.throttle.n_paced
    world.run(800)
    assert world.throttle.n_paced == n_tried


def test_refusals_under_way_together_cut_once() -> None:
    before = Throttle.started(0.0, START)
    once = before.refused(MOST, 0)
    assert once.per_second(MOST) < 0.9 * before.per_second(MOST)
    assert once.refused(MOST, 0) == once
    assert once.refused(MOST, 1).per_second(MOST) < once.per_second(MOST)


def test_a_cut_pace_recovers() -> None:
    cut = Throttle.started(0.0, START).refused(START, 0)
    slow, paces = cut, []
    for _ in range(200):
        slow = slow.at(slow.free, START).taken(START)
        paces.append(slow.per_second(START))
    assert paces == sorted(paces)
    assert paces[0] < 0.9 * START
    assert paces[-1] == START


def test_who_does_not_use_the_pace_does_not_raise_it() -> None:
    idle = Throttle.started(0.0, START)
    for second in range(1, 200):
        idle = idle.at(float(second), START).taken(MOST)
    assert idle.per_second(MOST) == pytest.approx(START)


def test_what_was_learned_is_forgotten_after_a_while() -> None:
    slow = Throttle.started(0.0, START).refused(MOST, 0).refused(MOST, 1)
    assert slow.at(100.0, START).per_second(MOST) < 0.8 * START
    late = slow.at(2000.0, START)
    assert late.per_second(MOST) == pytest.approx(START)
    assert late.refused(MOST, 1) == late  # of a request from before
    assert late.wait_s() == 0


@given(
    st.floats(0, 2e9),
    st.floats(0, 3600),
    st.floats(0.01, 1000),
    st.integers(0, 10_000),
    st.integers(0, 10**9),
)
def test_a_line_holds_all_of_it(written: float, wait_s: float, ceiling: float, n_paced: int, n_cuts: int) -> None:
    throttle = Throttle(written, written + wait_s, ceiling, n_paced, n_cuts)
    assert Throttle.parsed(throttle.line) == throttle


@given(
    st.text() | st.lists(st.floats() | st.integers(), min_size=5, max_size=5).map(lambda row: " ".join(map(str, row)))
)
def test_any_other_line_is_refused_or_sound(text: str) -> None:
    try:
        throttle = Throttle.parsed(text)
    except ValueError:
        return
    assert 0 < throttle.per_second(MOST) <= MOST
    assert throttle.wait_s() <= 7200
    later = throttle.taken(MOST).refused(MOST, throttle.n_cuts).held(1)
    assert Throttle.parsed(later.line) == later


@pytest.mark.parametrize("set_back_s", [1.0, 3600.0, 1e9])
def test_a_clock_set_back_leaves_what_was_left_to_wait(set_back_s: float) -> None:
    held = Throttle.started(2e9, START).held(5)
    back = held.at(2e9 - set_back_s, START)
    assert back.wait_s() == pytest.approx(5, abs=1e-3)
    assert replace(back, written=held.written, free=held.free) == held
