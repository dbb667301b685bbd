"""A real show for those who look at it from outside; it is made once, and nobody may change it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.show.real_show import make_show, served
from tts.show import serve, site
from tts.show.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def real_show(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three episodes that were spoken, mixed and encoded as for a listener."""
    folder = tmp_path_factory.mktemp("real")
    library = Library(folder / "show")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder / name))
        make_show(library)
    return library


@pytest.fixture(scope="session")
def address(real_show: Library) -> Iterator[str]:
    """Where that show is served, with a slash at the end."""
    with served(real_show) as url:
        yield url


@pytest.fixture
def own_show(real_show: Library, tmp_path: Path) -> Library:
    """A copy of that show, to change."""
    shutil.copytree(
        real_show.folder.parent, tmp_path / "own", ignore=shutil.ignore_patterns("*CACHE*", "HOME", ".lock")
    )
    return Library(tmp_path / "own" / "show")


@pytest.fixture
def paged(own_show: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a copy of that show is served whose feed has a page for each episode."""
    for module in (site, serve):
        monkeypatch.setattr(module, "FEED_SIZE", 1)
        monkeypatch.setattr(module, "FEED_KEEP", 1)
    site.remake(own_show)
    with served(own_show) as url:
        yield url
