"""What decides about publication: whatever cannot be read holds a record back, and is said."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.content.kinds.record import Reading, read_article
from newsstand.problems import without_notes
from newsstand.text.date_names import iso

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


def reading_of(text: str, path: str = "news/quay.md", now: datetime = NOW) -> Reading:
    """A record as it is read at a time."""
    return read_article(text, path, now, lambda _: "")


def with_keys(*keys: str) -> str:
    """A record with a title, a link and these keys."""
    more = "\n".join(keys)
    return f"---\ntitle: Crane sold\nwebUrl: https://quay.example/c\n{more}\n---\nWords.\n"


def codes(reading: Reading) -> list[str]:
    """What was said of errors and warnings."""
    return [problem.code for problem in without_notes(reading.problems)]


def reason_of(reading: Reading) -> str:
    """Why a record is held back; it has then no article and names no outlet."""
    assert reading.held_back is not None
    assert (reading.article, reading.providers) == (None, ())
    return reading.held_back.reason


@pytest.mark.parametrize(
    "key",
    [
        *("draft: ture", "draft: 1", "draft: [yes]", "draft: 2026-05-01", "draft: {a: b}"),
        *("removed: by order of the court", "removed: 0", "removed: soon"),
        *("publishedDateTime: 24.12.2027 09:00", "publishedDateTime: after lunch"),
        *("publishedDateTime: [2020-01-01]", "publishedDateTime: 2026", "expires: in spring"),
        *("publishedDateTime: 2027-12-24 09:00 Nowhere/Town", "Draft: perhaps"),
        *("status: drfat", "visibility: onlyme", "embargo: 3/4/2027"),
    ],
)
def test_a_value_that_cannot_be_read_holds_the_record_back(key: str) -> None:
    """With an error that quotes it."""
    reading = reading_of(with_keys(key))
    assert reason_of(reading).endswith("cannot be read")
    errors = [problem for problem in reading.problems if problem.is_error]
    assert len(errors) == 1
    assert errors[0].line == 4


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("draft: yes", "draft"),
        ("Draft: true", "draft"),
        ("DRAFT: On", "draft"),
        ("is_draft: true", "draft"),
        ("status: draft", "draft"),
        ("post-status: Pending", "draft"),
        ("private: true", "draft"),
        ("publish: false", "draft"),
        ("Removed: yes", "removed"),
        ("unlisted: true", "draft"),
        ("publishedDateTime: 2026-03-10T12:00:01Z", "dated ahead"),
        ("publishedDateTime: 2026-03-11", "dated ahead"),
        ("date: Wed, 11 Mar 2026 08:00:00 +0100", "dated ahead"),
        ("embargo: 2026-04-01T00:00:00Z\npublishedDateTime: 2026-03-01T00:00:00Z", "dated ahead"),
        ("expires: 2026-03-10T12:00:00Z", "expired"),
        ("expiryDate: 2026-03-10", "expired"),
        ("draft: false\nstatus: draft", "draft"),
        ("drfat: true", "draft"),
        ("dr\u0430ft: yes", "draft"),
        ("stauts: draft", "draft"),
        ("removd: true", "removed"),
        ("publisheDateTime: 2026-04-01", "dated ahead"),
        ("embrago: 2026-04-01", "dated ahead"),
        ("expirse: 2026-03-01", "expired"),
        ("date: 2026-03-01\npublishDate: 2026-04-01", "dated ahead"),
        ("publishDate: 2026-04-01\ndate: 2026-03-01", "dated ahead"),
        ("layout: post\npublished: false", "draft"),
        ("date: 2026-03-01\npublished: no", "draft"),
    ],
)
def test_a_record_that_is_held_back(key: str, reason: str) -> None:
    """Whatever the key is called, and whatever another key says."""
    assert reason_of(reading_of(with_keys(key))) == reason


@pytest.mark.parametrize(
    "key",
    [
        *("draft: no", "draft:", 'draft: ""', "removed: off", "status: published", "public: yes"),
        *("publishedDateTime: 2026-03-10T12:00:00Z", "publishedDateTime: 2026-03-10"),
        *("expires: 2026-03-10T12:00:01Z", "publishedDateTime:", "private: false"),
        *("drfat: no", "craft: brewing", "state: California", "dated: by hand", "published: false"),
        *("date: 2026-03-01\npublished: true", "date: 2026-03-01\npublishDate: 2026-03-02"),
    ],
)
def test_a_record_that_is_published(key: str) -> None:
    """Only what clearly says so holds one back."""
    reading = reading_of(with_keys(key))
    assert reading.held_back is None
    assert reading.article is not None


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\ndraft: true\ndraft: false\n---\nx\n",
        "---\ntitle: A\ndraft: false\ndraft: no\n---\nx\n",
        "---\ntitle: A\npublishedDateTime: 2030-01-01\npublishedDateTime: 2026-01-01\n---\nx\n",
        '{"title": "A", "draft": true, "draft": false}\nx\n',
        '{"title": "A", "removed": "yes", "removed": "no"}\nx\n',
    ],
)
def test_of_two_values_of_what_decides_none_counts(text: str) -> None:
    """Nobody knows which is meant: the record is held back."""
    assert reason_of(reading_of(text)).endswith("cannot be read")


def test_a_record_that_waits_says_until_when() -> None:
    """And when it is to be read again."""
    reading = reading_of(with_keys("publishedDateTime: 2026-05-01T10:00:00+02:00"))
    assert reading.held_back is not None
    assert reading.held_back.until == reading.due
    assert reading.due is not None
    assert iso(reading.due) == "2026-05-01T08:00:00Z"


@pytest.mark.parametrize("key", ["draft: true", "publishedDateTime: 2027-01-01T00:00:00Z"])
def test_nothing_of_a_record_that_is_held_back_is_named(key: str) -> None:
    """Neither its outlet nor that of a related piece."""
    text = with_keys(
        key,
        "provider: {name: Quay Post (bought by Tide), domain: quay.example}",
        "related:\n  - {title: A, webUrl: 'https://b.example/x', provider: {name: Secret}}",
    )
    assert reading_of(text).providers == ()


@pytest.mark.parametrize(
    ("updated", "code", "shown"),
    [
        ("2099-01-01T00:00:00Z", "date-ahead", None),
        ("2026-03-10T12:00:01Z", "date-ahead", None),
        ("1800-01-01", "date-order", None),
        ("2026-03-07T23:59:59Z", "date-order", None),
        ("2026-03-09T08:00:00Z", "", "2026-03-09T08:00:00Z"),
        ("2026-03-10", "", "2026-03-10T00:00:00Z"),
        ("2026-03-08", "", None),
    ],
)
def test_a_change_that_cannot_be_is_passed_over(updated: str, code: str, shown: str | None) -> None:
    """It lies after now, or before the publication."""
    keys = ("publishedDateTime: 2026-03-08T10:00:00Z", f"updatedDateTime: {updated}")
    reading = reading_of(with_keys(*keys))
    assert reading.article is not None
    assert codes(reading) == ([code] if code else [])
    found = reading.article.updated
    assert (iso(found) if found else None) == shown


def test_related_pieces_that_are_dated_ahead_are_left_out() -> None:
    """Until they are due; who reads again then finds them."""
    text = with_keys(
        "related:",
        "  - {title: Now, webUrl: 'https://b.example/x', publishedDateTime: 2026-03-10T11:00:00Z}",
        "  - {title: Next, webUrl: 'https://b.example/y', publishedDateTime: 2026-07-01T11:00:00Z}",
    )
    reading = reading_of(text)
    assert reading.article is not None
    assert [piece.title for piece in reading.body.related] == ["Now"]
    assert reading.due is not None
    assert reading.since is not None
    assert (iso(reading.due), iso(reading.since)) == (
        "2026-07-01T11:00:00Z",
        "2026-03-10T11:00:00Z",
    )
    later = reading_of(text, now=reading.due)
    assert [piece.title for piece in later.body.related] == ["Now", "Next"]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("news/2024-01-18-quay.md", "2024-01-18"),
        ("_posts/2023-12-31.md", "2023-12-31"),
        ("link/2019-03-01/index.md", "2019-03-01"),
        ("link/2019-03-01-a/index.fr.md", "2019-03-01"),
        ("news/2024-01-18_quay.txt", "2024-01-18"),
        ("news/2024-02-30-quay.md", ""),
        ("news/quay-2024-01-18.md", ""),
        ("news/20240118-quay.md", ""),
        ("2024-01-18/quay.md", ""),
    ],
)
def test_the_day_in_a_files_name_dates_it(path: str, day: str) -> None:
    """Where the record itself says nothing, with keys and without; to the day."""
    for text in (with_keys("topics: [Ports]"), "# Crane sold\n\nWords.\n"):
        article = reading_of(text, path).article
        assert article is not None
        stated = article.piece.stated
        assert (iso(stated)[:10] if stated else "") == day
        assert article.piece.is_day == bool(day)


def test_a_date_in_the_record_beats_the_name() -> None:
    """Also one that cannot be read."""
    path = "news/2024-01-18-quay.md"
    article = reading_of(with_keys("date: 2024-01-20T08:00:00Z"), path).article
    assert article is not None
    assert article.published is not None
    assert iso(article.published) == "2024-01-20T08:00:00Z"
    assert reading_of(with_keys("publishedDateTime: once"), path).held_back is not None


def test_a_name_may_lie_ahead() -> None:
    """As with a date in the record."""
    reading = reading_of("# Crane sold\n\nWords.\n", "news/2026-03-11-crane.md")
    assert reason_of(reading) == "dated ahead"


def test_a_day_stands_at_its_end() -> None:
    """It is never before a report of the same day, and what is printed of it is its beginning."""
    article = reading_of(with_keys("publishedDateTime: 2026-03-08")).article
    assert article is not None
    assert article.published is not None
    assert article.piece.stated is not None
    assert iso(article.published) == "2026-03-08T23:59:59Z"
    assert iso(article.piece.stated) == "2026-03-08T00:00:00Z"
