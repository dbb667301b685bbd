from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from tts.errors import ShowError
from tts.model import Show
from tts.show.faults import fault, first_fault
from tts.show.library import Library

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = [
    ("title", "Q"),
    ("description", "Twee\nregels"),
    ("language", "nl"),
    ("language", "nl-NL"),
    ("language", "nl-be"),
    ("url", "https://example.org"),
    ("url", "http://[::1]:8000/a%20b/~me/@x/"),
    ("link", "https://example.org/?a=b#c"),
    ("moved_from", None),
    ("owner_email", "redactie@example.org"),
    ("colours", ("#123c4a", "#FFCF56")),
]
WRONG = [
    ("title", ""),
    ("title", " \n"),
    ("description", "\t"),
    ("language", "Nederlands"),
    ("language", "nl_NL"),
    ("language", ""),
    ("url", "example.org"),
    ("url", "ftp://example.org/"),
    ("url", "https://"),
    ("url", "https:///podcast"),
    ("url", "https://example.org/een map/"),
    ("url", "https://example.org/één/"),
    ("url", "https://example.org/?a=b"),
    ("url", "https://example.org/#a"),
    ("url", "https://example.org/\n"),
    ("link", "www.example.org"),
    ("moved_from", "/podcast"),
    ("owner_email", "redactie"),
    ("owner_email", "a@b@c"),
    ("colours", ("#123c4a", "geel")),
    ("colours", ("#fff", "#000000")),
]


def _show(name: str, value: object) -> Show:
    return msgspec.convert({name: value}, Show)


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_right_values_pass(name: str, value: object) -> None:
    assert fault(name, value) is None
    assert first_fault(_show(name, value)) is None


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_values_are_named_with_what_to_write(name: str, value: object) -> None:
    found = first_fault(_show(name, value))
    assert found is not None
    assert found.startswith(name)
    assert ";" in found
    assert "\n" not in found


def test_a_show_with_a_wrong_value_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('colours = ["#123c4a", "geel"]\n', encoding="utf-8")
    with pytest.raises(ShowError, match=r"mend .*show\.toml: colours 'geel' is no colour"):
        Library(tmp_path).settings()


@pytest.mark.parametrize("name", sorted({name for name, _ in RIGHT}))
def test_hostile_values_take_no_time(name: str) -> None:
    began = time.process_time()
    for sign in "a-@/#\n ":
        for end in ("", "\0"):
            fault(name, "https://" + sign * 100_000 + end)
            fault(name, sign * 100_000 + end)
    assert time.process_time() - began < 1
