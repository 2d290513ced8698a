"""Front matter as nearly all of it is written, read without a YAML parser.

Here each line stands by itself: ``key: value``, ``key:``, ``- value`` or ``- key: value``, with
a value that ends in its line, or ``# …`` from its first column. Whatever else YAML may be (text of
several lines, flow lists, anchors, tags, other comments, keys that stand twice, odd characters) is
not read here but left to the parser (see `yaml_values`), and so is every mistake. Both ways give
the same values: tests/unit/content/front_matter/test_fast_yaml.py holds them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from sys import intern

from newsstand.content.never_published import find_secured, is_secured_key, may_name_secured

Value = str | list["Value"] | dict[str, "Value"] | None

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
DECIDING = frozenset({"draft", "removed", "publishedDateTime", "expires"})
"""Keys that say who may see a record: of two different values of one none counts."""
_RELATED, _NEXT = "\nrelated:\n  - ", "\n  - "
_FIRST_COLUMN = re.compile(r"\n(?=[A-Za-z0-9_])")
_MANY = 8192  # the archive's 66,807 related entries are 2,848 different ones
_WIDEST = 20  # columns of indentation; a record needs eight
_KEY = r"(?P<key>[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}):"
# A value without quotes: what would begin or end something else in YAML is not in it, such as
# some signs at the beginning, a colon before a space, a # after one. (The signs are those that may
# not begin it: all of Unicode but them takes ten times as long to compile.)
_BARE = (
    r"(?:[^\x00-#%-')*,\-:-@\[-^`{-}\x7f]|-(?=[A-Za-z0-9.]))"
    r"[^:#]*(?:(?::(?=[^ ])|(?<=[^ ])\#)[^:#]*)*"
)
_VALUE = (
    r'(?:"(?P<quoted>[^"\\]*)"'
    rf"|(?P<bare>{_BARE})"
    r'|"(?P<escaped>[^"\\]*(?:\\["\\nrt][^"\\]*)*)"'
    r"|'(?P<single>[^']*(?:''[^']*)*)') *"
)
_LINE = re.compile(rf"{_KEY}(?: +{_VALUE}| *)")
_ITEM = re.compile(_VALUE)
_BEGINS_WITH_KEY = re.compile(rf"{_KEY}(?:[ \n]|\Z)")
_COMMENT = re.compile(r"^(#[^\n]*)(?:\n|\Z)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
# Not allowed in YAML 1.1 (section 4.1), or white space or a line end to it.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Shared(dict[str, Value]):
    """The keys of one entry of a list. Equal entries of all records are one such value.

    `mark` is equal for entries that are written alike, and for no others.
    """

    __slots__ = ("mark",)

    def __init__(self, values: Mapping[str, Value], mark: bytes) -> None:
        super().__init__(values)
        self.mark = mark


def mark_of(value: object) -> bytes | None:
    """What is equal for entries that are written alike; None for a value that is not `Shared`."""
    return value.mark if isinstance(value, Shared) else None


_ENTRIES: dict[str, Value] = {}
"""Entries of lists, by their text, for `_with_related`."""


class _Unusual(Exception):  # noqa: N818  (nothing is wrong: it is for the parser to read)
    """The text is not written plainly."""


def read_plain(text: str) -> dict[str, Value] | None:
    """YAML text -> its keys, with all scalars as text; None where the parser has to read it."""
    try:
        if text.startswith("#") or "\n#" in text:
            text = _COMMENT.sub(_without_odd, text)
        return _with_related(text) or _keys(text)
    except _Unusual:
        return None


def _without_odd(comment: re.Match[str]) -> str:
    """Nothing, as a comment says nothing: unless there may be the end of a line in it."""
    if not comment[1].isprintable():
        raise _Unusual
    return ""


def _keys(text: str) -> dict[str, Value]:
    values = _below(text, -1)
    if not isinstance(values, dict):
        raise _Unusual
    return values


def _with_related(text: str) -> dict[str, Value] | None:
    """Keys with a long list among them, which is looked up entry by entry; None if it is none.

    It ends at the next key in the first column. No entry that was read before holds such a line: it
    would have been unusual.
    """
    at = text.find(_RELATED)
    if at < 0 or not _FIRST_COLUMN.match(text):
        return None
    entries = text[at + len(_RELATED) :].split(_NEXT)
    last = _FIRST_COLUMN.split(entries.pop().rstrip(" \n"), maxsplit=1)
    read_before = _ENTRIES.get
    related = [read_before(entry) or _new_entry(entry) for entry in entries]
    related.append(_new_entry(last[0].rstrip(" \n")))
    values = _keys(text[:at])
    after = _keys(last[1]) if len(last) > 1 else {}
    if "related" in values or "related" in after or not values.keys().isdisjoint(after):
        raise _Unusual
    return {**values, "related": related, **after}


def _new_entry(text: str) -> Value:
    """An entry of the list that `_with_related` reads."""
    if len(_ENTRIES) > _MANY:
        _ENTRIES.clear()
    entry = _ENTRIES[text] = _entry(text, len(_NEXT) - 1)
    return entry


def _mapping(text: str, indent: int) -> dict[str, Value]:
    values: dict[str, Value] = {}
    has_secret = may_name_secured(text)
    for block in _between_keys(indent).split(text):
        head, _, below = block.partition("\n")
        match = _match(_LINE, head)
        key = intern(match[1])
        is_nested = bool(below) and bool(below.strip(" \n"))
        is_secret = has_secret and is_secured_key(key)
        if key in values or (is_nested and (is_secret or match.lastindex != 1)):
            raise _Unusual
        if is_nested:
            values[key] = _below(below, indent)
        elif is_secret:
            values[key] = _nothing(match)
        else:
            value = _value(match)
            values[key] = _shown(value) if has_secret else value
    return values


@lru_cache(maxsize=_WIDEST + 1)
def _between_keys(indent: int) -> re.Pattern[str]:
    """Where one key's block ends and that of the next key, in the same column, begins."""
    return re.compile(rf"\n {{{indent}}}(?=[A-Za-z0-9_])")


def _below(text: str, above: int) -> Value:
    """What stands below a key in the column `above`: a list or keys, indented alike."""
    bare = text.lstrip(" \n")
    start = len(text) - len(bare)
    indent = start - (text.rfind("\n", 0, start) + 1)
    is_list = bare.startswith("- ")
    if indent > _WIDEST or indent < above + (not is_list):
        raise _Unusual
    if not is_list:
        return _mapping(bare, indent)
    entries = bare[2:].rstrip(" \n").split("\n" + " " * indent + "- ")
    return [_entry(entry, indent + 2) for entry in entries]


@lru_cache(maxsize=_MANY)
def _entry(text: str, indent: int) -> Value:
    if not _BEGINS_WITH_KEY.match(text):
        return _shown(_value(_match(_ITEM, text)))
    mark = sha256(f"{indent} {text}".encode("utf-8", "surrogatepass")).digest()
    return Shared(_mapping(text, indent), mark)


def forget_entries() -> None:
    """Let go of the entries that were kept for other records to share."""
    _entry.cache_clear()
    _ENTRIES.clear()


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    match = pattern.fullmatch(line)
    if match is None or not (line.isprintable() or _ODD.search(line) is None):
        raise _Unusual
    return match


def _value(match: re.Match[str]) -> str | None:
    kind = match.lastgroup
    if kind == "quoted":
        return match["quoted"]
    if kind == "bare":
        bare = match["bare"].rstrip(" ")
        return bare if bare not in NULLS else None
    if kind == "escaped":
        return _ESCAPE.sub(lambda m: _ESCAPES[m[1]], match["escaped"])
    return match["single"].replace("''", "'") if kind == "single" else None


def _nothing(match: re.Match[str]) -> str | None:
    """What is kept of a value that is never read: whether there was one ("") or not (None)."""
    value = _value(match)
    is_blank = value is not None and not value.strip()
    return None if match.lastgroup == "key" or is_blank else ""


def _shown(value: str | None) -> str | None:
    if value and find_secured(value) is not None:
        raise _Unusual
    return value
