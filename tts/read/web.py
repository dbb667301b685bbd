"""A page by its address: in one time limit, of one size at most, and never from an address nobody named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, LocationParseError

from tts import __version__
from tts.errors import InputError
from tts.read.visit import Visit, WatchedAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

USER_AGENT = f"Voorlezer/{__version__} (reads one article aloud for one person)"
DEADLINE_S = 30.0  # the whole of it, redirects included
_CONNECT_S = 10.0
_SILENCE_S = 15.0
_MOST_REDIRECTS = 8
_CHUNK = 65536
_FORMS: dict[str, Literal["text", "markdown", "html"] | None] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/x-markdown": "markdown",
    "text/plain": None, "": None,
}  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class SiteRefusal(InputError):
    """The site answered, but with this HTTP `status` instead of what was asked for."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status

    def __reduce__(self) -> tuple[type[SiteRefusal], tuple[str, int]]:
        return SiteRefusal, (str(self), self.status)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: url is where it was found at last; charset and form are None where its header is silent.

    headers : their names in lower case. public : the address is one of the public web, not of a private network.
    unchanged : it is still as the headers of the question described it, and data is empty.
    """

    data: bytes
    url: str
    charset: str | None
    form: Literal["text", "markdown", "html"] | None
    headers: Mapping[str, str] = field(default_factory=dict)
    public: bool = True
    unchanged: bool = False


def fetch(url: str, *, max_bytes: int, deadline_s: float = DEADLINE_S, public_only: bool = False) -> Page:
    """The page at `url`, whole, within `deadline_s` seconds and `max_bytes` bytes (after decompression).

    An address that the user names may be local. A redirect may not lead to an address that is not public, except
    the very one that the user named: the address is the one that is connected to, so a name that changes its
    meaning between two look-ups gains nothing.

    public_only : somebody else named the address (a list on the public web), so it may not be local at all.
    Raises: InputError; a SiteRefusal where the site answered with another status.
    """
    return _taken(Visit(url, public_only=public_only), deadline_s, {}, lambda response: _page(response, url, max_bytes))


def fetch_file(
    url: str,
    *,
    max_bytes: int,
    deadline_s: float = DEADLINE_S,
    public_only: bool = False,
    headers: Mapping[str, str] | None = None,
    wanted: Callable[[bytes], bool] = bool,
) -> Page:
    """Whatever is at `url`, of any kind, under the conditions of `fetch`.

    headers : of the question; with If-None-Match or If-Modified-Since the answer may be that it is unchanged.
    wanted  : whether the file that starts with these bytes (64 KiB at least) is to be read to its end; where it is
              not, data is that start only.
    Raises: InputError; a SiteRefusal where the site answered with another status.
    """
    question = {"Accept": "*/*", **(headers or {})}
    return _taken(
        Visit(url, public_only=public_only),
        deadline_s,
        question,
        lambda response: _file(response, url, max_bytes, wanted),
    )


def _taken(
    visit: Visit, deadline_s: float, headers: Mapping[str, str], take: Callable[[requests.Response], Page]
) -> Page:
    url = visit.url
    try:
        with visit.until(deadline_s), _session(visit) as session:
            page = _follow(session, visit, headers, take)
    except InputError:
        raise
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:  # urlsplit's own is a bare ValueError
        if visit.expired:
            raise _too_slow(url, deadline_s) from error
        raise InputError(f"{url}: {_reason(error)}") from error
    if visit.expired:
        raise _too_slow(url, deadline_s)
    return replace(page, public=visit.public)


def _follow(
    session: requests.Session, visit: Visit, headers: Mapping[str, str], take: Callable[[requests.Response], Page]
) -> Page:
    at = url = visit.url
    if visit.public_only:
        visit.redirected_to(url)
    for _ in range(_MOST_REDIRECTS + 1):
        with session.get(
            at, stream=True, allow_redirects=False, timeout=(_CONNECT_S, _SILENCE_S), headers=dict(headers)
        ) as response:
            if not response.is_redirect:
                return take(response)
            at = urljoin(at, response.headers["location"])
        if urlsplit(at).scheme not in {"http", "https"}:
            raise InputError(f"{url}: leads to {at}, which is no web address; give the article's own address")
        visit.redirected_to(at)
    raise InputError(f"{url}: more than {_MOST_REDIRECTS} redirects; give the address that a browser ends at")


def _page(response: requests.Response, url: str, max_bytes: int) -> Page:
    _demand(response, url)
    kind = _kind(response)
    if kind not in _FORMS:
        raise InputError(f"{url}: this is {kind}, not a page with text; give the address of the article itself")
    return _filled(response, url, _body(response, url, max_bytes, bool))


def _file(response: requests.Response, url: str, max_bytes: int, wanted: Callable[[bytes], bool]) -> Page:
    if response.status_code == requests.codes.not_modified:
        return replace(_filled(response, url, b""), unchanged=True)
    _demand(response, url)
    return _filled(response, url, _body(response, url, max_bytes, wanted))


def _demand(response: requests.Response, url: str) -> None:
    if response.status_code != requests.codes.ok:
        raise SiteRefusal(f"{url}: {_refusal(response.status_code)}", response.status_code)


def _body(response: requests.Response, url: str, max_bytes: int, wanted: Callable[[bytes], bool]) -> bytes:
    data = bytearray()
    n_before = 0
    for chunk in response.iter_content(_CHUNK):
        data += chunk
        if n_before < _CHUNK <= len(data) and not wanted(bytes(data)):
            break
        if len(data) > max_bytes:
            raise InputError(f"{url}: longer than {max_bytes // 1_000_000} MB; give the address of something smaller")
        n_before = len(data)
    return bytes(data)


def _filled(response: requests.Response, url: str, data: bytes) -> Page:
    charset = _CHARSET.search(response.headers.get("content-type", ""))
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Page(data, response.url or url, charset[1] if charset else None, _FORMS.get(_kind(response)), headers)


def _kind(response: requests.Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _refusal(status: int) -> str:
    if status in {404, 410}:
        return f"there is no page at this address ({status}); check it"
    if status in {401, 402, 403, 451}:
        return f"the site does not give this page to us ({status}); save it in your browser and give the file"
    if status == 429 or status >= 500:
        return f"the site can't give the page now ({status}); try again later"
    return f"the site answered with status {status} instead of a page; check the address"


def _reason(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate can't be trusted; save the page in your browser and give the file"
    if isinstance(error, requests.exceptions.Timeout):
        return "the site does not answer; try again later"
    if isinstance(
        error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | LocationParseError | ValueError
    ):
        return "this is no web address; check it"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return "the site broke off in the middle of the page; try again later"
    return "the site can't be reached; check the address and the connection"


def _too_slow(url: str, deadline_s: float) -> InputError:
    return InputError(
        f"{url}: not there after {deadline_s:g} seconds; try again later, or save the page and give the file"
    )


def _session(visit: Visit) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept"] = "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8"
    for scheme in ("http://", "https://"):
        session.mount(scheme, WatchedAdapter(visit))
    return session
