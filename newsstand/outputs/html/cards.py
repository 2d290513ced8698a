"""Lines and cards: a story or a record as lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from newsstand.model import Article, Coverage, Story, StoryCoverage
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.context import CoveredStory, ViewContext
from newsstand.outputs.html.views_of_parts import Card, FirstReport, PictureView, Row, Why
from newsstand.site import Line
from newsstand.stories.reports import (
    NO_REPORTS,
    first_report,
    independent_outlets,
    reporting_outlets,
)
from newsstand.stories.story import states_of
from newsstand.text.dates import OLDEST
from newsstand.text.excerpts import in_sentences, with_end
from newsstand.text.strings import cut_at_word, headline_key, plural

_NAMES = 3
_NAME = 28  # characters of an outlet's name on a card
_OTHERS = 4
_OTHERS_BELOW_A_PICTURE = 2  # in a column, so that cards with and without one differ less
_CARD_EXCERPT = 240
_ROW_EXCERPT = 160
_HEADLINE = 280  # in lists; the record's own page has it whole


def article_row(context: ViewContext, line: Line, year: int = 0) -> Row:
    """A record as one line. The count leads to its story."""
    article, count = line.article, formatting.count(line.outlets)
    address = urls.story(line.story) if line.story else urls.article(article.slug)
    return _row(context, article.piece, article.title, address, count, year)


def story_row(context: ViewContext, story: Story, year: int = 0) -> Row:
    """A story as one line: its newest report; under the editor's title, where there is one."""
    piece = story.latest.piece
    title = piece.title if story.title == story.lead.title else story.title
    count = formatting.count(len(story.outlets), story.reports, story.others)
    return _row(context, piece, title, formatting.story_address(story), count, year)


def holders_of(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """By a piece's key the records of it, the newest state first."""
    each_once = {article.path: article for article in articles}
    keys = [(key, article) for article in each_once.values() for key in article.piece.keys]
    holders = {key: [article] for key, article in keys}
    if len(holders) == len(keys):  # mostly: each is one state of its piece
        return holders
    holders = {}
    for states in reversed(states_of(each_once.values())):
        for article in reversed(states):
            for key in article.piece.keys:
                holders.setdefault(key, []).append(article)
    return holders


def record_of(holders: Mapping[str, Sequence[Article]], piece: Coverage) -> Article | None:
    """The record that a piece is, if there is one: that with its headline first."""
    if holders.keys().isdisjoint(piece.keys):  # mostly
        return None
    held = [article for key in piece.keys if key in holders for article in holders[key]]
    if len(held) < 2:
        return held[0]
    return next((article for article in held if article.title == piece.title), held[0])


def page_of(holders: Mapping[str, Sequence[Article]], piece: Coverage) -> str:
    """Our page for a piece, empty where no record is it."""
    record = record_of(holders, piece)
    return urls.article(record.slug) if record else ""


def _row(
    context: ViewContext, piece: Coverage, title: str, address: str, count: str, year: int
) -> Row:
    """A line of a list: one value on all pages that have it, so that it is printed once."""
    parts = (piece, title, address, count, year)
    return context.once(("row", *parts), lambda: _new_row(context, *parts))


def _new_row(
    context: ViewContext, piece: Coverage, title: str, address: str, count: str, year: int
) -> Row:
    is_outlets = title == piece.title
    return Row(
        headline=cut_at_word(formatting.headline(title, piece), _HEADLINE),
        language=formatting.language(context, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=address,
        outlet=formatting.badge(context, piece.outlet),
        when=formatting.time_of(context, piece, year),
        kind=formatting.kind(piece),
        excerpt=cut_at_word(with_end(piece.excerpt), _ROW_EXCERPT),
        count=count,
    )


def cards_of(
    context: ViewContext, stories: Iterable[Story], end: datetime | None, year: int
) -> tuple[Card, ...]:
    """Stories as they were at a moment (None: now), the first of them large."""
    covered = [context.before(story, end) for story in stories]
    return tuple([card(context, one, year, is_large=n == 0) for n, one in enumerate(covered)])


def card(
    context: ViewContext,
    covered: CoveredStory,
    year: int = 0,
    why: Why | None = None,
    is_large: bool = True,
) -> Card:
    """A story as the front page shows it. A title of the editor's own leads to our page.

    `year` is the one that the page is about: times of another name theirs. `is_large` is for cards
    that are wider than a column.
    """
    story, coverage = covered
    piece, picture = story.lead.piece, story_picture(context, story)
    is_outlets = story.title == piece.title
    most = _OTHERS if is_large or picture is None else _OTHERS_BELOW_A_PICTURE
    others = _others(context, story, coverage, year)[:most]
    rest = [domain for domain in story.outlets if domain != piece.outlet]
    first = _first(coverage)
    named = {row.outlet.domain for row in others if row.outlet} | {first.outlet if first else ""}
    names, more_names = _names(context, rest)
    beside, more_beside = _names(context, [domain for domain in rest if domain not in named])
    return Card(
        headline=cut_at_word(formatting.headline(story.title, piece), _HEADLINE),
        language=formatting.language(context, piece.language),
        href=piece.link if is_outlets else "",
        host=formatting.host(piece) if is_outlets else "",
        address=formatting.story_address(story),
        outlet=formatting.badge(context, piece.outlet),
        when=formatting.time_of(context, piece, year),
        kind=formatting.kind(piece),
        excerpt=in_sentences(piece.excerpt, _CARD_EXCERPT),
        picture=picture,
        names=names,
        more_names=more_names,
        beside=beside,
        more_beside=more_beside,
        count=formatting.count(len(story.outlets), story.reports, story.others),
        independent=independent_count(coverage),
        first=report(context, first, year) if first else None,
        others=others,
        topics=formatting.topic_links(context, story),
        pinned=story.pinned > 0 and why is not None,
        why=why,
    )


def _names(context: ViewContext, domains: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """What outlets are called, cut, and how many more there are."""
    shown = [cut_at_word(formatting.outlet_name(context, d), _NAME) for d in domains[:_NAMES]]
    more = len(domains) - len(shown)
    return tuple(shown), f"{more} more" if more else ""


def story_picture(context: ViewContext, story: Story) -> PictureView | None:
    """The lead's picture, else the first that one of the story's records has.

    A picture of another outlet than the lead's says so, where nobody says whose it is.
    """
    for piece in (story.lead.piece, *(a.piece for a in story.articles)):
        shown = formatting.lead_picture(context, piece)
        if shown is None:
            continue
        if shown.credit or not piece.outlet or piece.outlet == story.lead.outlet:
            return shown
        return replace(shown, credit=f"Picture: {formatting.outlet_name(context, piece.outlet)}")
    return None


def independent_count(coverage: StoryCoverage) -> str:
    """The number of voices, "3 independent"; empty where every outlet speaks for itself."""
    independent = len(independent_outlets(coverage))
    outlets = reporting_outlets(coverage)
    return f"{independent} independent" if independent < len(outlets) else ""


def report(context: ViewContext, piece: Coverage, year: int = 0) -> FirstReport:
    """Who had a story, and when."""
    name = formatting.outlet_name(context, piece.outlet) if piece.outlet else ""
    return FirstReport(name, formatting.time_of(context, piece, year))


def _first(coverage: StoryCoverage) -> Coverage | None:
    """The report that was first; None where only one outlet has the story, or nobody knows."""
    return first_report(coverage) if len(reporting_outlets(coverage)) > 1 else None


def _others(
    context: ViewContext, story: Story, coverage: StoryCoverage, year: int
) -> tuple[Row, ...]:
    """Headlines of other outlets: those that speak for themselves, the newest report of each.

    None that reads like one above it. What is no report stands behind all that is.
    """
    taken, holders = {story.lead.outlet}, holders_of(story.articles)
    lead = story.lead.piece
    read = {headline_key(formatting.headline(t, lead)) for t in (story.title, lead.title)}
    firsts = [coverage.pieces[place] for place in sorted(map(min, coverage.voices))]
    chosen = []

    def order(piece: Coverage) -> tuple[bool, datetime]:
        return (piece.kind not in NO_REPORTS, piece.published or OLDEST)

    for piece in sorted(firsts, key=order, reverse=True):
        key = headline_key(formatting.headline(piece.title, piece))
        if piece.outlet and piece.outlet not in taken and key not in read:
            taken.add(piece.outlet)
            read.add(key)
            page = page_of(holders, piece)
            chosen.append(_row(context, piece, piece.title, page, "", year))
    return tuple(chosen[:_OTHERS])


def counted(reports: int, outlets: int, others: int = 0) -> str:
    """Counts in words: "36 reports from 12 outlets", "… and 1 other piece" that is no report."""
    text = plural(reports, "report")
    text = f"{text} from {plural(outlets, 'outlet')}" if outlets else text
    return f"{text} and {plural(others, 'other piece')}" if others else text


def size_of(story: Story) -> str:
    """The size of a story in words; empty for a single piece."""
    return counted(story.reports, len(story.outlets), story.others) if story.has_page else ""


def rows_of(context: ViewContext, lines: Sequence[Line], year: int = 0) -> tuple[Row, ...]:
    """Records as lines."""
    return tuple([article_row(context, line, year) for line in lines])
