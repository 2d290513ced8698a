"""Pictures of strangers -> WebP and AVIF in the sizes that pages use.

What is stored is made anew from the pixels: nothing of the stranger's file is kept, no SVG, no
animation, no metadata.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from newsstand.content.kinds.cached_picture import LARGEST, name_of, narrower

ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.8,*/*;q=0.1"
LARGEST_FILE = 8 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "ICO")
_MOST_PIXELS = 50_000_000  # unpacked 200 MB
_SMALLEST = (200, 100)
_SMALLEST_LOGO = (16, 16)
_LARGEST_LOGO = 128
_LONGEST_SHAPE = 6  # times as wide as high, or as high as wide


class NoPictureError(ValueError):
    """Bytes that are no picture that can be shown; the message says why."""


def stored_files(data: bytes, key: str, is_logo: bool = False) -> Iterator[tuple[str, bytes]]:
    """The files of a picture, name and bytes; that which tells that all are there is the last.

    Raises NoPictureError.
    """
    image = _opened(data, _SMALLEST_LOGO if is_logo else _SMALLEST)
    largest = _LARGEST_LOGO if is_logo else LARGEST
    image.thumbnail((largest, largest * 2), Image.Resampling.LANCZOS)
    colour = _colour(image)
    for width in narrower(image.width):
        small = image.copy()
        small.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
        yield f"{key}-{width}.webp", _bytes(small, "WEBP")
        yield f"{key}-{width}.avif", _bytes(small, "AVIF")
    yield f"{key}-{image.width}.avif", _bytes(image, "AVIF")
    yield name_of(key, image.width, image.height, colour), _bytes(image, "WEBP")


def _opened(data: bytes, smallest: tuple[int, int]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=_FORMATS)
        width, height = image.size
        if width * height > _MOST_PIXELS:
            raise NoPictureError(f"has {width} × {height} pixels, which is too many")
        if width < smallest[0] or height < smallest[1]:
            raise NoPictureError(f"has only {width} × {height} pixels")
        if max(width, height) > _LONGEST_SHAPE * min(width, height):
            raise NoPictureError("is too long for a picture")
        image.draft("RGB", (LARGEST, LARGEST))  # of a large JPEG only what is needed is unpacked
        return _plain(ImageOps.exif_transpose(image))
    except NoPictureError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise NoPictureError("has too many pixels") from problem
    except UnidentifiedImageError as problem:
        raise NoPictureError("is no picture of a kind that is shown") from problem
    except Exception as problem:
        raise NoPictureError(f"cannot be read ({type(problem).__name__})") from problem


def _plain(image: Image.Image) -> Image.Image:
    """Three colours a pixel; what is transparent becomes white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        full = image.convert("RGBA")
        ground = Image.new("RGB", full.size, "white")
        ground.paste(full, mask=full.getchannel("A"))
        return ground
    return image.convert("RGB")


def _colour(image: Image.Image) -> str:
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()[:3]
    return f"{red:02x}{green:02x}{blue:02x}"


def _bytes(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    if kind == "AVIF":
        image.save(out, "AVIF", quality=55, speed=8)
    else:
        image.save(out, "WEBP", quality=75, method=3)
    return out.getvalue()
