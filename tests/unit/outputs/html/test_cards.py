"""Lines and cards: a story or a record as lists show it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config
from newsstand.model import Article
from newsstand.outputs.html.cards import (
    NOT_PROMOTED,
    article_days,
    article_row,
    card,
    counted,
    independent_count,
    pager,
    story_days,
    story_row,
)
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.views import Card, Day, Row
from newsstand.site import Site
from tests.factories import (
    NOON,
    hours,
    make_article,
    make_coverage,
    make_picture,
    make_piece,
    make_provider,
)
from tests.newsroom import site_of

WIRE = "Seven coastal ports agree on shore power for moored ships by 2027"


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words, in one story with the others of its test."""
    changes.setdefault("outlet", f"{slug}.example")
    title = changes.pop("title", f"{slug} alpha{slug} beta{slug} gamma{slug}")
    picture = changes.pop("picture", None)
    article = make_article(title, slug=slug, **({"story": "one"} | changes))
    return replace(article, piece=replace(article.piece, picture=picture))


def card_of(*articles: Article, **content: Any) -> Card:  # noqa: ANN401
    """The card of the one story of these records."""
    return first_card(site_of(*articles, **content))


def first_card(site: Site) -> Card:
    """The card of the first story of a site."""
    return card(context_of(site), site.ranked(site.stories[0]))


def test_a_card_says_who_reports() -> None:
    """The lead's outlet first, then in order of time; seven marks, the rest counted."""
    reports = [report(f"o{n}", published=NOON + hours(n)) for n in range(9)]
    lead = replace(reports[4], piece=replace(reports[4].piece, quality=50))
    shown = card_of(*reports[:4], lead, *reports[5:])
    assert [m.domain for m in shown.badges] == [f"o{n}.example" for n in (4, 0, 1, 2, 3, 5, 6)]
    assert (shown.more_badges, shown.count, shown.independent) == ("+2", "9 outlets", "")
    assert shown.address == "news/o4/"
    assert shown.href == lead.piece.link


def test_a_card_counts_independent_outlets() -> None:
    """Five outlets that print a wire report are one voice."""
    wire = [report(s, title=WIRE, published=NOON + hours(n)) for n, s in enumerate("vwxyz")]
    shown = card_of(*wire, report("own", published=NOON + hours(9)), providers=(
        make_provider("v.example", name="Example Wire"),))  # fmt: skip
    assert (shown.count, shown.independent) == ("6 outlets", "2 independent")
    assert shown.first == "first: Example Wire, 18 Jan, 12:00"


def test_a_column_is_no_outlet_of_a_card() -> None:
    """A column adds no outlet, dependent or not, and is not first, though it has the only time."""
    column = report("column", kind="opinion", published=NOON - hours(1))
    shown = card_of(column, report("a", published=None), report("b", published=None))
    assert (shown.count, shown.independent, shown.first) == ("2 outlets", "", "")
    shown = card_of(column, report("a"))
    assert (shown.count, shown.independent, shown.first) == ("1 outlet", "", "")


def test_other_headlines_are_those_of_others() -> None:
    """One of each outlet that speaks for itself, the best first, at most four."""
    others = [report(f"o{n}", quality=n, published=NOON + hours(n)) for n in range(1, 7)]
    again = report("again", outlet="o6.example", quality=5, published=NOON + hours(8))
    lead = report("lead", quality=99)
    copy = report("copy", title=lead.title, published=NOON + hours(9))
    shown = card_of(lead, copy, again, *others)
    assert [r.headline.split()[0] for r in shown.others] == ["o6", "o5", "o4", "o3"]


def test_a_single_report_has_a_plain_card() -> None:
    """No first, no others, one outlet."""
    shown = card_of(report("a"))
    assert (shown.first, shown.others, shown.count) == ("", (), "1 outlet")
    assert not shown.pinned


def test_a_story_without_any_outlet_counts_none() -> None:
    """Nothing is invented."""
    shown = card_of(report("a", outlet="", link=""))
    assert (shown.outlet, shown.badges, shown.count, shown.independent) == (None, (), "", "")


def test_a_story_without_dates_has_no_first() -> None:
    """Two undated reports: nobody was first."""
    assert card_of(report("a", published=None), report("b", published=None)).first == ""


def test_a_card_borrows_a_picture() -> None:
    """The lead's own where it has one, else the first in the story."""
    picture, other = make_picture("pictures/a.svg"), make_picture("pictures/b.svg")
    lead, second = report("lead", quality=9), report("b", picture=other)
    site = site_of(lead, second)
    assert (found := first_card(site).picture)
    assert found.source == "pictures/b.svg"
    own = replace(lead, piece=replace(lead.piece, picture=picture))
    assert (found := card_of(own, second).picture)
    assert found.source == "pictures/a.svg"


def test_a_picture_that_may_not_be_shown_is_passed_over() -> None:
    """A remote picture of the lead does not hide a local one of another record."""
    remote = make_picture("https://lead.example/p.png")
    lead, second = report("lead", quality=9, picture=remote), report("b", picture=make_picture())
    site = site_of(lead, second)
    assert (found := first_card(site).picture)
    assert not found.remote
    assert card_of(lead).picture is None


def row_of(site: Site, slug: str) -> Row:
    """A record as lists show it."""
    return article_row(context_of(site), site.lines[f"news/{slug}.md"])


def test_rows_lead_out_and_in() -> None:
    """The headline to the outlet, the count to our page, also that of one outlet, as on cards."""
    site = site_of(report("a"), report("b", published=NOON + hours(1)))
    row = row_of(site, "b")
    assert (row.href, row.address) == ("https://b.example/b-alphab-betab-gammab", "news/b/")
    assert row.count == "2 outlets"
    assert row_of(site_of(report("a")), "a").count == "1 outlet"


def test_the_row_of_a_story_has_the_storys_title() -> None:
    """The editor's title stands where the story is listed, the headline where the record is."""
    site = site_of(report("a"))
    story = replace(site.stories[0], title="Bridge week")
    assert story_row(context_of(site), story).headline == "Bridge week"
    assert row_of(site, "a").headline != "Bridge week"


def test_a_language_is_named_where_it_is_another() -> None:
    """The site's own is not repeated."""
    for language, said in (("ar", "ar"), ("en", "")):
        site = site_of(report("a", language=language), config=Config(language="en"))
        assert row_of(site, "a").language == said


def _article_days(site: Site) -> tuple[Day, ...]:
    lines = [site.lines[article.path] for article in site.articles]
    return article_days(context_of(site), lines)


def test_days_separate_the_river() -> None:
    """Each day once, with its weekday and its page; the undated last."""
    site = site_of(
        report("a", story=None),
        report("b", story=None, published=NOON - hours(2)),
        report("c", story=None, published=NOON - hours(30)),
        report("d", story=None, published=None),
    )
    days = story_days(context_of(site), site.river)
    assert [(d.label, d.iso, d.address, len(d.rows)) for d in days] == [
        ("Thursday 18 January 2024", "2024-01-18", "archive/2024/01/18/", 2),
        ("Wednesday 17 January 2024", "2024-01-17", "archive/2024/01/17/", 1),
        ("Undated", "", "archive/undated/", 1),
    ]
    assert [d.label for d in _article_days(site)] == [d.label for d in days]


def test_the_part_that_is_not_promoted_has_its_heading() -> None:
    """Once, where it begins, also at the turn of a page."""
    promoted = [report(s, story=None, promoted=True) for s in "ab"]
    others = [report(s, story=None, published=NOON - hours(n * 30)) for n, s in enumerate("cd")]
    site = site_of(*promoted, *others)
    assert [d.part for d in story_days(context_of(site), site.river)] == ["", NOT_PROMOTED, ""]
    second_page = story_days(context_of(site), site.river[2:], above=site.river[1].promoted)
    assert [d.part for d in second_page] == [NOT_PROMOTED, ""]
    third_page = story_days(context_of(site), site.river[3:], above=site.river[2].promoted)
    assert [d.part for d in third_page] == [""]


def test_a_site_without_promotion_needs_no_heading() -> None:
    """Where nothing is promoted, nothing is set apart."""
    site = site_of(report("a", story=None), report("b", story=None))
    assert {d.part for d in story_days(context_of(site), site.river)} == {""}


def test_independent_outlets_are_counted_only_where_fewer() -> None:
    """A story in which every outlet speaks for itself says nothing."""
    pieces = tuple(make_piece(outlet=f"{s}.example") for s in "abc")
    plain = make_coverage(*pieces)
    assert independent_count(plain) == ""
    assert independent_count(replace(plain, voices=((0, 2), (1,)))) == "2 independent"


@pytest.mark.parametrize(
    ("number", "total", "newer", "older"),
    [(1, 1, "", ""), (1, 3, "", "page/2/"), (2, 3, "", "page/3/"), (3, 3, "page/2/", "")],
)
def test_a_pager_knows_its_neighbours(number: int, total: int, newer: str, older: str) -> None:
    """The page before the second is the front page, whose address is empty."""
    found = pager("", number, total)
    assert (found.newer, found.older) == (newer, older)
    assert (found.has_newer, found.has_older) == (number > 1, number < total)
    assert found.many == (total > 1)
    assert found.text == f"Page {number} of {total}"


def test_counts_are_in_words() -> None:
    """Singular, plural, thousands, and no outlet at all."""
    assert counted(1, 1) == "1 report from 1 outlet"
    assert counted(1952, 280) == "1,952 reports from 280 outlets"
    assert counted(2, 0) == "2 reports"
