"""The records of a site, and pieces that they name, as grouping sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from newsstand.model import Article, ArticleBody, Coverage
from newsstand.stories.grouping.group import Reports
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.references import References
from newsstand.text.date_names import hours_between
from newsstand.text.dates import OLDEST
from newsstand.text.fingerprint import hash_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEGINNING = 1600  # characters of the body of an undated record that are compared


def for_grouping(
    articles: Mapping[str, Article], references: References, body: Callable[[Article], ArticleBody]
) -> Reports:
    """The records as grouping sees them, with who declares whom.

    Of two records the later one has it, so that a new record changes nothing about older ones; the
    undated count as the first.
    """
    came: dict[str, tuple[datetime, str]] = {}
    days: dict[int | None, list[str]] = {}
    for path, article in articles.items():
        published = article.piece.published
        came[path] = published or OLDEST, path
        day = None if published is None else (published - EPOCH).days
        days.setdefault(day, []).append(path)

    def declared(path: str) -> tuple[str, ...]:
        own = came[path]
        return tuple([other for other in references.of(path) if came[other] < own])

    def fingerprint(path: str) -> bytes:
        named, own = declared(path), articles[path].fingerprint
        return own + hash_of("\n".join(named).encode()) if named else own

    def piece(path: str) -> Piece:
        article = articles[path]
        beginning = "" if article.published else body(article).body[:_BEGINNING]
        return piece_of(article.piece, path, declared(path), beginning)

    return Reports(days, fingerprint, piece)


def piece_of(
    coverage: Coverage, key: str = "", declared: tuple[str, ...] = (), beginning: str = ""
) -> Piece:
    """What grouping needs to know of one piece; `beginning` is of its body."""
    published = coverage.published
    return Piece(
        key=key,
        title=coverage.title,
        excerpt=f"{coverage.excerpt} {beginning}".strip(),
        hours=None if published is None else hours_between(EPOCH, published),
        outlet=coverage.outlet,
        declared=declared,
    )
