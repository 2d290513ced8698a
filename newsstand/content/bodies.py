"""The bodies of records: kept as they were read, else read again when a page asks for one."""

from __future__ import annotations

from typing import Protocol

from newsstand.model import Article, ArticleBody


class ReadsAgain(Protocol):
    """Reads a file a second time. Raises OSError where it says something else by now."""

    def read_again(self, path: str) -> ArticleBody:
        """The body of a record."""


class Bodies:
    """A function from a record to its body. It always answers truly, or raises OSError.

    A build that makes few pages needs few bodies: they are read when they are asked for.
    """

    def __init__(self, reader: ReadsAgain) -> None:
        self._reader = reader
        self._bodies: dict[str, ArticleBody] = {}

    def keep(self, path: str, body: ArticleBody | None) -> None:
        """Note what was read anyway."""
        if body is not None:
            self._bodies[path] = body

    def __call__(self, article: Article) -> ArticleBody:
        """What only the record's own page shows."""
        body = self._bodies.get(article.path)
        if body is None:
            body = self._bodies[article.path] = self._reader.read_again(article.path)
        return body
