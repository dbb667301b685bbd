"""Files that are there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(target: Path, *, durable: bool = False) -> Iterator[Path]:
    """Give a fresh path beside `target`; what was written there takes the place of `target` at the end, in one step.

    When the block fails, `target` is as it was and the fresh file is gone. A killed process may leave a file whose
    name begins with "." and ends in ".part".

    durable : also on the disk before it takes its place; for what can't be made again.
    Raises: OSError as the file system gives it.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}.", suffix=f"{target.suffix}.part", dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        fresh.chmod(0o666 & ~_umask())  # mkstemp makes files that only their owner can read
        if durable:
            _sync(fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def write_whole(target: Path, data: bytes, *, durable: bool = False) -> None:
    """Replace `target` by `data` in one step, see `whole_file`."""
    with whole_file(target, durable=durable) as fresh:
        fresh.write_bytes(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
