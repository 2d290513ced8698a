"""YAML of any kind -> keys with all scalars as text, by the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from newsstand.content.foreign_key_names import decides
from newsstand.content.front_matter.broken import DEPTH, Broken, too_deep
from newsstand.content.front_matter.cut_values import cut_values
from newsstand.content.front_matter.fast_yaml import NULLS, Value
from newsstand.content.front_matter.yaml_parser import compose
from newsstand.content.never_published import (
    find_secured,
    is_secured_key,
    key_to_show,
    secured_astray,
)
from newsstand.problems import Finding, Place, error, quoted

_STRUCK_OUT = re.compile(r":?[ \t]*(#[^\s#][^\n]*)")
_ALIAS = re.compile(r"(?:^|[\s\[{,])\*[^\s,\[\]{}]", re.MULTILINE)


def parse_mapping(text: str, first_line: int = 1) -> tuple[dict[str, Value], tuple[Finding, ...]]:
    """YAML text -> its keys, and keys that stand twice. Raises Broken, placed in the file."""
    node = compose(text, first_line)
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
    secret = _under_secured(node) if "*" in text and _ALIAS.search(text) else frozenset()
    builder = _Builder(first_line, secret)
    keys = builder.mapping(node, (), 0)
    if "#" in text:
        keys |= _struck_out(node, text)
    return keys, (*builder.findings, *cut_values(node, text))


def _struck_out(root: yaml.MappingNode, text: str) -> dict[str, Value]:
    """Values of keys that decide about publication and that YAML takes for comments: ``#true``.

    With a space behind its # it is the writer's note on an empty value.
    """
    found: dict[str, Value] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and decides(key.value) and value.value == "":
            match = _STRUCK_OUT.match(text, value.end_mark.index)
            if match:
                found[key.value] = match[1]
    return found


class _Builder:
    """Nodes to plain values, each aliased node once; notes duplicate keys.

    What stands under the key `secured` is left out, wherever it is and whoever names it.
    """

    def __init__(self, first_line: int, secret: frozenset[int]) -> None:
        self.findings: list[Finding] = []
        self._first_line = first_line
        self._secret = secret  # ids of nodes that stand under `secured`
        self._built: dict[int, Value] = {}

    def value(self, node: yaml.Node, at: Place, depth: int) -> Value:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if id(node) in self._secret:
            self.findings.append(secured_astray(at))
            return None
        if id(node) in self._built:
            return self._built[id(node)]
        if depth > DEPTH:
            mark = node.start_mark
            raise too_deep(self._first_line + mark.line, mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at, depth)
        items: list[Value] = []
        self._built[id(node)] = items
        items.extend(self.value(n, (*at, i), depth + 1) for i, n in enumerate(node.value))
        return items

    def _scalar(self, node: yaml.ScalarNode, at: Place) -> Value:
        text: str = node.value
        if text in NULLS and not node.style:
            return None
        if find_secured(text) is not None or (self._secret and id(node) in self._secret):
            self.findings.append(secured_astray(at))
            return None
        return text

    def mapping(self, node: yaml.MappingNode, at: Place, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        merged: list[Value] = []
        self._built[id(node)] = values
        for key_node, value_node in node.value:
            if _is_merge(key_node):
                merged.append(self.value(value_node, at, depth + 1))
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self.findings.append(_key_no_text((*at, "?")))
                continue
            key = key_node.value
            if id(key_node) in self._secret:
                self.findings.append(secured_astray(at))
                continue
            if key in values:
                self.findings.append(_duplicate(key, at))
            if is_secured_key(key):
                values[key] = None if _is_empty(value_node) else ""
            elif key in values and not at and decides(key):
                before, now = values[key], self.value(value_node, (*at, key), depth + 1)
                values[key] = now if before == now else [before, now]
            else:
                values[key] = self.value(value_node, (*at, key), depth + 1)
        for key, value in _merged(merged):
            values.setdefault(key, value)
        return values


def _is_merge(key: yaml.Node) -> bool:
    """The merge key of YAML 1.1 (yaml.org/type/merge.html)."""
    return isinstance(key, yaml.ScalarNode) and key.value == "<<" and not key.style


def _merged(groups: list[Value]) -> Iterator[tuple[str, Value]]:
    """The keys of groups that are merged into another; of equal ones the first comes first."""
    for group in groups:
        for part in group if isinstance(group, list) else [group]:
            if isinstance(part, dict):
                yield from part.items()


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value.strip()


def _under_secured(root: yaml.Node) -> frozenset[int]:
    """The ids of all nodes below a key `secured`, which an alias could name elsewhere."""
    secret: set[int] = set()
    open_nodes: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, is_secret = waiting.pop()
        seen = secret if is_secret else open_nodes
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                named = isinstance(key, yaml.ScalarNode) and is_secured_key(key.value)
                waiting.append((value, is_secret or named))
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(n, is_secret) for n in node.value]
    return frozenset(secret)


def _key_no_text(at: Place) -> Finding:
    return error(
        at,
        "key-no-text",
        "a key is a list or a group of keys, not text",
        "write each key as one word before its colon",
    )


def _duplicate(key: str, at: Place) -> Finding:
    is_decisive = not at and decides(key)
    return error(
        (*at, key),
        "key-twice",
        f"the key {quoted(key_to_show(key))} stands here a second time",
        "keep one of the two" if is_decisive else "the last one was read; keep one of the two",
    )
