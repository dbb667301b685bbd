"""The command `voorlezer` and what all its subcommands share."""

from __future__ import annotations

import builtins
import importlib
import os
import signal
import sys
import traceback
from typing import Any

import click

from tts import __version__
from tts.errors import VoorlezerError

# A clip is resampled by one small product of matrices; more threads for it only wait for each other (`scripts/bench
# audio`). Said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# name -> module in tts.cli that holds a click command of that name; loaded only when it is asked for
COMMANDS = (
    "init",
    "episode",
    "batch",
    "follow",
    "preview",
    "list",
    "edit",
    "remove",
    "feed",
    "move",
    "serve",
    "publish",
    "check",
    "spoken",
    "lexicon",
    "voices",
    "cache",
)


class _Commands(click.Group):
    """Loads a subcommand when it is used, and turns an error into one line and exit code 1."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if hasattr(builtins, cmd_name) else cmd_name  # `list` is taken in Python
        command: click.Command = getattr(importlib.import_module(f"tts.cli.{cmd_name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VoorlezerError as error:
            fail(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\nvoorlezer: stopped; the same command goes on where this one was", err=True)
            ctx.exit(128 + signal.SIGINT)


def fail(error: VoorlezerError) -> None:
    """Say on stderr what went wrong, in one line; with --debug, how it came to it, too."""
    if click.get_current_context().find_root().meta.get("debug"):
        traceback.print_exception(error)
    click.echo(click.style("voorlezer: ", fg="red") + " ".join(str(error).split()), err=True)


def debug_option(command: Any) -> Any:
    """Add --debug."""

    def remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        ctx.find_root().meta["debug"] = value

    return click.option(
        "--debug", is_flag=True, expose_value=False, callback=remember, help="On an error, show the traceback too."
    )(command)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="""
    \b
    Examples:
      voorlezer episode artikel.txt                  makes the episode of an article
      voorlezer episode https://example.org/bericht  of a web page
      voorlezer preview artikel.txt                  shows who will be heard saying what
      voorlezer voices                               shows which voices this machine has
    """,
)
@click.version_option(__version__, message="voorlezer %(version)s")
def voorlezer() -> None:
    """Turn Dutch articles into podcast episodes."""


def main() -> None:
    """Run the command."""
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":  # Dutch goes out as UTF-8, whatever the locale says
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    voorlezer(prog_name="voorlezer")
