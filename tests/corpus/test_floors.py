"""A floor goes up with the score, and never down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.corpus import floors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def floor(tmp_path: Path) -> Path:
    path = tmp_path / "floor.json"
    path.write_text(json.dumps({"money": 80.0, "years": 90.0}), encoding="utf-8")
    return path


def test_a_higher_score_raises_it(floor: Path) -> None:
    assert floors.raise_floor(floor, {"money": 85.0, "years": 90.0})
    assert floors.stored(floor) == {"money": 85.0, "years": 90.0}


def test_a_new_measure_gets_one(floor: Path) -> None:
    assert floors.raise_floor(floor, {"money": 80.0, "years": 90.0, "web": 50.0})
    assert floors.stored(floor)["web"] == 50


def test_the_same_score_leaves_the_file_alone(floor: Path) -> None:
    before = floor.read_bytes()
    assert not floors.raise_floor(floor, {"money": 80.0, "years": 90.0})
    assert floor.read_bytes() == before


@pytest.mark.parametrize("measured", [{"money": 99.0, "years": 89.9}, {"money": 99.0}])
def test_a_lower_score_or_a_lost_measure_lowers_nothing(floor: Path, measured: dict[str, float]) -> None:
    before = floor.read_bytes()
    with pytest.raises(floors.FellBelowFloorError, match="years"):
        floors.raise_floor(floor, measured)
    assert floor.read_bytes() == before
