"""A page from the web, with all that stands around its article, as a Draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from tts.read.body import find_body
from tts.read.clutter import without_clutter
from tts.read.doubles import without_title_again
from tts.read.draft import Draft
from tts.read.folding import ends_with_letters, letters, same_letters, visible
from tts.read.foot import drop_notes
from tts.read.footnotes import take_notes
from tts.read.header import cut_header
from tts.read.masthead import masthead
from tts.read.metadata import Metadata, metadata_of
from tts.read.prune import drop_clutter, drop_silent
from tts.read.text import read_body

if TYPE_CHECKING:
    from tts.model import Paragraph


def read_html(text: str, address: str | None = None) -> Draft:
    """The article on a page: the words of its body, in order, once, and nothing that the site puts around them.

    address : where the page was read from, None for a file.
    """
    root = _tree(text)
    if root is None:
        return Draft(None, None, None, ())
    found = metadata_of(root, address)
    above = masthead(root, found.title)
    notes = take_notes(root)
    drop_silent(root)
    drop_clutter(root)
    drop_notes(root)
    paragraphs = _below_title(find_body(root, found.title), found.title)
    paragraphs = [one for one in paragraphs if letters(one.text) not in above.lines]
    header, paragraphs = cut_header(paragraphs, found.title or "")
    author = found.author or above.header.author or header.author
    if author is not None:  # as a signature under the text
        paragraphs = [paragraph for paragraph in paragraphs if not same_letters(paragraph.text, author)]
    return Draft(
        title=found.title,
        date=found.date or above.header.date or header.date,
        author=author,
        paragraphs=without_clutter(paragraphs) or _from_data(found),
        notes=notes,
        url=found.url,
    )


def _from_data(found: Metadata) -> tuple[Paragraph, ...]:
    """The body as the page's JSON-LD gives it: all that there is where scripts build the page."""
    return read_body(found.body) if found.body else ()


def _tree(text: str) -> etree._Element | None:
    """The page as a tree; None for a page without a single element or word."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        return lxml_html.document_fromstring(visible(text).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def _below_title(paragraphs: list[Paragraph], title: str | None) -> list[Paragraph]:
    """`paragraphs` from under the heading that is the title; all where there is no such heading."""
    if title is None:
        return paragraphs
    for at, paragraph in enumerate(paragraphs[:8]):
        if paragraph.kind == "heading" and ends_with_letters(paragraph.text, title):
            paragraphs = paragraphs[at + 1 :]
            break
    return list(without_title_again(paragraphs, title))
