"""Which records name which as related: by the links that their entries and they themselves have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from newsstand.content.link_hashes import each_hash

Paths = tuple[str, ...]


class Linked(Protocol):
    """Hashes of the links that a record has itself, and of those of its related entries."""

    @property
    def own(self) -> bytes:
        """Hashes of the links of the record."""

    @property
    def related(self) -> bytes:
        """Hashes of the links of its entries."""


class References(Struct, frozen=True):
    """For each record (by path) those that it names, and those that name it; sorted by path."""

    named: Mapping[str, Paths] = {}
    naming: Mapping[str, Paths] = {}

    def names(self, path: str) -> Paths:
        """The records that one names."""
        return self.named.get(path, ())

    def named_by(self, path: str) -> Paths:
        """The records that name one."""
        return self.naming.get(path, ())

    def of(self, path: str) -> Paths:
        """The records that one names or that name it."""
        names, named_by = self.named.get(path, ()), self.naming.get(path, ())
        return tuple(sorted({*names, *named_by})) if names and named_by else names or named_by


def references(links: Mapping[str, Linked]) -> References:
    """The links of all records by path -> who names whom."""
    holders: dict[bytes, list[str]] = {}
    for path, linked in links.items():
        for own in each_hash(linked.own):
            holders.setdefault(own, []).append(path)
    named: dict[str, Paths] = {}
    naming: dict[str, list[str]] = {}
    for path in sorted(links):
        others = {
            other for link in each_hash(links[path].related) for other in holders.get(link, ())
        }
        others.discard(path)
        if others:
            named[path] = tuple(sorted(others))
            for other in others:
                naming.setdefault(other, []).append(path)
    return References(named, {path: tuple(paths) for path, paths in naming.items()})
