"""Front matter that is TOML or JSON -> keys with all scalars as text, as YAML's are.

Both parsers are those of the standard library.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time

from newsstand.content.foreign_key_names import decides
from newsstand.content.front_matter.broken import DEPTH, Broken, too_deep
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.never_published import find_secured, is_secured_key

# The time that it takes to read a key grows with the square of its parts.
_LONG_KEY = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]+[ \t]*\.[ \t]*){{{DEPTH}}}")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


def read_toml(text: str, first_line: int) -> tuple[dict[str, Value], list[str]]:
    """TOML -> its keys, and the keys whose values had to be left out. Raises Broken."""
    if _LONG_KEY.search(text):
        raise too_deep(first_line, 1)
    try:
        return _keys(tomllib.loads(text), first_line)
    except tomllib.TOMLDecodeError as problem:
        message = str(problem)
        place = _PLACE.search(message)
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (1, 1)
        message = _PLACE.sub("", message)
        hint = 'write key = "value" in each line, and close what you open'
        broken = f"broken TOML: {message[:1].lower()}{message[1:]}"
        raise Broken(first_line + line - 1, column, "toml-broken", broken, hint) from None
    except RecursionError:
        raise too_deep(first_line, 1) from None


def read_json(text: str, first_line: int) -> tuple[dict[str, Value], list[str], int]:
    """JSON at the beginning of a text -> its keys, those left out, where it ends. Raises Broken."""
    start = len(text) - len(text.lstrip())
    try:
        value, end = json.JSONDecoder(object_pairs_hook=_object).raw_decode(text, start)
        keys, lost = _keys(value, first_line)
    except json.JSONDecodeError as problem:
        message = f"broken JSON: {problem.msg[:1].lower()}{problem.msg[1:]}"
        hint = 'write "key": "value", a comma between two of them, and one } at the end'
        line = first_line + problem.lineno - 1
        raise Broken(line, problem.colno, "json-broken", message, hint) from None
    except RecursionError:
        raise too_deep(first_line, 1) from None
    return keys, lost, end


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The last of equal keys counts, as everywhere in JSON; of what decides none does."""
    found = dict(pairs)
    for key in filter(decides, found):
        given = [value for name, value in pairs if name == key]
        found[key] = given if any(value != given[0] for value in given) else given[0]
    return found


def _keys(value: object, first_line: int) -> tuple[dict[str, Value], list[str]]:
    lost: list[str] = []
    keys = _value(value, 0, first_line, lost)
    return (keys, lost) if isinstance(keys, dict) else ({}, lost)


def _value(value: object, depth: int, line: int, lost: list[str]) -> Value:
    if depth > DEPTH:
        raise too_deep(line, 1)
    if isinstance(value, dict):
        return dict(_pairs(value, depth, line, lost))
    if isinstance(value, list):
        return [_value(item, depth + 1, line, lost) for item in value]
    return _scalar(value)


def _pairs(
    values: dict[str, object], depth: int, line: int, lost: list[str]
) -> Iterator[tuple[str, Value]]:
    for key, given in values.items():
        if is_secured_key(key):  # what is kept of it: whether there was a value
            yield key, "" if given not in (None, "") else None
            continue
        value = _value(given, depth + 1, line, lost)
        if isinstance(value, str) and find_secured(value) is not None:
            lost.append(key)
            value = None
        yield key, value


def _scalar(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
