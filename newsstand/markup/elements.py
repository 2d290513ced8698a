"""Blocks -> elements of a tree, whose texts the `markdown` package then reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from newsstand.markup.blocks import parse
from newsstand.markup.tree import (
    CODE,
    HEADING,
    HTML,
    LIST,
    PARAGRAPH,
    QUOTE,
    RULE,
    TABLE,
    Block,
)

STX, ETX = "\x02", "\x03"
_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+(?=\S)")
_OWN_ID = re.compile(r"[ \t]*\{#(?P<id>[A-Za-z][\w.:-]*)\}[ \t]*$")
# Signs at which the package begins to look, in one text: its cost grows with their square.
MOST_IN_A_TEXT = {"[": 150, "<": 300, "`": 200, "*": 600, "_": 600, "\\": 4000, "~": 400, "!": 400}


class Blocks(BlockParser):
    """Makes elements of blocks; their texts are for the package's inline patterns."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.begin("")

    def begin(self, name: str, part: str = "s") -> None:
        """Forget the last text."""
        self.name = name
        self.part = part
        self.raw: list[str] = []
        self.ids: dict[str, str] = {}
        self.degraded: list[str] = []
        self.numbers: dict[str, int] = {}
        self.labels: set[str] = set()

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """The tree of all blocks, the footnotes at its end."""
        document = parse("\n".join(lines))
        self.md.references.update(document.links)
        self.labels = set(document.notes)
        self.root = root = Element(self.md.doc_tag)
        self._add(root, document.blocks)
        if document.notes and self.name:
            self._notes(root, document.notes)
        return ElementTree(root)

    def _add(self, above: Element, blocks: Sequence[Block], tight: bool = False) -> None:
        for block in blocks:
            if block.kind == PARAGRAPH and tight:
                self._loose_text(above, block.text)
            else:
                self._one(above, block)

    def _one(self, above: Element, block: Block) -> None:
        if block.kind == PARAGRAPH:
            SubElement(above, "p").text = self._text(block.text)
        elif block.kind == HEADING:
            self._heading(above, block)
        elif block.kind == CODE:
            code = SubElement(SubElement(above, "pre"), "code")
            code.text = AtomicString(escaped(block.text))
        elif block.kind == RULE:
            SubElement(above, "hr")
        elif block.kind == HTML:
            SubElement(above, "p").text = AtomicString(f"{STX}raw:{len(self.raw)}{ETX}")
            self.raw.append(block.text)
        elif block.kind == QUOTE:
            self._add(SubElement(above, "blockquote"), block.below)
        elif block.kind == LIST:
            self._list(above, block)
        elif block.kind == TABLE:
            self._table(above, block)

    def _loose_text(self, above: Element, text: str) -> None:
        """Text of an item of a tight list, which is no paragraph of its own."""
        last = above[-1] if len(above) else None
        if last is None:
            above.text = self._text(text)
        else:
            last.tail = self._text(text)

    def _text(self, text: str) -> str:
        """Text for inline patterns; as it stands where they would take too long for it."""
        if all(text.count(sign) <= most for sign, most in MOST_IN_A_TEXT.items()):
            return text
        self.degraded.append(text[:60])
        return AtomicString(escaped(text))

    def _heading(self, above: Element, block: Block) -> None:
        own = _OWN_ID.search(block.text)
        text = block.text[: own.start()] if own else block.text
        heading = SubElement(above, f"h{block.level}")
        heading.text = self._text(text)
        if self.name:
            heading.set("id", own["id"] if own else "")

    def _list(self, above: Element, block: Block) -> None:
        made = SubElement(above, "ol" if block.ordered else "ul")
        if block.ordered and block.level != 1:
            made.set("start", str(block.level))
        for entry in block.below:
            item = SubElement(made, "li")
            first = entry.below[0] if entry.below else None
            task = _TASK.match(first.text) if first and first.kind == PARAGRAPH else None
            if first and task:
                first.text = first.text[task.end() :]
            self._add(item, entry.below, tight=not block.loose)
            if task:
                _tick(item, task["done"] != " ")

    def _table(self, above: Element, block: Block) -> None:
        table = SubElement(above, "table")
        head = SubElement(SubElement(table, "thead"), "tr")
        aligned = block.info.split(" ")
        self._row(head, "th", block.rows[0], aligned)
        body = SubElement(table, "tbody") if len(block.rows) > 1 else None
        for row in block.rows[1:]:
            if body is not None:
                self._row(SubElement(body, "tr"), "td", row, aligned)

    def _row(self, row: Element, tag: str, cells: Sequence[str], aligned: Sequence[str]) -> None:
        for text, side in zip(cells, aligned, strict=True):
            cell = SubElement(row, tag)
            cell.text = self._text(text)
            if side != "none":
                cell.set("align", side)

    def number_of(self, label: str) -> tuple[int, bool]:
        """The number of a footnote, in the order in which the text names them; if it is new."""
        is_new = label not in self.numbers
        return self.numbers.setdefault(label, len(self.numbers) + 1), is_new

    def _notes(self, root: Element, notes: dict[str, Block]) -> None:
        section = SubElement(root, "section")
        listed = SubElement(section, "ol")
        for label, note in notes.items():
            item = SubElement(listed, "li", {"note": label})
            self._add(item, note.below)


def _tick(item: Element, done: bool) -> None:
    """A box that nobody can tick, in front of a task."""
    paragraph = item[0] if len(item) and item[0].tag == "p" and not item.text else item
    box = Element("input", {"type": "checkbox", "disabled": ""})
    if done:
        box.set("checked", "")
    box.tail = AtomicString(" ") if isinstance(paragraph.text, AtomicString) else None
    text = paragraph.text or ""
    box.tail = type(text)(f" {text}")
    paragraph.text = None
    paragraph.insert(0, box)


def escaped(text: str) -> str:
    """Code as the package's serializer wants it: what looks like an entity it leaves as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
