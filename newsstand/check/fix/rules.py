"""What can be mended in the keys of a record without asking: found, and tried out.

Each finder gives candidates: edits of the text, and what the text must say afterwards. An edit is
made only where reading the edited text proves that it says just that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import yaml

from newsstand.check.fix.yaml_edit import (
    Edit,
    Layout,
    Spot,
    Tree,
    changed,
    edited,
    is_block,
    pairs,
    readable,
    scalar,
    tree,
)
from newsstand.content.never_published import is_secured_key
from newsstand.content.record_keys import RECORD_ORDER
from newsstand.problems import Severity, quoted
from newsstand.text.date_names import iso
from newsstand.text.dates import read_time
from newsstand.text.strings import decode_entities, has_entities, one_line

_DATES = ("publishedDateTime", "updatedDateTime")
_LINES = ("title", "excerpt")
_LISTS = ("related", "topics")
_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_UTC = re.compile(r"[\d-]{10}[Tt ].*[Zz]")
_DASH = re.compile(r"[ \t]*-[ \t]+")
_COMMENT = re.compile(r"^[ \t]*#|[ \t]#", re.MULTILINE)
_MODELINE = "# yaml-language-server:"


@dataclass(frozen=True, slots=True)
class Mend:
    """Something to be mended: where (offset), what, and how; `edits` are empty if not safely.

    `message` is empty where reading the record says it already.
    """

    offset: int
    code: str
    message: str
    remedy: str
    edits: tuple[Edit, ...]
    changes: Mapping[Spot, Tree | None] = field(default_factory=dict)
    severity: Severity = Severity.NOTE


Finder = Callable[[Layout], Iterator[Mend]]


def find_mends(layout: Layout, finder: Finder) -> list[Mend]:
    """What a finder finds; edits that would change anything else are taken off."""
    mends = list(finder(layout))
    if not mends or _holds(layout, mends):
        return mends
    return [m if _holds(layout, [m]) else _by_hand(m) for m in mends]


def apply(layout: Layout, mends: list[Mend]) -> str:
    """The text with what can be mended of these; the same text where that fails."""
    safe = [mend for mend in mends if mend.edits]
    while safe:
        if _holds(layout, safe):
            return edited(layout.text, [edit for mend in safe for edit in mend.edits])
        safe.pop()  # one alone holds; together they may touch
    return layout.text


def _holds(layout: Layout, mends: list[Mend]) -> bool:
    """Whether the edited text says what it said, with the changes that are meant."""
    edits = [edit for mend in mends for edit in mend.edits]
    changes = {spot: new for mend in mends if mend.edits for spot, new in mend.changes.items()}
    after = readable(edited(layout.text, edits))
    if after is None:
        return False
    expected, actual = changed(tree(layout.root), changes), tree(after.root)
    if any(mend.code == "key-order" for mend in mends):
        return sorted(map(repr, expected[1:])) == sorted(map(repr, actual[1:]))
    return expected == actual


def _by_hand(mend: Mend) -> Mend:
    remedy = "mend it by hand: no edit is sure to change nothing else"
    return Mend(mend.offset, mend.code, mend.message, remedy, (), {}, mend.severity)


def _mappings(layout: Layout) -> Iterator[tuple[Spot, yaml.Node]]:
    """The record's own keys and those of each related piece."""
    if layout.root is None:
        return
    yield (), layout.root
    for number, key, _, value in pairs(layout.root):
        if key == "related" and isinstance(value, yaml.SequenceNode):
            yield from (((number, n), entry) for n, entry in enumerate(value.value))


def _scalars(
    layout: Layout, wanted: tuple[str, ...]
) -> Iterator[tuple[Spot, str, yaml.ScalarNode]]:
    for spot, node in _mappings(layout):
        for number, key, _, value in pairs(node):
            if key in wanted and isinstance(value, yaml.ScalarNode):
                yield (*spot, number), key, value


def dates(layout: Layout) -> Iterator[Mend]:
    """Instants with another zone than UTC, or with none."""
    for spot, key, node in _scalars(layout, _DATES):
        written = node.value
        try:
            time = read_time(written)
        except (ValueError, OverflowError):
            continue
        if time.is_day or _UTC.fullmatch(written.strip()):  # of a day nobody knows the hour
            continue
        new = iso(time.at)
        if time.at.microsecond:
            new = f"{new[:-1]}.{time.at.microsecond:06d}".rstrip("0") + "Z"
        start, end = layout.start(node), layout.end(node)
        sign = 1 if node.style in ("'", '"') else 0
        edit = Edit(start + sign, end - sign, new)
        reason = f"{key} is {quoted(written)}, not in UTC"
        remedy = f"write {key}: {new}; `check --fix` does"
        mend = Mend(start, "date-not-utc", reason, remedy, (edit,), {spot: scalar(new)})
        yield mend if time.zoned else replace(mend, code="date-no-zone", message="")


def entities(layout: Layout) -> Iterator[Mend]:
    """HTML entities in headlines and excerpts. What is left of a twice escaped one stays."""
    for spot, key, node in _scalars(layout, _LINES):
        written = node.value
        if not has_entities(written):
            continue
        plain = decode_entities(written).replace("\u00a0", " ")
        reason = f"{key} holds HTML entities"
        start = layout.start(node)
        clear = all(c.isprintable() or c in " \n" for c in plain)
        if has_entities(plain) or not clear or one_line(plain) != one_line(written):
            yield Mend(start, "entity-written", reason, "write the signs themselves, by hand", ())
            continue
        remedy = "write the signs themselves; `check --fix` does"
        changes = {spot: scalar(plain)}
        ways = (_in_place(layout.slice(node), node.style), _quoted_anew(node, plain))
        edits = [Edit(start, layout.end(node), written_anew) for written_anew in ways]
        tried = [Mend(start, "entity-written", reason, remedy, (e,), changes) for e in edits]
        yield next((mend for mend in tried if _holds(layout, [mend])), tried[0])


def _in_place(text: str, style: str | None) -> str:
    """A scalar as it is written, with the signs in the place of their entities."""
    escapes = {'"': {"\\": "\\\\", '"': '\\"'}, "'": {"'": "''"}}.get(style or "", {})

    def sign(match: re.Match[str]) -> str:
        decoded = decode_entities(match.group()).replace("\u00a0", " ")
        return "".join(escapes.get(c, c) for c in decoded)

    return re.sub(r"&[#A-Za-z0-9]+;", sign, text)


def _quoted_anew(node: yaml.Node, plain: str) -> str:
    """A scalar that the signs would break, between double quotes (JSON's are YAML's too)."""
    return "" if is_block(node) else json.dumps(plain, ensure_ascii=False)


def entries(layout: Layout) -> Iterator[Mend]:
    """Entries of `related` and `topics` that say nothing that an earlier one does not."""
    for number, key, _, node in pairs(layout.root):
        if key not in _LISTS or not isinstance(node, yaml.SequenceNode) or node.flow_style:
            continue
        first_of: dict[object, list[tuple[int, Tree]]] = {}
        for later, entry in enumerate(node.value):
            says = tree(entry)
            alike = first_of.setdefault(_headline(says), [])
            first = next((n for n, said in alike if _covers(said, says)), None)
            if first is None:
                alike.append((later, says))
                continue
            line, _ = layout.place(layout.start(node.value[first]))
            yield _without(layout, entry, (number, later), line)


def _headline(says: Tree) -> object:
    """What entries that say the same have in common: the title, or all of a plain one."""
    titles = (p[1] for p in says[1:] if isinstance(p, tuple) and p[0] == scalar("title"))
    return next(titles, None) if says[0] == "map" else says


def _covers(first: Tree, later: Tree) -> bool:
    """Whether the later entry says nothing more; a piece is known by its links or its title."""
    if first[0] == "map" and later[0] == "map":
        keys = {pair[0][1] for pair in later[1:] if isinstance(pair, tuple)}
        linked = bool(keys & {"webUrl", "originalUrl"})
        return first == later or (linked and set(later[1:]) <= set(first[1:]))
    return first == later and later[0] == "scalar" and bool(str(later[1]).strip())


def _without(layout: Layout, entry: yaml.Node, spot: Spot, line: int) -> Mend:
    start = layout.start(entry)
    first, behind = layout.lines(start, layout.end(entry))
    lines = layout.text[first:behind]
    reason = f"this entry says nothing that the one in line {line} does not"
    whole = _DASH.fullmatch(layout.text[first:start]) and not _COMMENT.search(lines)
    edits = (Edit(first, behind, ""),) if whole else ()
    remedy = "delete it; `check --fix` does" if whole else "delete it by hand"
    return Mend(
        start, "entry-twice", reason, remedy, edits, {spot: None} if whole else {}, Severity.WARNING
    )


def keys_twice(layout: Layout) -> Iterator[Mend]:
    """Keys that stand twice and say the same each time."""
    entries: dict[str, list[Tree]] = {}
    for _, key, _, value in pairs(layout.root):
        entries.setdefault(key, []).append(tree(value))
    seen: set[str] = set()
    for number, key, key_node, value in pairs(layout.root):
        first, behind = layout.lines(layout.start(key_node), layout.end(value))
        whole = layout.start(key_node) == first and not _COMMENT.search(layout.text, first, behind)
        alike = all(other == entries[key][0] for other in entries[key])
        if key in seen and alike and whole and not is_secured_key(key):
            edits = (Edit(first, behind, ""),)
            yield Mend(first, "key-twice", "", "`check --fix` does", edits, {(number,): None})
        seen.add(key)


def order(layout: Layout) -> Iterator[Mend]:
    """Keys in another order than records have. What nobody reads follows the key before it."""
    root = layout.root
    entries = list(pairs(root))
    ranks: list[int] = []
    for _, key, _, _ in entries:
        place = RECORD_ORDER.index(key) if key in RECORD_ORDER else None
        ranks.append(place if place is not None else ranks[-1] if ranks else 0)
    out = next((n for n in range(1, len(ranks)) if ranks[n] < ranks[n - 1]), None)
    if out is None or not isinstance(root, yaml.MappingNode):
        return
    reason = f"{entries[out][1]} stands behind {entries[out - 1][1]}"
    starts = [layout.start(key) for _, _, key, _ in entries]
    plain = len(entries) == len(root.value) and not root.flow_style
    values = [value for *_, value in entries]
    edits = _blocks_in_order(layout, values, starts, ranks) if plain else ()
    remedy = "records have one order of keys; `check --fix` makes it"
    by_hand = "a comment or an unusual form stands in the way: order the keys by hand"
    yield Mend(starts[out], "key-order", reason, remedy if edits else by_hand, edits)


def _blocks_in_order(
    layout: Layout, values: list[yaml.Node], starts: list[int], ranks: list[int]
) -> tuple[Edit, ...]:
    """Each key with its lines and the comments above it, moved as a whole."""
    text = layout.text
    whole_lines = all(start == text.rfind("\n", 0, start) + 1 for start in starts)
    header = text[: starts[0]]
    moved_first = min(ranks) < ranks[0]
    above = header.strip().rpartition("\n")[2]
    if not whole_lines or not text.endswith("\n"):
        return ()
    if moved_first and above and not above.startswith(_MODELINE):
        return ()
    ends = [layout.lines(start, layout.end(v))[1] for start, v in zip(starts, values, strict=True)]
    cuts = [starts[0], *ends]
    blocks = [text[cuts[n] : cuts[n + 1]] for n in range(len(starts))]
    by_rank = sorted(range(len(blocks)), key=lambda n: (ranks[n], n))
    return (Edit(cuts[0], cuts[-1], "".join(blocks[n] for n in by_rank)),)


def spaces(layout: Layout) -> Iterator[Mend]:
    """Spaces at the end of lines, where they mean nothing."""
    edits = [Edit(m.start(), m.end(), "") for m in _LINE_END.finditer(layout.text)]
    if edits and not _are_harmless(layout, edits):
        edits = [edit for edit in edits if _are_harmless(layout, [edit])]
    if edits:
        reason = (
            f"{len(edits)} lines end in spaces" if len(edits) > 1 else "the line ends in spaces"
        )
        remedy = "delete them; `check --fix` does"
        yield Mend(edits[0].start, "space-trailing", reason, remedy, tuple(edits))


def _are_harmless(layout: Layout, edits: list[Edit]) -> bool:
    return _holds(layout, [Mend(0, "", "", "", tuple(edits))])
