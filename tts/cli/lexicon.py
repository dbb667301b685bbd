"""`voorlezer lexicon`: words that may be said wrong, how they sound, and how they are to be said."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tts.atomic import whole_file
from tts.cli.main import debug_option
from tts.cli.options import SOURCE_HELP, offline_option, open_library, print_json, read_library, show_option
from tts.errors import CodecError, InputError

if TYPE_CHECKING:
    from tts.show.library import Library
    from tts.speak.dutch.doubtful import Doubt


@click.command(
    epilog=f"""{SOURCE_HELP}

    \b
    Examples:
      voorlezer lexicon artikel.txt
      voorlezer lexicon --hear Galljamov --offline
      voorlezer lexicon --add Galljamov Galjámof
    """
)
@click.argument("source", required=False)
@click.option("--hear", metavar="WORD", help="Write an MP3 of WORD as it would be spoken now.")
@click.option("--add", nargs=2, metavar="WORD SPOKEN", help="Say WORD as SPOKEN in this show from now on.")
@show_option
@click.option("--voice", metavar="NAME", help="With --hear: as for an episode. [default: the show's]")
@offline_option
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.mp3",
    help="With --hear: where to. [default: WORD.mp3, here]",
)
@click.option("--json", "as_json", is_flag=True, help="With SOURCE: the words as one JSON object.")
@debug_option
def lexicon(
    source: str | None,
    hear: str | None,
    add: tuple[str, str] | None,
    show: str | None,
    voice: str | None,
    offline: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """List the words of SOURCE that a voice may say wrong; hear one, or enter how it is to be said.

    Words that the lexicon has are not listed. SPOKEN is written as a Dutch reader would read it. Episodes made again
    afterwards speak only the passages in which WORD stands.
    """
    if sum(given is not None for given in (source, hear, add)) != 1:
        raise click.UsageError("give one of SOURCE, --hear WORD and --add WORD SPOKEN")
    if hear is None and (voice or offline or output):
        raise click.UsageError("--voice, --offline and --output go with --hear")
    if source is None and as_json:
        raise click.UsageError("--json goes with SOURCE")
    library = read_library(show) if add is None else open_library(show)
    if add is not None:
        _add(library, *add)
    elif hear is not None:
        _hear(library, hear, voice, output or Path(_file_name(hear)), offline=offline)
    elif source is not None:
        found = _doubtful(source, library)
        if as_json:
            print_json({"words": [dataclasses.asdict(doubt) for doubt in found]})
        else:
            _print_words(found)


def _doubtful(source: str, library: Library) -> tuple[Doubt, ...]:
    from tts.read import read_article
    from tts.segment import segment
    from tts.segment.title import title_from
    from tts.speak.dutch.doubtful import doubtful
    from tts.speak.script import script

    settings = library.settings()
    article = read_article(source)
    blocks = segment(article)
    lines = script(article, article.title or title_from(blocks), blocks, settings)
    return doubtful((line.text for line in lines if line.kind != "announcement"), settings.lexicon)


def _print_words(found: tuple[Doubt, ...]) -> None:
    if not found:
        click.echo("No doubtful words.")
    for doubt in found:
        times = f" ({doubt.n} times)" if doubt.n > 1 else ""
        said = "" if doubt.spoken == doubt.word else f" → {doubt.spoken}"
        click.echo(f"{click.style(doubt.word, bold=True)}{said}{times}  {doubt.reason}")
        click.echo(click.style(f"    {doubt.context}", dim=True))


def _add(library: Library, word: str, spoken: str) -> None:
    from tts.show.settings import enter_word

    before = enter_word(library, word, spoken)
    was = f" (it was {before})" if before is not None else ""
    click.echo(f"{word} is now said {spoken}{was}, in {library.shown}/show.toml")


def _hear(library: Library, word: str, voice: str | None, output: Path, *, offline: bool) -> None:
    """The word as a passage of its own, mastered like an episode."""
    from tts.produce import takes
    from tts.speak.cast import choose
    from tts.speak.script import Line, passages
    from tts.speak.studio import Studio
    from tts.stitch import master

    settings = library.settings()
    cast = choose(voice or settings.voice, None, offline=offline)
    said = passages([Line("narration", "narrator", word)], cast.max_chars, settings.lexicon)
    if not said:
        raise InputError(f"{word!r} has no letter to say; give a word")
    try:
        with Studio() as studio, whole_file(output) as fresh:
            voices = studio.voices(cast, offline=offline)
            master(lambda: takes(said, voices), fresh)
    except OSError as error:
        raise CodecError(f"cannot write {output}: {error.strerror or error}") from error
    spoken = " ".join(passage.text for passage in said)
    click.echo(f"{output}: {word}, said “{spoken}” by {cast.narrator.label} ({cast.why})")


def _file_name(word: str) -> str:
    return (re.sub(r"[^\w’'-]+", "-", word).strip("-")[:60] or "woord") + ".mp3"
