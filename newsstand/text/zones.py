"""Time zones by their names, and instants as clocks there show them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

_A_MOMENT = timedelta(microseconds=1)


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """A zone of the IANA database by its name. Raises ValueError for a name that is none."""
    if name in ("", "UTC"):
        return UTC
    from zoneinfo import ZoneInfo  # a site in UTC needs no database

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as problem:
        raise ValueError(f"there is no time zone {name!r}") from problem


def is_zone(name: str) -> bool:
    """Whether a name is that of a time zone."""
    try:
        zone_of(name)
    except ValueError:
        return False
    return True


def zone_names() -> frozenset[str]:
    """The names of all zones that the machine knows."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def local(moment: datetime, zone: str) -> datetime:
    """An instant as the clocks of a zone show it; past the end of the year 9999 those of UTC."""
    try:
        return moment if zone == "UTC" else moment.astimezone(zone_of(zone))
    except OverflowError:
        return moment


@lru_cache(maxsize=1 << 10)  # of all records of a day it is the same
def start_of_day(day: date, zone: str) -> datetime:
    """When a day begins in a zone, as an instant in UTC.

    Where clocks go back over midnight, a day begins twice: the last time counts, so that no instant
    of the day before comes later. Where they go back to midnight, and no further, the first one
    does. Where they skip midnight, it begins when they do. Raises OverflowError for the first and
    last day of time in zones where that instant cannot be written.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone_of(zone))
    first, other = (midnight.replace(fold=n).astimezone(UTC) for n in (0, 1))
    return other if other > first and local(other - _A_MOMENT, zone).date() < day else first
