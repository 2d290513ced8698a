"""A site that is read: what it is, what is wrong with it, how it is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from newsstand.content.content_reader import Read
from newsstand.outputs.static_files import Assets
from newsstand.problems import Problem
from newsstand.site import Site

STRICT = "--strict allows no errors"


class Loaded(Struct, frozen=True):
    """Read, related, ranked: a site and what is wrong with it.

    `read` is what the files say; `stories` makes what relating wants to remember, `lock` is the
    text of the file that remembers the ids of stories. Of settings that are not usable nothing may
    be published.
    """

    site: Site
    assets: Assets
    read: Read
    stories: Callable[[], bytes]
    lock: str
    problems: tuple[Problem, ...]
    is_usable: bool = True

    def why_not_published(self, strict: bool) -> str:
        """Why the site may not be published; "" where it may. A strict build allows no errors."""
        if not self.is_usable:
            return "the settings cannot be used, and with others it would be another site"
        return STRICT if strict and any(p.is_error for p in self.problems) else ""


class WriteOptions(Struct, frozen=True):
    """How a site is written, whatever it says.

    `strict` publishes nothing where there is an error. `jobs` processes share the work. `compress`
    puts a packed copy beside each text file. `beside` are further files by their path in the site.
    """

    strict: bool = False
    jobs: int = 1
    compress: bool = False
    beside: Mapping[str, bytes] = {}
