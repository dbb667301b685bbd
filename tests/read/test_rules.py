"""The small rules: dates, bylines, clutter, encodings, languages."""

from __future__ import annotations

import pytest

from tts.errors import InputError
from tts.read.byline import Header, header_line
from tts.read.clutter import is_clutter
from tts.read.dates import iso_date, leading_date
from tts.read.encoding import decode
from tts.read.language import language_of
from tts.read.names import bare_author
from tts.read.source import clean_url


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "2023"),
        ("2023-03", "2023-03"),
        ("maart 2023", "2023-03"),
        ("2023-03-20", "2023-03-20"),
        ("24 februari 2022, 14:30", "2022-02-24"),
        ("ma 4 dec. 2023", "2023-12-04"),
        ("Gepubliceerd op 3-4-2023", "2023-04-03"),
        ("dinsdag 7 november 2023 om 00u15", "2023-11-07"),
        ("4 dec '23", "2023-12-04"),
        ("2023-11-06T23:15:00Z", "2023-11-07"),
        ("2023-07-06T22:15:00.000+00:00", "2023-07-07"),
        ("2023-11-06T23:15:00+01:00", "2023-11-06"),
        ("31-02-2023", None),
        ("gisteren", None),
    ],
)
def test_dates_as_exact_as_the_source(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize("text", ["2023-03 Of het", "2023-03-20 Of het", "20 maart 2023 Of het", "2023 Of het"])
def test_a_leading_date_leaves_the_lead(text: str) -> None:
    found = leading_date(text)
    assert found is not None
    assert text[found[1] :].strip() == "Of het"


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("Door Anna de Wit", Header(author="Anna de Wit")),
        ("DOOR ANNA DE WIT", Header(author="Anna de Wit")),
        ("Anna de Wit, verslaggever", Header(author="Anna de Wit")),
        ("Van onze redacteur", Header()),
        ("Van onze verslaggever Jan van der Meij", Header(author="Jan van der Meij")),
        ("Door Anna de Wit, Piet Bos en Mo El Idrissi", Header(author="Anna de Wit, Piet Bos en Mo El Idrissi")),
        ("Nieuwsbericht | 24-02-2022 | 14:30", Header(date="2022-02-24")),
        ("Anna de Wit - 24 februari 2022", Header("2022-02-24", "Anna de Wit")),
        ("Door Anna de Wit op 24 februari 2022 om 14.30 uur", Header("2022-02-24", "Anna de Wit")),
        ("Laatst bijgewerkt: 3 mei 2024", Header(date="2024-05-03", revised=True)),
        ("Door Anna de Wit Gepubliceerd: 3 mei 2024", Header("2024-05-03", "Anna de Wit")),
        ("Tekst: Anna de Wit | Beeld: Piet Bos", Header(author="Anna de Wit")),
        ("Anna de Wit • Leestijd 4 min", Header(author="Anna de Wit")),
        ("Nijverhaven, 3 mei 2024", Header(date="2024-05-03")),
        ("INTERVIEW Zanger Piet Bos", Header()),
        ("6 november 2024 door Anna de Wit Laat een reactie achter", Header("2024-11-06", "Anna de Wit")),
        ("Door Anna de Wit — beeld Piet Bos — 25 mei 2024", Header("2024-05-25", "Anna de Wit")),
        ("door: Anna de Wit (tekst) en Piet Bos (foto’s)", Header(author="Anna de Wit")),
        ("Tekst en foto's: Anna de Wit", Header(author="Anna de Wit")),
        ("Tekst Anna de Wit Fotografie Piet Bos", Header(author="Anna de Wit")),
        ("Geplaatst op 3 mei 2024 door Anna de Wit in Nieuws — 4 reacties", Header("2024-05-03", "Anna de Wit")),
        ("Hasselt - Anna de Wit - 03/05/2024 - 14u05", Header("2024-05-03", "Anna de Wit")),
        ("Van onze verslaggeefster Anna de Wit, Zwolle", Header(author="Anna de Wit")),
        ("Van onze correspondent Anna de Wit in Brussel", Header(author="Anna de Wit")),
        ("Anna de Wit Wetenschapsredacteur 3 mei 2024", Header("2024-05-03", "Anna de Wit")),
        ("Door Redactie binnenland · 3 mei 2024, 18.40 uur", Header("2024-05-03", "Redactie binnenland")),
        ("COLUMN Anna de Wit", Header(author="Anna de Wit")),
        ("Column: Anna de Wit", Header(author="Anna de Wit")),
        ("Bijgewerkt: 4 mei 2024 | Gepubliceerd: 3 mei 2024", Header(date="2024-05-03")),
        ("DE POLDERBODE, 3 mei 2024", Header(date="2024-05-03")),
        ("3 mei 2024 · Natuur & milieu · Deel", Header(date="2024-05-03")),
        ("Update: 2 uur geleden", Header()),
        ("Foto: Piet Bos, 3 mei 2020", Header()),
        ("Door Jan in ’t Veld", Header(author="Jan in ’t Veld")),
        ("Tour de France 2024", None),
        ("Zorg", None),
        ("Beeld van de stad", None),
        ("Onze man in Hanoi, 3 mei 2024", None),
        ("Door de regen stond op 3 mei 2024 alles blank.", None),
        ("Door storm vallen treinen uit", None),
        ("24 februari 2022 was een zwarte dag", None),
        ("Van onze kust is weinig over", None),
        ("Enorme dienst", None),
    ],
)
def test_lines_above_the_text(line: str, header: Header | None) -> None:
    assert header_line(line) == header


def test_a_bare_name_is_full() -> None:
    assert bare_author("Anna de Wit en Piet Bos") == "Anna de Wit en Piet Bos"
    assert bare_author("Enorme dienst") is None


@pytest.mark.parametrize(
    "text",
    [
        "Foto: De brug bij nacht",
        "Beeld ANP",
        "De brug bij nacht. Foto ANP / Bert Mulder",
        "De brug bij nacht (Foto: Bert Mulder)",
        "© 2024 De Polderbode",
        "Lees ook: De brug in vroeger tijden",
        "LEES OOK. Frituren verdwijnen",
        "Stuur ons een bericht via WhatsApp of mail naar de redactie.",
        "Advertentie",
        "Home > Nieuws > Binnenland",
        "Wij gebruiken cookies om de site te verbeteren.",
        "Schrijf je in voor onze nieuwsbrief en mis niets!",
        "Schrijf je in op onze gerechtsnieuwsbrief.",
        "Reageren? brieven@opmaat.example",
        "Deel dit artikel",
        "Facebook Twitter WhatsApp",
        "Tags: brug, verkeer",
        "Steun onze onafhankelijke journalistiek. Word vriend.",
        "Update 11.02 uur: het aantal passagiers is aangepast.",
        "In een eerdere versie van dit artikel stond een verkeerde naam.",
        "Elke vrijdag het belangrijkste nieuws in je mailbox.",
        '[contact-form-7 id="12" title="Reageer"]',
        "Klik hier om deze inhoud te zien. Je hebt geen toestemming gegeven.",
        "VERVOLG OP PAGINA 7",
        "Print deze pagina | Terug naar het overzicht",
        "Meer nieuws uit Bolderwijk",
    ],
)
def test_clutter_goes(text: str) -> None:
    assert is_clutter(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het beeld van de stad verandert.",
        "Beeld van een dijk",
        "Foto’s van de ramp gingen de wereld over.",
        "Lees ook eens een boek van een vrouw, zegt zij.",
        "De gemeente plaatst cookies op haar site, zegt de toezichthouder.",
        "‘Wij gebruiken cookies’, zegt hij.",
        "Stuur ons een brief als u komt, schrijft de gemeente.",
        "Zij schreef zich in voor de nieuwsbrief van de bond.",
        "Reacties",
        "Contact",
        "Bronnen van vervuiling",
        "Delen is het nieuwe hebben",
        "Steun voor het werk kwam er van alle partijen.",
        "In een eerdere versie van deze wet stond dat niet.",
        "Gepubliceerd werden er 300 gedichten.",
        "Copyright op dialect bestaat niet.",
        "Meer nieuws dan vroeger is er niet.",
        "Quote Wij wisten van niets. Sara Mol, raadslid",
        "Hij deelde de foto op Twitter.",
        "Meer nieuws is er niet, zegt de burgemeester.",
    ],
)
def test_text_stays(text: str) -> None:
    assert not is_clutter(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_seen(encoding: str) -> None:
    text = "Oekraïne: ‘we gaan door’, zegt één van hen.\n"
    assert decode(text.encode(encoding)) == text


def test_a_page_says_its_charset() -> None:
    page = '<meta charset="iso-8859-2"><p>Čapek żyje</p>'.replace("Č", "Ł")
    assert decode(page.encode("iso-8859-2")) == page


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04ab", b"tekst\x00\x00tekst", bytes(range(32)) * 8])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De brug is dicht en de bakker zegt dat het niet aan hem ligt.", "nl"),
        ("The bridge is closed and the baker says that it was not his fault.", "en"),
        ("Die Brücke ist gesperrt und der Bäcker sagt, dass es nicht an ihm liegt.", "de"),
        ("Le pont est fermé et le boulanger dit que ce n’est pas de sa faute, dans la ville.", "fr"),
        ("Brug dicht", "nl"),
        ("Zij zong ‘All you need is love’ en ‘The sound of silence’ voor een volle zaal in het dorp.", "nl"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_an_address_is_the_same_without_what_follows_the_reader() -> None:
    assert clean_url("HTTPS://X.nl/a?utm_source=b&id=1&utm_medium=c#d") == "https://x.nl/a?id=1"
