"""Title, date and author as sites set them above a text, and the text that stays whole under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Article

TITLE = "Oude sluis van Oosterveld blijft staan"
BODY = (
    "De gemeente Oosterveld gaat de oude sluis toch niet slopen. Dat heeft het college dinsdag besloten.",
    "“Wij zijn opgelucht”, zegt Wim Jansen, die al dertig jaar naast de sluis woont. “Je hoort het water hier.”",
    "Volgend jaar begint het herstel. Het waterschap betaalt de helft.",
)
H1 = f"<h1>{TITLE}</h1>"
MD = f"# {TITLE}"
DAY, ANNA = "2024-03-12", "Anna de Wit"
BOTH = f"{ANNA} en Els Maes"


def _read(tmp_path: Path, name: str, text: str) -> Article:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return read_article(str(source))


def _page(top: str) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return (
        f'<html lang="nl"><head><title>{TITLE} - De Bode</title></head><body><nav><a href="/">Home</a></nav>'
        f"<main><article>{top}{text}</article></main><footer>© De Bode</footer></body></html>"
    )


def _is(article: Article, date: str | None, author: str | None) -> None:
    assert (article.title, article.date, article.author) == (TITLE, date, author)
    assert [paragraph.text for paragraph in article.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("top", "date", "author"),
    [
        (f"{H1}<div class='meta'>Door {ANNA}<br>12 mrt 2024 om 14:05<br>Update: 2 uur geleden</div>", DAY, ANNA),
        (f"{H1}<p class='vrt-meta'>{ANNA}, Els Maes<br>di 12 mrt 2024 14:05</p>", DAY, BOTH),
        (f"{H1}<p>Van onze verslaggever {ANNA}<br>OOSTERVELD | 12-03-2024, 14:05 | 3 reacties</p>", DAY, ANNA),
        (f"{H1}<div>Geplaatst op <a href='#'>12 maart 2024</a> door <a>{ANNA}</a> in <a>Nieuws</a></div>", DAY, ANNA),
        (f"{H1}<p class='credits'>Tekst <b>{ANNA}</b> Foto <b>Piet Vos</b></p><p>Maart 2024</p>", "2024-03", ANNA),
        (f"{H1}<p><strong>ANNA DE WIT</strong></p><p>BRUSSEL, 12/03/2024 - 14u05</p>", DAY, ANNA),
        (f"<div><p>12 maart 2024 · Regio</p>{H1}<p>door: {ANNA} (tekst) en Piet Vos (foto’s)</p></div>", DAY, ANNA),
        (f"{H1}<div class='entry-meta'>12 maart 2024 door {ANNA} <a>Laat een reactie achter</a></div>", DAY, ANNA),
        (
            f"{H1}<p class='meta'>Door <span>Redactie binnenland</span> · <i>12 maart 2024</i></p>",
            DAY,
            "Redactie binnenland",
        ),
        (f"{H1}<p class='date'>Bijgewerkt: 13 maart 2024</p><p class='date'>Online sinds 12 maart 2024</p>", DAY, None),
        (
            f"{H1}<div class='auteurs'><b>{ANNA}</b><b>Els Maes</b><i>12 maart 2024</i></div>",
            DAY,
            f"{ANNA} en Els Maes",
        ),
        (f"{H1}<dl><dt>Auteur</dt><dd>{ANNA}</dd><dt>Datum</dt><dd>12 maart 2024</dd></dl>", DAY, ANNA),
        (f"{H1}<div><p>Tekst<br>{ANNA}</p><p>Beeld<br>Piet Vos</p></div><p>12 maart 2024</p>", DAY, ANNA),
        (f"{H1}<p>NOS Nieuws • <time>12 maart 2024, 14:05</time> • Aangepast dinsdag, 15:00</p>", DAY, None),
        (f"{H1}<div>Posted on <a>12 maart 2024</a> by <a>{ANNA}</a></div>", DAY, ANNA),
        (f"{H1}<p><em>door ds. {ANNA} – 12 maart 2024</em></p>", DAY, ANNA),
        (
            f"{H1}<figure><img src='a'><figcaption>Foto: Piet Vos, 3 mei 2020</figcaption></figure>",
            None,
            None,
        ),
    ],
)
def test_pages(tmp_path: Path, top: str, date: str | None, author: str | None) -> None:
    _is(_read(tmp_path, "a.html", _page(top)), date, author)


@pytest.mark.parametrize(
    "author",
    ["Jasmijn Oude Veldhuis", "Marie-Claire D'Hoore", "Mo el Idrissi", "Annelies Van den Eynde", "J.P. de Vries",
     "Jan in ’t Veld", "Lies Op den Kamp", "Ömer Aksoy", "Fien Fotograaf-Smit", "Wim Redactie", BOTH],
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "top"),
    [
        ("a.html", f"{H1}<p class='byline'>Door AUTHOR</p><p class='date'>DAY</p>"),
        ("a.html", f"{H1}<div class='meta'>AUTHOR — DAY — leestijd 4 min</div>"),
        ("a.html", f"{H1}<div><span>DAY</span><span>Tekst: AUTHOR</span><span>Beeld: Piet Vos</span></div>"),
        ("a.html", f"{H1}<p class='credits'>Tekst AUTHOR<br>Fotografie Piet Vos<br>DAY</p>"),
        ("a.txt", f"{TITLE}\n\nAUTHOR, DAY\n\n"),
        ("a.txt", f"{TITLE}\n\nVan onze verslaggever AUTHOR\n\nOOSTERVELD, DAY\n\n"),
        ("a.md", f"{MD}\n\n**AUTHOR** | DAY\n\n"),
        ("a.md", f"{MD}\n\n*Tekst: AUTHOR* · *DAY*\n\n"),
    ],
)
def test_any_name_in_any_header(tmp_path: Path, name: str, top: str, author: str) -> None:
    for day in ("12 maart 2024", "di 12/03/2024 - 14u05", "2024-03-12"):
        said = top.replace("AUTHOR", author).replace("DAY", day)
        text = _page(said) if name == "a.html" else said + "\n\n".join(BODY)
        _is(_read(tmp_path, name, text), DAY, author)


def test_a_byline_under_the_text(tmp_path: Path) -> None:
    page = _page(H1).replace("</article>", f"<p class='byline'>Door {ANNA}, 12 maart 2024</p></article>")
    _is(_read(tmp_path, "a.html", page), DAY, ANNA)


def test_the_date_at_the_head_of_the_page_is_todays(tmp_path: Path) -> None:
    page = _page(f"{H1}<p>{ANNA}</p>").replace("<main>", "<div>dinsdag 1 december 2026</div><main>")
    _is(_read(tmp_path, "a.html", page), None, ANNA)


@pytest.mark.parametrize(
    "top",
    [
        f"{MD}\n\n*Door {ANNA}, 12 maart 2024 – leestijd 3 min*",
        f"{MD}\n\n**Auteur:** {ANNA}  \n**Datum:** 2024-03-12  \n**Foto:** Piet Vos",
        f"{MD}\n\n{ANNA}\n12 maart 2024\nFoto: Piet Vos",
        f"{MD}\n\n> Door {ANNA} | 12 maart 2024",
        f"{MD}\n\n##### Door {ANNA}\n\n_12 maart 2024_",
        f"{MD}\n\n- Auteur: {ANNA}\n- Datum: 12 maart 2024",
        f"12 maart 2024\n\n{MD}\n\nDoor [{ANNA}](https://a.nl) | Leestijd 3 minuten\n\n---",
    ],
)
def test_markdown(tmp_path: Path, top: str) -> None:
    _is(_read(tmp_path, "a.md", "\n\n".join([top, *BODY])), DAY, ANNA)


@pytest.mark.parametrize(
    "top",
    [
        f"{TITLE}\n\nANNA DE WIT\nOosterveld, 12 maart 2024",
        f"{TITLE}\n\nVan onze redactrice {ANNA}\n\ndinsdag 12 maart 2024 14:05\n\nFoto: Piet Vos",
        f"{TITLE}\nGeschreven door {ANNA} op 12 maart 2024 om 14:05 uur | 3 min leestijd | 12 reacties",
        f"DE BODE, 12 maart 2024\n\n{TITLE}\n\nVan onze correspondent {ANNA}",
        f"{TITLE}\n\nCOLUMN {ANNA}\n12-03-2024",
    ],
)
def test_text(tmp_path: Path, top: str) -> None:
    _is(_read(tmp_path, "a.txt", "\n\n".join([top, *BODY])), DAY, ANNA)


@pytest.mark.parametrize(
    "title",
    [
        "Ongeschreven",
        "Wat een dag.",
        "Tour de France 2024",
        "Anna de Wit wint",
        "Sluis dicht. En nu?",
        "Luister",
        "Zondag",
    ],
)
def test_titles_over_a_byline(tmp_path: Path, title: str) -> None:
    article = _read(tmp_path, "a.txt", "\n\n".join([title, f"Door {ANNA}", *BODY]))
    assert (article.title, article.author) == (title, ANNA)
    assert [paragraph.text for paragraph in article.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Door de regen stond op 12 maart 2024 alles blank.",
        "Anna de Wit is hoogleraar waterbeheer aan de Universiteit Twente.",
        "12 maart 2024 was een dinsdag.",
    ],
)
def test_what_is_not_sure_stays(tmp_path: Path, line: str) -> None:
    for name, text in (("a.txt", "\n\n".join([TITLE, line, *BODY])), ("a.html", _page(f"{H1}<p>{line}</p>"))):
        article = _read(tmp_path, name, text)
        assert [paragraph.text for paragraph in article.paragraphs] == [line, *BODY]
        assert (article.date, article.author) == (None, None)
