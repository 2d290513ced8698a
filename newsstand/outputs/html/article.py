"""The page of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from markupsafe import Markup
from msgspec import Struct

from newsstand.markup.markdown import no_address, render_markdown
from newsstand.model import Article, ArticleBody, Coverage, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_row, holders_of
from newsstand.outputs.html.context import CoveredStory, ViewContext
from newsstand.outputs.html.coverage import FEWEST_FOLDED, others
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.related import more_label, related_count, related_items, related_pieces
from newsstand.outputs.html.story import story_trail
from newsstand.outputs.html.views_of_pages import ArticleView
from newsstand.outputs.html.views_of_parts import Head, Row
from newsstand.outputs.internal_links import inside
from newsstand.site import Line, Site, day_of, end_of_day
from newsstand.text.excerpts import with_end
from newsstand.text.strings import cut_at_sentence, one_line, slug

_LITTLE = 4  # fewer related pieces than this are filled up by likeness
_OTHERS = 6


class ArticleInputs(Struct, frozen=True):
    """What a record's page shows.

    `named` are the records among what it declares as related, `naming` those that declare it while
    its story runs, `near` older ones of other stories that are most like it. `links` are those of
    its texts into the site, as written and as the page writes them.
    """

    article: Article
    story: Story
    named: tuple[Article, ...]
    naming: tuple[Article, ...]
    near: tuple[Line, ...]
    links: tuple[tuple[str, str], ...] = ()


def article_pages(site: Site) -> Iterator[Page]:
    """A page for each record: what it says, who else has it, what is related."""
    record_at, line_of = site.records.__getitem__, site.lines.__getitem__
    names, named_by, story_of = site.references.names, site.references.named_by, site.story_of
    limit = site.over_after
    for article in site.articles:
        path, published = article.path, article.piece.published
        inputs = ArticleInputs(
            article,
            story_of[path],
            tuple(map(record_at, names(path))),
            _in_time(published, map(record_at, named_by(path)), limit),
            _older(published, map(line_of, site.near(path))),
            _links(site, article) if article.links else (),
        )
        yield Page(urls.article(article.slug), "article.html", _view, inputs, path)


def _in_time(
    published: datetime | None, others: Iterable[Article], limit: timedelta
) -> tuple[Article, ...]:
    """Those records that came soon enough after a time to change the page of a record of it."""
    if published is None:
        return tuple(others)
    return tuple(
        [o for o in others if (at := o.piece.published) is None or at - published <= limit]
    )


def _older(published: datetime | None, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those records that stood already at a time."""
    if published is None:
        return tuple(lines)
    return tuple([one for one in lines if (at := one.article.piece.published) and at <= published])


def _view(context: ViewContext, inputs: ArticleInputs) -> ArticleView:
    article, story = inputs.article, inputs.story
    body, zone = context.body(article), context.config.timezone
    covered = context.before(story, end_of_day(day_of(article, zone), zone))
    holders = holders_of((*story.articles, *inputs.named, *inputs.naming))
    related = related_pieces(context, article, covered.coverage, inputs.naming, holders)
    few, year = context.config.related_shown, formatting.year_of(context, article.published)
    few = few if len(related) >= few + FEWEST_FOLDED or not few else len(related)
    piece, updated = article.piece, article.updated
    is_changed = updated is not None and updated != piece.published
    picture = formatting.lead_picture(context, piece)
    is_alone = not story.has_page and bool(picture or not related)
    language = formatting.language(context, piece.language)
    prose, note = _prose(context, inputs, body.body), _prose(context, inputs, body.note, "n")
    return ArticleView(
        head=_head(context, article, covered),
        headline=formatting.headline(article.title, piece),
        language=language,
        href=piece.link,
        host=formatting.host(piece),
        outlet=formatting.badge(context, piece.outlet, linked=True),
        when=formatting.time_of(context, piece),
        updated=formatting.when(context, updated) if is_changed else None,
        kind=formatting.kind(piece),
        picture=picture,
        excerpt=_excerpt(article, body),
        note=note,
        note_direction=formatting.prose_direction(note, context.config.language),
        body=prose,
        body_direction=formatting.prose_direction(prose, language),
        trail=story_trail(context, story),
        topics=formatting.topic_links(context, story),
        story=urls.story(story.id) if story.has_page else "",
        others=others(context, covered, article, _OTHERS),
        related=related_items(context, related[:few], holders, year),
        related_more=related_items(context, related[few:], holders, year),
        related_count=related_count(related),
        related_more_label=more_label(len(related) - few if len(related) > few else 0),
        nearest=_nearest(context, inputs.near, related, year) if len(related) < _LITTLE else (),
        nearest_beside=is_alone,
    )


def _excerpt(article: Article, body: ArticleBody) -> str:
    """The excerpt, unless it only repeats how the body begins."""
    excerpt = article.piece.excerpt
    beginning = one_line(body.body[: 2 * len(excerpt) + 20])
    return "" if excerpt and beginning.startswith(excerpt.rstrip("…")) else with_end(excerpt)


def _links(site: Site, article: Article) -> tuple[tuple[str, str], ...]:
    address = urls.article(article.slug)
    targets = [(target, inside(site, address, target, article.path)) for target in article.links]
    return tuple([(target, place) for target, place in targets if place])


def _prose(context: ViewContext, inputs: ArticleInputs, text: str, part: str = "s") -> Markup:
    if not text:  # mostly
        return Markup("")
    article, links = inputs.article, dict(inputs.links)
    root = urls.root_from(urls.article(article.slug))
    name = slug(article.slug) + ("-note" if part == "n" else "")

    def picture(address: str) -> str:
        picture = context.picture(article.path, address)
        return f"{root}{urls.path_address(picture)}" if picture else ""

    return render_markdown(
        text,
        inside=lambda target: links.get(target, ""),
        picture=picture if context.config.images != "none" else no_address,
        name=name,
        part=part,
        outward=context.outward,
    )


def _head(context: ViewContext, article: Article, covered: CoveredStory) -> Head:
    address = urls.article(article.slug)
    pieces, piece = covered.coverage.pieces, article.piece
    outlet = context.outlet(piece.outlet)
    return head(
        context,
        address,
        article.title,
        with_end(piece.excerpt) or cut_at_sentence(article.title),
        picture=formatting.lead_picture(context, piece),
        json_ld=collection(context, article.title, address, pieces, piece.link),
        og_type="article",
        creator=outlet.fediverse if outlet else "",
    )


def _nearest(
    context: ViewContext, near: Iterable[Line], related: Iterable[Coverage], year: int
) -> tuple[Row, ...]:
    """Other records by likeness, without those that the page already shows."""
    keys = {k for piece in related for k in piece.keys}
    others = [line for line in near if keys.isdisjoint(line.article.piece.keys)]
    return tuple(article_row(context, line, year) for line in others[:_LITTLE])
