from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.show.spoken import BLOCKS, episode_of
from tts.model import Block, Show
from tts.show.artwork import Artwork
from tts.show.card import Card, card_of
from tts.show.pages import episode_page, index_page, static_files
from tts.show.paging import Leaf, leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Episode

ART = Artwork("cover.12345678.png", "cover.12345678.600.jpg")
SHOW = Show(title="Dorpspraat", author="Redactie Dorpspraat")
ONLINE = dataclasses.replace(SHOW, url="https://dorpspraat.example/luister")
ONLY = Leaf(0, 0, 1, None)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}</title></style>'


def _read(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def _episode(show: Show = SHOW, **changes: object) -> html.HtmlElement:
    episode = episode_of(**changes)  # type: ignore[arg-type]
    return _read(episode_page(show, ART, episode, card_of(episode, show)))


def _index(cards: Sequence[Card], show: Show = SHOW, leaf: Leaf = ONLY) -> html.HtmlElement:
    return _read(index_page(show, ART, cards, leaf, len(cards)))


def _cards(*episodes: Episode) -> list[Card]:
    return [card_of(episode, SHOW) for episode in episodes]


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _select(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    """What a path of tags and classes finds ("ul.legend li"), in order."""
    steps = []
    for step in path.split():
        tag, _, name = step.partition(".")
        steps.append((tag or "*") + (f"[contains(concat(' ', @class, ' '), ' {name} ')]" if name else ""))
    found: list[html.HtmlElement] = element.xpath(".//" + "//".join(steps))
    return found


def _texts(page: html.HtmlElement, path: str) -> list[str]:
    return [_words(element) for element in _select(page, path)]


def test_the_words_of_the_article_are_there_in_their_order() -> None:
    text = _words(_select(_episode(), ".text")[0])
    at = 0
    for block in BLOCKS:
        for sentence in re.split(r"(?<=[.?:]) ", block.text):
            at = text.index(sentence, at) + len(sentence)


def test_every_sentence_that_is_heard_has_its_moment() -> None:
    page = _episode()
    moments = [int(sentence.get("data-t", "")) for sentence in _select(page, ".s")]
    assert moments == sorted(moments)
    assert len(moments) == len(set(moments)) == 22
    assert _texts(page, "h1 .s") == ["De brug blijft dicht"]
    repeated = _select(page, ".pull")[0]
    assert _words(repeated) == "Karim Aziz, wethouder “Er komen vier boten per jaar.”"
    assert _select(repeated, ".s") == []


def test_speakers_have_a_colour_in_legend_text_and_timeline() -> None:
    page = _episode()
    assert _texts(page, ".legend li") == ["Verteller", "Anna Bos schipper", "Karim Aziz wethouder"]
    assert [quote.get("class") for quote in _select(page, ".quote")] == ["quote c1", "quote c2", "quote c1"]
    stretches = _select(page, "svg rect")
    assert [stretch.get("class") for stretch in stretches[:4]] == ["c0", "c1", "c0", "c2"]
    assert sum(int(stretch.get("width", "")) for stretch in stretches) == episode_of().n_samples // 24


def test_chapters_are_links_that_work_without_script() -> None:
    links = _select(_episode(file="de-brug.12345678.mp3"), ".contents a")
    assert [_words(link).split(" ", 1)[0] for link in links] == ["Begin", "Anna", "Wachten", "Karim"]
    assert re.fullmatch(r"de-brug\.12345678\.mp3#t=\d+\.\d+", links[1].get("href", ""))


def test_a_text_without_chapters_has_no_empty_list_of_them() -> None:
    assert _select(_episode(blocks=[Block("narration", "Kort.")]), "aside") == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.krant.example/brug?a=1&b=2", "Het artikel op krant.example"),
        ("HTTP://krant.example/", "Het artikel op krant.example"),
        ("https://[krant", "Het artikel"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        (None, None),
    ],
)
def test_only_a_web_page_is_linked_as_the_source(url: str | None, shown: str | None) -> None:
    links = [link for link in _select(_episode(source_url=url), ".files a") if _words(link).startswith("Het artikel")]
    assert [(_words(link), link.get("href")) for link in links] == ([(shown, url)] if shown else [])


def test_what_an_article_says_is_only_text() -> None:
    blocks = [Block(kind, HOSTILE, HOSTILE, HOSTILE, confidence=0.9) for kind in ("narration", "quote", "heading")]
    blocks += [Block("quote", HOSTILE, HOSTILE, HOSTILE, pull=True, repeats=repeats) for repeats in (True, False)]
    show = dataclasses.replace(
        ONLINE, title=HOSTILE, description=HOSTILE, author=HOSTILE, copyright=HOSTILE, language=HOSTILE
    )
    episode = episode_of(blocks, HOSTILE, author=HOSTILE, source_url=f"https://krant.example/{HOSTILE}")
    card = card_of(episode, show)
    for source in (episode_page(show, ART, episode, card), index_page(show, ART, [card], ONLY, 1)):
        page = _read(source)
        assert {script.get("src", "").split("/")[-1].split(".")[0] for script in _select(page, "script")} <= {
            "voorlezer", "list", "episode",
        }  # fmt: skip
        assert not [image for image in _select(page, "img") if image.get("src") == "x"]
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
        assert "49" not in page.xpath("string(//title)")
        assert HOSTILE in page.xpath("string(//title)")
        assert "<script>alert" not in source


@pytest.mark.parametrize("show", [SHOW, ONLINE])
def test_the_policy_allows_the_pages_own_files_and_its_one_style(show: Show) -> None:
    for page in (_episode(show), _index(_cards(episode_of()), show)):
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        (sheet,) = page.xpath("//style/text()")
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        assert f"style-src 'self' file: 'sha256-{digest}';" in policy
        assert "default-src 'none'; script-src 'self' file:;" in policy
        assert not page.xpath("//@style")
        assert not page.xpath("//script[not(@src)]")


def test_pages_name_only_files_that_are_there() -> None:
    episode = episode_of(file="de-brug.12345678.mp3")
    there = {*static_files(), ART.small, "feed.xml", "index.html", "index-3.html", "episodes/de-brug.12345678.mp3"}
    there |= {f"episodes/de-brug{suffix}" for suffix in (".html", ".vtt", ".srt", ".transcript.json")}
    leaf = Leaf(0, 0, 1, 3)
    for folder, page in (("episodes/", _read(episode_page(SHOW, ART, episode, card_of(episode, SHOW)))),
                         ("", _index(_cards(episode), leaf=leaf))):  # fmt: skip
        named = {str(name).partition("#")[0] for name in page.xpath("//@href | //@src")} - {""}
        assert {name.removeprefix("../") if name.startswith("../") else folder + name for name in named} <= there


def test_names_of_style_and_script_change_with_their_bytes() -> None:
    files = static_files()
    assert {name.partition(".")[0] for name in files} == {"static/voorlezer", "static/list", "static/episode"}
    for name, content in files.items():
        assert name.split(".")[1] == hashlib.sha256(content).hexdigest()[:8]


def test_a_show_on_the_web_can_be_shared_and_subscribed_to() -> None:
    page = _episode(ONLINE, slug="de-brug", file="de-brug.12345678.mp3")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://dorpspraat.example/luister/episodes/de-brug.html"]
    shared = dict(zip(page.xpath("//meta/@property"), page.xpath("//meta[@property]/@content"), strict=True))
    assert shared["og:title"] == "De brug blijft dicht – Dorpspraat"
    assert shared["og:image"] == f"https://dorpspraat.example/luister/{ART.small}"
    assert shared["og:audio"] == "https://dorpspraat.example/luister/episodes/de-brug.12345678.mp3"
    links = {_words(link): link.get("href") for link in _select(_index([], ONLINE), ".apps a")}
    assert links == {
        "Apple Podcasts": "podcast://dorpspraat.example/luister/feed.xml",
        "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fdorpspraat.example%2Fluister%2Ffeed.xml",
        "Pocket Casts": "pktc://subscribe/dorpspraat.example/luister/feed.xml",
        "AntennaPod": "https://antennapod.org/deeplink/subscribe"
        "?url=https%3A%2F%2Fdorpspraat.example%2Fluister%2Ffeed.xml&title=Dorpspraat",
    }


def test_a_show_that_is_nowhere_yet_says_nothing_of_where_it_is() -> None:
    page = _episode()
    assert page.xpath("//link[@rel='canonical'] | //meta[@property]") == []
    assert _index([]).xpath("//*[@class='apps']//@href") == []
    assert page.xpath("//link[@type='application/rss+xml']/@href") == ["../feed.xml"]


def test_an_older_page_stays_as_it_is_when_episodes_are_added() -> None:
    cards = _cards(*(episode_of(slug=f"aflevering-{number}", number=number) for number in range(1, 9)))

    def older(n_episodes: int) -> str:
        leaf = next(leaf for leaf in leaves(n_episodes, 2, 2) if leaf.number == 2)
        return index_page(SHOW, ART, cards[leaf.start : leaf.stop][::-1], leaf, n_episodes)

    assert older(6) == older(8)
    page = _read(older(8))
    assert _texts(page, ".pages a") == ["Nieuwste afleveringen", "Oudere afleveringen"]
    assert page.xpath("//nav/a/@href") == ["index.html", "index-1.html"]


def test_the_list_says_what_an_episode_is() -> None:
    (item,) = _select(_index(_cards(episode_of())), ".episodes li")
    assert _texts(item, ".kicker *") == ["3 mei 2026", "53 sec"]
    assert _texts(item, "h3") == ["De brug blijft dicht"]
    assert _texts(item, ".lead") == [BLOCKS[0].text]
    assert _texts(item, ".with") == ["Met Anna Bos, Karim Aziz"]
    assert [audio.get("preload") for audio in _select(item, "audio")] == ["none"]


def test_a_show_without_episodes_says_so() -> None:
    assert "Er zijn nog geen afleveringen." in _words(_index([]))


def test_a_correction_and_the_computer_voice_are_mentioned() -> None:
    page = _episode(corrected="2026-05-04T08:00:00+00:00")
    assert _texts(page, ".corrected") == ["Gecorrigeerd op 4 mei 2026."]
    assert "Dit artikel wordt voorgelezen door een computerstem." in _texts(page, ".by")
    assert "Voorgelezen door een computerstem." in _texts(_episode(disclosure=""), ".by")


@pytest.mark.parametrize(("date", "published", "shown"), [
    ("2026", "2026-05-03T10:00:00+00:00", "2026"),
    (None, "2026-05-03T22:30:00+00:00", "4 mei 2026"),
])  # fmt: skip
def test_a_date_is_as_exact_as_it_is_known(date: str | None, published: str, shown: str) -> None:
    card = dataclasses.replace(_cards(episode_of())[0], date=date, published=published)
    assert _texts(_index([card]), "time") == [shown]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(59.4, "59 sec"), (59.6, "1 min"), (3590, "1 uur 0 min"), (7260, "2 uur 1 min")]
)
def test_a_length_is_as_exact_as_a_listener_asks(seconds: float, shown: str) -> None:
    card = dataclasses.replace(_cards(episode_of())[0], duration_s=seconds)
    assert _texts(_index([card]), ".kicker span") == [shown]
