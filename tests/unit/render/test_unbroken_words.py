"""Short words with a hyphen stay in one line; all else is escaped and left as it is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from newsstand.render.unbroken_words import unbroken


@pytest.mark.parametrize("word", ["go-ahead", "well-known", "Covid-19", "2025-26", "über-alt"])
def test_a_short_word_stays_whole(word: str) -> None:
    """Wherever in the headline it is; what follows it may be in the next line."""
    whole = f'<span class="unbroken">{word}</span>'
    assert str(unbroken(f"Tram {word}: {word}, at last")) == f"Tram {whole}: {whole}, at last"


@pytest.mark.parametrize(
    "text", ["Nordrhein-Westfalen votes", "North - and south", "A dash-", "-1 degrees", "Plain"]
)
def test_long_words_and_other_dashes_are_left(text: str) -> None:
    """A long word would reach beyond a narrow column."""
    assert str(unbroken(text)) == text


@given(st.text(alphabet="ab-<>&\"' ", max_size=30))
def test_the_words_are_those_of_the_text(text: str) -> None:
    """Without the spans it is the text, escaped."""
    bare = re.sub(r'<span class="unbroken">([^<]*)</span>', r"\1", str(unbroken(text)))
    assert unescape(bare) == text
    assert not re.search(r"[<>\"']", bare)


@pytest.mark.parametrize("html", ['<b class="two-col">a-b</b>', str(unbroken("go-ahead"))])
def test_html_is_left_as_it_is(html: str) -> None:
    """A tag is no text, and what was done once is not done again."""
    assert str(unbroken(Markup(html))) == html
