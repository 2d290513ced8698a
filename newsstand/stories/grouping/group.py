"""All reports of a site -> stories: every report in exactly one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from msgspec import structs

from newsstand.stories.grouping import unchanged_days
from newsstand.stories.grouping.clustering import Thresholds
from newsstand.stories.grouping.days import NOTHING_OPEN, OpenDays, OpenState, Outcome
from newsstand.stories.grouping.pieces import NO_DECISIONS, Decisions, Piece, Rule
from newsstand.stories.grouping.recent_counts import LEAST_COUNTED
from newsstand.stories.grouping.same_event import Comparison, Weighed, compare
from newsstand.stories.grouping.unchanged_days import GroupMemory, KnownDay, KnownState, known_day
from newsstand.stories.grouping.undated import Undated, at_one_instant, likest_story
from newsstand.stories.kept_apart import KeptApart
from newsstand.text.fingerprint import fingerprint_of, hash_of
from newsstand.text.tokens import tokens_of

VERSION = 6  # of the rule: raise it where the same reports would make other stories


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a site by day (days since 1970, None for the undated).

    `fingerprint` tells whether a report is what it was, `piece` makes it. Where little has changed
    few are made.
    """

    days: Mapping[int | None, Sequence[str]]
    fingerprint: Callable[[str], bytes]
    piece: Callable[[str], Piece]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Reports:
        """Reports that are made already."""
        made = {piece.key: piece for piece in pieces}
        days: dict[int | None, list[str]] = defaultdict(list)
        for piece in made.values():
            days[piece.day].append(piece.key)
        return cls(days, lambda key: fingerprint_of(made[key]), made.__getitem__)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports, what they share, and which others have the two most telling words too."""

    one: Weighed
    other: Weighed
    found: Comparison
    elsewhere: frozenset[str]


@dataclass(frozen=True)
class Grouped:
    """Stories as keys in order of time, and what answers questions about them.

    `timeless` are reports that share their times with many others of their outlet.
    """

    stories: tuple[tuple[str, ...], ...]
    timeless: frozenset[str]
    memory: GroupMemory
    reports: Reports = field(repr=False)
    rule: Rule
    _near: dict[int, Mapping[str, tuple[str, ...]]] = field(default_factory=dict, repr=False)
    _opened: dict[int, OpenDays] = field(default_factory=dict, repr=False)

    def near(self, key: str) -> tuple[str, ...]:
        """The reports of other stories that were most like it when it came, most alike first."""
        day = self._day_of.get(key)
        if day is None:
            return ()
        if day not in self._near:
            self._near[day] = self._days[day].nearest()
        return self._near[day][key]

    def compare(self, key: str, other: str) -> Compared | None:
        """What two reports share and what not; None where one is undated or they are too far."""
        days = sorted(d for k in (key, other) if (d := self._day_of.get(k)) is not None)
        if len(days) < 2 or days[1] - days[0] > self.rule.closed_after_days:
            return None
        opened = self._open_at(days[1])
        one, two = opened.report(key), opened.report(other)
        found = compare(one, two, opened.crowd)
        return Compared(one, two, found, opened.with_same_words(found) - {key, other})

    def encoded(self) -> bytes:
        """What the next run may be given."""
        return unchanged_days.encoded(self.memory)

    @cached_property
    def _days(self) -> dict[int, KnownDay]:
        return {known.day: known for known in self.memory.days}

    @cached_property
    def _day_of(self) -> dict[str, int]:
        return {key: known.day for known in self.memory.days for key in known.keys}

    def _open_at(self, day: int) -> OpenDays:
        """The open days up to one. The last that was asked for is kept."""
        if day not in self._opened:
            self._opened.clear()
            work = _Work(self.reports, self.rule, NO_DECISIONS)
            place = [known.day for known in self.memory.days].index(day)
            self._opened[day] = work.opened(self.memory.days, place + 1, day + 1)
        return self._opened[day]


def group(
    reports: Reports, rule: Rule, decisions: Decisions = NO_DECISIONS, before: bytes = b""
) -> Grouped:
    """Group all reports; their order changes nothing.

    `before` is what an earlier run gave: it changes nothing but the time that this takes.
    """
    known = unchanged_days.decoded(before)
    days_known = {day.day: day for day in known.days}
    work = _Work(reports, rule, decisions, known.before_newest)
    dated = work.dated(days_known)
    timeless = frozenset(key for day in dated for key in day.timeless)
    work.undated_keys += sorted(timeless)
    days = work.grouped(dated, days_known)
    undated = work.undated_stories(known)
    now = GroupMemory(
        days=days, undated=work.rules, undated_stories=undated, before_newest=work.before_newest
    )
    tokens_of.cache_clear()  # no text of a day is asked for again
    return Grouped(work.stories(days, undated), timeless, now, reports, rule)


@dataclass(frozen=True, slots=True)
class _Day:
    """The reports of one day, in order of time."""

    number: int
    own: bytes
    keys: tuple[str, ...]
    timeless: tuple[str, ...]
    pieces: Sequence[Piece] = ()  # where they were made


class _Work:
    """The steps of grouping."""

    def __init__(
        self,
        reports: Reports,
        rule: Rule,
        decisions: Decisions,
        before_newest: KnownState | None = None,
    ) -> None:
        self.before_newest = before_newest
        self._reports = reports
        self._rule = rule
        self._decisions = decisions
        self._kept_apart = KeptApart(decisions.apart)
        self._thresholds = Thresholds(rule.breadth)
        self.undated_keys = [*reports.days.get(None, ())]

    def dated(self, known: Mapping[int, KnownDay]) -> list[_Day]:
        """The days in order. What is known of one is taken where its reports are the same."""
        found = []
        for day in sorted(day for day in self._reports.days if day is not None):
            own, then = self._own(self._reports.days[day]), known.get(day)
            if then and then.own == own:
                found.append(_Day(day, own, then.keys, then.timeless))
            else:
                pieces = [self._reports.piece(key) for key in self._reports.days[day]]
                timeless = at_one_instant(pieces)
                pieces = [piece for piece in pieces if piece.key not in timeless]
                ordered = sorted(pieces, key=lambda p: (p.hours or 0.0, p.key))
                keys = tuple([piece.key for piece in ordered])
                found.append(_Day(day, own, keys, tuple(sorted(timeless)), ordered))
        return [day for day in found if day.keys or day.timeless]

    @cached_property
    def rules(self) -> bytes:
        """A fingerprint of the rule and of the undated reports: every day depends on them."""
        return fingerprint_of(VERSION, self._rule, self._own(self.undated_keys))

    @cached_property
    def _undated(self) -> Undated:
        pieces = [self._reports.piece(key) for key in self.undated_keys]
        return Undated([structs.replace(p, hours=None) for p in pieces], self._decisions)

    def undated_stories(self, known: GroupMemory) -> tuple[tuple[str, ...], ...]:
        """The undated reports by what they tell, apart from all dated ones."""
        if known.undated == self.rules:
            return known.undated_stories
        return tuple(self._undated.stories(self._thresholds))

    def grouped(self, dated: Sequence[_Day], known: Mapping[int, KnownDay]) -> tuple[KnownDay, ...]:
        """Each day with its stories."""
        found: list[KnownDay] = []
        opened: OpenDays | None = None
        for place, day in enumerate(dated):
            inputs = self._made_from(self.rules + day.own, found[self._reach(found) :])
            then = known.get(day.number)
            if then and then.inputs == inputs:
                found.append(then)
                opened = None
                continue
            opened = opened or self.opened(found, place, day.number)
            opened.forget(day.number)
            if day is dated[-1]:
                self._remember(opened, found, day.number)
            pieces = day.pieces or self._pieces(day.keys)
            outcome = opened.group(pieces) if pieces else Outcome((), ())
            found.append(known_day(day.number, day.own, inputs, day.keys, day.timeless, outcome))
        return tuple(found)

    def stories(
        self, days: Sequence[KnownDay], undated: Sequence[tuple[str, ...]]
    ) -> tuple[tuple[str, ...], ...]:
        """All stories, by their first report; the undated stand last in theirs."""
        stories: dict[str, list[str]] = {}
        for day in days:
            for key, story in zip(day.keys, day.stories, strict=True):
                if story:
                    stories.setdefault(story, []).append(key)
                else:
                    stories[key] = [key]
        story_of = {key: s for s, keys in stories.items() if undated for key in keys}
        likes: dict[str, dict[str, float]] = defaultdict(dict)
        for key, dated, chance in chain.from_iterable([day.undated for day in days]):
            if not self._kept_apart.parts(key, dated):
                of_key, story = likes[key], story_of[dated]
                of_key[story] = max(chance, of_key.get(story, 0.0))
        for group in undated:
            story = likest_story(group, likes, self._thresholds)
            stories.setdefault(story or group[0], []).extend(group)
        grouped: Iterable[list[str]] = stories.values()
        if self._kept_apart.keys:
            grouped = chain.from_iterable(map(self._kept_apart.parted, grouped))
        return tuple([tuple(keys) for keys in grouped])

    def opened(self, days: Sequence[KnownDay], end: int, following: int) -> OpenDays:
        """The days before a place that are open on the day that follows, as if all were grouped."""
        begin, state = self._resumed(days[:end], following)
        opened = OpenDays(self._rule, self._decisions, self._undated, state)
        for day in days[begin:end]:
            if day.keys:
                opened.take(self._pieces(day.keys), day.full_stories())
        return opened

    def _resumed(self, days: Sequence[KnownDay], following: int) -> tuple[int, OpenState]:
        """From which of these days on reports have to be read, and what is open before that."""
        begin, known = self._reach(days), self.before_newest
        if known:
            for place in range(len(days), begin, -1):
                if known.made_from == self._open_from(days[:place], following):
                    return place, known.open_state()
                following = days[place - 1].day
        return begin, NOTHING_OPEN

    def _remember(self, opened: OpenDays, days: Sequence[KnownDay], following: int) -> None:
        """Keep what is open before the newest day, for the next run."""
        made_from = self._open_from(days, following)
        if not self.before_newest or self.before_newest.made_from != made_from:
            self.before_newest = unchanged_days.known_state(made_from, opened.state())

    def _open_from(self, days: Sequence[KnownDay], following: int) -> bytes:
        """A fingerprint of all that what is open on the day that follows some days depends on."""
        return self._made_from(b"%b%d" % (self.rules, following), days[self._reach(days) :])

    def _reach(self, days: Sequence[KnownDay]) -> int:
        """From which of these days on reports matter to the next: open, or counted with those."""
        if not days:
            return 0
        place, counted = len(days), 0
        oldest = days[-1].day - self._rule.closed_after_days
        while place and (days[place - 1].day >= oldest or counted < LEAST_COUNTED):
            place -= 1
            counted += len(days[place].keys) if days[place].day <= oldest else 0
        return place

    def _made_from(self, begin: bytes, days: Sequence[KnownDay]) -> bytes:
        """A fingerprint of something and of days."""
        return hash_of(begin + b"".join([day.own + day.outcome for day in days]))

    def _own(self, keys: Iterable[str]) -> bytes:
        """A fingerprint of some reports, and of the editor's word on them."""
        reports, alone, apart = self._reports, self._decisions.alone, self._kept_apart
        ordered = sorted(keys)
        parts = [*map(reports.fingerprint, ordered)]
        words = sorted((alone | apart.keys).intersection(ordered))
        decided = [(key, key in alone, apart.fingerprint(key)) for key in words]
        return hash_of(b"".join(parts) + repr(decided).encode() + "\n".join(ordered).encode())

    def _pieces(self, keys: Iterable[str]) -> list[Piece]:
        return [self._reports.piece(key) for key in keys]
