"""Where front matter begins and in what it is written, in every usual dress.

Known are YAML between lines of ``---`` (also with a language, a comment or a directive there), TOML
between lines of ``+++`` and JSON between braces. What looks like a fence and is none of these is
refused: a file that looks as if it had front matter is never plain text.
"""

from __future__ import annotations

import re

from msgspec import Struct

from newsstand.content.front_matter.broken import Broken

YAML, TOML, JSON = "YAML", "TOML", "JSON"
_UNSEEN = "\ufeff\u200b-\u200f\u2060\u2061-\u2064\u00ad"
# White space, signs that nobody sees (byte order marks, zero-width spaces) and HTML comments.
_LEAD_IN = re.compile(rf"(?:[\s{_UNSEEN}]+|<!--.*?-->)*", re.DOTALL)
_BLANK = re.compile(rf"[\s{_UNSEEN}]*")
_DIRECTIVES = re.compile(r"(?:%[A-Za-z][^\n]*\n)+(?=---)")
_DASHES = re.compile(
    r"-{3,}[ \t]*(?:(?P<word>yaml|yml|toml|json)[ \t]*)?(?:#[^\n]*)?(?=\n|\Z)", re.IGNORECASE
)
_PLUSES = re.compile(r"\+{3,}[ \t]*(?=\n|\Z)")
_BRACE = re.compile(r"\{\s*(?:[\"'}]|\Z)|\{[ \t]*\n")
# Also with breaks of lines behind it that only YAML knows, and JSON of other sorts: a list of
# objects, keys without quotes.
_LIKE_A_FENCE = re.compile(
    r"-{3,}[ \t]*[^\n]|\+{3,}|;{3,}|\{{3,}|%(?:YAML|TAG)\b|\[\s*\{|\{\s*[\w\"'$-]+\s*:"
)
_CLOSING_DASHES = re.compile(r"\n---+\s*$", re.MULTILINE)
_CLOSING_DOTS = re.compile(r"^\.\.\.[ \t]*$", re.MULTILINE)
_CLOSING_PLUSES = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)


class Front(Struct, frozen=True):
    """Front matter in a text: its language, and where it and the body begin and end (offsets).

    Between fences it begins behind the last sign of the first one.
    """

    language: str
    start: int
    end: int
    body: int


def plain_start(text: str) -> int:
    """Where the text of a file without front matter begins."""
    match = _BLANK.match(text)
    return match.end() if match else 0


def find_front(text: str) -> Front | None:
    """The front matter of a text (Unix line ends), None where there is none. Raises Broken."""
    lead = _LEAD_IN.match(text)
    start = lead.end() if lead else 0
    directives = _DIRECTIVES.match(text, start)
    start = directives.end() if directives else start
    dashes = _DASHES.match(text, start)
    if dashes:
        return _between_dashes(text, start, dashes)
    pluses = _PLUSES.match(text, start)
    if pluses:
        closing = _CLOSING_PLUSES.search(text, pluses.end())
        if closing is None:
            raise never_closed(line_at(text, start), "+++")
        return Front(TOML, pluses.end(), closing.start(), closing.end())
    if _BRACE.match(text, start):
        return Front(JSON, start, len(text), len(text))  # where it ends only its parser knows
    if _LIKE_A_FENCE.match(text, start):
        raise odd_fence(line_at(text, start))
    return None


def _between_dashes(text: str, start: int, opening: re.Match[str]) -> Front:
    closing = closing_dashes(text, opening.end())
    if closing is None:
        dots = _CLOSING_DOTS.search(text, opening.end())
        if dots is None:
            raise never_closed(line_at(text, start), "---")
        span = (dots.start(), dots.end())
    else:
        span = (closing.start() + 1, closing.end())
    word = (opening["word"] or "yaml").upper()
    return Front(word if word in (TOML, JSON) else YAML, opening.end(), *span)


def closing_dashes(text: str, at: int) -> re.Match[str] | None:
    """The line of dashes that ends the keys which begin at an offset."""
    while (at := text.find("\n---", at)) >= 0:  # many times as fast as the expression's search
        match = _CLOSING_DASHES.match(text, at)
        if match:
            return match
        at += 1
    return None


def line_at(text: str, position: int) -> int:
    """The line (from 1) of an offset."""
    return text.count("\n", 0, position) + 1


def never_closed(line: int, fence: str) -> Broken:
    """The fault of front matter that has no end."""
    return Broken(
        line,
        1,
        "front-matter-open",
        "the front matter is never closed",
        f"put a line with only {fence} after the last key",
    )


def banner(line: int) -> Broken:
    """The fault of a text that says in its first line that it is not to be seen yet."""
    return Broken(
        line,
        1,
        "front-matter-astray",
        "the first line says that this is not to be published",
        "put draft: true between two lines of --- above it; or begin it with its headline",
    )


def odd_fence(line: int) -> Broken:
    """The fault of a first line that looks like a fence and is none that is known."""
    return Broken(
        line,
        1,
        "front-matter-astray",
        "this line looks like the beginning of front matter, and is none that can be read",
        "let the file begin with ---, the keys follow, and one line with --- end them",
    )
