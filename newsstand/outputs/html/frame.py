"""What is the same on every page: the masthead, the navigation, the footer, the policy."""

from __future__ import annotations

from collections.abc import Iterable

from newsstand import __version__
from newsstand.content.kinds.setting_types import SiteLink
from newsstand.content.kinds.settings import Config
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.masthead_topics import masthead_topics
from newsstand.outputs.html.views_of_parts import Link, SiteView
from newsstand.outputs.internal_links import places_of
from newsstand.problems import Finding, nearest, quoted, warning
from newsstand.site import Site
from newsstand.text.direction import runs_right_to_left

REFERRER = "strict-origin-when-cross-origin"
"""The referrer policy of every page: other hosts learn the site, not the page."""


def site_view(site: Site, assets: dict[str, str]) -> SiteView:
    """What is the same on every page. `assets` gives the address of each static file."""
    config = site.config
    pages = tuple(Link(p.title, urls.plain(p.slug)) for p in site.pages)
    header_links = _site_links(site, config.header_links)
    return SiteView(
        title=config.title,
        description=config.description,
        language=config.language,
        direction="rtl" if runs_right_to_left(config.language) else "ltr",
        topics=tuple(map(formatting.topic_link, masthead_topics(site))),
        sections=(
            Link("Topics", urls.TOPICS),
            Link("Outlets", urls.OUTLETS),
            Link("Archive", urls.ARCHIVE),
        ),
        header_links=header_links,
        header_addresses=tuple(link.address for link in header_links if link.address),
        footer_links=_once(pages, _site_links(site, config.footer_links)),
        stylesheet=assets.get("css/site.css", ""),
        own_stylesheet=assets.get("css/own.css", ""),
        script=assets.get("js/newsstand.js", ""),
        feed=urls.FEED,
        favicon=assets.get("favicon.svg", ""),
        manifest=urls.MANIFEST,
        policy=content_policy(config.images),
        referrer=REFERRER,
        theme_light="#FBFAF7",
        theme_dark="#15140F",
        generator=f"Newsstand {__version__}",
        picture=_picture(config, assets),
        creator=config.fediverse,
    )


def _picture(config: Config, assets: dict[str, str]) -> str:
    """The site's picture for networks, where it is a static file and the site has an address."""
    address = assets.get(config.picture.lstrip("/"), "")
    return f"{config.url}{address}" if config.url and address else ""


def _site_links(site: Site, links: Iterable[SiteLink]) -> tuple[Link, ...]:
    """The editor's links, without those that lead nowhere in the site (see `dead_site_links`)."""
    placed = ((link, _place(link)) for link in links)
    return tuple(
        Link(link.label, href=link.url) if place is None else Link(link.label, address=place)
        for link, place in placed
        if place is None or place in places_of(site)
    )


def _place(link: SiteLink) -> str | None:
    """The address that a link of the settings leads to; None for another host."""
    return urls.path_address(link.url[1:]) if link.url.startswith("/") else None


def dead_site_links(site: Site) -> tuple[Finding, ...]:
    """Links of the settings that lead nowhere in the site; a topic and a picture that are none."""
    config = site.config
    picture = config.picture.lstrip("/")
    lost = (_no_picture(site, picture),) if picture and picture not in site.static else ()
    topic = () if not config.topic or site.own_topic else (_no_topic(site),)
    named = (("header_links", config.header_links), ("footer_links", config.footer_links))
    dead = tuple(
        warning(
            (key, link.place, "url"),
            "link-leads-nowhere",
            f"the link {quoted(link.url)} of the settings leads to no page of the site",
            "add the page, or delete the link; until then it is not shown",
        )
        for key, links in named
        for link in links
        if (place := _place(link)) is not None and place not in places_of(site)
    )
    return (*topic, *lost, *dead)


def _no_topic(site: Site) -> Finding:
    close = nearest(site.config.topic, (t.name for t in site.topics.values()))
    return warning(
        ("topic",),
        "topic-unknown",
        f"no record and no file names the topic {quoted(site.config.topic)}",
        f"did you mean {close}?" if close else "add a file for it in topics/, or delete the line",
    )


def _no_picture(site: Site, path: str) -> Finding:
    name, ending = path.rpartition("/")[2], path.rpartition(".")[2]
    pictures = [place for place in site.static if place.endswith(f".{ending}")]
    same_name = [place for place in pictures if place.rpartition("/")[2] == name]
    close = min(same_name, default="") or nearest(path, pictures)
    return warning(
        ("picture",),
        "picture-missing",
        f"there is no picture {quoted(site.config.picture)} in static/",
        f"did you mean /{close}?" if close else "put it there, mend the path, or delete the line",
    )


def _once(first: tuple[Link, ...], others: tuple[Link, ...]) -> tuple[Link, ...]:
    """The editor's links, then plain pages that they do not name."""
    named = {link.address for link in others if link.address}
    return (*others, *(link for link in first if link.address not in named))


def content_policy(images: str) -> str:
    """Content-Security-Policy (level 3): nothing but what the site itself holds."""
    pictures = "'self' https: http:" if images == "remote" else "'self'"
    return (
        f"default-src 'none'; img-src {pictures}; style-src 'self'; script-src 'self'; "
        "manifest-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )
