"""What a feed's marks say of an item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsstand.fetch.entries import Entry, ParsedFeed
from newsstand.fetch.items import items_of
from newsstand.fetch.kinds_of_report import quality_of, type_of, wire_of, without_dateline


@pytest.mark.parametrize(
    ("marks", "title", "attached", "wanted"),
    [
        ((), "Bridge opens", (), "article"),
        (("Opinion",), "Why bridges", (), "opinion"),
        ((), "Opinion | Why bridges", (), "opinion"),
        ((), "LIVE: Storm nears", (), "live"),
        ((), "[Anzeige] Kauft", (), "sponsored"),
        (("Opinion", "Paid Post"), "Buy", (), "sponsored"),
        ((), "Watch", ("video/mp4",), "video"),
        ((), "Listen", ("audio/mpeg",), "audio"),
        ((), "Look", ("image/jpeg",), "article"),
        ((), "VIDEO: Bridge opens", (), "video"),
        (("Podcasts",), "Bridge talk", (), "audio"),
        ((), "Watch | Bridge opens", (), "video"),
        (("Live",), "VIDEO: Storm nears", (), "live"),
        (("Opinion polls",), "Who leads", (), "article"),
        ((), "Living: how to", (), "article"),
        ((), "“Live: a life” is out", (), "article"),
    ],
)
def test_type(marks: tuple[str, ...], title: str, attached: tuple[str, ...], wanted: str) -> None:
    """A whole category, or the words before a headline's colon; else what comes along."""
    assert type_of(marks, title, attached) == wanted


@pytest.mark.parametrize(
    ("text", "authors", "wanted"),
    [
        ("WASHINGTON (AP) — The bridge", (), "AP"),
        ("Berlin (dpa) - Die Brücke", (), "dpa"),
        ("(Reuters) - The bridge", (), "Reuters"),
        ("PARIS (AFP/Reuters) – Le pont", (), "AFP"),
        ("The bridge", ("By The Associated Press",), "AP"),
        ("The bridge", ("Jane Doe, Reuters",), "Reuters"),
        ("The app (AP) store is down", (), ""),
        ("HARBOUR (Gazette) — The bridge", (), ""),
        ("The bridge", ("pa",), ""),
        ("The bridge", ("Jane Apple",), ""),
    ],
)
def test_wire(text: str, authors: tuple[str, ...], wanted: str) -> None:
    """By dateline or byline; a short name only as the agency writes it."""
    assert wire_of(text, authors) == wanted


def test_only_an_agencys_dateline_is_cut_off() -> None:
    """Other brackets stay."""
    assert without_dateline("WASHINGTON (AP) — The bridge is open.") == "The bridge is open."
    assert without_dateline("HARBOUR (Gazette) — The bridge") == "HARBOUR (Gazette) — The bridge"


def test_a_dateline_before_a_headline_is_none_of_its_words() -> None:
    """Nor of the record's name; the agency is known by it."""
    title = "WASHINGTON (AP) — Senate passes harbour bill"
    entry = Entry(title=title, link="https://gull.example/1", summary="It was late.")
    feed = ParsedFeed(link="https://gull.example/feed", entries=(entry,))
    (item,) = items_of(feed, feed.link, "en").items
    assert (item.title, item.wire) == ("Senate passes harbour bill", "AP")
    bare = replace(entry, title="HARBOUR (Reuters) —")
    (item,) = items_of(replace(feed, entries=(bare,)), feed.link, "en").items
    assert item.title == "HARBOUR (Reuters) —"


def test_quality_prefers_what_says_much() -> None:
    """By the rule of docs/fetch.md, between 0 and 100."""
    full = ("article", "A headline of five words", "x" * 250, True, "", True)
    assert quality_of(*full) == 50 + 15 + 10 + 10 + 5
    assert quality_of("article", "A headline of five words", "x" * 250, True, "AP", True) == 70
    assert quality_of("sponsored", "Buy", "", False, "", False) == 10
    assert quality_of("opinion", "Why", "", False, "AP", False) == 25
