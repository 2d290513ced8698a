"""YAML text -> nodes, and what is wrong with it in words that help.

Scalars are not interpreted (see `split`). libyaml composes by recursion in C, so text
that nests without end is found before it is composed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from newsstand.content.front_matter.broken import DEPTH, Broken, too_deep
from newsstand.content.front_matter.cut_values import quotes_missing, unclosed_value, unquoted_value

if TYPE_CHECKING:
    _Loader = yaml.BaseLoader
else:
    _Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_LONG = 20_000  # characters of broken text that is not tried with other quotes
_MANY = 3000  # signs that open a level; with fewer the stack is safe whatever they do
_OPENING = re.compile(r"[\[{]|[-?][ \t]")
# The characters of YAML 1.1, section 4.1
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNCLOSED = (
    "the quotes that begin here are never closed",
    'close the quotes, and write \\" for a quote inside them',
)
_APOSTROPHE = (
    "an apostrophe inside single quotes ends the value",
    "put the whole value between double quotes, or write '' for an apostrophe inside it",
)
_TAB = ("a tab indents this line", "indent with spaces")
# What libyaml says -> whether the fault is where it began to read, our words, the remedy.
_WORDS = (
    ("found unexpected end of stream", True, *_UNCLOSED),
    (
        "did not find expected ',' or",
        True,
        "the [ or { that begins here is never closed",
        "close it with ] or }, and put text with , : [ ] { } in it between quotes",
    ),
    (
        "could not find expected ':'",
        True,
        "",
        "write name: value in each line; a space follows every - and every :",
    ),
    (
        "mapping values",
        False,
        "",
        'put text that holds ": " between double quotes, or mend the indentation of this line',
    ),
    ("undefined alias", False, "", "put text that begins with * or & between quotes"),
    (
        "unknown escape",
        False,
        "",
        "write \\\\ for a backslash, or put the text between single quotes",
    ),
    (
        "cannot start any token",
        False,
        "",
        "indent with spaces, and put text with : # @ ` % or quotes in it between quotes",
    ),
)
_HINT = "compare the indentation and the quotes of this line with those around it"


class _Composer(_Loader):
    """Composes nodes without asking what a scalar looks like: here all of them are text."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, _node: object, _index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(text: str, first_line: int) -> yaml.Node | None:
    """YAML text whose line 1 is `first_line` of its file -> its root node, None if empty.

    Raises Broken.
    """
    try:
        if len(text) > _MANY and sum(1 for _ in _OPENING.finditer(text)) > _MANY:
            _check_depth(text, first_line)
        return _compose(text)
    except yaml.MarkedYAMLError as problem:
        raise _unquoted(problem, text, first_line) or _broken(problem, text, first_line) from None
    except yaml.YAMLError:
        raise _odd_character(text, first_line) from None
    except RecursionError:
        raise too_deep(first_line, 1) from None


def _compose(text: str) -> yaml.Node | None:
    loader = _Composer(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _check_depth(text: str, first_line: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            mark = event.start_mark
            raise too_deep(first_line + (mark.line if mark else 0), mark.column + 1 if mark else 1)


def _odd_character(text: str, first_line: int) -> Broken:
    match = _NOT_ALLOWED.search(text)
    place = match.start() if match else 0
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    name = f"the character U+{ord(match.group()):04X}" if match else "a character"
    return Broken(
        first_line + text.count("\n", 0, place),
        column,
        "yaml-broken",
        f"broken YAML: {name} is not allowed",
        "delete the control character in this line",
    )


def _unquoted(problem: yaml.MarkedYAMLError, text: str, first_line: int) -> Broken | None:
    """The fault as that of a value that only needs quotes, where that is all."""
    mark = problem.problem_mark or problem.context_mark
    if mark is None or len(text) > _LONG:
        return None
    if place := unclosed_value(text, mark.line, _reads):
        message, hint = _UNCLOSED
    elif place := unquoted_value(text, mark.line, _reads):
        line, column = place
        message = "the value begins with a sign that means something to YAML"
        hint = quotes_missing()
        if text.split("\n")[line][column:].rstrip().endswith("'"):  # it is between two
            message, hint = _APOSTROPHE
    else:
        return None
    line, column = place
    return Broken(first_line + line, column + 1, "yaml-broken", f"broken YAML: {message}", hint)


def _reads(text: str) -> bool:
    try:
        return _compose(text) is not None
    except (yaml.YAMLError, RecursionError):
        return False


def _broken(problem: yaml.MarkedYAMLError, text: str, first_line: int) -> Broken:
    message = problem.problem or problem.context or "it cannot be read"
    rows = (row for row in _WORDS if row[0] in message)
    _, at_beginning, ours, hint = next(rows, ("", False, "", _HINT))
    marks = (problem.context_mark, problem.problem_mark)
    mark = next((m for m in (marks if at_beginning else reversed(marks)) if m), None)
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    if "\t" in text and mark and text.split("\n")[mark.line][mark.column :].startswith("\t"):
        ours, hint = _TAB
    return Broken(first_line + line, column, "yaml-broken", f"broken YAML: {ours or message}", hint)
