"""Style sheets of one's own: what browsers drop without a word (CSS Syntax Level 3, section 5).

No browser says that a sheet is broken: what is not closed takes all rules behind it along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsstand.content.disk_reading import list_files, read_text
from newsstand.problems import Problem, Severity

_TOKEN = re.compile(
    r"/\*.*?(?:\*/|(?P<comment>\Z))"
    r"|\"(?:[^\"\\\n]|\\.)*(?:\"|(?P<double>(?=\n)|\Z))"
    r"|'(?:[^'\\\n]|\\.)*(?:'|(?P<single>(?=\n)|\Z))"
    r"|url\(\s*[^\"'()\s][^()\n]*\)"
    r"|(?P<sign>[{}()\[\];])|(?P<other>(?:\\.|[^\s{}()\[\];\"'/\\])+|[/\\])",
    re.DOTALL | re.IGNORECASE,
)
_CLOSES = {"}": "{", ")": "(", "]": "["}
_REMEDY = "close it, or delete it: browsers drop what follows, and say nothing"


def broken_sheets(folders: Sequence[Path]) -> Iterator[Problem]:
    """The first fault of each style sheet below the static folders of one's own."""
    for folder in folders:
        for path in list_files(folder).paths if folder.is_dir() else ():
            if path.lower().endswith(".css"):
                text, problem = read_text(folder, path)
                fault = None if problem else fault_of(text)
                if fault:
                    at, message, hint = fault
                    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
                    place = (f"static/{path}", line, column)
                    yield Problem(*place, Severity.WARNING, "style-broken", message, hint)


def fault_of(text: str) -> tuple[int, str, str] | None:
    """The first fault of a style sheet: its offset, what is wrong, how to mend it."""
    opened: list[_Opened] = []
    words: list[str] = []  # since the last sign: a declaration, or what a block is for
    begin = 0
    for token in _TOKEN.finditer(text):
        at, sign = token.start(), token["sign"] or ""
        if any(token[kind] is not None for kind in ("comment", "double", "single")):
            is_comment = token["comment"] is not None
            return at, _NO_END_OF_COMMENT if is_comment else _NO_END_OF_QUOTES, _REMEDY
        inner = opened[-1] if opened else _NOTHING
        if sign in _CLOSES and inner.sign != _CLOSES[sign]:
            return at, f"this {sign} closes nothing", _REMEDY
        ends = sign == "}" or (sign == ";" and inner.sign == "{")
        if ends and not inner.is_value and _is_no_declaration(words):
            return begin, _NO_COLON, _WRITE
        if sign in _CLOSES:
            opened.pop()
        elif sign and sign in "{([":
            is_value = inner.is_value or "".join(words).endswith(":")
            opened.append(_Opened(sign, at, is_value))
        if sign in ("{", "}") or (sign == ";" and inner.sign in ("{", "")):
            words = []
        elif not token.group().startswith("/*"):
            begin = begin if words else at
            words.append(token.group())
    return (opened[-1].at, f"this {opened[-1].sign} is never closed", _REMEDY) if opened else None


class _Opened(NamedTuple):
    """A sign that waits for another, and whether it is in the value of a property."""

    sign: str
    at: int
    is_value: bool


_NOTHING = _Opened("", 0, False)
_NO_END_OF_COMMENT = "the comment that begins here is never closed"
_NO_END_OF_QUOTES = "the quotes that begin here are not closed in their line"
_NO_COLON = "this is no declaration: it has no colon"
_WRITE = "write a name, a colon and a value, such as color: red;"


def _is_no_declaration(words: Sequence[str]) -> bool:
    return bool(words) and not words[0].startswith("@") and ":" not in "".join(words)
