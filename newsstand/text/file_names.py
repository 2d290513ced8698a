"""File names: which of them are one file on some disk, and which no disk should have."""

from __future__ import annotations

import re
import unicodedata

# What some disk cannot hold in a name, and what is not seen in one or turns the text round.
_NO_NAME = re.compile(
    r"[\x00-\x1f\x7f-\x9f<>:\"|?*\\/"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffd]"
)
_LONGEST_NAME = 200  # bytes: disks hold 255, and ".gz" has to find room


def address_key(address: str) -> str:
    """What makes two addresses the same file on some disk: case and composition do not."""
    if address.isascii():
        return address.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def is_file_name(name: str) -> bool:
    """Whether a file or a folder may be called so on every disk; no name leads elsewhere."""
    if not name or name.startswith(".") or name.endswith((".", " ")) or _NO_NAME.search(name):
        return False
    return len(name.encode()) <= _LONGEST_NAME
