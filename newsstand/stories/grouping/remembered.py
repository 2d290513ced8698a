"""What grouping remembers between two builds: pieces, their words, neighbours and groups.

All in columns, a row for each piece in order of time, so that 100,000 pieces are read in
hundredths of a second and what has one word is found by a search in bytes.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from dataclasses import dataclass
from math import lgamma, sqrt
from typing import Any

from newsstand.stories.grouping.candidates import Pairs
from newsstand.stories.grouping.columns import as_bytes, as_numbers
from newsstand.stories.grouping.habits import HabitTable
from newsstand.stories.grouping.pieces import Decisions, Rule
from newsstand.stories.grouping.time_decay import Basis
from newsstand.stories.grouping.word_tables import ToldTable, WordTable

VERSION = 1  # of what is written, and of the rule: a new one when either changes
_HEAD = struct.Struct("<4sHII")  # name, version, checksum, length of the table of contents
_NAME = b"NSGM"


@dataclass(frozen=True, slots=True, eq=False)
class GroupMemory:
    """What one run of grouping found. See `regrouping.regroup`.

    `basis` is what the times say of the site. `words` are all that there are, `known` the
    pieces that have each as a word of their own, `counts` the texts that count and have it, of
    `counted`. The rest has a row for each piece in order of time: `keys`, `marks`, `declared`
    (eight bytes for the keys that it declares), `hours` (not a number if undated), `habits`,
    its words and its most telling ones; `knots` and `groups` give the place of the first piece
    of the knot and of the group that it is in. `pairs` are neighbours.
    """

    rule: Rule
    decisions: Decisions
    basis: Basis
    counted: int
    words: list[str]
    known: array[int]
    counts: array[int]
    keys: list[str]
    marks: bytes
    declared: bytes
    hours: array[float]
    habits: HabitTable
    rows: WordTable
    told: ToldTable
    pairs: Pairs
    knots: array[int]
    groups: array[int]

    def encode(self) -> bytes:
        """As bytes, which any machine can read."""
        contents: dict[str, Any] = {
            "arithmetic": _arithmetic(),
            "rule": [self.rule.breadth, self.rule.window_hours],
            "decisions": _as_lists(self.decisions),
            "basis": self.basis,
            "counted": self.counted,
            "sizes": [],
        }
        parts = []
        for path, kind in _COLUMNS.items():
            column: Any = self
            for name in path.split("."):
                column = getattr(column, name)
            parts.append(_written(column, kind))
            contents["sizes"].append(len(parts[-1]))
        table = json.dumps(contents).encode()
        body = b"".join([table, *parts])
        return _HEAD.pack(_NAME, VERSION, zlib.crc32(body), len(table)) + body

    @classmethod
    def decode(cls, data: bytes) -> GroupMemory:
        """What `encode` made. Raises ValueError for what is damaged, or of another version."""
        try:
            return _decoded(data)
        except (struct.error, LookupError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"this is no memory of grouping that can be used: {error}") from error


# What is written of each column: bytes, texts, numbers (I, d), bytes that are numbers (i).
_COLUMNS = {
    "words": "texts", "known": "I", "counts": "I",
    "keys": "texts", "marks": "bytes", "declared": "bytes", "hours": "d",
    "habits.tails": "bytes", "habits.standing": "bytes", "habits.series": "bytes",
    "habits.titles": "bytes",
    "rows.ids": "i", "rows.ends": "I", "rows.codes": "bytes", "rows.prints": "i",
    "told.ids": "i", "told.codes": "bytes", "told.lengths": "d",
    "pairs.ones": "I", "pairs.others": "I", "pairs.nats": "d",
    "knots": "I", "groups": "I",
}  # fmt: skip


def _written(column: Any, kind: str) -> bytes:  # noqa: ANN401
    if kind == "texts":
        return "\0".join([*column, ""]).encode("utf-8", "surrogatepass")
    if kind == "bytes" or (kind == "i" and sys.byteorder == "little"):
        return bytes(column)
    return as_bytes(array("I", column) if kind == "i" else column)


def _read(data: bytes, kind: str) -> Any:  # noqa: ANN401
    if kind == "texts":
        return data.decode("utf-8", "surrogatepass").split("\0")[:-1]
    if kind == "bytes" or (kind == "i" and sys.byteorder == "little"):
        return data
    column = as_numbers(data, "I" if kind == "i" else kind)
    return column.tobytes() if kind == "i" else column


def _decoded(data: bytes) -> GroupMemory:
    name, version, checksum, length = _HEAD.unpack_from(data)
    if (
        name != _NAME
        or version != VERSION
        or zlib.crc32(memoryview(data)[_HEAD.size :]) != checksum
    ):
        raise ValueError("it is damaged or of another version")
    at = _HEAD.size + length
    contents = json.loads(data[_HEAD.size : at])
    if contents["arithmetic"] != _arithmetic():
        raise ValueError("it is of a machine that reckons differently")
    found: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {"habits": {}, "rows": {}, "told": {}, "pairs": {}}
    for (path, kind), size in zip(_COLUMNS.items(), contents["sizes"], strict=True):
        table, _, column = path.rpartition(".")
        (tables[table] if table else found)[column] = _read(data[at : at + size], kind)
        at += size
    return GroupMemory(
        rule=Rule(*contents["rule"]),
        decisions=_from_lists(contents["decisions"]),
        basis=Basis(*contents["basis"]),
        counted=contents["counted"],
        habits=HabitTable(**tables["habits"]),
        rows=WordTable(**tables["rows"]),
        told=ToldTable(**tables["told"]),
        pairs=Pairs(**tables["pairs"]),
        **found,
    )


def _arithmetic() -> str:
    """How this machine's mathematics rounds: what another's gave may differ in the last digit."""
    values = (lgamma(0.06 + n / 7.0) + sqrt(n) + n**0.45 + 2.0 ** (-n / 48.0) for n in range(1, 50))
    return format(zlib.crc32(struct.pack("<49d", *values)), "08x")


def _as_lists(decisions: Decisions) -> dict[str, Any]:
    return {
        "together": [sorted(keys) for keys in decisions.together],
        "alone": sorted(decisions.alone),
        "apart": sorted(sorted(pair) for pair in decisions.apart),
    }


def _from_lists(lists: dict[str, Any]) -> Decisions:
    return Decisions(
        tuple(frozenset(keys) for keys in lists["together"]),
        frozenset(lists["alone"]),
        frozenset(frozenset(pair) for pair in lists["apart"]),
    )
