"""`voorlezer serve`: the show for a phone in this network."""

from __future__ import annotations

import ipaddress
import sys
from typing import TYPE_CHECKING

import click

from tts.cli.main import debug_option
from tts.cli.options import read_library_and_audio, show_option
from tts.errors import ShowError

if TYPE_CHECKING:
    from tts.show.library import Library

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- the point is the phone on the sofa; the output says who can listen
_WHITE_ON_BLACK = "\033[38;5;231;48;5;16m"  # of the 256 colours, which no theme changes: a code must not be inverted
_PLAIN = "\033[0m"


@click.command(
    epilog="""Everybody in this network can listen while it runs; --host 127.0.0.1 keeps it on this machine.

    \b
    Examples:
      voorlezer serve
      voorlezer serve --port 8080 --show ~/podcast
    """
)
@show_option
@click.option("--host", default=EVERYWHERE, help="The address of this machine to listen on. [default: all of them]")
@click.option("--port", type=click.IntRange(0, 65535), help="[default: 8000, or the next one that is free]")
@click.option("--behind-proxy", is_flag=True, help="Believe X-Forwarded-Proto; only behind a proxy that sets it.")
@click.option("--verbose", "-v", is_flag=True, help="One line for each request.")
@debug_option
def serve(show: str | None, host: str, port: int | None, behind_proxy: bool, verbose: bool) -> None:
    """Let phones and computers in this network subscribe to the show.

    Prints the address to subscribe to, and a QR code that opens the show's page on a phone. Ctrl-C stops.
    """
    from tts.show import serve as server
    from tts.show.site import refresh

    library = read_library_and_audio(show)
    if not library.folder.is_dir():
        raise ShowError(f"there is no show in {library.shown}; make an episode first, or name a show with --show")
    refresh(library)
    listening = server.listen_somewhere(host) if port is None else server.listen(host, port)
    taken = listening.getsockname()[1]
    if port is None and taken != server.DEFAULT_PORT:
        click.echo(f"Port {server.DEFAULT_PORT} is taken by another program; this is port {taken}.")
    _introduce(library, host, server.lan_address(), taken)
    server.serve(library, listening, verbose=verbose, behind_proxy=behind_proxy)


def _introduce(library: Library, host: str, lan: str | None, port: int) -> None:
    """Say where the show can be had, and by whom."""
    everywhere = host in {EVERYWHERE, "::"}
    shown = (lan or "127.0.0.1") if everywhere else host
    base = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    click.echo(click.style(library.settings().title, bold=True) + f"  {library.shown}")
    for label, address in (("subscribe", f"{base}feed.xml"), ("page", base)):
        click.echo(f"  {click.style(f'{label:<11}', dim=True)}{click.style(address, fg='green')}")
    if everywhere and lan is None:
        click.echo("This machine is in no network now: only programs on it can reach the show.")
    elif _is_here_only(shown):
        click.echo("Only programs on this machine can reach the show.")
    else:
        click.echo("Everybody in this network can listen; --host 127.0.0.1 keeps it on this machine.")
        if sys.stdout.isatty():
            click.echo(qr_code(base), nl=False)
            click.echo("Point the camera of a phone in this network at it to open the page.")
    click.echo("Ctrl-C stops.")


def qr_code(text: str) -> str:
    """A QR code for a terminal, dark on light on any theme, two modules high a line."""
    import io

    import segno

    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, compact=True)
    return "".join(f"{_WHITE_ON_BLACK}{line}{_PLAIN}\n" for line in out.getvalue().splitlines())


def _is_here_only(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
