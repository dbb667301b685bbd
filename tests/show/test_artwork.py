from __future__ import annotations

import dataclasses
import io
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tts.errors import ShowError
from tts.model import Show
from tts.show import artwork as making
from tts.show.artwork import LEAST, MOST, SMALL_BYTES, Artwork, artwork
from tts.show.library import Library
from tts.show.site import refresh

if TYPE_CHECKING:
    from pathlib import Path


def _picture(size: tuple[int, int] = (1500, 1500), mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(made, kind, **options)
    return made.getvalue()


def _owned(folder: Path, content: bytes, name: str = "mijn.png") -> tuple[Artwork, Image.Image]:
    """The artwork of a show with this cover of its owner's, and its cover opened."""
    (folder / name).write_bytes(content)
    art = artwork(folder, Show(cover=name))
    cover = Image.open(folder / art.cover)
    cover.load()
    return art, cover


def _holds(folder: Path, art: Artwork) -> None:
    """Whatever it was made from, directories accept it."""
    kinds = {".jpg": "JPEG", ".png": "PNG"}
    with Image.open(folder / art.cover) as cover, Image.open(folder / art.small) as small:
        assert cover.format == kinds[art.cover[-4:]]
        assert (cover.mode, small.mode, small.format, small.size) == ("RGB", "RGB", "JPEG", (600, 600))
        assert cover.width == cover.height
        assert LEAST <= cover.width <= MOST
    assert (folder / art.small).stat().st_size < SMALL_BYTES


def test_a_cover_is_drawn(tmp_path: Path) -> None:
    art = artwork(tmp_path / "new", Show())
    _holds(tmp_path / "new", art)
    with Image.open(tmp_path / "new" / art.cover) as cover:
        assert cover.size == (3000, 3000)
    assert (tmp_path / "new" / art.cover).stat().st_size < 512_000
    assert art.small == art.cover.replace(".png", ".600.jpg")


def test_the_same_show_gives_the_same_bytes_and_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_drawing", making._drawing.__wrapped__)  # type: ignore[attr-defined]
    art = artwork(tmp_path, Show(title="De krant"))
    first = [(tmp_path / name).read_bytes() for name in dataclasses.astuple(art)]
    stamps = [(tmp_path / name).stat().st_mtime_ns for name in dataclasses.astuple(art)]
    assert artwork(tmp_path, Show(title="De krant")) == art
    assert [(tmp_path / name).stat().st_mtime_ns for name in dataclasses.astuple(art)] == stamps
    artwork(tmp_path / "other", Show(title="De krant", description="x", language="nl-be"))
    assert [(tmp_path / "other" / name).read_bytes() for name in dataclasses.astuple(art)] == first


def test_what_is_missing_is_made_again(tmp_path: Path) -> None:
    art = artwork(tmp_path, Show())
    for name in dataclasses.astuple(art):
        was = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        assert artwork(tmp_path, Show()) == art
        assert (tmp_path / name).read_bytes() == was


def test_names_change_with_title_and_colours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(making, "_are_there", lambda _folder, _art: True)
    shows = [Show(), Show(title="A"), Show(colours=("#000000", "#ffffff")), Show(colours=("#ffffff", "#000000"))]
    assert len({artwork(tmp_path, show).cover for show in shows}) == len(shows)


def test_nothing_heavy_is_loaded_for_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mijn.png").write_bytes(_picture())
    shows = "Show(), Show(cover='mijn.png')"
    code = (
        "import sys, pathlib\nfrom tts.model import Show\nfrom tts.show.artwork import artwork\n"
        f"for show in ({shows}): artwork(pathlib.Path({str(tmp_path)!r}), show)\nprint('PIL' in sys.modules)"
    )
    loaded = [subprocess.check_output([sys.executable, "-c", code], text=True).strip() for _ in range(2)]
    assert loaded == ["True", "False"]


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG")])
@pytest.mark.parametrize("side", [LEAST, MOST])
def test_an_owners_cover_that_is_right_is_taken_as_it_is(name: str, kind: str, side: int, tmp_path: Path) -> None:
    content = _picture((side, side), kind=kind)
    art, _ = _owned(tmp_path, content, name)
    assert (tmp_path / art.cover).read_bytes() == content
    assert (tmp_path / name).read_bytes() == content
    _holds(tmp_path, art)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("transparent.png", _picture(mode="RGBA")),
        ("grey-transparent.png", _picture(mode="LA")),
        ("grey.jpg", _picture(mode="L", kind="JPEG")),
        ("palette.png", _picture(mode="P")),
        ("palette-transparent.png", _picture(mode="P", transparency=0)),
        ("colour-transparent.png", _picture(transparency=(0, 0, 0))),
        ("print.jpg", _picture(mode="CMYK", kind="JPEG")),
        ("large.png", _picture((3001, 3001))),
        ("really-a-jpeg.png", _picture(kind="JPEG")),
        ("really-a-png.jpg", _picture()),
        ("no-extension", _picture()),
        ("web.webp", _picture(kind="WEBP")),
        ("old.gif", _picture(mode="P", kind="GIF")),
        ("bitmap.bmp", _picture(kind="BMP")),
        ("scan.tiff", _picture(kind="TIFF")),
        ("one-bit.png", _picture(mode="1")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_only_needs_conversion_is_converted(name: str, content: bytes, tmp_path: Path) -> None:
    art, cover = _owned(tmp_path, content, name)
    _holds(tmp_path, art)
    assert art.cover.endswith(".jpg")
    assert (tmp_path / art.cover).stat().st_size <= making.COVER_BYTES
    assert artwork(tmp_path, Show(cover=name)) == art
    dark, light = cover.getpixel((700, 30)), cover.getpixel((700, cover.height - 30))
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert sum(light) - sum(dark) > 300  # it is still the same picture
    assert (tmp_path / name).read_bytes() == content


def test_the_ground_comes_behind_what_is_transparent(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (1400, 1400), (0, 0, 0, 0)).save(made, "PNG")
    _, cover = _owned(tmp_path, made.getvalue())
    shown = cover.getpixel((5, 5))
    assert isinstance(shown, tuple)
    assert max(abs(a - b) for a, b in zip(shown, (0x12, 0x3C, 0x4A), strict=True)) <= 2
    other = artwork(tmp_path, Show(cover="mijn.png", colours=("#ffffff", "#000000")))
    assert Image.open(tmp_path / other.cover).getpixel((5, 5)) == (255, 255, 255)


def test_a_camera_that_lay_on_its_side_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _, cover = _owned(tmp_path, _picture(kind="JPEG", exif=exif), "a.jpg")
    left, right = cover.getpixel((30, 700)), cover.getpixel((1470, 700))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert sum(left) - sum(right) > 300
    assert 0x0112 not in cover.getexif()


def test_colours_of_another_profile_come_out_the_same(tmp_path: Path) -> None:
    """A profile with red and blue exchanged, so that a conversion can be seen."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * 20, 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    made = io.BytesIO()
    Image.new("RGB", (1400, 1400), "#d01020").save(made, "WEBP", lossless=True, icc_profile=bytes(profile))
    _, cover = _owned(tmp_path, made.getvalue())
    shown = cover.getpixel((5, 5))
    assert isinstance(shown, tuple)
    assert (shown[0] < 60, shown[2] > 180) == (True, True)


def test_a_wrong_profile_is_left_out(tmp_path: Path) -> None:
    art, cover = _owned(tmp_path, _picture(mode="CMYK", kind="JPEG", icc_profile=b"none"), "a.jpg")
    _holds(tmp_path, art)
    assert "icc_profile" not in cover.info


def test_noise_still_fits_in_every_mp3(tmp_path: Path) -> None:
    noise = io.BytesIO()
    Image.effect_noise((1400, 1400), 200).convert("RGB").save(noise, "PNG")
    _holds(tmp_path, _owned(tmp_path, noise.getvalue())[0])


def _bomb(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_picture((1500, 1400)), "1500 × 1400 pixels; crop it to a square"),
        (_picture((1399, 1399)), "1399 × 1399 pixels; give one of 1400 to 3000"),
        (b"", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1500 1500\n", "no picture"),
        (_picture()[:2000], "damaged"),
        (_picture(kind="JPEG")[:9000], "damaged"),
        (_bomb(10_000, 10_000), "far too large"),
        (_bomb(60_000, 60_000), "far too large"),
        (_bomb(2000, 2000), "damaged"),
        (_picture(mode="I;16"), "more than 8 bits"),
        (_picture(mode="F", kind="TIFF"), "more than 8 bits"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_can_be_no_cover_is_refused_in_one_line(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "mijn.png").write_bytes(content)
    with pytest.raises(ShowError, match=said) as error:
        artwork(tmp_path, Show(cover="mijn.png"))
    assert "mijn.png" in str(error.value)
    assert ";" in str(error.value)
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["mijn.png"]


@pytest.mark.parametrize("name", ["nee.png", "."])
def test_a_cover_that_is_not_there_is_an_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="mend `cover`"):
        artwork(tmp_path, Show(cover=name))


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ShowError, match="can't be written"):
        artwork(tmp_path / "file" / "show", Show())


_SOUND = [_picture((1400, 1400), kind="JPEG"), _picture((1400, 1400), mode="P"), _picture((1400, 1400), kind="GIF")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_SOUND), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_file_gives_a_cover_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("show")
    damaged = bytearray(content)
    for at, value in changes:
        damaged[at] = value
    (folder / "mijn.jpg").write_bytes(damaged)
    try:
        art = artwork(folder, Show(cover="mijn.jpg"))
    except ShowError:
        return
    _holds(folder, art)


@pytest.mark.parametrize("name", ["cover.original.png", "cover.0123abcd.png"])
def test_the_owners_file_stays_whatever_its_name(name: str, tmp_path: Path) -> None:
    library = Library(tmp_path)
    refresh(library)
    drawn = sorted(path.name for path in tmp_path.glob("cover.*"))
    (tmp_path / name).write_bytes(_picture())
    (tmp_path / "show.toml").write_text(f'cover = "{name}"\n', encoding="utf-8")
    refresh(library)
    refresh(library)
    left = {path.name for path in tmp_path.glob("cover.*")}
    assert left == {name, *dataclasses.astuple(artwork(tmp_path, Show(cover=name)))}
    assert not left & set(drawn)
