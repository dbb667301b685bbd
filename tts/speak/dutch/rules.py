"""All rules in the order in which they may claim text: the more a rule asks, the earlier it comes."""

from __future__ import annotations

from tts.speak.dutch import (
    abbreviations,
    addresses,
    dates,
    fractions,
    initialisms,
    initials,
    measures,
    money,
    numbers,
    phones,
    ranges,
    roman,
    symbols,
    technical,
    times,
    web,
    years,
)

RULES = (
    *web.RULES,
    technical.named_rule(),
    *phones.RULES,
    *dates.RULES,
    *times.RULES,
    *money.RULES,
    *addresses.RULES,
    *measures.RULES,
    *fractions.RULES,
    *years.RULES,
    *ranges.RULES,
    *numbers.WRITTEN_ON,
    *technical.RULES,
    *numbers.RULES,
    *roman.RULES,
    *abbreviations.RULES,
    *initials.RULES,
    *initialisms.RULES,
    *symbols.RULES,
)
