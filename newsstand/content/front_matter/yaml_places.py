"""Where the keys and entries of YAML stand, as its parser tells."""

from __future__ import annotations

import yaml

from newsstand.content.front_matter.broken import DEPTH, Broken
from newsstand.content.front_matter.yaml_parser import compose
from newsstand.problems import Place

_ENOUGH = 100_000


def places_of(text: str, first_line: int) -> dict[Place, tuple[int, int]]:
    """YAML text -> line and column (from 1, in the file) of every key and list entry.

    Of text that is no YAML only the beginning has a place.
    """
    places: dict[Place, tuple[int, int]] = {(): (first_line, 1)}
    try:
        node = compose(text, first_line)
    except Broken:
        return places
    if node is not None:
        _note(node, (), first_line, places)
    return places


def _note(
    node: yaml.Node, at: Place, first_line: int, places: dict[Place, tuple[int, int]]
) -> None:
    if len(at) > DEPTH or len(places) > _ENOUGH:
        return
    entries: list[tuple[str | int, yaml.Mark, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        entries = [(_name(key), key.start_mark, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        entries = [(n, item.start_mark, item) for n, item in enumerate(node.value)]
    for key, mark, below in entries:
        places[(*at, key)] = (first_line + mark.line, mark.column + 1)
        _note(below, (*at, key), first_line, places)


def _name(key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
