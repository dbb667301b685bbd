"""Folders, patterns and archives; and what all sources have in common."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.read.site import page, site
from tts.errors import InputError
from tts.read import archives
from tts.read.collection import Reference, count, passed_over, read, references

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = "# Brug open\n\nDe brug over de Vliet is weer open."
TWO = "Brug dicht\n\nDe brug over de Vliet is weer dicht."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "stukken"
    for name, text in {
        "b.txt": TWO,
        "a.md": ONE,
        "README.md": "# Over deze map",
        "licence.txt": "Alles mag.",
        ".verborgen.txt": TWO,
        ".git/c.txt": TWO,
        "later/c.HTML": page("Brug weg", "De brug is weg."),
        "later/tabel.csv": "tekst\nhoi\n",
        "later/foto.jpg": "",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def _labels(source: Path | str) -> list[str]:
    return [reference.label for reference in references(str(source))]


def _refused(reference: Reference) -> str:
    with pytest.raises(InputError) as caught:
        read(reference)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_gives_its_articles_in_order_of_their_names(folder: Path) -> None:
    assert _labels(folder) == [str(folder / name) for name in ("a.md", "b.txt", "later/c.HTML")]
    assert count(str(folder)) == 3


def test_what_is_passed_over_in_a_folder_is_known(tmp_path: Path) -> None:
    for name in ("a.md", "README.md", "b.PDF", "c/d.pdf", "c/tabel.csv", "notitie", ".hidden", ".git/e.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("De brug is open.", encoding="utf-8")
    assert passed_over(str(tmp_path)) == {".pdf": 2, ".csv": 1, "without a suffix": 1}
    assert not passed_over(str(tmp_path / "a.md"))


def test_nothing_is_read_before_it_is_asked_for(folder: Path) -> None:
    listed = references(str(folder))
    first = next(listed)
    (folder / "b.txt").unlink()
    assert read(first).title == "Brug open"
    assert _refused(next(listed)) == f"{folder}/b.txt: there is no such file; check its name"


def test_a_reference_says_the_same_in_any_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    sent = pickle.dumps(list(references("stukken")))
    monkeypatch.chdir("/")
    received = pickle.loads(sent)
    assert [reference.label for reference in received] == ["stukken/a.md", "stukken/b.txt", "stukken/later/c.HTML"]
    assert [read(reference).identity for reference in received] == [
        f"path:{folder}/{name}" for name in ("a.md", "b.txt", "later/c.HTML")
    ]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["b.txt", "licence.txt"]),
        ("**/*.md", ["README.md", "a.md"]),
        ("*", ["README.md", "a.md", "b.txt", "later/c.HTML", "licence.txt"]),
        ("**", ["README.md", "a.md", "b.txt", "later/c.HTML", "licence.txt"]),
        ("../stukken/**", ["../stukken/a.md", "../stukken/b.txt", "../stukken/later/c.HTML"]),
    ],
)
def test_a_pattern_that_the_shell_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, names: list[str]
) -> None:
    monkeypatch.chdir(folder)
    assert _labels(pattern) == names
    assert count(pattern) == len(names)


def test_a_bad_file_in_a_pattern_leaves_the_others_alone(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 en dan niets")
    (tmp_path / "b.txt").write_text(TWO, encoding="utf-8")
    bad, good = references(str(tmp_path / "*"))
    assert "a.zip: this archive is damaged" in _refused(bad)
    assert read(good).title == "Brug dicht"


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    path = tmp_path / "stuk[1].txt"
    path.write_text(TWO, encoding="utf-8")
    assert _labels(path) == [str(path)]


@pytest.mark.parametrize("source", ["weg.txt", "weg/*.txt", "-", "", "\x00", "a" * 5000])
def test_a_source_without_articles_is_refused(source: str) -> None:
    with pytest.raises(InputError):
        list(references(source))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no articles"):
        list(references(str(tmp_path)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_closed_folder_is_named(folder: Path) -> None:
    (folder / "later").chmod(0)
    assert "permission" in _refused(list(references(str(folder)))[-1])


def test_a_zip_gives_its_articles_by_their_names_in_it(tmp_path: Path) -> None:
    members = {
        "stukken/a.md": ONE.encode(),
        "stukken/README.md": b"# Over",
        "__MACOSX/stukken/._a.md": b"x",
        "b.txt": TWO.encode("cp1252"),
    }
    path = _zip(tmp_path / "zonder-naam", members)
    first, second = references(str(path))
    assert [first.label, second.label] == [f"{path}!stukken/a.md", f"{path}!b.txt"]
    assert read(pickle.loads(pickle.dumps(first))).identity == f"path:{path}!stukken/a.md"
    assert (read(second).title, count(str(path))) == ("Brug dicht", 2)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_gives_the_same_however_it_is_packed(tmp_path: Path, mode: str) -> None:
    path = _tar(tmp_path / "zonder-naam", {"./stukken/a.md": ONE.encode(), "foto.jpg": b"x"}, mode)
    (reference,) = references(str(path))
    assert read(reference).identity == f"path:{path}!stukken/a.md"


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("Het geheim van de bakker.", encoding="utf-8")
    path = tmp_path / "hier" / "a.tar"
    path.parent.mkdir()
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, str(secret)
        archive.addfile(link)
        above = tarfile.TarInfo("../geheim.txt")
        above.size = len(ONE)
        archive.addfile(above, io.BytesIO(ONE.encode()))
    (reference,) = references(str(path))
    assert read(reference).paragraphs[-1].text == "De brug over de Vliet is weer open."
    assert secret.read_text(encoding="utf-8") == "Het geheim van de bakker."


def test_one_member_can_not_unpack_to_more_than_an_article(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bom.zip", {"bom.txt": b"a" * 30_000_000, "b.txt": TWO.encode()})
    bomb, good = references(str(path))
    assert "longer than 10 MB" in _refused(bomb)
    assert read(good).title == "Brug dicht"


@pytest.mark.parametrize("make", [_zip, _tar])
def test_many_members_can_not_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path, dict[str, bytes]], Path]
) -> None:
    monkeypatch.setattr(archives, "_MOST_UNPACKED", 1_000_000)
    path = make(tmp_path / "bom", {f"{number}.txt": b"a" * 900_000 for number in range(15)})
    *_, last = references(str(path))
    assert "far more than texts" in _refused(last)


def test_a_packed_file_can_not_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_UNPACKED", 1_000_000)
    path = tmp_path / "bom.csv.gz"
    path.write_bytes(gzip.compress(b"tekst,titel\n" + b"a" * 1_200_000))
    with pytest.raises(InputError, match="more than 1 MB"):
        list(references(str(path)))


@pytest.mark.parametrize("name", ["half.zip", "half.tgz"])
def test_a_damaged_archive_says_so(tmp_path: Path, name: str) -> None:
    members = {f"{number}.txt": os.urandom(3000).hex().encode() for number in range(20)}
    path = _zip(tmp_path / name, members) if name.endswith("zip") else _tar(tmp_path / name, members)
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(InputError, match="damaged"):
        list(map(read, references(str(path))))


def test_a_document_that_is_a_zip_is_no_archive(tmp_path: Path) -> None:
    path = _zip(tmp_path / "brief.docx", {"[Content_Types].xml": b"<Types/>", "word/a.txt": b"x"})
    (reference,) = references(str(path))
    assert "save the article as text" in _refused(reference)


def test_an_archive_and_a_page_from_an_address(tmp_path: Path) -> None:
    data = _zip(tmp_path / "a.zip", {"a.md": ONE.encode()}).read_bytes()
    with site() as web:
        archive = web.put("/stukken", data, "application/octet-stream")
        article = web.put("/stuk", page("Brug weg", "De brug is weg. " * 20_000))
        (member,) = references(archive)
        (single,) = references(article)
        assert read(member).identity == f"path:{archive}!a.md"
        assert read(single, permitted=True).identity == f"url:{article}"


def test_what_is_packed_twice_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"tekst,titel\nDe brug is open.,Kop\n")))
    (reference,) = references(str(path))
    assert ".gz files can't be read" in _refused(reference)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_left_to_whoever_reads_the_article(tmp_path: Path) -> None:
    path = tmp_path / "pijp"
    os.mkfifo(path)
    assert (_labels(path), count(str(path))) == ([str(path)], 1)


def test_a_label_is_one_line(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"regel\nen nog een.txt": TWO.encode()})
    assert _labels(path) == [f"{path}!regel en nog een.txt"]


def test_what_goes_wrong_says_so_in_the_name_of_the_reference(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"leeg.txt": b" ", "voorwerk.md": b"---\ntitle: [\n---\nTekst.", "n.txt": b"\x00"})
    for reference in references(str(path)):
        assert _refused(reference).startswith(f"{path}!")
