"""A small show made by the program itself, from articles to audio, and served as `voorlezer serve` serves it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from click.testing import CliRunner

from tts.cli.main import voorlezer
from tts.show.serve import application, listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tts.show.library import Library

SETTINGS = """\
title = "Dorpspraat & meer"
description = "Nieuws uit de dorpen – om naar te luisteren."
language = "nl-nl"
author = "Redactie Dorpspraat"
category = "News > Daily News"
owner_name = "Ida Zijlstra"
owner_email = "post@dorpspraat.example"
copyright = "© Dorpspraat"
url = "https://dorpspraat.example/luister/"
"""
CLOCK = """\
De kerkklok van Aardswoud slaat weer

Door Ilse Hofman
12 maart 2024

Na elf jaar stilte slaat de klok van Aardswoud weer. Zaterdag om twaalf uur stond het halve dorp op het plein.

“Ik had niet gedacht dat ik dat geluid nog eens zou horen”, zegt koster Wim Tuinman. Hij trok zelf aan het touw.

Een wiel uit Gent

Het tandwiel kwam uit Gent en kostte € 3.450,50. “Niemand in Nederland maakt ze nog”, zegt restaurateur Lotte Claes. \
De klok wordt nu elke maandag opgewonden.
"""
FERRY_URL = "https://nieuws.example/veer?id=7&van=noord"
FERRY_TITLE = "Veer & brug: “samen” vaart ’t 3 × beter, zegt Döndü 🚢"
FERRY = f"""\
---
title: '{FERRY_TITLE.replace("'", "''")}'
author: Sjoerd Ó Faoláin
date: 2024-04
url: {FERRY_URL}
---
Het veer vaart weer, met plaats voor 12 fietsers & 1 tractor. Op het bord staat: “a < b && c > d”.

> Wie wacht, die vaart.
>
> — Döndü Yılmaz, schipper
"""
MARKET = """\
Markt verhuist naar de Kade

De weekmarkt staat vanaf juni niet meer op het Raadhuisplein, maar op de Kade. Er is plaats voor 38 kramen.
"""
MARKET_CORRECTED = MARKET.replace("38 kramen", "46 kramen")
LIBRARY = """\
Leeszaal open op zondag

De leeszaal van Heerdermeer gaat ook op zondag open. “Eindelijk”, zegt lezer Bram Oord.
"""


def make_episode(library: Library, name: str, text: str) -> None:
    """Make, or make again, the episode of the article with this file name."""
    articles = library.folder.parent / "articles"
    articles.mkdir(exist_ok=True)
    (articles / name).write_text(text, encoding="utf-8")
    arguments = ["--quiet", "--offline", "--voice", "espeak:nl", "--show", str(library.folder), str(articles / name)]
    result = CliRunner().invoke(voorlezer, ["episode", *arguments], catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(result.output)


def make_show(library: Library) -> None:
    """Three episodes: plain text with two people, Markdown full of signs, and one that was corrected."""
    library.folder.mkdir()
    (library.folder / "show.toml").write_text(SETTINGS, encoding="utf-8")
    make_episode(library, "klok.txt", CLOCK)
    make_episode(library, "veer.md", FERRY)
    make_episode(library, "markt.txt", MARKET)
    make_episode(library, "markt.txt", MARKET_CORRECTED)


@contextmanager
def served(library: Library) -> Iterator[str]:
    """The address of the show, which is served meanwhile on a free port of this machine."""
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        application(library), http="h11", ws="none", lifespan="off", proxy_headers=False, log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.005)
    try:
        host, port = listening.getsockname()
        yield f"http://{host}:{port}/"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def clean_environment(home: Path) -> dict[str, str]:
    """For programs that are not ours: nothing of this Python's, and a home of their own."""
    return {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
