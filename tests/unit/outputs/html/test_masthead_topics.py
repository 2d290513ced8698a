"""The topics of the masthead: the busiest, which stay until another is twice as busy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from newsstand.content.kinds.settings import Config
from newsstand.model import Article
from newsstand.outputs.html.masthead_topics import masthead_topics, steady_choice
from tests.factories import NOON, make_article, make_topic
from tests.newsroom import site_of

_MONTH = timedelta(days=31)


def report(slug: str, topic: str, published: datetime = NOON) -> Article:
    """A record of its own words on a topic."""
    title = f"{slug} alpha{slug} beta{slug}"
    return make_article(title, slug=slug, topics=(topic,), published=published)


def reports(topic: str, count: int, published: datetime) -> list[Article]:
    """Records on a topic, a minute apart."""
    return [
        report(f"{topic}{n}at{published:%m%d}", topic, published + timedelta(minutes=n))
        for n in range(count)
    ]


def named(*articles: Article) -> list[str]:
    """The topics that the masthead names."""
    return [topic.name for topic in masthead_topics(site_of(*articles))]


def every_month(months: int, counts: dict[str, int]) -> Iterable[list[Article]]:
    """Of each topic so many records in each month: what there is when a month is over."""
    articles: list[Article] = []
    for month in range(months):
        for topic, count in counts.items():
            articles += reports(topic, count, NOON + month * _MONTH)
        yield list(articles)


def test_the_children_of_the_sites_topic_are_named() -> None:
    """By name; those without a story are left out."""
    topics = (
        make_topic("World"),
        make_topic("Sea", parent="world"),
        make_topic("Sky", parent="world"),
        make_topic("Empty", parent="world"),
        make_topic("Elsewhere"),
    )
    articles = (
        report("a", "Sky"),
        report("b", "Sky"),
        report("c", "Sea"),
        report("d", "Elsewhere"),
    )
    site = site_of(*articles, topics=topics, config=Config(topic="World"))
    assert [topic.name for topic in masthead_topics(site)] == ["Sea", "Sky"]
    without_own = site_of(*articles, topics=topics)
    assert [topic.name for topic in masthead_topics(without_own)] == ["Elsewhere", "World"]


def test_there_is_room_for_eight() -> None:
    """The busiest of them; further topics are in the tree of topics."""
    articles = [a for n in range(12) for a in reports(f"Topic {n:02}", 1 + n // 4, NOON)]
    assert named(*articles) == [f"Topic {n:02}" for n in range(4, 12)]


def test_a_rush_waits_for_the_next_month() -> None:
    """The day on which a ninth topic becomes the busiest changes no page; the next month does."""
    old = [a for n in range(8) for a in reports(f"Topic {n}", 1, NOON - timedelta(days=40))]
    before = named(*old)
    rush = reports("Zeal", 20, NOON)
    assert named(*old, *rush) == before
    after = named(*old, *rush, report("later", "Topic 1", NOON + _MONTH))
    assert "Zeal" in after
    assert len(after) == 8


def test_topics_of_one_size_do_not_take_turns() -> None:
    """A ninth one that is ahead by a little changes nothing, month after month."""
    counts = {f"Topic {n}": 4 for n in range(8)} | {"Zeal": 3}
    *_, articles = every_month(2, counts)
    chosen = named(*articles)
    for month in range(2, 6):
        articles += reports("Zeal", 6, NOON + month * _MONTH)
        articles += [a for t in counts for a in reports(t, 4, NOON + month * _MONTH)][:-3]
        assert named(*articles) == chosen
    assert "Zeal" not in chosen


def test_one_that_is_twice_as_busy_comes_in() -> None:
    """It takes the place of the least, and the others stay."""
    chosen = steady_choice([dict.fromkeys("abcdefgh", 10) | {"d": 9, "z": 8}])
    assert set(chosen) == set("abcdefgh")
    turns = [dict.fromkeys("abcdefgh", 10) | {"d": 9, "z": count} for count in (8, 17, 18)]
    assert set(steady_choice(turns[:2])) == set("abcdefgh")
    assert set(steady_choice(turns)) == set("abcefghz")


def test_one_old_record_leaves_room_for_the_others() -> None:
    """Where fewer than eight had begun when the month did, days fill up, the busiest first."""
    counts = {f"Topic {n:02}": 1 + (n > 4) for n in range(12)}
    first = [a for topic, count in counts.items() for a in reports(topic, count, NOON)]
    old = report("old", "Old", NOON.replace(year=2015))
    expected = ["Old", *(f"Topic {n:02}" for n in range(5, 12))]
    assert named(old, *first) == expected
    next_day = report("next", "Topic 00", NOON + timedelta(days=1))
    assert named(old, *first, next_day) == expected


def test_what_days_have_filled_in_does_not_follow_each_record() -> None:
    """A rush waits for the next day, and puts out nothing that was in when the month began."""
    day = timedelta(days=1)
    old = [a for n in range(4) for a in reports(f"Old {n}", 1, NOON - _MONTH)]
    first = [a for n in range(5) for a in reports(f"New {n}", 2, NOON)]
    before = named(*old, *first, report("x", "Old 1", NOON + day))
    assert before == [*(f"New {n}" for n in range(4)), *(f"Old {n}" for n in range(4))]
    rush = reports("New 4", 30, NOON + day)
    assert named(*old, *first, *rush) == before
    after = named(*old, *first, *rush, report("y", "Old 1", NOON + 2 * day))
    assert set(before) - set(after) == {"New 0"}  # the least of those that days have filled in
    assert set(after) - set(before) == {"New 4"}


def test_a_site_of_one_day_has_a_masthead() -> None:
    """Also where no record has a date."""
    undated = [make_article(f"w{n} x{n}", slug=f"u{n}", topics=(f"T{n}",)) for n in range(9)]
    assert len(named(*undated)) == 8


def test_the_clock_of_the_site_says_when_a_month_begins() -> None:
    """What began an hour before midnight in UTC belongs to the next month further east."""
    late = datetime.fromisoformat("2024-01-31T23:30:00+00:00")
    old = [a for n in range(8) for a in reports(f"Topic {n}", 1, NOON - timedelta(days=40))]
    site = (*old, *reports("Zeal", 2, NOON), report("newest", "Zeal", late))
    assert "Zeal" not in named(*site)
    east = site_of(*site, config=Config(timezone="Europe/Berlin"))
    assert "Zeal" in [topic.name for topic in masthead_topics(east)]


def test_clocks_that_go_back_over_midnight_have_turns() -> None:
    """In St John's midnight came twice on 1 November 2009; the month began with the second."""
    before, between, after = (
        datetime.fromisoformat(f"2009-11-01T0{time}:00+00:00") for time in ("2:20", "2:45", "3:45")
    )
    old = [a for n in range(8) for a in reports(f"Topic {n}", 1, before)]
    site = (*old, *reports("Zeal", 2, between), report("newest", "Zeal", after))
    there = site_of(*site, config=Config(timezone="America/St_Johns"))
    assert "Zeal" in [topic.name for topic in masthead_topics(there)]


def test_a_topic_that_looks_misspelt_is_not_named() -> None:
    """Nor one that is so in spaces alone: that has a file."""
    articles = (report("a", "Harbours"), report("b", "Harbous"), report("c", "Tidal  ports"))
    site = site_of(
        *articles,
        topics=(make_topic("Harbours"), make_topic("Tidal ports")),
        misspelt_topics=("Harbous", "Tidal  ports"),
    )
    assert [topic.name for topic in masthead_topics(site)] == ["Harbours", "Tidal ports"]
