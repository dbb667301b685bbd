"""The show over HTTP, for a phone in the same network or behind a proxy: files by their names, never the folder.

Audio, pages and transcripts go out as they lie there. The feed is made for the address that the client used, so that
it works under any name of this machine. An episode that comes or goes while we serve is there, or gone, at once.
"""

from __future__ import annotations

import copy
import errno
import hashlib
import logging
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.feed import Address, feed_page
from tts.show.files import ShowFile, Stage, is_of_an_episode
from tts.show.library import SETTINGS
from tts.show.paging import leaves, page_name
from tts.show.site import FEED_KEEP, FEED_SIZE, list_names, refresh

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tts.show.artwork import Artwork
    from tts.show.library import Library
    from tts.show.paging import Leaf

DEFAULT_PORT = 8000
_PORTS_TRIED = 20
_FEEDS_KEPT = 16  # pages of the feed in memory; one is at most 5 MB
_STOPS_WITHIN_S = 1  # a phone may be half-way an hour of audio
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
# Any page may read what is public anyway: web players fetch transcripts and chapters from where the show lies.
_FOR_ALL = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
    "x-content-type-options": "nosniff",
}
_PREFLIGHT = {
    "allow": "GET, HEAD, OPTIONS",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
}


class PortTaken(ShowError):
    """Another program listens there."""


def application(library: Library) -> Starlette:
    """The show as an ASGI application.

    Answers HEAD, byte ranges (206, 416, If-Range) and conditional requests (ETag, Last-Modified, 304); everything may
    be read from any origin. What is no public file of the show is 404; a show that can't be read is 503.
    """
    return Starlette(
        routes=[Mount("/", app=_ShowFiles(library))],
        middleware=[Middleware(_ForAll)],
        exception_handlers={ShowError: _unavailable},
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any free one.

    Raises: PortTaken; ShowError when `host` is no address of this machine, or the port may not be used.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"port {port} is taken by another program; choose another one with --port") from error
        raise ShowError(f"can't listen on {host}, port {port}: {error.strerror}; see --host and --port") from error
    # Connections inherit it. Without it each small file took 47 ms: its body waited for the client to confirm its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def listen_somewhere(host: str) -> socket.socket:
    """The same, on the first free port from `DEFAULT_PORT` on."""
    for port in range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED):
        with suppress(PortTaken):
            return listen(host, port)
    return listen(host, 0)


def lan_address() -> str | None:
    """This machine's IPv4 address in the local network, None where it is in none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # kept for documentation (RFC 5737): only asks which way out is
        address: str = probe.getsockname()[0]
        return address
    return None


def serve(library: Library, listening: socket.socket, *, verbose: bool = False, behind_proxy: bool = False) -> None:
    """Serve the show until Ctrl-C.

    verbose      : a line on stdout for each request.
    behind_proxy : believe X-Forwarded-Proto and X-Forwarded-For, whoever sends them.
    """
    log = copy.deepcopy(uvicorn.config.LOGGING_CONFIG)
    log["formatters"]["access"]["fmt"] = '%(asctime)s %(client_addr)s "%(request_line)s" %(status_code)s'
    log["formatters"]["access"]["datefmt"] = "%H:%M:%S"
    log["loggers"]["uvicorn.error"]["level"] = "WARNING"
    config = uvicorn.Config(
        application(library),
        http="h11",
        ws="none",
        lifespan="off",
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="*",
        access_log=verbose,
        log_config=log,
        timeout_graceful_shutdown=_STOPS_WITHIN_S,
    )
    with suppress(KeyboardInterrupt):
        _QuietlyStopping(config).run(sockets=[listening])


class _QuietlyStopping(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Cut off who still listens, without a word: whoever stops the server expects no traceback for each phone."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the show holds apart from episodes, as it was last brought up to date."""

    state: tuple[str, ...]
    art: Artwork
    names: frozenset[str]
    feeds: dict[str, Leaf]


class _ShowFiles(StaticFiles):
    """StaticFiles (ranges, conditions, what leads out of the folder) for the names that are public."""

    def __init__(self, library: Library) -> None:
        super().__init__(directory=library.folder)
        self._library = library
        self._lists: _Lists | None = None
        # One at a time, and not with a thread that audio could use: another run may hold the show for a while.
        self._one = anyio.CapacityLimiter(1)
        self._feed = lru_cache(_FEEDS_KEPT)(self._feed_for)

    def get_path(self, scope: Scope) -> str:
        """The name that was asked for, as it stands there."""
        path: str = scope["path"]
        return path.removeprefix("/") or "index.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file of this name, if it is public."""
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        if path.startswith("episodes/"):
            known = await anyio.to_thread.run_sync(self._has_episode_file, path)
        elif ShowFile(path).stage >= Stage.OLDER_FEEDS and scope["method"] in {"GET", "HEAD"}:
            return await anyio.to_thread.run_sync(self._feed_response, path, scope, limiter=self._one)
        else:
            known = await anyio.to_thread.run_sync(self._is_listed, path, limiter=self._one)
        if not known:
            raise HTTPException(status_code=404)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that it is what the client has."""
        file = ShowFile(self.get_path(scope))
        headers = {"cache-control": file.cache_control}
        response = FileResponse(full_path, status_code, headers, file.content_type, stat_result=stat_result)
        return self._unless_had(response, scope)

    def _unless_had(self, response: Response, scope: Scope) -> Response:
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def _has_episode_file(self, name: str) -> bool:
        with self._library.index() as index:
            return is_of_an_episode(name, index)

    def _is_listed(self, name: str) -> bool:
        return name in self._up_to_date().names

    def _up_to_date(self) -> _Lists:
        """Bring feed and pages up to date when an episode came or went, or show.toml changed."""
        folder = self._library.folder
        state = (_stamp(folder / SETTINGS), _stamp(self._library.episodes_folder))
        if self._lists is None or self._lists.state != state:
            refresh(self._library)
            with self._library.index() as index:
                n = len(index)
            art = artwork(folder, self._library.settings())
            feeds = {page_name("feed", leaf.number, ".xml"): leaf for leaf in leaves(n, FEED_SIZE, FEED_KEEP)}
            self._lists = _Lists(state, art, frozenset(list_names(n, art)), feeds)
        return self._lists

    def _feed_response(self, name: str, scope: Scope) -> Response:
        """The feed with the client's own address of this server in it, also where the show has another on the web."""
        lists = self._up_to_date()
        if name not in lists.feeds:
            raise HTTPException(status_code=404)
        body = self._feed(lists.feeds[name], Address(_base(scope), lists.art.cover), lists.state)
        changed_s = (self._library.folder / name).stat().st_mtime  # replaced only when it says something else
        headers = {
            "cache-control": ShowFile(name).cache_control,
            "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            "last-modified": formatdate(changed_s, usegmt=True),
        }
        return self._unless_had(Response(body, headers=headers, media_type=ShowFile(name).content_type), scope)

    def _feed_for(self, leaf: Leaf, address: Address, _state: tuple[str, ...]) -> bytes:
        with self._library.index() as index:
            cards = list(index.cards(leaf.start, leaf.stop))[::-1]
        return feed_page(self._library.settings(), cards, leaf, address)


class _ForAll:
    """Puts the headers that every answer has on every answer, also on errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_FOR_ALL)
            await send(message)

        await self._app(scope, receive, with_headers)


def _base(scope: Scope) -> str:
    """The address of the show folder as the client wrote it."""
    host = Headers(scope=scope).get("host", "")
    if not _HOST.fullmatch(host):
        raise HTTPException(status_code=400, detail="the Host header is no host name")
    return f"{scope['scheme']}://{host}/"


def _stamp(path: Path) -> str:
    try:
        stat_result = path.stat()
    except FileNotFoundError:
        return ""
    return f"{stat_result.st_mtime_ns}-{stat_result.st_size}"


async def _unavailable(_request: Request, error: Exception) -> Response:
    logging.getLogger(__name__).warning("%s", error)
    return PlainTextResponse("The show can't be read now; its owner finds the reason in the log.\n", status_code=503)
