"""Text that strangers wrote to keep a build or a fetch busy: time grows with its length only."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsstand.content.kinds.record import read_article
from newsstand.content.never_published import find_secured
from newsstand.fetch.entries import NotAFeedError
from newsstand.fetch.feed_dates import read_odd_date
from newsstand.fetch.feed_parser import parse_xml
from newsstand.fetch.feeds import is_page
from newsstand.fetch.html_text import plain_text
from newsstand.render.unbroken_words import unbroken
from newsstand.text.excerpts import with_end
from newsstand.text.strings import one_line
from tests.factories import NOON

_LONG = 100_000  # characters
_SECONDS = 10.0  # each of these took minutes, or had no end


def _toml(keys: str) -> object:
    return read_article(f"+++\n{keys}\n+++\nWords.\n", "news/a.md", NOON, lambda _: "")


def _record(text: str) -> object:
    return read_article(text, "news/a.md", NOON, lambda _: "")


def _feed(end: str) -> object:
    with pytest.raises(NotAFeedError):
        parse_xml(f"<p></rss>{end}".encode(), "https://quay.example/")
    return None


def _hidden(text: str) -> object:
    assert one_line(text)
    return None


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (_hidden, "<!--" * (_LONG // 4)),
        (_hidden, "<script>" * (_LONG // 8)),
        (_hidden, "<style " * (_LONG // 7)),
        (find_secured, "secured" + "\n" * _LONG),
        (find_secured, "secured" + "\n\n-" * (_LONG // 3)),
        (find_secured, "secured:!" * (_LONG // 9)),
        (find_secured, "secured:" + "!" * _LONG),
        (_toml, "a." * (2 * _LONG)),
        (_record, "# x" + " " * _LONG + "y"),
        (_record, "# x" + " #" * (_LONG // 2) + "y"),
        (read_odd_date, "1 Jan 2024 10:00" + " " * _LONG + "x"),
        (plain_text, "<div>" * _LONG),
        (with_end, "[" * _LONG),
        (with_end, "." * _LONG + "x"),
        (with_end, "a. " * _LONG + "x"),
        (_feed, "<!---->" * 60 + "x"),
        (unbroken, "a" * (10 * _LONG) + "-"),
        (unbroken, "a-" * _LONG),
    ],
)
def test_no_text_keeps_the_program_busy(read: Callable[[str], object], text: str) -> None:
    """Each would be read again and again by a rule that only means well."""
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < _SECONDS


def test_what_is_hidden_in_a_headline_is_not_shown() -> None:
    """A comment, a script and a style, each up to its own end."""
    text = "<p>One<!-- <script> -->two<STYLE a>x</style >three<script>a</style></script> four</p>"
    assert one_line(text) == "One two three four"


def test_comments_before_a_page_and_behind_a_feed_are_passed_over() -> None:
    """And no number of them keeps the program busy."""
    comments = b"<!-- a -->" * 300
    assert is_page(comments + b"<html>")
    assert not is_page(comments + b"<rss>")
