from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tts.errors import InputError, ShowError
from tts.model import Show
from tts.show.library import Library
from tts.show.settings import filled, set_values
from tts.show.start import start, template

CHECKOUT = Path(__file__).resolve().parents[2] / "audio" / "show.toml"
FILES = {"template": template(), "checkout": CHECKOUT.read_text(encoding="utf-8")}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_every_setting_stands_there_once_and_with_a_comment(text: str) -> None:
    body = text[: text.index("\n[lexicon]")]
    named = re.findall(r"^(?:# )?([a-z_]+) = ", body, re.MULTILINE)
    assert sorted([*named, "lexicon"]) == sorted(Show.__dataclass_fields__)
    paragraphs = text.strip().split("\n\n")
    assert all(re.match("# [A-Z]", paragraph) for paragraph in paragraphs)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_what_is_commented_out_goes_without_saying(text: str) -> None:
    """Each line without its "#" is a setting that Voorlezer reads; where the default is a value, it is that value."""
    shown = msgspec.convert(tomllib.loads(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)), Show)
    for name in Show.__dataclass_fields__:
        default = getattr(Show(), name)
        assert getattr(shown, name) == default or default is None
    assert msgspec.convert(tomllib.loads(text), Show) == Show()


def test_a_show_has_what_was_given_and_the_defaults(tmp_path: Path) -> None:
    values = {"title": 'De "Dorps"bode', "colours": ("#000000", "#ffffff"), "owner_email": "a@example.org"}
    show = start(Library(tmp_path / "new" / "show"), values)
    assert show == Show(title='De "Dorps"bode', colours=("#000000", "#ffffff"), owner_email="a@example.org")
    written = (tmp_path / "new" / "show" / "show.toml").read_text(encoding="utf-8")
    assert written.count("\n") == template().count("\n")


def test_a_show_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(ShowError, match="is there already"):
        start(Library(tmp_path), {})
    assert (tmp_path / "show.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    "values",
    [{"url": "ftp://example.org"}, {"title": " "}, {"title": 3}, {"title": "a\udc80"}, {"colours": ["#000000"]}],
)
def test_what_can_not_be_is_refused_before_anything_is_written(values: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        start(Library(tmp_path), values)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def _picture(path: Path, side: int = 1400, colour: str = "red") -> Path:
    Image.new("RGB", (side, side), colour).save(path)
    return path


def test_the_cover_is_brought_into_the_show(tmp_path: Path) -> None:
    cover = _picture(tmp_path / "omslag.png")
    show = start(Library(tmp_path / "show"), {}, cover)
    assert show.cover == "omslag.png"
    assert (tmp_path / "show" / "omslag.png").read_bytes() == cover.read_bytes()


def test_a_cover_in_the_show_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "beeld").mkdir()
    assert start(Library(tmp_path), {}, _picture(tmp_path / "beeld" / "omslag.png")).cover == "beeld/omslag.png"


def test_a_wrong_cover_starts_no_show(tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="100 × 100"):
        start(Library(tmp_path / "show"), {}, _picture(tmp_path / "omslag.png", side=100))
    assert not (tmp_path / "show" / "show.toml").exists()
    assert not (tmp_path / "show" / "omslag.png").exists()


def test_another_picture_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "show").mkdir()
    before = _picture(tmp_path / "show" / "omslag.png", colour="blue").read_bytes()
    with pytest.raises(ShowError, match="another picture"):
        start(Library(tmp_path / "show"), {}, _picture(tmp_path / "omslag.png"))
    assert (tmp_path / "show" / "omslag.png").read_bytes() == before
    assert not (tmp_path / "show" / "show.toml").exists()


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(_TEXTS, _TEXTS, st.none() | _TEXTS)
def test_any_text_is_written_so_that_it_is_read_again(title: str, description: str, author: str | None) -> None:
    given = {"title": title, "description": description, **({"author": author} if author else {})}
    assert tomllib.loads(filled(template(), given)) == {**tomllib.loads(template()), **given}


def test_what_is_set_later_takes_its_place(tmp_path: Path) -> None:
    library = Library(tmp_path)
    start(library, {})
    set_values(library, {"url": "https://example.org/a/", "guid": "g"})
    written = (tmp_path / "show.toml").read_text(encoding="utf-8")
    assert written == template().replace(
        '# url = "https://example.org/podcast/"', 'url = "https://example.org/a/"'
    ).replace('# guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"', 'guid = "g"')


@pytest.mark.parametrize(
    "text",
    [
        'title = "a"\n',
        '[lexicon]\n# url = "x"\nA = "b"\n',
        'description = """\n# url = x\n"""\n',
        'title = "a"\r\n# url = "b"   # c\r\n',
        'colours = [\n"#000000",\n"#ffffff"\n]\n# url = "x"\n',
    ],
)
def test_a_setting_finds_a_place_in_any_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(text, encoding="utf-8", newline="")
    set_values(Library(tmp_path), {"url": "https://example.org/"})
    written = (tmp_path / "show.toml").read_bytes().decode()
    assert tomllib.loads(written) == {**tomllib.loads(text), "url": "https://example.org/"}


def test_a_wrong_setting_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="url"):
        set_values(Library(tmp_path), {"url": "https://"})
    assert not (tmp_path / "show.toml").exists()
