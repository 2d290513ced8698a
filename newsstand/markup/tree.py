"""The blocks of a text of Markdown, as values."""

from __future__ import annotations

from msgspec import Struct

PARAGRAPH, HEADING, CODE, RULE, HTML = "paragraph", "heading", "code", "rule", "html"
QUOTE, LIST, ITEM, TABLE, NOTE = "quote", "list", "item", "table", "note"


class Block(Struct):
    """One block. `text` is what stands in it, `below` what is nested in it.

    `level` is that of a heading or the first number of a list; `info` the language of code, the
    label of a note or the alignment of a table's columns; `rows` are the cells of a table.
    """

    kind: str
    text: str = ""
    below: list[Block] = []
    level: int = 0
    info: str = ""
    ordered: bool = False
    loose: bool = False
    rows: list[list[str]] = []


class Document(Struct):
    """The blocks of a text, the links that it names, and its footnotes by their labels.

    `open_fence` is the line (from 0) of a code fence that nothing closes: all below it is code.
    """

    blocks: list[Block]
    links: dict[str, tuple[str, str]]
    notes: dict[str, Block]
    open_fence: int | None = None


def label_of(text: str) -> str:
    """The name of a link as it is compared: case and spaces do not count."""
    return " ".join(text.split()).casefold()
