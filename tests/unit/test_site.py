"""The cross-references of a site: topics, outlets, days, who declares whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from newsstand.content.kinds.settings import Config
from newsstand.content.topic_tree import ancestry
from newsstand.model import Article
from newsstand.site import Site
from tests.factories import NOON, hours, make_article, make_piece, make_topic
from tests.newsroom import random_articles, site_of


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words at an outlet of its own."""
    changes.setdefault("outlet", f"{slug}.example")
    return make_article(f"{slug} alpha{slug} beta{slug} gamma{slug}", slug=slug, **changes)


def in_topic(site: Site, topic: str) -> str:
    """The stories of a topic, one letter each."""
    return "".join(s.id for s in site.by_topic[topic])


def test_records_are_newest_first_and_the_undated_last() -> None:
    """Records of one instant stand in order of path."""
    site = site_of(
        report("u", published=None),
        report("b"),
        report("a"),
        report("n", published=NOON + hours(1)),
    )
    assert "".join(a.slug for a in site.articles) == "nabu"


def test_the_river_has_the_newest_report_first() -> None:
    """Promoted or not; the undated last."""
    site = site_of(
        report("a", promoted=True, published=NOON - hours(50)),
        report("b", promoted=True),
        report("c", published=NOON + hours(1)),
        report("d", published=None, promoted=True),
    )
    assert "".join(s.id for s in site.river) == "cbad"


def test_a_story_is_over_eight_days_after_its_last_report() -> None:
    """By the newest record, not by the clock."""
    week, more = (report(s, published=NOON - hours(24 * n)) for s, n in (("a", 8), ("b", 8.1)))
    site = site_of(report("new"), week, more)
    assert [*site.running] == ["new", "a"]


@settings(max_examples=40)
@given(random_articles())
def test_the_mappings_of_a_site_are_complete(articles: tuple[Article, ...]) -> None:
    """Every record has its story, its day and its outlet; every story its topics."""
    site = site_of(*articles)
    assert site.story_of.keys() == site.records.keys() == {a.path for a in articles}
    assert sum(len(day) for day in site.by_day.values()) == len(articles)
    assert sum(len(has) for has in site.by_outlet.values()) == sum(bool(a.outlet) for a in articles)
    for story in site.stories:
        named = {name for a in story.articles for name in a.topics}
        names = {site.topics[t].name for t in site.topics_of[story.id]}
        assert set(story.lead.topics) <= names <= named
        assert all(story in site.by_topic[t] for t in site.topics_of[story.id])


def test_a_parent_topic_has_the_stories_of_its_children() -> None:
    """Each story once, also where a record names parent and child."""
    topics = (
        make_topic("Sea"),
        make_topic("Ports", parent="sea"),
        make_topic("Locks", parent="ports"),
    )
    site = site_of(
        report("a", topics=("Locks",)),
        report("b", topics=("Sea", "Ports")),
        report("c"),
        topics=topics,
    )
    assert [in_topic(site, t) for t in ("locks", "ports", "sea")] == ["a", "ab", "ab"]
    assert [t.id for t in ancestry(site.topics.__getitem__, "locks")] == ["sea", "ports", "locks"]
    assert [t.id for t in site.children[""]] == ["sea"]


def test_a_topic_that_no_file_describes_comes_from_the_records() -> None:
    """Its id follows from its name; letter case does not make another topic."""
    site = site_of(report("a", topics=("Tidal Power",)), report("b", topics=("tidal power",)))
    assert list(site.topics) == ["tidal-power"]
    assert site.topics["tidal-power"].name == "Tidal Power"
    assert in_topic(site, "tidal-power") == "ab"


def test_a_topic_that_no_record_names_is_there() -> None:
    """A file is enough for a topic with no story yet."""
    site = site_of(report("a"), topics=(make_topic("Sky"),))
    assert site.by_topic["sky"] == ()


def test_a_record_may_name_a_topic_by_its_short_name() -> None:
    """Name and short name are one topic."""
    topic = make_topic("Artificial Intelligence", shortname="AI")
    site = site_of(report("a", topics=("AI",)), report("b", topics=(topic.name,)), topics=(topic,))
    assert list(site.topics) == [topic.id]
    assert in_topic(site, topic.id) == "ab"


def test_the_full_name_wins_over_anothers_short_name() -> None:
    """A topic is never robbed of its own name."""
    topics = (make_topic("Sea"), make_topic("Seafood", shortname="Sea"))
    site = site_of(report("a", topics=("Sea",)), topics=topics)
    assert in_topic(site, "sea") == "a"


def test_names_that_differ_in_signs_are_different_topics() -> None:
    """C, C# and C++ have three pages."""
    names = ("C", "C#", "C++")
    articles = [report(s, topics=(name,)) for s, name in zip("abc", names, strict=True)]
    site = site_of(*articles)
    assert {t.name: in_topic(site, t.id) for t in site.topics.values()} == {
        "C": "a",
        "C#": "b",
        "C++": "c",
    }


@pytest.mark.parametrize(
    "names", [("Go!", "Go"), ("A/B", "A B"), ("R&D", "R and D"), ("Día", "Dia"), ("☃", "☂")]
)
def test_names_that_slug_alike_lose_no_story(names: tuple[str, str]) -> None:
    """Both names lead to a page that has the record."""
    articles = [report(s, topics=(name,)) for s, name in zip("ab", names, strict=True)]
    site = site_of(*articles)
    for article in articles:
        story = site.story_of[article.path]
        assert all(story in site.by_topic[t] for t in site.topics_of[story.id])
        assert site.topics_of[story.id]


def test_days_have_their_records_newest_first() -> None:
    """The undated have a day of their own."""
    site = site_of(report("a"), report("b", published=NOON + hours(1)), report("u", published=None))
    days = {day: "".join(a.slug for a in has) for day, has in site.by_day.items()}
    assert days == {date(2024, 1, 18): "ba", None: "u"}


def test_a_day_that_comes_twice_has_all_its_records() -> None:
    """In St John's clocks went back to 23:01 a minute into 1 November 2009."""
    times = {"a": "02:20", "b": "02:30", "c": "02:45", "d": "03:20", "e": "03:40"}
    reports = [
        report(slug, published=datetime.fromisoformat(f"2009-11-01T{time}:30+00:00"))
        for slug, time in times.items()
    ]
    site = site_of(*reports, config=Config(timezone="America/St_Johns"))
    days = {day: "".join(a.slug for a in has) for day, has in site.by_day.items()}
    assert days == {date(2009, 11, 1): "eb", date(2009, 10, 31): "dca"}
    assert site.counts == ((date(2009, 10, 31), 3), (date(2009, 11, 1), 2))
    assert {line.outlets for line in site.lines.values()} == {1}


def test_a_record_without_an_outlet_is_at_no_outlet() -> None:
    """Nobody has no page."""
    site = site_of(report("a"), report("b", outlet=""))
    assert list(site.by_outlet) == ["a.example"]


def test_who_declares_a_record_is_known() -> None:
    """By any of its links, once, and never by itself."""
    named = report("named")
    twice = report("twice", related=(named.piece, named.piece))
    alone = report("alone", related=(report("alone").piece, make_piece("Elsewhere")))
    site = site_of(named, twice, alone)
    assert [site.references.named_by(a.path) for a in (named, twice, alone)] == [
        (twice.path,),
        (),
        (),
    ]


def test_the_topics_of_the_lead_come_first() -> None:
    """A story is on every topic that one of its records names."""
    lead = report("lead", story="x", quality=9, topics=("Sea", "Sky"))
    other = report("a", story="x", topics=("Ports", "Sea"))
    assert site_of(lead, other).topics_of["a"] == ("sea", "sky", "ports")


def test_an_empty_site_is_a_site() -> None:
    """Nothing in, nothing out, and no exception."""
    site = site_of()
    assert (site.articles, site.stories, site.river) == ((), (), ())


def test_an_undated_lead_comes_last_in_the_river() -> None:
    """Behind every dated story of its part."""
    site = site_of(report("b", published=None), report("a", published=NOON - hours(99999)))
    assert "".join(s.id for s in site.river) == "ab"
