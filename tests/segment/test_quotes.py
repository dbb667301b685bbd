"""Quotation marks are paired whatever they are, and apostrophes are left alone."""

from __future__ import annotations

import pytest

from tts.segment.quotes import quotations


def _found(*paragraphs: str) -> list[list[str]]:
    return [
        [text[q.text_start : q.text_end] for q in spans]
        for text, spans in zip(paragraphs, quotations(paragraphs), strict=True)
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("‘’", "’’"),
        ("’’", "’’"),
        ("‘‘", "’’"),
        (",,", "''"),
        (",,", "’’"),
        ("''", "''"),
        ("“", "”"),
        ("”", "”"),
        ("„", "”"),
        ("„", "“"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("‹", "›"),
        ("‘", "’"),
        ("'", "'"),
        ("‚", "’"),
        ('"', '"'),
        ('""', '""'),
        ("‘’", "’"),
        ("‘", "’’"),
        ("“", '"'),
        ("„", "''"),
    ],
)
def test_each_pair_of_marks(opening: str, closing: str) -> None:
    assert _found(f"{opening}Wij gaan niet weg{closing}, zegt Bos.") == [["Wij gaan niet weg"]]


@pytest.mark.parametrize(
    "text",
    [
        "’s Avonds hingen er foto’s van zo’n auto’s aan ’t hek.",
        "'s Avonds hingen er foto's van zo'n auto's aan 't hek.",
        "In ’68 en in '69 was dat anders.",
        "Hans’ fiets stond tegen Max’ muur.",
        "Het was ‘s nachts nat.",
        'Op de 15" band zat geen lucht.',
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert _found(text) == [[]]


def test_apostrophes_within_a_quotation() -> None:
    assert _found("‘Ik heb Hans’ fiets ’s avonds voor zo’n dief verstopt’, zegt Bos.") == [
        ["Ik heb Hans’ fiets ’s avonds voor zo’n dief verstopt"]
    ]
    assert _found("'Zo'n fiets pak je niet 's avonds', zegt Bos.") == [["Zo'n fiets pak je niet 's avonds"]]


def test_inner_quotations_stay_inside() -> None:
    assert _found("“Hij zei: ‘Ga weg.’ En ik ging”, zegt Bos.") == [["Hij zei: ‘Ga weg.’ En ik ging"]]
    assert _found("‘’Hij zei: ‘Ga weg’’’, zegt Bos.") == [["Hij zei: ‘Ga weg’"]]


def test_a_quotation_that_runs_on() -> None:
    assert _found("‘’De eerste dag.", "‘’De tweede dag.’’ Dat zei ze.") == [["De eerste dag."], ["De tweede dag."]]
    assert _found("“De eerste dag.", "De tweede dag.", "De derde dag.” Dat zei ze.") == [
        ["De eerste dag."],
        ["De tweede dag."],
        ["De derde dag."],
    ]


def test_a_forgotten_mark_does_not_swallow_the_next_quotation() -> None:
    assert _found("‘’Ik ga, zegt Bos. ‘’Jij blijft’’, zegt Kok.") == [["Jij blijft"]]


def test_an_inner_quotation_that_closes_with_its_outer_one() -> None:
    assert _found("„Ik zeg: “niet doen””, aldus Bos.") == [["Ik zeg: “niet doen”"]]
    assert _found("''t Is een andere brug', zegt Bos.") == [["'t Is een andere brug"]]


def test_marks_without_a_space() -> None:
    assert _found('"Ik ga nu weg"zegt Bos.') == [["Ik ga nu weg"]]
