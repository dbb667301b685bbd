"""A list in pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tts.show.paging import leaves, page_name

SIZES = st.integers(1, 9), st.integers(1, 20)


@given(st.integers(0, 300), *SIZES)
def test_every_rank_is_on_one_page_and_the_first_holds_the_newest(n: int, size: int, keep: int) -> None:
    pages = leaves(n, size, keep)
    assert sorted(rank for leaf in pages for rank in range(leaf.start, leaf.stop)) == list(range(n))
    assert pages[0].number == 0
    assert pages[0].stop == n
    assert min(n, keep) <= pages[0].stop - pages[0].start < keep + size


@given(st.integers(0, 300), *SIZES)
def test_from_the_first_page_the_links_lead_through_all(n: int, size: int, keep: int) -> None:
    pages = {leaf.number: leaf for leaf in leaves(n, size, keep)}
    walked = [leaf := pages[0]]
    while leaf.older is not None:
        walked.append(leaf := pages[leaf.older])
    assert walked == list(leaves(n, size, keep))
    assert [leaf.start for leaf in walked] == sorted((leaf.start for leaf in walked), reverse=True)


@given(st.integers(0, 300), *SIZES)
def test_adding_one_leaves_the_older_pages_as_they_are(n: int, size: int, keep: int) -> None:
    assert set(leaves(n, size, keep)[1:]) <= set(leaves(n + 1, size, keep)[1:])


def test_names() -> None:
    assert [page_name("feed", number, ".xml") for number in (0, 1, 12)] == ["feed.xml", "feed-1.xml", "feed-12.xml"]
