"""YAML text with the place of everything in it, for edits that touch nothing else.

A `Tree` is what the text says, to compare texts before and after an edit: nothing is left out,
and nothing of it is ever printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.yaml_parser import compose

# Line breaks that YAML knows and `splitlines` or an editor may count in another way.
_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")
_LIKE_AN_ANCHOR = re.compile(r"(?:^|[\s\[{,])[&*][^\s,\[\]{}]", re.MULTILINE)
_BLOCK = ("|", ">")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Tree = tuple[object, ...]
Spot = tuple[int, ...]
"""Where a node is: the number of the pair or the entry on each level."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of what stands from `start` to before `end`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with all edits made; they may not overlap."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class Layout:
    """YAML text and its nodes, with the offset of each. Raises Broken; see `has_sure_places`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = compose(text, 1)
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    @property
    def has_sure_places(self) -> bool:
        """Whether its places can be trusted: plain line breaks, no anchors, keys at the top."""
        return (
            isinstance(self.root, yaml.MappingNode)
            and not _ODD_BREAKS.search(self.text)
            and not self._has_anchors()
        )

    def _has_anchors(self) -> bool:
        if not _LIKE_AN_ANCHOR.search(self.text):
            return False
        events = yaml.parse(self.text, Loader=yaml.CBaseLoader)
        return any(getattr(event, "anchor", None) for event in events)

    def start(self, node: yaml.Node) -> int:
        """The offset of the first sign of a node."""
        return self._starts[node.start_mark.line] + node.start_mark.column

    def end(self, node: yaml.Node) -> int:
        """The offset behind the last sign of a node, without what follows a block."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return max(map(self.end, last)) if isinstance(last, tuple) else self.end(last)
        return self._starts[node.end_mark.line] + node.end_mark.column

    def lines(self, first: int, behind: int) -> tuple[int, int]:
        """The whole lines in which a stretch of text lies, as offsets."""
        start = self.text.rfind("\n", 0, first) + 1
        stop = self.text.find("\n", max(behind - 1, 0))
        return start, len(self.text) if stop < 0 else stop + 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of an offset."""
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - start + 1

    def slice(self, node: yaml.Node) -> str:
        """A node as it is written."""
        return self.text[self.start(node) : self.end(node)]


def readable(text: str) -> Layout | None:
    """YAML text with its places; None where they cannot be trusted."""
    try:
        layout = Layout(text)
    except Broken:
        return None
    return layout if layout.has_sure_places else None


def is_block(node: yaml.Node) -> bool:
    """Whether a scalar is written below its key, line by line."""
    return isinstance(node, yaml.ScalarNode) and node.style in _BLOCK


def pairs(node: yaml.Node | None) -> Iterator[tuple[int, str, yaml.Node, yaml.Node]]:
    """The pairs of a mapping whose keys are words: number, key, its node, the value's node."""
    if isinstance(node, yaml.MappingNode):
        for number, (key, value) in enumerate(node.value):
            if isinstance(key, yaml.ScalarNode):
                yield number, key.value, key, value


def tree(node: yaml.Node | None) -> Tree:
    """What a node says."""
    if isinstance(node, yaml.ScalarNode):
        return ("scalar", node.value, bool(node.style) or node.value not in _NULLS)
    if isinstance(node, yaml.MappingNode):
        return ("map", *((tree(key), tree(value)) for key, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        return ("list", *(tree(entry) for entry in node.value))
    return ("nothing",)


def scalar(text: str) -> Tree:
    """What a scalar that is no null says."""
    return ("scalar", text, True)


def changed(whole: Tree, changes: Mapping[Spot, Tree | None], at: Spot = ()) -> Tree:
    """A tree with other nodes in some spots, and without those whose change is None."""
    if whole[0] not in ("map", "list"):
        return whole
    kept: list[object] = [whole[0]]
    for number, entry in enumerate(whole[1:]):
        spot = (*at, number)
        new = changes.get(spot, entry)
        if new is None or not isinstance(entry, tuple):
            continue
        if whole[0] == "list":
            kept.append(new if spot in changes else changed(entry, changes, spot))
        else:
            key, value = entry
            kept.append((key, new if spot in changes else changed(value, changes, spot)))
    return tuple(kept)
