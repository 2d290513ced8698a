"""Files of ``pages/``: plain pages."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.page import read_page


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
