"""What tells whether a row, a card or a page shows something else than it did before.

A mark is made from what a reader is shown, and from what that is made of: it may change although
the page does not (then the page is made in vain), but a page never changes while its mark stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsstand.marks import mark_of
from newsstand.model import Article, Story


def marks_of(stories: Iterable[Story]) -> Shown:
    """The marks of all rows and cards of a site."""
    rows: dict[str, bytes] = {}
    cards: dict[str, bytes] = {}
    for story in stories:
        outlets = len(story.outlets).to_bytes(4)
        rows.update([(article.path, article.mark + outlets) for article in story.articles])
        terms = [(t.name, t.reason, t.value) for t in story.terms]
        cards[story.id] = mark_of(story.mark, story.score, terms)
    return Shown(rows, cards)


@dataclass(frozen=True, slots=True)
class Shown:
    """The mark of each record as one line, by path, and of each story as a card, by id.

    A line shows the record and how many outlets its story has; a card the story's coverage and the
    reasons of its rank.
    """

    row: Mapping[str, bytes]
    card: Mapping[str, bytes]

    def rows(self, articles: Iterable[Article]) -> bytes:
        """Of records as lines."""
        return b"".join([self.row[a.path] for a in articles])

    def cards(self, stories: Iterable[Story]) -> bytes:
        """Of stories as cards."""
        return b"".join([self.card[s.id] for s in stories])


def story_rows(stories: Iterable[Story]) -> bytes:
    """Of stories as lines."""
    return b"".join([s.mark for s in stories])
