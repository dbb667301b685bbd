"""One fetch as its connections see it: to public addresses only, but for the one that the user named."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from tts.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3 import PoolManager


class Visit:
    """One fetch: the connections it made, and its time limit.

    public_only : without it, the first connection is by the user's own word, and may go anywhere.
    public      : whether the last connection was to the public web.
    """

    def __init__(self, url: str, *, public_only: bool) -> None:
        self.url = url
        self.public_only = public_only
        self.public = True
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

        Raises: InputError where it is to an address that is not public, and that the user did not name.
        """
        host, port = connection.getpeername()[:2]
        self.public = proxied or is_public(host)
        if self._named is None and not self.public_only:
            self._named = (host, port)
        elif self._redirected and not self.public and not self._was_named(host, port):
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
        named = not self.public_only and host == urlsplit(self.url).hostname
        if proxy and not named and not all(map(is_public, _addresses(host))):
            raise self._led_astray(host)

    def _led_astray(self, host: str) -> InputError:
        return InputError(f"{self.url}: this leads to {host}, on a private network; give the article's own address")

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


def is_public(host: str) -> bool:
    """Whether the IP address `host` is one of the public web: not of a private network, nor of this machine."""
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return address.is_global and not address.is_multicast


def _addresses(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        return []  # only the proxy knows the name, so it is no name on this network


class WatchedAdapter(HTTPAdapter):
    """Shows each connection to a visit before the first byte is sent over it."""

    def __init__(self, visit: Visit) -> None:
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


def _admitted(visit: Visit, connection: socket.socket, *, proxied: bool) -> socket.socket:
    try:
        visit.admit(connection, proxied=proxied)
    except BaseException:
        connection.close()
        raise
    return connection
