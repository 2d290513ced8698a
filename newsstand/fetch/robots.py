"""robots.txt (RFC 9309), for pages: whether a host lets programs read one.

Feeds are not asked about: they are made for programs.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from newsstand.fetch.answers import Client, Request

PRODUCT = "Newsstand"
_MOST = 512 * 1024  # bytes: RFC 9309, 2.5


def may_read(client: Client, link: str) -> bool:
    """Whether the page at a link may be read.

    A host without the file allows everything, one that cannot answer nothing (2.3.1.3, 2.3.1.4).
    """
    parts = urlsplit(link)
    reply = client.get(Request(f"{parts.scheme}://{parts.netloc}/robots.txt", "text/plain"))
    if 400 <= reply.status < 500:
        return True
    if reply.status != 200:
        return False
    from protego import Protego

    rules = Protego.parse(reply.body[:_MOST].decode("utf-8", "replace"))
    return bool(rules.can_fetch(link, PRODUCT))
