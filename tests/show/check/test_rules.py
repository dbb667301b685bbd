"""Each rule finds what it is for, and nothing else does."""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, but its frames are not.

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from mutagen import id3
from PIL import Image

from tests.show.check.bench import MARKET, SLUG, Bench, replace
from tts.show.check import (
    artwork,
    audio,
    channel,
    chapters,
    feed,
    files,
    items,
    settings,
    sidecars,
    tags,
    transcripts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

STALE = "files.up_to_date"  # what was changed in the feed by hand, Voorlezer would make otherwise
RULES = (
    settings.RULES,
    sidecars.RULES,
    files.RULES,
    feed.STOCK_RULES,
    feed.PAGE_RULES,
    feed.FEED_RULES,
    channel.RULES,
    channel.FURTHER_RULES,
    items.RULES,
    artwork.RULES,
    audio.RULES,
    tags.RULES,
    chapters.RULES,
    transcripts.RULES,
)


@dataclass(frozen=True)
class Case:
    """A rule, what breaks it, and which other rules that breaks as well."""

    rule: str
    breaks: Callable[[Bench], object]
    also: set[str] = field(default_factory=set)


def in_feed(rule: str, old: str, new: str, *also: str) -> Case:
    return Case(rule, lambda bench: bench.feed(old, new), {STALE, *also})


def in_settings(rule: str, old: str, new: str) -> Case:
    return Case(rule, lambda bench: bench.setting(old, new))


def tagged(rule: str, change: Callable[[id3.ID3], Any], *also: str) -> Case:
    return Case(rule, lambda bench: bench.tags(change), set(also))


def _name_twice(bench: Bench, name: str) -> None:
    """The newest item says of itself what the last one does."""
    text = (bench.folder / "feed.xml").read_text(encoding="utf-8")
    of_items = [part.partition(name)[2].partition("\n")[0] for part in text.split("<item>")[1:]]
    bench.feed(name + of_items[0], name + of_items[-1])


def _without_item(bench: Bench) -> None:
    text = (bench.folder / "feed.xml").read_text(encoding="utf-8")
    start, end = text.rindex("<item>"), text.rindex("</item>") + len("</item>")
    (bench.folder / "feed.xml").write_text(text[:start] + text[end:], encoding="utf-8")


def _older(bench: Bench) -> None:
    """The newest item says that it is the oldest."""
    text = (bench.folder / "feed.xml").read_text(encoding="utf-8")
    bench.feed("<pubDate>" + text.partition("<pubDate>")[2].partition("<")[0], "<pubDate>Mon, 01 Jan 2001 10:00:00 GMT")


def _without_guid(bench: Bench) -> None:
    text = (bench.folder / "feed.xml").read_text(encoding="utf-8")
    bench.feed(text[text.index("<guid") : text.index("</guid>")], "<guid>")


def _next(bench: Bench, href: str) -> None:
    rest = ' rel="self" type="application/rss+xml"/>'
    bench.feed(rest, f'{rest}\n<atom:link rel="next" href="https://dorpspraat.example/luister/{href}"/>')


def _cover(
    bench: Bench, size: tuple[int, int] = (1400, 1400), mode: str = "RGB", kind: str = "PNG", name: str = "0123abcd"
) -> None:
    """Let the feed name another cover than the show's own."""
    own = next(bench.folder.glob("cover.????????.png"))
    Image.new(mode, size).save(bench.folder / f"cover.{name}.png", kind)
    bench.every(own.name, f"cover.{name}.png")


def _noisy_cover(bench: Bench) -> None:
    _cover(bench)
    Image.effect_noise((1400, 1400), 90).convert("RGB").save(bench.folder / "cover.0123abcd.png")


def _in_utf8(raw: bytes) -> bytes:
    """One text in the encoding that only ID3v2.4 has."""
    title = b"De kerkklok van Aardswoud slaat weer"
    return raw.replace(b"\0" + title, b"\3" + title, 1)


def _in_vtt(bench: Bench, old: str, new: str) -> None:
    replace(bench.beside(".vtt"), old, new, count=1)


def _set_at(at: int, value: int) -> Callable[[bytearray], None]:
    def change(frames: bytearray) -> None:
        frames[at] = value

    return change


def _with_padding(bench: Bench) -> None:
    bench.tags(_as_it_is, padding=lambda _info: 64)


def _as_it_is(_tag: id3.ID3) -> None:
    pass


def _cut_contents(tag: id3.ID3) -> None:
    tag.getall("CTOC")[0].child_element_ids.pop()


# mutagen of itself puts chapters out of order, see `tts.stitch.tags`.
_MUTAGENS = {"chapters.in_order_in_the_tag", "chapters.contents", "chapters.the_same"}
_LONGER = {"audio.as_made", "audio.constant_bit_rate", "audio.info_header"}
CASES = (
    in_settings("settings.address", 'url = "https://dorpspraat.example/luister/"\n', ""),
    in_settings("settings.encrypted", "https://", "http://"),
    Case("settings.cover", lambda b: replace(b.folder / "show.toml", "url =", 'cover = "weg.png"\nurl =', count=1)),
    Case("files.damaged", lambda b: b.beside(".json").write_bytes(b"{"), {"feed.nothing_else", "files.orphans", STALE}),
    Case(
        "sidecars.name",
        lambda bench: bench.beside(".json").rename(bench.beside(".json").with_name("anders.json")),
    ),
    Case("sidecars.audio", lambda bench: bench.mp3.unlink()),
    Case("sidecars.audio", lambda b: b.mp3.write_bytes(b.mp3.read_bytes() + b"\0"), {"items.length", *_LONGER}),
    Case("sidecars.beside", lambda bench: bench.beside(".html").unlink()),
    Case("files.orphans", lambda bench: (bench.folder / "episodes" / "los.12345678.mp3").write_bytes(b"x")),
    Case("files.orphans", lambda bench: (bench.folder / "episodes" / f"{SLUG}.12345678.mp3").write_bytes(b"x")),
    Case("files.strays", lambda bench: (bench.folder / "episodes" / "weg.vtt").write_bytes(b"x")),
    Case(STALE, lambda bench: bench.sidecar(title="Een andere titel"), {"tags.values"}),
    Case("files.old_pages", lambda bench: (bench.folder / "feed-7.xml").write_bytes(b"x")),
    Case("feed.is_there", lambda bench: (bench.folder / "feed.xml").unlink()),
    in_feed("feed.is_xml", "</channel>", "", "feed.complete"),
    in_feed("feed.is_rss", 'version="2.0"', 'version="0.92"'),
    Case(
        "feed.is_utf8",
        lambda bench: (bench.folder / "feed.xml").write_bytes(
            (bench.folder / "feed.xml").read_text(encoding="utf-8").replace("'UTF-8'", "'UTF-16'").encode("utf-16")
        ),
        {STALE},
    ),
    in_feed(
        "feed.namespaces",
        'xmlns:atom="',
        'xmlns:other="http://www.w3.org/2005/Atom" xmlns:atom="x"  a="',
        "feed.self_link",
    ),
    in_feed("feed.namespaces", "<rss ", '<rss xmlns:content="https://elders.example/" '),
    in_feed("feed.size", "<rss", f"<!--{' ' * feed.MAX_PAGE_BYTES}--><rss"),
    in_feed("feed.outer_spaces", "<language>nl-nl<", "<language> nl-nl<", "channel.language"),
    in_feed("feed.value_length", "<title>Dorp", f"<title>{'d' * 256}Dorp"),
    in_feed("feed.ascii_addresses", "<link>https://dorpspraat.example/", "<link>https://dorpspraat.example/é"),
    in_feed("feed.self_link", "feed.xml", "elders.xml"),
    Case("feed.next_link", lambda bench: _next(bench, "feed-9.xml"), {STALE}),
    Case("feed.no_loop", lambda bench: _next(bench, "feed.xml"), {STALE}),
    Case(
        "feed.unique_guids",
        lambda b: _name_twice(b, "<guid"),
        {STALE, "feed.complete", "items.enclosure", "items.duration", "items.persons"},
    ),
    Case("feed.unique_enclosures", lambda b: _name_twice(b, "<enclosure"), {STALE, "items.enclosure"}),
    Case("feed.complete", _without_item, {STALE}),
    in_feed("feed.nothing_else", '"false">', '"false">a', "feed.complete"),
    Case("feed.newest_first", _older, {STALE}),
    in_feed("channel.title", "<title>Dorpspraat &amp; meer</title>", ""),
    in_feed("channel.description", "<description>Nieuws", "<description>&lt;b>Nieuws"),
    in_feed("channel.description", "<description>Nieuws", f"<description>{'é' * 2001}"),
    in_feed("channel.description", "<description>Nieuws uit de dorpen – om naar te luisteren.</description>", ""),
    in_feed("channel.home", "<link>https://dorpspraat.example/luister/", "<link>"),
    in_feed("channel.language", "nl-nl", "nl_NL"),
    in_feed("channel.language", "nl-nl", "en"),
    in_feed("channel.category", "Daily News", "Dagelijks nieuws"),
    in_feed("channel.category", 'text="News"', 'text="news"'),
    in_feed("channel.explicit", ">false<", ">no<"),
    in_feed("channel.image", 'href="https://dorpspraat.example/luister/cover.', 'href="https://elders.example/cover.'),
    in_feed("channel.author", "itunes:author>Redactie Dorpspraat", "itunes:author>"),
    in_feed("channel.kind", "episodic", "serial"),
    in_feed("channel.owner", "post@dorpspraat.example<", "post<"),
    in_feed("channel.locked", ">yes<", ">no<"),
    in_feed("channel.guid", "<podcast:guid>", "<podcast:guid>a"),
    in_feed("channel.medium", "<podcast:medium>podcast", "<podcast:medium>music"),
    in_feed("channel.synthetic", '<podcast:txt purpose="ai-content"', '<podcast:txt purpose="verify"'),
    in_feed("items.title", "<title>Markt verhuist naar de Kade</title>", ""),
    Case("items.guid", _without_guid, {STALE, "feed.complete"}),
    in_feed("items.enclosure", "<enclosure", "<enclosed", "items.media_type"),
    in_feed("items.enclosure", 'enclosure url="https://dorpspraat.example/luister/', 'enclosure url="'),
    in_feed("items.enclosure", 'enclosure url="https://dorpspraat.example/', 'enclosure url="https://elders.example/'),
    in_feed("items.length", 'length="', 'length="1'),
    in_feed("items.media_type", "audio/mpeg", "audio/mp3"),
    in_feed("items.date", "<pubDate>", "<pubDate>maandag "),
    in_feed(
        "items.explicit", "<itunes:explicit>false</itunes:explicit>\n      <itunes:ep", "<itunes:explicit/><itunes:ep"
    ),
    in_feed("items.beside_there", f"{MARKET}.srt", "weg.srt"),
    in_feed("items.description", "<p>De weekmarkt", "<table>De weekmarkt"),
    in_feed("items.description", "<p>De weekmarkt", f"<p>{'x' * 4000}De weekmarkt"),
    in_feed("items.page", f"<link>https://dorpspraat.example/luister/episodes/{MARKET}.html</link>", ""),
    in_feed("items.duration", "<itunes:duration>", "<itunes:duration>0:"),
    in_feed("items.duration", "<itunes:duration>", "<itunes:duration>9"),
    in_feed("items.kind", "<itunes:episodeType>full", "<itunes:episodeType>whole"),
    in_feed("items.author", "itunes:author>Sjoerd Ó Faoláin", "itunes:author>"),
    in_feed("items.transcripts", 'type="text/vtt"', 'type="text/plain"'),
    in_feed("items.chapters", "application/json+chapters", "application/json"),
    in_feed("items.persons", '<podcast:person role="guest">Döndü Yılmaz</podcast:person>', ""),
    in_feed("items.synthetic", '"ai-content">Dit artikel', '"verify">Dit artikel'),
    Case("artwork.opens", lambda b: next(b.folder.glob("cover.????????.png")).write_bytes(b"no picture")),
    Case("artwork.suffix", lambda bench: _cover(bench, kind="JPEG"), {STALE}),
    Case("artwork.square", lambda bench: _cover(bench, (1400, 1500)), {STALE}),
    Case("artwork.large_enough", lambda bench: _cover(bench, (1399, 1399)), {STALE}),
    Case("artwork.colours", lambda bench: _cover(bench, mode="RGBA"), {STALE}),
    Case("artwork.colours", lambda bench: _cover(bench, mode="L"), {STALE}),
    Case("artwork.hashed_name", lambda bench: _cover(bench, name="nieuw"), {STALE}),
    Case("artwork.light", _noisy_cover, {STALE}),
    Case("audio.as_made", lambda b: b.mp3.write_bytes(b.mp3.read_bytes()[:-1] + b"!")),
    Case("audio.constant_bit_rate", lambda bench: bench.frames(_set_at(192 * 20 + 2, 0x94))),
    Case("audio.constant_bit_rate", lambda bench: bench.frames(_set_at(192 * 20 + 3, 0x44))),
    Case("audio.info_header", lambda bench: bench.frames(_set_at(13, ord("X")))),
    Case("audio.info_header", lambda bench: bench.frames(_set_at(24, 0))),
    Case("audio.info_header", lambda bench: bench.frames(_set_at(29 + 50, 250))),
    Case("audio.duration", lambda bench: bench.sidecar(n_samples=bench.episode.n_samples + 1)),
    Case("audio.loudness", lambda bench: bench.sidecar(loudness_lufs=-17.2)),
    Case("audio.loudness", lambda bench: bench.sidecar(loudness_lufs=None)),
    Case("audio.peak", lambda bench: bench.sidecar(true_peak_dbtp=-0.9)),
    Case(
        "tags.readable",
        lambda bench: bench.audio(lambda raw: raw[id3.BitPaddedInt(raw[6:10]) + 10 :]),
    ),
    Case(
        "tags.version",
        lambda bench: bench.tags(lambda tag: tag.update_to_v24(), v2_version=4),
        _MUTAGENS | {"tags.values", "tags.filled"},
    ),
    Case("tags.padding", _with_padding, _MUTAGENS),
    Case("tags.encodings", lambda bench: bench.audio(_in_utf8)),
    tagged("tags.filled", lambda tag: tag.delall("TDES")),
    tagged("tags.values", lambda tag: tag.setall("TIT2", [id3.TIT2(encoding=1, text="Anders")])),
    tagged("tags.source", lambda tag: tag.add(id3.WOAS(url="https://elders.example/"))),
    tagged("tags.cover", lambda tag: tag.delall("APIC")),
    tagged("tags.album", lambda tag: tag.setall("TALB", [id3.TALB(encoding=1, text="Dorpspraat")])),
    Case("chapters.readable", lambda bench: bench.beside(".chapters.json").write_bytes(b"[]")),
    Case(
        "chapters.in_order",
        lambda b: b.json(".chapters.json", lambda v: v["chapters"].reverse()),
        {"chapters.the_same"},
    ),
    Case("chapters.in_order_in_the_tag", lambda b: b.tags(_as_it_is, padding=lambda _info: 0), _MUTAGENS),
    tagged("chapters.contents", _cut_contents),
    Case("chapters.the_same", lambda b: b.json(".chapters.json", lambda v: v["chapters"][1].update(title="Wim"))),
    Case("transcripts.readable", lambda bench: bench.beside(".vtt").write_bytes(b"x")),
    Case("transcripts.readable", lambda bench: bench.beside(".srt").write_bytes(b"2\nx")),
    Case("transcripts.readable", lambda bench: bench.beside(".transcript.json").write_bytes(b"\xff")),
    Case("transcripts.in_order", lambda b: b.json(".transcript.json", lambda v: v["segments"][0].update(endTime=9.0))),
    Case("transcripts.within", lambda b: b.json(".transcript.json", lambda v: v["segments"][-1].update(endTime=9e5))),
    Case("transcripts.whole_text", lambda b: b.json(".transcript.json", lambda v: v["segments"][3].update(body="Na"))),
    Case(
        "transcripts.lines",
        lambda b: _in_vtt(b, "Na elf jaar stilte", "Na elf jaar " + "stilte " * 12),
        {"transcripts.whole_text"},
    ),
    Case("transcripts.speakers", lambda bench: _in_vtt(bench, "<v Wim Tuinman>", "")),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_finds_what_it_is_for(bench: Bench, case: Case) -> None:
    case.breaks(bench)
    found = bench.rules()
    assert case.rule in found
    assert found <= {case.rule, *case.also}


def test_a_sound_show_has_nothing_to_mend(bench: Bench) -> None:
    assert bench.found() == []


def test_every_rule_is_tried() -> None:
    tried = {case.rule for case in CASES} | {"channel.the_same"}  # which needs a second page, see below
    assert tried == {name for rules in RULES for name in rules.names}


def test_every_rule_says_what_is_right() -> None:
    for rules in RULES:
        for rule in (*rules.must, *rules.should):
            assert (rule.__doc__ or "").split("\n", maxsplit=1)[0].endswith("."), rule
