"""Files and standard input, good and bad."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tts.errors import InputError
from tts.read import read_article

REFERENCE = Path(__file__).parents[3] / "shared" / "articles" / "staatsbezoek.txt"


def _on_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference article is not beside this checkout")
def test_the_reference_article() -> None:
    article = read_article(str(REFERENCE))
    source = REFERENCE.read_text(encoding="utf-8").split()
    assert (article.title, article.date, article.author) == (None, "2023-03", None)
    assert article.identity == f"path:{REFERENCE.resolve()}"
    assert " ".join(paragraph.text for paragraph in article.paragraphs).split() == source[2:]
    assert {paragraph.kind for paragraph in article.paragraphs} == {"text"}


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (
            b"<!doctype html><html><body><h1>Brug open</h1><p>De brug is weer open, zegt hij.</p></body></html>",
            "Brug open",
        ),
        (b"---\ntitle: Brug open\n---\nDe brug is weer open, zegt hij.", "Brug open"),
        (b"# Brug open\n\nDe brug is weer open, zegt hij.", "Brug open"),
        (b"Brug open\n\nDe brug is weer open, zegt hij.", "Brug open"),
        (b"De brug is weer open, zegt hij.", None),
    ],
)
def test_standard_input_shows_its_own_form(monkeypatch: pytest.MonkeyPatch, data: bytes, title: str | None) -> None:
    _on_stdin(monkeypatch, data)
    article = read_article("-")
    assert article.title == title
    assert [paragraph.text for paragraph in article.paragraphs] == ["De brug is weer open, zegt hij."]
    assert article.identity.startswith("text:")
    assert len(article.identity) == len("text:") + 16


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("leeg.txt", b" \n", "empty"),
        ("rommel.txt", bytes(range(256)) * 4, "not text"),
        ("stuk.pdf", b"%PDF-1.7", "save the article as text"),
        ("stuk.docx", b"PK\x03\x04", "save the article as text"),
        ("streepjes.txt", b"--- *** !!!", "no article"),
        ("menu.html", b"<html><body><nav>Menu</nav></body></html>", "no article"),
        ("voorwerk.md", b"---\ntitle: [\n---\nTekst.", "front matter"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(tmp_path: Path, name: str, data: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=advice):
        read_article(str(path))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        read_article(str(tmp_path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_article(str(tmp_path / "weg.txt"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_closed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dicht.txt"
    path.write_text("Tekst.", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError, match="permission"):
        read_article(str(path))


@pytest.mark.parametrize("source", ["", "\x00", "a" * 5000, "ftp://x.nl/stuk"])
def test_a_source_that_is_no_name_is_refused(source: str) -> None:
    with pytest.raises(InputError):
        read_article(source)


def test_an_unknown_extension_is_judged_by_its_text(tmp_path: Path) -> None:
    path = tmp_path / "stuk.artikel"
    path.write_text("---\ntitel: Brug open\nid: 7\n---\nDe brug is open.", encoding="utf-8")
    article = read_article(str(path))
    assert (article.title, article.identity) == ("Brug open", "id:7")
