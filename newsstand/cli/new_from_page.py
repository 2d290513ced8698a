"""``new --url`` without a headline: what the page itself says of its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newsstand.cli.common_options import ContentOptions, WrongUsage, cache_folder
from newsstand.cli.network import client_of
from newsstand.cli.site_folders import config_of
from newsstand.cli.terminal import quiet
from newsstand.content.draft import Draft
from newsstand.content.kinds.settings import Config
from newsstand.fetch.discovery import PageHead, head_of
from newsstand.fetch.feed_answer import ONLY_WITH_LEAVE
from newsstand.fetch.feeds import is_challenge
from newsstand.fetch.http_answers import Client, Reply, Request
from newsstand.fetch.robots import Robots
from newsstand.model import Picture, Provider
from newsstand.text.links import host_of

_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"


def draft_of_page(
    options: ContentOptions, link: str, now: datetime, allow_private: bool
) -> tuple[Draft, Provider | None]:
    """The page at a link -> a draft, and the outlet as the page calls it. Raises WrongUsage."""
    config = config_of(options)
    client = client_of(config, anywhere=allow_private)
    head = _head(client, link)
    if not head.title:
        raise WrongUsage(f'{link} names no headline; write one: new "A headline" --url …')
    own = head.language.partition("-")[0].lower()
    site_language = config.language.partition("-")[0].lower()
    draft = Draft(
        title=head.title,
        published=min(head.published or now, now),
        link=head.link,
        excerpt=head.description,
        arrived=now,
        language=head.language if own != site_language else "",
        pictures=(Picture(head.picture),) if head.picture else (),
    )
    _store_picture(options, config, client, head.picture)
    host = host_of(head.link)
    return draft, Provider(host, head.outlet) if head.outlet else None


def _head(client: Client, link: str) -> PageHead:
    robots = Robots(client)
    if not robots.may_read(link):
        fault = _why_not(robots.answer_for(link))
        raise WrongUsage(f'{link} {fault}; or write the headline: new "A headline" --url …')
    reply = client.get(Request(link, _ACCEPT))
    if reply.status != 200 or is_challenge(reply):
        fault = reply.fault or f"answers {reply.status} to programs"
        raise WrongUsage(f'{link} {fault}; write the headline: new "A headline" --url …')
    head = head_of(reply.body, reply.link, reply.headers.get("content-type", ""))
    return replace(head, language=head.language if _is_tag(head.language) else "")


def _why_not(robots: Reply) -> str:
    """Why a page may not be read, from what its host said to robots.txt."""
    if robots.private:
        return f"{robots.fault}: {ONLY_WITH_LEAVE}"
    if robots.status == 200:
        return "may not be read by programs, its robots.txt says"
    return robots.fault or f"may not be read: its robots.txt answers {robots.status}"


def _is_tag(text: str) -> bool:
    from newsstand.fetch.items import tag_of

    return bool(tag_of(text))


def _store_picture(options: ContentOptions, config: Config, client: Client, link: str) -> None:
    if not link or not config.fetch.pictures:
        return
    from newsstand.cli.fetch_pictures import store_pictures
    from newsstand.fetch.picture_store import Wanted

    cache = cache_folder(options.content)
    store_pictures([Wanted(link, link)], options.content, cache, config.fetch, client, quiet)
