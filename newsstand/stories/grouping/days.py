"""Reports to stories, a day after the other: what was grouped stays as it is.

The reports of a day (UTC) are grouped among themselves and with the stories that are still open.
A story that is there keeps its reports and may gain new ones; two stories that are there are
never joined. So a report changes nothing that is older than its day, and nothing that is newer
than the days in which it is within reach.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

from msgspec import Struct

from newsstand.stories.grouping.boilerplate import Boilerplate
from newsstand.stories.grouping.candidates import Candidates
from newsstand.stories.grouping.clustering import Pair, Thresholds, cluster
from newsstand.stories.grouping.pieces import Decisions, Piece, Rule
from newsstand.stories.grouping.recent_counts import DayCounts
from newsstand.stories.grouping.same_event import (
    Comparison,
    Weighed,
    compare,
    compare_if,
    remembered,
    weighed,
)
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of
from newsstand.stories.grouping.undated import NONE_UNDATED, Undated, is_collection
from newsstand.stories.kept_apart import KeptApart

LEAST_CHANCE = 0.1  # of a pair; less counts as none
_LEAST_ODDS = log(LEAST_CHANCE / (1.0 - LEAST_CHANCE))
_OF_A_COLLECTION = 3.0  # how much broader stories are where times tell nothing
_RECENT_DAYS = 2
NEAREST = 4  # reports of other stories that are remembered as near


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the reports of a day, in their order.

    `stories` are for each the key of the first report of its story, `near` the keys of the
    reports of other stories that are most like it. `undated` are undated reports that may tell
    the same as one of the day: the key of each, and the chance.
    """

    stories: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]
    undated: tuple[tuple[str, str, float], ...] = ()


class OpenState(Struct, frozen=True, array_like=True):
    """The open days as a value: what is counted, and the open reports with their stories."""

    terms: tuple[DayCounts, ...] = ()
    boilerplate: tuple[DayCounts, ...] = ()
    reports: tuple[Weighed, ...] = ()
    stories: tuple[str, ...] = ()


NOTHING_OPEN = OpenState()


class OpenDays:
    """The days up to some day, as far as they matter for the next one."""

    def __init__(
        self,
        rule: Rule,
        decisions: Decisions,
        undated: Undated = NONE_UNDATED,
        state: OpenState = NOTHING_OPEN,
    ) -> None:
        self._days_open = rule.closed_after_days
        self._breadth = rule.breadth
        self._alone = decisions.alone
        self._kept_apart = KeptApart(decisions.apart)
        self._terms = TermWeights(state.terms)
        self._boilerplate = Boilerplate(state.boilerplate)
        self._candidates = Candidates()
        self._reports: dict[int, Weighed] = {}  # those that are open, by place
        self._stories: dict[int, str] = {}
        self._places: dict[str, int] = {}
        self._next = 0
        self._undated = undated
        self._hold(self._numbered(state.reports), state.stories)

    def state(self) -> OpenState:
        """What `OpenDays` can be made from again."""
        reports = tuple([remembered(report) for report in self._reports.values()])
        stories = tuple([self._stories[place] for place in self._reports])
        return OpenState(self._terms.days, self._boilerplate.days, reports, stories)

    def group(self, pieces: Sequence[Piece]) -> Outcome:
        """Group the pieces of the next day, in order of time."""
        new = self.read(pieces)
        breadth = self._breadth * (_OF_A_COLLECTION if is_collection(pieces) else 1.0)
        thresholds = Thresholds(breadth)
        pairs = self._compared(new)
        chances = {pair: chance for pair, (_, chance) in pairs.items()}
        running, copies = self._open_stories(new[0], pairs), self._copies(new, thresholds)

        def clustered() -> list[list[int]]:
            return self._cluster(running, copies, chances, thresholds, self._apart(new))

        chances = self._with_elsewhere(pairs, clustered())
        groups = clustered()
        self._tell_stories(groups)
        stories = tuple([self._stories[place] for place in new])
        undated = self._undated.matches([self._reports[place] for place in new])
        return Outcome(stories, self._near(new, chances), undated)

    def take(self, pieces: Sequence[Piece], stories: Sequence[str]) -> None:
        """Take the pieces of the next day, whose stories are known."""
        self._hold(self.read(pieces), stories)

    def read(self, pieces: Sequence[Piece]) -> list[int]:
        """Read the pieces of the next day; gives their places. What is over is forgotten."""
        self.forget(pieces[0].day or 0)
        self._boilerplate.add(pieces)
        own = self._boilerplate
        texts = [text_of(p, own.own_title(p), own.own_excerpt(p)) for p in pieces]
        self._terms.add(texts)
        return self._numbered([weighed(text, self._terms) for text in texts])

    def _numbered(self, reports: Sequence[Weighed]) -> list[int]:
        places = list(range(self._next, self._next + len(reports)))
        self._next += len(reports)
        self._reports.update(zip(places, reports, strict=True))
        keys = [report.text.piece.key for report in reports]
        self._places.update(zip(keys, places, strict=True))
        return places

    def _hold(self, places: Sequence[int], stories: Sequence[str]) -> None:
        """Let later reports be compared with these, whose stories are known."""
        for place, story in zip(places, stories, strict=True):
            self._candidates.add(place, self._reports[place])
            self._stories[place] = story

    def report(self, key: str) -> Weighed:
        """An open report by its key."""
        return self._reports[self._places[key]]

    def with_same_words(self, comparison: Comparison) -> frozenset[str]:
        """The open reports that have the two most telling words of a comparison too."""
        words = [word for word, _ in comparison.shared[:2]]
        if len(words) < 2:
            return frozenset()
        places = self._candidates.with_both(words[0], words[1])
        return frozenset(self._reports[place].text.piece.key for place in places)

    @property
    def crowd(self) -> int:
        """How many reports are open."""
        return len(self._reports)

    def forget(self, day: int) -> None:
        """Forget the reports that are over by a day."""
        for place in list(self._reports):
            if self._day_of(place) >= day - self._days_open:
                self._candidates.forget(place)
                return
            del self._places[self._reports.pop(place).text.piece.key]
            self._stories.pop(place, None)
        self._candidates.forget(self._next)

    def _compared(self, new: Iterable[int]) -> dict[Pair, tuple[Comparison, float]]:
        """New reports with all that are open: the pairs that are worth a look, and chances."""
        found: dict[Pair, tuple[Comparison, float]] = {}
        crowd = len(self._reports)
        for place in new:
            report = self._reports[place]
            for other in self._worth_a_look(place, report):
                comparison = compare_if(self._reports[other], report, crowd, _LEAST_ODDS)
                if comparison:
                    found[other, place] = comparison, comparison.chance()
            self._candidates.add(place, report)
        return found

    def _worth_a_look(self, place: int, report: Weighed) -> list[int]:
        """In order: sums of chances must not depend on how places are numbered."""
        likely, declared = self._candidates.of(report), report.text.piece.declared
        if not declared:
            return likely
        places = (self._places.get(key, place) for key in declared)
        return sorted({*likely, *(n for n in places if n < place)})

    def _with_elsewhere(
        self,
        pairs: Mapping[Pair, tuple[Comparison, float]],
        groups: Iterable[Sequence[int]],
    ) -> dict[Pair, float]:
        """The chances of pairs, now that it is known which stories there are."""
        story_of: dict[int, int | str] = {**self._stories}
        story_of.update({place: group[0] for group in groups for place in group})
        known: dict[tuple[str, str], set[int | str]] = {}
        found = {}
        for pair, (comparison, chance_alone) in pairs.items():
            elsewhere = 0
            if len(comparison.shared) > 1:
                words = comparison.shared[0][0], comparison.shared[1][0]
                if words not in known:
                    known[words] = {story_of[n] for n in self._candidates.with_both(*words)}
                elsewhere = len(known[words] - {story_of[pair[0]], story_of[pair[1]]})
            chance = comparison.chance(elsewhere) if elsewhere else chance_alone
            if chance >= LEAST_CHANCE or chance < 0.0:
                found[pair] = chance
        return found

    def _open_stories(self, new: int, pairs: Iterable[Pair]) -> dict[tuple[int, ...], list[int]]:
        """The open stories that pairs lead to, by their reports of the last days, else by all.

        A running story goes on from where it is, not from where it began.
        """
        paired = set(chain.from_iterable(pairs))
        led_to = {self._stories.get(place) for place in paired}
        stories: dict[str, list[int]] = {}
        for place, story in self._stories.items():
            if story in led_to:
                stories.setdefault(story, []).append(place)
        last = (self._reports[new].text.piece.day or 0) - _RECENT_DAYS
        in_order = [*self._reports]
        first = in_order[bisect_left(in_order, last, key=self._day_of)]
        recent = (
            (tuple([n for n in places if n >= first] or places), places)
            for places in stories.values()
        )
        return {some: places for some, places in recent if not paired.isdisjoint(some)}

    def _cluster(
        self,
        recent: Mapping[tuple[int, ...], Sequence[int]],
        copies: Iterable[Sequence[int]],
        chances: Mapping[Pair, float],
        thresholds: Thresholds,
        apart: Sequence[Iterable[int]],
    ) -> list[list[int]]:
        """Groups of open stories, each with what comes to it, and of what is left."""
        groups = [*recent, *copies]
        fixed = {places[0]: len(old) for places, old in recent.items()}
        if self._alone:
            alone = {self._places[key] for key in self._alone & self._places.keys()}
            chances = {pair: x for pair, x in chances.items() if alone.isdisjoint(pair)}
        if apart:
            first = {place: some[0] for some, old in recent.items() for place in old}
            apart = [{first.get(place, place) for place in places} for places in apart]
        found = cluster(groups, chances, thresholds, fixed, apart)
        whole = {places[0]: old for places, old in recent.items()}
        return [sorted({*group, *whole.get(group[0], ())}) for group in found]

    def _day_of(self, place: int) -> int:
        return self._reports[place].text.piece.day or 0

    def _copies(self, new: Iterable[int], thresholds: Thresholds) -> list[list[int]]:
        """New reports, those with the very same words together: a headline that all print."""
        same: dict[tuple[tuple[str, ...], tuple[str, ...], str], list[int]] = {}
        for place in new:
            text = self._reports[place].text
            key = text.piece.key
            own = key if key in self._alone or key in self._kept_apart.keys else ""
            same.setdefault((text.headline, text.excerpt, own), []).append(place)
        found = []
        for places in same.values():
            one, other = self._reports[places[0]], self._reports[places[-1]]
            chance = compare(one, other, self.crowd).chance() if len(places) > 1 else 0.0
            found += [places] if chance >= thresholds.needed(2) else [[n] for n in places]
        return found

    def _apart(self, new: Iterable[int]) -> list[list[int]]:
        """Sets with new reports that the editor keeps apart, as far as they are open."""
        keys = [self._reports[place].text.piece.key for place in new]
        open_sets = (self._places.keys() & keys for keys in self._kept_apart.sets_with(keys))
        return [[self._places[key] for key in keys] for keys in open_sets]

    def _tell_stories(self, groups: Iterable[Sequence[int]]) -> None:
        """Name each story by that which was there, else by its first report."""
        for group in groups:
            first = self._reports[group[0]].text.piece.key
            story = self._stories.get(group[0], first)
            for place in group:
                self._stories[place] = story

    def _near(
        self, new: Iterable[int], chances: Mapping[Pair, float]
    ) -> tuple[tuple[str, ...], ...]:
        near: dict[int, list[tuple[float, str]]] = {place: [] for place in new}
        for (one, other), chance in chances.items():
            if chance > 0.0 and self._stories[one] != self._stories[other]:
                near[other].append((-chance, self._reports[one].text.piece.key))
                if one in near:
                    near[one].append((-chance, self._reports[other].text.piece.key))
        return tuple(tuple(key for _, key in sorted(found)[:NEAREST]) for found in near.values())
