"""Google's voice against a stand-in on loopback that answers after 250 ms, beside `gTTS.save()` a paragraph."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from measure import ARTICLE, ROOT, VOORLEZER, Run, head, row, run

from tests.speak.google.standin import StandIn

LATENCY_S = 0.25
PACES = {"ours, pace off": "off", "ours, default pace": ""}


def _ours(article: Path, env: dict[str, str]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        options = ["--voice", "google", "--show", f"{folder}/show"]
        return run([VOORLEZER, "episode", *options, str(article)], {**env, "XDG_CACHE_HOME": f"{folder}/cache"})


def _gtts(article: Path, env: dict[str, str]) -> Run:
    return run([str(ROOT / ".venv/bin/python"), str(ROOT / "scripts/benchmarks/naive_google.py"), str(article)], env)


def main() -> None:
    """Each way once, over the whole article; the network's latency is most of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?", type=Path, default=ARTICLE)
    article = parser.parse_args().article
    head()
    with StandIn(latency_s=LATENCY_S) as stand_in:
        env = {"VOORLEZER_GOOGLE_URL": stand_in.url, "REQUESTS_CA_BUNDLE": str(stand_in.ca_bundle)}

        def show(name: str, figures: Run, heard_before: int, peer_s: float) -> None:
            n_requests = len(stand_in.heard) - heard_before
            row(name, figures, f"{n_requests} requests, {peer_s / figures.wall_s:.1f} times as fast as gTTS.save()")

        _gtts(article, env)  # the stand-in makes each sound once; that is not the network's time
        before = len(stand_in.heard)
        peer = _gtts(article, env)
        show("gTTS.save() a paragraph", peer, before, peer.wall_s)
        for name, pace in PACES.items():
            before = len(stand_in.heard)
            show(name, _ours(article, {**env, "VOORLEZER_GOOGLE_PACE": pace}), before, peer.wall_s)


if __name__ == "__main__":
    main()
