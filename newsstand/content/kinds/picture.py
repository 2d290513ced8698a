"""Pictures that records, topics and outlets name."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.model import Picture
from newsstand.problems import error, quoted, warning

PICTURE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
MEDIA = "media"
"""Where pictures of the content folder lie in the site."""

PICTURE_KEYS = frozenset("url width height title attribution isCached".split())

FindPicture = Callable[[str], str]
"""The address of a local picture that a record names, or an empty string."""


def read_picture(values: Fields, find_picture: FindPicture) -> Picture | None:
    """One entry of `images`; None where it cannot be shown, which is noted."""
    values.expect(PICTURE_KEYS, "a picture")
    address = (values.scalar("url") or "").strip()
    if not address:
        values.note(
            error((), "picture-no-url", "a picture has no url", "add its url, or delete it")
        )
        return None
    remote = "://" in address or address.startswith("//")
    source = values.link("url") if remote else find_picture(address)
    if not source:
        if not remote:
            values.note(
                warning(
                    ("url",),
                    "picture-missing",
                    f"there is no local picture {quoted(address)}",
                    "put it beside the record or below static/, or mend the path",
                )
            )
        return None
    values.flag("isCached")
    return Picture(
        source=source,
        width=_pixels(values, "width"),
        height=_pixels(values, "height"),
        title=values.line("title"),
        attribution=values.line("attribution"),
    )


def pictures_of(values: Fields, find_picture: FindPicture) -> tuple[Picture, ...]:
    """The pictures under `images`: a list of addresses, or of groups of keys."""
    given = values.raw("images")
    if isinstance(given, list) and all(isinstance(x, str) for x in given):
        entries: list[Fields] = []
        for index, address in enumerate(given):
            one: dict[str, Value] = {"url": address}
            entries.append(Fields(one, ("images", index), values.findings))
    else:
        entries = values.each("images")
    found = (read_picture(entry, find_picture) for entry in entries)
    return tuple(picture for picture in found if picture)


def _pixels(values: Fields, key: str) -> int:
    number = values.integer(key)
    return number if number is not None and 0 < number <= 20_000 else 0


class PictureFinder:
    """Finds the local picture that a file names, without ever leaving the two folders."""

    def __init__(self, content: frozenset[str], static: frozenset[str]) -> None:
        self._content = content
        self._static = static

    def beside(self, path: str, asked: list[str]) -> FindPicture:
        """For one file; what it asks for is added to `asked`."""
        folder = posixpath.dirname(path)

        def find(address: str) -> str:
            asked.append(address)
            plain = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
            if not plain.lower().endswith(PICTURE_ENDINGS) or "\\" in plain:
                return ""
            inside = posixpath.normpath(plain.lstrip("/"))
            near = posixpath.normpath(posixpath.join(folder, inside))
            if not address.startswith("/"):
                for candidate in (near, inside):
                    if candidate in self._content:
                        return f"{MEDIA}/{candidate}"
            return inside if inside in self._static else ""

        return find
