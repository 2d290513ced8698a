"""The links that a record has itself, and those of its related entries, as short hashes."""

from __future__ import annotations

from msgspec import Struct

from newsstand.model import Article, ArticleBody
from newsstand.text.fingerprint import SIZE, hash_of_text


class LinkHashes(Struct, frozen=True):
    """Hashes one after the other, in order: of a record's own links, of its related entries'."""

    own: bytes
    related: bytes


def link_hashes(article: Article, body: ArticleBody) -> LinkHashes:
    """The links of a record and of what it declares."""
    own = {hash_of_text(key) for key in article.piece.keys}
    related = {hash_of_text(key) for piece in body.related for key in piece.keys}
    return LinkHashes(b"".join(sorted(own)), b"".join(sorted(related)))


def each_hash(hashes: bytes) -> list[bytes]:
    """The hashes that were put together."""
    return [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]
