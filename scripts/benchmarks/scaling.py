"""The example article, 1, 10 and 100 times as long: time, peak memory, and the exponent with which time grows."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from measure import ARTICLE, VOORLEZER, growth, head, longer, row, run

SIZES = (1, 10, 100)


def main() -> None:
    """Each size cold, in espeak:nl; the largest is over six hours of sound."""
    text = ARTICLE.read_text(encoding="utf-8")
    head()
    found = {}
    for times in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            article = Path(folder, "artikel.txt")
            article.write_text(longer(text, times), encoding="utf-8")
            options = ["--offline", "--voice", "espeak:nl", "--show", f"{folder}/show"]
            found[times] = run([VOORLEZER, "episode", *options, str(article)], {"XDG_CACHE_HOME": f"{folder}/cache"})
        row(f"{times} times {len(text)} characters", found[times])
    for smaller, larger in itertools.pairwise(SIZES):
        power = growth(found[smaller].wall_s, found[larger].wall_s, larger / smaller)
        print(f"from {smaller} to {larger} times: time grows with the power {power:.2f} (at most 1.1)")
    print(f"peak memory of the longest: {found[SIZES[-1]].peak_bytes / 1e6:.0f} MB (under 300)")


if __name__ == "__main__":
    main()
