"""The JSON-LD of a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_COMMENTS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")


def linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """All nodes of all JSON-LD on the page, the outer ones first."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting = [json.loads(_COMMENTS.sub("", script.text or ""), strict=False)]
        except (ValueError, RecursionError):
            continue  # broken data of the site; its meta tags are read anyway
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting[:0] = node
            elif isinstance(node, dict):
                yield node
                waiting[:0] = [node.get("@graph"), node.get("mainEntity")]


def types_of(node: dict[str, Any]) -> list[str]:
    """The types of a node, one or many."""
    types = node.get("@type")
    return [str(kind) for kind in types] if isinstance(types, list) else [str(types)]


def articles_in(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes that are an article, and after them those that are its page."""
    for endings in (("Article", "Posting", "Report", "Review"), ("WebPage",)):
        yield from (node for node in nodes if any(kind.endswith(endings) for kind in types_of(node)))
