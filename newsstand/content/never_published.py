"""The key `secured`: never read, and never printed where it has gone astray.

An editor's slip (a lost fence, a wrong indentation, an alias) can put the key and its opaque
value into text that is published. These checks find it there; whoever asks leaves the
text out and says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_KEY = "secured"
# The key as YAML, JSON or Markdown write it, at the beginning of a line or of an entry.
_AS_KEY = re.compile(
    r"^[^\w\n]*secured\W*[:：=]|[\"']secured[\"']\s*[:：=]|[{,]\s*secured\s*:", re.MULTILINE
)
# Within a sentence the word is a word ("funding secured: …") unless something opaque follows.
_OPAQUE = re.compile(
    r"\bsecured\b[\"'`*_\s]*[:：=]\W{0,99}"
    r"(?:(?:!!?|&)[\w-]{1,20}\s{1,9}\W{0,9}|[\w-]{1,20}\s{0,9}[:=]\W{1,9})?"  # of a tag, of a key
    r"(?:(?=[^\s]{0,99}\d)(?=[^\s]{0,99}[A-Za-z])[\w+/=;-]{8,}|[\w+/=;-]{24,})",
    re.IGNORECASE,
)


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
    """Whether the word is anywhere in a text, however it is written. This is quick."""
    return _KEY in _in_plain_letters(text).lower()


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
    text = _in_plain_letters(text)
    match = (_stands_alone(text) and _AS_KEY.search(text)) or _OPAQUE.search(text)
    if not match:
        return None
    return match.start() + match.group().lower().find(_KEY)


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
