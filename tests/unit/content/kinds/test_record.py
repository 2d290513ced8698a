"""A record becomes an article; what is wrong with it is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsstand.content.kinds.record import Reading, read_article
from newsstand.model import Article

NOW = datetime(2024, 1, 20, tzinfo=UTC)
_LINKED = "webUrl: https://harbour.example/a\n"


def read(front: str, body: str = "", path: str = "news/bridge.md", local: str = "") -> Reading:
    """A record with this front matter; `local` is the one local picture there is."""
    text = f"---\n{front}---\n{body}"
    return read_article(text, path, NOW, lambda address: address if address == local else "")


def article_of(front: str, body: str = "", local: str = "") -> Article:
    """The article of a record that has one."""
    article = read(front, body, local=local).article
    assert article is not None
    return article


def codes(reading: Reading) -> list[str]:
    """What was said of a record, in order of place."""
    return [p.code for p in sorted(reading.problems, key=lambda p: (p.line, p.column))]


def test_every_key_of_the_format_is_read_without_a_word() -> None:
    """A full record of the format gives all it says and no problem."""
    reading = read(
        """\
category: news
title: "Bridge &amp; ferry"
excerpt: "A &quot;big&quot; day.\\n"
publishedDateTime: 2024-01-18T12:00:00+02:00
updatedDateTime: 2024-01-19T12:00:00Z
webUrl: "https://harbour.example/a"
originalUrl: "https://harbour.example/a?utm_source=x"
ampWebUrl: "https://harbour.example/a/amp/"
cdnAmpWebUrl: "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a/amp/"
type: Video
quality: 41
heat: -1
published: false
removed: false
draft: no
language: pt_BR
provider:
  name: Harbour Gazette
  domain: www.harbour.example
  images:
    - url: "https://harbour.example/logo.jpg"
      width: 50
      height: 50
      isCached: true
topics: [Azure, Storage]
images:
  - url: "https://harbour.example/a.jpg"
    width: 600
    height: 337
    title: A bridge
    attribution: Somebody
    isCached: true
related:
  - title: "Ferry"
    excerpt: "It stops."
    publishedDateTime: 2024-01-17T00:00:00Z
    webUrl: "https://quay.example/b"
    type: article
    quality: 114
    provider: {name: Quay, domain: quay.example}
    secured: opaque
featuredContent: "*Note*"
story: Big Bridge
secured: opaque
""",
        "Words.\n",
    )
    assert reading.problems == ()
    article = reading.article
    assert article is not None
    piece = article.piece
    assert (article.path, article.slug, article.title) == (
        *("news/bridge.md", "bridge"),
        "Bridge & ferry",
    )
    assert piece.excerpt == 'A "big" day.'
    assert piece.published == datetime(2024, 1, 18, 10, tzinfo=UTC)
    assert (piece.link, piece.keys) == ("https://harbour.example/a", ("harbour.example/a",))
    assert (piece.outlet, piece.kind, piece.quality) == ("harbour.example", "video", 41)
    assert (piece.language, article.heat, article.promoted) == ("pt-BR", -1, False)
    assert (article.topics, article.story) == (("Azure", "Storage"), "big-bridge")
    body = reading.body
    assert (body.body, body.note) == ("Words.", "*Note*")
    assert piece.picture is not None
    assert piece.picture == body.pictures[0]
    assert (piece.picture.width, piece.picture.attribution) == (600, "Somebody")
    assert [p.title for p in body.related] == ["Ferry"]
    assert {p.domain: p.name for p in reading.providers} == {
        "harbour.example": "Harbour Gazette",
        "quay.example": "Quay",
    }
    assert "opaque" not in repr(reading)


@pytest.mark.parametrize("title", ["2024", "No", "null and void", "1e3", "~ 5", "'yes'", "0x10"])
def test_a_title_stays_text(title: str) -> None:
    """Whatever YAML would make of it."""
    assert article_of(f"title: {title}\n").title == title.strip("'")


@pytest.mark.parametrize("title", ["", "''", '"  "', '"&nbsp;"', '"\\u202e"', "~"])
def test_a_title_that_says_nothing_is_none(title: str) -> None:
    """The record is left out, and somebody is told."""
    reading = read(f"title: {title}\n{_LINKED}")
    assert reading.article is None
    assert "title-missing" in codes(reading)


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("draft: yes\n", "draft"),
        ("removed: on\n", "removed"),
        ("publishedDateTime: 2024-01-20T00:00:01Z\n", "dated ahead"),
        ("draft: true\nremoved: true\n", "draft"),
    ],
)
def test_what_is_not_for_publishing_is_held_back(front: str, reason: str) -> None:
    """With the reason; there is no article."""
    reading = read(f"title: A\n{front}")
    assert reading.article is None
    assert reading.held_back is not None
    assert (reading.held_back.path, reading.held_back.reason) == ("news/bridge.md", reason)


def test_a_record_dated_now_is_published() -> None:
    """Only what is later is held back."""
    assert article_of("title: A\npublishedDateTime: 2024-01-20T00:00:00Z\n").published == NOW


@pytest.mark.parametrize(
    ("front", "promoted"),
    [
        ("published: true\n", True),
        ("published: no\n", False),
        ("heat: 70\n", True),
        ("heat: 69\n", False),
        ("heat: 900\npublished: false\n", False),
        (f"{_LINKED}publishedDateTime: 2024-01-18T00:00:00Z\n", True),
        (_LINKED, False),
        ("publishedDateTime: 2024-01-18T00:00:00Z\n", False),
    ],
)
def test_what_is_promoted(front: str, promoted: bool) -> None:
    """What the record says, else its heat, else whether it is dated and linked."""
    assert article_of(f"title: A\n{front}").promoted is promoted


@pytest.mark.parametrize(
    ("front", "link"),
    [
        ("webUrl: https://a.example/\noriginalUrl: https://b.example/\n", "https://a.example/"),
        ("originalUrl: https://b.example/\n", "https://b.example/"),
        ("webUrl: ftp://a.example/\noriginalUrl: https://b.example/\n", "https://b.example/"),
        ("ampWebUrl: https://c.example/amp\n", ""),
        ("", ""),
    ],
)
def test_where_a_reader_is_sent(front: str, link: str) -> None:
    """To webUrl, else to originalUrl; never to an AMP copy alone."""
    assert article_of(f"title: A\n{front}").piece.link == link


@pytest.mark.parametrize(
    ("front", "outlet", "name"),
    [
        ("provider: {name: Quay, domain: quay.example}\n", "quay.example", "Quay"),
        ("provider: {name: Quay%2c Ltd, domain: q.example}\n", "q.example", "Quay, Ltd"),
        (f"provider: {{name: Harbour}}\n{_LINKED}", "harbour.example", "Harbour"),
        ("provider: {name: The Quay News}\n", "the-quay-news", "The Quay News"),
        (f"provider: Harbour\n{_LINKED}", "harbour.example", "Harbour"),
        (_LINKED, "harbour.example", "harbour.example"),
        ("provider: {name: Quay, domain: no host}\n", "quay", "Quay"),
    ],
)
def test_which_outlet_it_is(front: str, outlet: str, name: str) -> None:
    """Its domain, else the host of the link, else its name."""
    reading = read(f"title: A\n{front}")
    assert reading.article is not None
    assert reading.article.outlet == outlet
    assert [(p.domain, p.name) for p in reading.providers] == [(outlet, name)]


def test_an_outlet_is_never_invented() -> None:
    """A record that names none and has no link has none."""
    reading = read("title: A\n")
    assert reading.article is not None
    assert (reading.article.outlet, reading.providers) == ("", ())


def test_a_local_picture_is_found_and_a_missing_one_said() -> None:
    """A picture of another host is kept; whether it is shown is for the site's policy."""
    local = read("title: A\nimages: [{url: a.png}]\n", local="a.png").body
    assert [p.source for p in local.pictures] == ["a.png"]
    remote = read("title: A\nimages: [{url: 'HTTPS://a.example/a.png', width: 90000}]\n").body
    assert [(p.source, p.is_local, p.width) for p in remote.pictures] == [
        ("https://a.example/a.png", False, 0)
    ]
    assert "picture-missing" in codes(read("title: A\nimages: [{url: b.png}]\n"))


def test_a_related_piece_without_a_title_is_left_out_and_the_others_stay() -> None:
    """One bad entry costs only itself."""
    front = f"title: A\n{_LINKED}related:\n  - webUrl: https://b.example/\n  - title: C\n"
    reading = read(front)
    assert reading.article is not None
    assert [p.title for p in reading.body.related] == ["C"]
    assert codes(reading)[1:] == ["related-no-title", "related-no-link"]


def test_equal_related_pieces_of_many_records_are_one_value() -> None:
    """What was read once is known again, with its outlet."""
    entry = "  - {title: B, webUrl: 'https://b.example/', provider: {name: Bee}}\n"
    front = f"title: A\nrelated:\n{entry}"
    memo: dict[object, object] = {}
    one = read_article(f"---\n{front}---\n", "a.md", NOW, lambda _: "", memo)  # type: ignore[arg-type]
    two = read_article(f"---\n{front}---\n", "b.md", NOW, lambda _: "", memo)  # type: ignore[arg-type]
    assert one.article is not None
    assert two.article is not None
    assert one.body.related[0] is two.body.related[0]
    assert [p.name for p in two.providers] == [p.name for p in one.providers]


def test_a_wrong_related_piece_is_said_in_every_record() -> None:
    """It is not taken for known without its mistake."""
    front = "title: A\nrelated:\n  - title: B\n    webUrl: nowhere\n"
    memo: dict[object, object] = {}
    for path in ("a.md", "b.md"):
        reading = read_article(f"---\n{front}---\n", path, NOW, lambda _: "", memo)  # type: ignore[arg-type]
        assert "link-invalid" in codes(reading)


@pytest.mark.parametrize("front", ["alone: true\n", "story:\n", "story: ~\n", 'story: ""\n'])
def test_a_record_may_stand_alone(front: str) -> None:
    """It says so, or has a story key that is empty."""
    article = article_of(f"title: A\n{front}")
    assert article.alone
    assert not article.story


@pytest.mark.parametrize(
    ("text", "title", "body", "excerpt"),
    [
        ("# Bridge\n\nOne. Two.\n\nThree.\n", "Bridge", "One. Two.\n\nThree.", "One. Two."),
        ("Bridge\n======\n\nOne.\n", "Bridge", "One.", "One."),
        ("\n\n## Bridge ##\nOne.\n", "Bridge", "One.", "One."),
        ("Bridge", "Bridge", "", ""),
        ("Tom &amp; Jerry\n\nX &lt; Y", "Tom & Jerry", "X &lt; Y", "X < Y"),
        ("C# is new\n\nWords.", "C# is new", "Words.", "Words."),
    ],
)
def test_a_record_without_front_matter(text: str, title: str, body: str, excerpt: str) -> None:
    """Its first line is the title, the rest the body; it has no date, no outlet, no link."""
    reading = read_article(text, "notes/a note.md", NOW, lambda _: "")
    article = reading.article
    assert article is not None
    assert (article.title, reading.body.body, article.piece.excerpt) == (title, body, excerpt)
    assert (article.slug, article.published, article.outlet) == ("a note", None, "")
    assert (article.piece.link, article.promoted) == ("", False)
    assert codes(reading) == ["front-matter-none"]


def test_the_excerpt_of_a_plain_text_ends_with_a_sentence() -> None:
    """At most three hundred characters of its first paragraph."""
    text = "Bridge\n\n" + "This is a sentence. " * 40
    article = read_article(text, "a.txt", NOW, lambda _: "").article
    assert article is not None
    assert 100 < len(article.piece.excerpt) <= 300
    assert article.piece.excerpt.endswith("sentence.")


@pytest.mark.parametrize("first", ["title: Bridge", "--\ntitle: Bridge", "```yaml\nwebUrl: x"])
def test_keys_without_a_fence_are_no_plain_text(first: str) -> None:
    """Somebody forgot the fence: the keys are not printed as if they were words."""
    reading = read_article(f"{first}\nexcerpt: x\n---\nWords.", "a.md", NOW, lambda _: "")
    assert reading.article is None
    assert codes(reading) == ["front-matter-astray"]


@pytest.mark.parametrize("first", ["Update: the bridge is open", "Note: a word", "Harbour: news"])
def test_a_headline_may_have_a_colon(first: str) -> None:
    """Only the keys of the format are keys."""
    assert read_article(f"{first}\n\nWords.", "a.md", NOW, lambda _: "").article is not None


def test_the_address_is_the_name_of_the_file() -> None:
    """Without its last ending, wherever it lies."""
    for path, slug in (
        ("a.b.md", "a.b"),
        ("x/y/Z.markdown", "Z"),
        ("2024-01-18-q.txt", "2024-01-18-q"),
        ("news/bridge/index.md", "bridge"),
        ("news/bridge/index.de.md", "bridge.de"),
        ("news/bridge/index.pt-BR.md", "bridge.pt-BR"),
        ("news/bridge/index.html.md", "index.html"),
        ("index.de.md", "index.de"),
    ):
        article = read_article("# A", path, NOW, lambda _: "").article
        assert article is not None
        assert article.slug == slug


@pytest.mark.parametrize("title", ["\u200b", "\u2060\u00ad", "\u3164", "&#8203;", "\u0301"])
def test_a_title_in_which_nothing_can_be_seen_is_none(title: str) -> None:
    """A link of nothing is no headline."""
    reading = read_article(f"---\ntitle: '{title}'\n---\nWords.", "a.md", NOW, lambda _: "")
    assert "title-missing" in codes(reading)
    assert read_article(f"---\ntitle: 'e{title}'\n---\n", "a.md", NOW, lambda _: "").article


@pytest.mark.parametrize("author", ["1", "[42, 43]"])
def test_the_number_of_a_user_is_no_outlet(author: str) -> None:
    """Exports have it for an author; the link says whose the report is."""
    text = f"---\ntitle: T\nwebUrl: https://quay.example/a\nauthor: {author}\n---\n"
    reading = read_article(text, "a.md", NOW, lambda _: "")
    assert reading.article is not None
    assert [p.name for p in reading.providers] == ["quay.example"]
