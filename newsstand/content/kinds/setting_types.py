"""What a setting may be: each kind reads its value and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, TypeVar

from msgspec import Struct

from newsstand.content.front_matter.fields import Fields
from newsstand.problems import error

T = TypeVar("T")


class SiteLink(Struct, frozen=True):
    """A link of the header or the footer: to a page of ours (``/about/``) or outside."""

    label: str
    url: str
    place: int = 0  # in its list, for what is said about it


def setting(default: T, read: Callable[[Fields, str], Any], about: str) -> T:
    """A field of `Config`: its default, how it is read, and what it is for."""
    return field(default=default, metadata={"read": read, "about": about})


def read_line(values: Fields, key: str) -> str | None:
    """A text of one line."""
    return values.line(key) or None


class Between(Struct, frozen=True):
    """Reads a number between two limits, with or without a fraction."""

    low: float
    high: float
    whole: bool = False

    def __call__(self, values: Fields, key: str) -> float | None:
        """The number; None where there is none that may be taken."""
        number = values.integer(key) if self.whole else values.number(key)
        if number is None or self.low <= number <= self.high:
            return number
        kind = "a whole number" if self.whole else "a number"
        values.note(
            error(
                (key,),
                "number-range",
                f"{key} is {number if self.whole else format(number, 'g')}",
                f"write {kind} from {self.low:g} to {self.high:g}",
            )
        )
        return None


class OneOf(Struct, frozen=True):
    """Reads one of a few words; the first is the usual one."""

    words: tuple[str, ...]

    def __call__(self, values: Fields, key: str) -> str:
        """The word, in small letters."""
        return values.choice(key, self.words, self.words[0])
