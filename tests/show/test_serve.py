"""The show over HTTP, asked by a real client of a real server."""

from __future__ import annotations

import re
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tests.show.real_show import served
from tts.show import serve as server
from tts.show.library import Library
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = "127.0.0.1"
AUDIO = bytes(n % 251 for n in range(20_000))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("show"))
    (library.folder / "show.toml").write_text('url = "https://example.org/podcast/"\n', encoding="utf-8")
    for n in (1, 2, 3):
        add(library, numbered(n), AUDIO + bytes([n]))
    refresh(library)
    return library


@pytest.fixture(scope="module")
def site(library: Library) -> Iterator[str]:
    with served(library) as address:
        yield address


@pytest.fixture
def audio(library: Library, site: str) -> str:
    return f"{site}{_audio_name(library)}"


def _audio_name(library: Library) -> str:
    (path,) = library.episodes_folder.glob("aflevering-1.*.mp3")
    return f"episodes/{path.name}"


def _raw(address: str, target: bytes, host: bytes = b"localhost", method: bytes = b"GET") -> tuple[int, bytes]:
    """Status and whole answer to a request that no decent client would make."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(method + b" " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("episodes/aflevering-1.html", "text/html; charset=utf-8"),
        ("episodes/aflevering-1.vtt", "text/vtt; charset=utf-8"),
        ("episodes/aflevering-1.srt", "application/x-subrip"),
        ("episodes/aflevering-1.transcript.json", "application/json"),
        ("episodes/aflevering-1.chapters.json", "application/json+chapters"),
    ],
)
def test_a_file_goes_out_as_it_lies_there(library: Library, site: str, name: str, content_type: str) -> None:
    answer = requests.get(f"{site}{name}", timeout=5)
    assert answer.status_code == 200
    assert answer.content == (library.folder / (name or "index.html")).read_bytes()
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    head = requests.head(f"{site}{name}", timeout=5)
    assert head.content == b""
    different = {name for name in answer.headers if answer.headers[name] != head.headers.get(name)}
    assert different <= {"Date"}


def test_audio_may_be_kept_for_good(audio: str) -> None:
    answer = requests.head(audio, timeout=5)
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Content-Length"] == str(len(AUDIO) + 1)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in answer.headers["Cache-Control"]


@given(start=st.integers(0, len(AUDIO)), length=st.integers(1, len(AUDIO) * 2))
@settings(max_examples=30, deadline=None)
def test_a_range_is_that_part(library: Library, site: str, start: int, length: int) -> None:
    whole = AUDIO + bytes([1])
    end = start + length - 1
    answer = requests.get(f"{site}{_audio_name(library)}", headers={"Range": f"bytes={start}-{end}"}, timeout=5)
    assert answer.status_code == 206
    assert answer.content == whole[start : end + 1]
    assert answer.headers["Content-Range"] == f"bytes {start}-{min(end, len(AUDIO))}/{len(whole)}"
    suffix = requests.get(f"{site}{_audio_name(library)}", headers={"Range": f"bytes=-{length}"}, timeout=5)
    assert suffix.status_code == 206
    assert suffix.content == whole[-length:]


def test_a_range_past_the_end_can_not_be_had(audio: str) -> None:
    answer = requests.get(audio, headers={"Range": "bytes=20001-"}, timeout=5)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */20001"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_range_of_another_version_is_the_whole(audio: str) -> None:
    etag = requests.head(audio, timeout=5).headers["ETag"]
    for condition, status in ((etag, 206), ('"another"', 200), (f"W/{etag}", 200)):
        headers = {"Range": "bytes=0-9", "If-Range": condition}
        assert requests.get(audio, headers=headers, timeout=5).status_code == status


def test_head_of_a_range_says_what_get_would(audio: str) -> None:
    answer = requests.head(audio, headers={"Range": "bytes=0-9"}, timeout=5)
    assert answer.status_code == 206
    assert answer.headers["Content-Length"] == "10"


@pytest.mark.parametrize("name", ["feed.xml", "index.html", "episodes/aflevering-2.vtt"])
def test_what_the_client_has_is_not_sent_again(site: str, name: str) -> None:
    first = requests.get(f"{site}{name}", timeout=5).headers
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-None-Match": f'"x", W/{first["ETag"]}'},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = requests.get(f"{site}{name}", headers=condition, timeout=5)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first["ETag"]
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    for condition in (
        {"If-None-Match": '"x"'},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-None-Match": '"x"', "If-Modified-Since": first["Last-Modified"]},
    ):
        assert requests.get(f"{site}{name}", headers=condition, timeout=5).status_code == 200


@pytest.mark.parametrize("name", ["feed.xml", "episodes/aflevering-1.vtt", "absent"])
def test_any_page_may_read_it(site: str, name: str) -> None:
    assert requests.get(f"{site}{name}", timeout=5).headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://player.example", "Access-Control-Request-Method": "GET"}
    preflight = requests.options(f"{site}{name}", headers=asked, timeout=5)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Range" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("name", ["feed.xml", "index.html"])
def test_nothing_can_be_changed(site: str, method: str, name: str) -> None:
    assert requests.request(method, f"{site}{name}", timeout=5).status_code == 405


@pytest.mark.parametrize(
    "target",
    [
        b"/show.toml",
        b"/.lock",
        b"/.index.sqlite",
        b"/episodes/aflevering-1.json",
        b"/episodes",
        b"/episodes/",
        b"/static",
        b"/../show.toml",
        b"/episodes/../show.toml",
        b"/%2e%2e/show.toml",
        b"/episodes/%2e%2e/show.toml",
        b"/episodes%2f..%2fshow.toml",
        b"/episodes/aflevering-1.vtt/../../show.toml",
        b"/..%5c..%5cshow.toml",
        b"/episodes\\..\\show.toml",
        b"//etc/passwd",
        b"/%2fetc%2fpasswd",
        b"//example.org/feed.xml",
        b"/show.toml%00.html",
        b"/show.toml\x00",
        b"/feed.xml%00",
        b"/feed.xml%0a",
        b"/%ff%fe",
        b"/%u002e%u002e/show.toml",
        b"/feed-0.xml",
        b"/feed-9.xml",
        b"/episodes/aflevering-1.00000000.mp3",
        b"/" + b"a" * 20_000,
        b"http://localhost/show.toml",
    ],
)
def test_nothing_but_the_public_files_can_be_had(site: str, target: bytes) -> None:
    status, answer = _raw(site, target)
    assert status in {400, 404}
    assert b"example.org/podcast" not in answer
    assert b"identity" not in answer
    assert b"root:" not in answer


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    add(library, numbered(1))
    refresh(library)
    (tmp_path / "diary.txt").write_text("secret", encoding="utf-8")
    beside = library.episodes_folder / "aflevering-1.vtt"
    beside.unlink()
    beside.symlink_to(tmp_path / "diary.txt")
    with served(library) as site:
        assert requests.get(f"{site}episodes/aflevering-1.vtt", timeout=5).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "radio.example.org", "[::1]:8000", "192.168.1.7:80"])
def test_the_feed_is_of_the_address_that_was_used(site: str, host: str) -> None:
    answer = requests.get(f"{site}feed.xml", headers={"Host": host}, timeout=5)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    addresses = set(re.findall(r"https?://[^\"<]*\.(?:mp3|vtt|srt|json|html|xml|png|jpg)", answer.text))
    assert len(addresses) > 15
    assert {address for address in addresses if not address.startswith(f"http://{host}/")} == set()


def test_all_that_the_feed_names_can_be_had_from_it(site: str) -> None:
    text = requests.get(f"{site}feed.xml", timeout=5).text
    addresses = set(re.findall(rf"{site}[^\"<]+", text))
    assert len(addresses) > 15
    assert {address for address in addresses if requests.head(address, timeout=5).status_code != 200} == set()
    feed = feedparser.parse(text)
    assert not feed.bozo
    for entry in feed.entries:
        (enclosure,) = entry.enclosures
        assert requests.head(enclosure.href, timeout=5).headers["Content-Length"] == enclosure.length


def test_head_of_the_feed_is_as_its_get(site: str) -> None:
    got, head = (requests.request(method, f"{site}feed.xml", timeout=5) for method in ("GET", "HEAD"))
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(got.content)) == got.headers["Content-Length"]
    assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize(
    "host",
    [
        b'"><script>alert(1)</script>',
        b"a/b",
        b"a@evil.example",
        b"a b",
        b"evil.example?",
        b"a:1:2",
        b"a:999999",
        b"",
        b"-",
        b"a" * 300,
        b"b\xc3\xabta.nl",
    ],
)
def test_a_host_header_that_is_no_host_gets_no_feed(site: str, host: bytes) -> None:
    status, answer = _raw(site, b"/feed.xml", host)
    assert status == 400
    assert b"<rss" not in answer


def test_episodes_come_and_go_while_we_serve(tmp_path: Path) -> None:
    library = Library(tmp_path)
    add(library, numbered(1))
    with served(library) as site:

        def titles() -> list[str]:
            return [entry.title for entry in feedparser.parse(requests.get(f"{site}feed.xml", timeout=5).text).entries]

        assert titles() == ["Aflevering 1"]
        second = add(library, numbered(2), b"two")
        assert titles() == ["Aflevering 2", "Aflevering 1"]
        for name in (second.file, "aflevering-2.vtt", "aflevering-2.html"):
            assert requests.get(f"{site}episodes/{name}", timeout=5).status_code == 200
        again = add(library, numbered(2), b"two, again")
        assert again.file in requests.get(f"{site}feed.xml", timeout=5).text
        assert requests.get(f"{site}episodes/{second.file}", timeout=5).status_code == 404
        (library.episodes_folder / "aflevering-1.json").unlink()
        assert requests.get(f"{site}episodes/aflevering-1.vtt", timeout=5).status_code == 404
        assert titles() == ["Aflevering 2"]


def test_other_settings_are_there_at_once_and_broken_ones_are_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(tmp_path)
    add(library, numbered(1))
    settings_file = tmp_path / "show.toml"
    with served(library) as site:
        settings_file.write_text('title = "Eerst"\n', encoding="utf-8")
        assert "<title>Eerst</title>" in requests.get(f"{site}feed.xml", timeout=5).text
        settings_file.write_text('title = "', encoding="utf-8")
        broken = requests.get(f"{site}feed.xml", timeout=5)
        assert broken.status_code == 503
        assert str(tmp_path) not in broken.text
        assert "show.toml can't be read" in caplog.text
        settings_file.write_text('title = "Daarna"\n', encoding="utf-8")
        assert "<title>Daarna</title>" in requests.get(f"{site}feed.xml", timeout=5).text


def test_a_long_feed_goes_on_at_its_next_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (server, sys.modules["tts.show.site"]):
        monkeypatch.setattr(module, "FEED_SIZE", 2)
        monkeypatch.setattr(module, "FEED_KEEP", 2)
    library = Library(tmp_path)
    for n in range(1, 8):
        add(library, numbered(n))
    with served(library) as site:
        found, page = [], f"{site}feed.xml"
        while page:
            feed = feedparser.parse(requests.get(page, timeout=5).text)
            found += [entry.title for entry in feed.entries]
            page = next((link.href for link in feed.feed.links if link.rel == "next"), "")
    assert found == [f"Aflevering {n}" for n in range(7, 0, -1)]


def test_many_listen_at_once(audio: str, site: str) -> None:
    whole = AUDIO + bytes([1])

    def part(n: int) -> bool:
        headers = {"Range": f"bytes={n * 100}-{n * 100 + 9999}"}
        assert "<rss" in requests.get(f"{site}feed.xml", timeout=20).text
        return requests.get(audio, headers=headers, timeout=20).content == whole[n * 100 : n * 100 + 10_000]

    with ThreadPoolExecutor(40) as pool:
        assert all(pool.map(part, range(80)))


def test_a_proxy_is_not_believed_unasked(site: str) -> None:
    feed = requests.get(f"{site}feed.xml", headers={"X-Forwarded-Proto": "https"}, timeout=5).text
    assert f'enclosure url="{site}' in feed
