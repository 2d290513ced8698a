"""How a date is read, as records, feeds and people write it: where it can mean but one instant.

Beside ISO 8601 and YAML these are RFC 822 and RFC 5322 (feeds, mail), the year
first with slashes or points, English months, zones by name (IANA), and seconds since 1970. What may
mean two instants is refused, and `meanings` has both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from newsstand.text.date_forms import forms, two_ways, usual_order
from newsstand.text.date_names import MONTHS, iso
from newsstand.text.zones import local, start_of_day, zone_of

# YAML 1.1 timestamps (yaml.org/type/timestamp.html) allow one-digit parts and spaces.
_YAML_STAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::?\d\d)?))?)?"
)
_MONTHS = {"sept": 9}
for _number, _name in enumerate(MONTHS, 1):
    _MONTHS |= {_name.lower(): _number, _name[:3].lower(): _number}
# RFC 822, section 5.1, without the military letters: RFC 5322 says that most got them wrong.
_ZONES = {"ut": 0, "utc": 0, "gmt": 0, "z": 0}
_ZONES |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"\d{13}")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d{8}|\d{4}-\d{3}|\d{4}-?W\d\d-?\d")
_NO_DAY = re.compile(r"\d{4}(?:-\d\d?)?|\d{4}-?W\d\d")
_SIGNS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u202f": " ", "\xa0": " "})
# Earlier ones are slips ("0024") or a program's word for no time (Go's is the year 1).
FIRST_YEAR = 1000
OLDEST = datetime.min.replace(tzinfo=UTC)
"""Before all times: where the undated stand."""
_LAST_SECOND = datetime.max.replace(microsecond=0, tzinfo=UTC)
_A_DAY, _A_SECOND = timedelta(days=1), timedelta(seconds=1)
_END_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)


class Time(NamedTuple):
    """An instant in UTC. `zoned` says that the text names a zone; `is_day` that it names no time.

    Of a day `at` is its first instant.
    """

    at: datetime
    zoned: bool
    is_day: bool = False
    zone: str = "UTC"  # in which a day is a day

    @property
    def last(self) -> datetime:
        """The last instant that is meant: of a day its last second."""
        if not self.is_day:
            return self.at
        if self.zone == "UTC":
            return self.at + _END_OF_DAY
        try:
            return start_of_day(local(self.at, self.zone).date() + _A_DAY, self.zone) - _A_SECOND
        except OverflowError:  # the last day that there is
            return _LAST_SECOND

    def day_in(self, zone: str) -> Time:
        """The time with a day as that of another zone; an instant is what it is."""
        if not self.is_day or zone == self.zone:
            return self
        return self._replace(at=start_of_day(local(self.at, self.zone).date(), zone), zone=zone)


def read_instant(text: str) -> tuple[datetime, bool]:
    """An instant in UTC, and whether the text named a zone (without one it is UTC).

    Reads what `datetime.fromisoformat` reads, the rarer ISO 8601 forms (ordinal dates,
    hour 24) and YAML timestamps. Raises ValueError for anything else, and for the years before
    `FIRST_YEAR`.
    """
    moment = _read_iso(text.strip())
    if moment.year < FIRST_YEAR:
        raise ValueError(f"before the year {FIRST_YEAR}")
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC), False
    try:
        return moment.astimezone(UTC), True
    except OverflowError as problem:
        raise ValueError("outside the years 1 to 9999") from problem


def instant_of(text: str) -> datetime | None:
    """An instant in UTC as `read_instant` reads it; None for anything else."""
    try:
        return read_instant(text)[0]
    except (ValueError, OverflowError):
        return None


def _read_iso(text: str) -> datetime:
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
    return moment if zone is None else moment.replace(tzinfo=_yaml_zone(zone).tzinfo)


def _yaml_zone(zone: str) -> datetime:
    sign, digits = zone[0], zone[1:].replace(":", "")
    if zone == "Z":
        return datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return datetime.fromisoformat(f"2000-01-01T00:00:00{sign}{int(hours):02d}:{minutes}")


def read_time(text: str) -> Time:
    """A time as it is written. Raises ValueError for what is none, or may be two."""
    if text[10:11] == "T" and text[19:] == "Z":  # nearly all are written so
        return Time(*read_instant(text))
    plain = usual_order(text.strip().translate(_SIGNS))
    if _NO_DAY.fullmatch(plain):
        raise ValueError("names no day")
    if _SECONDS.fullmatch(plain) or _MILLISECONDS.fullmatch(plain):
        seconds = float(plain) / (1000 if len(plain) == 13 else 1)
        return Time(datetime.fromtimestamp(int(seconds), UTC), True)
    try:
        return Time(*read_instant(plain), _DAY.fullmatch(plain) is not None)
    except ValueError:
        match = next((m for m in (form.fullmatch(plain) for form in forms()) if m), None)
        if match is None:
            raise
    return _time(match, int(match["day"]), _month(match))


def meanings(text: str) -> tuple[str, ...]:
    """What a text that is no time may mean, as it should be written; nothing where nobody knows."""
    plain = text.strip().translate(_SIGNS)
    match = two_ways().fullmatch(plain)
    if match:
        return tuple(dict.fromkeys(_both_ways(match)))
    dated = next((m for m in (form.fullmatch(plain) for form in forms()) if m), None)
    return tuple(dict.fromkeys(_both_hours(dated))) if dated else ()


def _both_ways(match: re.Match[str]) -> Iterator[str]:
    """Day before month, and month before day."""
    for day, month in ((match["one"], match["two"]), (match["two"], match["one"])):
        try:
            yield written(_time(match, int(day), int(month)))
        except ValueError:
            continue


def _both_hours(match: re.Match[str]) -> Iterator[str]:
    """An hour that a clock shows twice, when summer time ends."""
    for fold in (0, 1):
        try:
            yield written(_time(match, int(match["day"]), _month(match), fold))
        except ValueError:
            return


def written(time: Time) -> str:
    """A time as it is best written: ``2024-01-18T19:04:00Z``, or the day alone."""
    return iso(local(time.at, time.zone))[:10] if time.is_day else iso(time.at)


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if parts.get("month"):
        return int(parts["month"])
    number = _MONTHS.get(parts["name"].lower())
    if number is None:
        raise ValueError("no month has this name")
    return number


def _time(match: re.Match[str], day: int, month: int, fold: int | None = None) -> Time:
    year = _year(match["year"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError("there is no such day")
    if match["hour"] is None:
        return Time(datetime(year, month, day, tzinfo=UTC), False, True)
    clock = (_hour(match), int(match["minute"] or 0), min(int(match["second"] or 0), 59))
    local = datetime(year, month, day, *clock)  # noqa: DTZ001  (its zone follows)
    zone = _zone(match["zone"]) if match["zone"] else None
    if zone is None:
        return Time(local.replace(tzinfo=UTC), False)
    earlier, later = (local.replace(tzinfo=zone, fold=n).astimezone(UTC) for n in (0, 1))
    if earlier < later and fold is None:
        raise ValueError("the clock shows this hour twice on that day")
    return Time(later if fold else earlier, True)


def _year(digits: str) -> int:
    """Two digits are of the years 1950 to 2049 (RFC 5322, section 4.3)."""
    year = int(digits)
    if len(digits) > 2 and year < FIRST_YEAR:
        raise ValueError(f"before the year {FIRST_YEAR}")
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if not match["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no clock of twelve hours shows this")
    return hour % 12 + 12 * (match["half"].lower() == "p")


def _zone(name: str) -> tzinfo:
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    if name.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[name.lower()]))
    if "/" not in name:  # letters such as IST are several zones
        raise ValueError("no zone has this name")
    return zone_of(name)
