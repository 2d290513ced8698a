"""The page of a story: where it stands, and who reports it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from newsstand.model import Coverage, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import (
    independent_count,
    report,
    rows_of,
    size_of,
    story_picture,
)
from newsstand.outputs.html.context import CoveredStory, ViewContext
from newsstand.outputs.html.coverage import FEWEST_FOLDED, by_outlet
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.timeline import timeline
from newsstand.outputs.html.views_of_pages import StoryView
from newsstand.outputs.html.views_of_parts import Badge, Head, Link
from newsstand.site import Line, Site, day_of, end_of_day
from newsstand.stories.reports import first_report, reports_of
from newsstand.text.date_names import span
from newsstand.text.dates import OLDEST
from newsstand.text.excerpts import with_end
from newsstand.text.lists import grouped
from newsstand.text.strings import cut_at_sentence, plural

_OPEN = 6  # outlets that are not folded
_RELATED = 6


class StoryInputs(Struct, frozen=True):
    """A story, whether nothing will be added to it, and a report of each related story."""

    story: Story
    is_over: bool
    related: tuple[Line, ...]


def story_pages(site: Site) -> Iterator[Page]:
    """A page for each story of two reports or more."""
    for story in site.stories:
        if story.has_page:
            inputs = StoryInputs(story, site.is_over(story), _related(site, story))
            yield Page(urls.story(story.id), "story.html", _view, inputs)


def _related(site: Site, story: Story) -> tuple[Line, ...]:
    """A record of each story that this one's records name, or that names them, the oftenest first.

    None that is younger than this story: what comes later names this one.
    """
    zone, records, story_of = site.config.timezone, site.records, site.story_of
    end = end_of_day(day_of(story.latest, zone), zone)
    linked = chain.from_iterable([site.references.of(a.path) for a in story.articles])
    others = [(other.id, path) for path in linked if (other := story_of[path]) is not story]
    if end:
        others = [pair for pair in others if (records[pair[1]].piece.published or OLDEST) < end]
    by_story = grouped(others)
    chosen = sorted(by_story, key=lambda name: (-len(by_story[name]), name))[:_RELATED]
    return tuple([site.lines[min(by_story[name])] for name in chosen])


def _view(context: ViewContext, inputs: StoryInputs) -> StoryView:
    story = inputs.story
    covered = context.before(story, None)
    year = formatting.year_of(context, story.newest)
    reported = reports_of(covered.coverage)
    dated = [piece for piece in reported if piece.published] or reported
    first, last = dated[0], dated[-1]
    known = first_report(covered.coverage)
    lead, is_outlets = story.lead.piece, story.title == story.lead.title
    outlets = by_outlet(context, covered, year)
    few = _OPEN if len(outlets) >= _OPEN + FEWEST_FOLDED else len(outlets)
    return StoryView(
        head=_head(context, covered),
        headline=formatting.headline(story.title, lead) if is_outlets else story.title,
        language=formatting.language(context, lead.language),
        href=lead.link if is_outlets else "",
        outlet=formatting.badge(context, story.lead.outlet),
        kind=formatting.kind(lead) if is_outlets else "",
        when=formatting.time_of(context, lead),
        excerpt=with_end(lead.excerpt),
        picture=story_picture(context, story),
        trail=story_trail(context, story),
        summary=size_of(story),
        independent=independent_count(covered.coverage),
        is_over=inputs.is_over,
        first=report(context, known) if known else None,
        latest=report(context, last),
        span=_span(first, last),
        timeline=timeline(context, covered.coverage, year),
        coverage=outlets[:few],
        coverage_more=outlets[few:],
        coverage_more_label=f"Show {plural(len(outlets) - few, 'more outlet')}",
        topics=formatting.topic_links(context, story),
        outlets=_outlets(context, story),
        related=rows_of(context, inputs.related, year),
    )


def _span(first: Coverage, last: Coverage) -> str:
    """The time between two pieces, where both have one and not only a day."""
    began, ended = first.published, last.published
    if began is None or ended is None or began >= ended or first.is_day or last.is_day:
        return ""
    return span(began, ended)


def _outlets(context: ViewContext, story: Story) -> tuple[Badge, ...]:
    """The outlets of a story, with links for those that it has a record of."""
    held = {article.outlet for article in story.articles}
    badges = (formatting.badge(context, d, linked=d in held) for d in story.outlets)
    return tuple([badge for badge in badges if badge])


def story_trail(context: ViewContext, story: Story) -> tuple[Link, ...]:
    """The path to the story's most telling topic: the first that is not the site's own."""
    topics = context.topics_of(story)
    telling = next((t for t in topics if t != context.own_topic), "")
    return formatting.topic_trail(context, telling) if telling else ()


def _head(context: ViewContext, covered: CoveredStory) -> Head:
    story, coverage = covered
    address = urls.story(story.id)
    return head(
        context,
        address,
        story.title,
        with_end(story.lead.piece.excerpt) or cut_at_sentence(story.title),
        picture=story_picture(context, story),
        json_ld=collection(context, story.title, address, coverage.pieces),
    )
