"""Which records name which as related: by the links that their entries and they themselves have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from newsstand.marks import holds, mark_of_text, packed, unpacked
from newsstand.model import Article

_A_FEW = 40  # changed records: up to so many, each is looked for in what the others name
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
    """For each record (by path) those that it names, and those that name it; sorted."""

    names: Mapping[str, Paths] = field(default_factory=dict)

    @cached_property
    def _named_by(self) -> Mapping[str, Paths]:
        named_by: dict[str, list[str]] = {}
        for path in sorted(self.names):
            for named in self.names[path]:
                named_by.setdefault(named, []).append(path)
        return {path: tuple(by) for path, by in named_by.items()}

    def named_by(self, path: str) -> Paths:
        """The records that name one."""
        return self._named_by.get(path, ())

    def of(self, path: str) -> Paths:
        """The records that one names or that name it."""
        names, named_by = self.names.get(path, ()), self.named_by(path)
        return tuple(sorted({*names, *named_by})) if names and named_by else names or named_by


def links_of(article: Article) -> Links:
    """The links of a whole article."""
    own = {mark_of_text(k) for k in article.piece.keys}
    return Links(packed(own), packed({mark_of_text(k) for p in article.related for k in p.keys}))


def kinship(
    links: Mapping[str, Linked],
    changed: Set[str] | None = None,
    before: Mapping[str, Paths] | None = None,
) -> Kinship:
    """Links of all records -> who names whom.

    `before` is what each record named in the last build and `changed` the paths of those that are
    new, gone or have other links since. The answer is the same without them.
    """
    if changed is None or before is None or len(changed) > _A_FEW:
        return Kinship(_all_names(links, links))
    return Kinship(_names_again(links, changed, before) if changed else before)


def named_otherwise(before: Mapping[str, Paths], after: Mapping[str, Paths]) -> set[str]:
    """The records that name others than they did."""
    paths = before.keys() | after.keys()
    return {path for path in paths if before.get(path, ()) != after.get(path, ())}


def _all_names(links: Mapping[str, Linked], of: Iterable[str]) -> dict[str, Paths]:
    """What these records name."""
    holders: dict[bytes, list[str]] = {}
    for path, linked in links.items():
        for mark in unpacked(linked.own):
            holders.setdefault(mark, []).append(path)
    found = {}
    for path in of:
        related = unpacked(links[path].related)
        named = {other for mark in related if mark in holders for other in holders[mark]}
        named.discard(path)
        if named:
            found[path] = tuple(sorted(named))
    return found


def _names_again(
    links: Mapping[str, Linked], changed: Set[str], before: Mapping[str, Paths]
) -> dict[str, Paths]:
    """What all name, from what they named before and from those that are changed."""
    names = {path: named for path, named in before.items() if path not in changed}
    for path, named in names.items():
        if not changed.isdisjoint(named):
            names[path] = tuple(n for n in named if n not in changed)
    for newcomer in sorted(changed & links.keys()):
        marks = unpacked(links[newcomer].own)
        for path, linked in links.items():
            if path not in changed and any(holds(linked.related, mark) for mark in marks):
                names[path] = tuple(sorted({*names.get(path, ()), newcomer}))
    names.update(_all_names(links, changed & links.keys()))
    return {path: named for path, named in names.items() if named}
