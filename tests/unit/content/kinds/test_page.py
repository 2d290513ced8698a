"""Files of ``pages/``: plain pages."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.content.kinds import page as page_module
from newsstand.content.kinds.keyed_file import Outcome
from newsstand.model import PlainPage

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


def read_page(text: str, path: str) -> Outcome[PlainPage]:
    """A page as it is read at noon."""
    return page_module.read_page(text, path, NOW)[0]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: About us\ndescription: Who.\n---\nWords.\n", "About us", "Words."),
        ("# About us\n\nWords.\n", "About us", "Words."),
        ("---\ndescription: Who.\n---\n# About us\n\nWords.\n", "About us", "Words."),
    ],
)
def test_a_page_has_a_title(text: str, title: str, body: str) -> None:
    """Its own, or its first line."""
    page, problems = read_page(text, "pages/About Us.md")
    assert page is not None
    assert (page.title, page.body, page.slug, problems) == (title, body, "about-us", ())


@pytest.mark.parametrize(
    "keys",
    [
        *("draft: true", "Draft: 'Yes'", "removed: true", "draft: ture", "status: draft"),
        *("published: false", "draft: false\ndraft: true", "drfat: true"),
    ],
)
def test_a_page_that_is_a_draft_is_left_out(keys: str) -> None:
    """As a record is, whatever the key is called; and that is said."""
    page, problems = read_page(f"---\ntitle: Plans\n{keys}\n---\nSecret.\n", "pages/plans.md")
    assert page is None
    assert "page-held-back" in [problem.code for problem in problems]


def test_a_page_has_keys_in_any_dress() -> None:
    """In another case, or as lines that a blank line ends; what only looks like keys is refused."""
    page, problems = read_page("---\nTitle: About\nlayout: page\n---\nW.\n", "pages/a.md")
    assert page is not None
    assert page.title == "About"
    assert [problem.code for problem in problems] == ["key-read-as", "key-of-others"]
    header, _ = read_page("Title: About\nSummary: Who.\n\nWords.\n", "pages/a.md")
    assert header is not None
    assert (header.title, header.description, header.body) == ("About", "Who.", "Words.")
    assert read_page("Title: About\nStatus: draft\n\nWords.\n", "pages/a.md")[0] is None
    assert read_page(";;;\ntitle: A\n;;;\nWords.\n", "pages/a.md")[0] is None


@pytest.mark.parametrize(
    ("keys", "reason", "turn"),
    [
        ("publishedDateTime: 2027-01-01", "dated ahead", "2027-01-01"),
        ("date: 2026-03-11T10:00:00Z", "dated ahead", "2026-03-11"),
        ("embargo: 2027-01-01", "dated ahead", "2027-01-01"),
        ("expires: 2026-03-01", "expired", "2026-03-01"),
        ("expiryDate: soon", "expiryDate cannot be read", ""),
        ("date: 2026-01-01\npublished_at: 24.12.2027", "published_at cannot be read", ""),
    ],
)
def test_a_page_waits_and_ends_as_a_record_does(keys: str, reason: str, turn: str) -> None:
    """And it is known when it will say something else."""
    (page, problems), turns = page_module.read_page(f"---\ntitle: P\n{keys}\n---\nW.", "a.md", NOW)
    assert page is None
    assert f"the page is held back ({reason})" in [p.message for p in problems]
    assert [str(at)[:10] for at in turns] == ([turn] if turn else [])
    assert read_page("---\ntitle: P\ndate: 2026-03-01\nexpires: 2027-01-01\n---\nW.", "a.md")[0]
    assert read_page("---\ntitle: P\n---\nW.", "pages/drafts/a.md")[0] is None


@pytest.mark.parametrize(("day", "is_shown"), [("2026-03-02", True), ("2027-03-02", False)])
def test_published_with_a_day_says_when_a_page_comes(day: str, is_shown: bool) -> None:
    """It is no yes or no."""
    page, _ = read_page(f"---\ntitle: P\npublished: {day}\n---\nW.", "a.md")
    assert (page is not None) is is_shown


@pytest.mark.parametrize(
    "more", ["---\ndraft: true\n---\n", "hidden: yes\n", "+++\ntitle = 'x'\n+++\n"]
)
def test_a_second_block_of_keys_is_no_page(more: str) -> None:
    """As in a record."""
    page, problems = read_page(f"---\ntitle: P\n---\n{more}Words.", "a.md")
    assert page is None
    assert [p.code for p in problems] == ["front-matter-astray"]
