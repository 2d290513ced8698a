"""Stories as the rule found them -> stories as the editor wants them.

The rule groups first, unaware of what the editor joins; then whole stories are joined. So
a word about one record of a story is a word about the story, and records that are joined
although their words differ do not push their neighbours away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

Group = frozenset[str]
Alike = Callable[[str, str], float]
"""How alike two records are."""


class Orders(Struct, frozen=True):
    """The editor's word in record paths, free of contradictions.

    `together`: sets that are one story. `alone`: each is a story by itself. `apart`: sets
    of which no two are ever in one story. `labels`: a record's story key; others are kept apart.
    """

    together: tuple[frozenset[str], ...] = ()
    alone: frozenset[str] = frozenset()
    apart: tuple[frozenset[str], ...] = ()
    labels: Mapping[str, str] = {}

    def keeps_apart(self, record: str, other: str) -> bool:
        """Whether these two records may not be in one story."""
        mine, theirs = self.labels.get(record), self.labels.get(other)
        if mine is not None and theirs is not None and mine != theirs:
            return True
        pair = {record, other}
        return not pair.isdisjoint(self.alone) or any(pair <= keys for keys in self.apart)

    def allows(self, records: Iterable[str]) -> bool:
        """Whether these records may be one story."""
        members = frozenset(records)
        keys = {self.labels[r] for r in members if r in self.labels}
        alone = len(members) > 1 and not members.isdisjoint(self.alone)
        parted = any(len(kept & members) > 1 for kept in self.apart)
        return len(keys) < 2 and not alone and not parted


def obey(
    groups: Iterable[Sequence[str]], orders: Orders, alike: Alike
) -> Sequence[Collection[str]]:
    """Groups of record paths -> groups that follow the orders.

    Without orders they are the very same; else in the order of their first ones.
    """
    if not orders.labels and not orders.together:
        return tuple(groups)
    sets = [frozenset(group) for group in groups]
    parts = [part for group in sets for part in _by_label(group, orders, alike)]
    group_of = {record: group for group in parts for record in group}
    for wanted in orders.together:
        _join(wanted, group_of, orders)
    return sorted(set(group_of.values()), key=min)


def _by_label(group: Group, orders: Orders, alike: Alike) -> list[Group]:
    """A group that the rule made of records with different keys: a part for each key.

    A record without a key goes where it is most alike.
    """
    keys = sorted({orders.labels[r] for r in group if r in orders.labels})
    if len(keys) < 2:
        return [group]
    seeds = {k: sorted(r for r in group if orders.labels.get(r) == k) for k in keys}
    parts = {key: set(records) for key, records in seeds.items()}
    for record in sorted(r for r in group if r not in orders.labels):
        parts[max(keys, key=lambda k: _likeness(record, seeds[k], alike))].add(record)
    return [frozenset(part) for part in parts.values()]


def _likeness(record: str, others: Sequence[str], alike: Alike) -> float:
    return max(alike(record, other) for other in others)


def _join(wanted: Group, group_of: dict[str, Group], orders: Orders) -> None:
    """Join the stories of these records; where that breaks another order, only the records."""
    whole = frozenset(member for record in wanted for member in group_of[record])
    joined = whole if orders.allows(whole) else wanted
    for left in {group_of[record] for record in joined}:
        for record in left - joined:
            group_of[record] = left - joined
    for record in joined:
        group_of[record] = joined
