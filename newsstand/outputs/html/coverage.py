"""Lists of coverage: a story's pieces in time, and what is related beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from newsstand.model import Article, Coverage, Story, StoryCoverage
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import counted, holders_of, independent_count, page_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views import (
    CoverageItem,
    Link,
    StoryPanel,
    Tick,
    Timeline,
    TimelineMark,
    When,
)
from newsstand.site import Ranked
from newsstand.text.dates import clock, hours_between, short_day, span
from newsstand.text.strings import cut_at_word
from newsstand.text.zones import local

_EXCERPT = 300
_LEFT, _RIGHT = 2.0, 98.0  # per cent of the axis that marks may use
_MARK = 4.5  # per cent: what a mark takes of the axis on a phone
_LANES = 8
_TICKS = 2  # between the ends
_HOUR = timedelta(hours=1)
_WEEK = 168.0  # hours


def story_panel(context: ViewContext, article: Article, ranked: Ranked) -> StoryPanel | None:
    """The coverage of the record's story; None where it is the only record and piece."""
    story = ranked.story
    coverage = context.coverage(story)
    if len(coverage.pieces) < 2 and len(story.articles) < 2:
        return None
    lead = story.lead
    own_title = story.title if story.title != lead.title else ""
    independent = independent_count(coverage)
    summary = counted(len(coverage.pieces), len(story.outlets))
    return StoryPanel(
        summary=f"{summary}, {independent}" if independent else summary,
        first=_first(context, coverage),
        title=own_title,
        lead=None if lead.path == article.path else _lead_link(story),
        timeline=_timeline(context, coverage),
        items=_story_items(context, story, coverage, article),
        why=formatting.why(context, ranked),
    )


def _lead_link(story: Story) -> Link:
    return Link(story.title, urls.article(story.lead.slug))


def _first(context: ViewContext, coverage: StoryCoverage) -> str:
    first = coverage.pieces[0]
    if first.published is None:
        return ""
    who = formatting.outlet_name(context, first.outlet)
    return f"First: {who + ', ' if who else ''}{formatting.time_of(context, first).full}"


def _copied_from(coverage: StoryCoverage) -> dict[int, int]:
    """Place of each copy in the coverage -> the place of the piece it repeats."""
    return {i: min(voice) for voice in coverage.voices for i in voice if i != min(voice)}


def _story_items(
    context: ViewContext, story: Story, coverage: StoryCoverage, article: Article
) -> tuple[CoverageItem, ...]:
    copied, pieces = _copied_from(coverage), coverage.pieces
    first, holders = pieces[0].published, holders_of(story.articles)
    own = set(article.piece.keys)
    items = []
    for place, piece in enumerate(pieces):
        origin = pieces[copied[place]].outlet if place in copied else ""
        late = first is not None and piece.published is not None and piece.published > first
        late = late and not piece.is_day and not pieces[0].is_day
        items.append(
            item(
                context,
                piece,
                _page(story, holders, piece),
                gap=_gap(first, piece.published) if late else "",
                is_this=piece == article.piece or not own.isdisjoint(piece.keys),
                is_first=place == 0 and first is not None,
                copy_of=formatting.outlet_name(context, origin) if origin else "",
            )
        )
    return tuple(items)


def _page(story: Story, holders: Mapping[str, Article], piece: Coverage) -> str:
    """Our page for a member of a story: also for records without a link."""
    if piece.keys:
        return page_of(holders, piece)
    record = next((a for a in story.articles if a.piece is piece), None)
    return urls.article(record.slug) if record else ""


def _gap(first: datetime | None, moment: datetime | None) -> str:
    return f"{span(first, moment)} after the first" if first and moment else ""


def item(
    context: ViewContext,
    piece: Coverage,
    page: str,
    gap: str = "",
    is_this: bool = False,
    is_first: bool = False,
    copy_of: str = "",
) -> CoverageItem:
    """One piece in a list: the same value on all pages that say the same of it.

    `page` is the address of our page of the piece, if there is one.
    """
    said = ("item", piece, page, gap, is_this, is_first, copy_of)

    def made() -> CoverageItem:
        return CoverageItem(
            headline=piece.title,
            language=formatting.language(context, piece.language),
            href=piece.link,
            host=formatting.host(piece),
            address=page,
            outlet=formatting.badge(context, piece.outlet),
            when=formatting.time_of(context, piece),
            gap=gap,
            kind=formatting.kind(piece),
            excerpt=cut_at_word(piece.excerpt, _EXCERPT),
            picture=formatting.lead_picture(context, piece),
            is_this=is_this,
            is_first=is_first,
            copy_of=copy_of,
        )

    return context.once(said, made)


def _timeline(context: ViewContext, coverage: StoryCoverage) -> Timeline | None:
    """That of the story, the same value on the page of each of its records."""
    return context.once(("timeline", coverage), lambda: timeline(context, coverage))


def timeline(context: ViewContext, coverage: StoryCoverage) -> Timeline | None:
    """Who reported when, on one axis; None where fewer than two pieces have a time."""
    dated = [(i, p, p.published) for i, p in enumerate(coverage.pieces) if p.published]
    if len(dated) < 2:
        return None
    first, last = dated[0][2], dated[-1][2]
    ends_said = [formatting.time_of(context, dated[n][1]) for n in (0, -1)]
    copied = _copied_from(coverage)
    ends = [-_MARK] * _LANES
    marks = []
    for place, piece, moment in dated:
        x = _place_of(moment, first, last)
        lane = next((n for n, end in enumerate(ends) if x - end >= _MARK), _LANES - 1)
        ends[lane] = x
        shape = "first" if place == 0 else "copy" if place in copied else "independent"
        who = formatting.outlet_name(context, piece.outlet) or "Outlet not named"
        marks.append(
            TimelineMark(
                f"{x:.1f}", lane, shape, f"{who}, {formatting.time_of(context, piece).short}"
            )
        )
    said = counted(len(dated), len({p.outlet for _, p, _ in dated if p.outlet}))
    within = f" within {span(first, last)}" if last > first else " at one time"
    within = "" if any(piece.is_day for _, piece, _ in dated) else within
    return Timeline(
        marks=tuple(marks),
        ticks=_ticks(context, (first, last), ends_said),
        lanes=max(mark.lane for mark in marks) + 1,
        label=f"{said}{within}, from {ends_said[0].full} to {ends_said[1].full}",
    )


def _place_of(moment: datetime, first: datetime, last: datetime) -> float:
    whole = hours_between(first, last)
    part = hours_between(first, moment) / whole if whole else 0.5
    return _LEFT + (_RIGHT - _LEFT) * part


def _ticks(
    context: ViewContext, ends: tuple[datetime, datetime], said: Sequence[When]
) -> tuple[Tick, ...]:
    first, last = ends
    if first == last:
        return (Tick("50", said[0].short, "middle"),)
    moments = [first + (last - first) * n / (_TICKS + 1) for n in range(1, _TICKS + 1)]
    hours = hours_between(first, last)
    labels = [_tick_label(local(m, context.config.timezone), hours) for m in moments]
    between = [
        Tick(f"{_place_of(moment, first, last):.1f}", label, "middle")
        for moment, label in zip(moments, labels, strict=True)
    ]
    return (
        Tick("0", said[0].short, "start"),
        *(between if hours > 6 else ()),
        Tick("100", said[1].short, "end"),
    )


def _tick_label(moment: datetime, hours: float) -> str:
    """The day where the axis spans several, the time where it is one, both in between."""
    if hours > 72:
        return short_day(moment)
    return clock(moment) if hours < 12 else f"{short_day(moment)}, {clock(moment)}"
