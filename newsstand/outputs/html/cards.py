"""Lines and cards: a story or a record as lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from newsstand.model import Article, Coverage, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.views import Card, Day, Pager, PictureView, Row
from newsstand.site import Site
from newsstand.stories.story import independent_outlets
from newsstand.text.dates import clock, short_day, weekday_name
from newsstand.text.strings import cut_at_word, plural

_MARKS = 7
_OTHERS = 4
_CARD_EXCERPT = 240
_ROW_EXCERPT = 160
_HEADLINE = 280  # in lists; the record's own page has it whole
NOT_PROMOTED = "Also reported"


def article_row(site: Site, article: Article) -> Row:
    """A record as one line."""
    story = site.story_of[article.path]
    count = formatting.outlets_count(story)
    return _row(site, article.piece, article.title, urls.article(article.slug), count)


def story_row(site: Site, story: Story) -> Row:
    """A story as one line: that of its lead, under the story's title."""
    count = formatting.outlets_count(story)
    return _row(site, story.lead.piece, story.title, urls.article(story.lead.slug), count)


def piece_row(site: Site, piece: Coverage) -> Row:
    """A piece, record or not, as one line."""
    return _row(site, piece, piece.title, formatting.page_of(site, piece), "")


def _row(site: Site, piece: Coverage, title: str, address: str, count: str) -> Row:
    """The same value on all pages that list it, so that it is printed once."""
    said = ("row", piece, title, address, count)
    return formatting.once(site, said, lambda: _new_row(site, piece, title, address, count))


def _new_row(site: Site, piece: Coverage, title: str, address: str, count: str) -> Row:
    is_outlets = title == piece.title
    return Row(
        headline=cut_at_word(title, _HEADLINE),
        language=formatting.language(site, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=address,
        outlet=formatting.mark(site, piece.outlet),
        when=formatting.when(site, piece.published),
        kind=formatting.kind(piece),
        excerpt=cut_at_word(piece.excerpt, _ROW_EXCERPT),
        count=count,
    )


def card(site: Site, story: Story) -> Card:
    """A story as the front page shows it. A title of the editor's own leads to our page."""
    story = site.told(story)
    piece = story.lead.piece
    is_outlets = story.title == piece.title
    outlets = tuple(
        dict.fromkeys((piece.outlet, *story.outlets) if piece.outlet else story.outlets)
    )
    marks = tuple(m for d in outlets[:_MARKS] if (m := formatting.mark(site, d)))
    return Card(
        headline=cut_at_word(story.title, _HEADLINE),
        language=formatting.language(site, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=urls.article(story.lead.slug),
        outlet=formatting.mark(site, piece.outlet),
        when=formatting.when(site, piece.published),
        kind=formatting.kind(piece),
        excerpt=cut_at_word(piece.excerpt, _CARD_EXCERPT),
        picture=_story_picture(site, story),
        marks=marks,
        more_marks=f"+{len(outlets) - _MARKS}" if len(outlets) > _MARKS else "",
        count=formatting.outlets_count(story),
        independent=independent_count(story),
        first=_first(site, story),
        others=_others(site, story),
        topics=formatting.topic_links(site, story),
        pinned=story.pinned > 0,
        why=formatting.why(site, story),
    )


def _story_picture(site: Site, story: Story) -> PictureView | None:
    """The lead's picture, else the first that one of the story's records has."""
    pieces = (story.lead.piece, *(a.piece for a in story.articles))
    return next((p for piece in pieces if (p := formatting.lead_picture(site, piece))), None)


def independent_count(story: Story) -> str:
    """Such as "3 independent"; empty where every outlet speaks for itself."""
    independent = len(independent_outlets(story.coverage, story.voices))
    return f"{independent} independent" if independent < len(story.outlets) else ""


def _first(site: Site, story: Story) -> str:
    """Such as "first: Example Wire, 18 January, 19:04"; empty for a story of one outlet."""
    first = next((p for p in story.coverage if p.published), None)
    if first is None or first.published is None or len(story.outlets) < 2:
        return ""
    day = short_day(first.published)
    who = formatting.outlet_name(site, first.outlet)
    return f"first: {who + ', ' if who else ''}{day}, {clock(first.published)}"


def _others(site: Site, story: Story) -> tuple[Row, ...]:
    """Headlines of other outlets: those that speak for themselves, one each, the best first."""
    voices = sorted(min(v) for v in story.voices)
    taken = {story.lead.outlet}
    chosen = []
    for piece in sorted((story.coverage[i] for i in voices), key=lambda p: -p.quality):
        if piece.outlet and piece.outlet not in taken:
            taken.add(piece.outlet)
            chosen.append(piece_row(site, piece))
    return tuple(chosen[:_OTHERS])


def story_days(
    site: Site, stories: Sequence[Story], before: Story | None = None
) -> tuple[Day, ...]:
    """Stories in river order -> days. `before` is the story above the first, if any."""
    days = []
    promoted = before.promoted if before else any(s.promoted for s in stories[:1])
    for (is_promoted, day), group in groupby(stories, key=_story_day):
        part = NOT_PROMOTED if promoted and not is_promoted else ""
        promoted = is_promoted
        days.append(_day(day, [story_row(site, s) for s in group], part))
    return tuple(days)


def _story_day(story: Story) -> tuple[bool, date | None]:
    published = story.lead.published
    return story.promoted, published.date() if published else None


def article_days(site: Site, articles: Iterable[Article]) -> tuple[Day, ...]:
    """Records, newest first -> days."""
    grouped = groupby(articles, key=lambda a: a.published.date() if a.published else None)
    return tuple(_day(day, [article_row(site, a) for a in group]) for day, group in grouped)


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
