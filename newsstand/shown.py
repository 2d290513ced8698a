"""What tells whether a row, a card or a page shows something else than it did before.

A mark is made from what a reader is shown, and from what that is made of: it may change although
the page does not (then the page is made in vain), but a page never changes while its mark stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from newsstand.marks import mark_of
from newsstand.model import Article, Story
from newsstand.rank import Ranking

NO_TWINS: Mapping[str, Sequence[bytes]] = MappingProxyType({})
ROW = 20  # bytes of a row's mark: of the record, how many outlets its story has, of its twins
_ALONE = bytes(8)


def marks_of(ranking: Ranking, twins: Mapping[str, Sequence[bytes]] = NO_TWINS) -> Shown:
    """The marks of all rows and cards of a site.

    `twins` are, for a record (by path) whose piece an earlier one is of too, the marks of those: a
    link to our page of the piece leads there.
    """
    rows: dict[str, bytes] = {}
    today = mark_of(ranking.today)
    cards = {story.id: story.mark + today for story in ranking.stories}
    for story_id, repeats in ranking.repeats.items():
        cards[story_id] += mark_of(repeats)
    for story in ranking.stories:
        outlets = len(story.outlets).to_bytes(4)
        alone = outlets + _ALONE
        for article in story.articles:
            path = article.path
            if twins and path in twins:
                twin = mark_of(twins[path])
                cards[story.id] += twin
                rows[path] = article.mark + outlets + twin
            else:
                rows[path] = article.mark + alone
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
        return b"|".join([self.card[s.id] for s in stories])


def story_rows(stories: Iterable[Story]) -> bytes:
    """Of stories as lines."""
    return b"".join([s.mark for s in stories])
