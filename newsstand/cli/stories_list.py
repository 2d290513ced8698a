"""Stories as the command ``stories`` prints them: as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from newsstand.model import Story
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import independent_count
from newsstand.outputs.html.context import context_of
from newsstand.site import Site
from newsstand.stories.rank import score
from newsstand.text.date_names import iso
from newsstand.text.strings import plural


def chosen_stories(site: Site, since: datetime | None, outlets: int, top: int) -> tuple[Story, ...]:
    """Stories by rank: with a report since a time, of so many outlets, at most `top` (0: all)."""
    chosen = [story for story in site.stories if len(story.outlets) >= outlets]
    if since is not None:
        chosen = [story for story in chosen if _is_since(site, story, since)]
    return tuple(chosen[:top] if top else chosen)


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
        "url": formatting.story_address(story),
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
    """The counts of a story: "9 reports, 7 outlets, 3 independent"."""
    coverage = site.coverage(story)
    parts = (
        plural(len(coverage.pieces), "report"),
        plural(len(story.outlets), "outlet") if story.outlets else "",
        independent_count(coverage),
    )
    return ", ".join(part for part in parts if part)
