"""One file's text: its front matter and its body.

Front matter is found as python-frontmatter finds it, that in another dress by `fences`. YAML
scalars stay text here, whatever they look like: what a key's value *is* (a number, a flag, an
instant) is decided by whoever knows the key, so that a title of ``2024`` or ``No`` stays a title.

The parsers are loaded for the first text that is not written plainly: to load them takes as long
as to read a hundred records.
"""

from __future__ import annotations

from msgspec import Struct

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fast_yaml import Value, read_plain
from newsstand.content.front_matter.fences import (
    TOML,
    YAML,
    Front,
    closing_dashes,
    find_front,
    line_at,
    plain_start,
)
from newsstand.content.never_published import (
    find_secured_in_markup,
    is_secured_key,
    secured_astray,
)
from newsstand.problems import Finding

_FENCE = "---\n"


class Record(Struct, frozen=True):
    """A file's keys and body. `front` is None for a file without front matter.

    `front_line` is the line (from 1) of the file on which line 1 of the keys stands, and `language`
    what they are written in.
    """

    front: dict[str, Value] | None
    body: str
    front_text: str = ""
    front_line: int = 1
    language: str = YAML


def read_record(text: str) -> tuple[Record, tuple[Finding, ...]]:
    """A file's text with Unix line ends -> its record. Raises Broken."""
    fence = _end_of_fence(text)
    closing = closing_dashes(text, fence) if fence else None
    if closing:  # nearly all are written so
        front: Front | None = Front(YAML, fence, closing.start() + 1, closing.end())
    else:
        front = find_front(text)
    if front is None:
        start = plain_start(text)
        _check_astray(text, start)
        return Record(None, text[start:].rstrip()), ()
    return _with_front(text, front)


def _end_of_fence(text: str) -> int:
    """Where the first line ends, if it is a fence to python-frontmatter; else 0."""
    if text.startswith(_FENCE) and not text[len(_FENCE) : len(_FENCE) + 1].isspace():
        return len(_FENCE) - 1
    from frontmatter.default_handlers import YAMLHandler  # loads the YAML parser

    fence = YAMLHandler.FM_BOUNDARY.match(text)
    return fence.end() if fence else 0


def _with_front(text: str, front: Front) -> tuple[Record, tuple[Finding, ...]]:
    front_text, body_start = text[front.start : front.end], front.body
    line = line_at(text, front.start)
    if front.language == YAML:
        keys, findings = read_mapping(front_text, line)
    elif front.language == TOML:
        from newsstand.content.front_matter.toml_json import read_toml

        keys, lost = read_toml(front_text, line)
        findings = tuple(secured_astray((key,)) for key in lost)
    else:
        from newsstand.content.front_matter.toml_json import read_json

        keys, lost, end = read_json(front_text, line)
        findings = tuple(secured_astray((key,)) for key in lost)
        front_text = front_text[:end]
        body_start = front.start + end if front.end == front.body else front.body
    body = text[body_start:]
    _check_astray(text, body_start)
    if body.strip() and any(is_secured_key(k) and v is None for k, v in keys.items()):
        raise astray(line, "among them one that is never published")
    return Record(keys, body.strip(), front_text, line, front.language), findings


def _check_astray(text: str, body_start: int) -> None:
    """The key `secured` in a body is front matter that went astray: it must not be printed."""
    place = find_secured_in_markup(text[body_start:])
    if place is not None:
        raise astray(line_at(text, body_start + place), "among them one that is never published")


def astray(line: int, more: str = "") -> Broken:
    """The fault of front matter that is not between its fences."""
    message = "keys of the front matter stand in the body"
    return Broken(
        line,
        1,
        "front-matter-astray",
        f"{message}, {more}" if more else message,
        "let the file begin with ---, the keys follow, and one line with --- end them",
    )


def read_mapping(text: str, first_line: int = 1) -> tuple[dict[str, Value], tuple[Finding, ...]]:
    """YAML text -> its keys, and keys that stand twice. Raises Broken, placed in the file."""
    plain = read_plain(text)
    if plain is not None:
        return plain, ()
    from newsstand.content.front_matter.yaml_values import parse_mapping

    return parse_mapping(text, first_line)
