"""The forms in which feeds, mail, programs and people write a time, beside ISO 8601."""

from __future__ import annotations

import re
from functools import cache

_CLOCK = (
    r"(?:[T ,]*(?:at )?(?P<hour>\d\d?)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?|"
    r"(?= ?[ap]\.?m\b))(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"(?: ?\(?(?P<zone>[A-Za-z][\w+/-]*|[-+]\d\d?(?::?\d\d)?)\)?)?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?"
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"


@cache  # nearly all times are ISO 8601: the others are not worth their time at each start
def forms() -> tuple[re.Pattern[str], ...]:
    """Forms that mean one time: the year first, RFC 822 and RFC 5322, English months."""
    return tuple(
        re.compile(_WEEKDAY + day + _CLOCK, re.IGNORECASE)
        for day in (
            r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)",
            rf"(?P<day>\d\d?)(?:st|nd|rd|th)?[ -]{_MONTH}[ -](?P<year>\d{{4}})",
            # RFC 822, section 5.1: two digits of the year, and always a time
            rf"(?P<day>\d\d?) {_MONTH} (?P<year>\d\d)(?=,? \d\d?:)",
            rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        )
    )


@cache
def _printed() -> re.Pattern[str]:
    """As C and JavaScript print a time: the year stands behind it, or before it."""
    return re.compile(
        rf"{_WEEKDAY}(?P<month>[A-Z][a-z]{{2}}) +(?P<day>\d\d?) (?:(?P<first>\d{{4}}) )?"
        r"(?P<clock>\d\d:\d\d:\d\d)(?: (?P<zone>(?:GMT|UTC)?(?:[-+]\d{4})?))?(?: \([^()]*\))?"
        r"(?: (?P<last>\d{4}))?",
        re.IGNORECASE,
    )


@cache
def two_ways() -> re.Pattern[str]:
    """The form that may mean two days: nobody knows which number is the month."""
    return re.compile(
        r"(?P<one>\d\d?)(?P<sep>[-/.])(?P<two>\d\d?)(?P=sep)(?P<year>\d{4})" + _CLOCK,
        re.IGNORECASE,
    )


def usual_order(text: str) -> str:
    """``Sun Mar 1 10:00:00 UTC 2026`` -> ``1 Mar 2026 10:00:00 UTC``; other texts as they are."""
    match = _printed().fullmatch(text) if text[:1].isalpha() else None
    year = match and (match["first"] or match["last"])
    if match is None or not year or (match["first"] and match["last"]):
        return text
    zone = (match["zone"] or "").removeprefix("GMT").removeprefix("UTC") or match["zone"] or ""
    return f"{match['day']} {match['month']} {year} {match['clock']} {zone}".strip()
