"""Who says it: by name, surname, pronoun and description."""

from __future__ import annotations

import pytest

from tests.segment.articles import quotes, speakers
from tts.segment.people import Cast

SAID = "‘Het water staat nu al aan de deur’"


@pytest.mark.parametrize(
    ("introduction", "attribution", "speaker"),
    [
        ("Dijkgraaf Klaas van der Meij kwam kijken.", "zegt Van der Meij", "Klaas van der Meij"),
        ("Dijkgraaf Klaas van der Meij kwam kijken.", "zegt de dijkgraaf", "Klaas van der Meij"),
        ("Klaas van der Meij, dijkgraaf van Oost, kwam kijken.", "zegt de dijkgraaf", "Klaas van der Meij"),
        ("Klaas van der Meij (D66) kwam kijken.", "aldus Klaas", "Klaas van der Meij"),
        ("Klaas van ’t Hoff kwam kijken.", "zegt Van ’t Hoff", "Klaas van ’t Hoff"),
        ("Klaas van ’t Hof kwam kijken.", "zegt Van ’t Hof", "Klaas van ’t Hof"),
        ("Luc Van den Bossche kwam kijken.", "zegt Van den Bossche", "Luc Van den Bossche"),
        ("Luc van der Weesche kwam kijken.", "zegt Van der Weesche", "Luc van der Weesche"),
        ("J.P. de Wit kwam kijken.", "zegt De Wit", "J.P. de Wit"),
        ("Noor Bakker-de Wit kwam kijken.", "zegt Bakker", "Noor Bakker-de Wit"),
        ("Van Asch van Wijck wilde niets zeggen.", "zegt Louise van Asch van Wijck", "Louise van Asch van Wijck"),
        ("Kees Tol en Noor Bakker kwamen kijken.", "zegt K. Tol", "Kees Tol"),
        ("Noor Bakker kwam kijken.", "luidde haar commentaar", "Noor Bakker"),
        ("Noor Bakker kwam kijken met Kees Smit.", "was Smits antwoord", "Kees Smit"),
        ("Kees Smit belde Hoenderpoort, de corporatie die hier bouwt.", "meldt de corporatie", "Hoenderpoort"),
        ("Prins Mohammed bin Rashid kwam kijken.", "zegt Bin Rashid", "Mohammed bin Rashid"),
        ("Maria von Stetten kwam kijken.", "zegt Von Stetten", "Maria von Stetten"),
        ("Trainer Kees Smit kwam kijken.", "zegt de coach", "Kees Smit"),
        ("Noor Bakker kwam kijken met Kees Smit.", "zegt zij", "Noor Bakker"),
        ("Noor Bakker kwam kijken met Kees Smit.", "zegt hij", "Kees Smit"),
        ("De gemeente Zaandijk kwam kijken.", "aldus de gemeente", "gemeente Zaandijk"),
        ("Vakbond Voorwaarts kwam kijken.", "laat de vakbond weten", "Voorwaarts"),
        ("Er kwam iemand kijken.", "meldt Rijkswaterstaat", "Rijkswaterstaat"),
        ("Noor Bakker kwam kijken.", "zegt een omwonende", None),
        ("Noor Bakker kwam kijken.", "aldus een woordvoerder van de gemeente", None),
        ("Noor Bakker kwam kijken.", "zegt de burgemeester", None),
        ("Noor Bakker kwam kijken.", "klinkt het bij bewoners", None),
    ],
)
def test_an_attribution_resolves(introduction: str, attribution: str, speaker: str | None) -> None:
    assert speakers(introduction, f"{SAID}, {attribution}.") == [speaker]


BOTH = "Wethouder Noor Bakker (D66) en ondernemer Kees van der Meij praten. De gemeente Zaandijk wil bouwen."
BAKKER, VAN_DER_MEIJ = "Noor Bakker", "Kees van der Meij"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Daarover is Bakker duidelijk: ‘Er komt geen tweede brug, punt uit.’", BAKKER),
        ("‘Er komt geen tweede brug’, reageert een teleurgestelde Van der Meij.", VAN_DER_MEIJ),
        ("‘Er komt geen tweede brug’, zo luidt de boodschap van Bakker.", BAKKER),
        ("‘Er komt geen tweede brug’, is de reactie van Van der Meij.", VAN_DER_MEIJ),
        ("‘Er komt geen tweede brug’, laat een woordvoerder van de gemeente Zaandijk weten.", None),
        ("‘Er komt geen tweede brug’, zegt Bakkers woordvoerder.", None),
        ("‘Er komt geen tweede brug’, zegt Van der Meijs compagnon Dirk Pool.", "Dirk Pool"),
        ("‘Er komt geen tweede brug’, zei Bakker dinsdag in de gemeenteraad tegen Van der Meij.", BAKKER),
        ("‘Er komt geen tweede brug’, zegt hij tegen RTL Nieuws.", VAN_DER_MEIJ),
        ("‘Er komt geen tweede brug’, verdedigt de D66’er zich.", BAKKER),
        ("‘Er komt geen tweede brug’, meldt de NOS.", "NOS"),
        ("‘Er komt geen tweede brug,’ gniffelt Bakker.", BAKKER),
        ("‘Komt er nu een tweede brug?’ fluistert Bakker.", BAKKER),
        ("‘Er komt geen tweede brug’, klinkt het bij de vakbond FNV.", "FNV"),
        ("‘Er komt geen tweede brug’, zegt een van de omwonenden, Truus Pol.", "Truus Pol"),
        ("‘Er komt geen tweede brug’, zegt de heer Van der Meij.", VAN_DER_MEIJ),
        ("‘Er komt geen tweede brug’ (Bakker).", BAKKER),
        ("Op de vraag of ze spijt heeft, antwoordt Bakker: ‘Nee, daar is geen reden voor.’", BAKKER),
        ("Het was Van der Meij die vroeg: ‘Waarom mag ik niet bouwen?’", VAN_DER_MEIJ),
        ("In een verklaring schrijft de gemeente: ‘Wij bouwen niet voor niets.’", "gemeente Zaandijk"),
        ("Bakker belde met Van der Meij. ‘Ik zei: Kees, het gaat niet door.’", BAKKER),
        ("Bakker, die al sinds 2018 wethouder is, zegt: ‘Er komt geen tweede brug.’", BAKKER),
        ("Een brief van Van der Meij aan de raad: ‘Er komt geen tweede brug.’", VAN_DER_MEIJ),
    ],
)
def test_one_of_two(text: str, speaker: str | None) -> None:
    assert speakers(BOTH, text) == [speaker]


def test_what_is_heard_from_a_group() -> None:
    text = "‘Goederen van de kerk blijven bij de kerk’, luidt het in een brief."
    found = quotes("Pastoor Kees Smit is blij. ‘Ik wist het wel’, zegt hij.", f"Het bisdom wacht op Smit. {text}")
    assert [(quote.speaker, quote.role) for quote in found] == [("Kees Smit", "pastoor"), (None, "het bisdom")]


def test_what_stands_beside_a_name_tells_what_it_is_of() -> None:
    people = Cast(["Arts Noor Bakker wenkt Kees Pool.", "Kees belt Hoenderpoort, de corporatie die hier bouwt."]).people
    assert [(p.name, p.roles, p.group) for p in people] == [
        ("Noor Bakker", ["arts"], False),
        ("Kees Pool", [], False),
        ("Hoenderpoort", ["corporatie"], True),
    ]


def test_who_is_not_named_is_described() -> None:
    assert [q.role for q in quotes(f"{SAID}, zegt een omwonende van de dijk.")] == ["een omwonende van de dijk"]


def test_two_with_one_surname_are_told_apart_by_role_and_gender() -> None:
    introduction = "Wethouder Noor de Boer en boer Henk de Boer kwamen kijken."
    assert speakers(introduction, f"{SAID}, zegt wethouder De Boer.") == ["Noor de Boer"]
    assert speakers(introduction, f"{SAID}, zegt boer De Boer.") == ["Henk de Boer"]
    assert speakers(introduction, f"{SAID}, zegt mevrouw De Boer.") == ["Noor de Boer"]


def test_the_speaker_goes_on_until_another_comes() -> None:
    found = speakers(
        f"{SAID}, zegt Noor Bakker. ‘We moeten hier weg.’ Ze wijst naar de kelder. ‘Daar begon het gisteren.’",
        "Buurman Kees Smit is niet bang. ‘Het zakt vanzelf wel weer.’",
    )
    assert found == ["Noor Bakker"] * 3 + ["Kees Smit"]


def test_the_subject_is_found_by_the_place_of_the_verb() -> None:
    assert speakers("Op de vraag of Kees Smit dat begrijpt, zegt Noor Bakker: ‘Nee, dat denk ik niet.’") == [
        "Noor Bakker"
    ]
    assert speakers("Noor Bakker wijst op het werk van Kees Smit: ‘Zonder hem was het misgegaan.’") == ["Noor Bakker"]


def test_a_surer_rule_has_more_confidence() -> None:
    by_name, by_pronoun, by_context = (
        quotes("Noor Bakker kwam kijken met Kees Smit.", text)[0].confidence
        for text in (f"{SAID}, zegt Noor Bakker.", f"{SAID}, zegt ze.", "‘Het water staat nu al aan de deur.’")
    )
    assert 1 >= by_name > by_pronoun > by_context > 0


def test_roles_are_learnt_from_what_stands_beside_a_name() -> None:
    cast = Cast(["Volgens hoogleraar economie Jan Smit en Els Vos, wethouder van Oost, komt kaarsenmaakster Eva Pol."])
    assert [(p.name, p.roles) for p in cast.people if p.sure] == [
        ("Jan Smit", ["hoogleraar economie"]),
        ("Els Vos", ["wethouder van Oost"]),
        ("Eva Pol", ["kaarsenmaakster"]),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        # A trade not met before is somebody known, an office need not be.
        (["Kees Pool rijdt al veertig jaar.", f"{SAID}, zegt de melkrijder."], "Kees Pool"),
        (["Kees Pool zit in de zaal.", f"{SAID}, zegt de rechter."], None),
        (["Kees Pool belde aan.", f"{SAID}, zei de kokkin hem."], None),
        (["De advocaat van K., Noor Bakker, is boos.", f"{SAID}, zegt de advocaat."], "Noor Bakker"),
        (["Zijn trainer stond verderop. Kees Pool, net begonnen, zweeg.", f"{SAID}, zei de coach."], "Kees Pool"),
        (["Die boekhouder werd Kees Pool. Noor Bakker niet.", f"{SAID}, zegt de boekhouder."], "Kees Pool"),
        (["Kees en Wim Pool varen.", f"{SAID}, zegt Kees."], "Kees Pool"),
        (
            ["Raadslid Kees Pool praat met Noor Pool.", f"Noor zwijgt. Haar naamgenoot: {SAID}."],
            "Kees Pool",
        ),
        # Nobody speaks of himself by name.
        (
            ["Noor Bakker en Kees Pool praten.", "Of Pool gaat, weet ze niet. ‘Kees en ik drinken nu koffie.’"],
            "Noor Bakker",
        ),
        (["Bij de bond De Eik zijn ze verrast. ‘Wij wisten hier niets van’, klinkt het."], "De Eik"),
        (["De Noorse Inge Pool kwam, net als Noor Bakker.", f"{SAID}, zegt Inge."], "Inge Pool"),
    ],
)
def test_an_article_has_other_words_for_somebody(paragraphs: list[str], speaker: str | None) -> None:
    assert speakers(*paragraphs) == [speaker]
