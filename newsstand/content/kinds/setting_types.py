"""What a setting may be: each kind reads its value and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from newsstand.content.front_matter.fields import Fields
from newsstand.problems import error

T = TypeVar("T")


def setting(default: T, read: Callable[[Fields, str], Any], about: str) -> T:
    """A field of `Config`: its default, how it is read, and what it is for."""
    return field(default=default, metadata={"read": read, "about": about})


def read_line(values: Fields, key: str) -> str | None:
    """A text of one line."""
    return values.line(key) or None


@dataclass(frozen=True, slots=True)
class Between:
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


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of a few words; the first is the usual one."""

    words: tuple[str, ...]

    def __call__(self, values: Fields, key: str) -> str:
        """The word, in small letters."""
        return values.choice(key, self.words, self.words[0])
