"""What a text that is no link is a slip of."""

from __future__ import annotations

import pytest

from newsstand.text.links import link_meant, web_link


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("www.quay.example/a", "https://www.quay.example/a"),
        ("//quay.example/a?b=c", "https://quay.example/a?b=c"),
        ("https:/quay.example/a", "https://quay.example/a"),
        ("http//quay.example", "http://quay.example"),
        ("<https://quay.example/a>", "https://quay.example/a"),
        ('"https://quay.example/a"', "https://quay.example/a"),
        ("[words](https://quay.example/a)", "https://quay.example/a"),
        ('[words](<quay.example/a> "title")', "https://quay.example/a"),
        ("https://quay.example/a https://wharf.example/b", "https://quay.example/a"),
    ],
)
def test_a_slip_of_a_link_is_known(text: str, meant: str) -> None:
    """It is none as it stands; the remedy has what was meant."""
    assert web_link(text) == ""
    assert link_meant(text) == meant
    assert web_link(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("ftp://quay.example/a", "javascript:alert(1)", "yes", "/news/a/", "a.md", "photo.png"),
        *("localhost:80", "v1.2", "mailto:a@quay.example", "", "two words.", "2026-03-01"),
        *("https://user:word@quay.example/", "https://quay.example/\u202ea", "C:\\\\x.svg"),
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    """A file, a path, another scheme or a word is no link, and a password is not repeated."""
    assert link_meant(text) == ""


@pytest.mark.parametrize("text", ["https://quay.example/a b", "https://quay.example/?q=a b"])
def test_a_space_inside_is_a_part_of_the_link(text: str) -> None:
    """As browsers read it; only what begins another link is none."""
    assert web_link(text) == text.replace(" ", "%20")


@pytest.mark.parametrize("text", ["\U0001bc6b.A", "a\u2028b.example"])
def test_what_cannot_be_printed_is_no_remedy(text: str) -> None:
    """A message is one printable line."""
    assert link_meant(text) == ""
