"""Pictures that records, topics and outlets name."""

from __future__ import annotations

from collections.abc import Callable

from newsstand.fields import Fields
from newsstand.model import Picture
from newsstand.problems import error, quoted, warning

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


def _pixels(values: Fields, key: str) -> int:
    number = values.integer(key)
    return number if number is not None and 0 < number <= 20_000 else 0
