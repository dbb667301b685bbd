"""The pages in a real browser: from the file system, and as `voorlezer serve` serves them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.show.material import add
from tests.show.real_show import served
from tests.show.spoken import BLOCKS, episode_of, silence
from tts.model import Block
from tts.show.library import Library
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

pytestmark = pytest.mark.tools

# A machine without a sound card, a screen or a way out; and no click is needed before a page may play.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --autoplay-policy=no-user-gesture-required"
).split()
PHONE, DESK = (360, 740), (1440, 900)
HOSTILE = '"><script>document.title = "hacked"</script><img src=x onerror="document.title = `hacked`">'
LONG = tuple(block for _ in range(2) for block in BLOCKS)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two episodes, one of them as bad as an article can be."""
    folder = tmp_path_factory.mktemp("pages")
    library = Library(folder / "show")
    library.folder.mkdir()
    (library.folder / "show.toml").write_text(f"title = {'Dorpspraat ' + HOSTILE!r}\n", encoding="utf-8")
    hostile = Block("quote", HOSTILE, HOSTILE, HOSTILE, confidence=0.9)
    bad = episode_of(
        [*BLOCKS[:2], hostile, *BLOCKS[2:]], HOSTILE, "kwaad", number=2, source_url=f"javascript:{HOSTILE}"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for episode in (episode_of(LONG), bad):
            add(library, episode, silence(folder / "silence.mp3", episode.n_samples))
        refresh(library)
    return library


@pytest.fixture(scope="module")
def web(library: Library) -> Iterator[str]:
    with served(library) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's, else the one that Playwright has fetched; see scripts/clients."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        program = shutil.which("chromium") or shutil.which("google-chrome") or own
        if not Path(program).exists():
            pytest.skip("Chromium is not installed here")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": DESK[0], "height": DESK[1]}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may not complain about anything."""
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(5000)
    yield page
    assert complaints == []


@pytest.fixture
def episode(page: Page, web: str) -> Page:
    page.emulate_media(reduced_motion="reduce")  # what scrolls is there at once
    page.goto(f"{web}episodes/de-brug.html")
    return page


def _now(page: Page) -> Locator:
    return page.locator(".s.is-now")


def _time(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def _until(page: Page, so: Callable[[], bool]) -> None:
    """Wait for it; Playwright's own way evaluates strings in the page, which the pages forbid."""
    for _ in range(100):
        if so():
            return
        page.wait_for_timeout(50)
    pytest.fail("it did not come to that within five seconds")


def _playing(page: Page) -> bool:
    return bool(page.evaluate("!document.querySelector('audio').paused"))


def _start(sentence: Locator) -> float:
    return int(sentence.get_attribute("data-t") or "") / 1000


def _in_view(sentence: Locator) -> bool:
    return bool(
        sentence.evaluate(
            "e => e.getBoundingClientRect().top >= 0 &&"
            " e.getBoundingClientRect().bottom <= document.querySelector('.dock').getBoundingClientRect().top"
        )
    )


def test_it_plays_and_the_sentence_that_sounds_is_marked(episode: Page) -> None:
    episode.get_by_role("button", name="Luister").click()
    expect(_now(episode)).to_have_text("De brug blijft dicht")
    episode.locator("select").select_option("2")
    expect(_now(episode)).to_have_text("Door Noor Bakker, 3 mei 2026")
    assert _playing(episode)
    episode.locator(".dock").get_by_role("button", name="Pauzeren").click()
    assert not _playing(episode)


def test_a_click_on_a_sentence_jumps_there(episode: Page) -> None:
    sentence = episode.locator("q.s", has_text="Wat wilt u?").first
    sentence.click()
    expect(_now(episode)).to_have_text("Wat wilt u?”")
    assert _playing(episode)
    assert _start(sentence) <= _time(episode) < _start(sentence) + 1.5
    expect(episode.locator(".now .who")).to_have_text("Karim Aziz")
    expect(episode.locator(".contents .is-now")).to_contain_text("Karim Aziz")


def test_selecting_text_is_no_click(episode: Page) -> None:
    sentence = episode.locator(".text .s").first
    sentence.dblclick()
    episode.evaluate("document.querySelector('audio').pause()")
    at = _time(episode)
    sentence.select_text()
    sentence.dispatch_event("click")
    assert _time(episode) == at
    assert not _playing(episode)


def test_the_text_goes_along_with_the_voice(episode: Page) -> None:
    episode.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    episode.locator(".text .s").nth(3).click()
    for number in (6, 9, 12):
        sentence = episode.locator(".text .s").nth(number)
        episode.evaluate("t => { document.querySelector('audio').currentTime = t }", _start(sentence) + 0.1)
        expect(sentence).to_have_class(re.compile("is-now"))
        assert _in_view(sentence)
    assert episode.evaluate("scrollY") > PHONE[1]


def test_the_text_stays_where_the_reader_scrolled_to(episode: Page) -> None:
    sentences = episode.locator(".text .s")
    far, after = sentences.nth(30), sentences.nth(31)
    far.evaluate("e => e.click()")
    expect(far).to_have_class(re.compile("is-now"))
    assert _in_view(far)
    episode.evaluate("scrollTo(0, 0)")
    episode.evaluate("t => { document.querySelector('audio').currentTime = t }", _start(after) - 0.3)
    expect(after).to_have_class(re.compile("is-now"))
    assert episode.evaluate("scrollY") == 0
    episode.locator(".now").click()
    assert _in_view(after)


def test_the_bar_seeks(episode: Page) -> None:
    box = episode.locator(".seek").bounding_box()
    assert box
    episode.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(episode.locator(".tip")).to_contain_text("·")
    episode.mouse.down()
    episode.mouse.up()
    length = float(episode.locator("body").get_attribute("data-length") or "")
    assert _time(episode) == pytest.approx(length / 2, rel=0.03)
    assert _in_view(_now(episode))
    expect(episode.locator(".seek")).to_have_attribute("aria-valuetext", re.compile(r"^\d:\d\d van \d:\d\d, \w+"))


def test_keys(episode: Page) -> None:
    press = episode.keyboard.press
    press("Space")
    expect(episode.locator("body")).to_have_class(re.compile("is-playing"))
    press("Space")
    expect(episode.locator("body")).not_to_have_class(re.compile("is-playing"))
    assert episode.evaluate("scrollY") == 0
    at = _time(episode)
    press("ArrowRight")
    assert _time(episode) == pytest.approx(at + 30, abs=0.1)
    press("ArrowLeft")
    assert _time(episode) == pytest.approx(at + 15, abs=0.1)
    press(">")
    expect(episode.locator(".said")).to_have_text("Snelheid 1,1×")
    press("<")
    press("<")
    assert episode.evaluate("document.querySelector('audio').playbackRate") == pytest.approx(0.9)


def test_sentences_are_one_stop_for_the_tab_key_and_arrows_go_through_them(episode: Page) -> None:
    assert episode.locator(".text [tabindex='0']").count() == 1
    first, second = episode.locator(".text .s").nth(0), episode.locator(".text .s").nth(1)
    first.focus()
    episode.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    episode.keyboard.press("Enter")
    expect(second).to_have_class(re.compile("is-now"))
    assert _playing(episode)
    episode.keyboard.press("Tab")
    assert episode.evaluate("document.activeElement.closest('.text')") is None


def test_a_link_to_a_moment_goes_there(page: Page, web: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{web}episodes/de-brug.html#t=83.4")
    _until(page, lambda: bool(page.evaluate("document.querySelector('audio').readyState > 0")))
    assert _time(page) == pytest.approx(83.4, abs=0.05)
    assert _in_view(_now(page))
    assert not _playing(page)
    page.evaluate("location.hash = 't=20'")
    _until(page, lambda: abs(_time(page) - 20) < 0.05)
    page.evaluate("location.hash = 't=99999'")
    assert _time(page) == pytest.approx(20, abs=0.05)


def test_a_link_to_this_moment_can_be_copied(episode: Page, context: BrowserContext, web: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    episode.keyboard.press("ArrowRight")
    episode.get_by_role("button", name="Kopieer een link").click()
    expect(episode.locator(".said")).to_have_text("Link naar 0:30 gekopieerd")
    assert episode.evaluate("navigator.clipboard.readText()") == f"{web}episodes/de-brug.html#t=30"


def test_where_the_listener_was_is_remembered(episode: Page, web: str) -> None:
    episode.keyboard.press("ArrowRight")
    _until(episode, lambda: bool(episode.evaluate("Object.values(localStorage).includes('30.0')")))
    episode.reload()
    assert _time(episode) == pytest.approx(30, abs=0.1)
    episode.goto(f"{web}index.html")
    item = episode.locator(".episodes li").filter(has=episode.get_by_role("link", name="De brug blijft dicht"))
    expect(item.locator(".time")).to_have_text(re.compile(r"^0:30 / "))


def test_lock_screens_show_it(episode: Page) -> None:
    shown = episode.evaluate(
        "({...{title: navigator.mediaSession.metadata.title, artist: navigator.mediaSession.metadata.artist}})"
    )
    assert shown == {"title": "De brug blijft dicht", "artist": "Noor Bakker"}


def test_in_the_list_one_episode_plays_at_a_time(page: Page, web: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{web}index.html")
    assert not [url for url in loaded if url.endswith(".mp3")]
    buttons = page.locator(".mini .play")
    buttons.nth(0).click()
    buttons.nth(1).click()
    expect(page.locator(".mini").nth(1)).to_have_class(re.compile("is-playing"))
    expect(page.locator(".mini").nth(0)).not_to_have_class(re.compile("is-playing"))


def test_on_the_web_the_list_tells_how_to_subscribe(page: Page, context: BrowserContext, web: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{web}index.html")
    page.get_by_role("button", name="Kopieer").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{web}feed.xml"
    bare = web.removeprefix("http://")
    expect(page.get_by_role("link", name="Apple Podcasts")).to_have_attribute("href", f"podcast://{bare}feed.xml")
    expect(page.locator(".local")).to_be_hidden()


def test_from_the_file_system_it_plays_and_tells_how_to_get_on_the_web(page: Page, library: Library) -> None:
    page.goto((library.folder / "index.html").as_uri())
    expect(page.locator(".local")).to_be_visible()
    expect(page.locator(".apps")).to_be_hidden()
    page.get_by_role("link", name="De brug blijft dicht").click()
    page.locator(".text .s").nth(20).click()
    expect(page.locator(".text .s").nth(20)).to_have_class(re.compile("is-now"))
    begun = _time(page)
    _until(page, lambda: _time(page) > begun + 0.1)


def test_what_an_article_says_does_nothing(page: Page, web: str) -> None:
    page.goto(f"{web}index.html")
    page.get_by_role("link", name="script").click()
    page.locator("q.s", has_text="script").first.click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator(".now .who")).to_have_text(HOSTILE)
    assert page.title().startswith(HOSTILE)
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0


def test_without_script_there_is_the_text_and_a_player(chromium: Browser, web: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{web}episodes/de-brug.html")
        assert page.get_by_text("Een brug die dicht blijft is een dam.").first.is_visible()
        assert page.locator(".dock audio").is_visible()
        assert page.locator(".controls").is_hidden()
        assert page.locator("[data-do=play]").first.is_hidden()
        page.goto(f"{web}index.html")
        assert page.locator(".episodes audio").first.is_visible()


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_axe_finds_nothing(chromium: Browser, web: str, scheme: str, size: tuple[int, int]) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with chromium.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = context.new_page()
        for name in ("index.html", "episodes/de-brug.html#t=20"):
            page.goto(web + name)
            page.wait_for_load_state("load")
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") == size[0]
