"""The pace towards Google, within a process and across processes."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tts.errors import InputError, VoiceMissing
from tts.speak.pace import PACE_VARIABLE, Pace, google_pace

if TYPE_CHECKING:
    from pathlib import Path

PER_SECOND = 20.0
GAP_S = 1 / PER_SECOND

TAKE_TURNS = """
import sys, time
from pathlib import Path
from tts.speak.pace import Pace
pace = Pace(float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[1]))
for _ in range(int(sys.argv[4])):
    with pace.turn():
        started = time.time()
        time.sleep(float(sys.argv[5]))
        print(started, time.time())
"""


def spans_of_two_processes(state_file: Path, connections: int, turns: int, work_s: float) -> list[tuple[float, ...]]:
    """When the turns of two processes began and ended, in the order in which they began."""
    arguments = [str(state_file), str(PER_SECOND), str(connections), str(turns), str(work_s)]
    processes = [
        subprocess.Popen([sys.executable, "-c", TAKE_TURNS, *arguments], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=30)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    return sorted(tuple(map(float, line.split())) for output in outputs for line in output.splitlines())


def test_two_processes_keep_one_pace(tmp_path: Path) -> None:
    begun = [begin for begin, _ in spans_of_two_processes(tmp_path / "pace", connections=2, turns=12, work_s=0.0)]
    assert len(begun) == 24
    # No turn begins early, but on a busy machine the first may have begun late. Each for itself: half the time.
    assert begun[-1] - begun[0] >= 23 * GAP_S - 0.25


def test_two_processes_share_the_connections(tmp_path: Path) -> None:
    spans = spans_of_two_processes(tmp_path / "pace", connections=1, turns=3, work_s=0.15)
    assert len(spans) == 6
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(spans))


def test_threads_share_the_connections(tmp_path: Path) -> None:
    pace = Pace(200, 2, tmp_path / "pace")
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
    told, other = (Pace(PER_SECOND, 2, tmp_path / "pace") for _ in range(2))
    told.hold(0.3)
    told.hold(0.3)
    assert 0.2 < seconds_until_turn(other) < 0.5


@pytest.mark.parametrize(
    "state", ["", "nonsense", "1 2 3", "nan nan", "inf inf", "5 3", "0 1e300", "\x00" * 20, "99999999999 0"]
)
def test_a_damaged_file_holds_nobody_up(tmp_path: Path, state: str) -> None:
    (tmp_path / "pace").write_text(state)
    assert seconds_until_turn(Pace(PER_SECOND, 2, tmp_path / "pace")) < 0.2


def test_a_file_that_is_no_text_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "pace").write_bytes(b"\xff\xfe\x80")
    assert seconds_until_turn(Pace(PER_SECOND, 2, tmp_path / "pace")) < 0.2


@pytest.mark.parametrize("clock_set_back_s", [-3600, 0, 3600, 10 * 365 * 86400])
def test_a_clock_that_jumps_costs_one_pause_at_most(tmp_path: Path, clock_set_back_s: float) -> None:
    written = time.time() + clock_set_back_s
    (tmp_path / "pace").write_text(f"{written!r} {written + 0.2!r}")
    pace = Pace(PER_SECOND, 2, tmp_path / "pace")
    assert seconds_until_turn(pace) < 0.4
    assert seconds_until_turn(pace) < 0.2


def test_without_a_limit_nothing_is_written(tmp_path: Path) -> None:
    pace = Pace(None, 8, tmp_path / "absent" / "pace")
    pace.hold(60)
    assert sum(seconds_until_turn(pace) for _ in range(50)) < 0.1
    assert not (tmp_path / "absent").exists()


def test_the_turn_is_given_back_after_an_error(tmp_path: Path) -> None:
    pace = Pace(200, 1, tmp_path / "pace")
    with pytest.raises(ZeroDivisionError), pace.turn():
        1 / 0  # noqa: B018  # the error is the point
    assert seconds_until_turn(pace) < 0.2


def seconds_until_turn(pace: Pace) -> float:
    asked = time.monotonic()
    with pace.turn():
        return time.monotonic() - asked


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    pace = Pace(PER_SECOND, 2, tmp_path / "file" / "pace")
    with pytest.raises(VoiceMissing, match="file"), pace.turn():
        pytest.fail("a turn without a pace")
    with pytest.raises(VoiceMissing, match="file"):
        pace.hold(1)


@pytest.mark.parametrize(
    ("asked", "per_second", "connections"), [("", 4.0, 2), ("0.5", 0.5, 2), (" 10 ", 10.0, 2), ("off", None, 8)]
)
def test_the_environment_sets_the_pace(
    monkeypatch: pytest.MonkeyPatch, asked: str, per_second: float | None, connections: int
) -> None:
    monkeypatch.setenv(PACE_VARIABLE, asked)
    pace = google_pace()
    assert (pace.per_second, pace.connections) == (per_second, connections)


@pytest.mark.parametrize("asked", ["snel", "0", "-1", "nan", "inf", "1e9"])
def test_a_pace_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv(PACE_VARIABLE, asked)
    with pytest.raises(InputError, match=PACE_VARIABLE):
        google_pace()
