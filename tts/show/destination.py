"""Where files of a show go: a folder, or what fsspec reaches by its address. The only fsspec of the project.

A file that is put takes the place of the one before it in one step, on every kind of destination.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tts.atomic import whole_file
from tts.errors import ShowError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fsspec import AbstractFileSystem

_LANES = 8  # uploads at once to a store that takes several; its library tries again by itself
_USERINFO = re.compile(r"(?<=://)([^/@]*)@")
_EXTRAS = {"s3": "s3", "s3a": "s3"}  # protocol -> the extra of this project that brings its library


class Destination(Protocol):
    """Files by their names, with slashes, below one address.

    shown  : the address without user name and password.
    folder : where that is on this machine, None when it is elsewhere.
    lanes  : how many calls may be under way at once.
    Raises : ShowError, from every method, when the destination does not do what it should.
    """

    shown: str
    folder: Path | None
    lanes: int

    def read(self, name: str) -> bytes | None:
        """The content of this file, None when it is not there."""

    def sizes(self) -> dict[str, int]:
        """How many bytes each file has, by its name: one look at all there are."""

    def put(self, name: str, content: bytes | Path, content_type: str, cache_control: str) -> None:
        """Replace this file by `content`, or by that of a file on this machine, in one step."""

    def remove(self, name: str) -> None:
        """See to it that this file is not there."""


def destination(address: str) -> Destination:
    """The destination of this address: a folder's path, or a URL such as `s3://bucket/folder`.

    Settings and credentials come from where the protocol's own library looks for them (for S3: AWS_ACCESS_KEY_ID,
    AWS_ENDPOINT_URL, ~/.aws and so on).
    Raises: ShowError for an unknown protocol, or one whose library is not installed, and when nobody answers.
    """
    return _made(address, {})


def destination_anew(address: str) -> Destination:
    """The same, over a connection of its own: one that was left alone for minutes may be gone."""
    return _made(address, {"skip_instance_cache": True})


def _made(address: str, options: dict[str, bool]) -> Destination:
    import fsspec
    from fsspec.implementations.local import LocalFileSystem

    try:
        system, path = fsspec.url_to_fs(address, **options)
    except ImportError as error:
        extra = _EXTRAS.get(address.partition("://")[0])
        how = f"install voorlezer[{extra}], for instance: pip install 'voorlezer[{extra}]'" if extra else str(error)
        raise ShowError(f"a library for {_without_user(address)} is missing; {how}") from error
    except Exception as error:  # any library's own, see `_System._translated`
        raise _translated(error, address) from error
    if isinstance(system, LocalFileSystem):
        return _Folder(Path(path))
    return (_Store if system.async_impl else _Server)(system, path.rstrip("/"), address)


class _Folder:
    lanes = 1

    def __init__(self, folder: Path) -> None:
        self.folder: Path | None = folder
        self.shown = str(folder)
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        with self._translated():
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def sizes(self) -> dict[str, int]:
        with self._translated():
            files = (path for path in self._folder.rglob("*") if path.is_file())
            return {path.relative_to(self._folder).as_posix(): path.stat().st_size for path in files}

    def put(
        self,
        name: str,
        content: bytes | Path,
        content_type: str,  # noqa: ARG002 -- who serves the files gives them their headers
        cache_control: str,  # noqa: ARG002 -- the same
    ) -> None:
        target = self._folder / name
        with self._translated():
            target.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(target) as fresh:
                if isinstance(content, Path):
                    shutil.copyfile(content, fresh)
                else:
                    fresh.write_bytes(content)

    def remove(self, name: str) -> None:
        with self._translated():
            (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = error.filename or self._folder
            raise ShowError(f"can't use {self.shown}: {error.strerror or error} ({where})") from error


class _System:
    """What fsspec reaches."""

    folder: Path | None = None

    def __init__(self, system: AbstractFileSystem, path: str, address: str) -> None:
        self.shown = _without_user(address)
        self._system = system
        self._path = path
        self._address = address

    def read(self, name: str) -> bytes | None:
        with self._translated():
            try:
                content: bytes = self._system.cat_file(self._at(name))
            except FileNotFoundError:
                return None
            return content

    def sizes(self) -> dict[str, int]:
        with self._translated():
            self._system.invalidate_cache()  # of listings that were made before
            try:
                found = self._system.find(self._path, detail=True)
            except FileNotFoundError:
                return {}
        top = f"{self._path}/"
        return {path.removeprefix(top): int(found[path]["size"]) for path in found if path.startswith(top)}

    def remove(self, name: str) -> None:
        with self._translated(), suppress(FileNotFoundError):
            self._system.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}"

    def _write(self, path: str, content: bytes | Path, **headers: Any) -> None:
        if isinstance(content, Path):
            self._system.put_file(str(content), path, **headers)
        else:
            self._system.pipe_file(path, content, **headers)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # behind an address is any library, with errors of its own
            raise _translated(error, self._address) from error


class _Store(_System):
    """An object store: no folders, a file is there when it has come whole, several calls at once."""

    lanes = _LANES

    def put(self, name: str, content: bytes | Path, content_type: str, cache_control: str) -> None:
        headers = {"ContentType": content_type, "CacheControl": cache_control} if self._is_s3() else {}
        with self._translated():
            self._write(self._at(name), content, **headers)

    def _is_s3(self) -> bool:
        names = self._system.protocol
        return "s3" in ((names,) if isinstance(names, str) else names)


class _Server(_System):
    """Folders elsewhere (FTP, SFTP…), where a file grows as it is written; one connection."""

    lanes = 1

    def put(
        self,
        name: str,
        content: bytes | Path,
        content_type: str,  # noqa: ARG002 -- who serves the files gives them their headers
        cache_control: str,  # noqa: ARG002 -- the same
    ) -> None:
        target = self._at(name)
        growing = f"{target}.part"
        with self._translated():
            self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._write(growing, content)
            self._system.mv(growing, target)


def _without_user(text: str) -> str:
    return _USERINFO.sub("", text)


def _translated(error: Exception, address: str) -> ShowError:
    """The error in one line, without what the address holds of user name and password."""
    said = str(error) or type(error).__name__
    for userinfo in _USERINFO.findall(address):
        for secret in (userinfo, *userinfo.split(":")[1:]):
            said = said.replace(secret, "…") if secret else said
    return ShowError(f"can't use {_without_user(address)}: {said}")
