"""One mapping of a file: its keys, the groups and lists below them, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self

from newsstand.content.foreign_key_names import plain_key
from newsstand.content.front_matter.fast_yaml import Value, mark_of
from newsstand.content.never_published import is_secured_key, key_to_show
from newsstand.problems import Finding, Place, error, nearest, quoted, warning

_MANY = 100  # keys that nobody knows: a file with more holds something else
_ALIKE = 0.75  # a slip of the pen; less is another word
_LEVELS = 4  # an entry, its provider, the list of its pictures, a picture
_ENTRIES = 40


class Mapped:
    """The keys of one mapping that stands at `at` in its file."""

    written: Mapping[str, str] = MappingProxyType({})
    """The names that keys have in the file, where it has others."""

    def __init__(self, values: Mapping[str, Value], at: Place, findings: list[Finding]) -> None:
        self._values = values
        self._at = at
        self.findings = findings

    def called(self, key: str) -> str:
        """A key as the file writes it."""
        return self.written.get(key, key)

    @property
    def at(self) -> Place:
        """Where the mapping stands in its file."""
        return self._at

    def has(self, key: str) -> bool:
        """Whether the key is there, with or without a value."""
        return key in self._values

    def fingerprint(self) -> object:
        """A value that is equal only for mappings that say the same; None for an odd one."""
        mark = mark_of(self._values)
        if mark is not None:
            return mark
        try:
            return _frozen(self._values, _LEVELS)
        except RecursionError:
            return None

    def all(self) -> Mapping[str, Value]:
        """All keys with their values."""
        return self._values

    def raw(self, key: str) -> Value:
        """The value as it stands, None where there is none."""
        return self._values.get(key)

    def note(self, finding: Finding) -> None:
        """Add a finding; its place is below this mapping."""
        at = finding.at
        if at and self.written:
            at = (self.called(str(at[0])), *at[1:])
        self.findings.append(
            Finding(
                (*self._at, *at),
                finding.severity,
                finding.code,
                finding.message,
                finding.hint,
            )
        )

    def scalar(self, key: str) -> str | None:
        """Text as it stands; None where the key is missing, empty or holds no text."""
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value
        self.note(
            error(
                (key,),
                "type-text",
                f"{self.called(key)} is {quoted(value)}, not text",
                f"write {key}: and one value in the same line",
            )
        )
        return None

    def below(self, key: str) -> Self | None:
        """The mapping under a key; None where there is none."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, dict):
            return type(self)(value, (*self._at, key), self.findings)
        self.note(
            error(
                (key,),
                "type-keys",
                f"{key} is {quoted(value)}, not a group of keys",
                f"write the keys below {key}: and indent them",
            )
        )
        return None

    def each(self, key: str) -> list[Self]:
        """The mappings in the list under a key."""
        entries = (self.entry(key, index, item) for index, item in self.entries(key))
        return [entry for entry in entries if entry is not None]

    def entry(self, key: str, index: int, item: Value) -> Self | None:
        """The mapping that is an entry of the list under a key; None if it is none."""
        if isinstance(item, dict):
            return type(self)(item, (*self._at, self.called(key), index), self.findings)
        self.note(
            error(
                (key, index),
                "type-keys",
                f"{key} holds {quoted(item)}, not a group of keys",
                'write "- " and the keys of the entry, indented alike',
            )
        )
        return None

    def entries(self, key: str) -> list[tuple[int, Value]]:
        """The entries of the list under a key, whatever they are, with their numbers."""
        value = self._values.get(key)
        return [] if value is None or value == "" else list(enumerate(self.items(key, value)))

    def items(self, key: str, value: Value) -> list[Value]:
        """The value if it is a list, else an empty one, which is noted."""
        if isinstance(value, list):
            return value
        self.note(
            error(
                (key,),
                "type-list",
                f"{key} is {quoted(value)}, not a list",
                'write one entry a line, each with "- " in front of it',
            )
        )
        return []

    def expect(
        self, allowed: Iterable[str], what: str, meant: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Warn of keys that nobody reads, with the nearest known name.

        `meant` are the names here of keys of other programs, which are as `plain_key` gives them.
        """
        unknown = [k for k in self._values if k not in allowed and not is_secured_key(k)]
        for key in unknown[:_MANY]:
            close = meant.get(plain_key(key)) or nearest(key, allowed, _ALIKE)
            hint = f"did you mean {close}?" if close else "delete it, or see docs/content.md"
            self.note(
                warning(
                    (key,), "key-unknown", f"{what} has no key {quoted(key_to_show(key))}", hint
                )
            )
        if len(unknown) > _MANY:
            more = len(unknown) - _MANY
            keys = "key that is" if more == 1 else "keys that are"
            self.note(
                warning(
                    (unknown[_MANY],),
                    "key-unknown",
                    f"{what} has {more} more {keys} not known",
                    "delete what is no key of docs/content.md",
                )
            )


def _frozen(value: Value | Mapping[str, Value], levels: int) -> object:
    if isinstance(value, str) or value is None:
        return value
    if levels == 0 or len(value) > _ENTRIES:  # aliases can make it larger than any memory
        raise RecursionError
    if isinstance(value, Mapping):
        return tuple((key, _frozen(below, levels - 1)) for key, below in value.items())
    return tuple(_frozen(below, levels - 1) for below in value)
