"""Small values ready to print: times, outlets, pictures, links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from newsstand.content.kinds.cached_picture import colour_of, copies_of
from newsstand.content.kinds.settings import Config
from newsstand.content.topic_tree import ancestry
from newsstand.model import Coverage, Picture, Story, Topic
from newsstand.outputs import urls
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views_of_parts import (
    Badge,
    CopyView,
    FormatView,
    Link,
    PictureView,
    TermView,
    When,
    Why,
)
from newsstand.site import Ranked
from newsstand.stories.rank import score, terms
from newsstand.text.date_names import clock, day_name, iso, short_day
from newsstand.text.direction import direction
from newsstand.text.headline_labels import without_label
from newsstand.text.links import host_of, is_drawing
from newsstand.text.strings import initials, plural, short_hash
from newsstand.text.zones import local

_UNDATED = When("", "undated", "undated", "undated", "undated")
_TONES = 12
_BEGINNING = 400  # characters, in which a foreign name is a small part
_BEGINNING_WITH_TAGS = 10 * _BEGINNING
_WIDE = 480  # pixels: of less, a picture across a page would be blurred
INTERFACE = "en"
"""The language of all words that are not the site's own."""
_KINDS = {"article": "", "news": ""}


def when(
    context: ViewContext, moment: datetime | None, year: int = 0, is_day: bool = False
) -> When:
    """An instant in all the forms that pages print, as the site's clock shows it.

    The undated say so; where only the day is known, no hour is invented. The short form names the
    year where it is not the one that a page is about.
    """
    zone = context.config.timezone
    if is_day and moment is not None:
        return _day(moment, year, zone)
    return _when(moment, year, zone)


def time_of(context: ViewContext, piece: Coverage, year: int = 0) -> When:
    """When a piece was published."""
    return when(context, piece.published, year, piece.is_day)


@lru_cache(maxsize=65536)
def _when(moment: datetime | None, this_year: int, zone: str) -> When:
    if moment is None:
        return _UNDATED
    shown = local(moment, zone)
    day, time = day_name(shown), clock(shown)
    year = "" if shown.year == this_year else f" {shown.year}"
    return When(
        iso=iso(moment),
        full=f"{day}, {time} {shown.tzname() or 'UTC'}",
        short=f"{short_day(shown)}{year}, {time}",
        day=day,
        clock=time,
    )


@lru_cache(maxsize=4096)
def _day(moment: datetime, this_year: int, zone: str) -> When:
    day = local(moment, zone).date()
    name = day_name(day)
    year = "" if day.year == this_year else f" {day.year}"
    return When(iso=day.isoformat(), full=name, short=f"{short_day(day)}{year}", day=name, clock="")


def kind(piece: Coverage) -> str:
    """The kind of a piece in a word, such as "Video"; empty for an ordinary article."""
    return _KINDS.get(piece.kind, piece.kind[:20].capitalize())


def headline(title: str, piece: Coverage) -> str:
    """A title as it stands beside the `kind` of a piece, which is said once."""
    return without_label(title, piece.kind) if kind(piece) else title


def language(context: ViewContext, tag: str) -> str:
    """The language tag of a text (else the site's), empty where it is that of the interface."""
    tag_or_default = tag or context.config.language
    return "" if tag_or_default.partition("-")[0].casefold() == INTERFACE else tag_or_default


def prose_direction(prose: Markup, tag: str) -> str:
    """The value of ``dir`` for a text of several paragraphs, by how it begins."""
    return direction(prose[:_BEGINNING_WITH_TAGS].striptags()[:_BEGINNING], tag)


def year_of(context: ViewContext, moment: datetime | None) -> int:
    """The year of an instant by the site's clock, 0 where there is none."""
    return local(moment, context.config.timezone).year if moment else 0


def outlet_name(context: ViewContext, domain: str) -> str:
    """What an outlet is called; its domain where nobody says."""
    provider = context.outlet(domain)
    return provider.name if provider else domain


def badge(context: ViewContext, domain: str, linked: bool = False) -> Badge | None:
    """An outlet at a glance; None where the outlet is not known.

    `linked` is for outlets of records: these have a page.
    """
    if not domain:
        return None
    return context.once(("badge", domain, linked), lambda: _badge(context, domain, linked))


def _badge(context: ViewContext, domain: str, linked: bool) -> Badge:
    name = outlet_name(context, domain)
    return Badge(
        name=name,
        domain=domain,
        address=urls.outlet(domain) if linked else "",
        initials=initials(name),
        tone=int(short_hash(domain), 16) % _TONES,
        logo=_logo(context, domain),
    )


def _logo(context: ViewContext, domain: str) -> PictureView | None:
    provider = context.outlet(domain)
    pictures = provider.pictures if provider else ()
    shown = sorted((p for p in pictures if may_show(context.config, p)), key=lambda p: p.width)
    return picture(context, shown[0], "") if shown else None


def may_show(config: Config, shown: Picture) -> bool:
    """Whether the settings let a page show a picture."""
    policy = config.images
    return policy == "remote" or (policy == "local" and shown.is_local)


def picture(context: ViewContext, shown: Picture | None, alt: str) -> PictureView | None:
    """A picture to print, None where there is none or the image policy keeps it out."""
    if shown is None or not may_show(context.config, shown):
        return None
    local = shown.is_local
    return PictureView(
        source=urls.path_address(shown.source) if local else shown.source,
        remote=not local,
        width=shown.width,
        height=shown.height,
        alt=shown.title or alt,
        credit=shown.attribution,
        formats=tuple(_formats(shown.source)),
        space=_space(shown.source),
        is_small=0 < shown.width < _WIDE and not is_drawing(shown.source),
    )


def _formats(source: str) -> Iterator[FormatView]:
    for media_type, copies in copies_of(source).items():
        yield FormatView(media_type, tuple(CopyView(urls.path_address(p), w) for w, p in copies))


def _space(source: str) -> int | None:
    """One of 27 colours, three steps of red, green and blue each: no page has colours inline."""
    colour = colour_of(source)
    if not colour:
        return None
    red, green, blue = (min(2, int(colour[at : at + 2], 16) // 86) for at in (0, 2, 4))
    return 9 * red + 3 * green + blue


def lead_picture(context: ViewContext, piece: Coverage) -> PictureView | None:
    """The picture of a piece."""
    return picture(context, piece.picture, "")


def host(piece: Coverage) -> str:
    """The host a piece's link leads to, as a reader knows it."""
    return host_of(piece.link)


def topic_link(topic: Topic, count: str = "") -> Link:
    """A link to a topic's page."""
    return Link(topic.shortname or topic.name, urls.topic(topic.id), count=count)


def topic_links(context: ViewContext, story: Story) -> tuple[Link, ...]:
    """The topics of a story, without the site's own topic."""
    topics = map(context.topic, context.topics_of(story))
    return tuple(topic_link(t) for t in topics if t.id != context.own_topic)


def topic_trail(context: ViewContext, topic_id: str, with_itself: bool = True) -> tuple[Link, ...]:
    """The way from all topics down to one."""
    chain = ancestry(context.topic, topic_id)
    shown = chain if with_itself else chain[:-1]
    return (Link("Topics", urls.TOPICS), *(topic_link(t) for t in shown))


def why(context: ViewContext, ranked: Ranked) -> Why:
    """The terms of a story's score; they add up to it."""
    weights, (story, standing) = context.config.ranking, ranked
    score_terms = terms(story, weights, standing)
    views = tuple(TermView(t.name, t.reason, _signed(t.value)) for t in score_terms)
    return Why(views, f"{score(story, weights, standing):.2f}")


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"


def count(outlets: int, reports: int = 1, others: int = 0) -> str:
    """A story's size: "7 outlets", or "3 reports" of one outlet; empty for a single piece.

    Of one report and what is none, such as an opinion, they are "2 pieces".
    """
    if outlets > 1:
        return plural(outlets, "outlet")
    if reports > 1:
        return plural(reports, "report")
    return plural(reports + others, "piece") if others else ""


def story_address(story: Story) -> str:
    """Our page about a story: its own; that of its record, where it has no other report."""
    return urls.story(story.id) if story.has_page else urls.article(story.lead.slug)
