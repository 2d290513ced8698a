"""Links of items: without what only counts readers; what is one item, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsstand.fetch.entries import Entry, ParsedFeed
from newsstand.fetch.item_identity import keys_of
from newsstand.fetch.items import NO_LINK, SHARED_LINK, Item, _plain_link, items_of

NOON = datetime(2024, 1, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://a.example/x?utm_source=rss&id=3", "https://a.example/x?id=3"),
        ("https://a.example/x?id=3&b=%20", "https://a.example/x?id=3&b=%20"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        (
            "https://a-example.cdn.ampproject.org/c/s/a.example/x?utm_medium=y",
            "https://a.example/x",
        ),
        ("https://a.example/x#part", "https://a.example/x#part"),
    ],
)
def test_a_link_without_tracking(link: str, wanted: str) -> None:
    """What is left stays in its order, and as it was written."""
    assert _plain_link(link, "https://a.example/") == wanted


def test_keys_in_common_make_one_item() -> None:
    """Guid, link, headline on a day, excerpt at an instant."""
    first = Item("Headline", "https://a.example/1", "id-1", "An excerpt.", NOON)
    keys = set(keys_of(first, NOON))
    others = [
        Item("Another", "https://a.example/2", "id-1", "x", None),
        Item("Another", "https://www.a.example/1/?utm_source=x", "id-2", "x", None),
        Item("Headline", "https://a.example/2", "id-2", "x", NOON.replace(hour=1)),
        Item("Another", "https://a.example/2", "id-2", "An excerpt.", NOON),
    ]
    assert all(keys & set(keys_of(other, NOON)) for other in others)
    strangers = [
        Item("Headline", "https://b.example/2", "id-1", "An excerpt.", NOON),
        Item("Headline", "https://a.example/2", "id-2", "x", NOON.replace(day=21)),
    ]
    assert not any(keys & set(keys_of(other, NOON)) for other in strangers)


def test_an_entry_needs_a_headline_and_a_link() -> None:
    """A headline may be made from the text; a link that all items share is none of them."""
    entries = (
        Entry(link="/1", summary="<p>Only a text, without a headline.</p>"),
        Entry(title="No link"),
        Entry(link="/home", title="One of two"),
        Entry(link="/home", title="Two of two"),
        Entry(link="ftp://a.example/", title="Odd link"),
        Entry(link="/home", title="With an id", guid="7"),
    )
    found = items_of(ParsedFeed(link="https://a.example/", entries=entries), "", "en")
    assert [(item.title, item.link) for item in found.items] == [
        ("Only a text, without a headline.", "https://a.example/1"),
        ("With an id", "https://a.example/home"),
    ]
    assert found.left_out == {NO_LINK: 2, SHARED_LINK: 2}
