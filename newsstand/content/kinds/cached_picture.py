"""Pictures of other hosts that ``fetch`` has stored: their files' names say all about them.

One picture is ``<key>-<width>x<height>-<colour>.webp`` and, beside it, ``<key>-<width>.webp`` and
``.avif`` in each of `WIDTHS` below its own, and ``<key>-<own width>.avif``. The key is made from
the picture's address, so that a record names the address and shows the copy if there is one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from msgspec.structs import replace

from newsstand.model import Picture

WIDTHS = (240, 640)
"""Narrower copies, in pixels; the stored picture itself has at most `LARGEST`."""
LARGEST = 1200
_NAME = re.compile(r"([0-9a-f]{16})-([1-9]\d{0,4})x([1-9]\d{0,4})-([0-9a-f]{6})\.webp")
_LOGO = "logo:"


def key_of(address: str) -> str:
    """What names the files of a picture of this address."""
    return sha256(address.encode("utf-8", "replace")).hexdigest()[:16]


def logo_address(domain: str) -> str:
    """What stands for the address of an outlet's logo, wherever it came from."""
    return f"{_LOGO}{domain}"


def name_of(key: str, width: int, height: int, colour: str) -> str:
    """The name of the stored picture; `colour` are six hexadecimal digits."""
    return f"{key}-{width}x{height}-{colour}.webp"


def narrower(width: int) -> tuple[int, ...]:
    """The widths of the copies of a picture."""
    return tuple(w for w in WIDTHS if w < width)


def stored_by_key(paths: Iterable[str]) -> dict[str, str]:
    """The stored pictures of a content folder, by key."""
    by_key = {}
    for path in paths:
        named = _NAME.fullmatch(posixpath.basename(path))
        if named:
            by_key[named[1]] = path
    return by_key


def is_stored(address: str) -> bool:
    """Whether a picture of this address may be among the stored ones."""
    return "://" in address or address.startswith(_LOGO)


def as_stored(picture: Picture, find: Callable[[str], str]) -> Picture:
    """A picture of another host as the site holds it; itself where the site does not."""
    source = "" if picture.is_local else find(picture.source)
    named = _NAME.fullmatch(posixpath.basename(source))
    if not named:
        return picture
    return replace(picture, source=source, width=int(named[2]), height=int(named[3]))


def stored_logo(domain: str, find: Callable[[str], str]) -> Iterator[Picture]:
    """The logo of an outlet, where one was stored."""
    source = find(logo_address(domain))
    named = _NAME.fullmatch(posixpath.basename(source))
    if named:
        yield Picture(source, int(named[2]), int(named[3]))


def copies_of(source: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """The files of a stored picture by media type, each with its width; {} for any other one."""
    folder, base = posixpath.split(source)
    named = _NAME.fullmatch(base)
    if not named or "://" in source:
        return {}
    key, width = named[1], int(named[2])
    less = narrower(width)
    avif = tuple((w, f"{folder}/{key}-{w}.avif") for w in (*less, width))
    webp = tuple((w, f"{folder}/{key}-{w}.webp") for w in less)
    return {"image/avif": avif, "image/webp": (*webp, (width, source))}


def colour_of(source: str) -> str:
    """The colour of a stored picture as a whole, six hexadecimal digits; "" for any other one."""
    named = _NAME.fullmatch(posixpath.basename(source))
    return named[4] if named else ""
