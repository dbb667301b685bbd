"""Below what the corpus must not score; a floor only goes up.

A floor is a JSON file of measures and what each reached. `floor.json` is for segmenting (shares, and the number of
articles), `spoken_floor.json` for spoken Dutch (percentages of sentences). The held-out set has none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.corpus.scoring import articles, total_of
from tests.corpus.spoken_scoring import rewritten, scores, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

SEGMENTING = Path(__file__).with_name("floor.json")
SPOKEN = Path(__file__).with_name("spoken_floor.json")


class FellBelowFloorError(Exception):
    """A score is lower than its floor, or its measure is gone."""


def segmenting() -> dict[str, float]:
    """What the articles of the corpus score, a measure a key."""
    total = total_of(articles())
    found = {name: getattr(total, name).f1 for name in ("quotes", "headings")}
    shares = {name: getattr(total, name).value for name in ("speakers", "pulls", "repeats", "header", "exact")}
    return {"articles": total.exact.of, **found, **shares}


def spoken() -> dict[str, float]:
    """What the sentences of the corpus score, a kind a key, in percent."""
    return {kind: score.percentage for kind, score in scores(sentences(), rewritten).items()}


def stored(path: Path) -> dict[str, float]:
    """The floor as it is kept."""
    floor: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return floor


def below(floor: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """What falls below the floor: its name, its score and its floor."""
    return [
        f"{name}: {measured.get(name, 'gone')}, floor {least}"
        for name, least in floor.items()
        if measured.get(name, -1) < least
    ]


def raise_floor(path: Path, measured: Mapping[str, float]) -> bool:
    """Make the floor what was measured, and say whether that changed anything.

    Raises:
        FellBelowFloorError: something measured is lower than its floor; the floor stays as it is.
    """
    floor = stored(path)
    if fallen := below(floor, measured):
        raise FellBelowFloorError(f"{path.name} stays as it is; below it:\n  " + "\n  ".join(fallen))
    if floor == measured:
        return False
    path.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    return True
