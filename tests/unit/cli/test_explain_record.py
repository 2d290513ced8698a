"""Why a record is in its story."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings

from newsstand.cli.explain_record import explain_record
from newsstand.model import Article, Decisions
from newsstand.site import Site
from tests.factories import NOON, hours, make_article
from tests.newsroom import decided, random_articles, site_of

BRIDGE = "Harbour bridge opens after repair"


def report(slug: str, title: str = BRIDGE, **changes: Any) -> Article:  # noqa: ANN401
    """A record about the bridge at an outlet of its own."""
    return make_article(title, slug=slug, outlet=f"{slug}.example", **changes)


def explained(slug: str, *articles: Article, **content: Any) -> str:  # noqa: ANN401
    """What is said about the record with this slug."""
    site = site_of(*articles, **content)
    return explain_record(site, site.records[f"news/{slug}.md"])


def test_explaining_names_the_story_and_its_members() -> None:
    """Each member with what both share, in sentences."""
    text = explained("a", report("a"), report("b", published=NOON + hours(3)))
    assert text.splitlines()[0] == BRIDGE
    assert "Story: " in text
    assert "page: stories/a/" in text
    member = text[text.index("news/b.md") :]
    assert "surely one event, taken by themselves (3 h apart)" in member
    assert "both say" in member or "both name" in member
    assert "no other story of these days does" in member
    assert "each tells most of the other's headline" in member


def test_what_speaks_against_is_said() -> None:
    """Names of one headline only, and the same outlet."""
    mine, other = (
        make_article(title, slug=slug, outlet="x.example", story="s")
        for slug, title in (
            ("a", "Calloway wins mayoral election in Aldmere"),
            ("b", "Mayor Arvo wins election in Tarn Hollow"),
        )
    )
    text = explained("a", mine, other)
    assert "only the first names Calloway and Aldmere" in text
    assert "one outlet rarely reports one thing twice" in text


def test_a_record_without_dates_says_so() -> None:
    """Where no time is known, none decided."""
    texts = explained("a", report("a", story="x"), report("b", published=None, story="x"))
    assert "undated: compared by the names and numbers" in texts


def test_the_next_nearest_is_named_with_a_reason() -> None:
    """Why it is in another story, without a number. It is of the same day or before."""
    away = report("c", "Bridge repair in valley ends", published=NOON + hours(180))
    text = explained("c", report("a"), report("b"), away)
    assert "Nearest records of other stories" in text
    assert "apart: all records of both stories taken together are not alike enough" in text


def test_two_records_that_are_apart_are_told_one_thing_from_both() -> None:
    """Whichever came first; and no "all records of both stories" where each has one."""
    winter = "Ferry keeps its late trip through the winter"
    says = "The last boat leaves at ten, on Saturdays at midnight."
    one = report("a", winter, excerpt=says)
    other = report("b", "Last ferry now leaves at one", published=NOON + hours(31))
    for slug, near in ("ab", "ba"):
        _, _, text = explained(slug, one, other).partition("Nearest records of other stories:")
        assert f"news/{near}.md" in text
        assert "perhaps one event, taken by themselves (31 h apart)" in text
        assert "apart: that is too little to join two records" in text
        assert "both stories" not in text


def test_who_is_like_nobody_is_told_so() -> None:
    """No list of nothing."""
    text = explained("a", report("a"), report("z", "Snow closes valley railway"))
    assert "No other record is in the story." in text
    assert "No other record is near." in text


@settings(max_examples=30)
@given(random_articles())
def test_the_terms_add_up_to_the_score(articles: tuple[Article, ...]) -> None:
    """What is printed is a sum that a reader can check."""
    site: Site = site_of(*articles)
    for article in articles:
        text = explain_record(site, article)
        score = re.search(r"^Score (-?\d+\.\d\d):$", text, re.MULTILINE)
        assert score
        terms = re.findall(r"^ +([+-]\d+\.\d\d)  \S", text, re.MULTILINE)
        assert terms
        assert round(sum(map(float, terms)), 2) == float(score[1])


def test_promotion_and_pins_are_reasons() -> None:
    """What stands above the score is said below it."""
    pinned = Decisions("stories.yml", pin=(decided("a"),))
    text = explained("a", report("a", promoted=True), decisions=pinned)
    assert "promoted" in text.splitlines()[-2]
    assert "pinned" in text.splitlines()[-1]


def test_the_editors_word_in_a_record_is_a_reason() -> None:
    """A key, or that it stands alone."""
    key = explained("a", report("a", story="bridge"), report("b", story="bridge"))
    assert "story: bridge" in key
    alone = explained("b", report("a", alone=True), report("b", published=NOON + hours(1)))
    assert "the editor keeps one of them alone" in alone
    alone = explained("a", report("a", alone=True), report("b"))
    assert "the editor's word: alone" in alone


def test_the_editors_word_in_the_file_is_a_reason() -> None:
    """Records of equal words that `split` keeps apart are not explained by their words."""
    split = Decisions("stories.yml", split=(decided("a", "b"),))
    text = explained("a", report("a"), report("b"), decisions=split)
    apart = next(line for line in text.splitlines() if "apart:" in line)
    assert "would join" not in apart
    assert "editor" in apart or "split" in apart
