"""The weights: joined once, and checked."""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import platformdirs
import pytest

from tts.errors import VoiceMissing
from tts.speak.kokoro import model
from tts.speak.kokoro.graph import lighter
from tts.speak.kokoro.model import joined_model
from tts.speak.onnx_file import Node, with_nodes

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = with_nodes(b"", [Node("Relu", ("tokens",), ("audio",))])
PARTS = (WHOLE[:9], WHOLE[9:15], WHOLE[15:])


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small packages in place of those with the weights; gives the folder that they are in."""
    names = tuple(f"small_model_{number}" for number in range(len(PARTS)))
    for name, data in zip(names, PARTS, strict=True):
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "part.bin").write_bytes(data)
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(model, "PARTS", names)
    monkeypatch.setattr(model, "SHA256", hashlib.sha256(WHOLE).hexdigest())
    monkeypatch.setattr(model, "N_BYTES", len(lighter(WHOLE)))
    return tmp_path


@pytest.mark.usefixtures("packages")
def test_the_parts_are_joined_once() -> None:
    path = joined_model()
    assert path.read_bytes() == lighter(WHOLE)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert joined_model() == path
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


@pytest.mark.usefixtures("packages")
def test_several_at_once_join_once(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = []
    join = model._join

    def listen(path: Path) -> None:
        joined.append(path)
        join(path)

    monkeypatch.setattr(model, "_join", listen)
    with ThreadPoolExecutor(4) as threads:
        paths = set(threads.map(lambda _: joined_model(), range(4)))
    assert len(joined) == len(paths) == 1


@pytest.mark.usefixtures("packages")
def test_a_file_that_lost_its_end_is_joined_again() -> None:
    path = joined_model()
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert joined_model().read_bytes() == whole


def test_parts_of_something_else_are_refused(packages: Path) -> None:
    (packages / "small_model_1" / "part.bin").write_bytes(b"OTHERS")
    with pytest.raises(VoiceMissing, match=r"damaged; install them again: pip install .* small-model-0 small-model-1"):
        joined_model()
    left = {path.suffix for path in (platformdirs.user_cache_path("voorlezer") / "kokoro").iterdir()}
    assert left <= {".lock"}


@pytest.mark.usefixtures("packages")
def test_a_cache_that_takes_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(VoiceMissing, match=r"can't be put in .*/file/voorlezer/kokoro: Not a directory"):
        joined_model()
