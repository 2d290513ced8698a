"""Whether a record is published, and when that changes. What cannot be read holds it back."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time

from msgspec import Struct

from newsstand.content.foreign_key_names import NEVER, SHUT, SIGNS
from newsstand.content.front_matter.fields import HELD, Fields
from newsstand.content.kinds.plain_text import name_of_record
from newsstand.model import DATED_AHEAD, DRAFT, EXPIRED, REMOVED, HeldBack
from newsstand.problems import Finding, Problem, Severity, remark, warning
from newsstand.text.date_names import clock, day_name
from newsstand.text.dates import Time, read_time

_DAY_IN_NAME = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)(?:[-_ .].*)?")
_DRAFTS = frozenset({"drafts", "draft", "_drafts"})
NOT_PUBLIC = "published is not yes"
_FLAGS = {"draft": DRAFT, "removed": REMOVED}


class Publication(Struct, frozen=True):
    """When a record was published and changed, and why it is held back ("" if it is not).

    `turns` are the instants at which the record says something else: those that it is dated ahead
    of, and those that have passed.
    """

    published: Time | None
    updated: Time | None
    reason: str
    turns: tuple[datetime, ...]

    def held_back(self, path: str) -> HeldBack | None:
        """The record as one that is held back; None where it is published."""
        if not self.reason:
            return None
        ahead = self.reason == DATED_AHEAD and self.published
        return HeldBack(path, self.reason, self.published.at if ahead and self.published else None)


def publication(values: Fields, path: str, now: datetime, zone: str) -> Publication:
    """What a record's keys, else its name, say about when it is published.

    A day is one in `zone`.
    """
    published = _in(zone, values.time("publishedDateTime", HELD))
    is_unread = published is None and values.is_given("publishedDateTime")
    if published is None and not is_unread:
        published = _in(zone, day_in_name(path))
        values.note(_dated_by_name() if published else _no_date())
    elif published is not None and published.is_day:
        values.note(_no_time())
    expires = _in(zone, values.time("expires", HELD))
    reasons = [DRAFT] if is_in_drafts(path) else []
    reasons += [_FLAGS.get(why, why) for why in map(values.holds_back, _FLAGS)]
    reasons += ["publishedDateTime cannot be read"] if is_unread else []
    if expires is None and values.is_given("expires"):
        reasons.append("expires cannot be read")
    elif expires is not None and expires.at <= now:
        reasons.append(EXPIRED)
    if published is not None and published.at > now:
        reasons.append(DATED_AHEAD)
    reasons += [NOT_PUBLIC] if _says_not_public(values, now) else []
    updated = _in(zone, values.time("updatedDateTime"))
    turns = tuple([moment.at for moment in (published, expires, updated) if moment])
    shown = _believed(values, updated, published, now)
    return Publication(published, shown, next(filter(None, reasons), ""), turns)


def _says_not_public(values: Fields, now: datetime) -> bool:
    """Whether `published`, which says what is promoted, says that nobody may see the record."""
    value = values.raw("published")
    if not isinstance(value, str) or value in ("true", "false") or not value.strip():
        return False
    if SIGNS.sub("", value).casefold() in SHUT | NEVER:
        return True
    try:
        return read_time(value).last > now
    except (ValueError, OverflowError):
        return False


def between(turns: Collection[datetime], now: datetime) -> tuple[datetime | None, datetime | None]:
    """The first of these instants after now, and the last of the others."""
    after = min([turn for turn in turns if turn > now], default=None)
    return after, max([turn for turn in turns if turn <= now], default=None)


def _in(zone: str, time: Time | None) -> Time | None:
    return time.day_in(zone) if time else None


def _believed(
    values: Fields, updated: Time | None, published: Time | None, now: datetime
) -> Time | None:
    """The time of the last change, unless it cannot be that."""
    if updated is None:
        return None
    if updated.at > now:
        values.note(
            warning(
                ("updatedDateTime",),
                "date-ahead",
                "updatedDateTime is after the time of this build; it was passed over",
                "write when the outlet changed the report, or delete the key",
            )
        )
        return None
    if published is not None and updated.last < published.at:
        values.note(
            warning(
                ("updatedDateTime",),
                "date-order",
                "updatedDateTime is before publishedDateTime; it was passed over",
                "mend the one that is wrong, or delete updatedDateTime",
            )
        )
        return None
    if published is not None and updated.at < published.at:
        return None  # a day, of which nobody knows the hour
    return updated


def is_in_drafts(path: str) -> bool:
    """Whether a file lies in a folder of drafts, as Jekyll and many editors have one."""
    return "draft" in path and not _DRAFTS.isdisjoint(path.split("/")[:-1])


def day_in_name(path: str) -> Time | None:
    """The day with which a file's name begins, as Jekyll has it; that of the folder of an index."""
    match = _DAY_IN_NAME.fullmatch(name_of_record(path))
    if match is None:
        return None
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None
    return Time(datetime.combine(day, time(), UTC), zoned=False, is_day=True)


def dated_by_name(path: str) -> Problem:
    """What is said of a record without keys that is dated by its name."""
    finding = _dated_by_name()
    return Problem(path, 1, 1, Severity.NOTE, finding.code, finding.message, finding.hint)


def _dated_by_name() -> Finding:
    message = "the record is dated by the day in its file's name"
    return remark((), "date-in-name", message, "add publishedDateTime: if the hour is known")


def _no_date() -> Finding:
    message = "the record has no date: it stands last, and in no feed"
    return warning(
        (), "date-missing", message, "add publishedDateTime:, or begin its name with a day"
    )


def _no_time() -> Finding:
    message = "publishedDateTime names a day and no time: the record stands at the day's end"
    return remark(("publishedDateTime",), "date-no-time", message, "add the time, if it is known")


def why_held(held: HeldBack) -> str:
    """Why a record is held back, and until when, where that is known."""
    if held.until is None:
        return held.reason
    return f"{held.reason}, until {day_name(held.until)}, {clock(held.until)} UTC"
