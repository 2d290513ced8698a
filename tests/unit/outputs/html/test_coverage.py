"""Lists of coverage: a story's pieces with their timeline, and what is related beyond."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.model import Article, Coverage, Story
from newsstand.outputs.html.cards import holders_of
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.coverage import by_outlet, others
from newsstand.outputs.html.related import more_label, related_count, related_items, related_pieces
from newsstand.outputs.html.timeline import timeline
from newsstand.outputs.html.views_of_parts import CoverageItem, OutletCoverage, Timeline
from newsstand.site import Site
from newsstand.text.links import piece_key
from tests.factories import NOON, hours, make_article, make_piece
from tests.newsroom import random_articles, site_of

LATER = NOON + hours(2)
WIRE = "Seven coastal ports agree on shore power for moored ships by 2027"


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of the story that all records of these tests belong to."""
    changes.setdefault("outlet", f"{slug}.example")
    title = changes.pop("title", f"{slug} alpha{slug} beta{slug} gamma{slug}")
    return make_article(title, slug=slug, **({"story": "one"} | changes))


def piece(link: str, title: str = "Elsewhere", **changes: Any) -> Coverage:  # noqa: ANN401
    """A declared piece at this link."""
    return make_piece(title, link=link, keys=(piece_key(link),), **changes)


def coverage_of(*articles: Article, **content: Any) -> tuple[OutletCoverage, ...]:  # noqa: ANN401
    """The coverage on the page of the one story of these records."""
    site = site_of(*articles, **content)
    context = context_of(site)
    return by_outlet(context, context.before(site.stories[0], None), 2024)


def others_of(article: Article, *more: Article) -> tuple[CoverageItem, ...]:
    """Who else has it, on the page of a record."""
    site = site_of(article, *more)
    context = context_of(site)
    return others(context, context.before(site.story_of[article.path], None), article, 6)


def related_in(site: Site, article: Article) -> tuple[Coverage, ...]:
    """What is related to a record of a site."""
    path, records = article.path, site.records
    named = [records[other] for other in site.references.names(path)]
    naming = [records[other] for other in site.references.named_by(path)]
    story = site.story_of[path]
    holders = holders_of((*story.articles, *named, *naming))
    return related_pieces(context_of(site), article, site.coverage(story), naming, holders)


def related_of(article: Article, *others: Article) -> list[str]:
    """The headlines of what is related to a record."""
    return [p.title for p in related_in(site_of(article, *others), article)]


def test_copies_are_folded_below_what_they_repeat() -> None:
    """Seven outlets of which five print a wire report have three lines."""
    times = iter(range(20))
    wire = [report(s, title=WIRE, published=NOON + hours(next(times))) for s in ("wire", *"abcd")]
    own = [report(s, published=NOON + hours(next(times))) for s in ("own", "other")]
    lines = coverage_of(*wire, *own)
    assert [line.piece.host for line in lines] == ["other.example", "own.example", "wire.example"]
    assert [i.host for i in lines[2].copies] == [f"{s}.example" for s in "abcd"]
    assert lines[2].copies_label == "Same text at 4 outlets"
    assert [line.copies_label for line in lines[:2]] == ["", ""]


def test_an_outlet_that_repeats_itself_is_not_another() -> None:
    """Its own copies are counted as reports, not as an outlet."""
    text = "Ministers signed in the old customs house, before three hundred guests and a brass band"
    shared = {"outlet": "x.example", "title": WIRE, "excerpt": text}
    same = [report(f"r{n}", link=f"https://x.example/{n}", **shared) for n in range(3)]
    (line,) = coverage_of(*same)
    assert line.copies_label == "2 more reports with this text"


def test_an_outlet_has_one_line() -> None:
    """Its newest headline; its earlier reports are folded below it, the newest first."""
    runs = [report(f"r{n}", outlet="x.example", published=NOON + hours(n)) for n in range(3)]
    lines = coverage_of(*runs, report("y", published=NOON + hours(1)))
    assert [line.piece.headline.split()[0] for line in lines] == ["r2", "y"]
    assert [i.headline.split()[0] for i in lines[0].earlier] == ["r1", "r0"]
    assert [line.earlier_label for line in lines] == ["2 earlier reports", ""]


def test_an_opinion_hides_no_report() -> None:
    """An outlet's line is its newest report; a later opinion is folded below it, and named."""
    begun = report("begun", outlet="x.example")
    runs = report("runs", outlet="x.example", published=NOON + hours(1))
    opinion = report("opinion", outlet="x.example", kind="opinion", published=NOON + hours(5))
    column = report("column", kind="column", published=NOON + hours(6))
    lines = coverage_of(begun, runs, opinion, column, report("y"))
    assert [line.piece.headline.split()[0] for line in lines] == ["runs", "y", "column"]
    assert [i.headline.split()[0] for i in lines[0].earlier] == ["begun", "opinion"]
    assert [i.kind for i in lines[0].earlier] == ["", "Opinion"]
    assert lines[0].earlier_label == "1 earlier report and 1 other piece"
    again = report("again", outlet="x.example", kind="opinion")
    assert [line.earlier_label for line in coverage_of(opinion, again)] == ["1 earlier report"]


def test_what_changed_last_is_on_top() -> None:
    """With the time after the first; the undated last and without one."""
    lines = coverage_of(
        report("late", published=NOON + hours(3.25)),
        report("first"),
        report("undated", published=None),
    )
    pieces = [line.piece for line in lines]
    assert [i.headline.split()[0] for i in pieces] == ["late", "first", "undated"]
    assert [i.gap for i in pieces] == ["3 h 15 min after the first", "", ""]
    assert [i.is_first for i in pieces] == [False, True, False]
    assert pieces[2].when.day == "undated"


def test_a_story_without_dates_has_no_first() -> None:
    """Nobody was first where no time is known, and nothing is drawn."""
    site = site_of(*[report(s, published=None) for s in "abc"])
    assert line_in(site, site.stories[0]) is None
    assert not any(line.piece.is_first for line in coverage_of(*site.articles))


def test_the_excerpt_of_the_headline_stands_once() -> None:
    """The page has it above the coverage."""
    lead = report("lead", excerpt="It has begun.", published=NOON + hours(1))
    lines = coverage_of(lead, report("b", excerpt="What is known."))
    assert [line.piece.excerpt for line in lines] == ["", "What is known."]


def test_two_records_with_one_link_show_the_piece_once() -> None:
    """They are one piece: its newest state, with the time of the first and the page of its own."""
    link = {"link": "https://wire.example/1", "outlet": "wire.example"}
    old = report("a", title="Harbour bridge closed after crack", **link)
    new = report("b", title="Harbour bridge closed after crack: ferries", published=LATER, **link)
    lines = coverage_of(old, new, report("c", published=LATER))
    assert sum(1 + len(line.earlier) + len(line.copies) for line in lines) == 2
    piece = next(line.piece for line in lines if "ferries" in line.piece.headline)
    assert (piece.address, piece.when) == ("news/b/", coverage_of(old, report("c"))[0].piece.when)


def test_entries_of_a_log_with_one_link_are_pieces_of_their_own() -> None:
    """Their headlines say different things: each has the page of its record."""
    link = {"link": "https://maker.example/log", "outlet": "maker.example"}
    one = report("x", title="Search finds words with accents", **link)
    two = report("w", title="Tables can be sorted by column", published=LATER, **link)
    (line,) = coverage_of(one, two)
    shown = [line.piece, *line.earlier]
    assert [(item.headline, item.address) for item in shown] == [
        (two.title, "news/w/"), (one.title, "news/x/"),
    ]  # fmt: skip


def test_a_record_without_a_link_has_its_page_linked() -> None:
    """What cannot be read at an outlet can be read here."""
    lines = coverage_of(report("a"), report("silent", link="", outlet=""))
    items = {line.piece.headline.split()[0]: line.piece for line in lines}
    assert (items["silent"].href, items["silent"].address) == ("", "news/silent/")


def test_a_declared_piece_links_to_its_outlet_only() -> None:
    """There is no page of ours for a piece that is no record."""
    wire = make_piece("bridge opens after repair works", outlet="wire.example")
    article = report("a", title="Harbour bridge opens after repair works", related=(wire,))
    items = {line.piece.headline: line.piece for line in coverage_of(article)}
    assert (items[wire.title].href, items[wire.title].address) == (wire.link, "")


def test_a_record_says_who_else_has_it() -> None:
    """One report of each other outlet, in order of time, its own left out."""
    mine = report("mine", published=NOON + hours(1))
    again = report("again", outlet="mine.example", published=NOON + hours(2))
    found = others_of(mine, again, report("c", published=NOON + hours(3)), report("b"))
    assert [i.host for i in found] == ["b.example", "c.example"]
    assert others_of(report("alone")) == ()


def test_if_a_names_b_then_b_shows_a() -> None:
    """Declaring works both ways, for records of different stories."""
    named = report("golf", story="x")
    naming = report("tango", story="y", related=(named.piece,))
    assert related_of(naming, named) == [named.title]
    assert related_of(named, naming) == [naming.title]


def test_a_record_is_not_related_to_itself() -> None:
    """Neither by its own link nor by a variant of it."""
    link = "https://a.example/x"
    own = (piece(link), piece(f"{link}?utm_source=feed"), piece("https://a.example/amp/x"))
    assert related_of(report("a", link=link, keys=(piece_key(link),), related=own)) == []


@pytest.mark.parametrize(
    "variant",
    ["https://b.example/y", "http://www.b.example/y/", "https://b.example/y?gclid=1", "https://b.example/y/amp"],
    ids=["equal", "host", "tracking", "amp"],
)  # fmt: skip
def test_one_piece_is_listed_once(variant: str) -> None:
    """Two entries for one piece are one, and so are an entry and the record it names."""
    article = report("a", related=(piece("https://b.example/y", "One"), piece(variant, "Two")))
    assert len(related_of(article)) == 1
    record = report("b", story="other", link=variant, keys=(piece_key(variant),))
    assert related_of(article, record) == [record.title]


def test_other_links_of_a_related_record_are_that_record_too() -> None:
    """An entry with a record's link and one more is the record, and so is what has that one."""
    record = report("b", story="two", link="https://b.example/x")
    one, other = piece_key(record.piece.link), piece_key("https://b.example/print/x")
    record = replace(record, piece=replace(record.piece, keys=(one,)))
    both = make_piece("With both links", link=record.piece.link, keys=(one, other))
    article = report("a", related=(both, piece("https://b.example/print/x", "In print")))
    assert related_of(article, record) == [record.title]


def test_coverage_of_the_story_is_not_related_too() -> None:
    """A piece stands on a page once."""
    other = report("b")
    assert related_of(report("a", related=(other.piece,)), other) == []


def test_a_related_record_has_its_page_linked() -> None:
    """The entry leads to the outlet, and to our page of the record."""
    record = report("b", story="other")
    article = report("a", related=(piece(record.piece.link, "As declared"),))
    site = site_of(article, record)
    (found,) = related_in(site, article)
    (item,) = related_items(context_of(site), [found], holders_of([record]), 2024)
    assert (item.headline, item.href, item.address) == (record.title, record.piece.link, "news/b/")


def test_what_is_near_in_time_and_words_comes_first() -> None:
    """Shared words and little time between count; the undated stand far."""
    entries = {
        "harbour bridge reopens": 2,
        "painting found again": 3,
        "harbour bridge in old pictures": 24 * 60,
        "rowers win": 24 * 61,
    }
    declared = tuple(
        piece(f"https://x.example/{n}", title, published=NOON - hours(age))
        for n, (title, age) in enumerate(reversed(entries.items()))
    )
    undated = piece("https://x.example/u", "sprint", published=None)
    article = report("a", title="Harbour bridge closed", excerpt="", related=(*declared, undated))
    site = site_of(article, story_of_its_own())
    shown = [p.title for p in related_in(site, article)]
    in_story = [p.title for p in site.coverage(site.story_of[article.path]).pieces]
    order = [t for t in entries if t not in in_story]
    assert [t for t in shown if t in order] == order
    assert shown[-1] == "sprint"


def story_of_its_own() -> Article:
    """A record that only fills the index with other words."""
    return report("filler", story="filler")


@settings(max_examples=30)
@given(st.data())
def test_related_pieces_do_not_depend_on_the_order_of_declaring(data: st.DataObject) -> None:
    """The list is sorted by what the pieces are."""
    declared = [
        piece(f"https://x.example/{n}", f"t{n % 3}", published=NOON - hours(24 * (n % 4) + 400))
        for n in range(8)
    ]
    shuffled = data.draw(st.permutations(declared))
    assert related_of(report("a", related=tuple(shuffled))) == related_of(
        report("a", related=tuple(declared))
    )


def test_counts_are_in_words() -> None:
    """Reports and outlets, and how many are folded."""
    found = [piece(f"https://x.example/{n}", outlet=f"o{n % 3}.example") for n in range(36)]
    assert related_count(found) == "36 reports from 3 outlets"
    assert related_count([make_piece(outlet="")]) == ""
    column = piece("https://x.example/column", outlet="c.example", kind="opinion")
    assert related_count([found[0], column]) == "1 report from 1 outlet and 1 other piece"
    assert related_count([column, column]) == "2 reports from 1 outlet"
    assert (more_label(24), more_label(1), more_label(0)) == (
        "Show 24 more reports", "Show 1 more report", "",
    )  # fmt: skip


def line_in(site: Site, story: Story) -> Timeline | None:
    """The timeline of a story of a site."""
    return timeline(context_of(site), site.coverage(story), 2024)


def line_of(*articles: Article) -> Timeline:
    """The timeline of the one story of these records."""
    site = site_of(*articles)
    found = line_in(site, site.stories[0])
    assert found
    return found


def test_the_timeline_tells_first_independent_and_copy() -> None:
    """By shape, in order of time, named for those who hover."""
    line = line_of(
        report("wire", title=WIRE),
        report("copy", title=WIRE, published=NOON + hours(1)),
        report("own", published=NOON + hours(4)),
    )
    assert [m.shape for m in line.marks] == ["first", "copy", "independent"]
    assert [m.label.split(",")[0] for m in line.marks] == [
        f"\u2068{s}.example\u2069" for s in ("wire", "copy", "own")
    ]
    places = [float(m.x) for m in line.marks]
    assert places == [2.0, 26.0, 98.0]
    assert line.label == (
        "3 reports from 3 outlets within 4 h, "
        "from 18 January 2024, 12:00 UTC to 18 January 2024, 16:00 UTC"
    )


def test_marks_close_in_time_stand_in_lanes() -> None:
    """Nothing hides behind another mark while there are lanes."""
    minutes = [report(s, published=NOON + hours(n / 60)) for n, s in enumerate("abcd")]
    line = line_of(*minutes, report("e", published=NOON + hours(9)))
    assert [m.lane for m in line.marks] == [0, 1, 2, 3, 0]
    assert line.lanes == 4


def test_reports_of_one_instant_have_a_timeline() -> None:
    """A span of no length divides nothing."""
    line = line_of(report("a"), report("b"), report("c"))
    assert {m.x for m in line.marks} == {"50.0"}
    assert len(line.ticks) == 1
    assert "at one time" in line.label


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (2, []),
        (9, ["16:00", "18:00"]),
        (24, ["19 Jan"]),
        (60, ["12:00", "20 Jan"]),
        (240, ["22 Jan", "24 Jan"]),
        (24 * 90, ["4 Mar"]),
    ],
)
def test_ticks_are_round_and_have_room(span: float, labels: list[str]) -> None:
    """A short time has its ends only; between those of a longer one stand whole hours or days."""
    line = line_of(*[report(s, published=NOON + hours(n * span / 2)) for n, s in enumerate("abc")])
    assert (line.ticks[0].align, line.ticks[-1].align) == ("start", "end")
    assert [tick.label for tick in line.ticks[1:-1]] == labels
    assert all(30 < float(tick.x) < 70 for tick in line.ticks[1:-1])


def test_an_opinion_is_no_mark_on_the_timeline() -> None:
    """It ends with the latest report, as the page says, and counts what reports."""
    reports = [report(s, published=NOON + hours(n)) for n, s in enumerate("abc")]
    opinion = report("a2", outlet="a.example", kind="opinion", published=NOON + hours(9))
    assert line_of(*reports, opinion) == line_of(*reports)
    site = site_of(*reports[:2], opinion)
    assert line_in(site, site.stories[0]) is None


def test_two_dated_reports_have_no_timeline() -> None:
    """Two lines say the same."""
    site = site_of(report("a"), report("b"), report("c", published=None))
    assert line_in(site, site.stories[0]) is None


@settings(max_examples=40)
@given(random_articles())
def test_a_timeline_stays_on_its_axis(articles: tuple[Article, ...]) -> None:
    """Every dated piece has a mark within the drawing, in order."""
    site: Site = site_of(*articles)
    for story in site.stories:
        line = line_in(site, story)
        dated = sum(p.published is not None for p in site.coverage(story).pieces)
        assert (line is None) == (dated < 3)
        if line:
            places = [float(m.x) for m in line.marks]
            assert len(places) == dated
            assert places == sorted(places)
            assert 2 <= places[0] <= places[-1] <= 98
            assert all(0 <= m.lane < line.lanes for m in line.marks)
