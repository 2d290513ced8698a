"""Tables as GitHub knows them: a head, a row of dashes, rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsstand.markup.lines import indent_of

_DELIMITER = re.compile(r" {0,3}\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*\|?[ \t]*+")


def table_at(lines: Sequence[str], at: int) -> list[str]:
    """The alignment of each column of the table whose head is a line; nothing where it is none."""
    if at + 1 >= len(lines) or "-" not in lines[at + 1] or not _DELIMITER.fullmatch(lines[at + 1]):
        return []
    if "|" not in lines[at] and "|" not in lines[at + 1] and ":" not in lines[at + 1]:
        return []
    if indent_of(lines[at]) >= 4:
        return []
    columns = [_alignment(cell) for cell in cells_of(lines[at + 1])]
    return columns if len(columns) == len(cells_of(lines[at])) else []


def _alignment(cell: str) -> str:
    return {(1, 0): "left", (1, 1): "center", (0, 1): "right"}.get(
        (cell.startswith(":"), cell.endswith(":")), "none"
    )


def cells_of(line: str) -> list[str]:
    """The cells of a row; a bar behind a backslash is a sign of its cell."""
    bare = line.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", bare)]
