"""What a first script would do, to hold Voorlezer's scores against."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from num2words import num2words

from tts.model import Block

if TYPE_CHECKING:
    from tts.model import Article

_QUOTED = re.compile(r"(?:‘’|,,|[‘“„«\"])([^‘“„«»”\"]+?)(?:’’|[’”»\"])(?!\w)")
_NAME = re.compile(r"\b[A-Z]\w+(?: (?:van|de|der|den|ter|ten|el))*(?: [A-Z]\w+)+")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


def segment_by_regex(article: Article) -> tuple[Block, ...]:
    """What stands between quotation marks is a quote, said by whoever was last named in two words or more."""
    blocks: list[Block] = []
    speaker: str | None = None
    for paragraph in article.paragraphs:
        if paragraph.kind == "heading":
            blocks.append(Block("heading", paragraph.text))
        elif paragraph.kind != "left_out":
            # re.split with one group: narration at the even places, quotes at the odd ones.
            for place, text in enumerate(_QUOTED.split(paragraph.text)):
                if place % 2:
                    blocks.append(Block("quote", text, speaker=speaker))
                elif text.strip():
                    blocks.append(Block("narration", text.strip()))
                    speaker = next(reversed(_NAME.findall(text)), speaker)
    return tuple(blocks)


def untouched(text: str) -> str:
    """What a voice gets when nothing is done."""
    return text


def num2words_pass(text: str) -> str:
    """What a voice gets when every number goes through num2words, and nothing else is done."""
    return _NUMBER.sub(lambda match: _in_words(match[0]), text)


def _in_words(number: str) -> str:
    return str(num2words(number.replace(".", "").replace(",", "."), lang="nl"))
