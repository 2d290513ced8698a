"""What each page template prints: one view a template, made of the parts in `views`."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from newsstand.outputs.html.views import (
    Badge,
    Card,
    Chart,
    CoverageItem,
    Day,
    Head,
    Link,
    Pager,
    PictureView,
    Row,
    StoryPanel,
    When,
    Why,
)


class TopicBlock(Struct, frozen=True):
    """A busy topic on the front page: a story and two more lines."""

    name: str
    address: str
    card: Card
    rows: tuple[Row, ...]


class FrontView(Struct, frozen=True):
    """front.html: the front page and the pages of its river."""

    head: Head
    number: int  # of the page, from 1
    lead: Card | None  # on the first page only, as are `second` and `blocks`
    second: tuple[Card, ...]  # stories beside the leading one
    blocks: tuple[TopicBlock, ...]
    days: tuple[Day, ...]  # the river
    pager: Pager
    newest: When | None  # time of the newest record
    empty: str  # what to say where there is no story at all, else empty


class ArticleView(Struct, frozen=True):
    """article.html: a record, its story's coverage, what is related."""

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
    body: Markup
    trail: tuple[Link, ...]  # topic path
    topics: tuple[Link, ...]
    story: StoryPanel | None
    why: Why | None  # where there is no story panel to say it
    related: tuple[CoverageItem, ...]  # shown
    related_more: tuple[CoverageItem, ...]  # folded
    related_count: str  # "36 reports from 12 outlets"
    related_more_label: str  # "Show 24 more"
    nearest: tuple[Row, ...]  # others by likeness, where little is declared
    before: Row | None  # the record before it in time
    after: Row | None


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
    """archive.html: all years."""

    head: Head
    summary: str
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
    earlier: Link | None
    later: Link | None


class MonthView(Struct, frozen=True):
    """month.html: a month's calendar and its leading stories."""

    head: Head
    label: str
    summary: str
    trail: tuple[Link, ...]
    month: MonthBlock
    cards: tuple[Card, ...]
    earlier: Link | None
    later: Link | None


class DayView(Struct, frozen=True):
    """day.html: a day's front page. Undated records have one too."""

    head: Head
    label: str
    summary: str
    trail: tuple[Link, ...]
    cards: tuple[Card, ...]  # stories of the day with more than one outlet, by rank
    rows: tuple[Row, ...]  # all reports of the day, newest first
    earlier: Link | None
    later: Link | None


class PlainView(Struct, frozen=True):
    """plain.html: a page of the editor's own."""

    head: Head
    title: str
    body: Markup


class NotFoundView(Struct, frozen=True):
    """404.html: says so, and offers ways on."""

    head: Head
    newest: tuple[Row, ...]
