"""A page by its address: in one time limit, of one size at most, and never from an address nobody named."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError

from tts import __version__
from tts.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3 import PoolManager

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


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: url is where it was found at last; charset and form are None where its header is silent."""

    data: bytes
    url: str
    charset: str | None
    form: Literal["text", "markdown", "html"] | None


def fetch(url: str, *, max_bytes: int, deadline_s: float = DEADLINE_S) -> Page:
    """The page at `url`, whole, within `deadline_s` seconds and `max_bytes` bytes (after decompression).

    An address that the user names may be local. A redirect may not lead to an address that is not public, except
    the very one that the user named: the address is the one that is connected to, so a name that changes its
    meaning between two look-ups gains nothing.

    Raises: InputError.
    """
    visit = _Visit(url)
    try:
        with visit.until(deadline_s), _session(visit) as session:
            page = _follow(session, visit, url, max_bytes)
    except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
        if visit.expired:
            raise _too_slow(url, deadline_s) from error
        raise InputError(f"{url}: {_reason(error)}") from error
    if visit.expired:
        raise _too_slow(url, deadline_s)
    return page


def _follow(session: requests.Session, visit: _Visit, url: str, max_bytes: int) -> Page:
    at = url
    for _ in range(_MOST_REDIRECTS + 1):
        with session.get(at, stream=True, allow_redirects=False, timeout=(_CONNECT_S, _SILENCE_S)) as response:
            if not response.is_redirect:
                return _page(response, url, max_bytes)
            at = urljoin(at, response.headers["location"])
        if urlsplit(at).scheme not in {"http", "https"}:
            raise InputError(f"{url}: leads to {at}, which is no web address; give the article's own address")
        visit.redirected_to(at)
    raise InputError(f"{url}: more than {_MOST_REDIRECTS} redirects; give the address that a browser ends at")


def _page(response: requests.Response, url: str, max_bytes: int) -> Page:
    if response.status_code != requests.codes.ok:
        raise InputError(f"{url}: {_refusal(response.status_code)}")
    header = response.headers.get("content-type", "")
    kind = header.partition(";")[0].strip().lower()
    if kind not in _FORMS:
        raise InputError(f"{url}: this is {kind}, not a page with text; give the address of the article itself")
    data = bytearray()
    for chunk in response.iter_content(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            raise InputError(f"{url}: longer than {max_bytes // 1_000_000} MB; give the address of one article")
    charset = _CHARSET.search(header)
    return Page(bytes(data), response.url or url, charset[1] if charset else None, _FORMS[kind])


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
        error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | LocationParseError | UnicodeError
    ):
        return "this is no web address; check it"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return "the site broke off in the middle of the page; try again later"
    return "the site can't be reached; check the address and the connection"


def _too_slow(url: str, deadline_s: float) -> InputError:
    return InputError(
        f"{url}: not there after {deadline_s:g} seconds; try again later, or save the page and give the file"
    )


class _Visit:
    """One fetch: the connections it made, the first of them by the user's own word, and its time limit."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.expired = False
        self._named: tuple[str, int] | None = None
        self._redirected = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    @contextmanager
    def until(self, deadline_s: float) -> Iterator[None]:
        """Break all connections off after `deadline_s`; read time-outs alone let a byte a second go on for ever."""
        timer = threading.Timer(deadline_s, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._lock:
                for connection in self._sockets:
                    connection.close()
                self._sockets.clear()

    def admit(self, connection: socket.socket, *, proxied: bool) -> None:
        """Take on a new connection.

        Raises: InputError where a redirect led it to an address that is not public.
        """
        host, port = connection.getpeername()[:2]
        if self._named is None:
            self._named = (host, port)
        elif self._redirected and not proxied and not self._was_named(host, port) and not _is_public(host):
            raise self._led_astray(host)
        with self._lock:
            self._sockets.append(connection.dup())  # TLS takes the original over

    def redirected_to(self, url: str) -> None:
        """From here on connections are not to addresses that the user named.

        Raises: InputError where a proxy would look a private name up for us.
        """
        self._redirected = True
        host = urlsplit(url).hostname or ""
        proxy = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
        if proxy and host != urlsplit(self.url).hostname and not all(map(_is_public, _addresses(host))):
            raise self._led_astray(host)

    def _led_astray(self, host: str) -> InputError:
        return InputError(
            f"{self.url}: a redirect leads to {host}, on a private network; give the article's own address"
        )

    def _was_named(self, host: str, port: int) -> bool:
        if self._named is None:
            return False
        return self._named[0] == host and (self._named[1] == port or (self._named[1], port) == (80, 443))

    def _expire(self) -> None:
        self.expired = True
        with self._lock:
            for connection in self._sockets:
                with contextlib.suppress(OSError):  # it may be closed already
                    connection.shutdown(socket.SHUT_RDWR)


def _is_public(host: str) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return address.is_global and not address.is_multicast


def _addresses(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        return []  # only the proxy knows the name, so it is no name on this network


def _session(visit: _Visit) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept"] = "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8"
    for scheme in ("http://", "https://"):
        session.mount(scheme, _WatchedAdapter(visit))
    return session


class _WatchedAdapter(HTTPAdapter):
    """Shows each connection to a visit before the first byte is sent over it."""

    def __init__(self, visit: _Visit) -> None:
        self._visit = visit
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        self._watch(manager)
        return manager

    def _watch(self, manager: PoolManager) -> None:
        visit = self._visit

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _admitted(visit, super()._new_conn(), proxied=self.proxy is not None)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _admitted(visit, super()._new_conn(), proxied=self.proxy is not None)

        plain = type("WatchedPool", (HTTPConnectionPool,), {"ConnectionCls": Plain})
        secure = type("WatchedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure})
        manager.pool_classes_by_scheme = {"http": plain, "https": secure}


def _admitted(visit: _Visit, connection: socket.socket, *, proxied: bool) -> socket.socket:
    try:
        visit.admit(connection, proxied=proxied)
    except BaseException:
        connection.close()
        raise
    return connection
