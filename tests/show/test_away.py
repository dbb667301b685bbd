"""A show that lies elsewhere: in memory, and at places that fail half-way; two machines, and runs that are killed."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import fsspec
import msgspec
import pytest

from tests.show.destinations import URL, FailingServer, FailingStore, contents, in_folder, named_by_the_feed
from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tts.errors import ShowError
from tts.model import Edits, Episode
from tts.show import away, changes
from tts.show.away import checked_out, looked_at
from tts.show.files import SHOW_MANIFEST, Stage
from tts.show.hold import FILE as HELD
from tts.show.hold import STALE_AFTER, Holder
from tts.show.library import Library
from tts.show.publish import make_plan
from tts.show.sending import Manifest, send
from tts.show.settings import set_values
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tts.show.card import Card
    from tts.show.working_copy import WorkingCopy

FAILING = (FailingServer, FailingStore)
ADDRESS = "failing-store://web"
for _system in FAILING:
    fsspec.register_implementation(_system.protocol, _system, clobber=True)


@pytest.fixture(autouse=True)
def _empty() -> None:
    for system in FAILING:
        system.store.clear()
        system.start()


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def opened(address: str = ADDRESS) -> Iterator[WorkingCopy]:
    """A run that nothing keeps from checking in."""
    warned: list[str] = []
    with checked_out(address, warned.append, nothing) as copy:
        yield copy
    assert warned == []


def machine(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on this machine from now on."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
    monkeypatch.setattr("platform.node", lambda: name)


def holder(host: str = "laptop", seen: datetime | None = None) -> Holder:
    now = datetime.now(UTC)
    return Holder(host, 4711, "its own", now, seen or now)


def put(name: str, content: bytes) -> None:
    FailingStore.store.pop(f"/web/{name}", None)
    FailingStore().pipe_file(f"/web/{name}", content)
    FailingStore.start()


def written() -> list[str]:
    """The files of the show that were put or removed."""
    names = [path.partition("web/")[2] for path in FailingStore.written]
    return [name for name in names if name != HELD]


def assert_sound(files: dict[str, bytes]) -> None:
    """What names a file names one that is there: sidecars, the feed, the manifest."""
    for name, content in files.items():
        if name.startswith("episodes/") and name.count(".") == 1 and name.endswith(".json"):
            episode = msgspec.json.decode(content, type=Episode)
            assert len(files[f"episodes/{episode.file}"]) == episode.n_bytes
    for name, n_bytes in named_by_the_feed(files).items():
        assert n_bytes in {None, len(files[name])}
    if SHOW_MANIFEST in files:
        for name, claim in msgspec.json.decode(files[SHOW_MANIFEST], type=Manifest).files.items():
            assert claim is None or claim.n_bytes == len(files[name]), name


def in_copy(copy: Library) -> dict[str, bytes]:
    return {name: content for name, content in in_folder(copy.folder).items() if not name.startswith(".copy")}


def there(system: type[FailingServer] = FailingStore) -> dict[str, bytes]:
    """The files at the address, without the manifest."""
    return {name: content for name, content in contents(system).items() if name != SHOW_MANIFEST}


@pytest.mark.parametrize("system", FAILING)
def test_an_empty_address_gets_the_whole_folder_and_a_second_run_puts_nothing(system: type[FailingServer]) -> None:
    address = f"{system.protocol}://web"
    with opened(address) as copy:
        set_values(copy, {"url": URL})
        for n in (1, 2):
            add(copy, numbered(n), b"sound %d" % n)
    assert there(system) == in_copy(copy)
    assert {"show.toml", "feed.xml", "episodes/aflevering-1.json"} < there(system).keys()
    assert_sound(contents(system))
    system.start()
    with opened(f"{address}/") as copy:
        assert copy.next_number() == 3
    assert {path.removesuffix(".part").partition("web/")[2] for path in system.written} == {HELD}


def test_where_nothing_is_made_no_show_is_begun() -> None:
    with opened():
        pass
    assert contents(FailingStore) == {}


def test_it_goes_in_an_order_in_which_files_name_what_is_there() -> None:
    with opened() as copy:
        add(copy, numbered(1))
    FailingStore.start()
    with opened() as copy:
        before = copy.episode("aflevering-1")
        after = add(copy, numbered(1), b"made again")
    assert before
    names = written()
    order = [f"episodes/{after.file}", "episodes/aflevering-1.json", "feed.xml", f"episodes/{before.file}"]
    assert [name for name in names if name in order] == order
    assert names[0] == names[-1] == SHOW_MANIFEST


def test_another_machine_goes_on_and_fetches_audio_only_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as copy:
        (copy.folder / "show.toml").write_text('title = "Proef"\n', encoding="utf-8")
        first = add(copy, numbered(1), b"sound 1")
    machine("other", tmp_path, monkeypatch)
    with opened() as copy:
        assert copy.settings().title == "Proef"
        assert copy.next_number() == 2
        found = copy.find("id:1")
        assert found == first
        assert copy.has_audio(found)
        assert not list(copy.episodes_folder.glob("*.mp3"))
        second = add(copy, numbered(2), b"sound 2")
        assert copy.audio_path(found).read_bytes() == b"sound 1"
    assert_sound(contents(FailingStore))
    machine("third", tmp_path, monkeypatch)
    copy = looked_at(ADDRESS, nothing)
    with copy.index() as index:
        assert [card.guid for card in index.cards()] == [first.guid, second.guid]
    copy.bring_audio(nothing)
    assert sorted(path.read_bytes() for path in copy.episodes_folder.glob("*.mp3")) == [b"sound 1", b"sound 2"]


def test_what_one_machine_removes_another_puts_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as copy:
        add(copy, numbered(1), b"sound 1")
    machine("other", tmp_path, monkeypatch)
    with opened() as copy:
        changes.remove(copy, "aflevering-1")
    assert not any(name.startswith("episodes/") for name in there())
    machine("third", tmp_path, monkeypatch)
    with opened() as copy:
        assert copy.episode("aflevering-1") is None
        changes.restore(copy, "aflevering-1")
    assert not any(name.startswith(".removed/") for name in there())
    assert b"sound 1" in there().values()
    machine("other", tmp_path, monkeypatch)
    copy = looked_at(ADDRESS, nothing)
    assert copy.episode("aflevering-1")
    assert not copy.removed_folder.exists() or not any(copy.removed_folder.iterdir())


def test_a_show_that_another_run_has_is_refused_in_a_line_that_says_what_to_do() -> None:
    put(HELD, msgspec.json.encode(holder()))
    before = contents(FailingStore)
    with pytest.raises(ShowError) as caught, opened():
        pass
    assert str(caught.value).startswith("process 4711 on laptop (since ")
    assert str(caught.value).endswith(
        f" is writing to {ADDRESS}; wait until it is done, or, when you know that it was killed, remove {HELD} there"
    )
    assert contents(FailingStore) == before


@pytest.mark.parametrize("seen", [timedelta(0), STALE_AFTER])
def test_a_run_of_this_machine_that_was_killed_and_one_not_seen_for_hours_are_over(
    seen: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("tts.show.hold.Hold.release", lambda _hold, _to: None)
        with opened() as copy:
            add(copy)
    left = msgspec.json.decode(contents(FailingStore)[HELD], type=Holder)
    if seen:
        other = dataclasses.replace(left, host="another", copy="another", seen=datetime.now(UTC) - seen)
        put(HELD, msgspec.json.encode(other))
    with opened() as copy:
        assert copy.next_number() == 2
    assert HELD not in contents(FailingStore)


def test_a_hold_that_can_t_be_read_is_said() -> None:
    put(HELD, b"{")
    with pytest.raises(ShowError, match=r"\.writer\.json at .* can't be read; remove it there"), opened():
        pass


@pytest.mark.parametrize("then", [None, msgspec.json.encode(holder())])
def test_who_loses_the_show_meanwhile_puts_nothing_more_and_says_so(then: bytes | None) -> None:
    def lose() -> None:
        with opened() as copy:
            add(copy)
            FailingStore.store.pop(f"/web/{HELD}")
            if then:
                put(HELD, then)

    with pytest.raises(ShowError, match=r"was taken from this run by (process 4711 on laptop|somebody)"):
        lose()
    assert contents(FailingStore) == ({HELD: then} if then else {})


def test_who_loses_it_stops_writing_to_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_EVERY_S", 0.05)

    def lose() -> None:
        with opened() as copy:
            put(HELD, msgspec.json.encode(holder()))
            _until(lambda: copy.lost)
            add(copy)

    with pytest.raises(ShowError, match=r"was taken from this run by process 4711 on laptop"):
        lose()
    assert contents(FailingStore).keys() == {HELD}


def test_two_runs_on_one_machine_take_turns_and_who_only_looks_sees_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.show.working_copy._ALONE_WITHIN_S", 0)
    with opened() as copy:
        add(copy)
        with pytest.raises(ShowError, match="another run on this machine is at work on failing-store://web"), opened():
            pass
        assert looked_at(ADDRESS, nothing).episode("de-brug")
    assert looked_at(ADDRESS, nothing).episode("de-brug")


@pytest.mark.parametrize("system", FAILING)
def test_killed_at_any_moment_what_is_there_is_sound_and_another_machine_goes_on(
    system: type[FailingServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off at every write: between audio and sidecar, sidecar and feed, and while old audio goes."""
    address = f"{system.protocol}://web"
    with opened(address) as copy:
        set_values(copy, {"url": URL})
        for n in (1, 2):
            add(copy, numbered(n), b"sound %d" % n)
    whole = dict(system.store)
    for cut in itertools.count():
        system.store.clear()
        system.store.update(whole)
        machine(f"first{cut}", tmp_path, monkeypatch)
        is_cut = _cut_off(address, system, cut)
        assert_sound(contents(system))
        machine(f"second{cut}", tmp_path, monkeypatch)
        system.store.pop(f"/web/{HELD}", None)  # as its owner does
        with opened(address) as copy:
            known = copy.find("id:3")
            assert copy.next_number() == (4 if known else 3)
            _work(copy)
        assert_sound(contents(system))
        assert there(system) == {**in_copy(copy), **_audio(system)}
        if not is_cut:
            break
    assert cut > 15


def _audio(system: type[FailingServer]) -> dict[str, bytes]:
    """Of the three episodes; the copy of a machine that came later need not have it."""
    names = {f"episodes/{card.file}" for card in _cards(f"{system.protocol}://web")}
    assert len(names) == 3
    return {name: contents(system)[name] for name in names}


def _cards(address: str) -> list[Card]:
    with looked_at(address, nothing).index() as index:
        return list(index.cards())


def _work(copy: WorkingCopy) -> None:
    """One episode made again, one new."""
    add(copy, numbered(2), b"made again")
    add(copy, numbered(3), b"sound 3")


def _cut_off(address: str, system: type[FailingServer], after: int) -> bool:
    """Work at a place that fails after so many changes, and takes no more; whether that was too early."""
    system.start(after)
    try:
        with checked_out(address, lambda _said: None, nothing) as copy:
            _work(copy)
    except ShowError as error:
        assert "PowerCut" in str(error)  # noqa: PT017 -- whether it fails at all is what the caller asks
        return True
    else:
        return HELD in contents(system)  # it could not be given back
    finally:
        system.start()


def test_what_a_killed_run_has_not_put_there_is_dropped(tmp_path: Path) -> None:
    with opened() as copy:
        add(copy, numbered(1))
    add(Library(copy.folder), numbered(2))
    (copy.folder / "show.toml").write_text('title = "Hier"\n', encoding="utf-8")
    with opened() as copy:
        assert copy.next_number() == 2
        assert copy.settings().title == "Voorlezer"
    assert len(list(copy.episodes_folder.glob("*.mp3"))) == 1


def test_a_copy_that_lost_files_spoils_nothing() -> None:
    with opened() as copy:
        add(copy, numbered(1))
    before = contents(FailingStore)
    shutil.rmtree(copy.episodes_folder)
    with opened():
        pass
    assert contents(FailingStore) == before


def test_settings_and_cover_may_be_changed_at_the_address(tmp_path: Path) -> None:
    with opened() as copy:
        add(copy)
    from PIL import Image

    Image.new("RGB", (1400, 1400), "#123c4a").save(tmp_path / "omslag.png")
    put("art/mijn omslag.png", (tmp_path / "omslag.png").read_bytes())
    put("show.toml", b'title = "Daar"\ncover = "art/mijn omslag.png"\n')
    with opened() as copy:
        assert copy.settings().title == "Daar"
    assert b"Daar" in there()["feed.xml"]
    assert there() == in_copy(copy)
    put("show.toml", b"titel = 3\n")
    with pytest.raises(ShowError, match=r"^failing-store://web/show\.toml has settings that Voorlezer does not know"):
        looked_at(ADDRESS, nothing)


@pytest.mark.parametrize("damage", [None, b"{", b'{"files": {"../../home/me/diary.json": null}}'])
def test_without_a_manifest_the_show_is_what_lies_there_and_what_others_put_there_stays(
    damage: bytes | None, tmp_path: Path
) -> None:
    library = Library(tmp_path / "show")
    add(library, numbered(1), b"sound 1")
    add(library, numbered(2), b"sound 2")
    changes.remove(library, "aflevering-2")
    for name, content in {**in_folder(library.folder), "robots.txt": b"theirs"}.items():
        put(name, content)
    if damage:
        put(SHOW_MANIFEST, damage)
    before = there()
    with opened() as copy:
        assert copy.next_number() == 2
        known = copy.find("id:1")
        assert known
        assert copy.has_audio(known)
    assert there() == before
    FailingStore.start()
    with opened():
        pass
    assert written() == []


def test_what_is_no_show_folder_is_not_made_one_and_a_show_is_not_published_over(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    add(library)
    set_values(library, {"url": URL})
    send(make_plan(library, ADDRESS))
    before = contents(FailingStore)
    with pytest.raises(ShowError, match="lies what was published, which is no show folder"), opened():
        pass
    assert contents(FailingStore) == before
    with opened("memory://a-show") as copy:
        add(copy)
        set_values(copy, {"url": URL})
    with pytest.raises(ShowError, match=r"memory://a-show is a show folder; publish to another address"):
        make_plan(looked_at("memory://a-show", nothing), "memory://a-show")


def test_a_file_that_is_gone_from_the_address_is_said_before_anything_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as copy:
        add(copy)
    FailingStore.store.pop("/web/episodes/de-brug.json")
    machine("other", tmp_path, monkeypatch)
    before = contents(FailingStore)
    with pytest.raises(ShowError, match=r"episodes/de-brug\.json is gone from failing-store://web, though"), opened():
        pass
    assert contents(FailingStore) == before


def test_what_changes_goes_there_meanwhile_and_trouble_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_EVERY_S", 0.05)
    warned: list[str] = []
    with checked_out(ADDRESS, warned.append, nothing) as copy:
        add(copy, numbered(1))
        _until(lambda: "feed.xml" in contents(FailingStore))
        FailingStore.left = 0
        add(copy, numbered(2))
        _until(lambda: bool(warned))
        time.sleep(0.2)
        FailingStore.start()
        _until(lambda: "episodes/aflevering-2.json" in contents(FailingStore))
    assert len(set(warned)) == len(warned)
    assert all("PowerCut" in line and line.endswith("; trying again every minute") for line in warned)
    assert_sound(contents(FailingStore))


def _until(happens: object) -> None:
    assert callable(happens)
    last = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_an_edit_of_an_episode_whose_audio_lies_elsewhere(
    real_show: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in in_folder(real_show.folder).items():
        put(name, content)
    with real_show.index() as index:
        slug = next(iter(index.cards())).slug
    machine("other", tmp_path, monkeypatch)
    with opened() as copy:
        changes.edit(copy, slug, Edits(title="Anders"))
        assert len(list(copy.episodes_folder.glob("*.mp3"))) == 1
        refresh(copy)
    assert_sound(contents(FailingStore))
    assert b"Anders" in there()["feed.xml"]


def test_stages_keep_sidecars_after_audio_and_what_was_followed_last() -> None:
    from tts.show.files import ShowFile

    for name, stage in {
        "show.toml": Stage.KEPT,
        "episodes/de-brug.json": Stage.KEPT,
        ".removed/de-brug.json": Stage.KEPT,
        ".removed/de-brug.0a1b2c3d.mp3": Stage.LASTING,
        "art/mijn omslag.png": Stage.LASTING,
        ".follow.json": Stage.FOLLOWED,
    }.items():
        assert ShowFile(name).stage is stage
