"""Pictures that records, topics and outlets name."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.content.kinds.cached_picture import is_stored, key_of, stored_by_key
from newsstand.model import Picture
from newsstand.problems import Problem, Severity, error, quoted, warning
from newsstand.text.places import place_in_text
from newsstand.text.strings import composed

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
    remote = is_remote(address)
    source = values.link("url") if remote else find_picture(address)
    if not source:
        if not remote:
            values.note(
                warning(
                    ("url",),
                    "picture-missing",
                    f"there is no local picture {quoted(address)}",
                    _PUT_IT,
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
    if given is None:  # mostly
        return ()
    if isinstance(given, list) and all(isinstance(x, str) for x in given):
        entries: list[Fields] = []
        for index, address in enumerate(given):
            keys: dict[str, Value] = {"url": address}
            entries.append(Fields(keys, (values.called("images"), index), values.findings))
    else:
        entries = values.each("images")
    pictures = (read_picture(entry, find_picture) for entry in entries)
    return tuple(picture for picture in pictures if picture)


def is_remote(address: str) -> bool:
    """Whether a picture's address names another host."""
    return "://" in address or address.startswith(("//", "data:"))


def is_media(place: str) -> bool:
    """Whether an address of a picture is one of the content folder's."""
    return place.startswith(f"{MEDIA}/")


def picture_missing(text: str, path: str, address: str) -> Problem:
    """The warning about a picture that the body of a file names, and that is nowhere."""
    line, column = place_in_text(text, address)
    message = f"there is no local picture {quoted(address)}"
    return Problem(path, line, column, Severity.WARNING, "picture-missing", message, _PUT_IT)


_PUT_IT = "put it beside the file, below content/ or below static/, or mend the path"


def _pixels(values: Fields, key: str) -> int:
    number = values.integer(key)
    return number if number is not None and 0 < number <= 20_000 else 0


class PictureFinder:
    """Finds the local picture that a file names, without ever leaving the two folders."""

    def __init__(self, content: Iterable[str], static: Iterable[str]) -> None:
        self._content = {composed(path): path for path in content}
        self._static = {composed(path): path for path in static}
        self._stored = stored_by_key(self._content.values())

    def _from_the_root(self, inside: str) -> str:
        """A site's own picture: ``/media/…``, or a path from the folder that holds the content."""
        for top in (f"{MEDIA}/", "content/"):
            if inside.startswith(top) and inside.removeprefix(top) in self._content:
                return f"{MEDIA}/{self._content[inside.removeprefix(top)]}"
        below = inside.removeprefix("static/") if inside.startswith("static/") else ""
        return self._static.get(below, "") if below else ""

    def beside(self, path: str, asked: dict[str, str] | None = None) -> FindPicture:
        """A finder of pictures for one file; `asked` gets what it is asked, with the answer."""
        folder = posixpath.dirname(path)

        def find(address: str) -> str:
            place = found(address)
            if asked is not None:
                asked[address] = place
            return place

        def found(address: str) -> str:
            if is_stored(address):
                path = self._stored.get(key_of(address), "")
                return f"{MEDIA}/{path}" if path else ""
            written = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
            plain = composed(unquote(written) if "%" in written else written)
            if not plain.lower().endswith(PICTURE_ENDINGS) or "\\" in plain:
                return ""
            inside = posixpath.normpath(plain.lstrip("/"))
            near = posixpath.normpath(posixpath.join(folder, inside))
            if not address.startswith("/"):
                for candidate in (near, inside):
                    if candidate in self._content:
                        return f"{MEDIA}/{self._content[candidate]}"
            return self._static.get(inside) or self._from_the_root(inside)

        return find
