"""What decides about publication holds a record back, in whatever words another program says it."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.check.fix.record import mended
from newsstand.content.foreign_key_names import PUBLIC, STATUS
from newsstand.content.front_matter.fields import FALSE, TRUE
from newsstand.content.kinds.record import Reading, read_article

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")
_DATED = "publishedDateTime: 2026-03-01T10:00:00Z"


def _read(*lines: str, dated: bool = True) -> Reading:
    text = "\n".join(
        ["---", "title: Crane sold", *([_DATED] if dated else []), *lines, "---", "W."]
    )
    return read_article(text, "news/crane.md", NOW, lambda address: address)


@pytest.mark.parametrize(
    "lines",
    [
        *("headless: true", "render: false", "permalink: false", "build:\n  render: never"),
        *("_build:\n  list: never", "eleventyExcludeFromCollections: true", "enabled: no"),
        *("post_password: quay7", "password: x", "access: private", "workflow_state: in-review"),
        *("deleted: true", "withdrawn: 2026-03-02", "wip: yes", "keep_as_draft: true"),
        *("do_not_publish: true", "state: draft", "stage: unpublished", "entwurf: true"),
        *("params:\n  draft: true", "extra:\n  status: hidden", "meta:\n  post:\n    publish: no"),
        *("cascade:\n  draft: true", "metadata:\n  unlisted: true", "other:\n  draft: yes"),
    ],
)
def test_a_clear_word_of_another_program_holds_back(lines: str) -> None:
    """Nothing of what it says is shown: a password is in no message."""
    reading = _read(*lines.replace("in-review", "review").split("\n"))
    assert reading.article is None
    assert reading.held_back is not None
    assert "key-read-as" in {p.code for p in reading.problems}
    assert "quay7" not in str(reading.problems)


@pytest.mark.parametrize(
    "lines",
    [
        *("headless: false", "enabled: true", "render: always", "permalink: /old/", "access: free"),
        *("build:\n  render: always", "toc:\n  enabled: false", "cover_options:\n  hidden: true"),
        *("comments:\n  enable: false", "password: ''", "params:\n  draft: false", "wip: no"),
        *("selected: true", "elected: true", "extracted: true", "attracted: true"),
        *("unlimited: true", "publicity: no", "ridden: true", "crashed: true", "enlisted: true"),
        *("scheduled_match: 2027-05-01", "released: 2027-01-01", "issue: 2027-01-01"),
        *("valid: 2026-03-01", "bill: draft", "nba_draft: true", "oil_embargo: true"),
        *("deal:\n  status: pending", "game:\n  status: future", "bill:\n  status: withdrawn"),
        *("state: pending", "approved: no", "active: no"),
        *("premium: true", "sitemap: false", "phase: two", "start_date: 2027-01-01"),
    ],
)
def test_what_is_about_something_else_holds_nothing_back(lines: str) -> None:
    """Contents, comments and the paywall of the outlet are no matter of who may see the record."""
    assert _read(*lines.split("\n")).article is not None


@pytest.mark.parametrize(
    ("lines", "until"),
    [
        (["date: 2026-01-01", "published_at: 2027-01-01"], "2027-01-01"),
        (["pubDate: 2026-05-01", _DATED], "2026-05-01"),
        (["publishDate: 2026-04-01", "date: 2026-03-01"], "2026-04-01"),
        (["available_from: 2026-12-24", _DATED], "2026-12-24"),
    ],
)
def test_of_several_dates_that_which_lies_ahead_counts(lines: list[str], until: str) -> None:
    """What waits in one program waits here too."""
    reading = _read(*lines, dated=False)
    assert reading.held_back is not None
    assert str(reading.held_back.until)[:10] == until


def test_an_embargo_that_is_over_changes_no_date() -> None:
    """The usual key is read; the other says the same."""
    reading = _read("date: 2026-03-01", "publishDate: 2026-02-01", dated=False)
    assert reading.article is not None
    assert str(reading.article.published)[:10] == "2026-03-01"


@pytest.mark.parametrize("key", ["available_until", "validTo", "hide_after", "depublish"])
def test_a_record_ends_in_the_words_of_other_programs(key: str) -> None:
    """From that day on it is left out."""
    assert _read(f"{key}: 2026-03-09").held_back is not None
    assert _read(f"{key}: 2026-03-12").article is not None


@pytest.mark.parametrize("word", ["draft", "never", "2027-01-01", "private", "pending"])
def test_published_that_says_that_nobody_may_see_it(word: str) -> None:
    """It says what is promoted; these words say more, and are no yes or no."""
    reading = _read(f"published: {word}")
    assert reading.article is None
    (said,) = [p for p in reading.problems if p.code == "type-flag"]
    assert said.message.endswith("the record was held back")


@pytest.mark.parametrize(
    "key", ["tags: [a]", "cover_image: https://h.example/a.png", "layout: post", "summary: x"]
)
def test_published_no_holds_back_a_record_of_another_program(key: str) -> None:
    """Whatever key shows that it is one; in this format it only says what is promoted."""
    assert _read("published: false", key, dated=False).held_back is not None
    assert _read("published: false", "excerpt: x", dated=False).article is not None


@pytest.mark.parametrize("word", ["yes", "maybe", "2026-03-01"])
def test_published_that_says_something_else(word: str) -> None:
    """It is passed over where it is no yes or no."""
    assert _read(f"published: {word}").article is not None


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\nstatus: draft\nstatus: live\n---\nW.",
        "---\ntitle: T\ndate: 2027-01-01\ndate: 2026-01-01\n---\nW.",
        '{"title": "T", "status": "draft", "status": "live"}\nW.',
        '{"title": "T", "date": "2027-01-01", "date": "2026-01-01"}\nW.',
    ],
)
def test_of_two_values_of_what_decides_none_counts(text: str) -> None:
    """In the words of other programs too."""
    assert read_article(text, "a.md", NOW, lambda _: "").held_back is not None


@pytest.mark.parametrize("key", ["render: false", "password: x", "params:\n  draft: true"])
def test_a_fix_turns_no_word_into_its_opposite(key: str) -> None:
    """What is held back is so afterwards."""
    text = f"---\ntitle: T\n{key}\n---\nW.\n"
    after = read_article(mended(text, "news/a.md"), "news/a.md", NOW, lambda _: "")
    assert after.held_back is not None


@pytest.mark.parametrize("day", ["24.12.2027", "soon", "03/04/2026"])
def test_a_related_piece_whose_time_cannot_be_read_is_left_out(day: str) -> None:
    """It may lie ahead, as that of a record may."""
    entry = "{title: R, webUrl: 'https://r.example/1', publishedDateTime: %s}"
    reading = _read("related:", f"  - {entry % day}", f"  - {entry % '2026-03-02'}")
    assert [piece.title for piece in reading.body.related] == ["R"]
    (said,) = [p for p in reading.problems if p.code == "date-invalid"]
    assert said.message.endswith("the piece was left out")


@pytest.mark.parametrize(("day", "is_shown"), [("2026-03-02", True), ("2027-03-02", False)])
def test_published_with_a_day_says_when(day: str, is_shown: bool) -> None:
    """Of a record and of a related piece, where nothing else does."""
    reading = _read("webUrl: https://r.example/1", f"published: {day}", dated=False)
    assert (reading.article is not None) is is_shown
    piece = f"  - {{title: R, webUrl: 'https://r.example/2', published: {day}}}"
    related = _read("related:", piece).body.related
    assert bool(related) is is_shown
    assert not related or str(related[0].published)[:10] == day


@pytest.mark.parametrize("line", ["draft: #true", "status: #draft", "expires: #2026-01-01"])
def test_what_yaml_takes_for_a_comment_holds_back(line: str) -> None:
    """Nobody knows what is meant; a note behind an empty value is one."""
    assert _read(line).held_back is not None
    assert _read(line.replace("#", "# set to ")).article is not None


@pytest.mark.parametrize("key", ["daet", "dtae", "data", "Dat"])
def test_a_slip_of_a_short_key_is_known_by_its_value(key: str) -> None:
    """A day shows that a date is meant."""
    assert _read(f"{key}: 2027-01-01", dated=False).held_back is not None
    assert _read(f"{key}: many", dated=False).article is not None


@pytest.mark.parametrize(
    "line",
    ["drfat: true", "hiden: yes", "Draf: y", "visble: off", "statsu: draft", "expries: 2026-03-01"],
)
def test_a_slip_of_a_key_that_decides_holds_back(line: str) -> None:
    """One letter less, more or other, or two that changed places."""
    reading = _read(line)
    assert reading.held_back is not None
    assert "key-read-as" in {p.code for p in reading.problems}


@pytest.mark.parametrize("key", ["listed", "hidden"])
def test_the_opposite_of_a_word_is_no_slip_of_it(key: str) -> None:
    """`listed: true` is no `unlisted: true`."""
    assert (_read(f"{key}: true").article is not None) is (key == "listed")


@pytest.mark.parametrize("word", sorted(TRUE | FALSE))
@pytest.mark.parametrize("key", sorted(PUBLIC | STATUS))
def test_each_yes_and_no_is_read_alike(key: str, word: str) -> None:
    """A key that says who may see it opens with a yes alone, one of a state with neither."""
    for written in (word, word.upper()):
        is_shown = _read(f"{key}: {written}").article is not None
        assert is_shown is (key in PUBLIC and word in TRUE)
