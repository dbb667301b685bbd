"""`voorlezer spoken`: written Dutch in, spoken Dutch out."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import read_library, show_option
from tts.speak.dutch import to_spoken


@click.command(
    epilog="""
    \b
    Examples:
      echo 'De NAVO gaf € 1.250,50 uit.' | voorlezer spoken
      voorlezer spoken --explain < artikel.txt
    """
)
@show_option
@click.option("--explain", is_flag=True, help="Below each line, which rule changed what.")
@debug_option
def spoken(show: str | None, explain: bool) -> None:
    """Print each line of standard input as a newsreader would say it.

    The words under [lexicon] in the show's show.toml win over every rule.
    """
    lexicon = read_library(show).settings().lexicon
    for line in click.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        said = to_spoken(line.rstrip("\r\n"), lexicon)
        click.echo(said.text)
        if explain:
            for rewrite in said.rewrites:
                click.echo(f"    {rewrite.rule}: {rewrite.source} → {rewrite.spoken}")
