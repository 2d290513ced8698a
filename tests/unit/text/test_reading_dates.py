"""Times as people write them: read where they mean one instant, else refused with both."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.date_names import iso
from newsstand.text.dates import meanings, read_time, written
from newsstand.text.zones import local


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-08T10:00:00Z", "2026-03-08T10:00:00Z"),
        ("Sun, 08 Mar 2026 10:00:00 +0100", "2026-03-08T09:00:00Z"),
        ("8 Mar 2026 10:00 EST", "2026-03-08T15:00:00Z"),
        ("Tue, 5 Jan 2021 07:30:00 GMT", "2021-01-05T07:30:00Z"),
        ("Mon, 2 Mar 26 10:00 +0530", "2026-03-02T04:30:00Z"),
        ("31 Dec 99 23:59:59 GMT", "1999-12-31T23:59:59Z"),
        ("2026-03-08 10:00 UTC", "2026-03-08T10:00:00Z"),
        ("2026/03/08 10:00 +02:00", "2026-03-08T08:00:00Z"),
        ("2027-12-24 09:00 Europe/Berlin", "2027-12-24T08:00:00Z"),
        ("2027-06-24T09:00 America/New_York", "2027-06-24T13:00:00Z"),
        ("2026-03-08T10:00:00\u221205:00", "2026-03-08T15:00:00Z"),
        ("March 8, 2026 at 3:05 pm UTC", "2026-03-08T15:05:00Z"),
        ("March 8th, 2026 at 3pm UTC", "2026-03-08T15:00:00Z"),
        ("8 March 2026, 12 a.m. GMT", "2026-03-08T00:00:00Z"),
        ("Sun Mar  8 10:00:00 UTC 2026", "2026-03-08T10:00:00Z"),
        ("Sun Mar 08 2026 10:00:00 GMT+0100 (Central European Time)", "2026-03-08T09:00:00Z"),
        ("Mar 8 10:00:00 -0500 2026", "2026-03-08T15:00:00Z"),
        ("1705708800", "2024-01-20T00:00:00Z"),
        ("1705708800123", "2024-01-20T00:00:00Z"),
    ],
)
def test_a_time_with_a_zone_is_read(text: str, utc: str) -> None:
    """RFC 822, other separators, zones by name, months in words, seconds since 1970."""
    time = read_time(text)
    assert (iso(time.at), time.zoned, time.is_day) == (utc, True, False)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026/03/08 10:00", "2026-03-08T10:00:00Z"),
        ("8 March 2026 23:59", "2026-03-08T23:59:00Z"),
        ("Sun Mar 8 10:00:00 2026", "2026-03-08T10:00:00Z"),
    ],
)
def test_a_time_without_a_zone_says_so(text: str, utc: str) -> None:
    """It is taken as UTC, and whoever reads it can warn."""
    time = read_time(text)
    assert (iso(time.at), time.zoned, time.is_day) == (utc, False, False)


@pytest.mark.parametrize(
    "text", ["2026-03-08", "2026/3/8", "2026.03.08", "8 March 2026", "Mar 8th, 2026", "20260308"]
)
def test_a_date_without_a_time_is_a_day(text: str) -> None:
    """It begins with its first instant and ends with its last."""
    time = read_time(text)
    assert (iso(time.at), time.is_day) == ("2026-03-08T00:00:00Z", True)
    assert (iso(time.last), written(time)) == ("2026-03-08T23:59:59Z", "2026-03-08")


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("24.12.2027 09:00", ("2027-12-24T09:00:00Z",)),
        ("03/04/2024", ("2024-04-03", "2024-03-04")),
        ("05-06-2021 12:30 GMT", ("2021-06-05T12:30:00Z", "2021-05-06T12:30:00Z")),
        ("07.07.2025", ("2025-07-07",)),
        ("2026-10-25 02:30 Europe/Berlin", ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")),
        ("2024-02-30", ()),
        ("next Tuesday", ()),
        ("31.02.2024", ()),
    ],
)
def test_what_may_mean_two_instants_is_refused(text: str, both: tuple[str, ...]) -> None:
    """Both are named, so that a remedy can show what was meant."""
    with pytest.raises(ValueError):  # noqa: PT011  (any reason will do)
        read_time(text)
    assert meanings(text) == both


@pytest.mark.parametrize(
    "text",
    [
        *("2026", "2026-03", "8 Foo 2026", "2026-03-08 10:00 IST", "2026-03-08 10:00 Mars/Base"),
        *("2026-03-08 13:00 pm", "2026/13/01", "2026-03-08 25:00", "12", "08 Mar 26", "10:00"),
        *("0001-01-01T00:00:00Z", "0024-03-08", "0203/03/08", "Mon, 01 Jan 0001 00:00:00 GMT"),
    ],
)
def test_what_names_no_instant_is_refused(text: str) -> None:
    """Years, months, zones that nobody knows, hours that no clock shows, a zero that is no time."""
    with pytest.raises(ValueError):  # noqa: PT011
        read_time(text)


@given(st.text(alphabet="0123456789-/.: TZ+,aMpmarchJanUTCEurope", max_size=32))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything else, and what is read is UTC and reads again as it is written."""
    try:
        time = read_time(text)
    except (ValueError, OverflowError):
        meanings(text)
        return
    assert time.at.utcoffset() == timedelta(0)
    again = read_time(written(time))
    assert again.at == time.at.replace(microsecond=0).astimezone(UTC)
    assert again.is_day == time.is_day


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("text", ["1000-01-01", "9999-12-31", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_days_in_every_zone(text: str, zone: str) -> None:
    """Nothing leads out of it."""
    time = read_time(text).day_in(zone)
    assert time.at <= time.last
    assert local(time.last, zone).year in {1000, 9999}


@pytest.mark.parametrize(
    "text",
    [
        *("2026-W10", "2026W10", "2026", "2026-03", "8 March 2026 at 10", "8 March 2026 13 pm"),
        *("Sun Mar 8 10:00:00", "Sun Mar 08 2026 10:00:00 UTC 2026", "Sun Mar 32 10:00:00 2026"),
    ],
)
def test_what_names_no_day_or_no_hour_is_no_time(text: str) -> None:
    """A week is not its Monday at midnight, and ten may be in the morning."""
    with pytest.raises((ValueError, OverflowError)):
        read_time(text)
