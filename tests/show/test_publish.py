"""The show at its destination: a folder, memory, and destinations that fail half-way."""

from __future__ import annotations

import itertools
import re
import shutil
import sys
from typing import TYPE_CHECKING

import fsspec
import msgspec
import pytest
from click.testing import CliRunner, Result

from tests.show.destinations import (
    URL,
    FailingServer,
    FailingStore,
    assert_sound,
    contents,
    in_folder,
    named_by_the_feed,
)
from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tts.cli.main import voorlezer
from tts.errors import ShowError
from tts.show import site
from tts.show.artwork import artwork
from tts.show.files import Stage, public_files
from tts.show.library import Library
from tts.show.publish import MANIFEST, make_plan
from tts.show.sending import send
from tts.show.settings import set_values

if TYPE_CHECKING:
    from pathlib import Path

    from tts.show.sending import Plan

FAILING = (FailingServer, FailingStore)
for _system in FAILING:
    fsspec.register_implementation(_system.protocol, _system)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show folder of three episodes; to be copied."""
    library = Library(tmp_path_factory.mktemp("prepared"))
    (library.folder / "show.toml").write_text(f'url = "{URL}"\n', encoding="utf-8")
    for n in (1, 2, 3):
        add(library, numbered(n), b"sound %d" % n)
    make_plan(library, "memory://nowhere")  # makes feed, pages and cover
    return library.folder


@pytest.fixture
def library(prepared: Path, tmp_path: Path) -> Library:
    shutil.copytree(prepared, tmp_path / "show")
    return Library(tmp_path / "show")


@pytest.fixture(autouse=True)
def _empty() -> None:
    for system in FAILING:
        system.store.clear()
        system.start()


def _published(library: Library, address: str) -> Plan:
    plan = make_plan(library, address)
    send(plan)
    return plan


def _expected(library: Library) -> dict[str, bytes]:
    with library.index() as index:
        names = [file.name for file in public_files(index, artwork(library.folder, library.settings()))]
    return {name: (library.folder / name).read_bytes() for name in names}


def _without_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != MANIFEST}


def _sent(plan: Plan) -> set[str]:
    return {upload.file.name for upload in plan.uploads}


def _change(library: Library) -> None:
    """One episode is made again, one is new, one is gone."""
    add(library, numbered(2), b"sound 2, made again")
    add(library, numbered(4), b"sound 4")
    (library.episodes_folder / "aflevering-1.json").unlink()


def test_a_folder_gets_the_whole_show_and_nothing_else(library: Library, tmp_path: Path) -> None:
    plan = _published(library, str(tmp_path / "web" / "podcast"))
    files = in_folder(tmp_path / "web" / "podcast")
    assert _without_manifest(files) == _expected(library)
    assert all(upload.is_new for upload in plan.uploads)
    assert_sound(files)


@pytest.mark.parametrize("address", ["memory://web/podcast", "file://{}/web", "{}/web/", "failing-server://web"])
def test_a_second_time_nothing_is_sent(library: Library, tmp_path: Path, address: str) -> None:
    address = address.format(tmp_path)
    assert len(_published(library, address).uploads) > 15
    again = make_plan(library, address)
    assert (again.uploads, again.gone) == ((), ())
    FailingServer.start(0)
    send(again)  # also the manifest stays


def test_a_changed_episode_sends_its_own_files_and_the_lists(library: Library) -> None:
    _published(library, "memory://changed")
    before = library.episode("aflevering-2")
    assert before is not None
    after = add(library, numbered(2), b"other sound")
    plan = _published(library, "memory://changed")
    assert f"episodes/{after.file}" in _sent(plan)
    assert {name for name in _sent(plan) if "aflevering-2" not in name} <= {"feed.xml", "index.html"}
    assert "feed.xml" in _sent(plan)
    assert plan.gone == (f"episodes/{before.file}",)
    files = contents_of("memory://changed")
    assert _without_manifest(files) == _expected(library)
    assert_sound(files)


def contents_of(address: str) -> dict[str, bytes]:
    system, path = fsspec.url_to_fs(address)
    return {name.removeprefix(f"{path}/"): system.cat_file(name) for name in system.find(path)}


def test_what_is_gone_goes_and_what_others_put_there_stays(library: Library, tmp_path: Path) -> None:
    web = tmp_path / "web"
    _published(library, str(web))
    (web / "robots.txt").write_text("theirs", encoding="utf-8")
    (web / "episodes" / "notes.html").write_text("theirs", encoding="utf-8")
    _change(library)
    _published(library, str(web))
    files = _without_manifest(in_folder(web))
    assert {name: files.pop(name) for name in ("robots.txt", "episodes/notes.html")} == {
        "robots.txt": b"theirs",
        "episodes/notes.html": b"theirs",
    }
    assert files == _expected(library)


@pytest.mark.parametrize("system", FAILING)
def test_the_feed_goes_last_and_removal_after_it(library: Library, system: type[FailingServer]) -> None:
    address = f"{system.protocol}://web"
    _published(library, address)
    _change(library)
    system.start()
    plan = _published(library, address)
    names = [path.partition("web/")[2].removesuffix(".part") for path in system.written]
    feed = names.index("feed.xml")
    for upload in plan.uploads:
        assert (names.index(upload.file.name) < feed) == (upload.file.stage < Stage.FEED)
    assert plan.gone
    assert all(names.index(name) > feed for name in plan.gone)
    assert names[0] == names[-1] == MANIFEST


@pytest.mark.parametrize("system", FAILING)
def test_interrupted_at_any_moment_the_feed_names_only_what_is_there(
    library: Library, tmp_path: Path, system: type[FailingServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the show goes out, then it changes and goes again: both are cut off at every write, and then done."""
    monkeypatch.setattr(site, "FEED_SIZE", 1)
    monkeypatch.setattr(site, "FEED_KEEP", 1)
    site.remake(library)
    shutil.copytree(library.folder, tmp_path / "before", copy_function=shutil.copy2)
    before = Library(tmp_path / "before")
    address = f"{system.protocol}://web"
    cut = 0
    for first in itertools.count():
        system.store.clear()
        if not _cut_off(library, address, system, first):
            break
        cut += 1
        _published(library, address)
        assert _without_manifest(contents(system)) == _expected(library)
    whole = dict(system.store)
    _change(library)
    for second in itertools.count():
        system.store.clear()
        system.store.update(whole)
        if not _cut_off(library, address, system, second):
            break
        cut += 1
        assert "feed-1.xml" in named_by_the_feed(contents(system))
        _published(before, address)  # as it was before the change: what went meanwhile is put back
        assert _without_manifest(contents(system)) == _expected(before)
        assert_sound(contents(system))
        _published(library, address)
        assert _without_manifest(contents(system)) == _expected(library)
    assert cut > 40


def _cut_off(library: Library, address: str, system: type[FailingServer], after: int) -> bool:
    """Publish to a destination that fails after so many changes; whether that was too early."""
    plan = make_plan(library, address)
    system.start(after)
    try:
        send(plan)
    except ShowError as error:
        assert "PowerCut" in str(error)  # noqa: PT017 -- whether it fails at all is what the caller asks
        return True
    else:
        return False
    finally:
        system.start()
        assert_sound(contents(system))


@pytest.mark.parametrize("system", FAILING)
def test_what_went_before_a_cut_is_not_sent_again_when_it_was_noted(
    library: Library, system: type[FailingServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tts.show.sending._NOTE_EVERY_S", 0.0)
    address = f"{system.protocol}://web"
    n_files = len(make_plan(library, address).uploads)
    assert _cut_off(library, address, system, 30)
    again = make_plan(library, address)
    assert 0 < len(again.uploads) < n_files
    send(again)
    assert _without_manifest(contents(system)) == _expected(library)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"files": {"../../home/me/diary.txt": null}}', b'{"files": {"/etc/passwd": null}}'],
)
def test_a_damaged_manifest_sends_everything_and_removes_nothing(
    library: Library, tmp_path: Path, damage: bytes
) -> None:
    web = tmp_path / "web"
    n_files = len(_published(library, str(web)).uploads)
    (web / MANIFEST).write_bytes(damage)
    plan = make_plan(library, str(web))
    assert plan.lost_track
    assert (len(plan.uploads), plan.gone) == (n_files, ())


def test_another_show_there_is_not_overwritten(library: Library, tmp_path: Path) -> None:
    _published(library, str(tmp_path / "web"))
    other = Library(tmp_path / "other")
    other.folder.mkdir()
    (other.folder / "show.toml").write_text('url = "https://example.net/"\n', encoding="utf-8")
    before = in_folder(tmp_path / "web")
    with pytest.raises(ShowError, match="holds another show"):
        make_plan(other, str(tmp_path / "web"))
    assert in_folder(tmp_path / "web") == before


def test_a_show_without_address_is_refused(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    add(library)
    with pytest.raises(ShowError, match=r"set url in .*show\.toml"):
        make_plan(library, str(tmp_path / "web"))


def test_the_show_folder_itself_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(library.folder)
    for address in (str(library.folder), f"file://{library.folder}", str(tmp_path / "link")):
        with pytest.raises(ShowError, match="the show folder itself"):
            make_plan(library, address)


def test_missing_audio_is_said_before_anything_is_sent(library: Library, tmp_path: Path) -> None:
    episode = library.episode("aflevering-2")
    assert episode is not None
    library.audio_path(episode).write_bytes(b"short")
    with pytest.raises(ShowError, match="is not as long as the feed says; make the episode again"):
        make_plan(library, str(tmp_path / "web"))
    library.audio_path(episode).unlink()
    with pytest.raises(ShowError, match="is missing; make the episode again"):
        make_plan(library, str(tmp_path / "web"))
    assert not (tmp_path / "web").exists()


def test_audio_that_goes_while_we_publish_keeps_the_feed_from_naming_it(library: Library, tmp_path: Path) -> None:
    plan = make_plan(library, str(tmp_path / "web"))
    episode = library.episode("aflevering-2")
    assert episode is not None
    library.audio_path(episode).unlink()
    with pytest.raises(ShowError, match="do it again"):
        send(plan)
    assert not (tmp_path / "web" / "feed.xml").exists()


def test_the_lists_that_go_are_those_that_were_planned(library: Library, tmp_path: Path) -> None:
    plan = make_plan(library, str(tmp_path / "web"))
    planned = (library.folder / "feed.xml").read_bytes()
    add(library, numbered(4), b"sound 4")
    make_plan(library, str(tmp_path / "elsewhere"))  # another run has made the feed again
    assert (library.folder / "feed.xml").read_bytes() != planned
    send(plan)
    assert (tmp_path / "web" / "feed.xml").read_bytes() == planned
    assert_sound(in_folder(tmp_path / "web"))


def test_progress_ends_at_all_bytes(library: Library, tmp_path: Path) -> None:
    plan = make_plan(library, str(tmp_path / "web"))
    told: list[tuple[int, int]] = []
    send(plan, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (plan.n_bytes, plan.n_bytes)
    assert len(told) == len(plan.uploads)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("bogus://x", "Protocol not known"),
        ("ftp://me:geheim@127.0.0.1:1/x", "refused"),
        ("ftp://me:geheim@[::/x", "."),
    ],
)
def test_an_address_that_does_not_work_is_said_without_its_password(library: Library, address: str, said: str) -> None:
    with pytest.raises(ShowError, match=said) as caught:
        make_plan(library, address)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_password_in_an_address_is_not_printed_with_its_error(library: Library) -> None:
    plan = make_plan(library, "failing-server://me:geheim@web")
    FailingServer.start(0)
    with pytest.raises(ShowError, match=r"can't use failing-server://web: PowerCut at .*…") as caught:
        send(plan)
    assert "geheim" not in str(caught.value)


def test_a_missing_library_names_the_extra(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    with pytest.raises(ShowError, match=r"pip install 'voorlezer\[s3\]'"):
        make_plan(library, "s3://bucket/x")


def _run(*args: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, ["publish", *args], catch_exceptions=False)


def test_the_command_says_what_it_did(library: Library, tmp_path: Path) -> None:
    web, show = str(tmp_path / "web"), ("--force", "--show", str(library.folder))
    dry = _run("--dry-run", *show, web)
    assert dry.exit_code == 0
    assert "new      feed.xml" in dry.stdout
    assert "nothing was sent" in dry.stdout
    assert not (tmp_path / "web").exists()
    n_files = len(_expected(library))
    done = _run(*show, web)
    assert f"{n_files} new, 0 changed, 0 gone, 0 unchanged" in done.stdout
    assert f"{URL}feed.xml" in done.stdout
    assert f"0 new, 0 changed, 0 gone, {n_files} unchanged" in _run(*show, web).stdout
    _change(library)
    before = in_folder(tmp_path / "web")
    changed = _run("--dry-run", *show, web)
    assert "changed  feed.xml" in changed.stdout
    assert "gone     episodes/aflevering-1.vtt" in changed.stdout
    assert in_folder(tmp_path / "web") == before
    assert done.stderr == changed.stderr == ""
    (tmp_path / "web" / MANIFEST).write_bytes(msgspec.json.encode("?"))
    assert "everything goes again" in _run("--dry-run", *show, web).stderr
    assert _run(*show, "bogus://x").exit_code == 1


def test_a_show_with_errors_is_refused_unless_it_is_forced(library: Library, tmp_path: Path) -> None:
    web, show = str(tmp_path / "web"), ("--show", str(library.folder))
    for args in ((), ("--dry-run",)):
        refused = _run(*show, *args, web)
        assert refused.exit_code == 1
        assert re.search(r"the show has \d+ errors, among them: episodes/.*`voorlezer check`.*--force", refused.stderr)
    assert not (tmp_path / "web").exists()
    assert _run(*show, "--force", web).exit_code == 0


def test_a_show_that_listeners_can_use_is_published(own_show: Library, tmp_path: Path) -> None:
    if not own_show.settings().url:
        set_values(own_show, {"url": URL})
    done = _run("--show", str(own_show.folder), str(tmp_path / "web"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert _without_manifest(in_folder(tmp_path / "web")) == _expected(own_show)
