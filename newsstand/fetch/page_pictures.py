"""The picture that an item's own page names (``og:image``, ogp.me), where its feed names none.

One request more for each new item, and one for a host's robots.txt (RFC 9309), which is obeyed.
A host is asked one thing at a time, and not again in a run in which it has failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

from newsstand.fetch.discovery import head_of
from newsstand.fetch.entries import FoundPicture
from newsstand.fetch.feeds import is_challenge
from newsstand.fetch.http_answers import Client, Request
from newsstand.fetch.items import Item
from newsstand.fetch.robots import Robots
from newsstand.text.links import is_drawing

_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
_HOSTS_AT_ONCE = 8
_PUTS_OFF = (403, 429)


class PagePictures:
    """Asks pages for pictures. What it has learnt of hosts counts for one run."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._robots = Robots(client)
        self._closed: set[str] = set()  # hosts that are not asked any more

    def given(self, items: Sequence[Item], agent: str = "") -> tuple[Item, ...]:
        """The same items, those without a picture with that of their page, if it names one.

        A picture that several pages name is the outlet's own, and given to none. `agent` is that of
        a `Request`.
        """
        by_host: dict[str, list[str]] = {}
        for item in items:
            if item.picture is None:
                by_host.setdefault(urlsplit(item.link).netloc.lower(), []).append(item.link)
        if not by_host:
            return tuple(items)
        found: dict[str, str] = {}
        with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
            for named in pool.map(lambda links: self._of_host(links, agent), by_host.values()):
                found.update(named)
        uses = Counter(found.values())
        own = {link: picture for link, picture in found.items() if uses[picture] == 1}
        return tuple(_with(item, own.get(item.link, "")) for item in items)

    def _of_host(self, links: Iterable[str], agent: str) -> dict[str, str]:
        named = {link: self._of_page(link, agent) for link in links}
        return {link: picture for link, picture in named.items() if picture}

    def _of_page(self, link: str, agent: str) -> str:
        host = urlsplit(link).netloc.lower()
        if host in self._closed or not self._robots.may_read(link):
            return ""
        reply = self._client.get(Request(link, _ACCEPT, agent=agent))
        if not reply.status or reply.status >= 500 or reply.status in _PUTS_OFF:
            self._closed.add(host)
        if reply.status != 200 or is_challenge(reply):
            return ""
        picture = head_of(reply.body, reply.link, reply.headers.get("content-type", "")).picture
        return "" if is_drawing(picture) else picture


def _with(item: Item, picture: str) -> Item:
    if item.picture is not None or not picture:
        return item
    return replace(item, picture=FoundPicture(picture))
