"""Two articles that claim to be one, in one run and from one run to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.batch.test_run import Records, library, ran
from tts.batch.seen import Seen
from tts.errors import InputError
from tts.read.collection import Reference, references
from tts.read.facts import Facts
from tts.read.reference import Text, read

if TYPE_CHECKING:
    from pathlib import Path

    from tts.show.library import Library

__all__ = ["library"]  # a fixture

FERRY = "De pont bij Oudeschans vaart vanaf maandag weer elk half uur, zegt de veerman, ook in het weekend en bij mist."
MILL = "Molenaar Aaltje Wiersma laat de wieken van haar molen dit najaar vervangen door lichter hout uit de streek."
MILL_MENDED = MILL.replace("dit najaar", "dit voorjaar")


def table(folder: Path, name: str, *rows: tuple[str, str, str]) -> Path:
    path = folder / name
    path.write_text("id,titel,tekst\n" + "".join(f'{key},{title},"{text}"\n' for key, title, text in rows), "utf-8")
    return path


def taken(show: Library, *tables: Path) -> Records:
    return ran(show, (reference for path in tables for reference in references(str(path))))


def titles(show: Library) -> list[str]:
    with show.index() as index:
        return [card.title for card in index.cards()]


def test_the_second_of_two_articles_with_one_id_is_told_and_the_first_stays(library: Library, tmp_path: Path) -> None:
    rows = (("7", "De pont", FERRY), ("7", "De molen", MILL))
    for made in ("made", "unchanged"):
        records = taken(library, table(tmp_path, "stukken.csv", *rows))
        assert sorted(records.outcomes) == ["failed", made]
        (failed,) = (record for record in records.all if record.outcome == "failed")
        assert failed.source.endswith("stukken.csv, row 3")
        assert failed.trouble == (
            f"{tmp_path}/stukken.csv, row 2 has the same id (7) and other words, and would lose its episode to this; "
            "give each its own"
        )
        assert titles(library) == ["De pont"]


def test_so_it_is_with_two_tables_whose_ids_begin_at_one(library: Library, tmp_path: Path) -> None:
    one = table(tmp_path, "oktober.csv", ("1", "De pont", FERRY))
    other = table(tmp_path, "november.csv", ("1", "De molen", MILL), ("2", "De molen", MILL_MENDED))
    assert sorted(taken(library, one, other).outcomes) == ["failed", "made", "made"]


def test_from_one_run_to_the_next_it_is_a_correction_and_one_that_leaves_no_phrase_is_warned_of(
    library: Library, tmp_path: Path
) -> None:
    for text, warned in ((MILL, False), (MILL_MENDED, False), (FERRY, True)):
        (record,) = taken(library, table(tmp_path, "stukken.csv", ("7", "De molen", text))).all
        assert record.outcome == ("made" if text is MILL else "made again")
        assert ("takes the place of “De molen”" in " ".join(record.warnings)) == warned
    assert titles(library) == ["De molen"]


def test_the_same_place_or_the_same_words_are_the_same_article() -> None:
    seen = Seen()
    for label, text in (("a", FERRY), ("a", MILL), ("b", FERRY)):
        reference = Reference(label, Text(text), over=Facts(key="7"))
        seen.check(reference, read(reference))
    reference = Reference("b", Text(MILL), over=Facts(url="https://example.org/molen"))
    seen.check(reference, read(reference))
    reference = Reference("c", Text(FERRY), over=Facts(url="https://example.org/molen"))
    with pytest.raises(InputError, match=r"^c: b has the same canonical address \(https://example.org/molen\)"):
        seen.check(reference, read(reference))
    seen.close()
