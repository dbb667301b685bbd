"""What several tests share."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tts.show import artwork

if TYPE_CHECKING:
    from collections.abc import Generator

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
EXAMPLE = Path(__file__).resolve().parents[1] / "audio" / "voorbeeld.txt"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the caches, the music or the settings of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_MUSIC_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("VOORLEZER_SHOW", raising=False)


@pytest.fixture(autouse=True, scope="session")
def _covers_drawn_once() -> Generator[None]:
    """Each cover is drawn once a run: it takes half a second, and nearly every test of the show has the same one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(artwork, "_drawing", cache(artwork._drawing))
        yield


@pytest.fixture
def reference() -> Path:
    """The reference article with its gold; it belongs to a newspaper, and is not in this repository."""
    path = SHARED / "articles" / "staatsbezoek.txt"
    if not path.exists():
        pytest.skip(f"the reference article is not at {path}")
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the tools are said to be installed, a test that misses one has failed."""
    report = yield
    required = os.environ.get("VOORLEZER_TOOLS_REQUIRED") == "1" and item.get_closest_marker("tools")
    if required and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"a tool is missing here: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What to do about tests that were skipped for want of a tool."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "tools" in report.keywords]
    if skipped:
        how = ".ci/tools installs them all"
        terminalreporter.write_line(f"{len(skipped)} tests were skipped for want of a program; {how}.")
