"""Where in a template something stands: Jinja tells lines, people look for words.

Nothing here depends on what Python tells of an exception's columns: those differ by version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
_BEGINS = re.compile(r"{[{%]")
_STATEMENT = re.compile(r"{%[-+]?\s*(\w+)")


def column_of(source: str, line: int, named: str = "") -> int:
    """The column (from 1) of a pattern in a line, in its tags if it is there; else of a tag."""
    begin, end = _bounds(source, line)
    pattern = re.compile(named)
    places = [(max(start, begin), min(stop, end)) for start, stop in _tags(source)]
    for place in (*places, (begin, end)) if named else ():
        match = pattern.search(source, *place)
        if match:
            return match.start() - begin + 1
    tag = _BEGINS.search(source, begin, end)
    return (tag.start() - begin if tag else 0) + 1


def place_of_open(source: str, kind: str, line: int) -> tuple[int, int] | None:
    """Line and column (from 1) of the last tag of a kind, such as ``if``, open at a line's end."""
    source = source[: _bounds(source, line)[1]]
    closed = 0
    for start, stop in reversed(list(_tags(source))):
        word = _STATEMENT.match(source, start, stop)
        if word and word[1] == f"end{kind}":
            closed += 1
        elif word and word[1] == kind and closed:
            closed -= 1
        elif word and word[1] == kind:
            begin = source.rfind("\n", 0, start) + 1
            return source.count("\n", 0, start) + 1, start - begin + 1
    return None


def _tags(source: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each tag; comments are none."""
    for tag in _TAG.finditer(source):
        if not tag[0].startswith("{#"):
            yield tag.start(), tag.end()


def _bounds(source: str, line: int) -> tuple[int, int]:
    """Where a line (from 1) begins and ends; an empty place where there is none."""
    begin = 0
    for _ in range(line - 1):
        begin = source.find("\n", begin) + 1
        if not begin:
            return len(source), len(source)
    end = source.find("\n", begin)
    return begin, len(source) if end < 0 else end
