"""What templates print: values that are ready to print, and nothing to compute.

Every template sees two names: ``site`` (a `SiteView`, the same on all pages) and
``page`` (the view in `views_of_pages` named after the template). An ``address`` is relative
to the site's root (``news/some-slug/``); a template puts ``page.head.root`` in front of
it. An ``href`` is complete and leads to another host. Text is plain and is escaped where
it is printed, but for fields of type `Markup`, which are sanitised HTML.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class Link(Struct, frozen=True):
    """A label and where it leads: an address of ours, or an href on another host."""

    label: str
    address: str = ""
    href: str = ""
    current: bool = False
    count: str = ""


class When(Struct, frozen=True):
    """An instant to print. Undated: `iso` is empty and the texts say "undated"."""

    iso: str
    full: str  # 18 January 2024, 19:04 UTC
    short: str  # 18 Jan, 19:04
    day: str  # 18 January 2024
    clock: str  # 19:04


class CopyView(Struct, frozen=True):
    """A copy of a picture in another width (pixels); `source` is an address of ours."""

    source: str
    width: int


class FormatView(Struct, frozen=True):
    """The copies of a picture in one format, such as ``image/avif``, the narrowest first."""

    type: str
    copies: tuple[CopyView, ...]


class PictureView(Struct, frozen=True):
    """A picture to show. `source` is an address of ours, or complete if `remote`.

    `formats` are copies that a browser may choose from, the best format first; there are some of
    pictures that were fetched. `space` is 0 to 26 and chooses the colour of its space. A small one
    has too few pixels for the width of a page.
    """

    source: str
    remote: bool
    width: int
    height: int
    alt: str
    credit: str
    formats: tuple[FormatView, ...] = ()
    space: int | None = None
    is_small: bool = False


class Badge(Struct, frozen=True):
    """An outlet at a glance: its logo if the site holds it, else initials on a tone.

    `tone` is 0 to 11 and chooses one of the twelve badge colours of the stylesheet.
    `address` is the outlet's page here, where a page leads there, else empty.
    """

    name: str
    domain: str
    address: str
    initials: str
    tone: int
    logo: PictureView | None


class TermView(Struct, frozen=True):
    """One reason of a score: "Heat", "12 outlets, 3 of them within 6 hours", "+3.58"."""

    name: str
    reason: str
    value: str


class Why(Struct, frozen=True):
    """Why a story stands where it stands; the terms add up to the score."""

    terms: tuple[TermView, ...]
    score: str


class Row(Struct, frozen=True):
    """One line of a list: time, outlet, headline."""

    headline: str
    language: str
    href: str  # the outlet's page; empty where there is no link
    host: str  # the outlet's host, said before the click
    address: str  # our page
    outlet: Badge | None
    when: When
    kind: str  # "" for an ordinary article, else "Video", "Podcast", …
    excerpt: str
    count: str  # "7 outlets", "3 reports"; empty for one report
    folded: tuple[Row, ...] = ()  # further ones of its outlet within the hour
    folded_label: str = ""  # "Example Wire: 35 more"


class FirstReport(Struct, frozen=True):
    """Who had a story first, or last, and when."""

    outlet: str  # name, empty where unknown
    when: When


class Card(Struct, frozen=True):
    """A story as the front page shows it."""

    headline: str
    language: str
    href: str
    host: str
    address: str
    outlet: Badge | None
    when: When
    kind: str
    excerpt: str
    picture: PictureView | None
    names: tuple[str, ...]  # other outlets that report it, at most three, cut
    more_names: str  # "4 more", where there are more
    beside: tuple[str, ...]  # the same of those that `others` does not have
    more_beside: str
    count: str  # "7 outlets", "3 reports"; empty for one report
    independent: str  # "3 independent", empty where all are
    first: FirstReport | None  # where several outlets report it
    others: tuple[Row, ...]  # other outlets' headlines, at most four, the newest first
    topics: tuple[Link, ...]
    pinned: bool
    why: Why | None  # on the front page


class Day(Struct, frozen=True):
    """The rows of one day, newest first. Undated records have a last "day"."""

    label: str  # Thursday 18 January 2024, or "Undated"
    iso: str
    address: str
    rows: tuple[Row, ...]
    more: str = ""  # where the stories of the day are, if no row has one


class Pager(Struct, frozen=True):
    """Where in a list that runs over several pages the reader is."""

    text: str  # "3 March 2024 to 18 January 2024"
    newer: str  # address; empty on the first page
    older: str  # address; empty on the last page
    first: str  # the newest
    last: str  # the oldest
    has_newer: bool
    has_older: bool
    many: bool  # more than one page


class TimelineMark(Struct, frozen=True):
    """A piece on the time axis: `x` in per cent of the width, `lane` 0, 1, 2 … from the axis up."""

    x: str
    lane: int
    shape: str  # "first", "independent" or "copy"
    label: str  # outlet and time, for the mark's title


class Tick(Struct, frozen=True):
    """A labelled place on the time axis; `x` in per cent of the width."""

    x: str
    label: str
    align: str  # "start", "middle" or "end"


class Timeline(Struct, frozen=True):
    """Who reported when, on one axis."""

    marks: tuple[TimelineMark, ...]
    ticks: tuple[Tick, ...]
    lanes: int
    label: str  # the text equivalent


class CoverageItem(Struct, frozen=True):
    """One piece in a list of coverage."""

    headline: str
    language: str
    href: str
    host: str
    address: str  # our page for it, empty where we hold no record
    outlet: Badge | None
    when: When
    gap: str  # "3 h 14 min after the first", or empty
    kind: str
    excerpt: str
    picture: PictureView | None
    is_first: bool
    is_copy: bool  # has the text of another piece of its story


class OutletCoverage(Struct, frozen=True):
    """What one outlet reports of a story: its newest report, and what is folded below that."""

    piece: CoverageItem
    earlier: tuple[CoverageItem, ...]  # its other reports, the newest first, then what is none
    earlier_label: str  # "2 earlier reports and 1 other piece"
    copies: tuple[CoverageItem, ...]  # pieces with the same text as one of these
    copies_label: str  # "Same text at 3 outlets"


class Bar(Struct, frozen=True):
    """A day in a small bar chart: place, width and height in per cent."""

    x: str
    y: str
    width: str
    height: str
    label: str


class Chart(Struct, frozen=True):
    """How busy a topic or an outlet was, a bar a day (or a month, or a year)."""

    bars: tuple[Bar, ...]
    start: str
    end: str
    label: str  # the text equivalent: "213 reports in 30 days, most on 18 January: 12"


class Head(Struct, frozen=True):
    """What the head of a page needs."""

    root: str  # "./", "../", "../../" …: the way to the site's root
    address: str
    title: str  # for the title element
    description: str
    canonical: str  # empty where the site has no url
    image: str  # absolute address for Open Graph, or empty
    og_type: str  # "website" or "article"
    json_ld: Markup  # safe inside a script element; may be empty
    section: str  # "front", "topics", "outlets", "archive" or empty
    prev: str  # address of the previous page of the same list, or empty
    next: str
    creator: str = ""  # account in the Fediverse of the outlet whose report it is, or empty


class SiteView(Struct, frozen=True):
    """What is the same on every page."""

    title: str
    description: str
    language: str  # tag of the site's own text
    direction: str  # "ltr" or "rtl"
    topics: tuple[Link, ...]  # the busiest or top-level topics, for the masthead
    sections: tuple[Link, ...]  # Topics, Outlets, Archive
    header_links: tuple[Link, ...]  # the editor's links
    header_addresses: tuple[str, ...]  # where those lead that lead to pages of the site
    footer_links: tuple[Link, ...]  # the editor's links and plain pages
    stylesheet: str  # address
    own_stylesheet: str  # static/css/own.css, where a site has one
    script: str  # address
    feed: str  # address
    favicon: str  # address
    manifest: str  # address
    policy: str  # Content-Security-Policy
    referrer: str  # value of the referrer policy meta
    theme_light: str  # colour of the browser's own bars
    theme_dark: str
    generator: str  # Newsstand and its version
    picture: str  # absolute address of what stands for pages without a picture, or empty
    creator: str  # @name@host in the Fediverse, or empty
