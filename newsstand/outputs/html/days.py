"""Lists by day: stories and records below their days, runs of one outlet folded, long lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from newsstand.model import Story
from newsstand.outputs import urls
from newsstand.outputs.html.cards import article_row, story_row
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views_of_pages import DayPart
from newsstand.outputs.html.views_of_parts import Day, Pager, Row
from newsstand.site import Line, day_of
from newsstand.text.date_names import day_name, weekday_name
from newsstand.text.lists import grouped
from newsstand.text.strings import plural
from newsstand.text.zones import local

_RUN = 3  # lines of one outlet in an hour that are folded to one
_HOUR = timedelta(hours=1)
_FULL = 90  # reports of a day: more are parted by hours
_PARTS = (1, 2, 3, 4, 6, 8, 12, 24)


class Dated(NamedTuple):
    """A line, and what tells where it stands: its newest report, and whether it is alone in it."""

    row: Row
    outlet: str
    published: datetime | None
    day: date | None
    is_alone: bool


def story_days(context: ViewContext, stories: Iterable[Story]) -> tuple[Day, ...]:
    """Stories, that with the newest report first -> days."""
    return _days([_story_line(context, story) for story in stories])


def article_days(context: ViewContext, lines: Iterable[Line]) -> tuple[Day, ...]:
    """Records, newest first -> days."""
    return _days([_record_line(context, line) for line in lines])


def folded_rows(context: ViewContext, lines: Iterable[Line]) -> tuple[Row, ...]:
    """Records of one day, newest first, runs of one outlet folded."""
    return folded([_record_line(context, line) for line in lines])


def day_parts(context: ViewContext, lines: Sequence[Line]) -> tuple[DayPart, ...]:
    """Records of a day of very many, newest first, by hours; none where one list will do."""
    count = next((n for n in _PARTS if len(lines) <= n * _FULL), _PARTS[-1])
    if count == 1:
        return ()
    hours = 24 // count
    by_hours = groupby(lines, key=lambda line: _hour(context, line) // hours * hours)
    return tuple(
        [
            DayPart(
                f"{begin:02d}:00 to {begin + hours:02d}:00",
                plural(len(some), "report"),
                folded_rows(context, some),
            )
            for begin, group in by_hours
            if (some := list(group))
        ]
    )


def _hour(context: ViewContext, line: Line) -> int:
    published = line.article.published
    return local(published, context.config.timezone).hour if published else 0


def _story_line(context: ViewContext, story: Story) -> Dated:
    latest, day = story.latest, day_of(story.latest, context.config.timezone)
    row = story_row(context, story, day.year if day else 0)
    return Dated(row, latest.outlet, latest.published, day, not story.has_page)


def _record_line(context: ViewContext, line: Line) -> Dated:
    article, day = line.article, day_of(line.article, context.config.timezone)
    row = article_row(context, line, day.year if day else 0)
    return Dated(row, article.outlet, article.published, day, not line.story)


def _days(lines: Sequence[Dated]) -> tuple[Day, ...]:
    # Not by halves: where clocks go back over midnight, a day comes twice in order of time.
    by_day = grouped([(line.day, line) for line in lines])
    newest_first = sorted(by_day, key=lambda day: day or date.min, reverse=True)
    return tuple([day_of_rows(day, folded(by_day[day])) for day in newest_first])


def folded(lines: Sequence[Dated]) -> tuple[Row, ...]:
    """Lines, newest first; three and more of one outlet within an hour become one.

    Only what no other outlet has is folded.
    """
    rows: list[Row] = []
    place = 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and _is_run(lines[place], lines[end]):
            end += 1
        run = lines[place:end]
        rows += _one_line(run) if len(run) >= _RUN else [line.row for line in run]
        place = end
    return tuple(rows)


def _is_run(first: Dated, line: Dated) -> bool:
    if not (first.is_alone and line.is_alone and first.outlet and first.outlet == line.outlet):
        return False
    if first.published is None or line.published is None:
        return False
    return first.published - line.published <= _HOUR


def _one_line(run: Sequence[Dated]) -> list[Row]:
    first = run[0].row
    name = first.outlet.name if first.outlet else ""
    rest = tuple([line.row for line in run[1:]])
    return [replace(first, folded=rest, folded_label=f"\u2068{name}\u2069: {len(rest)} more")]


def day_of_rows(day: date | None, rows: Sequence[Row]) -> Day:
    """The lines of one day; None: of the undated."""
    return Day(
        label=weekday_name(day) if day else "Undated",
        iso=day.isoformat() if day else "",
        address=urls.day(day),
        rows=tuple(rows),
    )


def pager(first: str, number: int, full: int, days: Sequence[date | None]) -> Pager:
    """Where a page of the list that begins at `first` stands: of `full` pages with a number.

    `days` are those of its lines, newest first. See `parts` for the numbers.
    """
    newer = 0 if number == full else number + 1
    older = number - 1 if number else full
    return Pager(
        text=_from_to([day for day in days if day]),
        newer=urls.part(first, newer) if number else "",
        older=urls.part(first, older) if older else "",
        first=first,
        last=urls.part(first, 1) if full else first,
        has_newer=number > 0,
        has_older=older > 0,
        many=full > 0,
    )


def _from_to(days: Sequence[date]) -> str:
    if not days:
        return "Undated"
    first, last = day_name(days[-1]), day_name(days[0])
    return first if first == last else f"{last} to {first}"


def neighbours(first: str, number: int, full: int) -> tuple[str, str]:
    """The addresses of the pages before (newer) and after (older) one, empty for none."""
    pages = pager(first, number, full, ())
    return pages.newer, pages.older
