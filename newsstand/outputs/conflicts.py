"""Two things at one address: only one of them is published, and the other is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from newsstand.content.kinds.picture import MEDIA
from newsstand.model import Content, PlainPage
from newsstand.outputs.static_files import Asset
from newsstand.problems import Problem, at_line
from newsstand.text.file_names import address_key
from newsstand.text.lists import grouped


def without_clashes(
    files: Iterable[Asset], pages: Iterable[str]
) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Static files that may be copied, and a problem for each that stands where a page is.

    `pages` are the files that pages are written to, or their keys.
    """
    files, by_top = tuple(files), grouped([(path.partition("/")[0], path) for path in pages])
    kept, clashes = [], []
    tops = {address_key(asset.path.partition("/")[0]) for asset in files}
    beside = [paths for top, paths in by_top.items() if address_key(top) in tops]
    places = Places(chain.from_iterable(beside))
    for asset in files:
        if not places.has_room(asset.path):
            clashes.append(
                at_line(
                    f"static/{asset.path}",
                    1,
                    "address-twice",
                    "this file stands where a page is written",
                    "rename it; the page was kept",
                )
            )
        else:
            kept.append(asset)
    return tuple(kept), tuple(clashes)


class Places:
    """Which files a site has, and the folders that they lie in: none may be the other."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in files:
            self.take(path)

    def has_room(self, path: str) -> bool:
        """Whether a file may stand there: in no file's place, nor in a folder's, nor below a file.

        Addresses that a disk may take for one are one.
        """
        key = address_key(path)
        is_taken = key in self._files or key in self._folders
        return not is_taken and self._files.isdisjoint(_folders_above(key))

    def take(self, path: str) -> None:
        """Have a file stand there."""
        key = address_key(path)
        self._files.add(key)
        for folder in _folders_above(key):
            if folder in self._folders:
                return
            self._folders.add(folder)


def _folders_above(path: str) -> Iterator[str]:
    """``a/b/c`` -> ``a/b`` and ``a``: the folders that a file lies in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


RESERVED = frozenset({"news", "topics", "outlets", "archive", "page", MEDIA})


def without_reserved_pages(content: Content) -> tuple[Content, tuple[Problem, ...]]:
    """Plain pages may not stand where the site's own pages do, nor two at one address."""
    kept: list[PlainPage] = []
    problems: list[Problem] = []
    taken = set(RESERVED)
    for page in content.pages:
        if page.slug in taken:
            problems.append(
                at_line(
                    page.path,
                    1,
                    "address-twice",
                    f"the address /{page.slug}/ is taken by {_holder(page.slug, kept)}",
                    "rename the file",
                )
            )
        else:
            taken.add(page.slug)
            kept.append(page)
    return replace(content, pages=tuple(kept)), tuple(problems)


def _holder(slug: str, pages: Iterable[PlainPage]) -> str:
    return next((p.path for p in pages if p.slug == slug), "pages that every site has")
