"""HTML of strangers as plain text."""

from __future__ import annotations

import pytest

from newsstand.fetch.html_text import excerpt_of, pictures_in, plain_text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One.</p><p>Two &amp; three</p>", "One. Two & three"),
        ("a < b, and 3 > 2", "a < b, and 3 > 2"),
        ("R&amp;D &#8212; it&rsquo;s", "R&D — it\u2019s"),
        ("x<script>alert(1)</script><style>p{}</style>y", "xy"),
        ("<a href='javascript:x'>Click</a><br>here", "Click here"),
        ("<iframe>inside</iframe>out", "out"),
        ("line\nbreaks\t and  spaces", "line breaks and spaces"),
        ("\u202egnp\x00.exe", "gnp.exe"),
        ("<<b>>", "<>"),
    ],
)
def test_plain_text(html: str, wanted: str) -> None:
    """Without tags, entities decoded once, on one line."""
    assert plain_text(html) == wanted


def test_an_excerpt_ends_with_a_sentence() -> None:
    """Of at most 300 characters; what only leads on is cut off, the headline is not repeated."""
    text = "<p>First sentence here. " + "Another one follows it. " * 30 + "</p>"
    found = excerpt_of(text, "", "Headline")
    assert len(found) <= 300
    assert found.endswith("follows it.")
    assert excerpt_of("Headline", "", "Headline") == ""
    assert excerpt_of("Headline: and what it says.", "", "Headline") == "and what it says."
    assert (
        excerpt_of("<a href='#'>Comments</a>", "<p>The whole text.</p>", "H") == "The whole text."
    )
    wordpress = "It opens today. The post Bridge opens appeared first on Gazette."
    assert excerpt_of(wordpress, "", "Bridge opens") == "It opens today."


def test_pictures_that_count_readers_are_none() -> None:
    """Nor icons, nor data; addresses become whole."""
    html = (
        '<img src="/pixel.gif" width=1 height=1><img src="data:image/png;base64,x">'
        '<img width="600px" src="a.jpg?x=1&amp;y=2" alt="A &quot;bridge&quot;">'
        "<img data-src=/b.jpg>"
    )
    found = list(pictures_in(html, "https://gull.example/news/"))
    assert [p.link for p in found] == [
        "https://gull.example/news/a.jpg?x=1&y=2",
        "https://gull.example/b.jpg",
    ]
    assert (found[0].width, found[0].title) == (600, 'A "bridge"')
