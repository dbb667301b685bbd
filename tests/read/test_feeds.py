"""Feeds and sitemaps: what is in them, what is new, and what would do harm."""

from __future__ import annotations

import gzip
import pickle
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.read.site import Leaf, page, site
from tts.errors import InputError
from tts.read.collection import Reference, read, references
from tts.read.feeds import FeedMemory, news
from tts.read.reference import Address, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.read.site import Site

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "{many}"><!ENTITY c SYSTEM '
    '"file:///etc/hostname">]><{root}>{inside}</{root}>'
).replace("{many}", "&a;" * 10)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        yield made


def _rss(*items: str) -> str:
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Krant</title>{"".join(items)}</channel></rss>'


def _item(name: str, more: str = "") -> str:
    return f"<item><title>{name}</title><link>/{name}</link><guid isPermaLink='false'>krant-{name}</guid>{more}</item>"


def _urlset(*urls: str) -> str:
    inside = "".join(f"<url><loc>{url}</loc><lastmod>2020-01-01</lastmod></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'


def _index(*urls: str) -> str:
    inside = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'


def _urls(found: list[Reference]) -> list[str]:
    return [reference.where.url for reference in found if isinstance(reference.where, Address)]


def _refused(reference: Reference) -> str:
    with pytest.raises(InputError) as caught:
        read(reference)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_entries_are_read_at_their_links_oldest_first(web: Site) -> None:
    dated = "<pubDate>Fri, 03 May 2024 23:30:00 GMT</pubDate><author>Noor Bakker</author>"
    feed = web.put("/feed/", _rss(_item("nieuw"), _item("nieuw"), _item("oud", dated)), "text/html")
    web.put("/oud", page("Brug open", "De brug is open."))
    old, new = references(feed)
    assert _urls([old, new]) == [f"{web.address}/oud", f"{web.address}/nieuw"]
    article = read(pickle.loads(pickle.dumps(old)), permitted=True)
    assert (article.title, article.date, article.author) == ("Brug open", "2024-05-04", "Noor Bakker")
    assert article.identity == f"url:{web.address}/oud"


def test_dates_go_before_the_order_of_the_feed(web: Site) -> None:
    items = [_item(f"dag{day}", f"<pubDate>0{day} May 2024 10:00:00 GMT</pubDate>") for day in (1, 3, 2)]
    found = list(references(web.put("/feed.xml", _rss(*items), "application/rss+xml")))
    assert [url[-4:] for url in _urls(found)] == ["dag1", "dag2", "dag3"]


def test_atom_with_relative_links(web: Site) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://krant.example/nieuws/"><title>Krant</title>'
        '<entry><id>tag:1</id><title>Een</title><link href="een.html"/><updated>2024-05-03T10:00:00Z</updated>'
        "<content type='html'>&lt;p&gt;De brug is open.&lt;/p&gt;</content></entry></feed>"
    )
    (reference,) = references(web.put("/atom", feed, "application/atom+xml"))
    assert _urls([reference]) == ["http://krant.example/nieuws/een.html"]
    assert reference.entry == "tag:1"


def test_a_feed_in_a_file_counts_links_from_its_site(tmp_path: Path) -> None:
    path = tmp_path / "krant"
    path.write_text(_rss("<link>https://krant.example/nieuws/</link>", _item("een")), encoding="utf-8")
    assert _urls(list(references(str(path)))) == ["https://krant.example/een"]


def test_an_entry_without_a_link_is_read_from_the_feed(web: Site) -> None:
    whole = "<item><guid isPermaLink='false'>k-1</guid><title>Brug open</title><description>{}</description></item>"
    bare = "<item><title>Niets</title></item>"
    feed = web.put("/feed", _rss(whole.format("&lt;p&gt;De brug is open.&lt;/p&gt;"), bare), "application/xml")
    nothing, article = references(feed)
    assert (read(article).title, read(article).identity) == ("Brug open", "id:k-1")
    assert [paragraph.text for paragraph in read(article).paragraphs] == ["De brug is open."]
    assert (
        _refused(nothing) == f"{feed}, entry 2: this entry has no link that can be read; its site should mend the feed"
    )


def test_entries_with_one_id_are_told_apart_by_their_links(web: Site) -> None:
    one = "<item><link>/{}</link><guid isPermaLink='false'>krant</guid></item>"
    feed = web.put("/feed", _rss(one.format("b"), one.format("a")), "application/rss+xml")
    _, memory = news(feed, None)
    web.put("/feed", _rss(one.format("c"), one.format("b")), "application/rss+xml")
    found, _ = news(feed, memory)
    assert _urls(found) == [f"{web.address}/c"]


def test_a_malformed_feed_gives_what_it_has(web: Site) -> None:
    broken = _rss(_item("een"), "<item><title>A & B<link>/twee</link></item>").removesuffix("</channel></rss>")
    assert f"{web.address}/een" in _urls(list(references(web.put("/feed", broken, "application/rss+xml"))))


@pytest.mark.parametrize(
    ("root", "inside"), [("rss", _rss(_item("&b;"))), ("urlset", "<url><loc>http://a/&c;</loc></url>")]
)
def test_xml_with_entities_is_refused(tmp_path: Path, root: str, inside: str) -> None:
    path = tmp_path / "lijst.xml"
    path.write_text(BOMB.format(root=root, inside=inside), encoding="utf-8")
    with pytest.raises(InputError, match="declares XML entities"):
        list(references(str(path)))


def test_what_is_new_is_given_once(web: Site) -> None:
    feed = web.put("/feed", _rss(_item("een")), "application/rss+xml")
    first, memory = news(feed, None)
    web.put("/feed", _rss(_item("drie"), _item("twee"), _item("een")), "application/rss+xml")
    kept = msgspec.json.decode(msgspec.json.encode(memory), type=FeedMemory)
    second, memory = news(feed, kept)
    web.put("/feed", _rss(_item("drie")), "application/rss+xml")
    third, memory = news(feed, memory)
    web.put("/feed", _rss(_item("een")), "application/rss+xml")
    fourth, memory = news(feed, memory)
    assert [_urls(found) for found in (first, second, third, fourth)] == [
        [f"{web.address}/een"],
        [f"{web.address}/twee", f"{web.address}/drie"],
        [],
        [],
    ]


def test_an_unchanged_feed_is_not_sent_again(web: Site) -> None:
    feed = web.put("/feed", _rss(_item("een")), "application/rss+xml", ETag='"een"', Last_Modified="Fri, 03 May 2024")
    _, memory = news(feed, None)
    assert (memory.etag, memory.modified) == ('"een"', "Fri, 03 May 2024")
    web.leaves["/feed"] = Leaf(b"verboden", headers={"ETag": '"een"'})
    assert news(feed, memory) == ([], memory)


def test_what_failed_comes_again_also_from_an_unchanged_feed(web: Site) -> None:
    feed = web.put("/feed", _rss(_item("twee"), _item("een")), "application/rss+xml", ETag='"een"')
    found, memory = news(feed, None)
    again, _ = news(feed, memory.without({reference.entry for reference in found[1:]}))
    assert again == found[1:]
    assert memory.without([]) == memory


def test_a_page_in_place_of_a_feed_names_its_feed(web: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    for head, advice in ((link, f"follow the one that this page names, {web.address}/feed.xml"), ("", "look for")):
        with pytest.raises(InputError, match=advice):
            news(web.put("/", page("Krant", "Welkom.", head)), None)


def test_a_list_on_the_public_web_leads_to_the_public_web_only(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = web.put("/feed", _rss(_item("geheim")), "application/rss+xml")
    web.put("/geheim", page("Geheim", "Van de bakker."))
    with monkeypatch.context() as patch:
        patch.setattr("tts.read.visit.is_public", lambda host: True)
        (reference,) = references(feed)
    web.asked.clear()
    assert "private network" in _refused(reference)
    with pytest.raises(InputError, match="private network"):
        read(reference, permitted=True)
    assert web.asked == []


def test_a_sitemap_names_pages_each_once(web: Site) -> None:
    urls = [f"{web.address}/een", f"{web.address}/twee", f"{web.address}/een#kop"]
    packed = gzip.compress(_urlset(*urls, "http://[").encode())
    *found, bad = references(web.put("/kaart", packed, "application/x-gzip"))
    assert _urls(found) == urls[:2]
    assert found[0].under.date is None
    assert "no address that can be read" in _refused(bad)


def test_a_news_sitemap_gives_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>'
        "<image:image><image:loc>https://krant.example/foto.jpg</image:loc></image:image>"
        "<loc> https://krant.example/een </loc><news:news><news:publication_date>2024-05-03T23:30:00Z"
        "</news:publication_date><news:title>Brug open</news:title></news:news></url></urlset>",
        encoding="utf-8",
    )
    (reference,) = references(str(path))
    assert _urls([reference]) == ["https://krant.example/een"]
    assert (reference.under.title, reference.under.date) == ("Brug open", "2024-05-04")


def test_an_index_is_followed_lazily_and_a_loop_ends(web: Site) -> None:
    index = web.put("/index", _index("/a.xml", "/weg.xml", "/index", "/b.xml"), "text/xml")
    web.put("/a.xml", _urlset(f"{web.address}/een"), "text/xml")
    web.put("/b.xml", _index("/index", "/a.xml", "/c.xml"), "text/xml")
    web.put("/c.xml", _urlset(f"{web.address}/twee"), "text/xml")
    listed = references(index)
    assert _urls([next(listed)]) == [f"{web.address}/een"]
    assert web.asked == ["/index", "/a.xml"]
    bad, good = listed
    assert _refused(bad).startswith(f"{web.address}/weg.xml: there is no page")
    assert _urls([good]) == [f"{web.address}/twee"]


def test_an_index_without_end_ends(web: Site) -> None:
    for depth in range(9):
        web.put(f"/{depth}", _index(f"/{depth + 1}"), "text/xml")
    (reference,) = references(f"{web.address}/0")
    assert "nested more than 3 deep" in _refused(reference)


def test_a_sitemap_that_breaks_off_gives_what_it_has(web: Site) -> None:
    half = _urlset(f"{web.address}/een", f"{web.address}/twee")[:-40]
    first, last = references(web.put("/kaart", half, "application/xml"))
    assert _urls([first]) == [f"{web.address}/een"]
    assert "XML is damaged" in _refused(last)


def test_a_sitemap_that_unpacks_without_end_is_refused(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.read.archives._MOST_UNPACKED", 1_000_000)
    bomb = gzip.compress(b'<?xml version="1.0"?><urlset>' + b" " * 1_100_000)
    with pytest.raises(InputError, match="more than 1 MB when unpacked"):
        list(references(web.put("/kaart.xml.gz", bomb, "application/gzip")))
    web.put("/index", _index("/kaart.xml.gz"), "text/xml")
    (reference,) = references(f"{web.address}/index")
    assert isinstance(reference.where, Unusable)


def test_a_feed_past_the_limit_is_refused(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.read.feeds.MOST_BYTES", 1_000)
    feed = web.put("/feed", _rss(*[_item(str(number)) for number in range(50)]), "application/rss+xml")
    with pytest.raises(InputError, match="longer than"):
        news(feed, None)
    with pytest.raises(InputError, match="longer than"):
        list(references(feed))
