"""The feeds of an outlet: ``feeds:`` in a file of ``providers/``."""

from __future__ import annotations

from msgspec import Struct

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.problems import error, quoted

FEED_KEYS = ("url", "topics", "interval", "user_agent", "language", "full_text")
LONGEST_INTERVAL = 7 * 24 * 60


class FeedEntry(Struct, frozen=True):
    """A feed, and what an editor says about it.

    `topics` are those of all its items, `interval` the fewest minutes between two requests (0: the
    site's), `agent` the name to give, `language` that of its items, `full_text` whether the outlet
    allows that its whole texts are shown.
    """

    link: str
    topics: tuple[str, ...] = ()
    interval: int = 0
    agent: str = ""
    language: str = ""
    full_text: bool = False


def read_feeds(values: Fields) -> tuple[FeedEntry, ...]:
    """The list ``feeds`` of an outlet: addresses, or groups of keys."""
    feeds = []
    for index, item in values.entries("feeds"):
        keys: Value = {"url": item} if isinstance(item, str) else item
        entry = values.entry("feeds", index, keys)
        feed = _feed(entry) if entry else None
        if feed:
            feeds.append(feed)
    return tuple(feeds)


def _feed(values: Fields) -> FeedEntry | None:
    values.expect(FEED_KEYS, "a feed")
    link = values.link("url")
    if not link:
        if not values.raw("url"):
            values.note(error((), "feed-no-url", "a feed has no url", "add url: https://…/feed"))
        return None
    return FeedEntry(
        link=link,
        topics=values.lines("topics"),
        interval=_minutes(values),
        agent=values.line("user_agent"),
        language=values.language("language"),
        full_text=bool(values.flag("full_text")),
    )


def _minutes(values: Fields) -> int:
    number = values.integer("interval")
    if number is None or 1 <= number <= LONGEST_INTERVAL:
        return number or 0
    message = f"interval is {quoted(number)}, which is no number of minutes that a feed can wait"
    hint = f"write a whole number from 1 to {LONGEST_INTERVAL:,}"
    values.note(error(("interval",), "number-range", message, hint))
    return 0
