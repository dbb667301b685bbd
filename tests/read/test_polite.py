"""What a site says to machines is heard: robots.txt, its pace, reserved rights."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import pytest

from tests.read.site import Leaf, page, site
from tts.errors import InputError
from tts.read import polite
from tts.read.collection import read
from tts.read.polite import NotAllowed, polite_page
from tts.read.reference import Address, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.read.site import Site

PAGE = page("Brug open", "De brug is open.")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(polite, "PAUSE_S", 0.0)
    polite._rules.cache_clear()
    with site() as made:
        made.put("/nieuws/brug", PAGE)
        yield made


def _get(web: Site, path: str = "/nieuws/brug") -> bytes:
    return polite_page(web.address + path, max_bytes=100_000).data


def _refusal(web: Site, path: str = "/nieuws/brug") -> str:
    with pytest.raises(NotAllowed) as caught:
        _get(web, path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{web.address}{path}: ")
    return str(caught.value)


def test_a_site_without_rules_is_read_and_asked_for_them_once(web: Site) -> None:
    assert _get(web) == _get(web) == PAGE.encode()
    assert web.asked == ["/robots.txt", "/.well-known/tdmrep.json", "/nieuws/brug", "/nieuws/brug"]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /nieuws/", False),
        ("User-agent: *\nDisallow: /*/brug$", False),
        ("User-agent: *\nDisallow: /nieuws/\nAllow: /nieuws/brug", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: voorlezer\nDisallow: /zoeken", True),
        ("User-agent: Voorlezer\nDisallow: /", False),
        ("User-agent: reads\nDisallow: /", True),
        ("<html>geen regels</html>", True),
        ("\ufeffUser-agent: *\r\nDisallow: /", False),
    ],
)
def test_robots_txt_decides(web: Site, robots: str, *, allowed: bool) -> None:
    web.put("/robots.txt", robots, "text/plain")
    if allowed:
        assert _get(web) == PAGE.encode()
    else:
        assert "robots.txt does not allow it" in _refusal(web)
        assert "/nieuws/brug" not in web.asked


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (503, False)])
def test_rules_that_are_absent_allow_all_and_rules_that_can_not_be_had_nothing(
    web: Site, status: int, *, allowed: bool
) -> None:
    web.leaves["/robots.txt"] = Leaf(b"", status=status)
    if allowed:
        assert _get(web) == PAGE.encode()
    else:
        with pytest.raises(InputError, match="what the site allows can't be read") as refused:
            _get(web)
        assert not isinstance(refused.value, NotAllowed)  # it may go well another time


def test_a_redirect_is_judged_by_where_it_leads(web: Site) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /nieuws/", "text/plain")
    web.leaves["/kort"] = Leaf(b"", status=302, headers={"Location": "/nieuws/brug"})
    with pytest.raises(NotAllowed, match=r"nieuws/brug: the site's robots\.txt"):
        _get(web, "/kort")


@pytest.mark.parametrize(
    ("rules", "header", "meta", "allowed"),
    [
        ('[{"location": "/nieuws/", "tdm-reservation": 1}]', None, None, False),
        ('[{"location": "/*/brug$", "tdm-reservation": 1, "tdm-policy": "https://x.example/"}]', None, None, False),
        ('[{"location": "/sport/", "tdm-reservation": 1}]', None, None, True),
        ('[{"location": "/nieuws/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', None, None, True),
        ('[{"location": "/", "tdm-reservation": 2}, 3, {}]', None, None, True),
        ('{"location": "/", "tdm-reservation": 1}', None, None, True),
        ("geen json", None, None, True),
        ("", "1", None, False),
        ('[{"location": "/", "tdm-reservation": 1}]', "0", None, True),
        ("", None, "1", False),
        ("", "1", "0", True),
        ("", "0", "1", False),
    ],
)
def test_reserved_rights_are_left_alone(
    web: Site, rules: str, header: str | None, meta: str | None, *, allowed: bool
) -> None:
    web.put("/.well-known/tdmrep.json", rules, "application/json")
    head = f'<META CONTENT="{meta}" NAME="TDM-Reservation">' if meta else ""
    headers = {"TDM_Reservation": header} if header else {}
    web.put("/nieuws/brug", page("Brug open", "De brug is open.", head), **headers)
    if allowed:
        assert b"De brug is open." in _get(web)
    else:
        assert "reserves text and data mining" in _refusal(web)


@pytest.mark.parametrize(
    ("header", "head", "allowed"),
    [
        ("noai", "", False),
        ("noindex, NoAI", "", False),
        ("Voorlezer: noai", "", False),
        ("otherbot: noai", "", True),
        ("noimageai, noindex", "", True),
        ("all", '<meta name="robots" content="index, noai">', False),
        ("all", '<meta name="voorlezer" content="noai">', False),
        ("all", '<meta name="otherbot" content="noai"><meta name="robots" content="index">', True),
    ],
)
def test_noai_is_heard(web: Site, header: str, head: str, *, allowed: bool) -> None:
    web.put("/nieuws/brug", page("Brug open", "De brug is open.", head), X_Robots_Tag=header)
    if allowed:
        assert b"De brug is open." in _get(web)
    else:
        assert "wants no AI to read it" in _refusal(web)


@pytest.mark.parametrize("pace", ["Crawl-delay: 0.3", "Request-rate: 10/3s"])
def test_the_pace_of_the_site_is_kept(web: Site, pace: str) -> None:
    web.put("/robots.txt", f"User-agent: *\n{pace}", "text/plain")
    _get(web)
    start = time.monotonic()
    _get(web)
    _get(web)
    assert time.monotonic() - start >= 0.55


def test_a_pace_that_nobody_can_wait_for_is_a_refusal(web: Site) -> None:
    web.put("/robots.txt", "User-agent: *\nCrawl-delay: 86400", "text/plain")
    assert "asks for 86400 seconds between pages" in _refusal(web)


def test_who_owns_the_rights_may_read_all_the_same(web: Site) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    reference = Reference("stukken.csv, row 2", Address(f"{web.address}/nieuws/brug"))
    with pytest.raises(NotAllowed) as caught:
        read(reference)
    assert str(caught.value).startswith("stukken.csv, row 2: http://")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    web.asked.clear()
    assert read(reference, permitted=True).title == "Brug open"
    assert web.asked == ["/nieuws/brug"]


@pytest.mark.parametrize("address", ["http://[", "http://127.0.0.1:1/a", "http://"])
def test_an_address_that_leads_nowhere_is_an_input_error(address: str) -> None:
    with pytest.raises(InputError):
        polite_page(address, max_bytes=1000)


def test_no_rules_are_asked_of_a_private_network_for_a_public_list(web: Site) -> None:
    with pytest.raises(InputError, match="private network"):
        polite_page(f"{web.address}/nieuws/brug", max_bytes=1000, public_only=True)
    assert web.asked == []
