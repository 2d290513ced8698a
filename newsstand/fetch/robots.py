"""robots.txt (RFC 9309), for pages: whether a host lets programs read one.

Feeds are not asked about: they are made for programs.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from newsstand.fetch.http_answers import Client, Reply, Request

PRODUCT = "Newsstand"
Rules = Callable[[str], bool]
_MOST = 512 * 1024  # bytes: RFC 9309, 2.5


class Robots:
    """Asks each host for its robots.txt once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rules: dict[str, Rules] = {}
        self._replies: dict[str, Reply] = {}

    def may_read(self, link: str) -> bool:
        """Whether the page at a link may be read."""
        origin = _origin(link)
        if origin not in self._rules:
            reply = self._client.get(Request(f"{origin}/robots.txt", "text/plain"))
            self._replies[origin] = reply
            self._rules[origin] = _rules_of(reply)
        return self._rules[origin](link)

    def answer_for(self, link: str) -> Reply:
        """What the host of a link, about which `may_read` was asked, said to its robots.txt."""
        return self._replies[_origin(link)]


def _origin(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"


def _rules_of(reply: Reply) -> Rules:
    """No file allows everything, a host that cannot answer nothing (RFC 9309, 2.3.1.3, 2.3.1.4)."""
    if 400 <= reply.status < 500:
        return lambda _: True
    if reply.status != 200:
        return lambda _: False
    from protego import Protego

    rules = Protego.parse(reply.body[:_MOST].decode("utf-8", "replace"))
    return lambda link: bool(rules.can_fetch(link, PRODUCT))
