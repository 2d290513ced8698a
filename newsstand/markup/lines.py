"""What single lines of Markdown begin, and which lines belong to a quote or an item of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

DEEPEST = 24  # quotes and lists in each other; what is deeper is a paragraph
FENCE_LINE = re.compile(r"( {0,3})(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)")
ATX_LINE = re.compile(r" {0,3}(?P<signs>#{1,6})(?P<text>[ \t].*)?")
SETEXT_LINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
RULE_LINE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
QUOTE_LINE = re.compile(r" {0,3}> ?")
ITEM_LINE = re.compile(r"(?P<indent> {0,3})(?P<mark>[-+*]|(?P<number>\d{1,9})[.)])(?P<gap> +|$)")
NOTE_LINE = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]{1,100})\]:[ \t]*(?P<text>.*)")
REFERENCE = re.compile(
    r" {0,3}\[(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+\n?[ \t]*+"
    r"(?P<link><[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]*+\n?[ \t]*+(?<=\s)"
    r"(?P<title>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"
    r"[ \t]*+(?:\n|\Z)"
)
REFERENCE_ALONE = re.compile(
    r" {0,3}\[(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+\n?[ \t]*+(?P<link><[^<>\n]*>|[^\s<]\S*)"
    r"[ \t]*+(?:\n|\Z)"
)
_BLOCK_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|"
    "html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|"
    "section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_TAG = (
    r"</[A-Za-z][A-Za-z0-9-]*\s*>|<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*"
    r"(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
)
HTML_STARTS = (
    (re.compile(r" {0,3}<(?:script|pre|style|textarea)(?:\s|>|$)", re.IGNORECASE),
     re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile(r" {0,3}<!--"), re.compile(r"-->")),
    (re.compile(r" {0,3}<\?"), re.compile(r"\?>")),
    (re.compile(r" {0,3}<![A-Za-z]"), re.compile(r">")),
    (re.compile(r" {0,3}<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf" {{0,3}}</?(?:{_BLOCK_NAMES})(?:\s|/?>|$)", re.IGNORECASE), None),
    (re.compile(rf" {{0,3}}(?:{_TAG})[ \t]*$"), None),
)  # fmt: skip
_ALONE = 6  # the last of them does not interrupt a paragraph


def starts_block(lines: Sequence[str], at: int, in_paragraph: bool = True) -> bool:
    """Whether a line begins a block. In a paragraph not every item of a list does."""
    line = lines[at]
    if indent_of(line) >= 4:
        return False
    if (
        ATX_LINE.fullmatch(line)
        or QUOTE_LINE.match(line)
        or RULE_LINE.fullmatch(line)
        or FENCE_LINE.fullmatch(line)
    ):
        return True
    if any(start.match(line) for start, _ in HTML_STARTS[:_ALONE]):
        return True
    item = ITEM_LINE.match(line)
    if item is None or not in_paragraph:
        return item is not None
    if not line[item.end() :].strip():
        return False
    return item["number"] is None or int(item["number"]) == 1


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def outdented(line: str, width: int) -> str:
    """A line without so many of the spaces that it begins with."""
    return line[min(width, indent_of(line)) :]


def item_at(lines: Sequence[str], at: int, sign: str) -> re.Match[str] | None:
    """The mark of an item of the list with this sign, where a line begins one."""
    mark = ITEM_LINE.match(lines[at]) if at < len(lines) else None
    if mark is None or mark["mark"][-1] != sign or RULE_LINE.fullmatch(lines[at]):
        return None
    return mark


class Inside:
    """Lines inside a quote or an item, as they are gathered."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._fence = ""  # of code that is open
        self._is_lazy = False  # the last line goes on with a paragraph

    def add(self, line: str) -> None:
        """A line without the mark or the indentation of the container."""
        bare = line.lstrip(" >")
        if not self._fence:
            opening = FENCE_LINE.fullmatch(bare)
            self._fence = opening["mark"] if opening else ""
        elif bare.rstrip().startswith(self._fence) and not bare.strip().strip(self._fence[0]):
            self._fence = ""
        self.lines.append(line)
        self._is_lazy = False

    def goes_on(self, line: str) -> bool:
        """Whether a line outside goes on with the paragraph that is open inside: it is added."""
        if not (self._is_lazy or self._ends_in_a_paragraph()) or starts_block([line], 0, False):
            return False
        # What would begin something inside is kept from it by its own indentation or a backslash.
        kept = line if indent_of(line) >= 4 else line.lstrip()
        self.lines.append(f"\\{kept}" if SETEXT_LINE.fullmatch(kept) else kept)
        self._is_lazy = True
        return True

    def _ends_in_a_paragraph(self) -> bool:
        last = self.lines[-1] if self.lines else ""
        for _ in range(DEEPEST):
            match = QUOTE_LINE.match(last) or ITEM_LINE.match(last)
            if match is None:
                break
            last = last[match.end() :]
        plain = last.strip()
        begins = (
            ATX_LINE.fullmatch(plain) or RULE_LINE.fullmatch(plain) or FENCE_LINE.fullmatch(plain)
        )
        alone = len(self.lines) == 1 or not self.lines[-2].strip()
        is_code = last.startswith("    ") and alone
        return bool(plain) and not (begins or self._fence or is_code)
