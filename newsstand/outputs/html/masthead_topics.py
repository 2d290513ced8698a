"""Which topics the masthead names: the busiest, and for as long as they are not far outrun.

Every page shows them, so each change of them writes the whole site anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from newsstand.model import Story, Topic
from newsstand.site import OLDEST, Site
from newsstand.text.zones import local, zone_of

MOST = 8
_FAR = 2  # times the stories of the least of them
_LAST_YEAR = 9998  # the beginning of the month after it can be written
_DAY = timedelta(days=1)


def masthead_topics(site: Site) -> tuple[Topic, ...]:
    """The children of the site's own topic, else the topics at the top; at most eight, by name."""
    own = site.own_topic
    topics = site.children.get(own, ()) if own else ()
    shown = [t for t in topics or site.children.get("", ()) if site.by_topic[t.id] and t.id != own]
    if len(shown) > MOST:
        starts = {t.id: sorted(map(_start, site.by_topic[t.id])) for t in shown}
        chosen = steady_choice(_counts(starts, site.newest, site.config.timezone))
        shown = [topic for topic in shown if topic.id in chosen]
    return tuple(sorted(shown, key=lambda t: t.name.casefold()))


def steady_choice(turns: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """The names chosen when the last turn is over. Each turn says how much each name has by then.

    A name that is in stays, until one that is not has twice as much as the least of those in. So
    names of about one size do not take turns, and what has become busy is not kept out.
    """
    chosen: list[str] = []
    for counts in turns:
        for name in sorted(counts, key=lambda n: (-counts[n], n)):
            if name in chosen or not counts[name]:
                continue
            if len(chosen) >= MOST:
                least = min(chosen, key=lambda n: (counts[n], n))
                if counts[name] < _FAR * counts[least]:
                    break
                chosen.remove(least)
            chosen.append(name)
    return tuple(chosen)


def _start(story: Story) -> datetime:
    return story.articles[0].published or OLDEST


def _counts(
    starts: Mapping[str, Sequence[datetime]], newest: datetime | None, zone: str
) -> list[dict[str, int]]:
    """How many stories of each topic had begun at each turn.

    That is when a month began, up to the newest record's; a day in a site's first month; on its
    first day what there is.
    """
    every = sorted({start for starts_ in starts.values() for start in starts_ if start > OLDEST})
    for after in (_next_month, _next_day):
        if newest and (turns := list(_turns(every, newest, zone, after))):
            return [{t: bisect_left(s, turn) for t, s in starts.items()} for turn in turns]
    return [{topic: len(starts_) for topic, starts_ in starts.items()}]


def _turns(
    starts: Sequence[datetime], newest: datetime, zone: str, after: Callable[[date], date]
) -> Iterator[datetime]:
    """The beginnings of months or days before which something began, none after the newest."""
    place = 0
    while place < len(starts):
        day = local(starts[place], zone).date()
        if day.year > _LAST_YEAR:
            return
        following = after(day)
        turn = datetime(following.year, following.month, following.day, tzinfo=zone_of(zone))
        if turn > newest:
            return
        yield turn.astimezone(UTC)
        place = bisect_left(starts, turn)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _next_day(day: date) -> date:
    return day + _DAY
