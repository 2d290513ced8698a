"""Which records name which as related: by the links that their entries and they themselves have."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol

from newsstand.model import Article
from newsstand.stories.columns import Splice, places_of
from newsstand.text.fingerprint import holds, mark_of_text, packed, unpacked

_A_FEW = 40  # changed records: up to so many, each is looked for in what the others name
_SEARCHES = 50  # for who names one; for more it is quicker to turn all round once
_CELL = array("I").itemsize
Paths = tuple[str, ...]


class Linked(Protocol):
    """Marks of the links that a record has itself, and of those of its related entries (packed)."""

    @property
    def own(self) -> bytes:
        """Of the record."""

    @property
    def related(self) -> bytes:
        """Of its entries."""


@dataclass(frozen=True, slots=True)
class Links:
    """`Linked`, and nothing else."""

    own: bytes
    related: bytes


@dataclass(frozen=True)
class Kinship:
    """For each record (by path) those that it names, and those that name it; sorted.

    In columns, with a row for each of `paths` (sorted): `named` are the rows of those that it
    names, one list after the other, and `ends` where each list ends.
    """

    paths: Paths = ()
    ends: array[int] = field(default_factory=partial(array, "I"))
    named: array[int] = field(default_factory=partial(array, "I"))
    _found: dict[int, Paths] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of_names(cls, paths: Paths, names: Mapping[str, Iterable[str]]) -> Kinship:
        """Kinship of all paths (sorted) by what those of them that name others name."""
        places = {path: place for place, path in enumerate(paths)}
        ends, named = array("I"), array("I")
        for path in paths:
            named.extend(sorted([places[other] for other in names.get(path, ())]))
            ends.append(len(named))
        return cls(paths, ends, named)

    def names(self, path: str) -> Paths:
        """The records that one names."""
        row = self._row(path)
        if row is None:
            return ()
        paths, start = self.paths, self.ends[row - 1] if row else 0
        return tuple([paths[n] for n in self.named[start : self.ends[row]]])

    def named_by(self, path: str) -> Paths:
        """The records that name one."""
        row = self._row(path)
        if row is None:
            return ()
        if row not in self._found:
            if len(self._found) == _SEARCHES:
                return tuple([self.paths[n] for n in self._naming.get(row, ())])
            cells = places_of(self._cells, row.to_bytes(_CELL, sys.byteorder))
            rows = [bisect_right(self.ends, at) for at in cells]
            self._found[row] = tuple([self.paths[n] for n in rows])
        return self._found[row]

    def of(self, path: str) -> Paths:
        """The records that one names or that name it."""
        names, named_by = self.names(path), self.named_by(path)
        return tuple(sorted({*names, *named_by})) if names and named_by else names or named_by

    def again(self, paths: Paths, names: Mapping[str, Iterable[str]]) -> Kinship:
        """Kinship of these paths (sorted), of which some name others than before: all new ones."""
        before, after = {*self.paths}, {*paths}
        gone = [n for n, path in enumerate(self.paths) if path not in after]
        come = [path for path in paths if path not in before]
        splice = Splice.of(len(self.paths), gone, [bisect_left(self.paths, path) for path in come])
        moved = splice.moved()
        old = self.named if moved is None else array("I", map(moved.__getitem__, self.named))
        kept = splice.without([bisect_left(paths, path) for path in names])
        ends, named = array("I"), array("I")
        for first, new, count in (*kept.runs, (0, kept.after, 0)):
            for path in paths[len(ends) : new]:
                named.extend(sorted([bisect_left(paths, other) for other in names[path]]))
                ends.append(len(named))
            if count:
                start, stop = self.ends[first - 1] if first else 0, self.ends[first + count - 1]
                shift = len(named) - start
                named.extend(old[start:stop])
                ends.extend([end + shift for end in self.ends[first : first + count]])
        return Kinship(paths, ends, named)

    def _row(self, path: str) -> int | None:
        row = bisect_left(self.paths, path)
        return row if row < len(self.paths) and self.paths[row] == path else None

    @cached_property
    def _cells(self) -> bytes:
        return self.named.tobytes()

    @cached_property
    def _naming(self) -> Mapping[int, Sequence[int]]:
        """The rows that name each, for many questions."""
        found: dict[int, list[int]] = {}
        start = 0
        for row, end in enumerate(self.ends):
            for named in self.named[start:end]:
                found.setdefault(named, []).append(row)
            start = end
        return found


def links_of(article: Article) -> Links:
    """The links of a whole article."""
    own = {mark_of_text(k) for k in article.piece.keys}
    return Links(packed(own), packed({mark_of_text(k) for p in article.related for k in p.keys}))


def kinship(
    links: Mapping[str, Linked],
    changed: Set[str] | None = None,
    before: Kinship | None = None,
) -> Kinship:
    """Links of all records -> who names whom.

    `before` is what the last build knew and `changed` the paths of those that are new, gone or
    have other links since; if there are none, `links` are not asked for. The answer is the same
    without them.
    """
    if before is not None and changed is not None and len(changed) <= _A_FEW:
        if not changed:
            return before
        return before.again(tuple(sorted(links)), _names_again(links, changed, before))
    return Kinship.of_names(tuple(sorted(links)), _all_names(links, links))


def named_otherwise(before: Kinship, after: Kinship, changed: Iterable[str]) -> set[str]:
    """The records that name others than they did, where only these have other links."""
    asked = {*changed}
    for path in tuple(asked):
        asked.update(before.named_by(path), after.named_by(path))
    return {path for path in asked if before.names(path) != after.names(path)}


def _all_names(links: Mapping[str, Linked], of: Iterable[str]) -> dict[str, set[str]]:
    """What these records name."""
    holders: dict[bytes, list[str]] = {}
    for path, linked in links.items():
        for mark in unpacked(linked.own):
            holders.setdefault(mark, []).append(path)
    found = {}
    for path in of:
        marks = unpacked(links[path].related)
        found[path] = {other for mark in marks if mark in holders for other in holders[mark]}
        found[path].discard(path)
    return found


def _names_again(
    links: Mapping[str, Linked], changed: Set[str], before: Kinship
) -> dict[str, set[str]]:
    """What those name that are changed, or that named or name one that is."""
    found: dict[str, set[str]] = {}
    for path in {path for one in changed for path in before.named_by(one)} - changed:
        found[path] = {*before.names(path)} - changed
    newcomers = changed & links.keys()
    for newcomer in newcomers:
        marks = unpacked(links[newcomer].own)
        for path, linked in links.items():
            if path not in changed and any(holds(linked.related, mark) for mark in marks):
                found.setdefault(path, {*before.names(path)}).add(newcomer)
    return {**found, **_all_names(links, newcomers)}
