"""The rank step: stories in the order of the front page, each with its reasons.

The score is a sum of terms on a scale where one point is a doubling of heat::

    log2(1 + heat)  -  age / half-life  +  promotion  -  outlet seen above  -  topic seen above

The age is that of the median report, measured to the newest record of the site: a
running story ages although it gains a report a day, and an hour that passes without
news changes no page. Promoted stories stand before all others, pinned ones before these.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from newsstand.config import Weights
from newsstand.instants import hours_between
from newsstand.model import Story, Term
from newsstand.text import plural

_UNDATED_HALF_LIVES = 30.0
_MOST_REPEATS = 4


@dataclass(frozen=True, slots=True)
class _Base:
    story: Story
    terms: tuple[Term, ...]
    score: float
    topics: tuple[str, ...]


def rank(
    stories: Iterable[Story], weights: Weights, topics: Mapping[str, tuple[str, ...]]
) -> tuple[Story, ...]:
    """Stories by tier (pinned; promoted; others; each the dated before the undated) and score.

    `topics` gives, for each story's id, the topics that diversity looks at.
    """
    known = list(stories)
    newest = max((a.published for s in known for a in s.articles if a.published), default=None)
    tiers: dict[tuple[int, bool, bool], list[_Base]] = {}
    for story in known:
        base = _base(story, weights, newest, topics.get(story.id, ()))
        tier = (-story.pinned, not story.promoted, story.middle is None)
        tiers.setdefault(tier, []).append(base)
    seen: Counter[str] = Counter()
    ranked: list[Story] = []
    for tier in sorted(tiers):
        ranked.extend(_with_diversity(tiers[tier], weights, seen))
    return tuple(ranked)


def _base(
    story: Story, weights: Weights, newest: datetime | None, topics: tuple[str, ...]
) -> _Base:
    terms = [_heat(story), _freshness(story, weights, newest)]
    if story.promoted:
        terms.append(Term("Promotion", "a record of it is promoted", round(weights.promoted, 2)))
    return _Base(story, tuple(terms), math.fsum(t.value for t in terms), topics)


def _heat(story: Story) -> Term:
    stated = any(a.heat is not None and a.heat >= 0 for a in story.articles)
    how = "as the record states" if stated else "from its outlets, their speed and quality"
    value = math.log2(1 + max(story.heat, 0.0))
    return Term("Heat", f"{story.heat:g}, {how}", round(value, 2))


def _freshness(story: Story, weights: Weights, newest: datetime | None) -> Term:
    moment = story.middle
    if moment is None or newest is None:
        return Term("Freshness", "no report is dated", -_UNDATED_HALF_LIVES)
    hours = max(hours_between(moment, newest), 0.0)
    reason = f"the middle report is {_age(hours)} older than the newest record"
    return Term("Freshness", reason, round(-hours / weights.half_life_hours, 2) + 0.0)


def _age(hours: float) -> str:
    return f"{hours:.0f} h" if hours < 72 else plural(round(hours / 24), "day")


def _with_diversity(tier: Sequence[_Base], weights: Weights, seen: Counter[str]) -> Iterable[Story]:
    """Take the highest again and again; what the taken ones repeat lowers the rest.

    A story's penalties only grow, so its last known score is an upper bound: it is
    looked at again only when it comes to the top.
    """
    heap = [(-round(b.score, 2), b.story.id, i) for i, b in enumerate(tier)]
    heapq.heapify(heap)
    while heap:
        known, story_id, place = heapq.heappop(heap)
        base = tier[place]
        terms = (*base.terms, *_repeats(base, weights, seen))
        score = round(math.fsum(t.value for t in terms), 2)
        if -score > known and heap and -score > heap[0][0]:
            heapq.heappush(heap, (-score, story_id, place))
            continue
        seen.update((f"outlet {base.story.lead.outlet}", *(f"topic {t}" for t in base.topics)))
        yield replace(base.story, terms=terms, score=score)


def _repeats(base: _Base, weights: Weights, seen: Counter[str]) -> Iterable[Term]:
    outlet = base.story.lead.outlet
    above = min(seen[f"outlet {outlet}"], _MOST_REPEATS) if outlet else 0
    if above and weights.same_outlet:
        reason = f"{_stories_above(above)} led by the same outlet"
        yield Term("Outlet variety", reason, round(-weights.same_outlet * above, 2))
    if base.topics:
        often = max(min(seen[f"topic {t}"], _MOST_REPEATS) for t in base.topics)
        if often and weights.same_topic:
            reason = f"{_stories_above(often)} on the same topic"
            yield Term("Topic variety", reason, round(-weights.same_topic * often, 2))


def _stories_above(count: int) -> str:
    least = "at least " if count == _MOST_REPEATS else ""
    return f"{least}{plural(count, 'story', 'stories')} above it"
