"""What tells whether a row, a card or a page shows something else than it did before.

A mark is made from what a reader is shown, and from what that is made of: it may change although
the page does not (then the page is made in vain), but a page never changes while its mark stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from newsstand.build.state import KnownRows
from newsstand.model import Article, Story
from newsstand.stories.rank import Ranking
from newsstand.text.fingerprint import mark_of

Twins = Mapping[str, Sequence[bytes]]
NO_TWINS: Twins = MappingProxyType({})
ROW = 20  # bytes of a row's mark: of the record, how many outlets its story has, of its twins
_ALONE = bytes(8)


def marks_of(
    ranking: Ranking, twins: Twins = NO_TWINS, rows: Mapping[str, bytes] | None = None
) -> Shown:
    """The marks of all rows and cards of a site.

    `twins` are, for a record (by path) whose piece an earlier one is of too, the marks of those: a
    link to our page of the piece leads there. `rows` are the marks of rows where they are known.
    """
    today = mark_of(ranking.today)
    cards = {story.id: story.mark + today for story in ranking.stories}
    for story_id, repeats in ranking.repeats.items():
        cards[story_id] += mark_of(repeats)
    for story in ranking.stories if twins else ():
        for article in story.articles:
            if article.path in twins:
                cards[story.id] += mark_of(twins[article.path])
    return Shown(row_marks(ranking.stories, twins) if rows is None else rows, cards)


def row_marks(stories: Iterable[Story], twins: Twins = NO_TWINS) -> dict[str, bytes]:
    """The marks of the rows of the records of these stories, by path."""
    rows: dict[str, bytes] = {}
    for story in stories:
        outlets = len(story.outlets).to_bytes(4)
        alone = outlets + _ALONE
        for article in story.articles:
            path = article.path
            twin = twins.get(path) if twins else None
            rows[path] = article.mark + (outlets + mark_of(twin) if twin else alone)
    return rows


class KnownMarks(Mapping[str, bytes]):
    """The marks of rows by path, from a column of them."""

    def __init__(self, rows: KnownRows) -> None:
        self._rows = rows

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {path: n * ROW for n, path in enumerate(self._rows.paths)}

    def __getitem__(self, path: str) -> bytes:
        at = self._places[path]
        return self._rows.marks[at : at + ROW]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.paths)

    def __len__(self) -> int:
        return len(self._rows.paths)


def has_twins(marks: bytes) -> bool:
    """Whether a row of a column of marks has twins."""
    return any(marks[n::ROW].strip(b"\0") for n in range(ROW - len(_ALONE), ROW))


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
