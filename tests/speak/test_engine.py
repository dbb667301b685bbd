"""The register: voices of this package, of others, and what other packages can do wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.errors import InputError, VoiceMissing
from tts.speak import engine as register
from tts.speak.cast import choose, survey
from tts.speak.engine import broken, engine, engines, find, names

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

TONE = "tests.voices:ToneEngine"


class Shelf:
    """Packages in a folder of installed ones, each with what it says that it brings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, package: str, **points: str) -> None:
        info = self._folder / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"{name} = {place}" for name, place in points.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{register.ENTRY_POINTS}]", *lines, ""]))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Shelf]:
    monkeypatch.syspath_prepend(tmp_path)
    engine.cache_clear()
    yield Shelf(tmp_path)
    engine.cache_clear()


def test_another_packages_voice_is_found_and_comes_last(shelf: Shelf) -> None:
    shelf.put("singers", tone=TONE)
    assert names()[-1] == "tone"
    assert [maker.name for maker in engines()] == list(names())
    assert engine("tone") is engine("tone")
    offer = find("tone")
    assert offer is not None
    assert offer.about == "a tone"
    assert choose("tone", None, offline=True).narrator == offer.spec
    assert [found.missing for found in survey(offline=True) if found.offer == offer] == [None]


def test_a_name_that_two_packages_bring_is_told_and_the_others_go_on(shelf: Shelf) -> None:
    shelf.put("singers", tone=TONE)
    shelf.put("ringers", tone=TONE)
    with pytest.raises(VoiceMissing, match="ringers and singers both bring voices called 'tone'; uninstall one"):
        find("tone:tone")
    assert [name for name, _ in broken()] == ["tone"]
    assert choose("espeak", None, offline=True).narrator.label == "espeak:nl"
    assert "tone" not in {found.offer.spec.engine for found in survey(offline=True)}


@pytest.mark.parametrize("place", ["no.such.module:Engine", "tests.voices:Nobody", "tests.voices:CHARS_PER_S"])
def test_a_package_that_can_not_be_loaded_is_told_and_the_others_go_on(shelf: Shelf, place: str) -> None:
    shelf.put("singers", tone=place)
    with pytest.raises(VoiceMissing, match="the voices of singers can't be loaded"):
        choose("tone", None, offline=True)
    ((name, why),) = broken()
    assert name == "tone"
    assert "singers" in why
    assert choose("nl+m3", None, offline=True).narrator.label == "espeak:nl+m3"


def test_a_package_can_not_take_the_place_of_a_voice_that_is_there(shelf: Shelf) -> None:
    shelf.put("thieves", espeak=TONE)
    assert names().count("espeak") == 1
    assert type(engine("espeak")).__name__ == "EspeakEngine"


def test_an_engine_that_is_nowhere_is_told() -> None:
    with pytest.raises(InputError, match=r"no engine for voices is called 'klaas'; `voorlezer voices` lists"):
        engine("klaas")
    assert find("klaas:jan") is None


def test_every_own_engine_offers_voices_that_it_finds_again() -> None:
    for maker in engines():
        offers = maker.offers()
        assert offers
        for offer in offers:
            assert find(offer.spec.label) == offer
            assert offer.spec.engine == maker.name
            assert offer.beside != offer.spec
            assert offer.licence
