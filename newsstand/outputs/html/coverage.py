"""Who reports a story: its pieces by outlet, copies below what they repeat; one piece in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from newsstand.model import Article, Coverage, Story, StoryCoverage
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import holders_of, page_of
from newsstand.outputs.html.context import CoveredStory, ViewContext
from newsstand.outputs.html.views_of_parts import CoverageItem, OutletCoverage
from newsstand.stories.reports import NO_REPORTS
from newsstand.text.date_names import span
from newsstand.text.dates import OLDEST
from newsstand.text.excerpts import in_sentences
from newsstand.text.strings import plural

FEWEST_FOLDED = 3  # lines: fewer are shown, since to open a fold costs as much as to read them
_EXCERPT = 140


def by_outlet(context: ViewContext, covered: CoveredStory, year: int) -> tuple[OutletCoverage, ...]:
    """A line for each outlet with a piece of its own: its newest report, what changed last on top.

    Its other pieces and those that repeat the text of one are folded below it. What is no report
    stands behind all that is.
    """
    story, coverage = covered
    pieces, copies = coverage.pieces, copies_in(coverage)
    items = _Items(context, story, coverage, year)
    own: dict[str, list[int]] = {}
    for place in range(len(pieces)):
        if place not in copies:
            own.setdefault(pieces[place].outlet or f"#{place}", []).append(place)

    def order(place: int) -> tuple[bool, datetime, int]:
        piece = pieces[place]
        return (piece.kind not in NO_REPORTS, piece.published or OLDEST, place)

    outlets = []
    for places in own.values():
        newest, *others = sorted(places, key=order, reverse=True)
        same = sorted(n for n, origin in copies.items() if origin in places)
        outlets.append((order(newest), items.line(newest, others, same)))
    outlets.sort(key=lambda entry: entry[0], reverse=True)
    return tuple([line for _, line in outlets])


def copies_in(coverage: StoryCoverage) -> dict[int, int]:
    """Place of each copy in the coverage -> the place of the piece it repeats."""
    return {i: min(voice) for voice in coverage.voices for i in voice if i != min(voice)}


class _Items:
    """Makes the items of one story's pieces, by their places."""

    def __init__(
        self, context: ViewContext, story: Story, coverage: StoryCoverage, year: int
    ) -> None:
        self._context = context
        self._story = story
        self._pieces = coverage.pieces
        self._holders = holders_of(story.articles)
        self._year = year

    def line(self, newest: int, others: list[int], copies: list[int]) -> OutletCoverage:
        """An outlet's line."""
        own = self._pieces[newest].outlet
        outlets = len({self._pieces[place].outlet for place in copies} - {own})
        return OutletCoverage(
            piece=self._item(newest),
            earlier=tuple([self._item(place) for place in others]),
            earlier_label=self._folded(newest, others),
            copies=tuple([self._item(place) for place in copies]),
            copies_label=_same_text(outlets, len(copies)),
        )

    def _folded(self, newest: int, others: list[int]) -> str:
        """What is folded below an outlet's newest report, "1 earlier report and 1 other piece"."""
        is_report = self._pieces[newest].kind not in NO_REPORTS
        other = sum(is_report and self._pieces[n].kind in NO_REPORTS for n in others)
        named = ((len(others) - other, "earlier report"), (other, "other piece"))
        return " and ".join([plural(number, name) for number, name in named if number])

    def _item(self, place: int) -> CoverageItem:
        pieces = self._pieces
        piece, first = pieces[place], pieces[0].published
        late = first is not None and piece.published is not None and piece.published > first
        late = late and not piece.is_day and not pieces[0].is_day
        made = item(
            self._context,
            piece,
            _page(self._story, self._holders, piece),
            self._year,
            gap=_gap(first, piece.published) if late else "",
            is_first=place == 0 and first is not None and not piece.is_day and len(pieces) > 1,
        )
        is_lead = piece is self._story.lead.piece  # whose excerpt stands above
        return replace(made, picture=None, excerpt="" if is_lead else made.excerpt)


def _same_text(outlets: int, copies: int) -> str:
    if outlets:
        return f"Same text at {plural(outlets, 'outlet')}"
    return f"{plural(copies, 'more report')} with this text" if copies else ""


def _page(story: Story, holders: Mapping[str, Sequence[Article]], piece: Coverage) -> str:
    """Our page for a member of a story: also for records without a link."""
    if piece.keys:
        return page_of(holders, piece)
    record = next((a for a in story.articles if a.piece is piece), None)
    return urls.article(record.slug) if record else ""


def _gap(first: datetime | None, moment: datetime | None) -> str:
    return f"{span(first, moment)} after the first" if first and moment else ""


def others(
    context: ViewContext, covered: CoveredStory, article: Article, most: int
) -> tuple[CoverageItem, ...]:
    """Who else has the story of a record: other outlets, one report each, those of their own first.

    In order of time. `covered` is the story as it was when the record's day was over.
    """
    coverage, own = covered.coverage, set(article.piece.keys)
    copies, holders = copies_in(coverage), holders_of(covered.story.articles)
    taken = {article.outlet} - {""}
    chosen: list[tuple[int, Coverage]] = []
    places = range(len(coverage.pieces))
    for place in sorted(places, key=lambda n: (n in copies, n)):
        piece = coverage.pieces[place]
        is_this = piece == article.piece or not own.isdisjoint(piece.keys)
        if not is_this and piece.outlet not in taken:
            taken.add(piece.outlet)
            chosen.append((place, piece))
    year = formatting.year_of(context, article.published)
    shown = sorted(chosen[:most])
    return tuple(
        [item(context, p, _page(covered.story, holders, p), year, n in copies) for n, p in shown]
    )


def item(
    context: ViewContext,
    piece: Coverage,
    page: str,
    year: int = 0,
    is_copy: bool = False,
    gap: str = "",
    is_first: bool = False,
) -> CoverageItem:
    """One piece in a list: the same value on all pages that say the same of it.

    `page` is the address of our page of the piece, if there is one.
    """
    parts = ("item", piece, page, year, is_copy, gap, is_first)

    def made() -> CoverageItem:
        return CoverageItem(
            headline=formatting.headline(piece.title, piece),
            language=formatting.language(context, piece.language),
            href=piece.link,
            host=formatting.host(piece),
            address=page,
            outlet=formatting.badge(context, piece.outlet),
            when=formatting.time_of(context, piece, year),
            gap=gap,
            kind=formatting.kind(piece),
            excerpt=in_sentences(piece.excerpt, _EXCERPT),
            picture=formatting.lead_picture(context, piece),
            is_first=is_first,
            is_copy=is_copy,
        )

    return context.once(parts, made)
