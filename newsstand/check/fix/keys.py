"""Keys of other programs get the names that they have here, where nothing else has to change."""

from __future__ import annotations

import yaml

from newsstand.check.fix.yaml_edit import Edit, edited, pairs, readable, tree
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.split import read_mapping
from newsstand.content.kinds.foreign_keys import are_own, with_own_keys
from newsstand.content.record_keys import RECORD_KEYS


def rename_keys(text: str) -> str:
    """The keys of a record with every name changed that can be; the same text where none can.

    A key whose value is read as something else than it says (a path as a list of pictures) stays.
    """
    names = _own_names(text)
    layout = readable(text) if names else None
    if layout is None or not isinstance(layout.root, yaml.MappingNode):
        return text
    edits = []
    for _, key, node, _ in pairs(layout.root):
        if key in names:
            start, end = layout.start(node), layout.end(node)
            sign = 1 if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') else 0
            edits.append(Edit(start + sign, end - sign, names[key]))
    new = edited(text, edits)
    after = readable(new)
    return new if after and tree(after.root) == _renamed(tree(layout.root), names) else text


def _own_names(text: str) -> dict[str, str]:
    """By the name that a key has in the file the name that it has here."""
    try:
        values, findings = read_mapping(text)
    except Broken:
        return {}
    if findings or are_own(values, RECORD_KEYS):
        return {}
    made = with_own_keys(values, RECORD_KEYS, "a record")
    if made.written.get("draft") == "published":
        return {}  # with our own keys its `published: false` would no longer hold it back
    return {
        written: own
        for own, written in made.written.items()
        if written in values and own not in values and made.values.get(own) == values[written]
    }


def _renamed(whole: tuple[object, ...], names: dict[str, str]) -> tuple[object, ...]:
    """What the keys say, under their new names."""
    entries: list[object] = [whole[0]]
    for pair in whole[1:]:
        if isinstance(pair, tuple):
            (kind, name, quoted), value = pair
            entries.append(((kind, names.get(str(name), name), quoted), value))
    return tuple(entries)
