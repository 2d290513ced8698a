"""One file's text: its front matter, its body, and where each key stands.

Front matter is found by python-frontmatter. YAML scalars stay text here, whatever
they look like: what a key's value *is* (a number, a flag, an instant) is decided by
whoever knows the key, so that a title of ``2024`` or ``No`` stays a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from frontmatter.default_handlers import YAMLHandler

from newsstand.problems import Finding, Place, Problem, Severity, error, quoted
from newsstand.secured import is_secured_key, key_to_show, shows_secured

Value = str | list["Value"] | dict[str, "Value"] | None

if TYPE_CHECKING:
    _Loader = yaml.BaseLoader
else:
    _Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ALIAS = re.compile(r"(?:^|[\s\[{,])\*[^\s,\[\]{}]", re.MULTILINE)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DEPTH = 40  # a record is four deep; what is deeper is an attack on the stack
_HANDLER = YAMLHandler()


class _Composer(_Loader):
    """Composes nodes without asking what a scalar looks like: here all of them are text."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, _node: object, _index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Record:
    """A file's keys and body. `front` is None for a file without front matter.

    `front_line` is the line (from 1) of the file on which line 1 of the YAML stands.
    """

    front: dict[str, Value] | None
    body: str
    front_text: str = ""
    front_line: int = 1


class Broken(Exception):  # noqa: N818  (it is the file that is broken, not the program)
    """Text that cannot be read, with the line and column in the text (from 1)."""

    def __init__(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column = line, column
        self.code, self.message, self.hint = code, message, hint

    def problem(self, path: str) -> Problem:
        """The same as a problem of the file at `path`."""
        return Problem(
            path, self.line, self.column, Severity.ERROR, self.code, self.message, self.hint
        )


def read_record(text: str) -> tuple[Record, tuple[Finding, ...]]:
    """A file's text with Unix line ends -> its record. Raises Broken."""
    start = len(text) - len(text.lstrip())
    trimmed = text[start:]
    fence = YAMLHandler.FM_BOUNDARY.match(trimmed)
    if fence is None:
        if shows_secured(trimmed):
            raise _front_matter_astray(1)
        return Record(None, trimmed.rstrip()), ()
    try:
        front_text, body = _HANDLER.split(trimmed)
    except ValueError:
        raise Broken(
            text.count("\n", 0, start) + 1,
            1,
            "front-matter-open",
            "the front matter is never closed",
            "put a line with only --- after the last key",
        ) from None
    line = text.count("\n", 0, start + fence.end()) + 1
    front, findings = read_mapping(front_text, line)
    if shows_secured(body) or (body.strip() and _lost_secured(front)):
        raise _front_matter_astray(line)
    return Record(front, body.strip(), front_text, line), findings


def _lost_secured(front: dict[str, Value]) -> bool:
    """A key `secured` without a value, before a body: the value may be the body."""
    return any(is_secured_key(key) and value is None for key, value in front.items())


def _front_matter_astray(line: int) -> Broken:
    return Broken(
        line,
        1,
        "front-matter-astray",
        "keys of the front matter stand in the body, among them one that is never published",
        "let the file begin with ---, the keys follow, and one line with --- end them",
    )


def read_mapping(text: str, first_line: int = 1) -> tuple[dict[str, Value], tuple[Finding, ...]]:
    """YAML text -> its keys, and keys that stand twice. Raises Broken, placed in the file."""
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as problem:
        raise _broken_yaml(problem, first_line) from None
    except yaml.YAMLError as problem:  # a character that YAML does not allow
        position = getattr(problem, "position", 0)
        line = text.count("\n", 0, position)
        raise Broken(
            first_line + line,
            1,
            "yaml-broken",
            "a character that YAML does not allow",
            "delete the control character in this line",
        ) from None
    except RecursionError:
        raise Broken(
            first_line,
            1,
            "yaml-deep",
            "the keys are nested too deeply",
            "keep to the nesting that the record format describes",
        ) from None
    if node is None:
        return {}, ()
    if not isinstance(node, yaml.MappingNode):
        raise Broken(
            first_line + node.start_mark.line,
            node.start_mark.column + 1,
            "yaml-not-keys",
            "keys are expected here (name: value)",
            'write "title: …" and the other keys, one a line',
        )
    builder = _Builder(_under_secured(node) if "*" in text and _ALIAS.search(text) else frozenset())
    return builder.mapping(node, (), 0), tuple(builder.findings)


def locate(text: str, first_line: int) -> dict[Place, tuple[int, int]]:
    """YAML text -> line and column (from 1, in the file) of every key and list entry."""
    places: dict[Place, tuple[int, int]] = {(): (first_line, 1)}
    try:
        node = _compose(text)
    except (yaml.YAMLError, RecursionError):
        return places
    if node is not None:
        _note_places(node, (), first_line, places, 0)
    return places


def place_findings(
    findings: tuple[Finding, ...], path: str, front_text: str, first_line: int
) -> tuple[Problem, ...]:
    """Findings at keys -> problems at lines. A key that is missing stands at its parent."""
    if not findings:
        return ()
    places = locate(front_text, first_line)
    return tuple(_place(finding, path, places) for finding in findings)


def _place(finding: Finding, path: str, places: dict[Place, tuple[int, int]]) -> Problem:
    at = finding.at
    while at not in places:
        at = at[:-1]
    line, column = places[at]
    return Problem(
        path, line, column, finding.severity, finding.code, finding.message, finding.hint
    )


def _compose(text: str) -> yaml.Node | None:
    loader = _Composer(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


class _Builder:
    """Nodes to plain values, each aliased node once; notes duplicate keys.

    What stands under the key `secured` is left out, wherever it is and whoever names it.
    """

    def __init__(self, secret: frozenset[int]) -> None:
        self.findings: list[Finding] = []
        self._secret = secret  # ids of nodes that stand under `secured`
        self._built: dict[int, Value] = {}

    def value(self, node: yaml.Node, at: Place, depth: int) -> Value:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if id(node) in self._secret:
            self.findings.append(_astray(at))
            return None
        if id(node) in self._built:
            return self._built[id(node)]
        if depth > _DEPTH:
            raise _too_deep(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at, depth)
        items: list[Value] = []
        self._built[id(node)] = items
        items.extend(self.value(n, (*at, i), depth + 1) for i, n in enumerate(node.value))
        return items

    def _scalar(self, node: yaml.ScalarNode, at: Place) -> Value:
        text: str = node.value
        if text in _NULLS and not node.style:
            return None
        if shows_secured(text) or (self._secret and id(node) in self._secret):
            self.findings.append(_astray(at))
            return None
        return text

    def mapping(self, node: yaml.MappingNode, at: Place, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        self._built[id(node)] = values
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in values:
                self.findings.append(_duplicate(key, at))
            if is_secured_key(key):
                values[key] = None if _is_empty(value_node) else ""
                continue
            values[key] = self.value(value_node, (*at, key), depth + 1)
        return values


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value.strip()


def _under_secured(node: yaml.Node) -> frozenset[int]:
    """The ids of all nodes below a key `secured`, which an alias could name elsewhere."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = [(node, False)]
    while waiting:
        current, secret = waiting.pop()
        if secret:
            found.add(id(current))
        elif id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, yaml.MappingNode):
            for key, value in current.value:
                below = secret or is_secured_key(str(key.value))
                if not (below and id(value) in found):
                    waiting.append((value, below))
        elif isinstance(current, yaml.SequenceNode):
            waiting.extend((n, secret) for n in current.value if id(n) not in found)
    return frozenset(found)


def _astray(at: Place) -> Finding:
    return error(
        at,
        "secured-astray",
        "this value holds the key secured, which is never published; it was left out",
        "write secured: as a key of its own, at the beginning of a line, or delete it",
    )


def _duplicate(key: str, at: Place) -> Finding:
    return error(
        (*at, key),
        "key-twice",
        f"the key {quoted(key_to_show(key))} stands here a second time",
        "keep one of the two; the last one was read",
    )


def _too_deep(node: yaml.Node) -> Broken:
    return Broken(
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "yaml-deep",
        "the keys are nested too deeply",
        "keep to the nesting that the record format describes",
    )


def _note_places(
    node: yaml.Node,
    at: Place,
    first_line: int,
    places: dict[Place, tuple[int, int]],
    depth: int,
) -> None:
    if depth > _DEPTH or len(places) > 100_000:
        return
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            mark = key_node.start_mark
            places[(*at, key)] = (first_line + mark.line, mark.column + 1)
            _note_places(value_node, (*at, key), first_line, places, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            mark = item.start_mark
            places[(*at, index)] = (first_line + mark.line, mark.column + 1)
            _note_places(item, (*at, index), first_line, places, depth + 1)


def _broken_yaml(problem: yaml.MarkedYAMLError, first_line: int) -> Broken:
    mark = problem.problem_mark or problem.context_mark
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    said = problem.problem or problem.context or "it cannot be read"
    return Broken(
        first_line + line, column, "yaml-broken", f"broken YAML: {said}", _yaml_hint(said)
    )


def _yaml_hint(said: str) -> str:
    if "\\t" in said or "token" in said or "character" in said:
        return "indent with spaces, and put text with : # @ ` % or quotes in it between quotes"
    if "mapping values" in said:
        return 'put a title or text that holds ": " between double quotes'
    if "quoted scalar" in said:
        return 'close the quotes, and write \\" for a quote inside them'
    return "compare the indentation and the quotes of this line with those around it"
