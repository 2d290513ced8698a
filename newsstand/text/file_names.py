"""File names: which of them are one file on some disk."""

from __future__ import annotations

import unicodedata


def address_key(address: str) -> str:
    """What makes two addresses the same file on some disk: case and composition do not."""
    if address.isascii():
        return address.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())
