"""Names of days, months and times, as pages and feeds print them.

Everything is UTC. Names are English and from a table, so that no locale decides them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

_HOUR = timedelta(hours=1)
MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def iso(moment: datetime) -> str:
    """``2024-01-18T19:04:00Z``."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def clock(moment: datetime) -> str:
    """``19:04``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def day_name(day: date) -> str:
    """``18 January 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """``18 Jan``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def weekday_name(day: date) -> str:
    """``Thursday 18 January 2024``."""
    return f"{_WEEKDAYS[day.weekday()]} {day_name(day)}"


def month_name(year: int, month: int) -> str:
    """``January 2024``."""
    return f"{MONTHS[month - 1]} {year}"


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
