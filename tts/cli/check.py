"""`voorlezer check`: whether the show is what podcast apps and directories ask for."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tts.cli.bar import Bar
from tts.cli.main import debug_option
from tts.cli.options import print_json, read_library_and_audio, show_option
from tts.show import check as checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.show.check.finding import Finding
    from tts.show.library import Library

_SHOWN = 10  # of one rule; a show that was renamed has the same advice for every episode
_COLOURS = {"error": "red", "advice": "yellow"}
_SIGNS = {"error": "✗", "advice": "!"}


@click.command(
    epilog="""
    \b
    Examples:
      voorlezer check
      voorlezer check --probe https://example.org/podcast/
      voorlezer check --json | jq -r '.findings[].where'
    """
)
@show_option
@click.option("--probe", "url", metavar="URL", help="Also ask the server there: of the show's folder, or its feed.xml.")
@click.option("--measure", is_flag=True, help="Also decode every MP3, and measure loudness and peaks again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@debug_option
def check(show: str | None, url: str | None, measure: bool, as_json: bool) -> None:
    """Look whether feed, audio, tags, transcripts, chapters and cover are as podcast apps and directories want them.

    An error is what they may refuse, or what is broken; advice makes the show better. Each finding says what to do.
    With an error the exit code is 1.
    """
    library = read_library_and_audio(show)
    found = list(_found(library, url, measure=measure))
    n_errors = sum(finding.severity == "error" for finding in found)
    if as_json:
        counts = {"errors": n_errors, "advice": len(found) - n_errors}
        print_json({"show": library.shown, **counts, "findings": [asdict(finding) for finding in found]})
    else:
        _print(found, library)
    if n_errors:
        click.get_current_context().exit(1)


def _found(library: Library, url: str | None, *, measure: bool) -> Iterator[Finding]:
    with Bar("checking", sys.stderr) as progress:
        yield from checks.findings(library, progress)
    if measure:
        with Bar("measuring", sys.stderr) as progress:
            yield from checks.measurements(library, progress)
    if url:
        yield from checks.probe(url)


def _print(found: Sequence[Finding], library: Library) -> None:
    of_each = {severity: [one for one in found if one.severity == severity] for severity in ("error", "advice")}
    for severity, findings in of_each.items():
        for line in _lines(findings):
            click.echo(f"{click.style(_SIGNS[severity], fg=_COLOURS[severity])} {line}")
        if findings:
            click.echo()
    errors, advice = (len(findings) for findings in of_each.values())
    click.echo(f"{library.shown}: {_count(errors, advice)}")


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each; where one rule finds very much, the rest of it in a line."""
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    for of_rule in by_rule.values():
        for one in of_rule[:_SHOWN]:
            yield f"{click.style(one.where, bold=True)}: {one.what} {click.style(f'→ {one.remedy}', fg='cyan')}"
        if len(of_rule) > _SHOWN:
            yield click.style(f"… and {len(of_rule) - _SHOWN:,} more like this; --json lists them all", dim=True)


def _count(n_errors: int, n_advice: int) -> str:
    if not n_errors and not n_advice:
        return click.style("nothing to mend", fg="green")
    errors = click.style(f"{n_errors} error{'s' * (n_errors != 1)}", fg="red" if n_errors else "green")
    return f"{errors}, {n_advice} piece{'s' * (n_advice != 1)} of advice"
