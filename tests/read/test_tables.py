"""CSV and JSON Lines, good and bad."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.site import site
from tts.errors import InputError
from tts.read.collection import Reference, read, references
from tts.read.facts import Facts
from tts.read.reference import Address, Text, Unusable

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Article


def _table(tmp_path: Path, text: str | bytes, name: str = "stukken.csv") -> list[Reference]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(references(str(path)))


def _only(references: list[Reference]) -> Article:
    (reference,) = references
    return read(reference)


def _words(article: Article) -> list[str]:
    return " ".join(paragraph.text for paragraph in article.paragraphs).split()


def _refused(reference: Reference) -> str:
    with pytest.raises(InputError) as caught:
        read(reference)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        'titel,datum,auteur,tekst\nBrug open,3 mei 2024,Noor Bakker,"De brug is open, zegt zij."\n',
        'Titel;Datum;Auteur;Tekst\r\nBrug open;3 mei 2024;Noor Bakker;"De brug is open, zegt zij."\r\n',
        "TITLE\tDate\tauthor\tBody\nBrug open\t2024-05-03\tdoor Noor Bakker\tDe brug is open, zegt zij.",
        "sep=|\ntitel|datum|auteur|inhoud\nBrug open|3-5-2024|Noor Bakker|De brug is open, zegt zij.\n",
        'kop, gepubliceerd , door, Artikel\nBrug open, 3 mei 2024, Noor Bakker, "De brug is open, zegt zij."\n\n,,,\n',
        '{"titel":"Brug open","date":"2024-05-03","auteurs":["Noor Bakker"],"tekst":"De brug is open, zegt zij."}',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_row_is_an_article(tmp_path: Path, table: str, encoding: str) -> None:
    article = _only(_table(tmp_path, table.encode(encoding), "tabel"))
    assert (article.title, article.date, article.author) == ("Brug open", "2024-05-03", "Noor Bakker")
    assert [paragraph.text for paragraph in article.paragraphs] == ["De brug is open, zegt zij."]
    assert article.identity.startswith("text:")


def test_a_letter_at_the_end_of_a_long_table_tells_its_encoding(tmp_path: Path) -> None:
    table = "titel,tekst\n" + "".join(f"Kop {n},De brug is open.\n" for n in range(3_000)) + "Kop,Café “Zon” is open.\n"
    for encoding in ("utf-8", "cp1252"):
        *_, last = _table(tmp_path, table.encode(encoding))
        assert last.where == Text("Café “Zon” is open.")
        assert last.label.endswith("stukken.csv, row 3002")


def test_a_packed_table_is_a_table(tmp_path: Path) -> None:
    assert _only(_table(tmp_path, gzip.compress(b"titel,tekst\nKop,De brug is open.\n"), "tabel.csv.gz")).title == "Kop"


def test_who_the_article_is_by_the_rule_of_the_house(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: 7\ntitel: Oud\n---\nDe brug is open.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("De brug is dicht.", encoding="utf-8")
    table = (
        "id,pad,bron,titel,tekst\n"
        "1,,https://krant.example/a?utm_source=x,Een,De brug is open.\n"
        "2,,De Krant,Twee,De brug is open.\n"
        ",a.md,,Drie,\n"
        "4,a.md,,Vier,\n"
        ",b.txt,,,\n"
    )
    read_all = [read(reference) for reference in _table(tmp_path, table)]
    assert [(article.title, article.identity) for article in read_all] == [
        ("Een", "url:https://krant.example/a"),
        ("Twee", "id:2"),
        ("Drie", "id:7"),
        ("Vier", "id:4"),
        (None, f"path:{tmp_path}/b.txt"),
    ]
    assert read_all[0].source_url == "https://krant.example/a"


def test_an_address_is_read_as_a_page(tmp_path: Path) -> None:
    (reference,) = _table(tmp_path, "url;titel\nhttps://krant.example/a;Een\n")
    assert reference.where == Address("https://krant.example/a")
    assert reference.over == Facts(title="Een")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brug open\n\nDe brug is open.", "De brug is open."),
        ("Stil op het water\n\nDe brug is open.", "Stil op het water De brug is open."),
        ("<h1>Stil op het water</h1><p>De brug is open.</p>", "Stil op het water De brug is open."),
        ("Brug open.\n\nDe brug is open.", "De brug is open."),
        ("De brug is open.", "De brug is open."),
    ],
)
def test_no_word_of_the_text_is_lost_to_the_title_of_the_table(tmp_path: Path, text: str, words: str) -> None:
    article = _only(_table(tmp_path, msgspec.json.encode({"titel": "Brug open", "tekst": text}), "a.jsonl"))
    assert article.title == "Brug open"
    assert _words(article) == words.split()


@pytest.mark.parametrize(
    ("row", "advice"),
    [
        ("Kop,,,", "has no text, path or url"),
        ("Kop,,,www.krant.example/a", "is no web address"),
        ("Kop,De brug, en de bakker, zijn open, zegt hij", "more cells than the header"),
        ('Kop,"De brug "open" zegt hij",,', "quotes do not match"),
        ("Kop,,weg.txt,", "there is no such file"),
        ("Kop,...,,", "there is no article"),
        ("Kop,---\n", "has no article"),
    ],
)
def test_a_row_that_can_not_be_used_is_named_and_leaves_the_others_alone(tmp_path: Path, row: str, advice: str) -> None:
    bad, good = _table(tmp_path, f"titel,tekst,pad,url\n{row}\nGoed,De brug is open.,,\n".replace("\n\n", "\n"))
    if advice != "has no article":
        assert advice in _refused(bad)
    assert _refused(bad).startswith(f"{tmp_path}/stukken.csv, row 2: ")
    assert read(good).title == "Goed"


def test_a_quote_that_is_not_closed_costs_one_row(tmp_path: Path) -> None:
    table = 'titel;tekst\nEen;"De brug is open.\nTwee;De brug is dicht.\nDrie;"De ""brug""\nis weg."\nVier;De brug.\n'
    bad, *good = _table(tmp_path, table)
    assert "row 2: its quotes do not match" in _refused(bad)
    assert [read(reference).title for reference in good] == ["Twee", "Drie", "Vier"]
    assert _words(read(good[1])) == "De “brug” is weg.".replace("“", '"').replace("”", '"').split()


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ('{"tekst": "De brug', "no JSON"),
        ('["De brug"]', "no JSON object"),
        ("[" * 100_000, "no JSON"),
        ('{"tekst": ["De brug"]}', "has no text"),
    ],
)
def test_a_broken_line_is_named_and_leaves_the_others_alone(tmp_path: Path, line: str, advice: str) -> None:
    table = f'{{"tekst": "De brug is open."}}\n\n{line}\n{{"tekst": "De brug is dicht."}}\n'
    first, bad, last = _table(tmp_path, table, "stukken.jsonl")
    assert _refused(bad).startswith(f"{tmp_path}/stukken.jsonl, line 3: ")
    assert advice in _refused(bad)
    assert [_words(read(reference))[-1] for reference in (first, last)] == ["open.", "dicht."]


def test_an_article_may_be_longer_than_a_cell_of_the_csv_library(tmp_path: Path) -> None:
    text = "De brug is open. " * 20_000
    assert _words(_only(_table(tmp_path, f"titel,tekst\nKop,{text}\n"))) == text.split()


@pytest.mark.parametrize(
    ("table", "name", "advice"),
    [
        ("naam,plaats\nJan,Leiden\n", "a.csv", "no column text, path or url"),
        ("", "a.csv", "no column text, path or url"),
        ('"tekst,titel\nDe brug.\n', "a.csv", "no column text, path or url"),
        ("tekst,titel\n", "a.csv", "no articles"),
        ('[\n{"tekst": "De brug"}\n]', "a.json", "one object a line"),
    ],
)
def test_a_table_that_can_not_be_used_says_why(tmp_path: Path, table: str, name: str, advice: str) -> None:
    with pytest.raises(InputError, match=advice):
        _table(tmp_path, table, name)


def test_prose_is_no_table(tmp_path: Path) -> None:
    for text in ("Tekst, beeld en geluid\n\nDe brug is open.", "Bron; water\n\nDe bron is droog.", "Link\n\nTekst."):
        (reference,) = _table(tmp_path, text, "stuk.txt")
        assert reference.label == str(tmp_path / "stuk.txt")


def test_a_table_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    rows = "titel,tekst\n" + "Kop,De brug is open.\n" * 2000
    *good, bad = _table(tmp_path, rows.encode("utf-16") + b"\x00")
    assert "broken utf-16 from here on" in _refused(bad)
    assert {reference.over.title for reference in good} == {"Kop"}
    (short,) = _table(tmp_path, "tekst".encode("utf-16") + b"\x00")
    assert "broken utf-16" in _refused(short)


def test_a_table_at_an_address_is_one_by_its_name_too() -> None:
    with site() as web:
        (reference,) = references(web.put("/uit.csv?dag=1", "url\nhttps://krant.example/a\n"))
    assert reference.where == Address("https://krant.example/a")


def test_a_table_from_the_web_names_no_files_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("Het geheim van de bakker.", encoding="utf-8")
    with site() as web:
        (reference,) = references(web.put("/tabel", f"titel,pad\nKop,{secret}\n", "text/csv"))
    assert "may not name files" in _refused(reference)


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), max_size=30)


@settings(deadline=None)  # each example writes a file
@given(rows=st.lists(st.tuples(_CELL, _CELL), max_size=8))
def test_whatever_a_csv_writer_wrote_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("tabel") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(("tekst", "titel"))
        writer.writerow(("Vast", "Vast"))
        writer.writerows(rows)
    found = [reference.where for reference in references(str(path))]
    assert found[1:] == [
        Text(text) if text.strip() else Unusable("it has no text, path or url; fill one in")
        for text, title in rows
        if text.strip() or title.strip()
    ]
