"""A long list in pages: the first holds the newest, and those after it never change when an episode is added."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list: the ranks from `start` up to `stop`, counted from 0 for the oldest.

    number : 0 for the page with the newest, which readers see first; the others count from 1 for the oldest.
    older  : the number of the page that goes on where this one ends, None on the last.
    """

    number: int
    start: int
    stop: int
    older: int | None


def leaves(n: int, size: int, keep: int) -> tuple[Leaf, ...]:
    """The pages of a list of `n`, newest first.

    The first holds at least the newest `keep`, and fewer than `keep + size`; all others hold `size`. Numbered from
    the oldest, a page is as it was however many are added.
    """
    full = max(0, n - keep) // size
    first = Leaf(0, full * size, n, full or None)
    older = (Leaf(k, (k - 1) * size, k * size, k - 1 or None) for k in range(full, 0, -1))
    return (first, *older)


def page_name(stem: str, number: int, suffix: str) -> str:
    """The file of a page: "feed.xml" for the first, "feed-3.xml" for an older one."""
    return f"{stem}-{number}{suffix}" if number else f"{stem}{suffix}"
