"""The page of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup
from msgspec import Struct

from newsstand.markup.markdown import no_address, render_markdown
from newsstand.model import Article, ArticleBody, Coverage, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_row, holders_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.coverage import story_panel
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import ArticleView
from newsstand.outputs.html.related import more_label, related_count, related_items, related_pieces
from newsstand.outputs.html.views import Head, Link, Row
from newsstand.outputs.internal_links import inside
from newsstand.site import Line, Ranked, Site
from newsstand.stories.rank import Standing
from newsstand.text.strings import cut_at_sentence, one_line, slug

_LITTLE = 4  # fewer related pieces than this are filled up by likeness


class ArticleInputs(Struct, frozen=True):
    """What a record's page shows.

    `named` are the records among what it declares as related, `naming` those that declare it,
    `near` those of other stories that are most like it; `earlier` and `later` stand beside it in
    time. `links` are those of its texts into the site, as written and as the page writes them.
    """

    article: Article
    story: Story
    standing: Standing
    named: tuple[Line, ...]
    naming: tuple[Line, ...]
    near: tuple[Line, ...]
    earlier: Line | None
    later: Line | None
    links: tuple[tuple[str, str], ...] = ()


def article_pages(site: Site) -> Iterator[Page]:
    """A page for each record: its story's coverage, what is related, what is near."""
    lines, names, named_by = site.lines, site.references.names, site.references.named_by
    story_of, standing, last = site.story_of, site.ranking.standing, len(site.articles) - 1
    for place, article in enumerate(site.articles):
        path, story, dated = article.path, story_of[article.path], article.published is not None
        before = site.articles[place + 1] if dated and place < last else None
        after = site.articles[place - 1] if dated and place else None
        inputs = ArticleInputs(
            article,
            story,
            standing(story),
            tuple([lines[other] for other in names(path)]),
            tuple([lines[other] for other in named_by(path)]),
            tuple([lines[other] for other in site.near(path)]),
            lines[before.path] if before and before.published else None,
            lines[after.path] if after else None,
            _links(site, article) if article.links else (),
        )
        yield Page(urls.article(article.slug), "article.html", _view, inputs, path)


def _view(context: ViewContext, inputs: ArticleInputs) -> ArticleView:
    article, story = inputs.article, inputs.story
    body, ranked = context.body(article), Ranked(story, inputs.standing)
    named, naming = ([line.article for line in lines] for lines in (inputs.named, inputs.naming))
    holders = holders_of((*story.articles, *named, *naming))
    related = related_pieces(context, article, story, naming, holders)
    panel = story_panel(context, article, ranked)
    few = context.config.related_shown
    piece = article.piece
    updated = article.updated
    return ArticleView(
        head=_head(context, article, story),
        headline=article.title,
        language=formatting.language(context, piece.language),
        href=piece.link,
        host=formatting.host(piece),
        outlet=formatting.badge(context, piece.outlet),
        when=formatting.time_of(context, piece),
        updated=formatting.when(context, updated)
        if updated and updated != piece.published
        else None,
        kind=formatting.kind(piece),
        picture=formatting.lead_picture(context, piece),
        excerpt=_excerpt(article, body),
        note=_prose(context, inputs, body.note, "n"),
        body=_prose(context, inputs, body.body),
        trail=_trail(context, story),
        topics=formatting.topic_links(context, story),
        story=panel,
        why=None if panel else formatting.why(context, ranked),
        related=related_items(context, related[:few], holders),
        related_more=related_items(context, related[few:], holders),
        related_count=related_count(related),
        related_more_label=more_label(len(related) - few if len(related) > few else 0),
        nearest=_nearest(context, inputs.near, related) if len(related) < _LITTLE else (),
        before=article_row(context, inputs.earlier) if inputs.earlier else None,
        after=article_row(context, inputs.later) if inputs.later else None,
    )


def _excerpt(article: Article, body: ArticleBody) -> str:
    """The excerpt, unless it only repeats how the body begins."""
    excerpt = article.piece.excerpt
    beginning = one_line(body.body[: 2 * len(excerpt) + 20])
    return "" if excerpt and beginning.startswith(excerpt.rstrip("…")) else excerpt


def _links(site: Site, article: Article) -> tuple[tuple[str, str], ...]:
    address = urls.article(article.slug)
    found = [(target, inside(site, address, target, article.path)) for target in article.links]
    return tuple([(target, place) for target, place in found if place])


def _prose(context: ViewContext, inputs: ArticleInputs, text: str, part: str = "s") -> Markup:
    article, links = inputs.article, dict(inputs.links)
    root = urls.root_from(urls.article(article.slug))
    name = slug(article.slug) + ("-note" if part == "n" else "")

    def picture(address: str) -> str:
        found = context.picture(article.path, address)
        return f"{root}{urls.path_address(found)}" if found else ""

    return render_markdown(
        text,
        inside=lambda target: links.get(target, ""),
        picture=picture if context.config.images != "none" else no_address,
        name=name,
        part=part,
    )


def _trail(context: ViewContext, story: Story) -> tuple[Link, ...]:
    """The path to the story's most telling topic: the first that is not the site's own."""
    topics = context.topics_of(story)
    telling = next((t for t in topics if t != context.own_topic), "")
    return formatting.topic_trail(context, telling) if telling else ()


def _head(context: ViewContext, article: Article, story: Story) -> Head:
    address = urls.article(article.slug)
    pieces = context.coverage(story).pieces
    return head(
        context,
        address,
        article.title,
        article.piece.excerpt or cut_at_sentence(article.title),
        picture=formatting.lead_picture(context, article.piece),
        json_ld=collection(context, article.title, address, pieces, article.piece.link),
        og_type="article",
    )


def _nearest(
    context: ViewContext, near: Iterable[Line], related: Iterable[Coverage]
) -> tuple[Row, ...]:
    """Other records by likeness, without those that the page already shows."""
    keys = {k for piece in related for k in piece.keys}
    others = [line for line in near if keys.isdisjoint(line.article.piece.keys)]
    return tuple(article_row(context, line) for line in others[:_LITTLE])
