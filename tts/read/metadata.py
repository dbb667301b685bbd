"""Title, date, author and canonical address of a page: JSON-LD, meta tags, and what stands above the text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from tts.read.authors import author_of
from tts.read.dates import iso_date
from tts.read.folding import fold, has_word
from tts.read.linked_data import articles_in, linked_data, types_of
from tts.read.markup import class_words, is_beside, tag_of, text_of, texts_of
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from lxml import etree

_META_DATES = (
    "article:published_time og:article:published_time datepublished article:published date pubdate publishdate"
    " dcterms.issued dcterms.date dcterms.available dcterms.created dc.date dc.date.issued publication_date"
    " sailthru.date parsely-pub-date"
).split()
_SITE_SUFFIX = re.compile(r"\s+(?:[|·•»›]|[-–—])\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article, body being plain text; None for what it does not say."""

    title: str | None
    date: str | None
    author: str | None
    url: str | None
    body: str | None


def metadata_of(root: etree._Element, address: str | None) -> Metadata:
    """What the page under `root`, read from `address`, says about its article."""
    linked = list(linked_data(root))
    article = next(articles_in(linked), {})
    metas = _metas(root)
    site = _site_names(article, linked, metas, address)
    return Metadata(
        title=_title(root, article, metas, site),
        date=_date(root, article, metas),
        author=author_of(root, article, linked, metas, site),
        url=_canonical(root, article, metas, address),
        body=_body(article),
    )


def _body(article: dict[str, Any]) -> str | None:
    body = article.get("articleBody")
    return body if isinstance(body, str) else None


def _metas(root: etree._Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = fold(meta.get("content") or "")
        if name and content:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _first(metas: dict[str, list[str]], *names: str) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _site_names(
    article: dict[str, Any], linked: list[dict[str, Any]], metas: dict[str, list[str]], address: str | None
) -> frozenset[str]:
    names = [*metas.get("og:site_name", []), *metas.get("application-name", []), *metas.get("twitter:site", [])]
    nodes = [article.get("publisher"), *(node for node in linked if {"WebSite", "Organization"} & set(types_of(node)))]
    names += [node["name"] for node in nodes if isinstance(node, dict) and isinstance(node.get("name"), str)]
    if address:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        names += [host, host.rpartition(".")[0]]
    return frozenset(fold(name).lstrip("@").casefold() for name in names if name)


def _title(
    root: etree._Element, article: dict[str, Any], metas: dict[str, list[str]], site: frozenset[str]
) -> str | None:
    """The heading that readers see, where the head of the page speaks of it; else what the head says."""
    element = next(root.iter("title"), None)
    window = text_of(element) if element is not None else ""
    if any(_says(window, heading_text(heading)) for heading in root.iter("h2") if has_word(heading_text(heading))):
        site |= {heading_text(heading).casefold() for heading in root.iter("h1") if _is_logo(heading)}
    headline = article.get("headline")
    said = [
        headline if isinstance(headline, str) else "",
        _first(metas, "og:title", "twitter:title", "dc.title", "dcterms.title") or "",
        window,
    ]
    said = [title for title in (_without_site(fold(html.unescape(title)), site) for title in said) if title]
    seen = [title for title in map(heading_text, root.iter("h1")) if title and title.casefold() not in site]
    for heading in seen:
        if any(_says(title, heading) for title in said):
            return heading
    if len(seen) == 1 and not _is_logo(next(root.iter("h1"))):
        return seen[0]
    return next(iter([*said, *seen]), None)


def heading_text(heading: etree._Element) -> str:
    """The text of a heading, on one line, without the label that stands in it."""
    pieces: list[str] = [heading.text or ""]
    for child in heading:
        if tag_of(child) not in {"", "svg", "script", "style"} and not pattern("label_class").search(
            class_words(child)
        ):
            pieces.append(" " if tag_of(child) == "br" else "".join(texts_of(child)))
        pieces.append(child.tail or "")
    return fold("".join(pieces))


def _is_logo(heading: etree._Element) -> bool:
    around = class_words(heading) + "".join(class_words(outer) for outer in heading.iterancestors("header", "div", "a"))
    return " logo " in around or " site title " in around or " masthead " in around


def _says(title: str, heading: str) -> bool:
    first, second = title.casefold(), heading.casefold()
    return first == second or first.startswith(second) or first.endswith(second) or second in first


def _without_site(title: str, site: frozenset[str]) -> str:
    """`title` without the name of the site at its end or start: "Brug dicht | De Krant" is "Brug dicht"."""
    while True:
        cuts = list(_SITE_SUFFIX.finditer(title))
        if not cuts:
            return title
        first, last = cuts[0], cuts[-1]
        if _names_site(title[last.end() :], site, sure="|" in last[0]):
            title = title[: last.start()]
        elif title[: first.start()].casefold() in site:
            title = title[first.end() :]
        else:
            return title


def _names_site(name: str, site: frozenset[str], *, sure: bool) -> bool:
    words = name.split()
    known = name.casefold() in site or name.casefold().replace(" ", "") in site
    return (
        known or (sure and len(words) <= 5) or (len(words) <= 3 and (name.isupper() or ".nl" in name or ".be" in name))
    )


def _date(root: etree._Element, article: dict[str, Any], metas: dict[str, list[str]]) -> str | None:
    said = [article.get("datePublished"), article.get("dateCreated"), _first(metas, *_META_DATES)]
    said += [
        element.get("datetime") or element.get("content") or text_of(element)
        for element in root.iter()
        if element.get("itemprop") == "datePublished" and tag_of(element) != "meta"
    ]
    dates = (iso_date(fold(text)) for text in said if isinstance(text, str))
    return next((date for date in dates if date), None) or _date_near_title(root)


def _date_near_title(root: etree._Element) -> str | None:
    """The first `<time>` after the title, else the first on the page; those of comments and boxes do not count."""
    above: str | None = None
    below_title = False
    for element in root.iter("h1", "time"):
        if element.tag == "h1":
            below_title = True
        elif not is_beside(element):
            date = iso_date(element.get("datetime") or "") or iso_date(text_of(element))
            if date and below_title:
                return date
            above = above or date
    return above


def _canonical(
    root: etree._Element, article: dict[str, Any], metas: dict[str, list[str]], address: str | None
) -> str | None:
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    page = article.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    for said in (*links, _first(metas, "og:url"), article.get("url"), page):
        if not isinstance(said, str) or not said.strip():
            continue
        url = _join(address or "", said.strip())
        if url and not (address and urlsplit(url).path in {"", "/"} and urlsplit(address).path not in {"", "/"}):
            return url
    return None


def _join(address: str, said: str) -> str | None:
    try:
        url = urljoin(address, said)
        return url if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname else None
    except ValueError:
        return None
