"""What each page template prints: one view a template, made of `views_of_parts`."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from newsstand.outputs.html.views_of_parts import (
    Badge,
    Card,
    Chart,
    CoverageItem,
    Day,
    FirstReport,
    Head,
    Link,
    OutletCoverage,
    Pager,
    PictureView,
    Row,
    Timeline,
    When,
)


class TopicBlock(Struct, frozen=True):
    """A busy topic on the front page: a story and more lines, so many that columns are even."""

    name: str
    address: str
    card: Card
    rows: tuple[Row, ...]


class FrontView(Struct, frozen=True):
    """front.html: the front page."""

    head: Head
    lead: Card | None
    second: tuple[Card, ...]  # stories beside the leading one
    blocks: tuple[TopicBlock, ...]
    days: tuple[Day, ...]  # all that is published, the newest days
    earlier: Link | None  # the day before those
    newest: When | None  # time of the newest record
    empty: str  # what to say where there is no story at all, else empty


class ArticleView(Struct, frozen=True):
    """article.html: a record, who else has it, what is related."""

    head: Head
    headline: str
    language: str  # tag, where it is not the site's
    href: str  # the outlet's page; empty where there is no link
    host: str  # the outlet's host
    outlet: Badge | None
    when: When
    updated: When | None
    kind: str  # "" for an ordinary article, else "Video", "Podcast", …
    picture: PictureView | None
    excerpt: str
    note: Markup  # the editor's (featuredContent)
    note_direction: str  # "ltr" or "rtl": it is in the language of the site
    body: Markup
    body_direction: str  # "ltr" or "rtl"
    trail: tuple[Link, ...]  # topic path
    topics: tuple[Link, ...]
    story: str  # address of its story's page, empty where there is no other report
    others: tuple[CoverageItem, ...]  # other outlets' reports of its story, of that day
    related: tuple[CoverageItem, ...]  # shown
    related_more: tuple[CoverageItem, ...]  # folded
    related_count: str  # "36 reports from 12 outlets"
    related_more_label: str  # "Show 24 more"
    nearest: tuple[Row, ...]  # others by likeness, where little is declared
    nearest_beside: bool = False  # in the column beside the report, which has room for them


class StoryView(Struct, frozen=True):
    """story.html: one event, and every report of it by outlet."""

    head: Head
    headline: str
    language: str
    href: str  # the outlet's page of the headline; empty where the title is the editor's
    outlet: Badge | None  # whose report the headline is
    kind: str  # of that report: "" for an ordinary article, else "Video", "Podcast", …
    when: When
    excerpt: str
    picture: PictureView | None
    trail: tuple[Link, ...]
    summary: str  # "9 reports from 7 outlets"
    independent: str  # "3 independent", empty where all are
    is_over: bool
    first: FirstReport | None  # where its hour is known
    latest: FirstReport
    span: str  # "2 days 5 h" between these two, or empty
    timeline: Timeline | None
    coverage: tuple[OutletCoverage, ...]  # what changed last on top
    coverage_more: tuple[OutletCoverage, ...]  # folded
    coverage_more_label: str  # "Show 13 more outlets"
    topics: tuple[Link, ...]
    outlets: tuple[Badge, ...]
    related: tuple[Row, ...]  # one report of each related story


class RedirectView(Struct, frozen=True):
    """redirect.html: leads from an address to another."""

    target: str  # from the root
    root: str
    canonical: str
    title: str


class TopicNode(Struct, frozen=True):
    """A topic in the tree of topics."""

    name: str
    address: str
    count: str
    description: str
    picture: PictureView | None
    children: tuple[TopicNode, ...]


class TopicsView(Struct, frozen=True):
    """topics.html: the tree of topics."""

    head: Head
    summary: str
    chart: Chart | None  # of all that is published
    nodes: tuple[TopicNode, ...]
    empty: str


class TopicView(Struct, frozen=True):
    """topic.html: stories of a topic and of its children."""

    head: Head
    name: str
    description: str
    hashtags: tuple[str, ...]
    trail: tuple[Link, ...]
    children: tuple[Link, ...]
    summary: str
    chart: Chart | None
    cards: tuple[Card, ...]  # on the first page only
    days: tuple[Day, ...]
    pager: Pager
    empty: str


class OutletLine(Struct, frozen=True):
    """An outlet in the list of outlets. `note` says what is wrong with its feed, if anything."""

    badge: Badge
    address: str
    count: str
    newest: When
    note: str


class OutletsView(Struct, frozen=True):
    """outlets.html: all outlets that have a record, the busiest first."""

    head: Head
    summary: str
    chart: Chart | None  # of all that is published
    outlets: tuple[OutletLine, ...]
    empty: str


class OutletView(Struct, frozen=True):
    """outlet.html: what an outlet has."""

    head: Head
    badge: Badge
    description: str
    href: str
    summary: str
    chart: Chart | None
    days: tuple[Day, ...]
    pager: Pager


class DayCell(Struct, frozen=True):
    """A day in a calendar month; without reports `address` is empty."""

    number: str
    address: str
    count: str
    month: str  # "January 2024": number, month, count and noun are what a reader hears
    noun: str  # "reports"
    label: str  # "18 January 2024: 12 reports"
    level: int  # 0 to 4: how busy, for the shade
    blank: bool  # a place before the first or after the last of the month


class MonthBlock(Struct, frozen=True):
    """A month as a calendar."""

    label: str
    address: str
    count: str
    weeks: tuple[tuple[DayCell, ...], ...]


class YearBlock(Struct, frozen=True):
    """A year and its months."""

    label: str
    address: str
    count: str
    months: tuple[Link, ...]


class ArchiveView(Struct, frozen=True):
    """archive.html: all years, the newest as calendars."""

    head: Head
    summary: str
    chart: Chart | None
    months: tuple[MonthBlock, ...]  # of the newest year
    scale: tuple[str, ...]  # reports a day of each shade: "1 to 4", …
    years: tuple[YearBlock, ...]
    undated: Link | None
    empty: str


class YearView(Struct, frozen=True):
    """year.html: the months of a year as calendars."""

    head: Head
    label: str
    summary: str
    trail: tuple[Link, ...]
    months: tuple[MonthBlock, ...]
    scale: tuple[str, ...]
    earlier: Link | None
    later: Link | None


class MonthView(Struct, frozen=True):
    """month.html: a month's calendar and its leading stories."""

    head: Head
    label: str
    summary: str
    trail: tuple[Link, ...]
    month: MonthBlock
    scale: tuple[str, ...]
    cards: tuple[Card, ...]
    earlier: Link | None
    later: Link | None


class DayPart(Struct, frozen=True):
    """Some hours of a day of very many reports, newest first."""

    label: str  # "18:00 to 24:00"
    count: str  # "213 reports"
    rows: tuple[Row, ...]


class DayView(Struct, frozen=True):
    """day.html: a day's front page. Undated records have one too."""

    head: Head
    label: str
    summary: str
    trail: tuple[Link, ...]
    cards: tuple[Card, ...]  # stories of the day with more than one outlet, by rank
    rows: tuple[Row, ...]  # all reports of the day, newest first; empty where there are `parts`
    earlier: Link | None
    later: Link | None
    parts: tuple[DayPart, ...] = ()  # all reports of a day of very many


class PlainView(Struct, frozen=True):
    """plain.html: a page of the editor's own."""

    head: Head
    title: str
    body: Markup
    body_direction: str  # "ltr" or "rtl"


class NotFoundView(Struct, frozen=True):
    """404.html: says so, and offers ways on."""

    head: Head
    newest: tuple[Row, ...]  # the stories with the newest reports
