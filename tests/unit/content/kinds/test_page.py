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
