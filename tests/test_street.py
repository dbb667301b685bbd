"""The one-way street: a room imports only the rooms before it, and each foreign library has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "tts"
SHARED_GROUND = {"tts", "model", "errors", "atomic", "audio"}
STREET = ("read", "segment", "speak", "stitch", "show")
COMPOSITION = ("orders", "produce", "batch")  # what puts the rooms together, outside all of them
DOORS = {
    "pydub": {"stitch/mix.py"},
    "mutagen": {"stitch/tags.py"},
    "gtts": {"speak/google/voice.py"},
    "espeakng_loader": {"speak/espeak/voice.py"},
    "lameenc": {"stitch/codec.py"},
    "tomlkit": {"show/settings.py"},
    "feedparser": {"read/feeds.py"},
    "onnxruntime": {"speak/onnx_session.py"},
    "piper": {"speak/piper/model.py"},
    "protego": {"read/polite.py"},
}


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _rooms(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("tts.")}


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    used = _rooms(_imports(path)) - SHARED_GROUND - {"__version__"}
    if room in STREET:
        assert used <= set(STREET[: STREET.index(room) + 1])
    elif room in SHARED_GROUND:
        assert used == set()
    elif room in COMPOSITION:
        assert used <= {*STREET, *COMPOSITION[: COMPOSITION.index(room) + 1]}
    else:
        assert room in {"cli", "__main__", "__init__"}


def test_the_rule_would_notice_a_wrong_turn() -> None:
    assert _rooms({"tts.show.library", "json", "tts.model"}) == {"show", "model"}


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_foreign_library_has_one_door(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if any(name.split(".")[0] == library for name in _imports(path))
    }
    assert users == DOORS[library]
