"""The few Dutch words that are said in the place of what can't be read aloud."""

from __future__ import annotations

from tts.model import Paragraph

_COUNTED = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")

CODE = Paragraph("left_out", "Hier staat een stuk programmacode, dat niet wordt voorgelezen.")
FORMULA = Paragraph("left_out", "Hier staat een formule, die niet wordt voorgelezen.")
POST = Paragraph("left_out", "Hier staat een bericht van sociale media, dat niet wordt voorgelezen.")


def table(n_rows: int) -> Paragraph:
    """What is said for a table of `n_rows` rows under its head."""
    counted = _COUNTED[n_rows] if n_rows < len(_COUNTED) else str(n_rows)
    rows = "rij" if n_rows == 1 else "rijen"
    return Paragraph("left_out", f"Hier staat een tabel van {counted} {rows}, die niet wordt voorgelezen.")
