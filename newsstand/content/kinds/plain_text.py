"""Records without front matter: plain text with its title in the first line."""

from __future__ import annotations

import posixpath
import re

from newsstand.model import Article, ArticleBody, Coverage
from newsstand.problems import Problem, at_line
from newsstand.text.dates import Time
from newsstand.text.strings import can_be_seen, composed, cut_at_sentence, one_line

_HEADING = re.compile(r"\s*#{1,2}[ \t]+[^\n]+")
_MARK_OF_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_LONGEST = 4000  # characters of a paragraph of which an excerpt is made
_INDEX = re.compile(r"index(?:\.[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)?")
_TRIED = 5  # paragraphs that may be the excerpt
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
    title = one_line(_plain_words(_without_marks(first.strip())))
    rest = re.sub(r"\A\s*(=+|-+)[ \t]*(\n|\Z)", "", rest) if rest else ""
    if not can_be_seen(title):
        return None, ArticleBody()
    piece = Coverage(
        title=title,
        excerpt=cut_at_sentence(_first_paragraph(rest.strip())),
        published=time.last if time else None,
        link="",
        keys=(),
        outlet="",
        is_day=time is not None,
    )
    article = Article(path=path, slug=slug_of(path), piece=piece)
    return article, ArticleBody(rest.strip())


def has_headline(body: str) -> bool:
    """Whether a text shows a headline: marked as a heading, or with more below a blank line."""
    first, _, rest = body.strip().partition("\n")
    second, _, more = rest.partition("\n")
    return first.startswith("#") or (bool(more.strip()) and not second.strip("=- \t"))


def _plain_words(text: str) -> str:
    from newsstand.markup.plain_words import plain_words  # only texts without keys need it

    return plain_words(text)


def _without_marks(line: str) -> str:
    """A heading without the signs before it, and those behind it (CommonMark 4.2)."""
    mark = _MARK_OF_HEADING.match(line)
    words = line[mark.end() :] if mark else line
    shorter = words.rstrip("#")
    return shorter.rstrip() if not shorter or shorter[-1].isspace() else words


def _first_paragraph(text: str) -> str:
    """The words of the first paragraph that has some: a picture or a line is none."""
    for paragraph in re.split(r"\n\s*\n", text, maxsplit=_TRIED)[:_TRIED]:
        words = one_line(_plain_words(paragraph[:_LONGEST]))
        if words.strip("-*_=+ "):
            return words
    return ""


def heading_of(body: str) -> tuple[str, str]:
    """The heading with which a text begins, as plain words, and the text below it; or "" and it."""
    match = _HEADING.match(body)
    if match is None:
        return "", body
    title = one_line(_plain_words(_without_marks(match.group().strip())))
    return (title, body[match.end() :].strip()) if title else ("", body)


def slug_of(path: str) -> str:
    """The file's name without its extension: the record's place below ``/news/``.

    A file ``index.md`` in a folder of its own is known by the folder, as is ``index.de.md``, which
    Hugo has for another language (``name.de``). Two names that look alike are one address: it is in
    Unicode's normal form C.
    """
    return composed(name_of_record(path))


def name_of_record(path: str) -> str:
    """What a record is called: its file, or the folder of an index."""
    above, _, file = path.rpartition("/")
    name, folder = posixpath.splitext(file)[0], posixpath.basename(above)
    if not folder or not _INDEX.fullmatch(name):
        return name
    return f"{folder}{name.removeprefix('index')}"
