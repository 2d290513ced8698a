"""Which topics the masthead names: the busiest, and for as long as they are not far outrun.

Every page shows them, so each change of them writes the whole site anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta

from newsstand.model import Story, Topic
from newsstand.site import Site
from newsstand.text.dates import OLDEST
from newsstand.text.zones import local, start_of_day

MOST = 8
_FAR = 2  # times the stories of the least of them
_LAST_YEAR = 9998  # the beginning of the month after it can be written
_DAY = timedelta(days=1)


def masthead_topics(site: Site) -> tuple[Topic, ...]:
    """The children of the site's own topic, else the topics at the top; at most eight, by name.

    None that looks misspelt: a slip in one record is not to stand on every page.
    """
    own = site.own_topic
    topics = site.children.get(own, ()) if own else ()
    left_out = {own, *site.misspelt_topics}
    topics = topics or site.children.get("", ())
    shown = [t for t in topics if site.by_topic[t.id] and t.id not in left_out]
    if len(shown) > MOST:
        starts = {t.id: sorted(map(_start, site.by_topic[t.id])) for t in shown}
        chosen = steady_choice(*_counts(starts, site.newest, site.config.timezone))
        shown = [topic for topic in shown if topic.id in chosen]
    return tuple(sorted(shown, key=lambda t: t.name.casefold()))


def steady_choice(*periods: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """The names chosen when the last turn is over. Each turn says how much each name has by then.

    A name that is in stays, until one that is not has twice as much as the least of those in. So
    names of about one size do not take turns, and what has become busy is not kept out. The turns
    of a later period only fill the room that earlier ones have left, the busiest first: they put
    out no name that was in before their period began.
    """
    chosen: list[str] = []
    for turns in periods:
        settled = frozenset(chosen)
        for counts in turns:
            _take_turn(chosen, settled, counts)
    return tuple(chosen)


def _take_turn(chosen: list[str], settled: Set[str], counts: Mapping[str, int]) -> None:
    for name in sorted(counts, key=lambda n: (-counts[n], n)):
        if name in chosen or not counts[name]:
            continue
        if len(chosen) >= MOST:
            others = [n for n in chosen if n not in settled]
            least = min(others, key=lambda n: (counts[n], n), default=None)
            if least is None or counts[name] < _FAR * counts[least]:
                return
            chosen.remove(least)
        chosen.append(name)


def _start(story: Story) -> datetime:
    return story.articles[0].published or OLDEST


def _counts(
    starts: Mapping[str, Sequence[datetime]], newest: datetime | None, zone: str
) -> Iterator[list[dict[str, int]]]:
    """How many stories of each topic had begun: at the turns of months, of days, and at last.

    The days are those since the last month began, up to the newest record's. What there is comes
    last, since it changes with each record: where eight had begun the day before it says nothing.
    """
    every = sorted({start for starts_ in starts.values() for start in starts_ if start > OLDEST})
    if newest:
        for after in (_next_month, _next_day):
            turns = list(_turns(every, newest, zone, after))
            yield [{t: bisect_left(s, turn) for t, s in starts.items()} for turn in turns]
            every = every[bisect_left(every, turns[-1]) :] if turns else every
    yield [{topic: len(starts_) for topic, starts_ in starts.items()}]


def _turns(
    starts: Sequence[datetime], newest: datetime, zone: str, after: Callable[[date], date]
) -> Iterator[datetime]:
    """The beginnings of months or days before which something began, none after the newest."""
    turn = OLDEST
    for start in starts:
        if start < turn:
            continue
        day = local(start, zone).date()
        if day.year > _LAST_YEAR:
            return
        turn = start_of_day(after(day), zone)
        if turn > newest:
            return
        yield turn


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _next_day(day: date) -> date:
    return day + _DAY
