"""Instants: reading ISO 8601 and YAML dates, and naming days and months.

Everything is UTC. Names are English and from a table, so that no locale decides them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

_HOUR = timedelta(hours=1)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# YAML 1.1 timestamps (yaml.org/type/timestamp.html) allow one-digit parts and spaces.
_YAML_STAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::?\d\d)?))?)?"
)
_HOUR = timedelta(hours=1)


def read_instant(text: str) -> tuple[datetime, bool]:
    """An instant in UTC, and whether the text named a zone (without one it is UTC).

    Reads what `datetime.fromisoformat` reads, the rarer ISO 8601 forms (ordinal dates,
    hour 24) and YAML timestamps. Raises ValueError for anything else.
    """
    moment = _read(text.strip())
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC), False
    try:
        return moment.astimezone(UTC), True
    except OverflowError as problem:
        raise ValueError("outside the years 1 to 9999") from problem


def _read(text: str) -> datetime:
    if text[10:11] == "T" and text[19:] == "Z":  # nearly all are written so
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    stamp = _YAML_STAMP.fullmatch(text)
    if stamp:
        return _from_yaml(stamp)
    if not re.match(r"\d{4}", text):
        raise ValueError("does not begin with a year")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        from dateutil.parser import isoparse  # rare forms only: not worth its start-up time

        return isoparse(text.replace(" ", "T", 1))


def _from_yaml(stamp: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, fraction, zone = stamp.groups()
    whole = (int(year), int(month), int(day))
    if hour is None:
        return datetime(*whole)  # noqa: DTZ001  (the caller adds the zone and says so)
    days_more, hour_of_day = divmod(int(hour), 24) if hour == "24" else (0, int(hour))
    if hour == "24" and (int(minute) or int(second)):
        raise ValueError("hour 24 is midnight only")
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    moment = datetime(*whole, hour_of_day, int(minute), min(int(second), 59), micros)  # noqa: DTZ001
    if int(second) > 60:
        raise ValueError("a minute has at most 61 seconds")
    moment += timedelta(days=days_more)
    return moment if zone is None else moment.replace(tzinfo=_zone(zone).tzinfo)


def _zone(zone: str) -> datetime:
    sign, digits = zone[0], zone[1:].replace(":", "")
    if zone == "Z":
        return datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return datetime.fromisoformat(f"2000-01-01T00:00:00{sign}{int(hours):02d}:{minutes}")


def iso(moment: datetime) -> str:
    """``2024-01-18T19:04:00Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def clock(moment: datetime) -> str:
    """``19:04``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def day_name(day: date) -> str:
    """``18 January 2024``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """``18 Jan``."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def weekday_name(day: date) -> str:
    """``Thursday 18 January 2024``."""
    return f"{_WEEKDAYS[day.weekday()]} {day_name(day)}"


def month_name(year: int, month: int) -> str:
    """``January 2024``."""
    return f"{_MONTHS[month - 1]} {year}"


def hours_between(earlier: datetime, later: datetime) -> float:
    """Hours from one instant to another; negative where they are the other way round."""
    return (later - earlier) / _HOUR


def span(earlier: datetime, later: datetime) -> str:
    """The time between two instants in words: "14 min", "3 h 14 min", "2 days 5 h"."""
    minutes = int((later - earlier) / timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min"
