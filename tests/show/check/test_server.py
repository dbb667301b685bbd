"""What the server is asked, and what is said of one that does not answer as it should."""

from __future__ import annotations

import http.server
import ssl
import threading
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

import pytest
import trustme

from tts.show.check import probe, server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AUDIO = bytes(range(256)) * 8
ETAG, CHANGED = '"a1"', "Mon, 06 May 2024 10:00:00 GMT"
FEED = b"""\
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
     xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
  <itunes:image href="cover.png"/>
  <item>
    <enclosure url="a.mp3" length="2048" type="audio/mpeg"/>
    <podcast:transcript url="a.vtt" type="text/vtt"/>
    <podcast:chapters url="a.json" type="application/json+chapters"/>
  </item>
</channel></rss>"""
FILES = {
    "/feed.xml": (FEED, "application/rss+xml; charset=utf-8"),
    "/cover.png": (AUDIO, "image/png"),
    "/a.mp3": (AUDIO, "audio/mpeg"),
    "/a.vtt": (b"WEBVTT\n", "text/vtt"),
    "/a.json": (b"{}", "application/json+chapters"),
}


class Sound(http.server.BaseHTTPRequestHandler):
    """Answers as a server should; those below each do one thing otherwise."""

    files: ClassVar = FILES

    def do_GET(self) -> None:
        if self.path not in self.files:
            self.reply(404, b"", {})
            return
        content, kind = self.files[self.path]
        headers = {"Content-Type": kind, "Access-Control-Allow-Origin": "*", "ETag": ETAG, "Last-Modified": CHANGED}
        if self.headers["If-None-Match"] == ETAG or self.headers["If-Modified-Since"] == CHANGED:
            self.reply(304, b"", headers)
        elif self.headers["Range"]:
            first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
            headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            self.reply(206, content[first : last + 1], headers)
        else:
            self.reply(200, content, headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def reply(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(HTTPStatus(status))
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: type[Sound], certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        if certificate:
            listening.socket = certificate.wrap_socket(listening.socket, server_side=True)
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http{'s' * bool(certificate)}://127.0.0.1:{listening.server_port}/"
        finally:
            listening.shutdown()
            thread.join()


def rules(url: str) -> set[str]:
    """Which rules find something; that a server on this machine has no https is left out."""
    return {finding.rule for finding in probe(url)} - {"server.encrypted"}


def changed(change: Callable[[Sound, int, bytes, dict[str, str]], tuple[int, bytes]]) -> type[Sound]:
    """A server whose replies go through `change`; the headers it may change in place."""

    class Changed(Sound):
        def reply(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            super().reply(*change(self, status, content, headers), headers)

    return Changed


def test_a_sound_server_has_nothing_to_mend() -> None:
    with serving(Sound) as url:
        assert rules(url) == rules(f"{url}feed.xml") == rules(url.rstrip("/")) == set()


def test_what_voorlezer_serves_has_nothing_to_mend(address: str) -> None:
    found = [finding for finding in probe(address) if finding.rule != "server.encrypted"]
    assert found == []


def no_head(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return (405, b"") if asked.command == "HEAD" else (status, content)


def other_head(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return status, content * 2 if asked.command == "HEAD" else content


def never_304(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return (200, FILES[asked.path][0]) if status == 304 else (status, content)


def no_validators(_asked: Sound, status: int, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    headers.pop("ETag", None), headers.pop("Last-Modified", None)
    return status, content


def plain_text(_asked: Sound, status: int, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    headers["Content-Type"] = "text/plain"
    return status, content


def latin_1(_asked: Sound, status: int, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    headers["Content-Type"] = headers.get("Content-Type", "").partition(";")[0] + "; charset=iso-8859-1"
    return status, content


def no_ranges(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return (200, FILES[asked.path][0]) if status == 206 else (status, content)


def other_range(_asked: Sound, status: int, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    headers.update({"Content-Range": "bytes 0-9/2048"} if status == 206 else {})
    return status, content


def other_bytes(_asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return status, content[::-1] if status == 206 else content


def no_cors(_asked: Sound, status: int, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    headers.pop("Access-Control-Allow-Origin", None)
    return status, content


def one_lost(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return (404, b"") if asked.path == "/a.vtt" else (status, content)


def cut_audio(asked: Sound, status: int, content: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
    return status, content[:1500] if asked.path == "/a.mp3" else content


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (no_head, "server.knows_head"),
        (other_head, "server.knows_head"),
        (never_304, "server.says_not_modified"),
        (no_validators, "server.says_not_modified"),
        (plain_text, "server.media_type"),
        (latin_1, "server.media_type"),
        (no_ranges, "server.knows_ranges"),
        (other_range, "server.knows_ranges"),
        (other_bytes, "server.knows_ranges"),
        (no_cors, "server.lets_others_read"),
        (one_lost, "server.is_there"),
        (cut_audio, "server.length"),
    ],
)
def test_a_server_that_does_one_thing_otherwise(
    change: Callable[[Sound, int, bytes, dict[str, str]], tuple[int, bytes]], rule: str
) -> None:
    with serving(changed(change)) as url:
        assert rules(url) == {rule}


def test_http_is_advice() -> None:
    with serving(Sound) as url:
        found = list(probe(url))
    assert {(finding.severity, finding.rule) for finding in found} == {("advice", "server.encrypted")}
    assert len(found) == len(FILES)


def test_a_file_that_is_sent_on_is_advice() -> None:
    class Elsewhere(Sound):
        def do_GET(self) -> None:
            if self.path.startswith("/old/"):
                self.reply(301, b"", {"Location": self.path.removeprefix("/old")})
            else:
                super().do_GET()

    with serving(Elsewhere) as url:
        found = [finding for finding in probe(f"{url}old/") if finding.rule != "server.encrypted"]
        assert [(one.rule, one.where) for one in found] == [("server.direct", f"{url}old/feed.xml")]
        assert f"{url}feed.xml" in found[0].what


def test_going_round_in_circles_is_found() -> None:
    class Circle(Sound):
        def do_GET(self) -> None:
            self.reply(302, b"", {"Location": self.path})

    with serving(Circle) as url:
        assert [(one.rule, one.what) for one in probe(url)] == [
            ("server.reachable", "the feed: is sent on without end")
        ]


def test_a_server_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "WITHIN_S", 0.2)
    wait = threading.Event()

    class Silent(Sound):
        def do_GET(self) -> None:
            wait.wait(10)

    with serving(Silent) as url:
        found = list(probe(url))
        wait.set()
    assert [finding.rule for finding in found] == ["server.reachable"]
    assert "no answer within" in found[0].what


def test_nobody_there_is_one_line() -> None:
    with serving(Sound) as url:
        pass
    found = list(probe(url))
    assert [finding.rule for finding in found] == ["server.reachable"]
    assert "refused" in found[0].what
    assert "\n" not in found[0].what
    assert [finding.rule for finding in probe("no address")] == ["server.reachable"]


def test_a_certificate_of_nobody_knows_whom_is_found() -> None:
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(certificate)
    with serving(Sound, certificate) as url:
        found = list(probe(url))
    assert [finding.rule for finding in found] == ["server.reachable"]
    assert found[0].what.startswith("the feed: its certificate is not accepted: ")
    assert "certificate verify failed" in found[0].what


def test_a_feed_that_is_none_names_nothing_else() -> None:
    class Text(Sound):
        files: ClassVar = {"/feed.xml": (b"<p>Not found", "text/xml")}

    with serving(Text) as url:
        assert rules(url) == {"server.is_feed"}


def test_every_rule_is_tried() -> None:
    names = {name for kind in (server.FEED_RULES, server.AUDIO_RULES, server.SHARED_RULES) for name in kind.names}
    assert names == {
        "server.is_feed",
        "server.knows_head",
        "server.says_not_modified",
        "server.media_type",
        "server.encrypted",
        "server.direct",
        "server.knows_ranges",
        "server.length",
        "server.lets_others_read",
    }
