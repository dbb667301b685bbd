"""The episode of 4,000 characters: cold, made again, unchanged, one edit; beside the peer and the floor."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import ARTICLE, ROOT, VOORLEZER, Run, head, median, need, row, run

# The floor and the peer speak at our pace, 150 words a minute: at espeak-ng's own there is a sixth less audio to make.
SPOKEN = 'espeak-ng -v nl -s 150 --stdin --stdout <"$1"'
FLOOR = SPOKEN + ' | ffmpeg -loglevel error -y -f wav -i - -ar 24000 -ac 1 -b:a 64k "$2"'
OUR_TARGETS = {"cold": 1.3, "made again": 1.0, "unchanged": 0.4, "one edit": 1.1}  # times the floor


class Bench:
    """The states of one article, in folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.article = folder / "artikel.txt"
        self.show = folder / "show"
        self.env = {"XDG_CACHE_HOME": str(folder / "cache")}
        self.mp3 = str(folder / "out.mp3")
        self.text = ARTICLE.read_text(encoding="utf-8")
        self.edits = 0
        self.article.write_text(self.text, encoding="utf-8")

    def _voorlezer(self) -> Run:
        options = ["--offline", "--voice", "espeak:nl", "--show", str(self.show)]
        return run([VOORLEZER, "episode", *options, str(self.article)], self.env)

    def cold(self) -> Run:
        shutil.rmtree(self.show, ignore_errors=True)
        shutil.rmtree(self.env["XDG_CACHE_HOME"], ignore_errors=True)
        return self._voorlezer()

    def made_again(self) -> Run:
        shutil.rmtree(self.show)
        return self._voorlezer()

    def unchanged(self) -> Run:
        return self._voorlezer()

    def one_edit(self) -> Run:
        self.edits += 1
        edited = self.text.replace("een stoel of een dag werk", f"een stoel of {self.edits} dagen werk")
        if edited == self.text:
            sys.exit("bench: the sentence to edit is no longer in the example article")
        self.article.write_text(edited, encoding="utf-8")
        return self._voorlezer()

    def naive(self) -> Run:
        return run([sys.executable, str(ROOT / "scripts/benchmarks/naive.py"), str(self.article), self.mp3])

    def floor(self) -> Run:
        return run(["sh", "-c", FLOOR, "floor", str(self.article), self.mp3])


def main() -> None:
    """Interleave all six, and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    n_runs = parser.parse_args().runs
    need("espeak-ng", "ffmpeg", "ffprobe")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        kinds = {
            "cold": bench.cold,
            "made again": bench.made_again,
            "unchanged": bench.unchanged,
            "one edit": bench.one_edit,
            "naive": bench.naive,
            "floor": bench.floor,
        }
        for measure in kinds.values():  # files and compiled modules warm up
            measure()
        runs: dict[str, list[Run]] = {name: [] for name in kinds}
        for _ in range(n_runs):
            for name, measure in kinds.items():
                runs[name].append(measure())
    medians = {name: median(found) for name, found in runs.items()}
    print(f"{len(bench.text)} characters, medians of {n_runs} interleaved runs, whole processes")
    head()
    floor_s, naive_s = medians["floor"].wall_s, medians["naive"].wall_s
    for name, figures in medians.items():
        target = f" (at most {OUR_TARGETS[name]})" if name in OUR_TARGETS else ""
        faster = f", naive takes {naive_s / figures.wall_s:.1f} times as long" if name == "cold" else ""
        row(name, figures, f"{figures.wall_s / floor_s:.2f} of the floor{target}{faster}")


if __name__ == "__main__":
    main()
