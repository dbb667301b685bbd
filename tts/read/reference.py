"""Where one article is to be read, what is known of it before that, and reading it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tts.errors import InputError
from tts.model import Paragraph
from tts.read.facts import Facts
from tts.read.folding import same_letters
from tts.read.source import (
    MAX_BYTES,
    article_in_bytes,
    article_in_file,
    article_in_page,
    article_in_text,
    clean_url,
    form_of,
)

if TYPE_CHECKING:
    from tts.model import Article, ParagraphKind
    from tts.read.web import Page

NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class File:
    """A file on this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class Address:
    """A page on the web. public_only : a list on the public web named it, so it may not lead to a private network."""

    url: str
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, `data` being what is in it, whose name ends in `suffix`.

    identity : the archive's path or address, "!" and the name in it.
    """

    data: bytes
    suffix: str
    identity: str


@dataclass(frozen=True, slots=True)
class Text:
    """An article's own words, as text, Markdown or HTML."""

    text: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Nothing that can be read. reason : a clause that says what to do."""

    reason: str


Where = File | Address | Member | Text | Unusable


@dataclass(frozen=True, slots=True)
class Reference:
    """One article that is to be read; small, frozen, and the same in any process.

    label : where it stands, for people, on one line: a path, an address, "stukken.csv, row 7".
    where : all but a File can be read on any machine.
    over  : what stands over what the article itself says (a table, which its owner wrote).
    under : what counts where the article itself says nothing (a feed).
    entry : the id of the feed's entry, for `FeedMemory`; None outside feeds.
    """

    label: str
    where: Where
    over: Facts = NOTHING
    under: Facts = NOTHING
    entry: str | None = None


def read(reference: Reference, *, permitted: bool = False) -> Article:
    """The article that `reference` names, with what its table or feed says of it, in any process.

    Its identity is its canonical address, else its id from the table or its front matter, else its path (in an
    archive: the archive's, "!" and the name in it), else the hash of its text.

    permitted : the owner of the rights allows it: pages are read whatever their sites say to machines, see
                `tts.read.polite.polite_page`.
    Raises: InputError that begins with the reference's label; of a page its site wants no machine to read, a
    `tts.read.polite.NotAllowed`.
    """
    return _told(_article(reference, permitted=permitted), reference)


def _article(reference: Reference, *, permitted: bool) -> Article:
    where, label = reference.where, reference.label
    if isinstance(where, Unusable):
        raise InputError(f"{label}: {where.reason}")
    try:
        match where:
            case File(path):
                return article_in_file(label if path == Path(label).absolute() else f"{label}: {path}", path)
            case Address(url):
                return article_in_page(url, _page(where, permitted=permitted))
            case Member(data, suffix, identity):
                return article_in_bytes(label, data, suffix, identity)
            case Text(text):
                return _in_row(label, text, reference.over.title)
    except InputError as error:
        if not str(error).startswith(label):
            error.args = (f"{label}: {error}",)
        raise


def _page(address: Address, *, permitted: bool) -> Page:
    if permitted:
        from tts.read.web import fetch

        return fetch(address.url, max_bytes=MAX_BYTES, public_only=address.public_only)
    from tts.read.polite import polite_page

    return polite_page(address.url, max_bytes=MAX_BYTES, public_only=address.public_only)


def _in_row(label: str, text: str, title: str | None) -> Article:
    """The article in a table's `text`, whose first line stays one of its own where the table has another title."""
    article = article_in_text(label, text)
    if title is None:
        return article
    first = article.paragraphs[0]
    if article.title is not None and not same_letters(title, article.title):
        kind: ParagraphKind = "text" if form_of(text) == "text" else "heading"
        return replace(article, paragraphs=(Paragraph(kind, article.title), *article.paragraphs))
    if article.title is None and same_letters(title, first.text) and len(article.paragraphs) > 1:
        return replace(article, paragraphs=article.paragraphs[1:])
    return article


def _told(article: Article, reference: Reference) -> Article:
    """`article` with what stands over it and under it."""
    over, under = reference.over, reference.under
    url = clean_url(over.url) if over.url else article.source_url
    if over.url:
        identity = f"url:{url}"
    elif over.key and not article.identity.startswith("url:"):
        identity = f"id:{over.key}"
    else:
        identity = article.identity
    return replace(
        article,
        title=over.title or article.title or under.title,
        date=over.date or article.date or under.date,
        author=over.author or article.author or under.author,
        source_url=url,
        identity=identity,
    )
