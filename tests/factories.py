"""Values of the model for tests: each call names what the test is about, the rest is usual."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from newsstand.model import (
    NO_BODY,
    Article,
    ArticleBody,
    Coverage,
    Picture,
    Provider,
    Story,
    StoryCoverage,
    Topic,
)
from newsstand.stories.story import middle

NOON = datetime(2024, 1, 18, 12, tzinfo=UTC)


def hours(count: float) -> timedelta:
    """A span of so many hours: ``NOON + hours(3)``."""
    return timedelta(hours=count)


def slug_of(title: str) -> str:
    """A file name for a record with this title."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "untitled"


def make_piece(title: str = "Harbour bridge opens", **changes: Any) -> Coverage:  # noqa: ANN401
    """One outlet's piece. Its link follows from outlet and title unless `link` is given."""
    outlet = changes.pop("outlet", "harbour.example")
    link = changes.pop("link", f"https://{outlet or 'nobody.example'}/{slug_of(title)}")
    piece = Coverage(
        title=title,
        excerpt="",
        published=NOON,
        link=link,
        keys=(link.removeprefix("https://"),) if link else (),
        outlet=outlet,
    )
    return replace(piece, **changes)


class Record(Article, frozen=True, array_like=True):
    """An article that brings its body with it, as there is no file to read it from."""

    told: ArticleBody = NO_BODY


def body_of(article: Article) -> ArticleBody:
    """What the page of a record shows: what it was made with."""
    return article.told if isinstance(article, Record) else NO_BODY


def telling(article: Article, **changes: Any) -> Article:  # noqa: ANN401
    """The record with another `related`, `body`, `note` or `pictures`."""
    told = replace(body_of(article), **changes)
    values = {name: getattr(article, name) for name in Article.__struct_fields__}
    return Record(**values, told=told)


_OF_THE_BODY = frozenset(ArticleBody.__struct_fields__)
_OF_THE_PIECE = frozenset(
    "title excerpt published link keys outlet kind quality language is_day picture".split()
)


def make_article(title: str = "Harbour bridge opens", **changes: Any) -> Article:  # noqa: ANN401
    """A record. Keys of the piece and of the body (outlet, related, …) may be given directly."""
    of_the_piece = {key: changes.pop(key) for key in sorted(_OF_THE_PIECE & changes.keys())}
    told = {key: changes.pop(key) for key in sorted(_OF_THE_BODY & changes.keys())}
    slug = changes.pop("slug", slug_of(title))
    article = Record(
        path=changes.pop("path", f"news/{slug}.md"),
        slug=slug,
        piece=changes.pop("piece", None) or make_piece(title, **of_the_piece),
        told=ArticleBody(**told),
    )
    return replace(article, **changes)


def make_provider(domain: str = "harbour.example", **changes: Any) -> Provider:  # noqa: ANN401
    """An outlet, named after its domain."""
    name = domain.split(".", 1)[0].replace("-", " ").title()
    return replace(Provider(domain=domain, name=name), **changes)


def make_topic(name: str = "Harbours", **changes: Any) -> Topic:  # noqa: ANN401
    """A topic whose id follows from its name."""
    return replace(Topic(id=slug_of(name), name=name), **changes)


def make_picture(source: str = "pictures/bridge.svg", **changes: Any) -> Picture:  # noqa: ANN401
    """A picture of the site's own, 1200 by 675 pixels."""
    return replace(Picture(source=source, width=1200, height=675), **changes)


def make_story(
    *articles: Article,
    coverage: tuple[Coverage, ...] = (),
    **changes: Any,  # noqa: ANN401
) -> Story:
    """A story of these records, led by the first; `coverage` is theirs where it is not given."""
    records = articles or (make_article(),)
    pieces = coverage or tuple(article.piece for article in records)
    story = Story(
        id=records[0].slug,
        title=records[0].title,
        lead=records[0],
        articles=records,
        outlets=tuple(dict.fromkeys(piece.outlet for piece in pieces if piece.outlet)),
        heat=0.0,
        promoted=any(article.promoted for article in records),
        first=pieces[0].outlet,
        middle=middle(pieces),
        reports=len(pieces),
    )
    return replace(story, **changes)


def make_coverage(
    *pieces: Coverage, voices: tuple[tuple[int, ...], ...] | None = None
) -> StoryCoverage:
    """Coverage in which every piece is a voice of its own, unless `voices` says otherwise."""
    each = tuple((position,) for position in range(len(pieces)))
    return StoryCoverage(pieces, each if voices is None else voices)
