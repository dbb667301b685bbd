"""The articles in an archive, one after the other, with nothing put on the disk.

A member's name is a name only: no path of this machine is ever made of it. What comes out is bounded by what went
in, because forty kilobytes can unpack to gigabytes.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from tts.errors import InputError
from tts.read.folding import fold
from tts.read.listing import START_BYTES, is_article
from tts.read.reference import Member, Reference, Unusable
from tts.read.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.read.listing import Listing
    from tts.read.reference import Where

_MOST_UNPACKED = 100_000_000
_MOST_GROWTH = 200  # times; Dutch prose packs to a third, pages with much markup to a tenth
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # a way of packing that this Python does not have
    RuntimeError,  # zipfile's word for a password
    ValueError,
)


def members_of_zip(listing: Listing) -> Iterator[Reference]:
    """The articles in a zip file, in its order; a member that can't be read is Unusable.

    Raises: InputError for a damaged file, and when it unpacks to what no archive of texts does.
    """
    allowance = _Allowance(listing)
    try:
        with zipfile.ZipFile(listing.file) as archive:
            for member in filter(_is_wanted, archive.infolist()):
                yield _reference(listing, member.filename, _unzipped(archive, member, allowance))
    except zipfile.BadZipFile as error:
        raise _damaged(listing, error) from error


def count_in_zip(file: BinaryIO) -> int | None:
    """How many articles a zip file has; None for a damaged one."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(map(_is_wanted, archive.infolist()))
    except zipfile.BadZipFile:
        return None


def members_of_tar(listing: Listing) -> Iterator[Reference]:
    """The articles in a tar file, packed or not, in its order; links and devices are no articles.

    Raises: InputError for a damaged file, and when it unpacks to what no archive of texts does.
    """
    start = listing.file.read(8)
    listing.file.seek(0)
    stream = _Metered(_unpacker(listing.file, start), _Allowance(listing))
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for member in archive:
                if member.isfile() and is_article(PurePosixPath(member.name)):
                    file = archive.extractfile(member)
                    yield _reference(listing, member.name, file.read(MAX_BYTES + 1) if file else b"")
    except InputError:
        raise
    except _DAMAGE as error:
        raise _damaged(listing, error) from error


def unpacked_start(listing: Listing) -> bytes:
    """The first bytes of what a packed file (gzip, bzip2, xz) holds; the file is left at its start.

    Raises: InputError for a damaged file.
    """
    return _unpacked(listing, START_BYTES)


def unpacked(listing: Listing) -> BinaryIO:
    """What a packed file holds, in memory.

    Raises: InputError for a damaged file, and for one that holds too much.
    """
    data = _unpacked(listing, _MOST_UNPACKED + 1)
    if len(data) > _MOST_UNPACKED:
        raise InputError(f"{listing.label}: more than {_MOST_UNPACKED // 1_000_000} MB when unpacked; unpack it first")
    return io.BytesIO(data)


def _unpacked(listing: Listing, n_bytes: int) -> bytes:
    start = listing.file.read(8)
    listing.file.seek(0)
    try:
        data = _unpacker(listing.file, start).read(n_bytes)
    except _DAMAGE as error:
        raise _damaged(listing, error) from error
    listing.file.seek(0)
    return data


def _unpacker(file: BinaryIO, start: bytes) -> IO[bytes]:
    if start.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if start.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(file)
    return file


class _Allowance:
    """How much may still come out of an archive."""

    def __init__(self, listing: Listing) -> None:
        self._label = listing.label
        n_packed = listing.file.seek(0, io.SEEK_END)
        listing.file.seek(0)
        self._left = max(_MOST_UNPACKED, _MOST_GROWTH * n_packed)

    def use(self, n_bytes: int) -> None:
        """Count `n_bytes`.

        Raises: InputError when it is too much.
        """
        self._left -= n_bytes
        if self._left < 0:
            raise InputError(f"{self._label}: it unpacks to far more than texts do; unpack it first, and look")


class _Metered:
    """A stream that counts against an allowance what is read from it, as much of a file as tarfile needs."""

    def __init__(self, stream: IO[bytes], allowance: _Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, n_bytes: int) -> bytes:
        data = self._stream.read(n_bytes)
        self._allowance.use(len(data))
        return data


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and is_article(PurePosixPath(member.filename))


def _unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: _Allowance) -> bytes | Unusable:
    try:
        with archive.open(member) as file:
            data = file.read(MAX_BYTES + 1)
    except _DAMAGE as error:
        return Unusable(f"it can't be unpacked ({error}); unpack the archive yourself, and give the folder")
    allowance.use(len(data))
    return data


def _reference(listing: Listing, name: str, data: bytes | Unusable) -> Reference:
    path = PurePosixPath(name)  # without the "./" that tar puts before names
    identity = f"path:{listing.origin}!{path}"
    where: Where = data if isinstance(data, Unusable) else Member(data, path.suffix, identity)
    return Reference(fold(f"{listing.label}!{path}"), where)


def _damaged(listing: Listing, error: Exception) -> InputError:
    return InputError(f"{listing.label}: this archive is damaged ({error}); get it again")
