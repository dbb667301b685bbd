"""A small web site on loopback, for tests."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Leaf:
    """One answer."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """What is served, by path, and what was asked."""

    leaves: dict[str, Leaf] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serve this from now on; the address of it comes back."""
        data = body.encode() if isinstance(body, str) else body
        self.leaves[path] = Leaf(data, kind, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return f"{self.address}{path}"


def page(title: str, text: str, head: str = "") -> str:
    """A page with one article."""
    body = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@contextmanager
def site() -> Iterator[Site]:
    """A site that serves what is put into it, 404 for all else, and 304 where the ETag is known."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            leaf = made.leaves.get(self.path, Leaf(b"", status=404))
            tag = leaf.headers.get("ETag")
            known = tag is not None and self.headers["If-None-Match"] == tag
            self.send_response(304 if known else leaf.status)
            self.send_header("Content-Type", leaf.kind)
            self.send_header("Content-Length", "0" if known else str(len(leaf.body)))
            for name, value in leaf.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not known:
                try:
                    self.wfile.write(leaf.body)
                except OSError:  # the reader had seen enough
                    self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
