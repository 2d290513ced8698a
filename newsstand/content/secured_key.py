"""The key `secured`: never read, and never printed where it has gone astray.

An editor's slip (a lost fence, a wrong indentation, an alias) can put the key and its opaque
value into text that is published. These checks find it there; whoever asks leaves the
text out and says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEY = "secured"
# The key as YAML, JSON or Markdown write it, at the beginning of a line or of an entry.
_AS_KEY = re.compile(
    r"^[^\w\n]*secured\W*[:：=]|[\"']secured[\"']\s*[:：=]|[{,]\s*secured\s*:", re.MULTILINE
)
# Within a sentence the word is a word ("funding secured: …") unless something opaque follows.
_OPAQUE = re.compile(
    r"\bsecured\b[\"'`*_\s]*[:：=]\W{0,99}"
    r"(?:(?=[^\s]{0,99}\d)(?=[^\s]{0,99}[A-Za-z])[\w+/=;-]{8,}|[\w+/=;-]{24,})",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_secured_key(key: str) -> bool:
    """Whether a key is `secured`, however it is written."""
    return unicodedata.normalize("NFKC", key).strip().casefold() == _KEY


def find_secured(text: str) -> int | None:
    """Where text that would be published holds the key with a value; None if nowhere."""
    if _KEY not in text and _KEY not in text.lower():
        return None
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
