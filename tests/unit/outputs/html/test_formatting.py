"""Small values ready to print: times, outlets, pictures, topics, reasons."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config, Weights
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import holders_of, page_of
from newsstand.outputs.html.context import context_of
from tests.factories import (
    NOON,
    make_article,
    make_picture,
    make_piece,
    make_provider,
    make_topic,
)
from tests.newsroom import MINUS, at, site_of


def test_an_instant_in_all_forms() -> None:
    """UTC is said where the form is complete."""
    moment = formatting.when(context_of(site_of(make_article())), at("2024-01-08 09:04"))
    assert moment.iso == "2024-01-08T09:04:00Z"
    assert moment.full == "8 January 2024, 09:04 UTC"
    assert (moment.short, moment.day, moment.clock) == (
        "8 Jan 2024, 09:04",
        "8 January 2024",
        "09:04",
    )


def test_the_year_is_said_where_it_is_another() -> None:
    """The short form leaves out the year that a page is about only."""
    context = context_of(site_of())
    assert formatting.when(context, at("2023-12-31 09:04"), 2024).short == "31 Dec 2023, 09:04"
    assert formatting.when(context, at("2024-12-31 09:04"), 2024).short == "31 Dec, 09:04"
    assert formatting.when(context, at("2024-12-31 09:04")).short == "31 Dec 2024, 09:04"


def test_the_undated_say_so() -> None:
    """No instant is invented."""
    moment = formatting.when(context_of(site_of()), None)
    assert moment.iso == ""
    assert {moment.full, moment.short, moment.day, moment.clock} == {"undated"}


@pytest.mark.parametrize(
    ("kind", "said"),
    [("article", ""), ("news", ""), ("video", "Video"), ("x" * 50, "X" + "x" * 19)],
)
def test_what_is_no_article_is_named(kind: str, said: str) -> None:
    """Shortly, whatever the record says."""
    assert formatting.kind(make_piece(kind=kind)) == said


def test_an_outlet_has_a_mark() -> None:
    """Name, initials, a colour that stays, and its page where a page leads there."""
    provider = make_provider("harbour-gazette.example")
    site = site_of(make_article(outlet=provider.domain), providers=(provider,))
    mark = formatting.badge(context_of(site), provider.domain, linked=True)
    assert mark
    assert (mark.name, mark.initials) == ("Harbour Gazette", "HG")
    assert mark.address == "outlets/harbour-gazette.example/"
    assert 0 <= mark.tone < 12
    elsewhere = formatting.badge(context_of(site_of()), provider.domain)
    assert elsewhere
    assert (elsewhere.tone, elsewhere.address) == (mark.tone, "")
    others = [formatting.badge(context_of(site), f"outlet{n}.example") for n in range(20)]
    assert len({other.tone for other in others if other}) > 1
    declared_only = formatting.badge(context_of(site), "elsewhere.example")
    assert declared_only
    assert (declared_only.name, declared_only.address) == ("elsewhere.example", "")
    assert formatting.badge(context_of(site), "") is None


def test_the_smallest_logo_that_may_be_shown_is_shown() -> None:
    """A logo on another host is no logo where only local pictures are shown."""
    logos = (
        replace(make_picture("logos/big.png"), width=400),
        replace(make_picture("logos/small.png"), width=50),
        replace(make_picture("https://x.example/tiny.png"), width=16),
    )
    provider = make_provider("x.example", pictures=logos)
    article = make_article(outlet="x.example")
    for policy, source in (
        ("local", "logos/small.png"),
        ("remote", logos[2].source),
        ("none", None),
    ):
        site = site_of(article, providers=(provider,), config=Config(images=policy))
        mark = formatting.badge(context_of(site), "x.example")
        assert mark
        assert (mark.logo.source if mark.logo else None) == source


@pytest.mark.parametrize(
    ("policy", "local", "remote"),
    [("local", True, False), ("remote", True, True), ("none", False, False)],
)
def test_the_image_policy_holds(policy: str, local: bool, remote: bool) -> None:
    """Local: ours only; remote: all; none: none."""
    site = site_of(config=Config(images=policy))
    ours, theirs = make_picture(), make_picture("https://x.example/p.png")
    assert (formatting.picture(context_of(site), ours, "") is not None) == local
    assert (formatting.picture(context_of(site), theirs, "") is not None) == remote
    assert formatting.picture(context_of(site), None, "") is None


def test_the_address_of_a_picture_is_encoded() -> None:
    """A space or a hash in a file name stays a part of the name."""
    shown = formatting.picture(context_of(site_of()), make_picture("media/a b#1.png"), "")
    assert shown
    assert shown.source == "media/a%20b%231.png"


def test_a_piece_has_a_page_where_we_hold_its_record() -> None:
    """By any of its keys."""
    article = make_article(slug="a", keys=("x.example/1", "x.example/amp-1"))
    holders = holders_of([article])
    assert page_of(holders, make_piece(keys=("x.example/amp-1",))) == "news/a/"
    assert page_of(holders, make_piece(keys=("x.example/2",))) == ""


def test_the_sites_own_topic_is_not_repeated() -> None:
    """Every story has it: it says nothing."""
    topics = (make_topic("World"), make_topic("Sea", parent="world", shortname="S"))
    article = make_article(topics=("World", "Sea"))
    site = site_of(article, topics=topics, config=Config(topic="world"))
    assert [t.label for t in formatting.topic_links(context_of(site), site.stories[0])] == ["S"]
    assert [t.label for t in formatting.topic_trail(context_of(site), "sea")] == [
        "Topics",
        "World",
        "S",
    ]
    assert [
        t.label for t in formatting.topic_trail(context_of(site), "sea", with_itself=False)
    ] == [
        "Topics",
        "World",
    ]


def test_reasons_are_printed_with_their_signs() -> None:
    """Two digits, a sign each, and never a negative zero."""
    article = make_article(heat=3, promoted=True, published=NOON)
    weights = Weights(half_life_hours=48.0, promoted=-0.001)
    site = site_of(article, config=Config(ranking=weights))
    why = formatting.why(context_of(site), site.ranked(site.stories[0]))
    assert [t.value for t in why.terms] == ["+2.00", f"{MINUS}0.25", "+0.00"]
    assert why.score == "1.75"


def test_a_value_is_made_once() -> None:
    """What repeats on many pages is made when it is first asked for."""
    made: list[int] = []
    common = context_of(site_of())

    def make() -> int:
        made.append(1)
        return 7

    assert [common.once("key", make) for _ in range(3)] == [7, 7, 7]
    assert made == [1]


def test_outlets_are_counted() -> None:
    """From two up; one outlet with several reports has these counted."""
    assert [formatting.count(n) for n in (0, 1, 2)] == ["", "", "2 outlets"]
    assert formatting.count(1, 3, 1) == "3 reports"
    assert (formatting.count(1, 1, 1), formatting.count(1, 1)) == ("2 pieces", "")


def test_a_time_is_the_same_wherever_it_is_printed() -> None:
    """The instant of the factories, as all pages print it."""
    assert formatting.when(context_of(site_of()), NOON).full == "18 January 2024, 12:00 UTC"
