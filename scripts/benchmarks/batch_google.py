"""A batch in Google's voice, against a stand-in whose limit is drawn by lot and changes midway.

Says how much of what was allowed was used, how many requests were refused, and whether every word is in the episodes:
the stand-in speaks one tone a word, so that words can be counted in the finished audio.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np
from measure import VOORLEZER, run

from tests.speak.google.limits import Bucket
from tests.speak.google.standin import Heard, StandIn
from tts.audio import decode_mp3

if TYPE_CHECKING:
    from collections.abc import Iterator

LATENCY_S = 0.25
SENTENCES = 32
FRAME = 240  # samples: 10 ms; the shortest silence between two words is 70 ms
QUIET = 0.05  # of the loudest frame

PEOPLE = "schipper Aaltje Wiersma|veerman Joris Oldekamp|de jonge molenaar|wethouder Fenna Brugman|de oude havenmeester"
DEEDS = "telde|verkocht|verloor|schilderde|bewaarde|herstelde|vervoerde|bestelde"
THINGS = "kisten met appels|rode lantaarns|houten stoelen|natte zeilen|lege flessen|nieuwe roeispanen|zakken meel"
PLACES = "bij de sluis van Oudeschans|op de kade|achter de smederij|aan de Lange Dijk|voor het gemeentehuis"


@dataclass(frozen=True)
class Limits:
    """Requests a second before and after `changes_after` requests; seconds' worth that may come at once."""

    before: float
    after: float
    burst_s: float
    changes_after: int


def articles(count: int) -> Iterator[tuple[str, str]]:
    """Names and texts; no sentence comes twice."""
    random = Random(2026)  # noqa: S311  # no secret: the same articles every time
    people, deeds, things, places = (words.split("|") for words in (PEOPLE, DEEDS, THINGS, PLACES))
    number = 0
    for article in range(1, count + 1):
        sentences = []
        for at in range(SENTENCES):
            number += random.randint(1, 9)
            who, did, what, where = map(random.choice, (people, deeds, things, places))
            said = f"{who[0].upper()}{who[1:]} {did} vorig jaar {number} {what} {where}."
            sentences.append(f"“{said}”" if at % 8 == 7 else said)
        paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, SENTENCES, 4)]
        yield f"{article:03}.txt", "\n\n".join([f"Het dagboek van de haven, deel {article}", *paragraphs])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def heard_words(mp3: bytes) -> int:
    """How many tones are in the audio, each with silence around it."""
    loudness = np.abs(decode_mp3(mp3).astype(np.float32))
    frames = loudness[: len(loudness) // FRAME * FRAME].reshape(-1, FRAME).max(axis=1)
    is_loud = frames > QUIET * frames.max()
    return int(np.count_nonzero(is_loud[1:] & ~is_loud[:-1])) + int(is_loud[0])


def missing(show: Path, sources: dict[str, str]) -> tuple[int, int, int]:
    """Episodes made, words of the sources that no transcript has, and words spoken that the audio has not."""
    unwritten: Counter[str] = sum((words(text) for text in sources.values()), Counter())
    unheard = 0
    sidecars = [path for path in (show / "episodes").glob("*.json") if len(path.suffixes) == 1]
    for sidecar in sidecars:
        episode = json.loads(sidecar.read_bytes())
        transcript = re.sub(r"<[^>]*>", "", sidecar.with_suffix(".vtt").read_text("utf-8"))
        unwritten.subtract(words("\n".join(line for line in transcript.splitlines() if "-->" not in line)))
        spoken = sum(len(cue["passage"]["text"].split()) for cue in episode["cues"])
        unheard += abs(spoken - heard_words((show / "episodes" / episode["file"]).read_bytes()))
    return len(sidecars), sum((+unwritten).values()), unheard


def follow(stand_in: StandIn, limits: Limits, changed_at: list[float], ended: Event) -> None:
    """Change the limit midway."""
    while not ended.wait(0.02):
        if not changed_at and len(stand_in.heard) >= limits.changes_after and stand_in.limit:
            stand_in.limit.per_second = limits.after
            changed_at.append(time.monotonic())


def show_rates(heard: list[Heard], limits: Limits, changed_at: float) -> None:
    """Allowed, used and refused over the run, ten seconds a line, and in all."""
    passed = [request.at for request in heard if request.manner == "speak"]
    refused = [request.at for request in heard if request.manner != "speak"]
    began, ended = heard[0].at, heard[-1].at

    def allowed(since: float, until: float) -> float:
        changed = min(max(changed_at, since), until)
        return (changed - since) * limits.before + (until - changed) * limits.after

    print(f"{'second':>8} {'allowed/s':>10} {'used/s':>8} {'refused':>8}")
    for at in np.arange(began, ended, 10.0):
        until = min(at + 10, ended)
        used = sum(at <= moment < until for moment in passed) / (until - at)
        n_refused = sum(at <= moment < until for moment in refused)
        print(f"{at - began:8.0f} {allowed(at, until) / (until - at):10.2f} {used:8.2f} {n_refused:8}")
    most_at_once = max(request.under_way for request in heard)
    print(
        f"{len(heard)} requests in {ended - began:.0f} s, at most {most_at_once} at once:"
        f" {len(passed) / allowed(began, ended):.1%} of the allowed rate used, {len(refused)} refused"
        f" ({len(refused) / len(heard):.2%})"
    )


def measure(pace: str, sources: dict[str, str], limits: Limits, refusal: str) -> None:
    changed_at: list[float] = []
    ended = Event()
    with tempfile.TemporaryDirectory() as name, StandIn(latency_s=LATENCY_S) as stand_in:
        folder = Path(name)
        stand_in.limit = Bucket(limits.before, limits.burst_s)
        stand_in.refusal = "429 for 1 s" if refusal == "retry-after" else "429"
        (folder / "articles").mkdir()
        for file, text in sources.items():
            (folder / "articles" / file).write_text(text, "utf-8")
        env = {
            "VOORLEZER_GOOGLE_URL": stand_in.url,
            "REQUESTS_CA_BUNDLE": str(stand_in.ca_bundle),
            "VOORLEZER_GOOGLE_PACE": pace,
            "XDG_CACHE_HOME": f"{folder}/cache",
        }
        follower = Thread(target=follow, args=(stand_in, limits, changed_at, ended))
        follower.start()
        options = ["--voice", "google", "--jobs", "2", "--show", f"{folder}/show"]
        try:
            figures = run([VOORLEZER, "batch", *options, f"{folder}/articles"], env)
        finally:
            ended.set()
            follower.join()
        print(
            f"\npace {pace or 'unset'}: {limits.before:.2f} requests a second allowed, {limits.after:.2f} after"
            f" {limits.changes_after}, {limits.burst_s:.1f} s' worth at once, {refusal}"
        )
        show_rates(stand_in.heard, limits, changed_at[0] if changed_at else stand_in.heard[-1].at)
        made, unwritten, unheard = missing(folder / "show", sources)
        print(
            f"{made} of {len(sources)} articles made, {unwritten} words missing in the transcripts, {unheard} in the"
            f" audio; the command took {figures.wall_s:.0f} s, {figures.cpu_s:.0f} s of the processors",
            flush=True,
        )


def main() -> None:
    """As fast as it is let, then at the default pace, which takes fewer articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the limits")
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--default-articles", type=int, default=6, help="how many of them at the default pace")
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311  # no secret: a run that can be repeated
    before, after = random.uniform(3, 8), random.uniform(3, 8)
    burst_s, refusal = random.uniform(1, 2), random.choice(["retry-after", "no retry-after"])
    for pace, count in (("fastest", arguments.articles), ("", arguments.default_articles)):
        sources = dict(articles(count))
        if sources:
            measure(pace, sources, Limits(before, after, burst_s, count * SENTENCES // 2), refusal)


if __name__ == "__main__":
    main()
