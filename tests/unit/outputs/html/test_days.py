"""Lists by day: folded runs, and lists whose pages stay what they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from newsstand.content.kinds.settings import Config
from newsstand.model import Article
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.days import article_days, day_parts, pager, story_days
from newsstand.site import Site
from tests.factories import NOON, hours, make_article
from tests.newsroom import site_of


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words, in a story of its own."""
    changes.setdefault("outlet", f"{slug}.example")
    return make_article(f"{slug} alpha{slug} beta{slug} gamma{slug}", slug=slug, **changes)


def flood_of(count: int) -> list[Article]:
    """Reports of one outlet, six minutes between them."""
    times = (NOON - hours(n / 10) for n in range(count))
    return [report(f"f{n}", outlet="flood.example", published=t) for n, t in enumerate(times)]


def lines(site: Site) -> Any:  # noqa: ANN401
    """The records of a site by day."""
    return article_days(context_of(site), [site.lines[a.path] for a in site.articles])


def test_days_separate_a_list() -> None:
    """Each day once, with its weekday and its page; the undated last."""
    site = site_of(
        report("a"),
        report("b", published=NOON - hours(2)),
        report("c", published=NOON - hours(30)),
        report("d", published=None),
    )
    days = story_days(context_of(site), site.river)
    assert [(d.label, d.iso, d.address, len(d.rows)) for d in days] == [
        ("Thursday 18 January 2024", "2024-01-18", "archive/2024/01/18/", 2),
        ("Wednesday 17 January 2024", "2024-01-17", "archive/2024/01/17/", 1),
        ("Undated", "", "archive/undated/", 1),
    ]
    assert [d.label for d in lines(site)] == [d.label for d in days]


@pytest.mark.parametrize("times", ["02:20 02:30 02:45 03:20 03:40", "02:30 02:45 03:00"])
def test_a_day_that_comes_twice_is_named_once(times: str) -> None:
    """In St John's clocks went back to 23:01 a minute into 1 November 2009."""
    reports = [
        report(slug, published=datetime.fromisoformat(f"2009-11-01T{time}:30+00:00"))
        for slug, time in zip("abcde", times.split(), strict=False)
    ]
    site = site_of(*reports, config=Config(timezone="America/St_Johns"))
    context, newest_first = context_of(site), [site.lines[a.path] for a in site.articles]
    names = [day.iso for day in article_days(context, newest_first)]
    assert names == [day.iso for day in story_days(context, site.river)]
    assert names == sorted({str(day) for day in site.by_day}, reverse=True)
    assert sum(len(day.rows) for day in article_days(context, newest_first)) == len(reports)


def test_a_run_of_one_outlet_is_one_line() -> None:
    """Three and more within an hour; what is older, or of another outlet, stands by itself."""
    flood = flood_of(5)
    late = report("late", outlet="flood.example", published=NOON - hours(1.5))
    other = report("other", published=NOON - hours(1.2))
    ((day),) = lines(site_of(*flood, late, other))
    assert [row.address for row in day.rows] == ["news/f0/", "news/other/", "news/late/"]
    assert [row.address for row in day.rows[0].folded] == [f"news/f{n}/" for n in range(1, 5)]
    assert day.rows[0].folded_label == "\u2068flood.example\u2069: 4 more"
    assert not day.rows[1].folded


def test_a_day_of_hundreds_is_parted_by_hours() -> None:
    """Each part can be opened by itself; all of them together have every report once."""
    reports = [report(f"r{n}", published=NOON - hours(n / 20)) for n in range(200)]
    site = site_of(*reports)
    every = [site.lines[article.path] for article in site.articles]
    parts = day_parts(context_of(site), every)
    assert [(part.label, part.count) for part in parts] == [
        ("08:00 to 16:00", "81 reports"),
        ("00:00 to 08:00", "119 reports"),
    ]
    addresses = [row.address for part in parts for row in part.rows]
    assert addresses == [f"news/r{n}/" for n in range(200)]
    assert day_parts(context_of(site), every[:90]) == ()


def test_the_hours_of_a_day_are_those_of_the_site() -> None:
    """By its clock, not by that of Greenwich."""
    reports = [report(f"r{n}", published=NOON - hours(n / 100)) for n in range(100)]
    site = site_of(*reports, config=Config(timezone="Asia/Tokyo"))
    lines_ = [site.lines[article.path] for article in site.articles]
    labels = [part.label for part in day_parts(context_of(site), lines_)]
    assert labels == ["12:00 to 24:00"]


def test_two_lines_are_no_run() -> None:
    """To open a fold costs more than to read one line."""
    ((day),) = lines(site_of(report("a", outlet="x.example"), report("b", outlet="x.example")))
    assert len(day.rows) == 2


def test_what_several_outlets_have_is_not_folded() -> None:
    """A story is more than a line of an outlet's wire."""
    flood = flood_of(4)
    same = report("same", story="one", published=NOON - hours(3))
    shared = report("shared", outlet="flood.example", story="one", published=NOON - hours(0.15))
    ((day),) = lines(site_of(*flood, shared, same))
    assert "shared" in [row.headline.split()[0] for row in day.rows]


@pytest.mark.parametrize(
    ("number", "full", "newer", "older"),
    [
        (0, 0, "", ""),
        (0, 2, "", "x/page/2/"),
        (2, 2, "x/", "x/page/1/"),
        (1, 2, "x/page/2/", ""),
    ],
)
def test_a_pager_counts_from_the_oldest(number: int, full: int, newer: str, older: str) -> None:
    """So that an older page has the same address and lines from day to day."""
    found = pager("x/", number, full, [date(2024, 1, 18), None, date(2024, 1, 2)])
    assert (found.newer, found.older) == (newer, older)
    assert (found.has_newer, found.has_older, found.many) == (bool(newer), bool(older), full > 0)
    assert found.text == "18 January 2024 to 2 January 2024"
    assert (found.first, found.last) == ("x/", "x/page/1/" if full else "x/")
