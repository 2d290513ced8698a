"""The key `secured`: never read, and never printed where it has gone astray.

An editor's slip (a lost fence, a wrong indentation, an alias) can put the key and its opaque
value into text that is published. These checks find it there; whoever asks leaves the
text out and says so.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache

from newsstand.problems import Finding, Place, error

_KEY = "secured"
# The key as YAML, JSON or Markdown write it, at the beginning of a line or of an entry.
_AS_KEY = re.compile(
    r"^[^\w\n]*secured\W*[:：=]|[\"']secured[\"']\s*[:：=]|[{,]\s*secured\s*:", re.MULTILINE
)
# Within a sentence the word is a word ("funding secured: …") unless something opaque follows.
# What a headline has there: "19-year-old", "£120million".
_COUNTED = (
    r"\d[\d.,]{0,9}-?(?:million|billion|trillion|thousand|year|month|week|day|hour|minute|mile)"
    r"(?:-[a-z]{1,20})?s?(?![\w+/=;-])"
)
_VALUE = (
    rf"(?!{_COUNTED})" + r"(?:(?=[^\s]{0,99}\d)(?=[^\s]{0,99}[A-Za-z])[\w+/=;-]{8,}|[\w+/=;-]{24,})"
)
_OPAQUE = re.compile(
    r"\bsecured\b[\"'`*_\s]*(?:[:：=]|[-–=]>|→)\W{0,99}"
    r"(?:(?:!!?|&)[\w-]{1,20}\s{1,9}\W{0,9}|[\w-]{1,20}\s{0,9}[:=]\W{1,9})?"  # of a tag, of a key
    rf"{_VALUE}",
    re.IGNORECASE,
)
# What nobody sees of a text: signs of Markdown, tags, signs without width.
_UNSEEN = r"(?:[*_~`\\\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]|<[^<>\n]{0,99}>)"
_SHORTEST = len(_KEY) + 8
_END_OF_CELL = r"</(?:summary|dt|t[dh]|li|p|div|h\d)\s*>"
# A line that begins with a bar or with the key, or the rule below the head of a table.
_TABLE = r"^[^\w\n|]*(?:\||secured\b)|-[ \t:]{0,9}\|[ \t:]{0,9}-"


@cache  # few texts have such signs: not worth their time at each start
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.MULTILINE)


_AS_TAG = rf"<\s*secured\b[^<>]{{0,99}}>\s{{0,9}}{_VALUE}"
_PARTED = (_UNSEEN + "{0,9}").join(_KEY)


# Letters of other shapes that are those of the key in normal form KC: Latin of old prints, in
# circles, for formulas, as wide as an ideograph.
_SHAPES: tuple[tuple[int, int], ...] = (
    (0x17F, 0x180),
    (0x1D2C, 0x1DC0),
    (0x2090, 0x20A0),
    (0x2100, 0x2190),
    (0x24B6, 0x24EA),
)
_SHAPES += ((0x2B0, 0x300), (0xFF21, 0xFF5B), (0x1D400, 0x1D6A6))


_ODD_SHAPE = re.compile(f"[{''.join(f'{chr(a)}-{chr(b - 1)}' for a, b in _SHAPES)}]")


@cache
def _plain_letters() -> dict[int, str]:
    """The usual shape of each such letter of the key, by its number."""
    numbers = [number for first, end in _SHAPES for number in range(first, end)]
    plain = {n: unicodedata.normalize("NFKC", chr(n)).lower() for n in numbers}
    return {number: letter for number, letter in plain.items() if letter in set(_KEY)}


def may_name_secured(text: str) -> bool:
    """Whether the word is anywhere in a text, also in letters by their numbers. This is quick."""
    return _KEY in _in_plain_letters(text).lower() or "&#" in text


def _in_plain_letters(text: str) -> str:
    """The text, as long as it was, with the letters of the key in their usual shape."""
    if text.isascii() or not _ODD_SHAPE.search(text):
        return text
    return text.translate(_plain_letters())


@lru_cache(maxsize=1024)
def is_secured_key(key: str) -> bool:
    """Whether a key is `secured`, however it is written."""
    return unicodedata.normalize("NFKC", key).strip().casefold() == _KEY


def find_secured(text: str) -> int | None:
    """Where text that would be published holds the key with a value; None if nowhere."""
    if not may_name_secured(text):
        return None
    plain = _in_plain_letters(text)
    match = (_stands_alone(plain) and _AS_KEY.search(plain)) or _OPAQUE.search(plain)
    if not match:
        return _in_disguise(text)
    return match.start() + match.group().lower().find(_KEY)


def find_secured_in_markup(text: str) -> int | None:
    """`find_secured` in Markdown, where signs may part the letters, or the key from its value."""
    place = find_secured(text)
    if place is None and may_be_in_disguise(text):
        return _in_disguise(text)
    return place


def may_be_in_disguise(text: str) -> bool:
    """Whether a text has a sign that may disguise the key: most lines have none. This is quick."""
    if len(text) < _SHORTEST:
        return False
    # One look for each takes less time than one expression for all (cachegrind).
    if "*" in text or "_" in text or "&" in text or "<" in text or ">" in text or "|" in text:
        return True
    if "`" in text or "~" in text or "\\" in text:
        return True
    if text.isascii():
        return False
    return "→" in text or "\u034f" in text or not text.isprintable()


def _in_disguise(text: str) -> int | None:
    """The line of a text in which it is shown with the key, though it is not written so."""
    seen = html.unescape(text) if "&" in text else text
    if not _pattern(_PARTED).search(seen):
        return None
    match = _pattern(_AS_TAG).search(seen)
    if match is None:
        seen = _in_plain_letters(_pattern(_UNSEEN).sub("", _pattern(_END_OF_CELL).sub(":", seen)))
        if "|" in seen and _pattern(_TABLE).search(seen):
            seen = seen.replace("|", ":")
        match = _OPAQUE.search(seen)
    if match is None:
        return None
    lines = text.split("\n", seen.count("\n", 0, match.start()))
    return len(text) - len(lines[-1])


def shows_secured(text: str) -> bool:
    """Whether text that would be published holds the key with a value."""
    return find_secured(text) is not None


def _stands_alone(text: str) -> bool:
    """Text of one line that begins with the word is a headline, unless it is a key in quotes."""
    return "\n" in text or not text.startswith(_KEY)


def key_to_show(key: str) -> str:
    """A key as a message may show it: nothing that follows `secured` in it."""
    plain = unicodedata.normalize("NFKC", key).strip().casefold()
    return f"{_KEY}…" if plain.startswith(_KEY) and plain != _KEY else key


def secured_astray(at: Place) -> Finding:
    """What is said of a value that was left out since it holds the key."""
    return error(
        at,
        "secured-astray",
        "this value holds the key secured, which is never published; it was left out",
        "write secured: as a key of its own, at the beginning of a line, or delete it",
    )
