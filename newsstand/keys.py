"""The keys that records may have. Each is read where it is used; `secured` never is."""

from __future__ import annotations

CATEGORIES = ("news", "learning", "event", "people", "sample", "community", "newsletter")
_PIECE_KEYS = frozenset(
    "title excerpt publishedDateTime webUrl originalUrl ampWebUrl cdnAmpWebUrl type provider "
    "quality images language locale".split()
)
# `secured` is known and never read: it is in no output and no message.
RECORD_KEYS = _PIECE_KEYS | frozenset(
    "category heat published removed draft topics related featuredContent updatedDateTime "
    "story alone secured".split()
)
RELATED_KEYS = _PIECE_KEYS | {"heat", "published", "secured"}
PROVIDER_KEYS = frozenset({"name", "domain", "images", "secured", "publishers", "authors"})
