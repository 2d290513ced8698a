"""Small values ready to print: times, outlets, pictures, links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from newsstand.content.topic_tree import ancestry
from newsstand.model import Coverage, Picture, Story, Topic
from newsstand.outputs import urls
from newsstand.outputs.html.views import Link, Mark, PictureView, TermView, When, Why
from newsstand.site import Site, newest_year
from newsstand.text.dates import clock, day_name, iso, short_day
from newsstand.text.links import host_of
from newsstand.text.strings import initials, plural, short_hash

V = TypeVar("V")
_UNDATED = When("", "undated", "undated", "undated", "undated")
_TONES = 12
_MANY = 50_000
_KINDS = {"article": "", "news": ""}


def when(site: Site, moment: datetime | None) -> When:
    """An instant in all the forms that pages print; the undated say so.

    The short form names the year where it is not that of the newest record.
    """
    return _when(moment, newest_year(site))


@lru_cache(maxsize=65536)
def _when(moment: datetime | None, this_year: int) -> When:
    if moment is None:
        return _UNDATED
    day, time = day_name(moment), clock(moment)
    year = "" if moment.year == this_year else f" {moment.year}"
    return When(
        iso=iso(moment),
        full=f"{day}, {time} UTC",
        short=f"{short_day(moment)}{year}, {time}",
        day=day,
        clock=time,
    )


def kind(piece: Coverage) -> str:
    """Such as "Video" and the like; empty for an ordinary article."""
    return _KINDS.get(piece.kind, piece.kind[:20].capitalize())


def language(site: Site, tag: str) -> str:
    """A language tag, empty where it is the site's own."""
    return "" if tag.casefold() == site.config.language.casefold() else tag


def outlet_name(site: Site, domain: str) -> str:
    """What an outlet is called; its domain where nobody says."""
    provider = site.providers.get(domain)
    return provider.name if provider else domain


def once(site: Site, key: object, make: Callable[[], V]) -> V:
    """A value that many pages print, made when it is first asked for."""
    value: V | None = site.memo.get(key)
    if value is None:
        if len(site.memo) > _MANY:
            site.memo.clear()  # memory has a bound; what is still wanted is made again
        value = site.memo[key] = make()
    return value


def mark(site: Site, domain: str) -> Mark | None:
    """An outlet at a glance; None where the outlet is not known."""
    return once(site, ("mark", domain), lambda: _mark(site, domain)) if domain else None


def _mark(site: Site, domain: str) -> Mark:
    name = outlet_name(site, domain)
    return Mark(
        name=name,
        domain=domain,
        address=urls.outlet(domain) if domain in site.by_outlet else "",
        initials=initials(name),
        tone=int(short_hash(domain), 16) % _TONES,
        logo=_logo(site, domain),
    )


def _logo(site: Site, domain: str) -> PictureView | None:
    provider = site.providers.get(domain)
    pictures = provider.pictures if provider else ()
    shown = sorted((p for p in pictures if _may_show(site, p)), key=lambda p: p.width)
    return picture(site, shown[0], "") if shown else None


def _may_show(site: Site, shown: Picture) -> bool:
    policy = site.config.images
    return policy == "remote" or (policy == "local" and shown.is_local)


def picture(site: Site, shown: Picture | None, alt: str) -> PictureView | None:
    """A picture to print, None where there is none or the image policy keeps it out."""
    if shown is None or not _may_show(site, shown):
        return None
    local = shown.is_local
    return PictureView(
        source=urls.path_address(shown.source) if local else shown.source,
        remote=not local,
        width=shown.width,
        height=shown.height,
        alt=shown.title or alt,
        credit=shown.attribution,
    )


def lead_picture(site: Site, piece: Coverage) -> PictureView | None:
    """The picture of a piece."""
    return picture(site, piece.picture, "")


def page_of(site: Site, piece: Coverage) -> str:
    """Our page for a piece, empty where we hold no record of it."""
    for key in piece.keys:
        if key in site.holder:
            return urls.article(site.holder[key].slug)
    return ""


def host(piece: Coverage) -> str:
    """The host a piece's link leads to, as a reader knows it."""
    return host_of(piece.link)


def topic_link(topic: Topic, count: str = "") -> Link:
    """A link to a topic's page."""
    return Link(topic.shortname or topic.name, urls.topic(topic.id), count=count)


def topic_links(site: Site, story: Story) -> tuple[Link, ...]:
    """The topics of a story, without the site's own topic."""
    topics = (site.topics[t] for t in site.topics_of[story.id])
    return tuple(topic_link(t) for t in topics if t.id != site.own_topic)


def topic_trail(site: Site, topic_id: str, with_itself: bool = True) -> tuple[Link, ...]:
    """The way from all topics down to one."""
    chain = ancestry(site.topics, topic_id)
    shown = chain if with_itself else chain[:-1]
    return (Link("Topics", urls.TOPICS), *(topic_link(t) for t in shown))


def why(site: Site, story: Story) -> Why:
    """The terms of a story's score; they add up to it."""
    found = site.ranking.terms(story)
    terms = tuple(TermView(t.name, t.reason, _signed(t.value)) for t in found)
    return Why(terms, f"{site.ranking.score(story):.2f}")


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"


def outlets_count(story: Story) -> str:
    """Such as "7 outlets"; empty where no outlet is known."""
    return plural(len(story.outlets), "outlet") if story.outlets else ""
