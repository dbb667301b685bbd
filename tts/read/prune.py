"""Out of an HTML tree goes what is no text of the article: by tag, by class name, by links."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from tts.read.clutter import is_clutter
from tts.read.doubles import captions_of, is_caption_again, remove
from tts.read.folding import fold, has_word
from tts.read.markup import class_words, is_pull_quote, tag_of, text_of, texts_of
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_SILENT = frozenset(
    "script style noscript template iframe object embed video audio picture img svg canvas map button input select"
    " textarea datalist dialog menu head title nav form frameset applet"
    " del s strike".split()  # what is struck out is taken back
)
_BOXES = frozenset({"div", "section", "aside"})
_NEVER = frozenset({"html", "body", "main"})
_QUOTING = frozenset({"blockquote", "aside", "figure", "q"})
_MOST_IN_CLUTTER = 0.4  # of the words of the page; what holds more is the article in a badly named box
_CARD_PARTS = frozenset({"h2", "h3", "h4", "h5", "p"})
_ANCHORS = frozenset({"#", "¶", "§", "🔗"})  # beside a heading, the link to it
_AROUND = frozenset("p div section h2 h3 h4 h5 ul ol figure aside blockquote img".split())
_LABELS = frozenset({"h2", "h3", "h4", "h5", "h6", "p"})
_LONGEST_LABEL = 10  # words
_LONGEST_CAPTION = 25  # words
_MOST_CAPTION_PARTS = 12  # elements; keeps boxes in boxes linear
_CAPTION_PARTS = frozenset(
    {"div", "p", "span", "a", "br", "em", "i", "small", "strong", "b", "img", "picture", "source"}
)
_PARTS_OF_CAPTION = 2  # paragraphs: what it shows, and who made it
_SLANTED = frozenset({"em", "i", "small", "sub"})
_LINKED = 0.75  # of the letters of a box
_ONLY_LINKS = 0.9
_IN_BAR = frozenset("a span br i em b strong small svg img".split())
_MAIL = re.compile(r"e-?mail", re.IGNORECASE)
_SUBSCRIBE = re.compile(r"nieuwsbrie|abonn|mailbox|inbox", re.IGNORECASE)
_LINES_OF_REQUEST = 2  # what it is, and how to
_LONGEST_FORM = 80  # words
_MOST_FIELDS = 20
_MOST_AROUND_FIELD = 6  # elements


def drop_silent(root: etree._Element) -> None:
    """Take out what is never read: scripts, pictures with their captions, menus, hidden elements, footnotes."""
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    captions = captions_of(root)
    forms = _forms(root)
    _drop(root, lambda element: element in forms or _is_silent(element) or is_caption_again(element, captions))


def drop_clutter(root: etree._Element) -> None:
    """Take out what the page puts around and between the text: boxes, links to other articles, bylines, comments."""
    n_words = _n_words(root)
    _drop(root, lambda element: _is_clutter(element, n_words))
    drop_links(root)


def drop_links(root: etree._Element) -> None:
    """Take out the lists and lines of nothing but links, with the label above them."""
    _drop(root, lambda element: _is_links(element) or _is_label_of_links(element))


def _drop(root: etree._Element, unwanted: Callable[[etree._Element], bool]) -> None:
    condemned = []
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element is not root and unwanted(element):
            condemned.append(element)
            walker.skip_subtree()
    for element in condemned:
        remove(element)


def _forms(root: etree._Element) -> set[etree._Element]:
    """The small boxes that ask for an address: of newsletters and accounts."""
    boxes: set[etree._Element] = set()
    fields = (field for field in root.iter("input") if _MAIL.search(" ".join(str(value) for value in field.values())))
    for field in islice(fields, _MOST_FIELDS):
        for outer in islice(field.iterancestors(), _MOST_AROUND_FIELD):
            if tag_of(outer) in _NEVER | {"article"} or _has_words(outer, _LONGEST_FORM):
                break
            if tag_of(outer) in _BOXES:
                boxes.add(outer)
    return boxes


def _has_words(element: etree._Element, n_words: int) -> bool:
    """Whether there are more than so many words in `element`; a long one is not read to its end."""
    return sum(len(text.split()) for text in islice(texts_of(element), n_words * 4)) > n_words


def _is_silent(element: etree._Element) -> bool:
    tag = tag_of(element)
    if tag in _SILENT or element.get("hidden") is not None or (tag == "a" and text_of(element) in _ANCHORS):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    if element.get("aria-hidden") == "true" and not has_word(text_of(element)):
        return True
    if tag == "figure":
        return not _quotes(element) and element.find(".//table") is None and element.find(".//pre") is None
    if tag in {"p", "div", "span"} and _is_captioned(element):
        return True
    if tag in {"p", "small"} and _is_under_picture(element):
        return True
    if tag == "figcaption":
        return not any(_quotes(outer) for outer in element.iterancestors("figure"))
    return pattern("silent_class").search(class_words(element)) is not None


def _is_captioned(element: etree._Element) -> bool:
    """Whether `element` holds a picture and, under it, no more than a line about it."""
    inside = list(islice(element.iterdescendants(), _MOST_CAPTION_PARTS + 1))
    picture = next((inner for inner in inside if tag_of(inner) in {"img", "picture"}), None)
    if (
        picture is None
        or len(inside) > _MOST_CAPTION_PARTS
        or not {tag_of(inner) for inner in inside} <= _CAPTION_PARTS
    ):
        return False
    beside = has_word(element.text or "") or (tag_of(element) == "p" and has_word(picture.tail or ""))
    n_paragraphs = sum(tag_of(inner) == "p" for inner in inside)
    most = 1 if pattern("picture_class").search(class_words(element)) is None else _PARTS_OF_CAPTION
    return not beside and n_paragraphs <= most and len(text_of(element).split()) <= _LONGEST_CAPTION


def _is_under_picture(element: etree._Element) -> bool:
    """Whether `element` is a line in small or slanted letters right under a picture."""
    above = element.getprevious()
    if above is None or has_word(above.tail or "") or not _is_picture(above):
        return False
    small = tag_of(element) == "small" or (
        not has_word(element.text or "")
        and len(element) > 0
        and all(tag_of(inner) in _SLANTED and not has_word(inner.tail or "") for inner in element)
    )
    return small and len(text_of(element).split()) <= _LONGEST_CAPTION


def _is_picture(element: etree._Element) -> bool:
    if tag_of(element) in {"img", "picture"}:
        return True
    return any(True for _ in element.iter("img", "picture")) and not has_word(text_of(element))


def _quotes(figure: etree._Element) -> bool:
    return is_pull_quote(figure) or figure.find(".//blockquote") is not None


def _is_clutter(element: etree._Element, n_words: int) -> bool:
    tag = tag_of(element)
    if tag in _NEVER or is_pull_quote_box(element):
        return False
    if tag == "footer":
        return not _in_quote(element) and _is_small(element, n_words)
    if tag == "h1" or element.find(".//h1") is not None:
        return False
    if tag == "aside" and _is_sidebar(element):
        return True
    if tag in _BOXES and (_is_titled_box(element) or _asks_to_subscribe(element)) and _is_small(element, n_words):
        return True
    words = class_words(element)
    if pattern("clutter_class").search(words) is None or _in_quote(element) or _is_in_text(element):
        return False
    return pattern("comments_class").search(words) is not None or _is_small(element, n_words)


def _is_in_text(element: etree._Element) -> bool:
    """Whether `element` is a heading between paragraphs, whatever its class is called."""
    if tag_of(element) not in _LABELS - {"p"}:
        return False
    return all(beside is not None and tag_of(beside) == "p" for beside in (element.getprevious(), element.getnext()))


def is_pull_quote_box(element: etree._Element) -> bool:
    """Whether `element` is a pull quote by its class name, not only for being an `<aside>`."""
    return pattern("pull_quote_class").search(class_words(element)) is not None and is_pull_quote(element)


def _in_quote(element: etree._Element) -> bool:
    return any(tag_of(outer) in _QUOTING or is_pull_quote_box(outer) for outer in element.iterancestors())


def _is_small(element: etree._Element, n_words: int) -> bool:
    return _n_words(element) <= _MOST_IN_CLUTTER * n_words


def _is_titled_box(element: etree._Element) -> bool:
    """Whether the first line in a box says that it is for something else than the text."""
    first = next((line for line in map(fold, texts_of(element)) if has_word(line)), "")
    return len(first) < 200 and pattern("box_title").fullmatch(first) is not None


def _asks_to_subscribe(element: etree._Element) -> bool:
    """Whether a box holds a request to subscribe, and at most a line above it."""
    if _has_words(element, _LONGEST_FORM):
        return False
    lines = [line for line in map(fold, texts_of(element)) if has_word(line)]
    return len(lines) == _LINES_OF_REQUEST and _SUBSCRIBE.search(lines[1]) is not None and is_clutter(lines[1])


def _is_sidebar(aside: etree._Element) -> bool:
    """Whether an `<aside>` holds links or a box, rather than words from the article."""
    lines = [line for line in map(fold, texts_of(aside)) if has_word(line)]
    return not lines or is_clutter(lines[0]) or _link_share(aside) > 0.5 or next(aside.iter("form"), None) is not None


def _is_links(element: etree._Element) -> bool:
    """A list of nothing but links, or a paragraph that is one link without a full stop."""
    tag = tag_of(element)
    if tag in {"ul", "ol"}:
        above = element.getprevious()
        labelled = above is not None and _is_label_of_links(above)
        return (len(element) > 1 or labelled) and _link_share(element) > _LINKED
    if tag == "a":
        return any(tag_of(inner) in _CARD_PARTS for inner in element.iter()) or _is_link_alone(element)
    if tag == "div" and all(tag_of(inner) in _IN_BAR for inner in element):
        return _link_share(element) > _ONLY_LINKS and text_of(element)[-1:] not in {".", "!"}
    if tag != "p" or element.find(".//a") is None:
        return False
    text = text_of(element)
    return _link_share(element) > _LINKED and text[-1:] not in {".", "!", "?", "”", "’", '"'}


def _is_link_alone(link: etree._Element) -> bool:
    """Whether a link is a line by itself between paragraphs, and no sentence."""
    parent = link.getparent()
    if parent is None or tag_of(parent) not in _BOXES | {"article", "main", "body"} or not link.get("href"):
        return False
    beside = (link.getprevious(), link.getnext())
    blocks = all(other is None or tag_of(other) in _AROUND for other in beside)
    before = (parent.text if beside[0] is None else beside[0].tail) or ""
    words = has_word(before) or has_word(link.tail or "")
    return blocks and not words and text_of(link)[-1:] not in {".", "!", "?", "”", "’", '"'}


def _is_label_of_links(element: etree._Element) -> bool:
    """The heading of a list of links, or the short line above one: it heads no text of the article."""
    tag = tag_of(element)
    if tag not in _LABELS or not 0 < len(text_of(element).split()) <= _LONGEST_LABEL:
        return False
    below = element.getnext()
    if below is None or tag_of(below) not in {"ul", "ol"} or _link_share(below) <= _LINKED:
        return False
    after = below.getnext()
    heads_nothing_else = after is None or tag_of(after) in _LABELS - {"p"}
    text = text_of(element)
    return heads_nothing_else or text.endswith(":") or pattern("links_label").match(text) is not None


def _link_share(element: etree._Element) -> float:
    n_all = len(text_of(element))
    n_linked = sum(len(text_of(link)) for link in element.iter("a"))
    return n_linked / n_all if n_all else 0.0


def _n_words(element: etree._Element) -> int:
    return sum(len(text.split()) for text in texts_of(element))
