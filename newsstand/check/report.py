"""What ``check`` found, as text for people, as JSON, and as annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from newsstand.problems import Problem, Severity
from newsstand.text.strings import clean, plural

_WARNINGS_SHOWN = 5  # of a kind, as a build does
_FILES_SHOWN = 3  # of a kind of note
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

Locate = Callable[[Problem], Path]
"""The file on the disk that a problem is about."""


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    by_severity = Counter(problem.severity for problem in problems)
    return {severity.value: by_severity[severity] for severity in Severity}


def as_text(problems: Sequence[Problem], everything: bool) -> str:
    """Errors in full, of each kind of warning the first few, of each kind of note one line."""
    notes = [p for p in problems if p.severity is Severity.NOTE]
    others = [p for p in problems if p.severity is not Severity.NOTE]
    if everything:
        return "".join(f"{problem}\n" for problem in problems) + _summary(problems)
    return "".join((*_limited(others), *_grouped(notes), _summary(problems)))


def _limited(problems: Iterable[Problem]) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for problem in problems:
        shown[problem.code] += not problem.is_error
        if shown[problem.code] <= _WARNINGS_SHOWN or problem.is_error:
            yield f"{problem}\n"
    for code, count in sorted(shown.items()):
        if count > _WARNINGS_SHOWN:
            more = plural(count - _WARNINGS_SHOWN, "more warning")
            yield f"… and {more} [{code}]; -v shows all\n"


def _grouped(notes: Iterable[Problem]) -> Iterator[str]:
    """One note stands in full; several of a kind are one, with the first files."""
    for code, group in _by_code(notes):
        first = group[0]
        if len(group) == 1:
            yield f"{first}\n"
            continue
        yield f"{plural(len(group), 'note')}, such as: {first.message} [{code}]\n"
        for problem in group[:_FILES_SHOWN]:
            yield f"    {problem.path}:{problem.line}:{problem.column}\n"
        if len(group) > _FILES_SHOWN:
            yield f"    … and {len(group) - _FILES_SHOWN:,} more; -v names all\n"
        yield f"    -> {first.hint}\n"


def _by_code(problems: Iterable[Problem]) -> Iterator[tuple[str, list[Problem]]]:
    for code, group in groupby(sorted(problems, key=_code), key=_code):
        yield code, list(group)


def _code(problem: Problem) -> str:
    return problem.code


def _summary(problems: Iterable[Problem]) -> str:
    by_severity = counts(problems)
    if not any(by_severity.values()):
        return "No problems.\n"
    numbers = ", ".join(plural(count, word) for word, count in by_severity.items())
    return f"Problems: {numbers}.\n"


def as_json(problems: Iterable[Problem], locate: Locate) -> str:
    """Every problem with all that is known of it; `file` is its path on the disk."""
    problems = list(problems)
    listed = [
        {
            "file": locate(problem).as_posix(),
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity.value,
            "code": problem.code,
            "message": problem.message,
            "remedy": problem.hint,
        }
        for problem in problems
    ]
    whole = {"counts": counts(problems), "problems": listed}
    return json.dumps(whole, indent=2, ensure_ascii=True) + "\n"


def as_annotations(problems: Iterable[Problem], locate: Locate) -> str:
    """Workflow commands of GitHub Actions: errors, warnings, and one notice a kind of note.

    GitHub shows ten of a kind in each step; the errors come first.
    """
    order = list(Severity)
    ranked = sorted(problems, key=lambda p: order.index(p.severity))
    notes = [problem for problem in ranked if problem.severity is Severity.NOTE]
    lines = [_annotation(p, p.message, locate) for p in ranked if p.severity is not Severity.NOTE]
    for _, group in _by_code(notes):
        more = f" (and {len(group) - 1:,} more)" if len(group) > 1 else ""
        lines.append(_annotation(group[0], f"{group[0].message}{more}", locate))
    return "".join(lines)


def _annotation(problem: Problem, message: str, locate: Locate) -> str:
    """``::error file=…,line=…,col=…,title=…::message``, the remedy in a line of its own."""
    properties = {
        "file": locate(problem).as_posix(),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = _data(clean(f"{message}\n-> {problem.hint}"))
    return f"::{_WORDS[problem.severity]} {named}::{text}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")
