"""Which records' pages show what they showed in the last build, told without asking each page.

A record's page shows the record, its story, the records before and after it and those that it names
or that name it: what has changed of these is looked for, and whose pages that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from msgspec.msgpack import Encoder

from newsstand.build.state import KnownRows
from newsstand.model import Article, Story
from newsstand.stories.references import Kinship
from newsstand.stories.shown import ROW, Shown, has_twins, row_marks
from newsstand.text.fingerprint import mark_of_bytes

_RUN = 64 * ROW  # bytes that are compared at once: most are equal


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is not as it was in the last build, by the paths of records (those that are gone too).

    `rows` are shown otherwise in a list, `cards` are those whose stories are shown otherwise,
    `renamed` name others or are named by others; `pages` may show something else, and no others.
    `outlets`, `topics` and `days` are those of such records, then and now: lists of others are as
    they were. `days` is None where there are other days, records of other days or outlets than
    before, or where the stories stand in another order.
    """

    rows: Set[str]
    cards: Set[str]
    renamed: Set[str]
    pages: Set[str]
    outlets: Set[str]
    topics: Set[str]
    days: Set[date | None] | None

    def is_moved(self, topic: str) -> bool:
        """Whether lists of a topic's stories may be others."""
        return self.days is None or topic in self.topics


@dataclass(frozen=True, slots=True)
class Then:
    """The last build: rows, marks of the cards of stories by id, in order; its records by path.

    `changed` are the paths of the files that are not what they were.
    """

    rows: KnownRows
    cards: Mapping[str, bytes]
    article: Callable[[str], Article | None]
    changed: Set[str]


def unmoved(then: Then, records: Mapping[str, Article]) -> tuple[Article, ...] | None:
    """The records in the order of the last build, where they are the same and of the same times."""
    paths, now = then.rows.paths, records.get
    if len(paths) != len(records):
        return None
    if any(_times(then.article(path)) != _times(now(path)) for path in then.changed):
        return None
    found = [article for article in map(now, paths) if article]
    return tuple(found) if len(found) == len(paths) else None


def _times(article: Article | None) -> tuple[datetime | None, datetime | None]:
    return (article.published, article.updated) if article else (None, None)


def rows_again(then: KnownRows, stories: Iterable[Story]) -> KnownRows | None:
    """The rows of unmoved records, of which only these stories are not what they were.

    None where those of the last build do not tell; no piece may have two records now.
    """
    if len(then.marks) != ROW * len(then.paths) or has_twins(then.marks):
        return None
    marks, again = bytearray(then.marks), row_marks(stories)
    for place in [n for n, path in enumerate(then.paths) if path in again]:
        marks[place * ROW : (place + 1) * ROW] = again[then.paths[place]]
    return KnownRows(then.paths, bytes(marks), then.times)


def known_rows(articles: Sequence[Article], shown: Shown) -> KnownRows:
    """What is to be remembered of records as lists show them.

    The path of a record gives its address, and encoded times take less time than days in words.
    """
    paths = tuple([a.path for a in articles])
    times = Encoder().encode([(a.updated, a.piece.published) for a in articles])
    where = "\n".join(paths).encode("utf-8", "surrogatepass")
    marks = b"".join([shown.row[path] for path in paths])
    return KnownRows(paths, marks, mark_of_bytes(times + where))


@dataclass(frozen=True, slots=True)
class Now:
    """This build: rows, stories in order of rank, their marks, records by path, who names whom.

    `renamed` are the records that name others or are named by others than they were; `topics` gives
    those of a record and all above them.
    """

    rows: KnownRows
    stories: Sequence[Story]
    shown: Shown
    records: Mapping[str, Article]
    kin: Kinship
    renamed: Set[str] | None
    topics: Callable[[Article], Iterable[str]]


def fresh(then: Then, now: Now) -> Fresh | None:
    """What has changed; None where nobody can tell."""
    before, after = then.rows, now.rows
    if len(before.marks) != ROW * len(before.paths) or len(after.marks) != ROW * len(after.paths):
        return None
    rows = _other_rows(before, after)
    cards, renamed = _with_other_cards(then.cards, now), now.renamed or frozenset()
    listed = rows | cards
    pages = {*listed, *renamed}
    for path in rows:
        pages.update(now.kin.of(path))
    for pair in _beside(after.paths, rows):
        pages.update(pair)
    if before.paths != after.paths:
        for pair in set(pairwise(before.paths)) ^ set(pairwise(after.paths)):
            pages.update(pair)
    old, new = ([get(path) for path in listed] for get in (then.article, now.records.get))
    both = [article for article in (*old, *new) if article]
    outlets, days = {article.outlet for article in both}, set(map(day_of, both))
    topics = {topic for article in both for topic in now.topics(article)}
    others = before.paths != after.paths and {*before.paths} != {*after.paths}
    moved = others or list(map(_where, old)) != list(map(_where, new))
    reordered = [*then.cards] != [story.id for story in now.stories]
    days_of = None if moved or reordered else days
    return Fresh(rows, cards, renamed, pages, outlets, topics, days_of)


def _where(article: Article | None) -> tuple[date | None, str]:
    return day_of(article), article.outlet if article else ""


def day_of(article: Article | None) -> date | None:
    """The day (UTC) of a record; None for one that is undated, or is not there."""
    published = article.published if article else None
    return published.date() if published else None


def _with_other_cards(cards: Mapping[str, bytes], now: Now) -> set[str]:
    """The records of stories that are shown otherwise."""
    shown = now.shown.card
    stories = [story for story in now.stories if cards.get(story.id) != shown[story.id]]
    return {article.path for story in stories for article in story.articles}


def _other_rows(before: KnownRows, now: KnownRows) -> set[str]:
    if before.paths == now.paths:
        return {now.paths[n] for n in _differing(before.marks, now.marks)}
    then = dict(zip(before.paths, _cells(before.marks), strict=True))
    marks = zip(now.paths, _cells(now.marks), strict=True)
    return {*[path for path, mark in marks if then.get(path) != mark], *then.keys() - {*now.paths}}


def _differing(one: bytes, other: bytes) -> Iterator[int]:
    """Places of the rows in which two columns of the same length differ."""
    for start in range(0, len(one), _RUN):
        end = start + _RUN
        if one[start:end] != other[start:end]:
            for at in range(start, min(end, len(one)), ROW):
                if one[at : at + ROW] != other[at : at + ROW]:
                    yield at // ROW


def _cells(column: bytes) -> list[bytes]:
    return [column[n : n + ROW] for n in range(0, len(column), ROW)]


def _beside(paths: tuple[str, ...], rows: Set[str]) -> Iterable[tuple[str, str]]:
    """The pairs of records next to each other of which one is among some."""
    return [pair for pair in pairwise(paths) if not rows.isdisjoint(pair)] if rows else ()
