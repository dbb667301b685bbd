"""`voorlezer episode`: articles become episodes."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from tts.atomic import whole_file
from tts.cli.main import debug_option, fail
from tts.cli.options import (
    SOURCE_HELP,
    iso_date_value,
    offline_option,
    open_library,
    pace_option,
    print_json,
    show_option,
)
from tts.cli.report import Report
from tts.errors import ShowError, VoorlezerError
from tts.model import Edits
from tts.orders import Wishes
from tts.produce import Product, produce
from tts.read import read_article
from tts.show.library import default_show
from tts.show.site import refresh
from tts.speak.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.library import Library


@click.command(
    epilog=f"""{SOURCE_HELP} Several sources become several episodes.

    \b
    Examples:
      voorlezer episode artikel.txt
      voorlezer episode --offline --output bericht.mp3 https://example.org/bericht
      voorlezer episode --voice google --show ~/podcast *.md
    """
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@show_option
@click.option(
    "--voice", metavar="NAME", help="auto, google, espeak, or one that `voorlezer voices` lists. [default: auto]"
)
@click.option("--quote-voice", metavar="NAME", help="The voice of the quotes. [default: one that goes with --voice]")
@offline_option
@pace_option
@click.option("--title", help="Instead of the title in the source, now and later.")
@click.option("--date", callback=iso_date_value, help="Instead of the date in the source: 2023-03-20, or 2023-03.")
@click.option("--author", help="Instead of the author in the source.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.mp3",
    help="Also copy the MP3 there.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, everything else on stderr.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but warnings and errors.")
@debug_option
def episode(
    sources: tuple[str, ...],
    show: str | None,
    voice: str | None,
    quote_voice: str | None,
    offline: bool,
    title: str | None,
    date: str | None,
    author: str | None,
    output: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Turn each SOURCE into an episode of the show.

    The same article made again is the same episode: unchanged, nothing is done; edited, only what changed is spoken
    again. It keeps the voice it was made in unless --voice asks for another.
    """
    if len(sources) > 1 and (title or output):
        raise click.UsageError("--title and --output go with one SOURCE")
    library = open_library(show)
    wishes = Wishes(voice, quote_voice, offline, Edits(title, date, author))
    made: list[dict[str, Any]] = []
    with _where(quiet=quiet, as_json=as_json) as out, Studio() as studio:
        if library.folder == default_show():
            Report(out).show_found(library.folder)
        for source in sources:
            with Report(out) as report:
                try:
                    began = time.monotonic()
                    product = produce(read_article(source), library, studio, wishes, report)
                    refresh(library)
                    if output:
                        _copy(product.audio, output)
                except VoorlezerError as error:
                    if len(sources) == 1:
                        raise
                    fail(error)
                    continue
                took_s = time.monotonic() - began
                report.finished(product, took_s)
                made.append(_as_json(product, library, took_s))
    if as_json:
        print_json(made[0] if len(sources) == 1 else {"episodes": made})
    if len(made) < len(sources):
        click.get_current_context().exit(1)


@contextmanager
def _where(*, quiet: bool, as_json: bool) -> Iterator[TextIO]:
    """The stream for what people read."""
    if quiet:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield nowhere
    else:
        yield sys.stderr if as_json else sys.stdout


def _copy(audio: Path, output: Path) -> None:
    try:
        with whole_file(output) as fresh:
            shutil.copyfile(audio, fresh)
    except OSError as error:
        raise ShowError(
            f"the episode is made ({audio}), but could not be copied to {output}: {error.strerror or error}"
        ) from error


def _as_json(product: Product, library: Library, took_s: float) -> dict[str, Any]:
    made = product.episode
    kinds = [block.kind for block in made.blocks]
    return {
        "state": product.state,
        "title": made.title,
        "date": made.date,
        "author": made.author,
        "speakers": made.speakers,
        "blocks": {kind: kinds.count(kind) for kind in ("narration", "quote", "heading")},
        "voice": made.narrator.label,
        "quote_voice": made.quoted.label,
        "show": library.shown,
        "file": str(product.audio),
        "slug": made.slug,
        "guid": made.guid,
        "revision": made.revision,
        "duration_s": round(made.duration_s, 3),
        "bytes": made.n_bytes,
        "loudness_lufs": made.loudness_lufs and round(made.loudness_lufs, 2),
        "true_peak_dbtp": made.true_peak_dbtp and round(made.true_peak_dbtp, 2),
        "chapters": product.chapters,
        "took_s": round(took_s, 3),
    }
