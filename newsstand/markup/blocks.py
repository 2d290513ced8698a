"""Lines of Markdown -> a tree of blocks, as CommonMark and GitHub part them.

The `markdown` package reads lists, fences and tables by rules of 2004; what people write follows
CommonMark (spec.commonmark.org, appendix "A parsing strategy") and GitHub's tables, tasks and notes
(github.github.com/gfm). Here lines are parted by those; what stands in a line is the package's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from newsstand.markup import tree
from newsstand.markup.lines import (
    ATX_LINE,
    DEEPEST,
    FENCE_LINE,
    HTML_STARTS,
    ITEM_LINE,
    NOTE_LINE,
    QUOTE_LINE,
    REFERENCE,
    REFERENCE_ALONE,
    RULE_LINE,
    SETEXT_LINE,
    Inside,
    indent_of,
    item_at,
    outdented,
    starts_block,
)
from newsstand.markup.tables import cells_of, table_at
from newsstand.markup.tree import Block, Document, label_of


def parse(text: str) -> Document:
    """Markdown (Unix line ends) -> its blocks."""
    parser = _Parser()
    lines = text.removesuffix("\n").split("\n")
    blocks, _ = parser.blocks([_without_tabs(line) for line in lines], 0)
    return Document(blocks, parser.links, parser.notes, parser.open_fence)


def _without_tabs(line: str) -> str:
    """Tabs at the beginning of a line are columns of four."""
    if "\t" not in line:
        return line
    bare = line.lstrip(" \t")
    start = line[: len(line) - len(bare)].expandtabs(4)
    match = ITEM_LINE.match(start + bare.replace("\t", "    ", 1)) if "\t" in bare[:12] else None
    if match:  # a tab behind the mark of an item
        return (start + bare).expandtabs(4)
    return start + bare


Take = Callable[[Sequence[str], int, int, list[Block]], int]
"""Adds the block that begins in a line (at a depth), if it is of one kind; the line behind it."""


class _Parser:
    """Parts lines into blocks, one level after the other."""

    def __init__(self) -> None:
        self.links: dict[str, tuple[str, str]] = {}
        self.notes: dict[str, Block] = {}
        self.open_fence: int | None = None

    def blocks(self, lines: Sequence[str], depth: int) -> tuple[list[Block], bool]:
        """The blocks of some lines, and whether a blank line stands between two of them."""
        blocks_read: list[Block] = []
        loose = blank = False
        at = 0
        while at < len(lines):
            if not lines[at].strip():
                blank = True
                at += 1
                continue
            before = len(blocks_read)
            at = self._next(lines, at, depth, blocks_read)
            if len(blocks_read) > before:
                loose = loose or (blank and before > 0)
                blank = False
        return blocks_read, loose

    def _next(self, lines: Sequence[str], at: int, depth: int, blocks: list[Block]) -> int:
        """Add the block that begins in a line; the line behind it."""
        takers: tuple[Take, ...] = (
            *(self._code, self._fence, self._heading, self._quote, self._rule, self._list),
            *(self._html, self._note),
        )
        for take in takers:
            behind = take(lines, at, depth, blocks)
            if behind:
                return behind
        return self._paragraph(lines, at, blocks)

    def _code(self, lines: Sequence[str], at: int, _depth: int, blocks: list[Block]) -> int:
        if not lines[at].startswith("    "):
            return 0
        end = at
        while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        blocks.append(Block(tree.CODE, "\n".join(line[4:] for line in lines[at:end]) + "\n"))
        return end

    def _fence(self, lines: Sequence[str], at: int, depth: int, blocks: list[Block]) -> int:
        opening = FENCE_LINE.fullmatch(lines[at])
        if opening is None:
            return 0
        mark, indent = opening["mark"], len(opening[1])
        closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*")
        end = at + 1
        while end < len(lines) and not closing.fullmatch(lines[end]):
            end += 1
        if end == len(lines) and not depth:  # a quote or an item ends what is open in it
            self.open_fence = at
        inside = [outdented(line, indent) for line in lines[at + 1 : end]]
        text = "".join(f"{line}\n" for line in inside)
        blocks.append(Block(tree.CODE, text, info=opening["info"].strip()))
        return min(end + 1, len(lines))

    def _heading(self, lines: Sequence[str], at: int, _depth: int, blocks: list[Block]) -> int:
        match = ATX_LINE.fullmatch(lines[at])
        if match is None:
            return 0
        text = (match["text"] or "").strip()
        bare = text.rstrip("#")
        text = bare.rstrip() if not bare or bare[-1] in " \t" else text
        blocks.append(Block(tree.HEADING, text, level=len(match["signs"])))
        return at + 1

    def _rule(self, lines: Sequence[str], at: int, _depth: int, blocks: list[Block]) -> int:
        if not RULE_LINE.fullmatch(lines[at]):
            return 0
        blocks.append(Block(tree.RULE))
        return at + 1

    def _quote(self, lines: Sequence[str], at: int, depth: int, blocks: list[Block]) -> int:
        if depth >= DEEPEST or not QUOTE_LINE.match(lines[at]):
            return 0
        inside, end = Inside(), at
        while end < len(lines) and lines[end].strip():
            match = QUOTE_LINE.match(lines[end])
            if match:
                inside.add(lines[end][match.end() :])
            elif not inside.goes_on(lines[end]):
                break
            end += 1
        below, _ = self.blocks(inside.lines, depth + 1)
        blocks.append(Block(tree.QUOTE, below=below))
        return end

    def _list(self, lines: Sequence[str], at: int, depth: int, blocks: list[Block]) -> int:
        first = ITEM_LINE.match(lines[at])
        if first is None or depth >= DEEPEST or RULE_LINE.fullmatch(lines[at]):
            return 0
        number = int(first["number"]) if first["number"] else 0
        made = Block(tree.LIST, level=number, ordered=first["number"] is not None)
        end = at
        while mark := item_at(lines, end, first["mark"][-1]):
            inside, behind, blanks = self._item(lines, end, mark)
            below, loose = self.blocks(inside, depth + 1)
            made.below.append(Block(tree.ITEM, below=below))
            end = behind - blanks
            goes_on = item_at(lines, behind, first["mark"][-1]) is not None
            made.loose = made.loose or loose or (blanks > 0 and goes_on)
            end = behind if goes_on else end
        blocks.append(made)
        return end

    def _item(
        self, lines: Sequence[str], at: int, mark: re.Match[str]
    ) -> tuple[list[str], int, int]:
        """The lines of an item without its indentation; the line behind it; blanks before that."""
        width, rest = mark.end(), lines[at][mark.end() :]
        if not rest.strip() or len(mark["gap"]) > 4:
            width = mark.end("mark") + 1
            rest = lines[at][width:]
        inside, end, blanks = Inside(), at + 1, 0
        inside.add(rest)
        while end < len(lines):
            line = lines[end]
            if not line.strip():
                inside.add("")
                blanks += 1
            elif indent_of(line) >= width and (
                rest.strip() or blanks == 0 or len(inside.lines) > 2
            ):
                inside.add(line[width:])
                blanks = 0
            elif blanks or not inside.goes_on(line):
                break
            end += 1
        return inside.lines[: len(inside.lines) - blanks], end, blanks

    def _html(self, lines: Sequence[str], at: int, _depth: int, blocks: list[Block]) -> int:
        ends = [end for start, end in HTML_STARTS if start.match(lines[at])]
        if not ends:
            return 0
        end_sign = ends[0]
        end = at + 1
        if end_sign is not None:
            while not end_sign.search(lines[end - 1]) and end < len(lines):
                end += 1
        else:
            while end < len(lines) and lines[end].strip():
                end += 1
        blocks.append(Block(tree.HTML, "\n".join(lines[at:end])))
        return end

    def _note(self, lines: Sequence[str], at: int, depth: int, _found: list[Block]) -> int:
        match = NOTE_LINE.fullmatch(lines[at])
        if match is None or depth:
            return 0
        inside, end, blanks = [match["text"]], at + 1, 0
        while end < len(lines):
            line = lines[end]
            if not line.strip():
                inside.append("")
                blanks += 1
            elif line.startswith("    "):
                inside.append(line[4:])
                blanks = 0
            elif not blanks and not starts_block(lines, end, False) and not NOTE_LINE.match(line):
                inside.append(line.lstrip())
            else:
                break
            end += 1
        below, _ = self.blocks(inside, depth + 1)
        self.notes.setdefault(
            label_of(match["label"]), Block(tree.NOTE, below=below, info=match["label"])
        )
        return end

    def _paragraph(self, lines: Sequence[str], at: int, blocks: list[Block]) -> int:
        end = at
        while end < len(lines) and lines[end].strip():
            if (
                end > at
                and SETEXT_LINE.fullmatch(lines[end])
                and self._add_heading(lines, at, end, blocks)
            ):
                return end + 1
            columns = table_at(lines, end)
            if columns:
                self._words(lines[at:end], blocks)
                return self._table(lines, end, columns, blocks)
            if end > at and (starts_block(lines, end) or NOTE_LINE.fullmatch(lines[end])):
                break
            end += 1
        self._words(lines[at:end], blocks)
        return end

    def _add_heading(self, lines: Sequence[str], at: int, end: int, blocks: list[Block]) -> bool:
        """Add the heading that the lines before an underline are; whether they are one."""
        text = self._without_references("\n".join(line.lstrip() for line in lines[at:end]))
        if not text.strip():
            return False
        level = 1 if lines[end].strip().startswith("=") else 2
        blocks.append(Block(tree.HEADING, text.strip(), level=level))
        return True

    def _words(self, lines: Sequence[str], blocks: list[Block]) -> None:
        text = "\n".join(line.lstrip() for line in lines)
        text = self._without_references(text) if text.startswith("[") else text
        if text.strip():
            blocks.append(Block(tree.PARAGRAPH, text.rstrip()))

    def _without_references(self, text: str) -> str:
        """A paragraph without the definitions of links that it begins with."""
        while text.startswith("["):
            match = REFERENCE.match(text) or REFERENCE_ALONE.match(text)
            if match is None or not match["label"].strip() or match["label"].startswith("^"):
                break
            link = match["link"].strip()
            link = link[1:-1] if link.startswith("<") else link
            title = (match.groupdict().get("title") or "")[1:-1]
            self.links.setdefault(label_of(match["label"]), (link, title))
            text = text[match.end() :]
        return text

    def _table(self, lines: Sequence[str], at: int, columns: list[str], blocks: list[Block]) -> int:
        rows = [cells_of(lines[at])]
        end = at + 2
        while end < len(lines) and lines[end].strip() and not starts_block(lines, end):
            cells = cells_of(lines[end])[: len(columns)]
            rows.append(cells + [""] * (len(columns) - len(cells)))
            end += 1
        blocks.append(Block(tree.TABLE, info=" ".join(columns), rows=rows))
        return end
