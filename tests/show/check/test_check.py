"""The check as a whole: a feed of several pages, a damaged folder, another measurement, and what the command says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.show.check.bench import MARKET, SLUG, Bench
from tests.show.material import add, numbered
from tts.cli.main import voorlezer
from tts.show import site
from tts.show.check import files, findings, measurements
from tts.show.library import Library
from tts.show.site import refresh, remake


def check(library: Library, *options: str) -> Result:
    arguments = ["check", "--show", str(library.folder), *options]
    return CliRunner(mix_stderr=False).invoke(voorlezer, arguments, catch_exceptions=False)


@pytest.fixture
def pages(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The show with a page of the feed for each episode: feed.xml, feed-2.xml, feed-1.xml."""
    for module in (site, files):
        monkeypatch.setattr(module, "FEED_SIZE", 1)
        monkeypatch.setattr(module, "FEED_KEEP", 1)
    remake(bench.library)
    return bench


def test_a_sound_feed_of_several_pages_has_nothing_to_mend(pages: Bench) -> None:
    assert len(list(pages.folder.glob("feed*.xml"))) == 3
    assert pages.found() == []


def test_a_further_page_says_the_same_about_the_show(pages: Bench) -> None:
    pages.feed("episodic", "serial", "feed-1.xml")
    assert {(one.rule, one.where) for one in pages.found()} == {
        ("channel.the_same", "feed-1.xml"),
        ("files.up_to_date", "feed-1.xml"),
    }


def test_a_page_that_leads_back_is_a_loop_and_is_read_once(pages: Bench) -> None:
    link = '<atom:link rel="next" href="https://dorpspraat.example/luister/feed-2.xml"/>'
    pages.feed("<lastBuildDate>", f"{link}<lastBuildDate>", "feed-1.xml")
    assert pages.rules() == {"feed.no_loop", "files.up_to_date"}


def test_what_stands_on_a_lost_page_is_missing(pages: Bench) -> None:
    (pages.folder / "feed-1.xml").unlink()
    found = [finding for finding in pages.found() if finding.severity == "error"]
    assert {finding.rule for finding in found} == {"feed.next_link", "feed.complete"}
    assert any(SLUG in finding.what for finding in found)


def test_one_guid_on_two_pages_is_found(pages: Bench) -> None:
    text = (pages.folder / "feed-1.xml").read_text(encoding="utf-8")
    item = text[text.index("<item>") : text.index("</item>") + len("</item>")]
    pages.feed("</channel>", f"{item}</channel>", "feed-2.xml")
    assert pages.rules() == {"feed.unique_guids", "feed.unique_enclosures", "files.up_to_date"}


def test_no_episode_and_no_folder_are_no_crash(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    assert {finding.rule for finding in findings(library)} == {"settings.address", "feed.is_there"}
    assert not library.folder.exists()
    library.folder.mkdir()
    (library.folder / "show.toml").write_text('url = "https://example.org/"\n', encoding="utf-8")
    refresh(library)
    assert {finding.rule for finding in findings(library)} == {"channel.owner"}


def test_settings_that_are_no_text_are_one_line(bench: Bench) -> None:
    (bench.folder / "show.toml").write_bytes(b'title = "\x80"')
    result = check(bench.library)
    assert result.exit_code == 1
    assert "show.toml can't be read, mend it" in result.stderr
    assert result.stderr.count("\n") == 1


def test_progress_is_told_to_its_end(bench: Bench) -> None:
    told: list[tuple[int, int]] = []
    bench.beside(".json").write_bytes(b"damaged")
    list(findings(bench.library, lambda done, total: told.append((done, total))))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_nothing_is_changed_by_a_look(bench: Bench) -> None:
    before = {path: path.read_bytes() for path in bench.folder.rglob("*") if path.is_file()}
    (bench.folder / ".index.sqlite").unlink()
    bench.found()
    list(measurements(bench.library))
    after = {path: path.read_bytes() for path in bench.folder.rglob("*") if path.is_file()}
    assert after == {path: content for path, content in before.items() if path.name != ".index.sqlite"}


def test_measured_again_it_is_as_loud_as_when_it_was_made(bench: Bench) -> None:
    assert list(measurements(bench.library)) == []


def test_measured_again_a_false_number_comes_out(bench: Bench) -> None:
    bench.sidecar(loudness_lufs=-16.5, true_peak_dbtp=None)
    found = list(measurements(bench.library))
    assert [finding.rule for finding in found] == ["audio.measured_again"] * 2
    assert "loudness" in found[0].what
    assert "true peak" in found[1].what


def test_measured_again_other_sound_comes_out(bench: Bench) -> None:
    other = next((bench.folder / "episodes").glob(f"{MARKET}.*.mp3")).read_bytes()

    def replaced(frames: bytearray) -> None:
        frames[192:] = other[-len(frames) // 4 :] * 5

    bench.frames(replaced)
    assert {finding.rule for finding in measurements(bench.library)} == {"audio.measured_again"}


def test_measured_again_what_is_no_mp3_is_found(bench: Bench) -> None:
    bench.frames(lambda frames: frames.__setitem__(slice(192, None), bytes(len(frames) - 192)))
    [found] = measurements(bench.library)
    assert "cannot be decoded" in found.what


def test_what_is_no_sound_at_all_is_found_and_no_crash(bench: Bench) -> None:
    bench.mp3.write_bytes(b"no sound")
    assert {"audio.as_made", "audio.constant_bit_rate", "audio.info_header", "tags.readable"} <= bench.rules()
    assert {finding.rule for finding in measurements(bench.library)} == {"audio.measured_again"}


@pytest.mark.parametrize("n_kept", [0, 1, 9, 12, 20, 300, 60_000])
def test_a_cut_mp3_is_found_and_no_crash(bench: Bench, n_kept: int) -> None:
    bench.mp3.write_bytes(bench.mp3.read_bytes()[:n_kept])
    assert {"audio.as_made", "sidecars.audio"} <= bench.rules()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_file_the_check_goes_on(real_show: Library, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(real_show.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".lock"))
        names = sorted(path.name for path in Path(folder, "episodes").glob(f"{SLUG}.*") if path.suffix != ".html")
        path = Path(folder, data.draw(st.sampled_from(["feed.xml", *(f"episodes/{name}" for name in names)])))
        raw = path.read_bytes()
        at = data.draw(st.integers(0, min(len(raw), 6000)))
        n_lost = data.draw(st.integers(0, 40))
        path.write_bytes(raw[:at] + data.draw(st.binary(max_size=40)) + raw[at + n_lost :])
        changed = path.read_bytes() != raw
        found = list(findings(Library(Path(folder))))
        assert found or not (changed and path.suffix in {".mp3", ".xml"})


def test_the_remedy_names_the_article(bench: Bench) -> None:
    bench.mp3.unlink()
    [finding] = [finding for finding in bench.found() if finding.rule == "sidecars.audio"]
    assert finding.severity == "error"
    assert finding.where == f"episodes/{bench.episode.file}"
    assert "`voorlezer episode " in finding.remedy
    assert "klok.txt" in finding.remedy


def test_the_command_says_that_nothing_is_to_be_mended(bench: Bench) -> None:
    result = check(bench.library)
    assert (result.exit_code, result.stdout) == (0, f"{bench.folder}: nothing to mend\n")


def test_advice_alone_is_no_failure(bench: Bench) -> None:
    bench.setting('owner_email = "post@dorpspraat.example"\n', "")
    result = check(bench.library)
    assert result.exit_code == 0
    advice, blank, last = result.stdout.splitlines()
    what, _, remedy = advice.partition(" → ")
    assert what == "! feed.xml: no owner with a mail address; directories ask one"
    assert remedy == "set owner_email in show.toml, then run `voorlezer feed`"
    assert blank == ""
    assert last == f"{bench.folder}: 0 errors, 1 piece of advice"


def test_errors_come_first_and_fail(bench: Bench) -> None:
    bench.setting('owner_email = "post@dorpspraat.example"\n', "")
    bench.beside(".srt").write_bytes(b"x")
    result = check(bench.library)
    assert result.exit_code == 1
    assert [line[:1] for line in result.stdout.splitlines()] == ["✗", "", "!", "", "/"]
    assert result.stdout.splitlines()[-1].endswith(": 1 error, 1 piece of advice")


def test_very_much_of_one_kind_is_told_shortly(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    for n in range(1, 14):
        add(library, numbered(n), audio=str(n).encode())
    refresh(library)
    lines = check(library).stdout.splitlines()
    assert len([line for line in lines if "no ID3 tags can be read" in line]) == 10
    assert "✗ … and 3 more like this; --json lists them all" in lines


def test_json_lists_all(bench: Bench) -> None:
    bench.beside(".srt").write_bytes(b"x")
    result = check(bench.library, "--json", "--measure")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["errors"], told["advice"], told["show"]) == (1, 0, str(bench.folder))
    assert told["findings"] == [asdict(finding) for finding in bench.found()]


def test_the_command_asks_the_server_too(bench: Bench, address: str) -> None:
    shown = check(bench.library, "--probe", address).stdout
    assert f"! {address}feed.xml: the feed: is not at https: " in shown
    assert "0 errors, 5 pieces of advice" in shown


def test_what_only_some_need_is_not_loaded(bench: Bench) -> None:
    """Numpy and the decoders are for --measure, requests is for --probe."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from tts.show.check import findings\nfrom tts.show.library import Library\n"
        "print(list(findings(Library(Path(sys.argv[1])))))\n"
        "print([name for name in ('numpy', 'pedalboard', 'requests', 'rich') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(bench.folder)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert run.stdout.split("\n")[:2] == ["[]", "[]"]
