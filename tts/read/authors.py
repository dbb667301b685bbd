"""Who wrote the article on a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from tts.read.byline import header_line, newsroom
from tts.read.folding import fold
from tts.read.markup import class_words, is_beside, tag_of, texts_of
from tts.read.names import author_names, bare_author, join_names
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from lxml import etree

_META_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_LONGEST = 160  # characters
_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)


def author_of(
    root: etree._Element,
    article: dict[str, Any],
    linked: list[dict[str, Any]],
    metas: dict[str, list[str]],
    site: frozenset[str],
) -> str | None:
    """The names of who wrote the article: from its JSON-LD, else the meta tags, else the page's own byline.

    site : names of the site, in lower case, which are no author.
    """
    by_id = {node["@id"]: node for node in linked if isinstance(node.get("@id"), str) and "name" in node}
    names = [
        name for name in _names(article.get("author") or article.get("creator"), by_id) if name.casefold() not in site
    ]
    if not names:
        named = [text for meta in _META_NAMES for text in metas.get(meta, [])]
        names = [
            name
            for text in named
            if not _ADDRESS.search(text) and text.casefold() not in site and (name := author_names(text))
        ]
        names = list(dict.fromkeys(names))
    return join_names(names) if names else _marked_author(root, site)


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """The names in a JSON-LD author: a string, an object, a reference, or a list of these."""
    if isinstance(value, list):
        return list(dict.fromkeys(name for each in value for name in _names(each, by_id)))
    if isinstance(value, dict):
        name = value.get("name") or by_id.get(str(value.get("@id")), {}).get("name")
        return _names(name, by_id)
    if not isinstance(value, str) or _ADDRESS.search(value):
        return []
    name = author_names(fold(html.unescape(value)))
    return [name] if name else []


def _marked_author(root: etree._Element, site: frozenset[str]) -> str | None:
    """The author that the markup of the page itself names."""
    for element in root.iter():
        tag = tag_of(element)
        words = class_words(element)
        marked = (
            element.get("itemprop") == "author"
            or (element.get("rel") or "").split() == ["author"]
            or (tag != "body" and pattern("author_class").search(words))
        )
        if not marked or tag in {"", "meta", "link", "script", "html"}:
            continue
        if is_beside(element):
            continue
        header = _header_author(element)
        if header and header.casefold() not in site:
            return header
    return None


def _header_author(element: etree._Element) -> str | None:
    pieces = [piece for piece in map(fold, texts_of(element)) if piece]
    text = " ".join(pieces)
    if len(text) > _LONGEST:
        return None
    beside = [piece for piece in pieces if bare_author(piece)]
    others = [header_line(piece) for piece in pieces if piece not in beside]
    if len(beside) > 1 and all(other is not None and not other.author for other in others):
        return join_names(beside)  # each in an element of its own
    header = header_line(text)
    return header.author if header is not None and header.author else bare_author(text) or newsroom(text)
