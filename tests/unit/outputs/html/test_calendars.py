"""Months as calendars."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.outputs.html.calendars import legend, month_block, shades

ONE = (1, 2, 3, 4)


def test_calendar_weeks_begin_on_monday() -> None:
    """1 January 2024 was a Monday, 1 February 2024 a Thursday."""
    january, february = (month_block(2024, n, {}, ONE) for n in (1, 2))
    assert [c.number for c in january.weeks[0]] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [c.number for c in february.weeks[0]] == ["", "", "", "1", "2", "3", "4"]
    assert [c.blank for c in february.weeks[0]] == [True] * 3 + [False] * 4


def test_a_calendar_cell_leads_to_its_day() -> None:
    """Only where there is a report; the count is told in words too."""
    block = month_block(2024, 1, {date(2024, 1, 18): 12, date(2024, 2, 1): 3}, ONE)
    cells = {c.number: c for week in block.weeks for c in week if not c.blank}
    assert cells["18"].address == "archive/2024/01/18/"
    assert cells["18"].label == "18 January 2024: 12 reports"
    assert (cells["17"].address, cells["17"].count, cells["17"].level) == ("", "", 0)
    assert (block.label, block.address, block.count) == (
        "January 2024", "archive/2024/01/", "12 reports",
    )  # fmt: skip


def test_busier_days_are_darker() -> None:
    """The shade never falls as the count grows, and has four steps."""
    days = {date(2024, 1, n): n for n in range(1, 32)}
    block = month_block(2024, 1, days, shades(days.values()))
    levels = [c.level for week in block.weeks for c in week if not c.blank]
    assert levels == sorted(levels)
    assert set(levels) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("counts", "starts"),
    [
        ([], (1, 2, 3, 4)),
        ([1] * 20, (1, 2, 3, 4)),
        ([1, 2, 5], (1, 2, 3, 4)),
        ([600, 590, 610, 0, 80], (1, 153, 306, 458)),
        ([8] * 18 + [0, 9, 400], (1, 3, 5, 7)),
    ],
)
def test_shades_follow_the_busy_days(counts: list[int], starts: tuple[int, ...]) -> None:
    """They part one in four; neither a flood in a quiet month nor a quiet day is the measure."""
    assert shades(counts) == starts


@given(st.lists(st.integers(0, 5000), max_size=40))
def test_every_shade_has_its_place(counts: list[int]) -> None:
    """Each begins above the one before; one report has the lightest, and no day is above all."""
    starts = shades(counts)
    assert starts[0] == 1
    assert sorted(set(starts)) == list(starts)
    assert len(starts) == 4


def test_a_legend_says_what_shades_mean() -> None:
    """In reports a day, one number where it is one."""
    assert legend((1, 2, 3, 4)) == ("1", "2", "3", "4 or more")
    assert legend((1, 301, 601, 1001))[1:] == ("301 to 600", "601 to 1,000", "1,001 or more")


@given(st.integers(1, 9998), st.integers(1, 12))
def test_every_month_has_all_its_days(year: int, month: int) -> None:
    """In every year that a record can reasonably have."""
    block = month_block(year, month, {date(year, month, 1): 1}, ONE)
    numbers = [int(c.number) for week in block.weeks for c in week if not c.blank]
    assert numbers == list(range(1, calendar.monthrange(year, month)[1] + 1))
    assert all(len(week) == 7 for week in block.weeks)


def test_a_month_without_a_report_has_no_address() -> None:
    """There is no page of it."""
    earlier = date(2024, 1, 1) - timedelta(days=1)
    block = month_block(2024, 1, {earlier: 5}, ONE)
    assert (block.address, block.count) == ("", "")
