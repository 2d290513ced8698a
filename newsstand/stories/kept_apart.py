"""Which pieces an editor keeps apart (``split`` in ``stories.yml``): sets that are never joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cached_property

from newsstand.text.fingerprint import fingerprint_of, hash_of

_IN_NONE: frozenset[int] = frozenset()


class KeptApart:
    """Which pieces an editor keeps apart: those that are in one set.

    A set of thousands has millions of pairs, so they are never made.
    """

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self._sets = sets
        by_key: dict[str, set[int]] = {}
        for number, keys in enumerate(sets):
            for key in keys:
                by_key.setdefault(key, set()).add(number)
        self._sets_of = {key: frozenset(numbers) for key, numbers in by_key.items()}

    @property
    def keys(self) -> Set[str]:
        """All pieces that are kept apart from some other."""
        return self._sets_of.keys()

    def parts(self, one: str, other: str) -> bool:
        """Whether these two must not stand in one story."""
        sets_of_one = self._sets_of.get(one, _IN_NONE)
        return not sets_of_one.isdisjoint(self._sets_of.get(other, _IN_NONE))

    def sets_with(self, keys: Iterable[str]) -> list[frozenset[str]]:
        """The sets that have one of these, in their order."""
        numbers = {n for key in keys for n in self._sets_of.get(key, _IN_NONE)}
        return [self._sets[n] for n in sorted(numbers)]

    def parted(self, story: list[str]) -> list[list[str]]:
        """A story in order, without those that are kept apart from one before: each by itself.

        Days and the undated are grouped one after the other: not all of a story is at hand then.
        """
        stays, taken, numbers = list[str](), list[str](), set[int]()
        for key in story:
            own = self._sets_of.get(key, _IN_NONE)
            if numbers.isdisjoint(own):
                stays.append(key)
                numbers |= own
            else:
                taken.append(key)
        return [stays, *([key] for key in taken)]

    def fingerprint(self, key: str) -> bytes:
        """What tells the sets that a piece is in from others."""
        return hash_of(b"".join(sorted(self._marks[n] for n in self._sets_of.get(key, _IN_NONE))))

    @cached_property
    def _marks(self) -> tuple[bytes, ...]:
        return tuple([fingerprint_of(sorted(keys)) for keys in self._sets])
