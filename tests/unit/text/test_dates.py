"""Instants: read in every usual form, printed in one."""

from __future__ import annotations

import locale
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.date_names import (
    clock,
    day_name,
    hours_between,
    iso,
    month_name,
    short_day,
    span,
    weekday_name,
)
from newsstand.text.dates import FIRST_YEAR, instant_of, read_instant

NOON = datetime(2024, 1, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-01-18T12:00:00Z", "2024-01-18T12:00:00Z"),
        ("2024-01-18t12:00:00z", "2024-01-18T12:00:00Z"),
        ("2024-01-18T14:00:00+02:00", "2024-01-18T12:00:00Z"),
        ("2024-01-18T06:30:00-0530", "2024-01-18T12:00:00Z"),
        ("2024-01-18 14:00:00 +2", "2024-01-18T12:00:00Z"),
        ("2024-01-18T12:00Z", "2024-01-18T12:00:00Z"),
        ("20240118T120000Z", "2024-01-18T12:00:00Z"),
        ("2024-018T12:00:00Z", "2024-01-18T12:00:00Z"),
        ("2024-W03-4T12:00:00Z", "2024-01-18T12:00:00Z"),
        ("2024-01-18T24:00:00Z", "2024-01-19T00:00:00Z"),
        ("2024-12-31T24:00:00Z", "2025-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2024-01-18T12:00:00.123456789Z", "2024-01-18T12:00:00Z"),
        ("2024-01-18T00:30:00+14:00", "2024-01-17T10:30:00Z"),
        (" 2024-01-18T12:00:00Z ", "2024-01-18T12:00:00Z"),
    ],
)
def test_an_instant_with_a_zone_is_read(text: str, utc: str) -> None:
    """Every usual form of ISO 8601 and of YAML, brought to UTC."""
    moment, zoned = read_instant(text)
    assert (iso(moment), zoned) == (utc, True)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-01-18", "2024-01-18T00:00:00Z"),
        ("2024-1-8", "2024-01-08T00:00:00Z"),
        ("2024-01-18T12:00:00", "2024-01-18T12:00:00Z"),
        ("2024-01-18 12:00:00", "2024-01-18T12:00:00Z"),
        ("20240118", "2024-01-18T00:00:00Z"),
        ("1000-01-01", "1000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59", "9999-12-31T23:59:59Z"),
    ],
)
def test_an_instant_without_a_zone_is_utc(text: str, utc: str) -> None:
    """Who reads is told that no zone was named."""
    moment, zoned = read_instant(text)
    assert (iso(moment), zoned) == (utc, False)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "18 January 2024", "18.01.2024", "01/18/2024", "1705579200"),
        *("Thu, 18 Jan 2024 12:00 GMT", "2024-01-18T12:00:00 CET", "2024-01-18T", "24-01-18"),
        *("2024-13-01", "2024-00-10", "2024-02-30", "2023-02-29", "0000-01-01"),
        *("2024-01-18T25:00:00Z", "2024-01-18T12:60:00Z", "2024-01-18T12:00:61Z"),
        *("2024-01-18T24:00:01Z", "2024-01-18T12:00:00+99:00", "2024-01-18T12Z Z"),
        *("0001-01-01T00:00:00+01:00", "9999-12-31T23:00:00-02:00", "9999-12-31T24:00:00Z"),
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(text: str) -> None:
    """Words, days that are not, and instants beyond the calendar raise ValueError."""
    with pytest.raises((ValueError, OverflowError)):
        read_instant(text)


@given(st.text(alphabet="0123456789-:TZ+. Ww", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything else, and what is read is UTC."""
    try:
        moment, _ = read_instant(text)
    except (ValueError, OverflowError):
        return
    assert moment.utcoffset() == timedelta(0)


@given(st.datetimes(datetime(FIRST_YEAR, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_printed_is_read_again(moment: datetime) -> None:
    """The printed form loses nothing but fractions of a second."""
    assert read_instant(iso(moment)) == (moment.replace(microsecond=0), True)
    assert len(iso(moment)) == len("2024-01-18T12:00:00Z")


def test_an_instant_that_cannot_be_read_is_none() -> None:
    """What is read is what `read_instant` reads."""
    assert instant_of("2024-01-18T13:00:00+01:00") == NOON
    assert [instant_of(text) for text in ("", "soon", "9999-12-31T23:00:00-05:00")] == [None] * 3


def test_days_and_months_have_names() -> None:
    """In English, whatever the language of the machine."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("C", "de_DE.UTF-8", "tr_TR.UTF-8"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert day_name(NOON) == "18 January 2024"
            assert weekday_name(NOON) == "Thursday 18 January 2024"
            assert short_day(date(2024, 9, 1)) == "1 Sep"
            assert month_name(2024, 12) == "December 2024"
    finally:
        locale.setlocale(locale.LC_TIME, before)
    assert clock(NOON + timedelta(minutes=5)) == "12:05"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (14, "14 min"),
        (60, "1 h"),
        (194, "3 h 14 min"),
        (24 * 60, "1 day"),
        (53 * 60 + 10, "2 days 5 h"),
    ],
)
def test_a_span_is_said_in_words(minutes: int, said: str) -> None:
    """Minutes, hours, days: the two largest parts."""
    assert span(NOON, NOON + timedelta(minutes=minutes)) == said


def test_hours_between_have_a_sign() -> None:
    """Negative where the later comes first."""
    assert hours_between(NOON, NOON + timedelta(minutes=90)) == 1.5
    assert hours_between(NOON, NOON - timedelta(days=1)) == -24
