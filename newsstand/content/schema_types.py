"""What a value may look like in a file, as JSON Schema (draft 2020-12).

A reader takes more than one form of most values (see `fields`): whatever it takes without a
word, these let pass, so that an editor never underlines what the build likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsstand.content.front_matter.fields import FALSE, TRUE

Schema = dict[str, Any]
_SCALAR = ["string", "number", "boolean"]


def described(schema: Schema, about: str) -> Schema:
    """A schema with the sentence that an editor shows beside the key."""
    return {**schema, "description": about}


def text() -> Schema:
    """Text; YAML may take it for a number or a flag."""
    return {"type": [*_SCALAR, "null"]}


def needed_text() -> Schema:
    """Text that has to be there."""
    return {"type": _SCALAR, "minLength": 1}


def anything() -> Schema:
    """What nobody reads."""
    return {}


def instant() -> Schema:
    """A time as `read_time` takes it; ISO 8601 is what to write."""
    return {
        "type": ["string", "integer", "null"],
        "pattern": r"^\s*($|\d{4}|\d\d? ?[A-Za-z]{3}|[A-Za-z]{3,9}[., ])",
        "examples": ["2024-01-18T19:04:00Z", "2024-01-18"],
    }


def link() -> Schema:
    """A whole http or https address."""
    return {
        "type": ["string", "null"],
        "pattern": r"^\s*($|[Hh][Tt][Tt][Pp][Ss]?://)",
        "examples": ["https://harbour.example/bridge"],
    }


def domain() -> Schema:
    """A host name."""
    return {"type": ["string", "null"], "pattern": r"^[^/@\s]*$", "examples": ["harbour.example"]}


def whole() -> Schema:
    """A whole number."""
    return {"type": ["integer", "string", "null"], "pattern": r"^\s*[-+]?[0-9]{1,15}\s*$"}


def number(low: float, high: float, only_whole: bool) -> Schema:
    """A number between two limits."""
    kind = "integer" if only_whole else "number"
    return {"type": [kind, "null"], "minimum": low, "maximum": high}


def flag() -> Schema:
    """yes or no, in one of the ways to write it."""
    words = "|".join(_any_case(word) for word in sorted(TRUE | FALSE))
    return {"type": ["boolean", "string", "null"], "pattern": rf"^\s*({words})\s*$"}


def _any_case(word: str) -> str:
    return "".join(f"[{c.upper()}{c}]" for c in word)


def language() -> Schema:
    """A language tag (BCP 47)."""
    return {
        "type": ["string", "null"],
        "pattern": r"^\s*($|[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}\s*$)",
    }


def one_of(words: Iterable[str]) -> Schema:
    """A value that is one of a few words."""
    return {"enum": [*words, None]}


def names() -> Schema:
    """A list of names."""
    return {"type": ["array", "null"], "items": text()}


def list_of(entry: Schema) -> Schema:
    """A list of groups of keys."""
    return {"type": ["array", "null"], "items": entry}


def group(keys: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A group of keys and no others."""
    schema: Schema = {"type": ["object", "null"], "properties": dict(keys)}
    if required:
        schema["required"] = list(required)
    return {**schema, "additionalProperties": False}
