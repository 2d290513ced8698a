"""Days of time zones, also where clocks go back or forward at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from newsstand.site import end_of_day
from newsstand.text.dates import read_time, written
from newsstand.text.zones import local, start_of_day

_ODD = [
    ("America/St_Johns", "2009-11-01"),  # 00:01 is followed by 23:01
    ("America/St_Johns", "2009-10-31"),
    ("America/Sao_Paulo", "2018-02-18"),  # 24:00 is followed by 23:00
    ("America/Havana", "2024-11-03"),  # 01:00 is followed by 00:00
    ("America/Sao_Paulo", "2018-11-04"),  # 24:00 is followed by 01:00
    ("Europe/Berlin", "2024-10-27"),
    ("Asia/Tokyo", "2024-03-01"),
]


@pytest.mark.parametrize(("zone", "day"), _ODD)
def test_a_day_begins_when_the_day_before_is_over_for_good(zone: str, day: str) -> None:
    """Minute for minute: before it no instant of the day that comes back, after it none before."""
    wanted = date.fromisoformat(day)
    noon = datetime(wanted.year, wanted.month, wanted.day, 12, tzinfo=UTC)
    minutes = [noon + timedelta(minutes=n) for n in range(-36 * 60, 36 * 60)]
    before = [minute for minute in minutes if local(minute, zone).date() < wanted]
    assert start_of_day(wanted, zone) == before[-1] + timedelta(minutes=1)


@pytest.mark.parametrize(("zone", "day"), _ODD)
def test_a_day_of_a_record_is_that_of_the_site(zone: str, day: str) -> None:
    """It begins and ends with the site's day, and is written as it was."""
    time = read_time(day).day_in(zone)
    assert time.at == start_of_day(date.fromisoformat(day), zone)
    assert time.last + timedelta(seconds=1) == end_of_day(date.fromisoformat(day), zone)
    assert written(time) == day
