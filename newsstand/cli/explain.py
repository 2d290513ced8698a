"""Stories as text and JSON, and why a record is in its story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from newsstand.model import Article, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import independent_count
from newsstand.outputs.html.context import context_of
from newsstand.site import Site
from newsstand.stories.rank import score, terms
from newsstand.stories.reasons import sentences
from newsstand.text.date_names import iso
from newsstand.text.strings import plural

_NEXT = 4


def chosen_stories(site: Site, since: datetime | None, outlets: int, top: int) -> tuple[Story, ...]:
    """Stories by rank: with a report since a time, of so many outlets, at most `top` (0: all)."""
    found = [story for story in site.stories if len(story.outlets) >= outlets]
    if since is not None:
        found = [story for story in found if _is_since(site, story, since)]
    return tuple(found[:top] if top else found)


def _is_since(site: Site, story: Story, since: datetime) -> bool:
    pieces = site.coverage(story).pieces
    return any(piece.published and piece.published >= since for piece in pieces)


def stories_json(site: Site, chosen: Iterable[Story] | None = None) -> str:
    """Stories (all by rank, unless some are chosen) as JSON."""
    chosen = site.stories if chosen is None else chosen
    stories = [_as_json(site, story) for story in chosen]
    return json.dumps(stories, ensure_ascii=False, indent=1) + "\n"


def _as_json(site: Site, story: Story) -> dict[str, Any]:
    dated = [p.published for p in site.coverage(story).pieces if p.published]
    return {
        "id": story.id,
        "title": story.title,
        "lead": story.lead.path,
        "url": urls.article(story.lead.slug),
        "articles": [a.path for a in story.articles],
        "outlets": list(story.outlets),
        "first": iso(min(dated)) if dated else None,
        "last": iso(max(dated)) if dated else None,
        "heat": round(story.heat, 2),
    }


def stories_text(site: Site, chosen: Iterable[Story] | None = None) -> str:
    """Stories (all by rank, unless some are chosen) for people."""
    chosen = site.stories if chosen is None else chosen
    return "".join(f"{line}\n" for story in chosen for line in _as_text(site, story))


def _as_text(site: Site, story: Story) -> Iterator[str]:
    context = context_of(site)
    pinned = "pinned: " if story.pinned else ""
    points = score(story, site.config.ranking, site.ranking.standing(story))
    yield f"{points:7.2f}  {pinned}{story.title}"
    yield f"         {headline_counts(site, story)}"
    for article in story.articles:
        year = formatting.year_of(context, site.newest)
        moment = formatting.time_of(context, article.piece, year).short
        outlet = formatting.outlet_name(context, article.outlet) or "outlet not named"
        yield f"         {moment:>14}  {outlet}: {article.title}  ({article.path})"


def headline_counts(site: Site, story: Story) -> str:
    """Such as "9 reports, 7 outlets, 3 independent"."""
    coverage = site.coverage(story)
    parts = (
        plural(len(coverage.pieces), "report"),
        plural(len(story.outlets), "outlet") if story.outlets else "",
        independent_count(coverage),
    )
    return ", ".join(part for part in parts if part)


def explain_record(site: Site, article: Article) -> str:
    """A record's story, what it shares with each member and the next nearest, its rank terms."""
    story = site.story_of[article.path]
    lines = [
        article.title,
        f"  {article.path}",
        f"Story: {story.title} ({headline_counts(site, story)})",
        f"  page: {formatting.story_address(story)}",
        *_editors_word(site, article),
        *_members(site, article, story),
        *_next_nearest(site, article, story),
        *_terms(site, story),
    ]
    return "".join(f"{line}\n" for line in lines)


def _editors_word(site: Site, article: Article) -> Iterator[str]:
    for word in site.word.said.get(article.path, ()):
        yield f"  the editor's word: {word}"


def _members(site: Site, article: Article, story: Story) -> Iterator[str]:
    others = [a for a in story.articles if a.path != article.path]
    yield "The other records of the story:" if others else "No other record is in the story."
    for other in others:
        yield from _compared(site, article, other)


def _compared(site: Site, article: Article, other: Article) -> Iterator[str]:
    yield f"  {other.title}"
    yield f"    {other.path}"
    compared = site.grouped.compare(article.path, other.path)
    if compared is None:
        yield f"    {_not_compared(article, other)}"
        return
    own = {site.story_of[article.path].id, site.story_of[other.path].id}
    elsewhere = {site.story_of[path].id for path in compared.elsewhere} - own
    for sentence in sentences(compared, len(elsewhere)):
        yield f"    {sentence}"


def _not_compared(article: Article, other: Article) -> str:
    if article.published is None or other.published is None:
        return "undated: compared by the names and numbers that both have and little else has"
    return "too many days apart to be compared with each other"


def _next_nearest(site: Site, article: Article, story: Story) -> Iterator[str]:
    inside = {a.path for a in story.articles}
    others = [path for path in site.grouped.near(article.path) if path not in inside][:_NEXT]
    yield "Nearest records of other stories:" if others else "No other record is near."
    for path in others:
        yield from _compared(site, article, site.records[path])
        yield f"    {_why_apart(site, article, site.records[path])}"


def _why_apart(site: Site, article: Article, other: Article) -> str:
    orders = site.word.orders
    if {article.path, other.path} & orders.alone:
        return "apart: the editor keeps one of them alone"
    if orders.keeps_apart(article.path, other.path):
        return "apart: the editor keeps them apart"
    return "apart: all records of both stories taken together are not alike enough"


def _terms(site: Site, story: Story) -> Iterator[str]:
    weights, standing = site.config.ranking, site.ranking.standing(story)
    yield f"Score {score(story, weights, standing):.2f}:"
    for term in terms(story, weights, standing):
        yield f"  {term.value:+7.2f}  {term.name}: {term.reason}"
    if story.promoted:
        yield "  promoted stories stand before all others, whatever their score"
    if story.pinned:
        yield "  pinned by the editor: before all other stories"
