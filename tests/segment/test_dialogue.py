"""Who speaks in paragraphs that are nothing but speech."""

from __future__ import annotations

from tests.segment.articles import speakers

ASKS = "Conducteur Karel Wit ziet Hanna Roos zitten. ‘Waar moet u er uit?’ vraagt hij."


def test_short_turns_alternate() -> None:
    answers = ("‘In Wenen, geloof ik’, zegt ze.", "‘Dan hebt u nog negen uur.’", "‘Mag ik dan nog even slapen?’")
    assert speakers(ASKS, *answers) == ["Karel Wit", "Hanna Roos", "Karel Wit", "Hanna Roos"]


def test_who_is_called_by_name_is_not_the_one_who_speaks() -> None:
    order = "Aan de toog staat Bas Kuiper. ‘Doe mij maar het gewone’, zegt hij tegen de uitbater."
    assert speakers(order, "‘Het gewone is op, Bas.’") == ["Bas Kuiper", None]


def test_speech_that_is_not_closed_goes_on() -> None:
    # Pool was spoken of last, but the mark is only repeated.
    said = ["Noor Bakker wijst op Kees Pool. “Hij was hier al voor het begon te regenen", "“En hij is er nog.”"]
    assert speakers(*said) == ["Noor Bakker"] * 2


def test_who_is_called_by_office_is_not_the_one_who_speaks() -> None:
    talk = [
        "Kees Pool en arts Noor Bakker praten. “Het gaat niet goed”, zegt zij. Bakker zucht.",
        "“Dat wist ik al, dokter.”",
    ]
    assert speakers(*talk) == ["Noor Bakker", "Kees Pool"]


def test_a_long_story_has_one_teller() -> None:
    story = f"‘{' '.join(3 * ['En toen liepen we verder langs het water, want de brug was dicht.'])}’"
    assert speakers("Hanna Roos praat met Karel Wit. ‘Ik was er bij’, zegt ze.", story, story) == ["Hanna Roos"] * 3
