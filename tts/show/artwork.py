"""The cover of the show: the owner's, or one drawn from title and colours.

Pillow is loaded only when a file has to be made: names come from what decides the picture, and not from its bytes.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.atomic import write_whole
from tts.errors import ShowError

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from tts.model import Show

DRAWING = 1  # another number gives every drawn cover another name: raise it whenever `tts.show.drawing` draws otherwise
CONVERSION = 1  # the same for owner's covers
LEAST, MOST = 1400, 3000  # pixels; Apple's limits
SMALL = 600
SMALL_BYTES = 60_000  # it goes into every MP3
COVER_BYTES = 512_000  # what directories like to fetch
_QUALITIES = (90, 86, 82, 78, 74, 70, 65, 60, 50, 40, 30, 20, 10)
_READ = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")  # not all that Pillow knows: some of it starts programs
_KEPT = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"}  # of 8 bits; others would lose their light
_TRANSPARENT = {"LA", "PA", "RGBA"}
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Artwork:
    """Files in the show folder whose names change with what decides the picture.

    cover : square, 1400 to 3000 px, RGB, JPEG or PNG as its name says. small : the same as a JPEG of 600 px and at most
    60 kB, for tags and pages.
    """

    cover: str
    small: str


def artwork(folder: Path, show: Show) -> Artwork:
    """The cover of the show, made where it is not there yet; the same settings and file give the same bytes.

    The owner's file is taken as it is when podcast directories accept it. What only needs conversion is converted to a
    JPEG: another format or extension, more than 3000 px, transparency (the ground colour comes behind it), CMYK, grey,
    a camera's note that it lies on its side.
    Raises: ShowError when the owner's file is not there, is no picture, is not square or is too small, and when the
    folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _drawn(folder, show) if show.cover is None else _owners(folder, show, show.cover)
    except OSError as error:
        where = error.filename or folder
        raise ShowError(f"the cover can't be written: {error.strerror or error} ({where})") from error


def _drawn(folder: Path, show: Show) -> Artwork:
    digest = _digest(f"{DRAWING}\0{show.title}\0{show.colours}".encode("utf-8", "surrogatepass"))
    art = Artwork(f"cover.{digest}.png", f"cover.{digest}.600.jpg")
    if not _are_there(folder, art):
        _write(folder, art, *_drawing(show.title, show.colours))
    return art


def _drawing(title: str, colours: tuple[str, str]) -> tuple[bytes, bytes]:
    """A drawn cover, and the same small."""
    from tts.show.drawing import draw

    picture = draw(title, *colours)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue(), _small(picture)


def _owners(folder: Path, show: Show, name: str) -> Artwork:
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ShowError(
            f"the cover {path} can't be read ({error.strerror or error}); mend `cover` in show.toml, or take it out"
        ) from error
    digest = _digest(f"{CONVERSION}\0{show.colours[0]}\0{path.suffix.lower()}\0".encode() + content)
    choices = [Artwork(f"cover.{digest}{suffix}", f"cover.{digest}.600.jpg") for suffix in (".jpg", ".png")]
    for art in choices:
        if _are_there(folder, art):
            return art
    picture = _opened(path, content)
    is_kept = _is_accepted(picture, path)
    art = choices[is_kept and picture.format == "PNG"]
    converted = _converted(picture, show.colours[0])
    _write(folder, art, content if is_kept else _jpeg(converted, COVER_BYTES), _small(converted))
    return art


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _are_there(folder: Path, art: Artwork) -> bool:
    return (folder / art.cover).is_file() and (folder / art.small).is_file()


def _write(folder: Path, art: Artwork, cover: bytes, small: bytes) -> None:
    write_whole(folder / art.cover, cover)
    write_whole(folder / art.small, small)


def _small(picture: Image.Image) -> bytes:
    from PIL.Image import Resampling

    return _jpeg(picture.resize((SMALL, SMALL), Resampling.LANCZOS, reducing_gap=2.0), SMALL_BYTES)


def _opened(path: Path, content: bytes) -> Image.Image:
    """The picture, whole, and of a size and kind that can be made into a cover."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=_READ)
            _refuse_shape(path, *picture.size)
            picture.load()
    except UnidentifiedImageError as error:
        raise ShowError(f"the cover {path} is no picture that Voorlezer reads; save it as JPEG or PNG") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ShowError(f"the cover {path} is far too large; save it as {MOST} × {MOST} pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, Warning, struct.error, zlib.error) as error:
        raise ShowError(f"the cover {path} is damaged ({error}); save it again as JPEG or PNG") from error
    if picture.mode not in _MODES:
        raise ShowError(f"the cover {path} has colours of more than 8 bits; save it as an RGB picture of 8 bits")
    return picture


def _refuse_shape(path: Path, width: int, height: int) -> None:
    if width != height:
        raise ShowError(f"the cover {path} is {width} × {height} pixels; crop it to a square")
    if width < LEAST:
        raise ShowError(f"the cover {path} is {width} × {height} pixels; give one of {LEAST} to {MOST}")


def _is_accepted(picture: Image.Image, path: Path) -> bool:
    """Whether podcast directories take the file as it is."""
    return (
        picture.format == _KEPT.get(path.suffix.lower())
        and picture.mode == "RGB"
        and picture.width <= MOST
        and not picture.has_transparency_data
        and picture.getexif().get(_ORIENTATION, 1) == 1
    )


def _converted(picture: Image.Image, ground: str) -> Image.Image:
    """The picture upright, in sRGB, on this ground, at most `MOST` px."""
    from PIL import Image, ImageOps

    picture = _in_srgb(ImageOps.exif_transpose(picture))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, ground), picture)
    picture = picture.convert("RGB")
    side = min(picture.width, MOST)
    return picture if picture.width == side else picture.resize((side, side), Image.Resampling.LANCZOS)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """By the profile that the picture brings; as it is where that can't be used."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a wrong profile: its colours are what they are without it
        return picture
    return converted or picture


def _jpeg(picture: Image.Image, at_most: int) -> bytes:
    """As good as fits in so many bytes."""
    content = b""
    for quality in _QUALITIES:
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=quality, subsampling="4:4:4", optimize=True, icc_profile=None, exif=b"")
        content = made.getvalue()
        if len(content) <= at_most:
            break
    return content
