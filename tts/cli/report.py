"""What `voorlezer episode` shows while it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

import click

from tts.cli.bar import Bar
from tts.cli.options import warn
from tts.speak.script import dutch_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from tts.model import Article, Block, Episode
    from tts.produce import Product
    from tts.speak.cast import Cast

MOST_NAMES = 5  # of people quoted that are listed


class Report:
    """Tells on `out` what was read, who speaks and what came of it, with a progress bar where `out` is a terminal.

    Warnings go to stderr, also when nobody watches `out`.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._bar = Bar("speaking", out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show_found(self, folder: Path) -> None:
        """Nobody named a show, and none lies upwards: it goes to this folder."""
        self._say(f"No show.toml here or above: episodes go to {folder}. Name another folder with --show.")

    def segmented(self, article: Article, title: str, blocks: Sequence[Block]) -> None:
        """Title, author and date; how many blocks of each kind; who is quoted."""
        when = dutch_date(article.date) if article.date else None
        byline = " · ".join(filter(None, (article.author, when)))
        self._say(click.style(title, bold=True) + (f"  {byline}" if byline else ""))
        kinds: list[str] = [block.kind for block in blocks]
        counts = ", ".join(
            f"{n} {name}{'s' * (n != 1 and kind != 'narration')}"
            for kind, name in (("narration", "narration"), ("quote", "quote"), ("heading", "heading"))
            if (n := kinds.count(kind))
        )
        self._item("read", counts)
        names = list(dict.fromkeys(block.speaker for block in blocks if block.speaker))
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            self._item("quoted", ", ".join(names[:MOST_NAMES]) + more)

    def cast_chosen(self, cast: Cast) -> None:
        """Which voices, why, and how to get better ones."""
        higher = cast.quoted.pitch - cast.narrator.pitch
        same = cast.quoted.label == cast.narrator.label
        way = f"{abs(higher):g} semitones {'higher' if higher > 0 else 'lower'}" if same else cast.quoted.label
        self._item("voice", f"{cast.narrator.label}, quotes {way} ({cast.why})")
        if cast.asks_google:
            self._item("", "the text goes to Google Translate; --offline keeps it here")
        if cast.better:
            self._item("", cast.better)

    def progress(self, done: int, total: int) -> None:
        """The bar, with the time left."""
        self._bar(done, total)

    def warn(self, message: str) -> None:
        """One line on stderr."""
        self._bar.stop()
        warn(message)

    def finished(self, product: Product, took_s: float) -> None:
        """The file, its duration, size, loudness, chapters, and the time it took."""
        self._bar.stop()
        episode = product.episode
        self._item(product.state, click.style(_shown(product.audio), fg="green"))
        minutes, seconds = divmod(round(episode.duration_s), 60)
        facts = (
            f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s",
            f"{episode.n_bytes / 1e6:.1f} MB",
            _level(episode),
            f"{len(product.chapters)} chapter{'s' * (len(product.chapters) != 1)}",
            f"took {took_s:.1f} s",
        )
        self._item("", " · ".join(facts))

    def _item(self, label: str, text: str) -> None:
        self._say(f"  {click.style(f'{label:<11}', dim=True)}{text}")

    def _say(self, line: str) -> None:
        click.echo(line, file=self._out)


def _level(episode: Episode) -> str:
    if episode.loudness_lufs is None or episode.true_peak_dbtp is None:
        return "silent"
    return f"{episode.loudness_lufs:.1f} LUFS, peak {episode.true_peak_dbtp:.1f} dB"


def _shown(path: Path) -> str:
    """The path from here when it lies below, else whole."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
