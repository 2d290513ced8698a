"""The page of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from newsstand.model import Article, Coverage, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_row
from newsstand.outputs.html.coverage import story_panel
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import ArticleView
from newsstand.outputs.html.related import more_label, related_count, related_items, related_pieces
from newsstand.outputs.html.views import Head, Link, Row
from newsstand.render.markdown import render_markdown
from newsstand.site import Site
from newsstand.text.fingerprint import mark_of_bytes
from newsstand.text.strings import cut_at_sentence, one_line

_LEAST_WORDS = 2  # in common; one makes no two reports similar
_LITTLE = 4  # fewer related pieces than this are filled up by likeness


def article_pages(site: Site, places: Sequence[int] | None = None) -> Iterator[Page]:
    """A page for each record: its story's coverage, what is related, what is near.

    With `places` (among all records) only theirs.
    """
    fresh = site.fresh.pages if site.fresh else None
    address = urls.article
    for place in range(len(site.articles)) if places is None else places:
        article = site.articles[place]
        path = article.path
        still = fresh is not None and path not in fresh
        shows = b"" if still else _shows(site, place)
        view = partial(_view, site, place)
        yield Page(address(article.slug), "article.html", view, shows, path, still)


def _neighbours(site: Site, place: int) -> tuple[Article | None, Article | None]:
    """The records before and after one in time; `place` is its own among all, newest first."""
    article, last = site.articles[place], len(site.articles) - 1
    if article.published is None:
        return None, None
    before = site.articles[place + 1] if place < last else None
    after = site.articles[place - 1] if place else None
    return before if before and before.published else None, after


def _shows(site: Site, place: int) -> bytes:
    """A mark of all that the page shows but what is near in words; see also `still`."""
    article, neighbours = site.articles[place], _neighbours(site, place)
    beside = (a for a in neighbours if a)
    return mark_of_bytes(
        b"".join(
            (
                article.mark,
                site.shown.card[site.story_of[article.path].id],
                b"1" if neighbours[0] is None else b"0",
                site.shown.rows(beside),
                b" ",
                *[site.shown.row[path] for path in site.kin.of(article.path)],
            )
        )
    )


def why_other(site: Site, path: str) -> str:
    """Why the page of a record that has not changed shows something else; "" is any list."""
    fresh = site.fresh
    if fresh is None or path not in site.records:
        return "what it lists has changed"
    if path in fresh.cards:
        return "its story has changed"
    if path in fresh.renamed or not fresh.rows.isdisjoint(site.kin.of(path)):
        return "a related record has changed"
    return "the record before or after it has changed"


def _view(site: Site, place: int) -> ArticleView:
    article = site.whole(site.articles[place])
    before, after = _neighbours(site, place)
    story = site.told(site.story_of[article.path])
    related = related_pieces(site, article)
    panel = story_panel(site, article)
    few = site.config.related_shown
    piece = article.piece
    updated = article.updated
    return ArticleView(
        head=_head(site, article, story),
        headline=article.title,
        language=formatting.language(site, piece.language),
        href=piece.link,
        host=formatting.host(piece),
        outlet=formatting.mark(site, piece.outlet),
        when=formatting.when(site, piece.published),
        updated=formatting.when(site, updated) if updated and updated != piece.published else None,
        kind=formatting.kind(piece),
        picture=formatting.lead_picture(site, piece),
        excerpt=_excerpt(article),
        note=_prose(site, article, article.note),
        body=_prose(site, article, article.body),
        trail=_trail(site, story),
        topics=formatting.topic_links(site, story),
        story=panel,
        why=None if panel else formatting.why(site, story),
        related=related_items(site, related[:few]),
        related_more=related_items(site, related[few:]),
        related_count=related_count(related),
        related_more_label=more_label(len(related) - few if len(related) > few else 0),
        nearest=_nearest(site, article, related) if len(related) < _LITTLE else (),
        before=article_row(site, before) if before else None,
        after=article_row(site, after) if after else None,
    )


def _excerpt(article: Article) -> str:
    """The excerpt, unless it only repeats how the body begins."""
    excerpt = article.piece.excerpt
    beginning = one_line(article.body[: 2 * len(excerpt) + 20])
    return "" if excerpt and beginning.startswith(excerpt.rstrip("…")) else excerpt


def _prose(site: Site, article: Article, text: str) -> Markup:
    root = urls.root_from(urls.article(article.slug))

    def picture(address: str) -> str:
        path = address.lstrip("/")
        return f"{root}media/{urls.path_address(path)}" if path in site.pictures else ""

    return render_markdown(text, picture=picture if site.config.images != "none" else lambda _: "")


def _trail(site: Site, story: Story) -> tuple[Link, ...]:
    """The path to the story's most telling topic: the first that is not the site's own."""
    topics = site.topics_of[story.id]
    telling = next((t for t in topics if t != site.own_topic), "")
    return formatting.topic_trail(site, telling) if telling else ()


def _head(site: Site, article: Article, story: Story) -> Head:
    address = urls.article(article.slug)
    pieces = story.coverage
    return head(
        site,
        address,
        article.title,
        article.piece.excerpt or cut_at_sentence(article.title),
        picture=formatting.lead_picture(site, article.piece),
        json_ld=collection(site, article.title, address, pieces, article.piece.link),
        og_type="article",
    )


def _nearest(site: Site, article: Article, related: tuple[Coverage, ...]) -> tuple[Row, ...]:
    """Other records by likeness, without those that the page already shows."""
    story = site.story_of[article.path]
    shown = {a.path for a in story.articles}
    keys = {k for piece in related for k in piece.keys}
    similar = (
        site.records[path]
        for path, likeness in site.index.nearest(article.path, _LITTLE + len(shown))
        if len(likeness.words) >= _LEAST_WORDS
    )
    others = [a for a in similar if a.path not in shown and keys.isdisjoint(a.piece.keys)]
    site.near[article.path] = tuple(a.path for a in others[:_LITTLE])
    return tuple(article_row(site, a) for a in others[:_LITTLE])
