"""Lines and cards: a story or a record as lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from newsstand.model import Article, Coverage, Story, StoryCoverage
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views import Card, Day, Pager, PictureView, Row
from newsstand.site import Line, Ranked, day_of
from newsstand.stories.story import independent_outlets, reporting_outlets, reports_of
from newsstand.text.dates import clock, short_day, weekday_name
from newsstand.text.strings import cut_at_word, plural
from newsstand.text.zones import local

_BADGES = 7
_OTHERS = 4
_CARD_EXCERPT = 240
_ROW_EXCERPT = 160
_HEADLINE = 280  # in lists; the record's own page has it whole
NOT_PROMOTED = "Also reported"


def article_row(context: ViewContext, line: Line) -> Row:
    """A record as one line."""
    article, count = line.article, formatting.outlets_count(line.outlets)
    return _row(context, article.piece, article.title, urls.article(article.slug), count)


def story_row(context: ViewContext, story: Story) -> Row:
    """A story as one line: that of its lead, under the story's title."""
    count = formatting.outlets_count(len(story.outlets))
    return _row(context, story.lead.piece, story.title, urls.article(story.lead.slug), count)


def holders_of(articles: Iterable[Article]) -> dict[str, Article]:
    """By a piece's key the record of it: of several the first in order of path."""
    in_order = sorted(articles, key=lambda a: a.path, reverse=True)
    return {key: article for article in in_order for key in article.piece.keys}


def page_of(holders: Mapping[str, Article], piece: Coverage) -> str:
    """Our page for a piece, empty where no record is it."""
    held = next((holders[key] for key in piece.keys if key in holders), None)
    return urls.article(held.slug) if held else ""


def _row(context: ViewContext, piece: Coverage, title: str, address: str, count: str) -> Row:
    """The same value on all pages that list it, so that it is printed once."""
    said = ("row", piece, title, address, count)
    return context.once(said, lambda: _new_row(context, piece, title, address, count))


def _new_row(context: ViewContext, piece: Coverage, title: str, address: str, count: str) -> Row:
    is_outlets = title == piece.title
    return Row(
        headline=cut_at_word(title, _HEADLINE),
        language=formatting.language(context, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=address,
        outlet=formatting.badge(context, piece.outlet),
        when=formatting.time_of(context, piece),
        kind=formatting.kind(piece),
        excerpt=cut_at_word(piece.excerpt, _ROW_EXCERPT),
        count=count,
    )


def card(context: ViewContext, ranked: Ranked) -> Card:
    """A story as the front page shows it. A title of the editor's own leads to our page."""
    story = ranked.story
    coverage = context.coverage(story)
    piece = story.lead.piece
    is_outlets = story.title == piece.title
    outlets = tuple(
        dict.fromkeys((piece.outlet, *story.outlets) if piece.outlet else story.outlets)
    )
    badges = tuple(m for d in outlets[:_BADGES] if (m := formatting.badge(context, d)))
    return Card(
        headline=cut_at_word(story.title, _HEADLINE),
        language=formatting.language(context, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=urls.article(story.lead.slug),
        outlet=formatting.badge(context, piece.outlet),
        when=formatting.time_of(context, piece),
        kind=formatting.kind(piece),
        excerpt=cut_at_word(piece.excerpt, _CARD_EXCERPT),
        picture=_story_picture(context, story),
        badges=badges,
        more_badges=f"+{len(outlets) - _BADGES}" if len(outlets) > _BADGES else "",
        count=formatting.outlets_count(len(story.outlets)),
        independent=independent_count(coverage),
        first=_first(context, coverage),
        others=_others(context, story, coverage),
        topics=formatting.topic_links(context, story),
        pinned=story.pinned > 0,
        why=formatting.why(context, ranked),
    )


def _story_picture(context: ViewContext, story: Story) -> PictureView | None:
    """The lead's picture, else the first that one of the story's records has."""
    pieces = (story.lead.piece, *(a.piece for a in story.articles))
    return next((p for piece in pieces if (p := formatting.lead_picture(context, piece))), None)


def independent_count(coverage: StoryCoverage) -> str:
    """Such as "3 independent"; empty where every outlet speaks for itself."""
    independent = len(independent_outlets(coverage))
    outlets = reporting_outlets(coverage)
    return f"{independent} independent" if independent < len(outlets) else ""


def _first(context: ViewContext, coverage: StoryCoverage) -> str:
    """Such as "first: Example Wire, 18 January, 19:04"; empty for a story of one outlet."""
    first = next((p for p in reports_of(coverage) if p.published), None)
    if first is None or first.published is None or len(reporting_outlets(coverage)) < 2:
        return ""
    moment = local(first.published, context.config.timezone)
    time = "" if first.is_day else f", {clock(moment)}"
    who = formatting.outlet_name(context, first.outlet)
    return f"first: {who + ', ' if who else ''}{short_day(moment)}{time}"


def _others(context: ViewContext, story: Story, coverage: StoryCoverage) -> tuple[Row, ...]:
    """Headlines of other outlets: those that speak for themselves, one each, the best first."""
    taken, holders = {story.lead.outlet}, holders_of(story.articles)
    firsts = [coverage.pieces[place] for place in sorted(map(min, coverage.voices))]
    chosen = []
    for piece in sorted(firsts, key=lambda p: -p.quality):
        if piece.outlet and piece.outlet not in taken:
            taken.add(piece.outlet)
            chosen.append(_row(context, piece, piece.title, page_of(holders, piece), ""))
    return tuple(chosen[:_OTHERS])


def story_days(
    context: ViewContext, stories: Sequence[Story], above: bool | None = None
) -> tuple[Day, ...]:
    """Stories in river order -> days. `above` says whether the one above is promoted, if any."""
    days = []
    promoted = any(s.promoted for s in stories[:1]) if above is None else above
    zone = context.config.timezone
    for (is_promoted, day), group in groupby(stories, key=lambda s: _story_day(s, zone)):
        part = NOT_PROMOTED if promoted and not is_promoted else ""
        promoted = is_promoted
        days.append(_day(day, [story_row(context, s) for s in group], part))
    return tuple(days)


def _story_day(story: Story, zone: str) -> tuple[bool, date | None]:
    return story.promoted, day_of(story.lead, zone)


def article_days(context: ViewContext, lines: Iterable[Line]) -> tuple[Day, ...]:
    """Records, newest first -> days."""
    zone = context.config.timezone
    grouped = groupby(lines, key=lambda line: day_of(line.article, zone))
    return tuple(_day(day, [article_row(context, a) for a in group]) for day, group in grouped)


def _day(day: date | None, rows: Sequence[Row], part: str = "") -> Day:
    return Day(
        part=part,
        label=weekday_name(day) if day else "Undated",
        iso=day.isoformat() if day else "",
        address=urls.day(day),
        rows=tuple(rows),
    )


def pager(first: str, number: int, total: int) -> Pager:
    """Where page `number` of `total` of the list that begins at `first` stands."""
    return Pager(
        text=f"Page {number:,} of {total:,}",
        newer=urls.numbered(first, number - 1) if number > 1 else "",
        older=urls.numbered(first, number + 1) if number < total else "",
        first=first,
        last=urls.numbered(first, total),
        has_newer=number > 1,
        has_older=number < total,
        many=total > 1,
    )


def counted(reports: int, outlets: int) -> str:
    """Such as "36 reports from 12 outlets"."""
    said = plural(reports, "report")
    return f"{said} from {plural(outlets, 'outlet')}" if outlets else said
