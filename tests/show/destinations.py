"""Destinations that fail at a given moment, and what must hold at every moment at a destination."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from fsspec.implementations.memory import MemoryFileSystem
from lxml import etree

from tts.show.publish import MANIFEST
from tts.show.sending import Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL = "https://example.org/podcast/"


class PowerCutError(Exception):
    """The destination is gone; no OSError, as libraries have errors of their own."""


class FailingServer(MemoryFileSystem):  # type: ignore[misc]
    """In memory, with folders; after `left` changes nothing works any more, and the last file is half there."""

    protocol = "failing-server"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    left: ClassVar[float] = float("inf")
    written: ClassVar[list[str]] = []
    whole_files_only = False

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.removeprefix(f"{cls.protocol}://"))
        return stripped

    @classmethod
    def start(cls, left: float = float("inf")) -> None:
        """Work for so many changes from now on."""
        cls.left = left
        cls.written = []

    def pipe_file(self, path: str, value: bytes, **_: Any) -> None:
        if not self._works() and not self.whole_files_only:
            super().pipe_file(path, value[: len(value) // 2])
        self._work(path)
        super().pipe_file(path, value)

    def put_file(self, lpath: str, rpath: str, **_: Any) -> None:
        with open(lpath, "rb") as file:  # noqa: PTH123 -- as fsspec hands it over
            self.pipe_file(rpath, file.read())

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        self._work(path2)
        self.store[self._strip_protocol(path2)] = self.store.pop(self._strip_protocol(path1))

    def rm_file(self, path: str) -> None:
        self._work(path)
        super().rm_file(path)

    def _works(self) -> bool:
        return self.left > 0

    def _work(self, path: str) -> None:
        cls = type(self)
        if not self._works():
            raise PowerCutError(f"PowerCut at {path}")
        cls.left -= 1
        cls.written.append(path)


class FailingStore(FailingServer):
    """The same as an object store: files come whole, and several at once."""

    protocol = "failing-store"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    async_impl = True
    whole_files_only = True


def contents(system: type[FailingServer]) -> dict[str, bytes]:
    """The files at `<protocol>://web`, by their names below that."""
    return {
        path.removeprefix("/web/"): file.getvalue() for path, file in system.store.items() if not path.endswith(".part")
    }


def in_folder(folder: Path) -> dict[str, bytes]:
    """The files in a folder, by their names in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".lock", ".index"))
    }


def named_by_the_feed(files: Mapping[str, bytes]) -> dict[str, int | None]:
    """All files of ours that the feed and the pages it leads to name, with the length that they give them."""
    named: dict[str, int | None] = {}
    to_read = {"feed.xml"} & files.keys()
    read: set[str] = set()
    while to_read:
        page = to_read.pop()
        read.add(page)
        for element in etree.fromstring(files[page]).iter():
            for address in (*element.attrib.values(), element.text or ""):
                if address.startswith(URL):
                    length = element.get("length")
                    named[address.removeprefix(URL)] = int(length) if length else None
        to_read |= {name for name in named if re.fullmatch(r"feed-\d+\.xml", name)} & files.keys() - read
    return named


def assert_sound(files: Mapping[str, bytes]) -> None:
    """The feed names only files that are there, as long as it says, and the manifest claims only what is so."""
    for name, n_bytes in named_by_the_feed(files).items():
        assert name in files, name
        assert n_bytes in {None, len(files[name])}, name
    if MANIFEST in files:
        for name, claim in msgspec.json.decode(files[MANIFEST], type=Manifest).files.items():
            assert claim is None or claim.n_bytes == len(files[name]), name
            assert claim is None or claim.sha256 in {None, _digest(files[name])}, name


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
