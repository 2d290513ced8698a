"""The rank step: stories in the order of the front page, each with its reasons.

The score is a sum of terms on a scale where one point is a doubling of heat::

    log2(1 + heat)  -  age / half-life  +  promotion  -  outlet seen above  -  topic seen above

The age is that of the median report, measured to the end of the newest record's day (24:00
UTC): a running story ages although it gains a report a day, and what comes in during a day
changes no other story's terms. Promoted stories stand before all others, pinned ones before
these. Variety is for the first pages: below the first stories, score alone decides.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from newsstand.content.kinds.settings import Weights
from newsstand.model import Story
from newsstand.text.date_names import hours_between
from newsstand.text.fingerprint import fingerprint_of
from newsstand.text.strings import plural

VARIED = 200  # stories from the top that variety is for
_UNDATED_HALF_LIVES = 30.0
_MOST_REPEATS = 4


class Term(Struct, frozen=True, array_like=True):
    """One reason of a story's score: a name, what it was measured from, its part."""

    name: str
    reason: str
    value: float


class Repeats(NamedTuple):
    """How many stories above one are led by its outlet, and are on one of its topics."""

    outlet: int
    topic: int


_NONE = Repeats(0, 0)
_Order = tuple[int, bool, bool, float, str]
"""What stories are sorted by: tier (three values), score without variety (negative), id."""


class Standing(Struct, frozen=True):
    """What a story's terms are made from beside the story: the newest day's end, its repeats."""

    today: datetime | None
    repeats: Repeats
    fingerprint: bytes

    @classmethod
    def of(cls, today: datetime | None, repeats: Repeats = _NONE) -> Standing:
        """A standing that has the fingerprint of what it says."""
        return cls(today, repeats, fingerprint_of(today, *repeats))


class Ranking(Struct, frozen=True, eq=False, dict=True):
    """Stories in order.

    `today` is the end of the newest record's day, None where nothing is dated. `repeats` are
    of those of the first stories (by id) that variety has lowered.
    """

    stories: tuple[Story, ...]
    today: datetime | None
    repeats: Mapping[str, Repeats]

    @cached_property
    def _usual(self) -> Standing:
        return Standing.of(self.today)

    def standing(self, story: Story) -> Standing:
        """What `terms` and `score` need to know of a story's place."""
        repeats = self.repeats.get(story.id)
        return Standing.of(self.today, repeats) if repeats else self._usual


def terms(story: Story, weights: Weights, standing: Standing) -> tuple[Term, ...]:
    """Why a story stands where it does. The values add up to its `score`."""
    all_terms = [_heat(story), _freshness(story, weights, standing.today)]
    if story.promoted:
        value = round(weights.promoted, 2) + 0.0
        all_terms.append(Term("Promotion", "a record of it is promoted", value))
    repeats = standing.repeats
    for name, above, how, lowered in (
        ("Outlet variety", repeats.outlet, "led by the same outlet", weights.same_outlet),
        ("Topic variety", repeats.topic, "on the same topic", weights.same_topic),
    ):
        if above and lowered:
            reason = f"{_stories_above(above)} {how}"
            all_terms.append(Term(name, reason, round(-lowered * above, 2)))
    return tuple(all_terms)


def score(story: Story, weights: Weights, standing: Standing) -> float:
    """The sum of a story's terms, to the hundredth."""
    base = _score(story, weights, story.middle, standing.today)
    return round(base + _lowered(standing.repeats, weights), 2)


def rank(
    stories: Iterable[Story],
    weights: Weights,
    topics: Mapping[str, tuple[str, ...]],
    newest: datetime | None = None,
    varied: int = VARIED,
) -> Ranking:
    """Stories by tier (pinned; promoted; others; each the dated before the undated) and score.

    `topics` gives, for each story's id, the topics that variety looks at; `newest` is the time of
    the newest record, which is looked for where it is not given; `varied` stories from the top are
    mixed by outlet and topic.
    """
    all_stories = tuple(stories)
    moments = (a.published for story in all_stories for a in story.articles if a.published)
    today = _end_of_day(newest or max(moments, default=None))

    def order_of(story: Story) -> _Order:
        moment = story.middle
        points = _score(story, weights, moment, today)
        return (-story.pinned, not story.promoted, moment is None, -points, story.id)

    order = sorted(all_stories, key=order_of)
    repeats = _varied(order, order_of, weights, topics, varied)
    end = max(repeats, default=-1) + 1
    left = [story for n, story in enumerate(order[:end]) if n not in repeats]
    lowered = {order[n].id: repetition for n, repetition in repeats.items() if repetition != _NONE}
    ranked = (*[order[n] for n in repeats], *left, *order[end:])
    return Ranking(ranked, today, lowered)


def _end_of_day(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    # The last day that there is has no end that can be written.
    return day + timedelta(days=1) if day.date() < date.max else moment


def _score(
    story: Story, weights: Weights, moment: datetime | None, today: datetime | None
) -> float:
    """The sum of all terms but those of variety, each rounded as it is printed."""
    score = _doublings(story.heat) + _fresh_value(moment, weights, today)
    return round(score + round(weights.promoted, 2), 2) if story.promoted else round(score, 2)


@lru_cache(maxsize=1 << 10)  # most stories have one of few heats
def _doublings(heat: float) -> float:
    return round(math.log2(1 + max(heat, 0.0)), 2)


def _fresh_value(moment: datetime | None, weights: Weights, today: datetime | None) -> float:
    if moment is None or today is None:
        return -_UNDATED_HALF_LIVES
    hours = max(hours_between(moment, today), 0.0)
    return round(-hours / weights.half_life_hours, 2) + 0.0


def _heat(story: Story) -> Term:
    stated = any(a.heat is not None and a.heat >= 0 for a in story.articles)
    how = "as the record states" if stated else "from its outlets, their speed and quality"
    return Term("Heat", f"{story.heat:g}, {how}", _doublings(story.heat))


def _freshness(story: Story, weights: Weights, today: datetime | None) -> Term:
    moment = story.middle
    value = _fresh_value(moment, weights, today)
    if moment is None or today is None:
        return Term("Freshness", "no report is dated", value)
    age = _age(max(hours_between(moment, today), 0.0))
    return Term(
        "Freshness", f"the middle report is {age} older than the end of the newest day", value
    )


def _age(hours: float) -> str:
    return f"{hours:.0f} h" if hours < 72 else plural(round(hours / 24), "day")


def _varied(
    order: Sequence[Story],
    order_of: Callable[[Story], _Order],
    weights: Weights,
    topics: Mapping[str, tuple[str, ...]],
    varied: int,
) -> dict[int, Repeats]:
    """Places of the first stories: take the highest again and again; what repeats it is lowered.

    A story's repeats only grow, so its last known score is an upper bound: it is looked at
    again only when it comes to the top. Of those that were not yet, the first is always waiting.
    """
    coming = ((order_of(story), n) for n, story in enumerate(order))
    heap = list(islice(coming, 1))
    seen = 0
    outlets: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    repeats_by_place: dict[int, Repeats] = {}
    while heap and len(repeats_by_place) < varied:
        entry = heapq.heappop(heap)
        (pinned, promoted, undated, _, story_id), n = entry
        if n == seen:
            for following in islice(coming, 1):
                heapq.heappush(heap, following)
            seen += 1
        outlet, subject = order[n].lead.outlet, topics.get(story_id, ())
        repeats = Repeats(
            min(outlets[outlet], _MOST_REPEATS) if outlet else 0,
            min(max((subjects[t] for t in subject), default=0), _MOST_REPEATS),
        )
        base = -order_of(order[n])[3]
        points = round(base + _lowered(repeats, weights), 2)
        lowered = ((pinned, promoted, undated, -points, story_id), n)
        if lowered > entry and heap and lowered > heap[0]:
            heapq.heappush(heap, lowered)
            continue
        outlets[outlet] += 1
        subjects.update(subject)
        repeats_by_place[n] = repeats
    return repeats_by_place


def _lowered(repeats: Repeats, weights: Weights) -> float:
    return round(-weights.same_outlet * repeats.outlet, 2) + round(
        -weights.same_topic * repeats.topic, 2
    )


def _stories_above(count: int) -> str:
    least = "at least " if count == _MOST_REPEATS else ""
    return f"{least}{plural(count, 'story', 'stories')} above it"
