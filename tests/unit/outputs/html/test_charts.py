"""How busy something was: bars over time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.model import Article
from newsstand.outputs.html.charts import chart, chart_of
from tests.factories import NOON, hours, make_article


def reports(*ages: float) -> list[Article]:
    """Records so many days before 18 January 2024."""
    return [make_article(slug=f"r{n}", published=NOON - hours(24 * a)) for n, a in enumerate(ages)]


def test_a_bar_a_day() -> None:
    """A month at least; days without a report have a bar of no height."""
    found = chart(reports(0, 0, 0, 0, 1, 2, 2))
    assert found
    assert len(found.bars) == 30
    assert [b.label for b in found.bars[-3:]] == [
        "16 January 2024: 2 reports",
        "17 January 2024: 1 report",
        "18 January 2024: 4 reports",
    ]
    assert [float(b.height) for b in found.bars[-3:]] == [50, 25, 100]
    assert {float(b.height) for b in found.bars[:-3]} == {0}
    assert (found.start, found.end) == ("20 Dec", "18 Jan")
    assert found.label == ("7 reports in 30 days; the most in one day: 4, on 18 January 2024")


def test_a_bar_a_month_over_a_longer_time() -> None:
    """Also over the turn of the year, and for months without a report."""
    found = chart(reports(0, 1, 2, 70, 100))
    assert found
    assert [b.label for b in found.bars] == [
        "October 2023: 1 report",
        "November 2023: 1 report",
        "December 2023: 0 reports",
        "January 2024: 3 reports",
    ]
    assert "in 4 months; the most in one month: 3, in January 2024" in found.label


def test_a_bar_a_year_over_a_very_long_time() -> None:
    """A century has a hundred bars, not 1,200."""
    found = chart_of(
        {date(year, 3, 1): 2 for year in range(1920, 2021, 20)} | {date(2019, 1, 1): 5}
    )
    assert found
    assert len(found.bars) == 101
    assert [b.label for b in found.bars[-2:]] == ["2019: 5 reports", "2020: 2 reports"]
    assert (found.start, found.end) == ("1920", "2020")
    assert found.label == "17 reports in 101 years; the most in one year: 5, in 2019"


def test_a_slip_of_the_year_does_not_hide_the_rest() -> None:
    """What is centuries older has no bar, and is counted."""
    days = {date(2026, 11, n): 2 for n in range(1, 6)}
    found = chart_of(days | {date(203, 11, 1): 1})
    assert found
    assert len(found.bars) == 30
    assert found.label.startswith("10 reports in 30 days; ")
    assert found.label.endswith("; 1 older")
    assert chart_of({date(203, 11, n): 2 for n in range(1, 6)} | {date(2026, 11, 1): 1}) is None


def test_a_chart_of_the_first_days_of_time() -> None:
    """It begins with them: there is no month before."""
    found = chart_of({date(1, 1, n): 2 for n in (1, 2, 20)})
    assert found
    assert len(found.bars) == 20


@given(st.dictionaries(st.dates(), st.integers(1, 9), max_size=20))
def test_charts_have_a_bound(days: dict[date, int]) -> None:
    """Whatever the dates."""
    found = chart_of(days)
    assert found is None or len(found.bars) <= 180


def test_one_a_day_is_no_record() -> None:
    """Where no day has two reports, none is named as the busiest."""
    found = chart(reports(*range(5)))
    assert found
    assert found.label == "5 reports in 30 days"


@pytest.mark.parametrize("days", [(), (0,), (0, 1, 2, 3), (0,) * 9, (0, 0, 0, 0, 1)])
def test_little_has_no_chart(days: tuple[float, ...]) -> None:
    """Reports on two days, or four reports, tell nothing."""
    assert chart(reports(*days)) is None


def test_the_undated_are_not_drawn() -> None:
    """They have no place on the axis."""
    found = chart([*reports(*range(5)), make_article(published=None)])
    assert found
    assert found.label.startswith("5 reports in 30 days")


@given(st.lists(st.integers(0, 4000), min_size=2, max_size=30))
def test_bars_stay_in_the_drawing(ages: list[int]) -> None:
    """No bar is wider, higher or further right than the drawing; all reports are counted."""
    found = chart(reports(*ages))
    assert (found is None) == (len(set(ages)) < 3 or len(ages) < 5)
    for bar in found.bars if found else ():
        assert 0 <= float(bar.x) <= 100
        assert float(bar.x) + float(bar.width) <= 100.01
        assert float(bar.y) + float(bar.height) == pytest.approx(100, abs=0.11)
    if found:
        assert sum(int(b.label.split(": ")[1].split()[0]) for b in found.bars) == len(ages)
