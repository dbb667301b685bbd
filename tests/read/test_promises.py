"""What reading promises for any input at all."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tts.errors import InputError
from tts.read import read_article
from tts.read.html import read_html
from tts.read.markdown import read_markdown
from tts.read.text import read_body, read_text

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyzéëïABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD = st.text(LETTERS, min_size=1, max_size=12)
SENTENCE = st.lists(WORD, min_size=9, max_size=30).map(lambda words: f"Zin {' '.join(words)}.")
PARAGRAPHS = st.lists(SENTENCE, min_size=1, max_size=6)


@given(PARAGRAPHS, st.sampled_from(["\n\n", "\n", "\r\n\r\n"]))
def test_plain_text_keeps_every_word_in_order(paragraphs: list[str], gap: str) -> None:
    read = read_text(gap.join(paragraphs).replace("\r\n", "\n"))
    assert " ".join(paragraph.text for paragraph in read.paragraphs).split() == " ".join(paragraphs).split()


@given(PARAGRAPHS, st.integers(min_value=30, max_value=90))
def test_wrapped_text_is_the_text(paragraphs: list[str], width: int) -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(paragraph, width, break_long_words=False) for paragraph in paragraphs)
    assert " ".join(paragraph.text for paragraph in read_body(wrapped)).split() == " ".join(paragraphs).split()


@given(PARAGRAPHS)
def test_markdown_and_pages_keep_every_word_in_order(paragraphs: list[str]) -> None:
    expected = " ".join(paragraphs).split()
    page = f"<html><body><article><h1>T</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article></body></html>"
    for draft in (read_markdown("# T\n\n" + "\n\n".join(paragraphs)), read_html(page)):
        assert draft.title == "T"
        assert " ".join(paragraph.text for paragraph in draft.paragraphs).split() == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
        st.text("<>/=\"'!-&;#: \n\t$`*_|[]()^+.apdivbqoth12Ë", max_size=400).map(str.encode),
    ),
    suffix=st.sampled_from([".txt", ".md", ".html", ".dat", ""]),
)
def test_any_bytes_give_an_article_or_an_input_error(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"bron{suffix}"
    path.write_bytes(data)
    try:
        article = read_article(str(path))
    except InputError as error:
        said = str(error)
    else:
        said = " ".join(paragraph.text for paragraph in article.paragraphs)
    assert said
    assert said == " ".join(said.split())


@pytest.mark.parametrize(
    "hostile",
    ["“" * 100_000, "1." * 50_000, "A " * 50_000, "3-4-" * 25_000, "Aa, " * 25_000, "- " * 50_000, "foto: " * 17_000,
     "lees ook " * 11_000, "x [1]" * 20_000, "van " * 25_000, "<div>" * 20_000, "<p>a<br>" * 12_000, "[a](" * 25_000,
     "> " * 20_000, "$$" * 50_000,
     "\n".join("> - a" for _ in range(5_000)), "---\n" * 25_000,
     "\u00a0\u00ad" * 50_000, "Tekst gaat " * 9_000],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_hostile_text_takes_no_longer_than_its_length(tmp_path: Path, hostile: str, suffix: str) -> None:
    path = tmp_path / f"bron{suffix}"
    path.write_text(f"Een zin met woorden.\n\n{hostile}", encoding="utf-8")
    start = time.process_time()
    with contextlib.suppress(InputError):
        read_article(str(path))
    assert time.process_time() - start < 3  # linear takes 1 at most, quadratic minutes; other processes do not count


def test_a_book_is_read_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "boek.txt"
    path.write_text("De veerman vaart nog altijd heen en weer, zegt hij.\n\n" * 8_000, encoding="utf-8")
    start = time.process_time()
    article = read_article(str(path))
    assert len(article.paragraphs) == 8_000
    assert time.process_time() - start < 1


def test_plain_text_needs_no_heavy_library(tmp_path: Path) -> None:
    path = tmp_path / "stuk.txt"
    path.write_text("De veerman vaart nog altijd heen en weer, zegt hij.", encoding="utf-8")
    code = (
        "import sys; from tts.read import read_article; read_article(sys.argv[1]);"
        "print(sorted({'lxml', 'requests', 'markdown_it', 'yaml', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
