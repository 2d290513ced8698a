"""What is wrong with the content, as values: collected, sorted and shown once.

A reader of one mapping notes a `Finding` at a key (``("related", 3, "webUrl")``);
whoever knows the file turns it into a `Problem` with a line and a column.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

Place = tuple[str | int, ...]


class Severity(StrEnum):
    """An error costs the reader something; a warning is worth a look; a note may stay."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True, array_like=True):
    """Something wrong at a key of a mapping whose file is not known here."""

    at: Place
    severity: Severity
    code: str
    message: str
    hint: str


Late = tuple[str, Finding]
"""A finding that shows only when all files are read, with the path of its file."""


class Problem(Struct, frozen=True, array_like=True):
    """Something wrong at a line and column (both from 1) of a file, and how to mend it."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str

    @property
    def is_error(self) -> bool:
        """Whether ``--strict`` publishes nothing because of it."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message} [{self.code}]"
            f"\n    -> {self.hint}"
        )


def without_notes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The errors and warnings: what a build shows. Notes are for ``check``."""
    return tuple(p for p in problems if p.severity is not Severity.NOTE)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by path, then place, then code."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message)))


SAID_ONCE = frozenset(
    {"key-read-as", "key-of-others", "date-in-name", "date-no-time", "date-missing"}
    | {"front-matter-none", "file-passed-over", "title-in-heading", "markup-of-others"}
)
"""Codes of what a collection does in all its files: said once, with a count."""


def once_with_count(problems: Iterable[Problem]) -> Iterable[Problem]:
    """The problems, but of equal ones of `SAID_ONCE` only the first, with the number of files."""
    repeated: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code in SAID_ONCE:
            repeated.setdefault((problem.code, problem.message), []).append(problem)
        else:
            yield problem
    for equal in repeated.values():
        files = len({problem.path for problem in equal})
        first = min(equal, key=lambda p: (p.path, p.line, p.column))
        message = f"in {files:,} files {first.message}" if files > 1 else first.message
        yield replace(first, message=message)


def error(at: Place, code: str, message: str, hint: str) -> Finding:
    """A finding that costs the reader something."""
    return Finding(at, Severity.ERROR, code, message, hint)


def warning(at: Place, code: str, message: str, hint: str) -> Finding:
    """A finding that is worth a look."""
    return Finding(at, Severity.WARNING, code, message, hint)


def remark(at: Place, code: str, message: str, hint: str) -> Finding:
    """A finding that may stay as it is: ``check`` shows it, a build only counts it."""
    return Finding(at, Severity.NOTE, code, message, hint)


def at_line(path: str, line: int, code: str, message: str, hint: str) -> Problem:
    """An error at the beginning of a line of a file."""
    return Problem(path, line, 1, Severity.ERROR, code, message, hint)


_QUOTER = reprlib.Repr()
_QUOTER.maxstring = 60
_QUOTER.maxother = 60
_QUOTER.maxlevel = 2
_QUOTER.maxlist = 3
_QUOTER.maxdict = 3


def quoted(value: object) -> str:
    """A value as a message shows it: short, on one line, without control characters."""
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return _QUOTER.repr(value)


def nearest(word: str, names: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that looks most like this one, or an empty string.

    `likeness` is the least ratio of `difflib.SequenceMatcher`.
    """
    candidates = sorted(names)
    lowered = {name.lower(): name for name in reversed(candidates)}
    matches = get_close_matches(word.lower(), sorted(lowered), n=1, cutoff=likeness)
    return lowered[matches[0]] if matches else ""
