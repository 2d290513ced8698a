"""The bytes that came from a feed's address -> the feed, or what else it is and what to do."""

from __future__ import annotations

import re

from newsstand.fetch.entries import NotAFeedError, ParsedFeed
from newsstand.fetch.http_answers import Reply

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# What protection against programs answers with, whoever sells it.
_CHALLENGE = re.compile(
    rb"cf-chl|cf_chl|challenge-platform|just a moment\.\.\.|attention required!|"
    rb"checking your browser|captcha|datadome|incapsula|"
    rb"perimeterx|distil_|sucuri|akamai.{0,40}denied|access denied|"
    rb"verify (?:that )?you are (?:a )?human|enable javascript and cookies|"
    rb"are you a robot|unusual traffic|bot protection|ddos-guard|anubis",
    re.IGNORECASE | re.DOTALL,
)
_LARGEST_CHALLENGE = 60_000  # bytes
_REFUSING = (401, 402, 403, 406, 429, 451, 503)


def parse_feed(body: bytes, link: str, content_type: str = "") -> ParsedFeed:
    """The feed. Raises NotAFeedError, which knows whether it is a web page."""
    if not body.strip():
        raise NotAFeedError("is empty")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        from newsstand.fetch.json_feed_parser import parse_json

        return parse_json(body.removeprefix(b"\xef\xbb\xbf"))
    if is_page(body):
        raise NotAFeedError("is a web page, no feed", is_page=True)
    from newsstand.fetch.feed_parser import parse_xml

    return parse_xml(body, link, content_type)


def is_page(body: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return bool(_PAGE.match(body[:4000]))


def is_challenge(reply: Reply) -> bool:
    """Whether an answer is meant to keep programs out: it does not say that the feed is gone."""
    if reply.headers.get("cf-mitigated"):
        return True
    is_small = len(reply.body) < _LARGEST_CHALLENGE  # pages of news may have a riddle in a form
    if (reply.status == 200 and is_small) or reply.status in _REFUSING:
        return is_page(reply.body) and bool(_CHALLENGE.search(reply.body[:40_000]))
    return False


def is_refusal(reply: Reply) -> bool:
    """Whether a host does not want to answer us, challenge or not."""
    return is_challenge(reply) or reply.status in (401, 402, 403, 406, 451)
