"""What `voorlezer batch` says, and what it would take."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.batch.here import Here
from tests.batch.material import OFFLINE, assert_whole, write_articles
from tts.cli.main import voorlezer
from tts.errors import InputError
from tts.speak.google.pace import asked_pace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> Here:
    return Here.instead_of_processes(monkeypatch)


class Batch:
    """The command, over a show of the test's own."""

    def __init__(self, tmp_path: Path) -> None:
        self.show = tmp_path / "show"
        self.folder = tmp_path / "articles"
        write_articles(self.folder, 3)

    def __call__(self, *arguments: str, voice: tuple[str, ...] = OFFLINE) -> Result:
        return CliRunner(mix_stderr=False).invoke(voorlezer, ["batch", *voice, "--show", str(self.show), *arguments])


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(tmp_path)


def test_files_of_other_kinds_are_passed_over_aloud(batch: Batch) -> None:
    for name in ("verslag.pdf", "lijst.csv"):
        (batch.folder / name).write_text("Niet voorgelezen.", encoding="utf-8")
    ran = batch("--dry-run", str(batch.folder))
    assert ran.exit_code == 0
    assert ran.stderr.startswith(
        f"voorlezer: {batch.folder}: only .txt, .md and .html are read in a folder; passed over"
    )
    assert "1 .csv" in ran.stderr
    assert "1 .pdf" in ran.stderr


def test_a_line_an_article_a_table_and_a_report(batch: Batch, tmp_path: Path) -> None:
    (batch.folder / "leeg.txt").write_text(" ", encoding="utf-8")
    report = tmp_path / "verslag.json"
    for outcome in ("made", "unchanged"):
        ran = batch("--report", str(report), str(batch.folder))
        assert ran.exit_code == 1
        lines = ran.stdout.splitlines()
        assert (
            len([line for line in lines if re.fullmatch(rf"{outcome} +0:\d\d  Het veer vaart weer, deel \d", line)])
            == 3
        )
        assert re.search(rf"^{outcome} +3$", ran.stdout, re.MULTILINE)
        assert re.search(r"^failed +1$", ran.stdout, re.MULTILINE)
        assert ran.stderr.count("\n") == 1
        assert "leeg.txt: " in ran.stderr
        found = json.loads(report.read_bytes())
        assert {name: n for name, n in found["totals"].items() if n} == {outcome: 3, "failed": 1}
        assert {record["slug"] for record in found["articles"]} == {
            None, "het-veer-vaart-weer-deel-1", "het-veer-vaart-weer-deel-2", "het-veer-vaart-weer-deel-3",
        }  # fmt: skip
    assert_whole(batch.show, 3)


def test_what_a_worker_warns_of_stands_under_the_article(batch: Batch) -> None:
    german = "Die Brücke über den Kanal bleibt noch mindestens drei Wochen für den ganzen Verkehr gesperrt. " * 3
    (batch.folder / "duits.txt").write_text(f"Die Brücke ist zu\n\n{german}\n", encoding="utf-8")
    ran = batch(str(batch.folder))
    assert ran.exit_code == 0
    assert re.search(
        r"^made .* Die Brücke ist zu\n +this does not look like Dutch but like 'de'; ", ran.stdout, re.MULTILINE
    )


def test_many_failures_are_in_the_report_and_some_on_the_screen(batch: Batch, tmp_path: Path) -> None:
    for number in range(25):
        (batch.folder / f"leeg{number}.txt").write_text(" ", encoding="utf-8")
    ran = batch("--report", str(tmp_path / "r.json"), str(batch.folder))
    assert ran.stderr.count("voorlezer: ") == 20
    assert ran.stderr.endswith("and 5 more; --report FILE has all\n")
    assert json.loads((tmp_path / "r.json").read_bytes())["totals"]["failed"] == 25


def test_all_is_well(batch: Batch) -> None:
    ran = batch("--limit", "2", str(batch.folder))
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert_whole(batch.show, 2)


def test_a_source_that_is_none_makes_no_show_and_costs_no_other_source(batch: Batch) -> None:
    alone = batch("nergens")
    assert (alone.exit_code, alone.stderr) == (
        1,
        "voorlezer: nergens: there is no such file or folder; check its name\n",
    )
    assert not batch.show.exists()
    beside = batch("nergens", str(batch.folder))
    assert beside.exit_code == 1
    assert beside.stderr == alone.stderr
    assert_whole(batch.show, 3)


def test_fail_fast_ends_with_the_first_failure(batch: Batch, crew: Here) -> None:
    crew.trouble = InputError("verdwenen")
    ran = batch("--fail-fast", str(batch.folder))
    assert ran.exit_code == 1
    assert ran.stderr.count("verdwenen") == 1


def test_a_report_without_a_folder_is_said_before_anything_is_made(batch: Batch) -> None:
    ran = batch("--report", "/nergens/verslag.json", str(batch.folder))
    assert ran.exit_code == 2
    assert "there is no folder /nergens; make it first" in ran.stderr
    assert not batch.show.exists()


def test_a_report_that_can_t_be_written_is_one_line(batch: Batch, tmp_path: Path) -> None:
    report = tmp_path / ("v" * 300)
    ran = batch("--report", str(report), str(batch.folder))
    assert ran.exit_code == 1
    assert ran.stderr == f"voorlezer: the report can't be written to {report}: File name too long\n"
    assert_whole(batch.show, 3)


def test_a_dry_run_makes_nothing_and_says_what_it_would_take(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOORLEZER_GOOGLE_PACE", "2")
    ran = batch("--dry-run", "--pace", "0.05", str(batch.folder), voice=("--voice", "google"))
    assert ran.exit_code == 0, ran.stderr
    assert asked_pace() == "2"
    figures = dict(re.findall(r"^  (\S.*?) {2,}(\S.*)$", ran.stdout, re.MULTILINE))
    assert figures["new"] == "3"
    n_requests = int(figures["requests to Google"])
    assert 3 * 3 <= n_requests <= 3 * 10
    minutes = n_requests / 0.05 / 60
    assert figures["takes about"] in {f"{round(minutes)} min", f"{minutes / 60:.1f} h"}
    assert figures["requests a second"] == "0.05"
    assert not batch.show.exists()
    freely = batch("--dry-run", "--pace", "fastest", str(batch.folder), voice=("--voice", "google")).stdout
    assert re.search(r"^  requests a second +fastest$", freely, re.MULTILINE)
    assert re.search(r"^  takes about +1 min and what Google allows$", freely, re.MULTILINE)


def test_a_pace_that_is_none_is_one_line(batch: Batch) -> None:
    ran = batch("--pace", "snel", str(batch.folder))
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    assert "voorlezer: 'snel' is no pace towards Google" in ran.stderr


def test_a_dry_run_knows_what_is_there_and_how_long_it_will_last(batch: Batch) -> None:
    batch(str(batch.folder))
    long = "\n\n".join(f"De pont vaart op dag {day} weer heen en weer over de rivier." for day in range(40))
    (batch.folder / "lang.txt").write_text(f"Een jaar op de pont\n\n{long}", encoding="utf-8")
    said = batch("--dry-run", str(batch.folder)).stdout
    figures = dict(re.findall(r"^  (\S.*?) {2,}(\S+)", said, re.MULTILINE))
    assert (figures["new"], figures["unchanged"], figures["requests to Google"]) == ("1", "3", "0")
    batch(str(batch.folder / "lang.txt"))
    seconds = json.loads((batch.show / "episodes/een-jaar-op-de-pont.json").read_bytes())["n_samples"] / 24_000
    assert float(figures["minutes of audio"]) == pytest.approx(seconds / 60, rel=0.15)
