"""Records become stories: who is in one, who leads, what counts as coverage, how hot it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config, Weights
from newsstand.content.link_hashes import link_hashes
from newsstand.model import Article, Content, Coverage, Decisions, Story, StoryCoverage
from newsstand.stories.grouping.group import Reports
from newsstand.stories.grouping_input import for_grouping
from newsstand.stories.references import references
from newsstand.stories.relate import Related, relate
from newsstand.stories.reports import NO_REPORTS, independent_outlets, reporting_outlets
from newsstand.stories.story import (
    one_each,
    piece_order,
    story_before,
    time_order,
)
from newsstand.text.links import piece_key
from tests.factories import (
    NOON,
    body_of,
    hours,
    make_article,
    make_coverage,
    make_piece,
    telling,
)
from tests.newsroom import decided, random_articles

BRIDGE = "Harbour bridge opens after repair"


def related(*articles: Article, decisions: Decisions | None = None, **weights: Any) -> Related:  # noqa: ANN401
    """Records and decisions -> stories and problems."""
    content = Content(articles=articles, decisions=decisions or Decisions())
    return relate(content, Config(ranking=Weights(**weights)), body_of)


def only_coverage(*articles: Article) -> StoryCoverage:
    """Who reports the story of records that the editor puts together."""
    found = related(*(replace(a, story="one") for a in articles))
    (story,) = found.stories
    return found.coverage(story)


def only_story(*articles: Article, **weights: Any) -> Story:  # noqa: ANN401
    """The story of records that the editor puts together."""
    (story,) = related(*(replace(a, story="one") for a in articles), **weights).stories
    return story


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words at an outlet of its own."""
    changes.setdefault("outlet", f"{slug}.example")
    title = changes.pop("title", f"{slug} alpha{slug} beta{slug} gamma{slug}")
    return make_article(title, slug=slug, **changes)


@settings(max_examples=60)
@given(random_articles())
def test_every_record_is_in_exactly_one_story(articles: tuple[Article, ...]) -> None:
    """Grouping neither loses a record nor shows it twice."""
    stories = related(*articles).stories
    paths = [a.path for story in stories for a in story.articles]
    assert sorted(paths) == sorted(a.path for a in articles)
    assert len({story.id for story in stories}) == len(stories)
    assert all(story.lead in story.articles for story in stories)


@settings(max_examples=40)
@given(st.data())
def test_the_order_of_records_changes_nothing(data: st.DataObject) -> None:
    """Equal records in another order give equal stories."""
    articles = data.draw(random_articles())
    shuffled = data.draw(st.permutations(articles))
    one, other = related(*articles).stories, related(*shuffled).stories
    assert sorted(one, key=lambda s: s.id) == sorted(other, key=lambda s: s.id)


@settings(max_examples=40)
@given(random_articles())
def test_every_piece_speaks_with_one_voice(articles: tuple[Article, ...]) -> None:
    """The voices of a story share out its coverage without rest."""
    found = related(*articles)
    for coverage in map(found.coverage, found.stories):
        places = sorted(place for voice in coverage.voices for place in voice)
        assert places == list(range(len(coverage.pieces)))


@pytest.mark.parametrize(
    ("leads", "follows"),
    [
        ({"promoted": True, "quality": 1}, {"quality": 99}),
        ({"quality": 60, "published": NOON - hours(5)}, {"quality": 29}),
        ({"quality": 60, "published": NOON + hours(5)}, {"quality": 90}),
        ({"published": NOON + hours(25)}, {"promoted": True, "quality": 99}),
        ({"published": NOON}, {"published": NOON + hours(1), "kind": "opinion"}),
        ({"published": NOON + hours(1)}, {"published": None}),
        ({"slug": "a"}, {"slug": "b"}),
    ],
    ids=["promoted", "good", "newer", "last day", "report", "dated", "path"],
)
def test_who_leads(leads: dict[str, Any], follows: dict[str, Any]) -> None:
    """The newest good report of the last day, never an opinion; the path decides between equals."""
    first, second = (report(**({"slug": s} | keys)) for s, keys in (("x", leads), ("y", follows)))
    for order in ((first, second), (second, first)):
        assert only_story(*order).lead.slug == first.slug


def test_an_original_leads_before_its_copy() -> None:
    """Of equally good records the one that repeats another's text does not lead."""
    text = "Seven ports agree on shore power for moored ships by 2027"
    wire = make_piece(text, outlet="wire.example", published=NOON - hours(2))
    copy = report("copy", title=text, related=(wire,), published=NOON - hours(1))
    own = report("own", title=f"{text}: what changes at the docks of the old harbour", quality=0)
    story = only_story(copy, own)
    assert wire in only_coverage(copy, own).pieces
    assert story.lead.slug == "own"


def test_a_story_is_known_by_its_earliest_record() -> None:
    """The id does not change when a better report takes the lead."""
    early, late = report("early"), report("late", quality=80, published=NOON + hours(2))
    story = only_story(early, late)
    assert (story.id, story.lead.slug) == ("early", "late")


def test_records_and_coverage_are_in_order_of_time() -> None:
    """Oldest first, the undated last."""
    undated = report("undated", published=None)
    records = report("late", published=NOON + hours(3)), undated, report("early")
    assert [a.slug for a in only_story(*records).articles] == ["early", "late", "undated"]
    pieces = only_coverage(*records).pieces
    assert [p.outlet.split(".")[0] for p in pieces] == ["early", "late", "undated"]


def test_what_one_record_declares_near_is_coverage() -> None:
    """A declared piece about the same event joins the story; one about another does not."""
    near = make_piece(f"{BRIDGE} works", outlet="wire.example")
    far = make_piece(
        "Painters sell watercolours", outlet="art.example", published=NOON - hours(999)
    )
    naming = make_article(BRIDGE, related=(near, far))
    pieces = only_coverage(naming).pieces
    assert [p.outlet for p in pieces] == ["harbour.example", "wire.example"]
    assert only_story(naming).outlets == ("harbour.example", "wire.example")


def test_a_declared_record_stands_in_its_own_story() -> None:
    """A declared piece that is a record too is coverage where grouping put the record."""
    other = make_article("Snow closes valley railway", slug="snow", outlet="valley.example")
    naming = make_article(BRIDGE, related=(other.piece,))
    found = related(naming, other)
    assert [len(found.coverage(s).pieces) for s in found.stories] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.outlet.example/a", "http://outlet.example/a/"),
        ("https://outlet.example/a", "https://outlet.example/a?utm_source=x&fbclid=1"),
        ("https://outlet.example/a", "https://outlet.example/a/amp/"),
        (
            "https://outlet.example/a",
            "https://outlet-example.cdn.ampproject.org/c/s/outlet.example/a",
        ),
    ],
    ids=["scheme", "tracking", "amp", "amp cache"],
)
def test_one_piece_is_one_entry(one: str, other: str) -> None:
    """Links that differ in nothing that matters are one piece."""
    pieces = [make_piece(link=link, keys=(piece_key(link),)) for link in (one, other)]
    assert one_each(pieces) == pieces[:1]


def test_pieces_without_a_link_are_each_one() -> None:
    """Nothing is known that would make two of them one."""
    pieces = [make_piece("One", link=""), make_piece("Two", link="")]
    assert one_each(pieces) == pieces


@pytest.mark.parametrize("later", [0, 30])
def test_records_with_one_link_are_one_report(later: float) -> None:
    """Both are records of the story; its coverage has the newest state with the first time."""
    link = {"link": "https://wire.example/1", "outlet": "wire.example"}
    old = report("b", title="Harbour bridge closed after crack", **link)
    new = report(
        "a", title="Harbour bridge closed after long crack", published=NOON + hours(later), **link
    )
    new = replace(new, updated=NOON + hours(31))
    story = only_story(old, new)
    assert (len(story.articles), story.lead.slug, story.reports) == (2, "a", 1)
    assert only_coverage(old, new).pieces == (replace(new.piece, published=NOON),)
    assert only_coverage(new, old) == only_coverage(old, new)


def test_a_piece_was_what_its_records_said_by_then() -> None:
    """A story as it was has the state of the piece that was known, not the newest."""
    link = {"link": "https://wire.example/1", "outlet": "wire.example"}
    old = report("a", title="Harbour bridge closed after crack", **link)
    new = report(
        "b", title="Harbour bridge closed, crack grows", published=NOON + hours(30), **link
    )
    story, coverage = only_story(old, new), only_coverage(old, new)
    then, was = story_before(story, coverage, NOON + hours(9), Weights())
    assert (then.title, was.pieces) == (old.title, (old.piece,))


def test_the_highest_stated_heat_counts() -> None:
    """Heat below 0 says that a record stands behind another, not that the story is cold."""
    assert only_story(report("a", heat=-1), report("b", heat=70), report("c", heat=30)).heat == 70
    assert only_story(report("a", heat=0)).heat == 0


def test_heat_is_computed_where_no_record_states_it() -> None:
    """Independent outlets, those within six hours of the first, and the best quality add up."""
    reports = (
        report("a", quality=40, heat=-1),
        report("b", published=NOON + hours(6)),
        report("c", published=NOON + hours(6.1)),
        report("d", published=None),
    )
    story = only_story(*reports, outlets=10.0, speed=5.0, quality=0.5)
    assert story.heat == pytest.approx(4 * 10 + 2 * 5 + 40 * 0.5)


def test_a_day_is_not_first_and_not_quick() -> None:
    """Nobody knows its hour: not that it was before, nor that it was within six hours."""
    evening = NOON + hours(11.9)
    day = report("a", published=evening, is_day=True)
    later = (report("b", published=NOON + hours(14)), report("c", published=NOON + hours(15)))
    story = only_story(day, *later, outlets=0.0, speed=5.0, quality=0.0)
    assert story.heat == pytest.approx(2 * 5)
    assert story.first == ""
    assert story.outlets[0] == day.outlet
    timed = only_story(day, report("d", published=NOON), outlets=0.0, speed=5.0, quality=0.0)
    assert timed.heat == pytest.approx(5)
    assert timed.first == timed.articles[0].outlet
    assert not timed.articles[0].piece.is_day


def test_copies_do_not_heat_a_story() -> None:
    """A text that three outlets print is one voice."""
    title = "Seven coastal ports agree on shore power for moored ships"
    copies = [report(s, title=title, published=NOON + hours(n)) for n, s in enumerate("abc")]
    story = only_story(*copies, outlets=10.0, speed=0.0, quality=0.0)
    assert story.heat == pytest.approx(10.0)
    assert only_coverage(*copies).voices == ((0, 1, 2),)


def test_rewrites_of_one_agency_are_one_voice() -> None:
    """Three outlets tell an agency's report in their own words; each says whose it is."""
    reports = [report(s, published=NOON + hours(n)) for n, s in enumerate("abc")]
    rewrites = [replace(a, piece=replace(a.piece, wire="Reuters")) for a in reports]
    own = report("own", published=NOON + hours(9))
    coverage = only_coverage(*rewrites, own)
    assert coverage.voices == ((0, 1, 2), (3,))
    assert independent_outlets(coverage) == ("a.example", "own.example")
    assert only_coverage(*reports, own).voices == ((0,), (1,), (2,), (3,))


@pytest.mark.parametrize("kind", sorted(NO_REPORTS))
def test_what_is_no_report_adds_nothing_to_one(kind: str) -> None:
    """Not an outlet, not heat, not a first, even if it is older, better, promoted and stated."""
    alone = report("a", published=NOON)
    other = report("b", kind=kind, published=NOON - hours(1), quality=99, promoted=True, heat=90)
    story, coverage = only_story(alone, other), only_coverage(alone, other)
    assert (story.outlets, story.first, story.lead.slug) == (("a.example",), "a.example", "a")
    assert story.heat == only_story(alone).heat
    assert reporting_outlets(coverage) == independent_outlets(coverage) == ("a.example",)
    assert only_story(other).outlets == ("b.example",)


def test_independent_outlets_are_those_that_spoke_first() -> None:
    """An outlet that only repeats is not independent; one with a report of its own is."""
    spoken = [make_piece(outlet=f"{s}.example") for s in ("wire", "a", "b", "a")]
    together, apart = (make_coverage(*spoken, voices=v) for v in (((0, 1, 2),), ((0, 1, 2), (3,))))
    assert independent_outlets(together) == ("wire.example",)
    assert independent_outlets(apart) == ("wire.example", "a.example")
    assert independent_outlets(make_coverage(make_piece(outlet=""))) == ()


def test_references_go_both_ways() -> None:
    """Who names and who is named are both told; nobody is paired with itself."""
    named = report("named")
    naming = report("naming")
    naming = telling(naming, related=(named.piece, naming.piece, make_piece("Elsewhere")))
    found = references({a.path: link_hashes(a, body_of(a)) for a in (named, naming)})
    assert (found.of(named.path), found.of(naming.path)) == ((naming.path,), (named.path,))
    assert (found.names(named.path), found.names(naming.path)) == ((), (named.path,))
    assert (found.named_by(named.path), found.named_by(naming.path)) == ((naming.path,), ())


@pytest.mark.parametrize("published", [NOON, None])
def test_a_new_record_changes_nothing_about_those_that_it_names(published: datetime | None) -> None:
    """Of two records the later one tells grouping of both, whoever names the other."""
    old = report("old", published=published)
    new = report("new", published=NOON + hours(30))
    naming = telling(new, related=(old.piece,))
    later = telling(old, related=(new.piece,))
    before, after = _for_grouping(old), _for_grouping(old, naming)
    assert after.fingerprint(old.path) == before.fingerprint(old.path)
    assert (after.piece(old.path).declared, after.piece(new.path).declared) == ((), (old.path,))
    assert _for_grouping(later, new).piece(new.path).declared == (old.path,)


def _for_grouping(*articles: Article) -> Reports:
    links = {a.path: link_hashes(a, body_of(a)) for a in articles}
    return for_grouping({a.path: a for a in articles}, references(links), body_of)


def test_orders_put_the_undated_last() -> None:
    """Both orders are total: equal times fall back on names."""
    articles = [report("b"), report("c", published=None), report("a", published=NOON + hours(1))]
    assert [a.slug for a in sorted(articles, key=time_order)] == ["b", "a", "c"]
    pieces: list[Coverage] = [a.piece for a in articles]
    assert [p.outlet[0] for p in sorted(pieces, key=piece_order)] == ["b", "a", "c"]


def _decisions(**groups: Sequence[tuple[str, ...]]) -> Decisions:
    """Decisions by names of records; the first stands in line 2."""
    lines = iter(range(2, 99))
    chosen = {
        kind: tuple(decided(*names, line=next(lines)) for names in lists)
        for kind, lists in groups.items()
    }
    return Decisions(path="stories.yml", **chosen)


def _sets(result: Related) -> set[str]:
    return {"".join(sorted(a.slug for a in s.articles)) for s in result.stories}


def test_merge_puts_records_together() -> None:
    """Records that share no word are one story when the editor says so."""
    result = related(*map(report, "abc"), decisions=_decisions(merge=[("a", "c")]))
    assert _sets(result) == {"ac", "b"}
    assert result.problems == ()


def test_merges_may_join_merged_stories() -> None:
    """Each list adds to what the lists before it joined, whatever their order."""
    for lists in ([("c", "d"), ("a", "b"), ("a", "c")], [("a", "b"), ("b", "c"), ("c", "d")]):
        assert _sets(related(*map(report, "abcde"), decisions=_decisions(merge=lists))) == {
            "abcd",
            "e",
        }


def test_split_keeps_records_apart() -> None:
    """Records of equal words are two stories when the editor says so."""
    articles = [report(s, title=BRIDGE) for s in "abc"]
    result = related(*articles, decisions=_decisions(split=[("a", "b")]))
    assert len(result.stories) == 2
    assert not any({"a", "b"} <= set(found) for found in _sets(result))
    assert result.problems == ()


def test_story_keys_beat_words() -> None:
    """One key is one story, and two keys are two."""
    same = [report("a", title=BRIDGE, story="x"), report("b", title=BRIDGE, story="y")]
    assert _sets(related(*same, report("c", story="x"))) == {"ac", "b"}


def test_a_record_alone_stays_alone() -> None:
    """Equal words do not bring it into a story."""
    articles = [report(s, title=BRIDGE, alone=s == "b") for s in "abc"]
    assert _sets(related(*articles)) == {"ac", "b"}


@pytest.mark.parametrize(
    ("changes", "groups", "said"),
    [
        ({"a": {"story": "x"}, "b": {"story": "y"}}, {"merge": [("a", "b")]}, "news/a.md"),
        ({"a": {"alone": True}}, {"merge": [("a", "b")]}, "news/a.md"),
        ({"a": {"story": "x"}, "b": {"story": "x"}}, {"split": [("a", "b")]}, "news/b.md"),
        ({}, {"merge": [("a", "b")], "split": [("a", "b")]}, "merge"),
        ({}, {"merge": [("a", "b"), ("b", "c")], "split": [("a", "c")]}, "merge"),
        (
            {"a": {"story": "x"}, "c": {"story": "y"}},
            {"merge": [("a", "b"), ("b", "c")]},
            "news/",
        ),
    ],
    ids=["keys", "alone", "key and split", "merge and split", "merges and split", "keys far"],
)
def test_contradictions_are_problems(
    changes: dict[str, Any], groups: dict[str, Any], said: str
) -> None:
    """The last decision is not followed; its line and the other place are named."""
    articles = [report(s, **changes.get(s, {})) for s in "abc"]
    result = related(*articles, decisions=_decisions(**groups))
    (problem,) = result.problems
    assert (problem.path, problem.code) == ("stories.yml", "decision-contradiction")
    assert problem.line == 1 + sum(len(lists) for lists in groups.values())
    assert said in problem.message


def test_a_key_beats_alone() -> None:
    """Of a record that says both, the key is followed."""
    assert _sets(related(report("a", story="x", alone=True), report("b", story="x"))) == {"ab"}


@pytest.mark.parametrize("kind", ["merge", "split", "pin", "title"])
def test_a_decision_about_no_record_is_a_problem(kind: str) -> None:
    """The unknown record is named with its line and the nearest that is there."""
    lone = kind in ("pin", "title")
    names: list[tuple[str, ...]] = [("harbor",)] if lone else [("harbor", "other")]
    result = related(report("harbour"), report("other"), decisions=_decisions(**{kind: names}))
    (problem,) = result.problems
    assert (problem.path, problem.line) == ("stories.yml", 2)
    assert "news/harbor.md" in problem.message
    assert "news/harbour.md" in problem.hint
    assert len(result.stories) == 2


def test_the_editor_may_title_a_story() -> None:
    """The title is the story's, not the record's."""
    titled = Decisions("stories.yml", title=(decided("a", title="Bridge week"),))
    (story,) = related(report("a"), decisions=titled).stories
    assert (story.title, story.lead.title) == ("Bridge week", report("a").title)


def test_pins_count_from_the_first() -> None:
    """The first pin is the highest; a story that is not pinned has none."""
    result = related(*map(report, "abc"), decisions=_decisions(pin=[("b",), ("a",)]))
    pins = {s.id: s.pinned for s in result.stories}
    assert pins["b"] > pins["a"] > pins["c"] == 0
