"""The keys that records may have. Each is read where it is used; `secured` never is."""

from __future__ import annotations

CATEGORIES = ("news", "learning", "event", "people", "sample", "community", "newsletter")
_PIECE_KEYS = frozenset(
    "title excerpt publishedDateTime webUrl originalUrl ampWebUrl cdnAmpWebUrl type provider "
    "quality images language locale".split()
)
# In the order in which a record has them. `secured` is known and never read: it is in no
# output and no message.
RECORD_ORDER = tuple(
    "category title excerpt publishedDateTime arrivedDateTime updatedDateTime originalUrl webUrl "
    "ampWebUrl cdnAmpWebUrl type quality heat published removed draft expires aliases "
    "featuredContent language locale story alone provider topics images related fetched "
    "secured".split()
)
RECORD_KEYS = frozenset(RECORD_ORDER)
RELATED_KEYS = _PIECE_KEYS | {"heat", "published", "secured"}
PROVIDER_KEYS = frozenset({"name", "domain", "images", "wire", "secured", "publishers", "authors"})
