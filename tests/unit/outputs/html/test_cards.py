"""Lines and cards: a story or a record as lists show it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from newsstand.content.kinds.settings import Config
from newsstand.model import Article
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import (
    article_row,
    card,
    cards_of,
    counted,
    independent_count,
    story_row,
)
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.views_of_parts import Card, Row
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
    context, story = context_of(site), site.stories[0]
    return card(context, context.before(story, None), 2024)


def test_a_card_says_who_reports() -> None:
    """The lead's outlet as its byline; three others by name. Of the lead none is named twice."""
    reports = [report(f"o{n}", published=NOON + hours(n / 2)) for n in range(9)]
    shown = card_of(*reports)
    assert shown.outlet
    assert shown.outlet.domain == "o8.example"
    assert (shown.names, shown.more_names) == (("o0.example", "o1.example", "o2.example"), "5 more")
    assert [row.outlet.domain for row in shown.others if row.outlet] == [
        f"o{n}.example" for n in (7, 6, 5, 4)
    ]
    assert shown.first
    assert shown.first.outlet == "o0.example"
    assert (shown.beside, shown.more_beside) == (("o1.example", "o2.example", "o3.example"), "")
    assert (shown.count, shown.independent, shown.address) == ("9 outlets", "", "stories/o0/")
    assert shown.href == reports[8].piece.link


def test_a_long_name_is_cut() -> None:
    """At a word, so that a card has room for others."""
    name = "The Weekly Journal of the Harbour Masters and Pilots of the North"
    shown = card_of(
        report("a"), report("b", published=NOON + hours(1)),
        providers=(make_provider("a.example", name=name),),
    )  # fmt: skip
    assert len(shown.names[0]) <= 29
    assert shown.names[0].startswith("The Weekly Journal of")


def test_a_card_counts_independent_outlets() -> None:
    """Five outlets that print a wire report are one voice."""
    wire = [report(s, title=WIRE, published=NOON + hours(n)) for n, s in enumerate("vwxyz")]
    shown = card_of(*wire, report("own", published=NOON + hours(9)), providers=(
        make_provider("v.example", name="Example Wire"),))  # fmt: skip
    assert (shown.count, shown.independent) == ("6 outlets", "2 independent")
    assert shown.first
    assert (shown.first.outlet, shown.first.when.short) == ("Example Wire", "18 Jan, 12:00")


def test_a_column_is_no_outlet_of_a_card() -> None:
    """A column adds no outlet, dependent or not, and is not first, though it has the only time."""
    column = report("column", kind="opinion", published=NOON - hours(1))
    shown = card_of(column, report("a", published=None), report("b", published=None))
    assert (shown.count, shown.independent, shown.first) == ("2 outlets", "", None)
    shown = card_of(column, report("a"))
    assert (shown.count, shown.independent, shown.first) == ("2 pieces", "", None)


def test_other_headlines_are_those_of_others() -> None:
    """One of each outlet that speaks for itself, the newest first, at most four."""
    others = [report(f"o{n}", published=NOON + hours(n)) for n in range(1, 7)]
    again = report("again", outlet="o6.example", published=NOON + hours(8))
    lead = report("lead", promoted=True, title=WIRE)
    copy = report("copy", title=lead.title, published=NOON + hours(9))
    shown = card_of(lead, copy, again, *others)
    assert [r.headline.split()[0] for r in shown.others] == ["again", "o5", "o4", "o3"]


def test_an_opinion_hides_no_report_of_its_outlet() -> None:
    """Of another outlet the newest report is named, and its opinion only where it has no other."""
    told = report("told", outlet="x.example", published=NOON - hours(3))
    opinion = report("opinion", outlet="x.example", kind="opinion", published=NOON - hours(1))
    column = report("column", kind="column", published=NOON - hours(2))
    shown = card_of(report("lead"), told, opinion, column)
    assert [r.headline.split()[0] for r in shown.others] == ["told", "column"]


def test_a_card_in_a_column_has_less_below_a_picture() -> None:
    """Two other headlines, so that cards beside each other differ less; what is left is named."""
    records = [report(f"o{n}", published=NOON - hours(n)) for n in range(7)]
    photo = report("p", promoted=True, picture=make_picture())
    sizes = {}
    for name, lead in (("text", report("p", promoted=True)), ("photo", photo)):
        site = site_of(lead, *records)
        cards = cards_of(context_of(site), [site.stories[0]] * 2, None, 2024)
        sizes[name] = [(len(shown.others), shown.beside, shown.more_beside) for shown in cards]
    assert [others for others, _, _ in sizes["text"]] == [4, 4]
    assert sizes["photo"][0][0] == 4
    assert sizes["photo"][1][0] == 2
    assert sizes["photo"][1][1] == ("o5.example", "o4.example", "o3.example")


def test_no_headline_reads_like_one_above_it() -> None:
    """Other case and punctuation are no other headline; that outlet is named beside them."""
    titles = ("Bank rises", "BANK RISES!", "Café Sól opens", "Cafe “Sol” opens", "Third one")
    records = [
        report(f"o{n}", title=title, promoted=n == 0, published=NOON - hours(n))
        for n, title in enumerate(titles)
    ]
    shown = card_of(*records)
    assert [row.headline for row in shown.others] == ["Café Sól opens", "Third one"]
    assert shown.beside == ("o3.example", "o1.example")


def test_a_single_report_has_a_plain_card() -> None:
    """No first, no others, one outlet."""
    shown = card_of(report("a"))
    assert (shown.first, shown.others, shown.count) == (None, (), "")
    assert not shown.pinned


def test_a_story_without_any_outlet_counts_none() -> None:
    """Nothing is invented."""
    shown = card_of(report("a", outlet="", link=""))
    assert (shown.outlet, shown.names, shown.count, shown.independent) == (None, (), "", "")


def test_a_story_without_dates_has_no_first() -> None:
    """Two undated reports: nobody was first."""
    assert card_of(report("a", published=None), report("b", published=None)).first is None


def test_a_card_borrows_a_picture() -> None:
    """The lead's own where it has one, else the first in the story."""
    picture, other = make_picture("pictures/a.svg"), make_picture("pictures/b.svg")
    lead, second = report("lead", quality=9), report("b", picture=other)
    site = site_of(lead, second)
    assert (found := first_card(site).picture)
    assert found.source == "pictures/b.svg"
    assert found.credit == "Picture: b.example"
    own = replace(lead, piece=replace(lead.piece, picture=picture))
    assert (found := card_of(own, second).picture)
    assert found.source == "pictures/a.svg"
    assert not found.credit


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
    """The headline to the outlet, the count to the story; one report has its own page only."""
    site = site_of(report("a"), report("b", published=NOON + hours(1)))
    row = row_of(site, "b")
    assert (row.href, row.address) == ("https://b.example/b-alphab-betab-gammab", "stories/a/")
    assert row.count == "2 outlets"
    alone = row_of(site_of(report("a")), "a")
    assert (alone.count, alone.address) == ("", "news/a/")


def test_the_line_of_a_record_says_what_was_so_on_its_day() -> None:
    """An outlet that joins on another day is not counted on a page that is over."""
    site = site_of(report("a"), report("b", published=NOON + hours(13)))
    assert (row_of(site, "a").count, row_of(site, "a").address) == ("", "news/a/")
    assert row_of(site, "b").count == "2 outlets"


def test_the_row_of_a_story_is_its_newest_report() -> None:
    """Whatever leads it; reports of one outlet are counted as such."""
    one = report("a", outlet="x.example")
    site = site_of(one, report("b", outlet="x.example", published=NOON + hours(1)))
    row = story_row(context_of(site), site.stories[0])
    assert (row.headline.split()[0], row.count, row.address) == ("b", "2 reports", "stories/a/")


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


def test_independent_outlets_are_counted_only_where_fewer() -> None:
    """A story in which every outlet speaks for itself says nothing."""
    pieces = tuple(make_piece(outlet=f"{s}.example") for s in "abc")
    plain = make_coverage(*pieces)
    assert independent_count(plain) == ""
    assert independent_count(replace(plain, voices=((0, 2), (1,)))) == "2 independent"


def test_a_pin_and_reasons_are_for_the_front_page() -> None:
    """Where today's order is shown; elsewhere they would change from day to day."""
    site = site_of(report("a"))
    story = replace(site.stories[0], pinned=1)
    context, why = context_of(site), formatting.why(context_of(site), site.ranked(story))
    told = context.before(story, None)._replace(story=story)
    assert card(context, told, 2024, why).pinned
    elsewhere = card(context, told, 2024)
    assert (elsewhere.pinned, elsewhere.why) == (False, None)


def test_counts_are_in_words() -> None:
    """Singular, plural, thousands, and no outlet at all."""
    assert counted(1, 1) == "1 report from 1 outlet"
    assert counted(1952, 280) == "1,952 reports from 280 outlets"
    assert counted(2, 0) == "2 reports"
    assert counted(1, 1, 2) == "1 report from 1 outlet and 2 other pieces"


def test_a_kind_is_said_once() -> None:
    """Where a badge or a word names the kind, the headline has no label for it."""
    opinion = report("a", title="Opinion: Why the harbour is wrong")
    opinion = replace(opinion, piece=replace(opinion.piece, kind="opinion"))
    other = report("b", title="The harbour is wrong", published=NOON + hours(1))
    site = site_of(opinion, other)
    context = context_of(site)
    row = article_row(context, site.lines[opinion.path])
    assert (row.headline, row.kind) == ("Why the harbour is wrong", "Opinion")
    (shown,) = first_card(site).others
    assert (shown.headline, shown.kind) == ("Why the harbour is wrong", "Opinion")


def test_a_headline_without_its_label_is_no_second_one() -> None:
    """What reads like the headline above it but for the label is left out."""
    opinion = report("a", title="Opinion: The harbour is wrong")
    opinion = replace(opinion, piece=replace(opinion.piece, kind="opinion"))
    assert card_of(opinion, report("b", title="The harbour is wrong")).others == ()
