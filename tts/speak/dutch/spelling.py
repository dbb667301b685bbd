"""Numbers spelled as the Taalunie has it.

Source: Leidraad 6.9 and Taaladvies: one word up to and including duizend, then a space; miljoen, miljard… apart;
a trema in tweeëntwintig; honderdeen. 1 is één where it stands alone or before the comma (a voice reads een as the
article: espeak-ng says @n for it), and een inside a longer number (een miljoen, duizend een).
"""

from __future__ import annotations

import re

NUMBER = r"(?:[0-9]{1,3}(?:[.\u00a0\u202f ][0-9]{3}){1,12}+(?![0-9])|[0-9]++)(?:,[0-9]++)?"
"""A number as it is written: 7, 12.500, 12 500, 1,5. Search for it behind `NUMBER_START` only.

The groups of three are bounded: in a long row of them, with spaces, each may be the start of a number.
"""

LETTER = "[A-Za-zÀ-ÖØ-öø-ɏ]"  # not [^\W\d_], which takes ² for one
NUMBER_START = r"(?<!\w)(?<![0-9][.,:/])"
NUMBER_END = r"(?!\w)(?![.,:/][0-9])"
PAIR_END = r"(?!\w)(?![.,:/-][0-9])"
GAP = r"[ \u00a0]?"

ONE = "één"
_SMALL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
    " achttien negentien"
).split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_SCALES = tuple(
    (10**power, name)
    for power, name in zip(
        range(33, 5, -3),
        "quintiljard quintiljoen quadriljard quadriljoen triljard triljoen biljard biljoen miljard miljoen".split(),
        strict=True,
    )
)
_LARGEST_DIGITS = 36
LARGEST = 10**_LARGEST_DIGITS
_ORDINALS = {
    "nul": "nulde",
    "een": "eerste",
    "één": "eerste",
    "twee": "tweede",
    "drie": "derde",
    "vier": "vierde",
    "vijf": "vijfde",
    "zes": "zesde",
    "zeven": "zevende",
    "acht": "achtste",
    "negen": "negende",
    "tien": "tiende",
    "elf": "elfde",
    "twaalf": "twaalfde",
    "tig": "tigste",
    "honderd": "honderdste",
    "duizend": "duizendste",
    "joen": "joenste",
    "jard": "jardste",
}
_LAST_PART = re.compile("(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")$")
_ONE_OF_A_SCALE = re.compile(r"een (?=\S+$)")
_SEPARATORS = str.maketrans("", "", ".\u00a0\u202f ")


def _below_hundred(n: int) -> str:
    if n < 20:
        return _SMALL[n]
    tens, ones = divmod(n, 10)
    if ones == 0:
        return _TENS[tens - 2]
    return _SMALL[ones] + ("ën" if ones in {2, 3} else "en") + _TENS[tens - 2]


def _hundreds(n: int) -> str:
    """The spelling of 1 to 9999 by hundreds, without duizend."""
    hundreds, rest = divmod(n, 100)
    head = "" if hundreds == 0 else "honderd" if hundreds == 1 else _below_hundred(hundreds) + "honderd"
    return head + (_below_hundred(rest) if rest else "")


def cardinal(n: int) -> str:
    """Any whole number in words; from 10^36 on digit by digit.

    1100 to 1999 go by hundreds (twaalfhonderdvijftig), as people say them; thousands have their own word.
    """
    if n < 0:
        return "min " + cardinal(-n)
    if n >= LARGEST:
        return digits(str(n))
    if n < 2:
        return ONE if n else "nul"
    words = []
    for size, name in _SCALES:
        count, n = divmod(n, size)
        if count:
            words += ["een" if count == 1 else cardinal(count), name]
    if 1100 <= n < 2000:
        words.append(_hundreds(n))
        n = 0
    thousands, n = divmod(n, 1000)
    if thousands:
        words.append(("" if thousands == 1 else _hundreds(thousands)) + "duizend")
    if n:
        words.append(_hundreds(n))
    return " ".join(words)


def ordinal(n: int) -> str:
    """The rank that goes with `n`: eerste, twintigste, tweeduizend achttiende, miljoenste."""
    return _LAST_PART.sub(lambda last: _ORDINALS[last[0]], _ONE_OF_A_SCALE.sub("", cardinal(n)))


def year(n: int) -> str:
    """A year as it is said: negentienvierentachtig, negentienhonderdvijf, tweeduizend drieëntwintig."""
    century, rest = divmod(n, 100)
    if 11 <= century < 20 and rest >= 10:
        return _below_hundred(century) + _below_hundred(rest)
    return cardinal(n)


def digits(text: str) -> str:
    """The digits of `text` one by one; other characters are skipped."""
    return " ".join(ONE if digit == "1" else _SMALL[int(digit)] for digit in text if digit in "0123456789")


def letters(text: str) -> str:
    """The letters of `text` apart, in lower case: "i c c"."""
    return " ".join(character.lower() for character in text if character.isalpha())


def fraction_digits(text: str) -> str:
    """What follows the comma: a number of up to two digits is said whole (vijfentwintig), 05 and 125 digit by digit."""
    if len(text) > 2 or text.startswith("0"):
        return digits(text)
    return cardinal(int(text))


def is_one(written: str) -> bool:
    """Whether what follows the number stands in the singular."""
    return written.strip() == "1"


def whole(written: str) -> int:
    """The value of a whole number with or without separators of thousands, at most `LARGEST`."""
    bare = written.translate(_SEPARATORS)
    return int(bare) if len(bare) <= _LARGEST_DIGITS else LARGEST


def number(written: str) -> str:
    """A number as `NUMBER` finds it, in words; a code with zeros in front (007) or too long digit by digit."""
    head, comma, tail = written.partition(",")
    bare = head.translate(_SEPARATORS)
    spoken = (
        digits(bare) if (len(bare) > 1 and bare.startswith("0")) or len(bare) > _LARGEST_DIGITS else cardinal(int(bare))
    )
    if not comma:
        return spoken
    return f"{spoken} komma {fraction_digits(tail)}"
