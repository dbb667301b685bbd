"""The pace towards Google, within a process and across processes."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tts.errors import InputError, VoiceBusy, VoiceMissing
from tts.speak.google.pace import PACE_VARIABLE, NoPace, Pace, SharedPace, ask_for, google_pace
from tts.speak.google.throttle import Throttle

if TYPE_CHECKING:
    from pathlib import Path

PER_SECOND = 20.0
GAP_S = 1 / PER_SECOND

TAKE_TURNS = """
import sys, time
from pathlib import Path
from tts.speak.google.pace import SharedPace
pace = SharedPace(float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[1]))
for _ in range(int(sys.argv[4])):
    with pace.turn():
        started = time.time()
        time.sleep(float(sys.argv[5]))
        print(started, time.time())
"""


def spans(state_file: Path, processes: int, connections: int, turns: int, work_s: float) -> list[tuple[float, ...]]:
    """When the turns of so many processes began and ended, in the order in which they began."""
    arguments = [str(state_file), str(PER_SECOND), str(connections), str(turns), str(work_s)]
    started = [
        subprocess.Popen([sys.executable, "-c", TAKE_TURNS, *arguments], stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    outputs = [process.communicate(timeout=30)[0] for process in started]
    assert {process.returncode for process in started} == {0}
    return sorted(tuple(map(float, line.split())) for output in outputs for line in output.splitlines())


@pytest.mark.parametrize("processes", [2, 4])
def test_processes_keep_one_pace(tmp_path: Path, processes: int) -> None:
    turns = 24 // processes
    begun = [begin for begin, _ in spans(tmp_path / "pace", processes, connections=2, turns=turns, work_s=0.0)]
    assert len(begun) == 24
    # No turn begins early, but on a busy machine the first may have begun late. Each for itself: half the time.
    assert begun[-1] - begun[0] >= 23 * GAP_S - 0.25


def test_two_processes_share_the_connections(tmp_path: Path) -> None:
    taken = spans(tmp_path / "pace", processes=2, connections=1, turns=3, work_s=0.15)
    assert len(taken) == 6
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(taken))


def test_threads_share_the_connections(tmp_path: Path) -> None:
    pace = SharedPace(200, 2, tmp_path / "pace")
    under_way: list[int] = []
    inside = [0]

    def take_turn(_: int) -> None:
        with pace.turn():
            inside[0] += 1
            under_way.append(inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take_turn, range(12)))
    assert len(under_way) == 12
    assert max(under_way) == 2


def test_one_that_was_told_to_wait_holds_up_all(tmp_path: Path) -> None:
    told, other = (SharedPace(PER_SECOND, 2, tmp_path / "pace") for _ in range(2))
    told.hold(0.3)
    told.hold(0.3)
    assert 0.2 < seconds_until_turn(other) < 0.5


@pytest.mark.parametrize(
    "state",
    [
        "",
        "nonsense",
        "1 2 3",
        "1790000000.0 1790000000.2",
        "nan nan nan 0 0",
        "inf inf 4 0 0",
        "5 3 4 0 0",
        "0 1e300 4 0 0",
        "0 0 0 0 0",
        "0 0 4 -1 0",
        "\x00" * 20,
        "99999999999 0 4 0 0",
    ],
)
def test_a_damaged_file_holds_nobody_up(tmp_path: Path, state: str) -> None:
    (tmp_path / "pace").write_text(state)
    assert seconds_until_turn(SharedPace(PER_SECOND, 2, tmp_path / "pace")) < 0.2


def test_a_file_that_is_no_text_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "pace").write_bytes(b"\xff\xfe\x80")
    assert seconds_until_turn(SharedPace(PER_SECOND, 2, tmp_path / "pace")) < 0.2


@pytest.mark.parametrize("clock_set_back_s", [-3600, 0, 3600, 10 * 365 * 86400])
def test_a_clock_that_jumps_costs_one_pause_at_most(tmp_path: Path, clock_set_back_s: float) -> None:
    written = time.time() + clock_set_back_s
    (tmp_path / "pace").write_text(Throttle.started(written, PER_SECOND).held(0.2).line)
    pace = SharedPace(PER_SECOND, 2, tmp_path / "pace")
    assert seconds_until_turn(pace) < 0.4
    assert seconds_until_turn(pace) < 0.2


def test_without_a_limit_nothing_is_written(tmp_path: Path) -> None:
    pace = NoPace()
    pace.hold(60)
    pace.refused(0, 60)
    assert sum(seconds_until_turn(pace) for _ in range(50)) < 0.1
    assert list(tmp_path.iterdir()) == []


def test_the_turn_is_given_back_after_an_error(tmp_path: Path) -> None:
    pace = SharedPace(200, 1, tmp_path / "pace")
    with pytest.raises(ZeroDivisionError), pace.turn():
        1 / 0  # noqa: B018  # the error is the point
    assert seconds_until_turn(pace) < 0.2


def seconds_for_turns(pace: Pace, turns: int) -> float:
    return sum(seconds_until_turn(pace) for _ in range(turns))


def seconds_until_turn(pace: Pace) -> float:
    asked = time.monotonic()
    with pace.turn():
        return time.monotonic() - asked


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    pace = SharedPace(PER_SECOND, 2, tmp_path / "file" / "pace")
    with pytest.raises(VoiceMissing, match="file"), pace.turn():
        pytest.fail("a turn without a pace")
    with pytest.raises(VoiceMissing, match="file"):
        pace.hold(1)
    with pytest.raises(VoiceMissing, match="file"):
        pace.refused(0, 0)


def test_a_refusal_slows_down_all_at_once_and_once(tmp_path: Path) -> None:
    told, other = (SharedPace(PER_SECOND, 2, tmp_path / "pace") for _ in range(2))
    with told.turn() as turn:
        told.refused(turn, 0)
    with told.turn():
        told.refused(turn, 0)  # was under way together with the first
    slower_s = seconds_for_turns(other, 10)
    assert slower_s > 9 * GAP_S / 0.85 - 0.05
    assert Throttle.parsed((tmp_path / "pace").read_text()).n_cuts == 1


def test_who_waits_already_is_put_off_by_a_rest(tmp_path: Path) -> None:
    told, waiting = (SharedPace(2, 2, tmp_path / "pace") for _ in range(2))
    with told.turn() as turn, ThreadPoolExecutor(1) as pool:
        waited = pool.submit(seconds_until_turn, waiting)
        time.sleep(0.1)
        told.refused(turn, 1.0)
        assert waited.result() > 1.0


def test_a_rest_of_minutes_is_passed_on(tmp_path: Path) -> None:
    told, other = (SharedPace(PER_SECOND, 2, tmp_path / "pace") for _ in range(2))
    told.hold(1800)
    with pytest.raises(VoiceBusy, match="30 minutes") as caught, other.turn():
        pytest.fail("a turn in the rest")
    assert caught.value.retry_after_s == pytest.approx(1800, abs=5)


def test_a_slow_pace_is_no_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        (tmp_path / "pace").unlink()  # and so the next moment is free

    monkeypatch.setattr("tts.speak.google.pace.time.sleep", sleep)
    pace = SharedPace(0.01, 2, tmp_path / "pace")
    for _ in range(2):
        with pace.turn():
            pass
    assert slept == [pytest.approx(100, abs=2)]


def test_as_fast_as_it_goes_starts_at_the_usual_pace_and_grows(tmp_path: Path) -> None:
    pace = SharedPace(None, 8, tmp_path / "pace")
    first_s = seconds_for_turns(pace, 8)
    assert 7 / 4 - 0.2 < first_s < 7 / 4 + 0.5
    learned = Throttle.parsed((tmp_path / "pace").read_text())
    assert 4 < learned.per_second(20) < 5


def test_those_that_are_killed_leave_the_file_whole(tmp_path: Path) -> None:
    arguments = [str(tmp_path / "pace"), "500", "8", "100000", "0"]
    doomed = [
        subprocess.Popen([sys.executable, "-c", TAKE_TURNS, *arguments], stdout=subprocess.DEVNULL) for _ in range(4)
    ]
    while not (tmp_path / "pace").exists():
        time.sleep(0.02)
    time.sleep(0.5)
    for process in doomed:
        process.kill()
        process.wait(10)
        Throttle.parsed((tmp_path / "pace").read_text())
        assert seconds_until_turn(SharedPace(500, 8, tmp_path / "pace")) < 2


def test_a_process_that_is_killed_in_its_turn_gives_it_back(tmp_path: Path) -> None:
    arguments = [str(tmp_path / "pace"), str(PER_SECOND), "1", "1", "60"]
    killed = subprocess.Popen([sys.executable, "-c", TAKE_TURNS, *arguments])
    while not (tmp_path / "pace").exists():
        time.sleep(0.02)
    killed.kill()
    killed.wait(10)
    assert seconds_until_turn(SharedPace(PER_SECOND, 1, tmp_path / "pace")) < 1


@pytest.mark.parametrize(
    ("asked", "per_second", "connections"),
    [("", 2.5, 2), ("0.5", 0.5, 2), (" 10 ", 10.0, 5), ("1000", 1000.0, 8), ("fastest", None, 8), ("off", None, 8)],
)
def test_the_environment_sets_the_pace(
    monkeypatch: pytest.MonkeyPatch, asked: str, per_second: float | None, connections: int
) -> None:
    monkeypatch.setenv(PACE_VARIABLE, asked)
    pace = google_pace()
    assert (pace.per_second, pace.connections) == (per_second, connections)
    monkeypatch.setenv(PACE_VARIABLE, "7")
    ask_for(asked.strip() or "default")
    assert google_pace() is pace
    with pytest.raises(InputError, match="'snel' is no pace"):
        ask_for("snel")
    assert google_pace() is pace


@pytest.mark.parametrize("asked", ["snel", "0", "-1", "nan", "inf", "1e9"])
def test_a_pace_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv(PACE_VARIABLE, asked)
    with pytest.raises(InputError, match=PACE_VARIABLE):
        google_pace()
