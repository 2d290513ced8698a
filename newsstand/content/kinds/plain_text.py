"""Records without front matter: plain text with its title in the first line."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from newsstand.model import Article, ArticleBody, Coverage
from newsstand.problems import Problem, at_line
from newsstand.text.dates import Time
from newsstand.text.strings import composed, cut_at_sentence, one_line

_COMMENTS = re.compile(r"\A(?:\s*<!--.*?-->)+\s*", re.DOTALL)


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


def read_plain_text(body: str, path: str, time: Time | None) -> tuple[Article | None, ArticleBody]:
    """The first line is the title, the rest the body; no article where there is no title.

    `time` is what the file's name says about when it was published.
    """
    body = _COMMENTS.sub("", body) if "<!--" in body else body
    first, _, rest = body.partition("\n")
    title = one_line(re.sub(r"^#{1,6}(\s+|$)|\s+#+\s*$", "", first.strip()))
    rest = re.sub(r"\A\s*(=+|-+)[ \t]*(\n|\Z)", "", rest) if rest else ""
    if not title:
        return None, ArticleBody()
    paragraph = one_line(re.split(r"\n\s*\n", rest.strip(), maxsplit=1)[0])
    piece = Coverage(
        title=title,
        excerpt=cut_at_sentence(paragraph),
        published=time.last if time else None,
        link="",
        keys=(),
        outlet="",
        is_day=time is not None,
    )
    article = Article(path=path, slug=slug_of(path), piece=piece)
    return article, ArticleBody(rest.strip())


def slug_of(path: str) -> str:
    """The file's name without its extension: the record's place below ``/news/``.

    A file ``index.md`` in a folder of its own is known by the folder. Two names that look alike
    are one address: it is in Unicode's normal form C.
    """
    name = PurePosixPath(path)
    own = name.parent.name if name.stem == "index" else ""
    return composed(own or name.stem)
