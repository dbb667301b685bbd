"""A large file by its address, in as many goes as it takes: what has come stays, and the next go asks for the rest."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

import requests
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from tts import __version__
from tts.errors import VoiceMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tts.speak.piper.catalogue import Digest

TRIES = 4
WAIT_S = 1.0  # after the first that broke off; then two and four times as long
_CONNECT_S, _SILENCE_S = 10.0, 30.0
_CHUNK_BYTES = 1 << 14  # as much is lost of what came, where it breaks off


class _BrokenOff(VoiceMissing):
    """The rest may come at another try."""


def fetch(url: str, target: Path, digest: Digest, progress: Callable[[int], None]) -> None:
    """The file at `url`, whole and checked, at `target`, replaced in one step.

    What has come lies in `target`.part until then, and is gone on with, in this run or a later one: where the server
    says by its ETag that the file is another one by now, from the start. A file that is not what `digest` says is
    thrown away.

    progress : is told how many bytes of the file are there.
    Raises: VoiceMissing.
    """
    part, tag = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.etag")
    tries = Retrying(
        retry=retry_if_exception_type(_BrokenOff),
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(WAIT_S),
        reraise=True,
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        tries(_go_on, url, part, tag, digest.size, progress)
        tag.unlink(missing_ok=True)
        if not _is(part, digest):
            part.unlink()
            raise VoiceMissing(f"what {url} gave is not the file it should be, and is thrown away; try again later")
        part.replace(target)
    except requests.RequestException as error:
        raise VoiceMissing(f"{url} can't be fetched: {_reason(error)}") from error
    except OSError as error:
        raise VoiceMissing(
            f"{target.name} ({digest.size / 1e6:.0f} MB) can't be written in {target.parent}: {error.strerror}"
        ) from error


def _go_on(url: str, part: Path, tag: Path, size: int, progress: Callable[[int], None]) -> None:
    """The rest of the file in `part`, as far as it comes."""
    n_there = part.stat().st_size if part.exists() else 0
    if n_there > size:
        part.unlink()
        n_there = 0
    if n_there == size:
        return
    try:
        with requests.get(
            url, headers=_headers(n_there, tag), stream=True, timeout=(_CONNECT_S, _SILENCE_S)
        ) as response:
            if not _goes_on(response, part, n_there):
                n_there = 0
            tag.write_text(response.headers.get("ETag", ""), encoding="utf-8")
            with part.open("ab" if n_there else "wb") as file:
                for chunk in response.iter_content(_CHUNK_BYTES):
                    n_there += len(chunk)
                    if n_there > size:
                        break
                    file.write(chunk)
                    progress(n_there)
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
        if not part.exists():
            raise
        raise _BrokenOff(_so_far(url, part, size, _reason(error))) from error
    if n_there < size:
        raise _BrokenOff(_so_far(url, part, size, "the server said no more"))


def _headers(n_there: int, tag: Path) -> dict[str, str]:
    headers = {"User-Agent": f"Voorlezer/{__version__}", "Accept-Encoding": "identity"}
    if n_there:
        headers["Range"] = f"bytes={n_there}-"
        known = tag.read_text(encoding="utf-8") if tag.exists() else ""
        if known.startswith('"'):  # a weak one may not stand in If-Range (RFC 9110, section 13.1.5)
            headers["If-Range"] = known
    return headers


def _goes_on(response: requests.Response, part: Path, n_there: int) -> bool:
    """Whether the answer is the rest of the file; else it is the whole.

    Raises: VoiceMissing when it is neither.
    """
    status = response.status_code
    if status == HTTPStatus.PARTIAL_CONTENT and response.headers.get("Content-Range", "").startswith(
        f"bytes {n_there}-"
    ):
        return True
    if status == HTTPStatus.OK:
        return False
    if status in {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}:
        part.unlink(missing_ok=True)  # not a part of what the server has
        raise _BrokenOff(f"{response.url} has not the rest of what was fetched before; the same command starts anew")
    kind = _BrokenOff if status >= HTTPStatus.INTERNAL_SERVER_ERROR else VoiceMissing
    raise kind(f"{response.url} answers {status} {response.reason}; try again later")


def _is(file: Path, digest: Digest) -> bool:
    with file.open("rb") as data:
        found = hashlib.file_digest(data, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return file.stat().st_size == digest.size and found == digest.md5


def _so_far(url: str, part: Path, size: int, reason: str) -> str:
    there = part.stat().st_size if part.exists() else 0
    return (
        f"{url} broke off at {there / 1e6:.1f} of {size / 1e6:.1f} MB; the same command goes on from there ({reason})"
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
