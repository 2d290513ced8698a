"""The pages of records that stand as they are, found without planning them.

Of 100,000 pages a changed record touches a dozen. The others need not even become values: their
files are what was published, and nothing that they show or are made from has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsstand.build.incremental import Press
from newsstand.build.output import MARKER
from newsstand.build.state import KnownPage
from newsstand.content.kinds.plain_text import slug_of
from newsstand.outputs import urls
from newsstand.site import Site

_FIRST, _LAST = urls.file_of(urls.article("\0")).split("\0")


@dataclass(frozen=True, slots=True)
class Untouched:
    """What is known of files that stay, and the places of the records whose pages may not."""

    pages: Mapping[str, KnownPage]
    wanted: Sequence[int] | None


_NOBODY_KNOWS = Untouched({}, None)


def untouched(site: Site, press: Press) -> Untouched:
    """What stands of the pages of records; all are wanted where that cannot be told."""
    fresh, near, before = site.fresh, press.near, press.before
    other = press.output.other
    if fresh is None or other is None or not before.trusted or press.compress:
        return _NOBODY_KNOWS
    if MARKER in other or before.site != press.output.stamp(MARKER):
        return _NOBODY_KNOWS  # what was looked at is another site than what is known
    made_from = press.made_from_of("article.html")
    moving = {*fresh.pages, *near.touched}
    if len(moving) * 2 > len(site.articles):
        return _NOBODY_KNOWS  # it would be no less work
    doubtful = {*other, *[_file(slug_of(path)) for path in moving]}
    rows = near.fresh or frozenset()
    pages = {
        path: page
        for path, page in before.pages.items()
        if page.made_from == made_from
        and path.startswith(_FIRST)
        and path not in doubtful
        and (not page.near or rows.isdisjoint(page.near))
    }
    # Mostly the records that move are all that is left, and no other has to be looked at.
    paths = enumerate(site.rows.paths)
    places = [n for n, path in paths if path in moving]
    if len(places) + len(pages) != len(site.articles):
        articles = enumerate(site.articles)
        places = [n for n, a in articles if a.path in moving or _file(a.slug) not in pages]
    return Untouched(pages, tuple(places))


def _file(slug: str) -> str:
    return f"{_FIRST}{slug}{_LAST}"
