"""A server of files on loopback, which may break off, forget what a range is, or hold another file by now."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass
class Mirror:
    """files : by their path. breaks_after : for each answer to come, how many bytes of it are sent; all when empty.

    asked : the path, Range and If-Range of each question.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    etag: str = '"first"'
    has_ranges: bool = True
    status: int | None = None
    breaks_after: list[int] = field(default_factory=list)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)


@contextmanager
def serving() -> Generator[Mirror]:
    mirror = Mirror()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted, known = self.headers.get("Range"), self.headers.get("If-Range")
            mirror.asked.append((self.path, wanted, known))
            data = mirror.files.get(self.path)
            if mirror.status is not None or data is None:
                self.send_error(mirror.status or 404)
                return
            first = 0
            if wanted and mirror.has_ranges and known in {None, mirror.etag}:
                first = int(wanted.removeprefix("bytes=").rstrip("-"))
            if first >= len(data):
                self.send_error(416)
                return
            self.send_response(206 if first else 200)
            self.send_header("Content-Length", str(len(data) - first))
            self.send_header("ETag", mirror.etag)
            if first:
                self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            part = data[first:]
            self.wfile.write(part[: mirror.breaks_after.pop(0)] if mirror.breaks_after else part)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    mirror.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield mirror
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
