"""The run itself: order, repeats, failures, and how it ends."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.batch.here import Here
from tests.batch.material import assert_whole, write_articles
from tts.batch import run
from tts.batch.run import Batch, Record
from tts.batch.work import Stopped, Task, Work, work
from tts.batch.workshop import opened_workshop
from tts.errors import InputError, ShowError, VoorlezerError
from tts.orders import Desk, Wishes
from tts.read import read_article
from tts.read.collection import Reference, references
from tts.read.reference import Text, Unusable
from tts.show.library import Library
from tts.show.site import refresh
from tts.speak.google.pace import PACE_VARIABLE, google_pace

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Records:
    """Keeps what it is told."""

    all: list[Record] = field(default_factory=list)
    was_told: bool = False

    def done(self, record: Record) -> None:
        self.all.append(record)

    def ending(self) -> None:
        self.was_told = True

    @property
    def outcomes(self) -> list[str]:
        return [record.outcome for record in self.all]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "show")


def ran(
    library: Library,
    found: Iterator[Reference],
    crew: Here | None = None,
    workshop: str | None = None,
    *,
    keep_going: bool = True,
) -> Records:
    records = Records()
    desk = Desk(library, Wishes("espeak:nl", offline=True))
    with library.incoming() as incoming, crew or Here() as hands:
        place = workshop or str(incoming)
        Batch(library, desk, hands, incoming, place, (records,), keep_going=keep_going).run(found)
    return records


def articles(tmp_path: Path, n: int) -> Iterator[Reference]:
    write_articles(tmp_path / "articles", n)
    return references(str(tmp_path / "articles"))


def test_episodes_are_numbered_in_the_order_of_the_articles_and_made_once(library: Library, tmp_path: Path) -> None:
    first = ran(library, articles(tmp_path, 9))
    assert first.outcomes == ["made"] * 9
    assert not first.was_told
    assert_whole(library.folder, 9)
    with library.index() as index:
        numbers = {card.title: card.number for card in index.cards()}
    assert numbers == {f"Het veer vaart weer, deel {number}": number for number in range(1, 10)}
    before = {path: path.stat().st_mtime_ns for path in library.folder.glob("episodes/*")}
    assert ran(library, articles(tmp_path, 9)).outcomes == ["unchanged"] * 9
    assert {path: path.stat().st_mtime_ns for path in library.folder.glob("episodes/*")} == before


def test_the_feed_lists_them_in_that_order_whichever_is_done_first(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = (f"2026-03-01T12:00:{second:02}+00:00" for second in itertools.count())
    monkeypatch.setattr("tts.orders.utc_now", lambda: next(seconds))
    monkeypatch.setattr("tts.produce.utc_now", lambda: "2026-03-01T13:00:00+00:00")
    ran(library, articles(tmp_path, 5))
    with library.index() as index:
        cards = list(index.cards())
    assert [card.number for card in cards] == [1, 2, 3, 4, 5]
    assert [card.published for card in cards] == [f"2026-03-01T12:00:0{second}+00:00" for second in range(5)]


def test_an_article_that_is_named_twice_is_one_episode(library: Library, tmp_path: Path) -> None:
    twice = [*articles(tmp_path, 2), *articles(tmp_path, 2)]
    assert sorted(ran(library, iter(twice)).outcomes) == ["made"] * 2 + ["unchanged"] * 2
    assert_whole(library.folder, 2)


def test_its_twin_is_tried_where_the_first_failed(library: Library, tmp_path: Path) -> None:
    twice = [*articles(tmp_path, 1), *articles(tmp_path, 1)]
    records = ran(library, iter(twice), Here(trouble=InputError("verdwenen")))
    assert records.outcomes == ["failed", "made"]
    assert records.all[0].trouble == "verdwenen"
    assert_whole(library.folder, 1)


@pytest.mark.parametrize("trouble", [VoorlezerError("its process crashed"), KeyError("a fault in our own code")])
def test_what_goes_wrong_with_one_article_costs_only_that_one(
    library: Library, tmp_path: Path, trouble: Exception
) -> None:
    wrong = [Reference("leeg", Text(" ")), Reference("weg", Unusable("it is gone"))]
    records = ran(library, iter([*wrong, *articles(tmp_path, 3)]), Here(trouble))
    assert sorted(records.outcomes) == ["failed"] * 3 + ["made"] * 2
    troubles = {record.source: record.trouble for record in records.all if record.trouble}
    assert troubles["weg"] == "it is gone"
    assert "crashed" in troubles[str(tmp_path / "articles/001.txt")] or "KeyError" in " ".join(troubles.values())
    assert_whole(library.folder, 2)


def test_fail_fast_ends_with_the_first_failure(library: Library, tmp_path: Path) -> None:
    found = [Reference("weg", Unusable("it is gone")), *articles(tmp_path, 30)]
    records = ran(library, iter(found), keep_going=False)
    assert records.outcomes.count("failed") == 1
    assert len(records.all) < 10
    assert_whole(library.folder, records.outcomes.count("made"))


@pytest.mark.parametrize("trouble", [Stopped("stopped"), ShowError("the disk is full")])
def test_workers_that_are_gone_and_a_disk_that_is_full_end_the_run(
    library: Library, tmp_path: Path, trouble: VoorlezerError
) -> None:
    crew = Here(trouble)
    with pytest.raises(VoorlezerError, match=r"the workers are gone|the disk is full"):
        ran(library, articles(tmp_path, 3), crew)
    assert crew.is_stopped


def test_a_show_that_takes_no_more_ends_the_run(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt = Library.adopt

    def first_only(self: Library, episode: object, audio: Path) -> object:
        if "deel 1" in episode.title:  # type: ignore[attr-defined]
            return adopt(self, episode, audio)  # type: ignore[arg-type]
        raise ShowError("no space left")

    monkeypatch.setattr(Library, "adopt", first_only)
    with pytest.raises(ShowError, match="no space left"):
        ran(library, articles(tmp_path, 5))
    assert_whole(library.folder, 1)


def test_the_end_may_be_asked_for_at_any_moment(library: Library, tmp_path: Path) -> None:
    records = Records()
    with library.incoming() as incoming, Here() as crew:
        batch = Batch(library, Desk(library, Wishes("espeak:nl")), crew, incoming, str(incoming), (records,))

        def found() -> Iterator[Reference]:
            for number, reference in enumerate(articles(tmp_path, 30)):
                if number == 3:
                    batch.end()
                yield reference

        batch.run(found())
    assert records.was_told
    assert len(records.all) <= 4
    assert_whole(library.folder, len(records.all))


def test_nothing_to_list_is_the_error_of_the_source(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        ran(library, references(str(tmp_path / "nergens")))


def test_files_come_from_a_workshop_elsewhere_and_leave_nothing_there(library: Library, tmp_path: Path) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    records = ran(library, articles(tmp_path, 2), workshop="memory://werkplaats/a")
    assert records.outcomes == ["made", "made"]
    assert_whole(library.folder, 2)
    assert MemoryFileSystem().find("/werkplaats") == []
    write_articles(tmp_path / "articles", 1, "En er is koffie.")
    assert sorted(ran(library, references(str(tmp_path / "articles")), workshop="memory://b").outcomes) == [
        "made again",
        "unchanged",
    ]


def test_work_that_is_left_where_the_run_finds_nothing_ends_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "work", lambda _task: Work("nowhere", "made", 1.0, ()))
    with pytest.raises(ShowError, match="give a --workshop that both reach"):
        ran(library, articles(tmp_path, 1))


def test_a_worker_of_another_version_makes_nothing(library: Library, tmp_path: Path) -> None:
    (path,) = write_articles(tmp_path / "articles", 1)
    order = Desk(library, Wishes("espeak:nl")).order(read_article(str(path)))
    with pytest.raises(VoorlezerError, match=r"and the run 0\.0\.1; install the same"):
        work(Task(order, b"", "default", str(tmp_path), "0.0.1"))
    assert list(tmp_path.glob("*.json")) == []


def test_a_worker_keeps_the_pace_of_the_run_and_not_of_its_own_environment(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_articles(tmp_path / "articles", 1)
    desk = Desk(library, Wishes("espeak:nl", offline=True))
    monkeypatch.setenv(PACE_VARIABLE, "9")
    task = Task(desk.order(read_article(str(path))), desk.cover(), "0.5", str(tmp_path))
    with Here() as crew:
        assert crew.submit(work, task).result().state == "made"
    assert google_pace().per_second == 0.5


def test_what_a_killed_run_left_half_written_is_swept(library: Library, tmp_path: Path) -> None:
    ran(library, articles(tmp_path, 2))
    names = {path.name for path in library.folder.rglob("*")}
    left = [
        library.episodes_folder / ".het-veer-vaart-weer-deel-1.x1y2.json.part",
        library.folder / ".feed.x1y2.xml.part",
    ]
    for path in (*left, library.episodes_folder / "van-iemand-anders.mp3"):
        path.write_bytes(b"half")
    ran(library, articles(tmp_path, 2))
    assert {path.name for path in library.folder.rglob("*")} == {*names, "van-iemand-anders.mp3"}


class Killed(BaseException):
    """Nothing after it is done, as after a SIGKILL."""


@pytest.mark.parametrize("text", ["", "En er is koffie."])
@pytest.mark.parametrize("moment", ["write_whole", "card_of"])
def test_audio_of_an_adoption_that_was_killed_goes_with_the_next_refresh(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, moment: str
) -> None:
    """Before its sidecar is written, and after; of a new article, and of one that is made again."""
    n = 1 if text else 0
    if text:
        ran(library, articles(tmp_path, 2))
    write_articles(tmp_path / "articles", n + 1, text)

    def killed(*_arguments: object, **_options: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(f"tts.show.library.{moment}", killed)
        with pytest.raises(Killed):
            ran(library, references(str(tmp_path / "articles/001.txt")))
    refresh(library)
    with library.index() as index:
        named = {card.file for card in index.cards()}
    assert {path.name for path in library.episodes_folder.glob("*.mp3")} == named
    ran(library, references(str(tmp_path / "articles")))
    assert_whole(library.folder, n + 1)


def test_a_workshop_in_a_folder_is_made_and_gone_afterwards(library: Library, tmp_path: Path) -> None:
    with opened_workshop(str(tmp_path / "werk"), tmp_path / "abc") as place:
        assert ran(library, articles(tmp_path, 1), workshop=place).outcomes == ["made"]
        assert Path(place) == tmp_path / "werk" / "abc"
        assert list(Path(place).iterdir()) == []
    assert list((tmp_path / "werk").iterdir()) == []
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    with (
        pytest.raises(ShowError, match="can't be made: Not a directory"),
        opened_workshop(str(tmp_path / "bestand"), tmp_path / "abc"),
    ):
        pass


def test_a_worker_that_does_not_reach_the_workshop_ends_the_run(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="give a --workshop that it and the run both reach"):
        ran(library, articles(tmp_path, 1), workshop=str(tmp_path / "elders"))
