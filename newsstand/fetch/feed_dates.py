"""Dates as feeds write them that no standard has: other languages, missing zones, odd orders."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

from newsstand.text.dates import instant_of

_MONTHS = {
    "jan": 1, "janv": 1, "ene": 1, "gen": 1, "feb": 2, "févr": 2, "fevr": 2, "fev": 2, "fév": 2,
    "mar": 3, "mär": 3, "mrz": 3, "mars": 3, "mrt": 3, "apr": 4, "avr": 4, "abr": 4, "mai": 5,
    "may": 5, "mag": 5, "maj": 5, "mei": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7,
    "lug": 7, "aug": 8, "aoû": 8, "août": 8, "ago": 8, "sep": 9, "sept": 9, "set": 9, "okt": 10,
    "oct": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12,
}  # fmt: skip
_ZONES = {
    "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "bst": 1, "eet": 2, "eest": 3, "msk": 3, "ist": 5.5,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "wet": 0, "west": 1,
}  # fmt: skip
_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s.-]+(?:de\s+|of\s+)?(?P<month>[^\W\d_]{3,12})\.?"
    r"[\s,.-]+(?:de\s+)?(?P<year>\d{4})(?P<rest>.*)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([ap]m)?", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?\b")


def read_feed_date(text: str) -> datetime | None:
    """A date as feeds, pages and tables write it -> an instant in UTC; None where it is none."""
    return instant_of(text) or read_odd_date(text)


def read_odd_date(text: str) -> datetime | None:
    """A date that feedparser does not know -> an instant in UTC; None where it is none."""
    named = _WORDS.search(text)
    month = _month(named["month"]) if named else 0
    if named and month:
        with suppress(ValueError, OverflowError):
            return _moment(int(named["year"]), month, int(named["day"]), named["rest"])
    return _by_dateutil(text)


def _month(word: str) -> int:
    plain = word.casefold()
    return next((_MONTHS[plain[:n]] for n in (5, 4, 3) if plain[:n] in _MONTHS), 0)


def _moment(year: int, month: int, day: int, rest: str) -> datetime:
    time = _TIME.search(rest)
    hour, minute, second = (int(g or 0) for g in time.groups()[:3]) if time else (0, 0, 0)
    half = (time[4] or "").lower() if time else ""
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    return moment - _offset(rest[time.end() :] if time else "")


def _offset(text: str) -> timedelta:
    offset = _OFFSET.search(text)
    if offset:
        sign = -1 if offset[1] == "-" else 1
        return sign * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    words = (word.strip("()").casefold() for word in text.split())
    return timedelta(hours=next((_ZONES[word] for word in words if word in _ZONES), 0))


def _by_dateutil(text: str) -> datetime | None:
    from dateutil.parser import parse  # rare forms only

    zones = {name.upper(): timezone(timedelta(hours=hours)) for name, hours in _ZONES.items()}
    # A date that names no year, month or day is one of today: no report says when it was.
    first, second = datetime(1971, 1, 1), datetime(1972, 2, 2)  # noqa: DTZ001
    dotted = bool(_DOTTED.match(text.strip()))  # 05.02.2024 is written where the day comes first
    with suppress(ValueError, OverflowError, TypeError), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zones that nobody knows: UTC is taken
        moment = parse(text, default=first, tzinfos=zones, dayfirst=dotted)
        other = parse(text, default=second, tzinfos=zones, dayfirst=dotted)
        if moment.replace(tzinfo=None) == other.replace(tzinfo=None):
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None
