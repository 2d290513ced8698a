"""Keys of other programs are read by what they mean here."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.kinds.foreign_keys import with_own_keys
from newsstand.content.kinds.record import read_article
from newsstand.content.record_keys import RECORD_KEYS
from newsstand.model import Article
from newsstand.problems import Problem

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


def read(*lines: str) -> tuple[Article, tuple[Problem, ...]]:
    """A record with these keys."""
    text = "\n".join(["---", "title: Crane sold", *lines, "---", "Words."])
    reading = read_article(text, "news/crane.md", NOW, lambda address: address)
    assert reading.article is not None
    return reading.article, reading.problems


@pytest.mark.parametrize(
    ("key", "own", "value"),
    [
        *(
            (key, "publishedDateTime", "2026-03-08")
            for key in ("date", "pubDate", "published_at", "created")
        ),
        *(
            (key, "updatedDateTime", "2026-03-08")
            for key in ("updated", "lastmod", "Last-Modified")
        ),
        *((key, "topics", ["A"]) for key in ("tags", "categories", "Keywords", "labels")),
        *((key, "excerpt", "A line") for key in ("summary", "description", "abstract")),
        *(
            (key, "webUrl", "https://q.example/a")
            for key in ("link", "url", "source_url", "canonical")
        ),
        *((key, "provider", "Quay Post") for key in ("author", "source", "publisher", "site")),
        *(("lang", "language", "de"), ("expiryDate", "expires", "2027-01-01")),
        *(("TITLE", "title", "x"), ("web_url", "webUrl", "https://q.example/a")),
    ],
)
def test_a_key_is_known_by_its_meaning(key: str, own: str, value: Value) -> None:
    """In any case, with dashes or underscores."""
    made = with_own_keys({key: value}, RECORD_KEYS, "a record")
    assert made.values == {own: value}
    assert made.written == {own: key}
    assert [f.code for f in made.findings] == ["key-read-as"]


@pytest.mark.parametrize(
    ("value", "pictures"),
    [
        ("a.png", [{"url": "a.png"}]),
        (["a.png", "b.png"], [{"url": "a.png"}, {"url": "b.png"}]),
        ({"src": "a.png", "alt": "A crane"}, [{"url": "a.png", "title": "A crane"}]),
        ({"image": "a.png", "caption": "C"}, [{"url": "a.png", "title": "C"}]),
    ],
)
def test_pictures_of_other_programs(value: Value, pictures: Value) -> None:
    """An address, some, or a group of keys."""
    for key in ("image", "cover", "featured_image"):
        assert with_own_keys({key: value}, RECORD_KEYS, "a record").values["images"] == pictures


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("slug: old-name", "rename the file"),
        ("layout: post", "delete it"),
        ("permalink: /2019/x/", "the address is the name of the file"),
        ("url: /x/", "the address is the name of the file"),
    ],
)
def test_what_means_nothing_here_is_said(key: str, hint: str) -> None:
    """With what stands for it."""
    _, problems = read(key)
    (said,) = [p for p in problems if p.code == "key-of-others"]
    assert hint in said.hint


@pytest.mark.parametrize("key", ["date: 2026-03-08", "aliases: [/x/]", "tags: [A]", "unlisted: no"])
def test_nothing_absurd_is_offered(key: str) -> None:
    """No word of another key that only looks alike."""
    _, problems = read(key)
    assert not [p for p in problems if "did you mean" in p.hint]


def test_a_key_of_ours_beats_the_other() -> None:
    """And both are said; topics are put together."""
    article, problems = read(
        "publishedDateTime: 2026-03-08T10:00:00Z", "date: 2020-01-01", "tags: [A]", "topics: [B]"
    )
    assert article.published == datetime.fromisoformat("2026-03-08T10:00:00+00:00")
    assert article.topics == ("B", "A")
    assert "`date` is not read, as publishedDateTime says the same" in [p.message for p in problems]


def test_a_mistake_in_such_a_key_is_named_by_the_files_own_name() -> None:
    """At its line."""
    text = "---\ntitle: A\ndate: never\n---\n"
    problems = read_article(text, "a.md", NOW, lambda _: "").problems
    (said,) = [p for p in problems if p.is_error]
    assert (said.line, said.message[:15]) == (3, "date is 'never'")
