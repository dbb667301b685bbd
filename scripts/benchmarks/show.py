"""A show of 10,000 episodes beside one of 10: what adding one costs, and what it takes to make all of it again.

The sidecars are invented: the example article's own, under other names. Their audio is a few bytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from measure import ARTICLE, VOORLEZER, Run, head, median, row, run

from tts.show.library import Library
from tts.show.names import audio_name, guid_for

if TYPE_CHECKING:
    from tts.model import Episode

SMALL, LARGE = 10, 10_000
TIMES = 7  # episodes added to each show, in turn
FEED_LIMIT_BYTES = 5_000_000


def main() -> None:
    """Prints the figures beside what is asked of them."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = {"XDG_CACHE_HOME": f"{folder}/cache"}
        episode = _example(folder, cache)
        shows = {n: _invented(folder / str(n), episode, n) for n in (SMALL, large)}
        head()
        for n, show in shows.items():
            row(f"all of {n} made, from nothing", run(_feed(show)))
            row("  nothing changed", run(_feed(show)))
        added = {n: [] for n in shows}
        for turn in range(TIMES):
            for n, show in shows.items():
                added[n].append(_add(show, folder / f"{turn}.txt", cache))
        for n in shows:
            row(f"an episode added to {n}", median(added[n]))
        ratio = median(added[large]).wall_s / median(added[SMALL]).wall_s
        print(f"adding one to {large} costs {ratio:.2f} times as much as to {SMALL} (at most 2), speaking included")
        _print_in_process(shows, episode)
        sizes = sorted(page.stat().st_size for page in shows[large].glob("feed*.xml"))
        print(f"{len(sizes)} pages of the feed, the largest {sizes[-1]:,} bytes (under {FEED_LIMIT_BYTES:,})")


def _example(folder: Path, cache: dict[str, str]) -> Episode:
    show = folder / "example"
    run([VOORLEZER, "episode", "--offline", "--voice", "espeak:nl", "--show", str(show), str(ARTICLE)], cache)
    library = Library(show)
    with library.index() as index:
        (card,) = index.cards()
    episode = library.episode(card.slug)
    if episode is None:
        sys.exit("bench: the example episode is gone")
    return episode


def _numbered(episode: Episode, n: int) -> Episode:
    made = (dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=n)).isoformat(timespec="seconds")
    identity = f"id:{n}"
    return dataclasses.replace(
        episode,
        guid=guid_for(identity), identity=identity, slug=f"aflevering-{n}", number=n, title=f"{episode.title} ({n})",
        published=made, updated=made, file=f"aflevering-{n}.00000000.mp3", n_bytes=5,
    )  # fmt: skip


def _invented(show: Path, episode: Episode, n_episodes: int) -> Path:
    (show / "episodes").mkdir(parents=True)
    (show / "show.toml").write_text('url = "https://example.org/podcast/"\n', encoding="utf-8")
    for n in range(1, n_episodes + 1):
        numbered = _numbered(episode, n)
        (show / "episodes" / f"{numbered.slug}.json").write_bytes(msgspec.json.encode(numbered))
        (show / "episodes" / numbered.file).write_bytes(b"sound")
    return show


def _feed(show: Path) -> list[str]:
    return [VOORLEZER, "feed", "--show", str(show)]


def _add(show: Path, source: Path, cache: dict[str, str]) -> Run:
    """The whole command: a short article, read, spoken, stitched and shown. Removed afterwards."""
    source.write_text(
        f"Bericht {source.stem}\n\nDe brug is vanaf maandag {source.stem} dagen dicht.\n", encoding="utf-8"
    )
    command = [VOORLEZER, "episode", "--offline", "--voice", "espeak:nl", "--show", str(show), str(source)]
    return run(command, cache)


def _print_in_process(shows: dict[int, Path], episode: Episode) -> None:
    """The show's part alone, in a process that is warm: put and refresh, without speaking."""
    from tts.show.site import refresh

    took: dict[int, list[float]] = {n: [] for n in shows}
    for turn in range(TIMES + 1):
        for n, show in shows.items():
            library = Library(show)
            numbered = _numbered(episode, 1_000_000 + turn)
            audio = show.parent / "added.mp3"
            audio.write_bytes(b"sound")
            numbered = dataclasses.replace(numbered, file=audio_name(numbered.slug, audio))
            began = time.perf_counter()
            with library.writing():
                library.put(numbered, audio)
            refresh(library)
            took[n].append(time.perf_counter() - began)
    small_s, large_s = (sorted(took[n][1:])[TIMES // 2] for n in shows)
    print(f"the show's part alone, warm: {1000 * large_s:.0f} ms against {1000 * small_s:.0f} ms")


if __name__ == "__main__":
    main()
