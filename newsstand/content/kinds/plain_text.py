"""Records without front matter: plain text with its title in the first line."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from newsstand.content.kinds.record_keys import RECORD_KEYS
from newsstand.model import Article, ArticleBody, Coverage
from newsstand.problems import Problem, at_line
from newsstand.text.strings import cut_at_sentence, one_line

_A_KEY = re.compile(r"([A-Za-z]+):(?:\s|$)")
_LIKE_A_FENCE = re.compile(r"\s*|[-–—]{1,8}\s*(?:yaml|yml)?\s*|```\s*(?:yaml|yml)?\s*")


def begins_with_keys(body: str) -> bool:
    """Text whose first line (or the first after something like a fence) is a record's key."""
    first = next((line for line in body.split("\n") if not _LIKE_A_FENCE.fullmatch(line)), "")
    match = _A_KEY.match(first)
    return match is not None and match.group(1) in RECORD_KEYS


def too_little(path: str) -> tuple[Problem, ...]:
    """The problem of a record without any text."""
    return (
        at_line(
            path,
            1,
            "record-empty",
            "the record holds no text",
            "write a title in the first line, or delete the file",
        ),
    )


def read_plain_text(body: str, path: str) -> tuple[Article | None, ArticleBody]:
    """The first line is the title, the rest the body; no article where there is no title."""
    first, _, rest = body.partition("\n")
    title = one_line(re.sub(r"^#{1,6}(\s+|$)|\s+#+\s*$", "", first.strip()))
    rest = re.sub(r"\A\s*(=+|-+)[ \t]*(\n|\Z)", "", rest) if rest else ""
    if not title:
        return None, ArticleBody()
    paragraph = one_line(re.split(r"\n\s*\n", rest.strip(), maxsplit=1)[0])
    piece = Coverage(
        title=title,
        excerpt=cut_at_sentence(paragraph),
        published=None,
        link="",
        keys=(),
        outlet="",
    )
    article = Article(path=path, slug=slug_of(path), piece=piece)
    return article, ArticleBody(rest.strip())


def slug_of(path: str) -> str:
    """The file's name without its extension: the record's place below ``/news/``."""
    return PurePosixPath(path).stem
