"""A file that takes several goes, a server that changes its mind, a disk that is full."""

from __future__ import annotations

import hashlib
import random
import resource
import signal
from typing import TYPE_CHECKING

import pytest

from tests.speak.piper.mirror import Mirror, serving
from tts.errors import VoiceMissing
from tts.speak.piper import fetch as module
from tts.speak.piper.catalogue import Digest
from tts.speak.piper.fetch import TRIES, fetch

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

DATA = random.Random(1).randbytes(400_000)
CHUNK = module._CHUNK_BYTES


def _digest(data: bytes) -> Digest:
    return Digest(len(data), hashlib.md5(data).hexdigest())


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Generator[Mirror]:
    monkeypatch.setattr(module, "WAIT_S", 0.0)
    with serving() as mirror:
        mirror.files["/stem.onnx"] = DATA
        yield mirror


def _fetch(mirror: Mirror, target: Path, digest: Digest | None = None) -> list[int]:
    told: list[int] = []
    fetch(f"{mirror.url}/stem.onnx", target, digest or _digest(DATA), told.append)
    return told


def test_a_file_comes_whole_and_alone(mirror: Mirror, tmp_path: Path) -> None:
    told = _fetch(mirror, tmp_path / "new" / "stem.onnx")
    assert (tmp_path / "new" / "stem.onnx").read_bytes() == DATA
    assert [path.name for path in tmp_path.rglob("*.*")] == ["stem.onnx"]
    assert told == sorted(told)
    assert told[-1] == len(DATA)


def test_broken_off_it_goes_on_from_there_in_the_same_run(mirror: Mirror, tmp_path: Path) -> None:
    mirror.breaks_after = [10 * CHUNK, 5 * CHUNK + 7]
    _fetch(mirror, tmp_path / "stem.onnx")
    assert (tmp_path / "stem.onnx").read_bytes() == DATA
    assert [wanted for _, wanted, _ in mirror.asked] == [None, f"bytes={10 * CHUNK}-", f"bytes={15 * CHUNK}-"]
    assert [known for _, _, known in mirror.asked] == [None, '"first"', '"first"']


def test_given_up_the_next_run_goes_on(mirror: Mirror, tmp_path: Path) -> None:
    mirror.breaks_after = [3 * CHUNK] * TRIES
    with pytest.raises(VoiceMissing, match=r"broke off at 0\.2 of 0\.4 MB; the same command goes on"):
        _fetch(mirror, tmp_path / "stem.onnx")
    assert not (tmp_path / "stem.onnx").exists()
    _fetch(mirror, tmp_path / "stem.onnx")
    assert mirror.asked[-1][1] == f"bytes={3 * CHUNK * TRIES}-"
    assert (tmp_path / "stem.onnx").read_bytes() == DATA


def test_another_file_by_now_is_fetched_from_the_start(mirror: Mirror, tmp_path: Path) -> None:
    mirror.breaks_after = [3 * CHUNK] * TRIES
    with pytest.raises(VoiceMissing):
        _fetch(mirror, tmp_path / "stem.onnx")
    mirror.files["/stem.onnx"], mirror.etag = DATA[::-1], '"second"'
    _fetch(mirror, tmp_path / "stem.onnx", _digest(DATA[::-1]))
    assert mirror.asked[-1][1:] == (f"bytes={3 * CHUNK * TRIES}-", '"first"')
    assert (tmp_path / "stem.onnx").read_bytes() == DATA[::-1]


@pytest.mark.parametrize(("has_ranges", "etag"), [(False, '"first"'), (True, 'W/"weak"'), (True, "")])
def test_servers_that_know_less_give_the_same_file(mirror: Mirror, tmp_path: Path, has_ranges: bool, etag: str) -> None:
    mirror.has_ranges, mirror.etag = has_ranges, etag
    mirror.breaks_after = [150_000]
    _fetch(mirror, tmp_path / "stem.onnx")
    assert (tmp_path / "stem.onnx").read_bytes() == DATA


def test_a_file_that_is_not_what_it_should_be_is_thrown_away(mirror: Mirror, tmp_path: Path) -> None:
    for given in (DATA[:-1] + b"x", DATA + b"x"):
        mirror.files["/stem.onnx"] = given
        with pytest.raises(VoiceMissing, match="not the file it should be"):
            _fetch(mirror, tmp_path / "stem.onnx")
        assert list(tmp_path.iterdir()) == []


def test_a_part_that_was_never_of_this_file_is_given_up(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "stem.onnx.part").write_bytes(b"x" * 399_999)
    mirror.files["/stem.onnx"] = DATA[:300_000]
    with pytest.raises(VoiceMissing, match="broke off"):  # the server's file is shorter than it should be
        _fetch(mirror, tmp_path / "stem.onnx")
    mirror.files["/stem.onnx"] = DATA
    _fetch(mirror, tmp_path / "stem.onnx")
    assert (tmp_path / "stem.onnx").read_bytes() == DATA


@pytest.mark.parametrize("status", [403, 404, 503])
def test_what_the_server_answers_is_told_in_one_line(mirror: Mirror, tmp_path: Path, status: int) -> None:
    mirror.status = status
    with pytest.raises(VoiceMissing, match=f"answers {status}") as failed:
        _fetch(mirror, tmp_path / "stem.onnx")
    assert "\n" not in str(failed.value)
    assert len(mirror.asked) == (TRIES if status == 503 else 1)


def test_a_server_that_is_not_there_is_asked_once(tmp_path: Path) -> None:
    with serving() as mirror:
        url = mirror.url
    with pytest.raises(VoiceMissing, match="can't be fetched"):
        fetch(f"{url}/stem.onnx", tmp_path / "stem.onnx", _digest(DATA), lambda _n: None)


def test_a_full_disk_is_told_and_the_rest_comes_when_there_is_room(mirror: Mirror, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(VoiceMissing, match=r"can't be written in .*: File too large"):
            _fetch(mirror, tmp_path / "stem.onnx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    _fetch(mirror, tmp_path / "stem.onnx")
    assert (tmp_path / "stem.onnx").read_bytes() == DATA
    assert mirror.asked[-1][1] == "bytes=100000-"
