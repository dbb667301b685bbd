"""A stand-in on loopback that speaks Google's protocol over TLS, and misbehaves on demand.

As a command it serves until it is interrupted:

    python -m tests.speak.google.standin --latency 0.25
"""

from __future__ import annotations

import argparse
import base64
import json
import socket
import ssl
import struct
import tempfile
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import parse_qs

import numpy as np
import trustme
from pedalboard.io import AudioFile

from tts.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.speak.google.limits import Bucket

RPC = "jQ1olc"
PATH = "/_/TranslateWebserverUi/data/batchexecute"
CHARS_PER_SECOND = 14.0
AMPLITUDE = 0.168  # at -21 LUFS, as loud as `tts.speak.google` takes Google's voice to be

Manner = Literal[
    "speak",
    "429",
    "429 for 1 s",
    "429 until a date",
    "429 for hours",
    "503",
    "403",
    "consent page",
    "sorry page",
    "null audio",
    "silent audio",
    "half the audio",
    "half the base64",
    "half the answer",
    "no MP3",
    "48 kHz",
    "reset",
    "stall",
    "slow drip",
]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request. connection: the port it came from; under_way: how many requests, with this one."""

    text: str
    at: float
    connection: int
    under_way: int
    manner: Manner


@lru_cache(maxsize=1024)
def spoken(text: str, rate_hz: int = SAMPLE_RATE_HZ) -> bytes:
    """MP3 of one burst of tone for each word, as long as the word takes to say."""
    words = [_burst(len(word), rate_hz) for word in text.split()]
    return mp3_of(np.concatenate([*words, np.zeros(rate_hz // 5, np.float32)]), rate_hz)


def _burst(n_chars: int, rate_hz: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    time_s = np.arange(round(n_chars / CHARS_PER_SECOND * rate_hz)) / rate_hz
    pause = np.zeros(round(rate_hz / CHARS_PER_SECOND), np.float32)
    return np.concatenate([(AMPLITUDE * np.sin(2 * np.pi * 180 * time_s)).astype(np.float32), pause])


def mp3_of(sound: np.ndarray[tuple[int], np.dtype[np.float32]], rate_hz: int) -> bytes:
    return AudioFile.encode(sound[np.newaxis], rate_hz, "mp3", num_channels=1, quality=32)


def envelope(audio: str | None) -> bytes:
    """Google's answer around the base64 of an MP3."""
    payload = None if audio is None else json.dumps([audio])
    rows = [["wrb.fr", RPC, payload, None, None, None, "generic"], ["di", 98], ["af.httprm", 97, "-1", 15]]
    lines = "\n,".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return f")]}}'\n\n[{lines}\n]".encode()


def answer(mp3: bytes) -> bytes:
    return envelope(base64.b64encode(mp3).decode("ascii"))


class StandIn:
    """Serves from entering to leaving the block; `url` and `ca_bundle` are for whoever asks it.

    latency_s : how long an answer takes, its synthesis counted in.
    script    : how the next requests are dealt with, one by one; after that, `manner`.
    limit     : of the requests that `manner` is for; one that goes beyond is dealt with as `refusal` says.
    heard     : every request so far.
    """

    def __init__(self, *, latency_s: float = 0.0, trusted: bool = True, script: Iterable[Manner] = ()) -> None:
        self.limit: Bucket | None = None
        self.refusal: Manner = "429"
        self.latency_s = latency_s
        self.script: deque[Manner] = deque(script)
        self.manner: Manner = "speak"
        self.heard: list[Heard] = []
        self.lock = threading.Lock()
        self.under_way = 0
        self.closing = threading.Event()
        self._folder = tempfile.TemporaryDirectory(prefix="standin-")
        self.ca_bundle = Path(self._folder.name) / "ca.pem"
        authority = trustme.CA()
        (authority if trusted else trustme.CA()).cert_pem.write_to_path(str(self.ca_bundle))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(self.tls)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self
        self.url = f"https://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()
        self._folder.cleanup()

    @property
    def connections(self) -> int:
        """How many TCP connections brought a request so far."""
        return len({heard.connection for heard in self.heard})

    @property
    def most_under_way(self) -> int:
        return max((heard.under_way for heard in self.heard), default=0)

    def next_manner(self, now: float) -> Manner:
        if self.script:
            return self.script.popleft()
        return self.manner if self.limit is None or self.limit.admits(now) else self.refusal


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    stand_in: StandIn

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.open_sockets: list[socket.socket] = []

    def process_request_thread(self, request: Any, client: Any) -> None:
        # Here and not around the listening socket: a handshake there would hold up all other connections.
        with suppress(OSError), self.stand_in.tls.wrap_socket(request, server_side=True) as connection:
            with self.stand_in.lock:
                self.open_sockets.append(connection)
            try:
                super().process_request_thread(connection, client)
            finally:
                with self.stand_in.lock:
                    self.open_sockets.remove(connection)

    def end_connections(self) -> None:
        """Wake every handler that waits for a next request, so that its thread ends."""
        with self.stand_in.lock:
            for connection in self.open_sockets:
                with suppress(OSError):  # the other side was first
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 20  # an answer leaves in one piece, as Google's does
    server: _Server

    def do_POST(self) -> None:
        stand_in = self.server.stand_in
        due = time.monotonic() + stand_in.latency_s
        text = _text_of(self.rfile.read(int(self.headers["Content-Length"])))
        with stand_in.lock:
            stand_in.under_way += 1
            now = time.monotonic()
            manner = stand_in.next_manner(now)
            stand_in.heard.append(Heard(text, now, self.client_address[1], stand_in.under_way, manner))
        try:
            misbehave = _MANNERS[manner]
            if self.path != PATH:
                self.send(b"no such page", due, 404)
            else:
                misbehave(self, text, due)
        finally:
            with stand_in.lock:
                stand_in.under_way -= 1

    def send(self, body: bytes, due: float, status: int = 200, headers: dict[str, str] | None = None) -> None:
        time.sleep(max(0.0, due - time.monotonic()))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's own name
        """Stay silent."""


def _text_of(body: bytes) -> str:
    request = json.loads(parse_qs(body.decode("ascii"))["f.req"][0])
    text: str = json.loads(request[0][0][1])[0]
    return text


def _drip(handler: _Handler, text: str, due: float) -> None:
    body = answer(spoken(text))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for at in range(len(body)):
        if handler.server.stand_in.closing.wait(0.05):
            return
        handler.wfile.write(body[at : at + 1])
        handler.wfile.flush()


def _reset(handler: _Handler, text: str, due: float) -> None:
    handler.close_connection = True
    handler.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _stall(handler: _Handler, text: str, due: float) -> None:
    handler.close_connection = True
    handler.server.stand_in.closing.wait(60)


def _half_the_answer(handler: _Handler, text: str, due: float) -> None:
    body = answer(spoken(text))
    handler.close_connection = True
    handler.send(_half(body), due, headers={"Content-Length": str(len(body))})


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _page(body: str, status: int = 200, **headers: str) -> Callable[[_Handler, str, float], None]:
    return lambda handler, text, due: handler.send(body.encode(), due, status, headers)


def _audio(body: Callable[[str], bytes]) -> Callable[[_Handler, str, float], None]:
    return lambda handler, text, due: handler.send(body(text), due)


def _until_a_date(handler: _Handler, text: str, due: float) -> None:
    handler.send(b"", due, 429, {"Retry-After": handler.date_time_string(int(time.time()) + 2)})


_MANNERS: dict[Manner, Callable[[_Handler, str, float], None]] = {
    "speak": _audio(lambda text: answer(spoken(text))),
    "429": _page("Too Many Requests", 429),
    "429 for 1 s": _page("Too Many Requests", 429, **{"Retry-After": "1"}),
    "429 until a date": _until_a_date,
    "429 for hours": _page("Too Many Requests", 429, **{"Retry-After": "7200"}),
    "503": _page("Service Unavailable", 503),
    "403": _page("Forbidden", 403),
    "consent page": _page("<html><title>Voordat je verdergaat</title></html>"),
    "sorry page": _page("", 302, Location="https://www.google.com/sorry/index?continue=x"),
    "null audio": _audio(lambda text: envelope(None)),
    "silent audio": _audio(lambda text: answer(mp3_of(np.zeros(240_000, np.float32), SAMPLE_RATE_HZ))),
    "half the audio": _audio(lambda text: answer(_half(spoken(text)))),
    "half the base64": _audio(lambda text: envelope(_half(base64.b64encode(spoken(text))).decode()[:-1])),
    "half the answer": _half_the_answer,
    "no MP3": _audio(lambda text: answer(b"<html>" * 999)),
    "48 kHz": _audio(lambda text: answer(spoken(text, 48_000))),
    "reset": _reset,
    "stall": _stall,
    "slow drip": _drip,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.25, help="seconds an answer takes")
    latency_s: float = parser.parse_args().latency
    with StandIn(latency_s=latency_s) as stand_in:
        print(f"VOORLEZER_GOOGLE_URL={stand_in.url} REQUESTS_CA_BUNDLE={stand_in.ca_bundle}", flush=True)  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
