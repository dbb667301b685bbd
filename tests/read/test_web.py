"""Addresses, good and bad, on servers of the test's own."""

from __future__ import annotations

import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
import trustme

from tts.errors import InputError
from tts.read import read_article
from tts.read.visit import is_public
from tts.read.web import fetch, fetch_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[BaseHTTPRequestHandler], None]

PAGE = (
    "<html><head><title>Brug open</title></head><body><article><h1>Brug open</h1>"
    "<p>De brug over de Vliet is weer open. “Eindelijk”, zegt de bakker.</p></article></body></html>"
)


def _send(
    handler: BaseHTTPRequestHandler, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _redirect(handler: BaseHTTPRequestHandler, to: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", to)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@contextmanager
def serving(answer: Answer, certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except OSError:  # the reader broke off, as it should
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refused(answer: Answer, path: str = "/stuk", deadline_s: float = 10) -> str:
    with serving(answer) as host, pytest.raises(InputError) as caught:
        fetch(host + path, max_bytes=100_000, deadline_s=deadline_s)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_becomes_an_article_known_by_its_address() -> None:
    with serving(lambda handler: _send(handler, PAGE.encode())) as host:
        article = read_article(f"{host}/brug?utm_source=nieuwsbrief&id=7#reacties")
    assert (article.title, article.identity) == ("Brug open", f"url:{host}/brug?id=7")
    assert [paragraph.text for paragraph in article.paragraphs] == [
        "De brug over de Vliet is weer open. “Eindelijk”, zegt de bakker."
    ]


def test_the_charset_of_the_header_counts() -> None:
    body = PAGE.encode("cp1252")
    with serving(lambda handler: _send(handler, body, "text/html; charset=windows-1252")) as host:
        assert "“Eindelijk”" in read_article(f"{host}/brug").paragraphs[0].text


def test_plain_text_may_come_from_an_address() -> None:
    with serving(lambda handler: _send(handler, b"Brug open\n\nDe brug is open.", "text/plain")) as host:
        assert read_article(f"{host}/stuk.txt").title == "Brug open"


def test_who_asks_says_so() -> None:
    asked = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["User-Agent"])
        _send(handler, PAGE.encode())

    with serving(answer) as host:
        fetch(host, max_bytes=100_000)
    assert asked[0].startswith("Voorlezer/")


@pytest.mark.parametrize(
    ("status", "advice"),
    [(404, "check it"), (403, "save it in your browser"), (503, "try again later"), (204, "check the address")],
)
def test_a_refusal_says_what_to_do(status: int, advice: str) -> None:
    assert advice in refused(lambda handler: _send(handler, b"", status=status))


def test_something_else_than_text_is_refused() -> None:
    assert "application/pdf" in refused(lambda handler: _send(handler, b"%PDF-1.7", "application/pdf"))


def test_a_page_past_the_limit_is_refused() -> None:
    assert "longer than" in refused(lambda handler: _send(handler, b"a " * 60_000))


def _drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"<p>")
        time.sleep(0.05)


def _drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"X-{number}: a\r\n".encode())
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [_drip_body, _drip_headers, lambda _handler: time.sleep(2)])
def test_the_time_limit_holds_for_a_server_that_drips(answer: Answer) -> None:
    start = time.monotonic()
    assert "not there after 0.5 seconds" in refused(answer, deadline_s=0.5)
    assert time.monotonic() - start < 4  # the server's own last sleep included


def test_a_page_that_breaks_off_is_refused() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"<p>De brug")

    assert "broke off" in refused(answer)


def test_a_redirect_within_the_named_address_is_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/nieuw":
            _send(handler, PAGE.encode())
        else:
            _redirect(handler, "/nieuw")

    with serving(answer) as host:
        assert fetch(f"{host}/oud", max_bytes=100_000).url == f"{host}/nieuw"


def test_a_redirect_may_not_lead_to_a_local_address_that_nobody_named() -> None:
    reached = []

    def secret(handler: BaseHTTPRequestHandler) -> None:
        reached.append(handler.path)
        _send(handler, PAGE.encode())

    with serving(secret) as inner:
        for address in (inner, inner.replace("127.0.0.1", "localhost")):
            assert "private network" in refused(lambda handler, to=address: _redirect(handler, f"{to}/geheim"))  # type: ignore[misc]
    assert reached == []


@pytest.mark.parametrize("to", ["file:///etc/hostname", "http://["])
def test_a_redirect_to_no_web_address_is_refused(to: str) -> None:
    assert "no web address" in refused(lambda handler: _redirect(handler, to))


def test_an_address_that_the_user_did_not_name_may_not_be_local() -> None:
    reached = []
    with serving(lambda handler: reached.append(handler.path)) as host:
        for address in (host, host.replace("127.0.0.1", "localhost")):
            with pytest.raises(InputError, match="private network"):
                fetch(f"{address}/geheim", max_bytes=100_000, public_only=True)
    assert reached == []


def _tagged(handler: BaseHTTPRequestHandler) -> None:
    if handler.headers["If-None-Match"] == '"een"':
        _send(handler, b"", status=304)
    else:
        _send(handler, b"a" * 200_000, kind="application/zip")


def test_a_file_of_any_kind_is_fetched_and_once_known_not_again() -> None:
    with serving(_tagged) as host:
        page = fetch_file(host, max_bytes=200_000)
        again = fetch_file(host, max_bytes=200_000, headers={"If-None-Match": '"een"'})
    assert (len(page.data), page.form, page.public, page.unchanged) == (200_000, None, False, False)
    assert page.headers["content-type"] == "application/zip"
    assert (again.data, again.unchanged) == (b"", True)


def test_a_file_that_is_not_wanted_is_not_read_to_its_end() -> None:
    with serving(_tagged) as host:
        page = fetch_file(host, max_bytes=200_000, wanted=lambda start: not start.startswith(b"a"))
    assert 0 < len(page.data) < 200_000


def test_redirects_without_end_are_refused() -> None:
    assert "redirects" in refused(lambda handler: _redirect(handler, f"{handler.path}a"))


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.8",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "224.0.0.1",
    ],
)
def test_which_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_which_addresses_are_public() -> None:
    assert is_public("193.0.6.139")
    assert is_public("2001:67c:2e8::1")


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with (
        serving(lambda handler: _send(handler, PAGE.encode()), context) as host,
        pytest.raises(InputError, match="certificate"),
    ):
        fetch(host, max_bytes=100_000)


@pytest.mark.parametrize(
    "address",
    ["http://", "http://[", "http://127.0.0.1:1/", "http://a..b/", "https://nergens.invalid/stuk", "ftp://x.nl/a"],
)
def test_an_address_that_leads_nowhere_is_an_input_error(address: str) -> None:
    with pytest.raises(InputError):
        read_article(address)


def test_a_page_without_an_article_is_refused() -> None:
    with (
        serving(lambda handler: _send(handler, b"<html><body><nav><a href=a>Menu</a></nav></body></html>")) as host,
        pytest.raises(InputError, match="no article"),
    ):
        read_article(host)
