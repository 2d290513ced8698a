"""What YAML cuts off a value without a word, and what breaks YAML by a sign.

A title such as ``Race to port #7`` ends before its #, ``&Sons opens`` and ``!Hola`` lose a word;
one that begins with ``*``, ``[`` or ``"`` may be no YAML at all. For all of them there is one
remedy: the whole value between double quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

import yaml

from newsstand.content.never_published import is_secured_key, may_name_secured
from newsstand.problems import Finding, Place, warning

_TEXTS = frozenset(
    "title excerpt name shortname description attribution story type topics keywords hashtags "
    "otherNames label featuredContent author parent".split()
)
_MAY_BE = re.compile(r"[&!]|[ \t]#")
_COMMENT = re.compile(r"[ \t]+#(?P<rest>.*)")
_SIGN = re.compile(r"(?P<sign>[&!])(?P<word>\S*)")
_PLAIN_TAGS = frozenset({"!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp"})
_YAML = "tag:yaml.org,2002:"
_GROUP_TAGS = frozenset(f"{_YAML}{name}" for name in ("map", "seq", "str", "set"))
_VALUE = re.compile(
    r"^(?P<before>[ \t]*(?:-[ \t]+)?(?:[\"']?[A-Za-z_][\w .-]*[\"']?[ \t]*:[ \t]+)?)"
    r"(?P<value>[*&!\[{\"'?>|@%#`,\]}-].*?)[ \t]*$",
    re.MULTILINE,
)
_REMEDY = "put the whole value between double quotes"
_MOST_LINES = 40  # that are tried with quotes, one after the other


def cut_values(root: yaml.Node, text: str) -> Iterator[Finding]:
    """Values of which YAML takes a part for a comment, an anchor or a tag."""
    if _MAY_BE.search(text) is None:
        return
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, Place, str]] = [(root, (), "")]
    while waiting:
        node, at, key = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            waiting += reversed(list(_below(node, at, key)))
            if not isinstance(node, yaml.ScalarNode):
                yield from _of_group(node, at)
            else:
                # Not by lines: YAML has breaks of lines (U+0085, U+2028) that few others know.
                span = (node.start_mark.index, node.end_mark.index)
                yield from _of_scalar(node, at, key, text, span)


def _below(node: yaml.Node, at: Place, key: str) -> Iterator[tuple[yaml.Node, Place, str]]:
    """The nodes below one, each with its place and its key; what is `secured` is not looked at."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode) and not is_secured_key(name.value):
                yield value, (*at, name.value), name.value
    elif isinstance(node, yaml.SequenceNode):
        for number, entry in enumerate(node.value):
            yield entry, (*at, number), key


def _of_group(node: yaml.Node, at: Place) -> Iterator[Finding]:
    """A tag before a list or a group of keys, such as one of Python's: they are read without it."""
    tag = str(node.tag)
    if tag not in _GROUP_TAGS:
        yield _said(at, f"YAML takes {_short(tag.replace(_YAML, '!!'))} for a tag")


def _of_scalar(
    node: yaml.ScalarNode, at: Place, key: str, text: str, span: tuple[int, int]
) -> Iterator[Finding]:
    start, end = span
    sign = _SIGN.match(text, start)
    if sign and _is_odd(sign, text):
        yield _said(at, f"YAML takes {_short(sign.group())} for {_KINDS[sign['sign']]}")
    if node.style or key not in _TEXTS:
        return
    cut = _COMMENT.match(text, end)
    if cut and cut["rest"].strip():
        yield _said(at, f"YAML takes {_short('#' + cut['rest'])} for a comment")


_KINDS = {"&": "an anchor", "!": "a tag"}


def _is_odd(sign: re.Match[str], text: str) -> bool:
    """An anchor that nothing refers to, or a tag that says nothing about text."""
    word = sign["word"]
    if sign["sign"] == "!":
        return sign.group() not in _PLAIN_TAGS
    return not re.search(rf"\*{re.escape(word)}(?![^\s,\]}}])", text)


def _short(text: str) -> str:
    plain = text.strip()
    if may_name_secured(plain):
        return "a part of it"
    return json.dumps(plain[:40] + ("…" if len(plain) > 40 else ""), ensure_ascii=False)


def _said(at: Place, message: str) -> Finding:
    return warning(at, "value-cut", message, f"if it belongs to the value, {_REMEDY}")


def unquoted_value(text: str, line: int, reads: Callable[[str], bool]) -> tuple[int, int] | None:
    """The line (from 0) and column (from 0) of the value that breaks YAML text for want of quotes.

    `line` is where the fault was noticed (from 0); `reads` says whether a text is read as YAML. A
    value is found by trying: with quotes around it the text is read.
    """
    for number, match in _values_before(text, line):
        value = match["value"]
        if _needs_quotes(value):
            quoted = json.dumps(value, ensure_ascii=False)
        elif value[0] == value[-1] == "'" and "'" in value[1:-1]:  # an apostrophe ends it too early
            quoted = json.dumps(value[1:-1], ensure_ascii=False)
        else:
            continue
        if reads(_with_value(text, match, quoted)):
            return number, len(match["before"])
    return None


def unclosed_value(text: str, line: int, reads: Callable[[str], bool]) -> tuple[int, int] | None:
    """As `unquoted_value`, of a value whose double quotes are not closed in its line."""
    for number, match in _values_before(text, line):
        value = match["value"]
        if value[0] == '"' not in value[1:] and reads(_with_value(text, match, f'{value}"')):
            return number, len(match["before"])
    return None


def _values_before(text: str, line: int) -> Iterable[tuple[int, re.Match[str]]]:
    """The values of the lines up to one, with their lines, the last first."""
    values = [(text.count("\n", 0, m.start()), m) for m in _VALUE.finditer(text)]
    return reversed([(n, m) for n, m in values if n <= line + 1][-_MOST_LINES:])


def _with_value(text: str, match: re.Match[str], value: str) -> str:
    return text[: match.start("value")] + value + text[match.end("value") :]


def _needs_quotes(value: str) -> bool:
    """Whether a sign at the beginning of a value is one of its text, as far as one can see.

    A list or a quoted text that is only not closed has a remedy of its own.
    """
    sign, rest = value[0], value[1:]
    if sign in "[{":
        return rest.rstrip()[-1:] not in ("", "]", "}") and ("]" in rest or "}" in rest)
    if sign == '"':
        return '"' in rest and not rest.endswith('"')
    if sign == "'":
        return not rest.endswith("'")
    return True


def quotes_missing(where: str = "") -> str:
    """The remedy for a value that YAML cannot read as it stands."""
    return f'{_REMEDY}{where}, and write \\" for a quote inside it'
