"""CSV and JSON lines with named columns -> reports."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from newsstand.fetch.entries import Entry, FoundPicture
from newsstand.fetch.feed_dates import read_feed_date

COLUMNS = {
    "title": ("title", "headline", "name"),
    "link": ("weburl", "url", "link", "href", "originalurl"),
    "published": ("publisheddatetime", "published", "date", "datetime", "time", "timestamp"),
    "summary": ("excerpt", "summary", "description", "text", "lead"),
    "outlet": ("outlet", "provider", "publisher", "source", "outletname"),
    "topics": ("topics", "topic", "tags", "category", "section"),
    "language": ("language", "lang", "locale"),
    "picture": ("image", "picture", "imageurl", "thumbnail"),
}
"""The names that a column may have, without case, spaces, dashes and underlines."""
_SEPARATOR = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its report, the outlet and the topics that it names.

    `is_day` says that its time is a day without an hour, `fault` why the line is no report;
    `is_of_feed` that it is no line but an entry of a feed: without a time it is news. `line` is
    its number in the file, from 1; that of its end where it has several, 0 where nobody knows.
    """

    entry: Entry
    outlet: str = ""
    topics: tuple[str, ...] = ()
    fault: str = ""
    is_day: bool = False
    is_of_feed: bool = False
    line: int = 0


class NotATableError(ValueError):
    """A table without the columns that are needed."""


def read_csv(text: str) -> tuple[Row, ...]:
    """CSV with a line of names; commas, semicolons or tabs. Raises NotATableError."""
    sample = text[:4000]
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample.splitlines()[0], ",;\t")
    except (csv.Error, IndexError):
        dialect = csv.excel
    try:
        reader = csv.DictReader(io.StringIO(text), dialect=dialect)
        return _rows((reader.line_num, line) for line in reader)
    except csv.Error as problem:
        raise NotATableError(f"cannot be read as CSV ({problem})") from problem


def read_json_lines(text: str) -> tuple[Row, ...]:
    """JSON, one object a line; a line that is none is a row that says so. Raises NotATableError."""
    return _rows(_objects(text))


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, object] | None]]:
    for number, line in enumerate(text.splitlines(), 1):
        value: object = None
        with suppress(msgspec.DecodeError):
            value = msgspec.json.decode(line)
        if line.strip():
            yield number, value if isinstance(value, dict) else None


def _rows(lines: Iterable[tuple[int, Mapping[str, object] | None]]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, line in lines:
        if line is None:
            rows.append(Row(Entry(), fault="is no JSON object", line=number))
            continue
        plain = {_plain(str(name)): value for name, value in line.items() if value is not None}
        values = {key: _first(plain, names) for key, names in COLUMNS.items()}
        if all(row.fault for row in rows) and not (_has(plain, "title") and _has(plain, "link")):
            raise NotATableError("needs columns with the names title and url")
        rows.append(_row(values, number))
    return tuple(rows)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.removeprefix("\ufeff")).casefold()


def _has(plain: Mapping[str, object], key: str) -> bool:
    return any(name in plain for name in COLUMNS[key])


def _first(plain: Mapping[str, object], names: Iterable[str]) -> str:
    for name in names:
        value = plain.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            value = ";".join(str(entry) for entry in value)
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    return ""


def _row(values: Mapping[str, str], line: int) -> Row:
    picture = values["picture"]
    entry = Entry(
        link=values["link"],
        title=values["title"],
        summary=values["summary"],
        published=_instant(values["published"]),
        language=values["language"],
        pictures=(FoundPicture(picture),) if picture else (),
    )
    topics = tuple(t for t in _SEPARATOR.split(values["topics"]) if t)
    return Row(entry, values["outlet"], topics, is_day=_is_day(values["published"]), line=line)


def _is_day(text: str) -> bool:
    """Whether a time that can be read names no hour; seconds since 1970 do."""
    return bool(text) and ":" not in text and not text.isdecimal()


def _instant(text: str) -> datetime | None:
    if text.isdecimal() and len(text) in (10, 13):  # seconds or milliseconds since 1970
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return read_feed_date(text)
