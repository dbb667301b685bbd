"""The few Dutch words that are not the article's: in the place of what can't be read aloud, and before footnotes."""

from __future__ import annotations

from tts.model import Paragraph

_COUNTED = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")

CODE = Paragraph("left_out", "Hier staat een stuk programmacode, dat niet wordt voorgelezen.")
FORMULA = Paragraph("left_out", "Hier staat een formule, die niet wordt voorgelezen.")
POST = Paragraph("left_out", "Hier staat een bericht van sociale media, dat niet wordt voorgelezen.")


def table(n_rows: int) -> Paragraph:
    """What is said for a table of `n_rows` rows under its head."""
    rows = "rij" if n_rows == 1 else "rijen"
    return Paragraph("left_out", f"Hier staat een tabel van {_counted(n_rows)} {rows}, die niet wordt voorgelezen.")


def notes(n_notes: int) -> Paragraph:
    """What is said before `n_notes` footnotes, which follow."""
    return Paragraph("left_out", "Voetnoot." if n_notes == 1 else "Voetnoten.")


def sources(n_notes: int) -> Paragraph:
    """What is said for `n_notes` footnotes that only name where something is from."""
    if n_notes == 1:
        return Paragraph("left_out", "Eén voetnoot noemt alleen een bron en wordt niet voorgelezen.")
    return Paragraph(
        "left_out", f"{_counted(n_notes).capitalize()} voetnoten noemen alleen een bron en worden niet voorgelezen."
    )


def _counted(number: int) -> str:
    return _COUNTED[number] if number < len(_COUNTED) else str(number)
