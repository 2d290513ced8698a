"""Two things at one address: only one of them is published, and the other is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newsstand.content.kinds.picture import MEDIA
from newsstand.model import Content, PlainPage
from newsstand.outputs.static_files import Asset
from newsstand.problems import Problem, at_line
from newsstand.text.file_names import address_key


def without_clashes(
    files: Iterable[Asset], pages: Iterable[str]
) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Static files that may be copied, and a problem for each that stands where a page is.

    `pages` are the files that pages are written to, or their keys.
    """
    files = tuple(files)
    kept, clashes = [], []
    taken = _beside(pages, {_top(asset.path) for asset in files})
    folders_taken = {address_key(above) for path in taken for above in folders_above(path)}
    for asset in files:
        key = address_key(asset.path)
        above = {address_key(folder) for folder in folders_above(asset.path)}
        if key in taken or key in folders_taken or above & taken:
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


def _beside(pages: Iterable[str], tops: set[str]) -> set[str]:
    """The keys of those of many pages that lie in one of these folders of the site."""
    return {address_key(path) for path in pages if _top(path) in tops}


def _top(path: str) -> str:
    return address_key(path.partition("/")[0])


def folders_above(path: str) -> Iterator[str]:
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
