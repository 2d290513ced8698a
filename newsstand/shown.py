"""What tells whether a row, a card or a page shows something else than it did before.

A mark is made from what a reader is shown, and from what that is made of: it may change although
the page does not (then the page is made in vain), but a page never changes while its mark stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsstand.marks import mark_of
from newsstand.model import Article, Story
from newsstand.site import Site


def row(site: Site, article: Article) -> bytes:
    """Of a record as one line: its file, and how many outlets its story has."""
    return article.mark + len(site.story_of[article.path].outlets).to_bytes(4)


def rows(site: Site, articles: Iterable[Article]) -> bytes:
    """Of records as lines."""
    return b"".join([row(site, a) for a in articles])


def story_rows(stories: Iterable[Story]) -> bytes:
    """Of stories as lines."""
    return b"".join([s.mark for s in stories])


def card(story: Story) -> bytes:
    """Of a story with its coverage and the reasons of its rank."""
    return mark_of(story.mark, story.score, [(t.name, t.reason, t.value) for t in story.terms])


def cards(stories: Iterable[Story]) -> bytes:
    """Of stories as cards."""
    return b"".join(map(card, stories))
