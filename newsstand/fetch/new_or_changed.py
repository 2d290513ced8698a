"""Which items of a feed become records, which change one, which are left: values in, values out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from newsstand.fetch.item_identity import RANKS, keys_of, seen_marks
from newsstand.fetch.items import Item
from newsstand.fetch.merge import differs
from newsstand.fetch.records import Known

_UNDATED_AT_FIRST = 10
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_KEPT = 40  # marks of items that are no longer in the feed, at least


@dataclass(frozen=True, slots=True)
class Limits:
    """Which items may come in: none older than `since`, at most `most` of a feed in a run."""

    since: datetime
    most: int = 100


def usual_limits(now: datetime, days: float, most: int) -> Limits:
    """The limits where nobody asks for older items."""
    return Limits(now - timedelta(days=days), most)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with the items of one feed.

    `new` come in, `changed` go with the record that they change, `seen` are the marks to
    remember. `shown` are those that a reader will see, new or not. The others are counted: too
    `old`, `over` the limit, `undated` beyond ten at a first visit.
    """

    new: tuple[Item, ...] = ()
    changed: tuple[tuple[Known, Item], ...] = ()
    shown: tuple[Item, ...] = ()
    seen: tuple[str, ...] = ()
    old: int = 0
    over: int = 0
    undated: int = 0


class Judged(NamedTuple):
    """An item with its keys, its record if it has one, and whether an earlier run has seen it.

    `rank` is how sure the key is by which the record was found: 0 is the surest.
    """

    item: Item
    keys: tuple[str, ...]
    known: Known | None
    rank: int
    was_seen: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed, and all that are followed: a record of another one of them is not touched.

    `seen` are the marks of the last runs; `is_first` says that there was none.
    """

    feed: str
    feeds: Collection[str]
    seen: tuple[str, ...] = ()
    is_first: bool = True


def decide(
    items: Iterable[Item], index: Mapping[str, Known], of: Followed, limits: Limits, now: datetime
) -> Decision:
    """What to do with the items of a feed. `index` has the records that stand, by their keys.

    Items that no run has seen are counted alike whether they have a record or not, so that a run
    which was stopped half-way is finished by the next one as if nothing had been.
    """
    seen = frozenset(of.seen)
    judged = [_judged(item, index, seen, now) for item in items]
    coming, old, undated = _coming(judged, of.is_first, limits.since)
    kept = _newest(coming, limits.most)
    new, taken = [], set[str]()
    for one in kept:
        if one.known is None and taken.isdisjoint(one.keys):
            new.append(one.item)
            taken.update(one.keys)
    changed = [
        (one.known, one.item) for one in _surest(judged) if one.known and _has_changed(one, of)
    ]
    return Decision(
        new=tuple(new),
        changed=tuple(changed),
        shown=tuple(one.item for one in judged if _is_shown(one, kept, limits.since)),
        seen=_to_remember(judged, old, of.seen),
        old=len(old),
        over=len(coming) - len(kept),
        undated=undated,
    )


def with_pictures(decision: Decision, made: Iterable[Item]) -> Decision:
    """The decision with other values of its new items, in their order."""
    now = {id(old): new for old, new in zip(decision.new, made, strict=True)}
    shown = tuple(now.get(id(item), item) for item in decision.shown)
    return replace(decision, new=tuple(now.values()), shown=shown)


def _judged(item: Item, index: Mapping[str, Known], seen: frozenset[str], now: datetime) -> Judged:
    keys = tuple(keys_of(item, now))
    rank = next((n for n, key in enumerate(keys) if key in index), len(keys))
    record = index[keys[rank]] if rank < len(keys) else None
    kind = RANKS.index(keys[rank][0]) if record is not None else len(RANKS)
    return Judged(item, keys, record, kind, not seen.isdisjoint(seen_marks(item)))


def _is_shown(one: Judged, kept: Collection[Judged], since: datetime) -> bool:
    published = one.item.published
    return one in kept or (one.known is not None and (published is None or published >= since))


def _surest(judged: Iterable[Judged]) -> Iterable[Judged]:
    """The items, but of several that are one record only the surest."""
    by_record: dict[str, Judged] = {}
    for one in judged:
        if one.known is not None:
            best = by_record.setdefault(one.known.path, one)
            if one.rank < best.rank:
                by_record[one.known.path] = one
    return by_record.values()


def _has_changed(one: Judged, of: Followed) -> bool:
    if one.known is None:
        return False
    own = one.known.fetched.get("feed", of.feed)
    return (own == of.feed or own not in of.feeds) and differs(one.known, one.item)


def _coming(
    judged: Iterable[Judged], is_first: bool, since: datetime
) -> tuple[list[Judged], list[Judged], int]:
    """Those that nobody has seen and that are new enough, those that are too old.

    And how many without a date are too many.
    """
    coming, old, undated = list[Judged](), list[Judged](), 0
    for one in judged:
        published = one.item.published
        if one.was_seen:
            continue
        if published and published < since:
            old.append(one)
            continue
        undated += published is None
        if published or not is_first or undated <= _UNDATED_AT_FIRST:
            coming.append(one)
    return coming, old, max(0, undated - _UNDATED_AT_FIRST) if is_first else 0


def _newest(coming: list[Judged], most: int) -> list[Judged]:
    """The newest of too many, in the order of the feed; what has no date counts as new."""
    ages = [
        (p is None, p or _LONG_AGO, -n) for n, c in enumerate(coming) for p in [c.item.published]
    ]
    order = sorted(range(len(coming)), key=ages.__getitem__, reverse=True)
    return [coming[n] for n in sorted(order[:most])]


def _to_remember(
    judged: Iterable[Judged], old: Collection[Judged], seen: tuple[str, ...]
) -> tuple[str, ...]:
    """Marks of what the feed holds, but what was too old may be asked for; then of what it held."""
    too_old = {id(one) for one in old if one.known is None}
    marks = [m for one in judged if id(one) not in too_old for m in seen_marks(one.item)]
    current = dict.fromkeys(marks)
    older = [mark for mark in seen if mark not in current]
    return (*current, *older[: max(_KEPT, 2 * len(current))])
