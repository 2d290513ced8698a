"""The order of the front page, and the reasons that add up to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config, Weights
from newsstand.model import Article, Content, Story
from newsstand.stories import rank as ranking_rules
from newsstand.stories.rank import VARIED, Ranking, Term, rank, score
from newsstand.stories.relate import relate
from tests.factories import NOON, body_of, hours, make_article, make_piece, make_story
from tests.newsroom import random_articles, site_of


def story(slug: str, heat: float = 0.0, **changes: Any) -> Story:  # noqa: ANN401
    """A story of one record at an outlet of its own, with this heat."""
    record = {"outlet": f"{slug}.example", "slug": slug} | changes.pop("record", {})
    return make_story(make_article(slug, **record), heat=heat, **changes)


def ranked(
    *stories: Story,
    topics: Mapping[str, tuple[str, ...]] | None = None,
    **weights: Any,  # noqa: ANN401
) -> str:
    """The ids of stories in order, one letter each."""
    return "".join(s.id for s in rank(stories, Weights(**weights), topics or {}).stories)


def terms(wanted: str, *stories: Story, **weights: Any) -> dict[str, Term]:  # noqa: ANN401
    """The terms of one of these stories by name."""
    found = rank(stories, Weights(**weights), {})
    story = next(s for s in stories if s.id == wanted)
    return {term.name: term for term in _terms(found, story, Weights(**weights))}


def _terms(ranking: Ranking, story: Story, weights: Weights) -> tuple[Term, ...]:
    return ranking_rules.terms(story, weights, ranking.standing(story))


def _score(ranking: Ranking, story: Story, weights: Weights) -> float:
    return score(story, weights, ranking.standing(story))


@settings(max_examples=80)
@given(random_articles())
def test_terms_add_up_to_the_score(articles: tuple[Article, ...]) -> None:
    """What a reader can add up is the score, to the last digit shown."""
    site = site_of(*articles)
    ranking, weights = site.ranking, site.config.ranking
    for found in ranking.stories:
        terms = _terms(ranking, found, weights)
        assert terms
        assert round(math.fsum(t.value for t in terms), 2) == _score(ranking, found, weights)
        assert all(round(t.value, 2) == t.value for t in terms)


@settings(max_examples=50)
@given(st.data())
def test_the_order_of_stories_changes_nothing(data: st.DataObject) -> None:
    """Equal stories in another order are ranked alike."""
    site = site_of(*data.draw(random_articles()))
    shuffled = data.draw(st.permutations(site.stories))
    topics = {key: tuple(found) for key, found in site.topics_of.items()}
    assert rank(shuffled, site.config.ranking, topics).stories == site.stories


@settings(max_examples=50)
@given(random_articles(), st.integers(0, 4))
def test_variety_ends_where_it_is_said_to(articles: tuple[Article, ...], varied: int) -> None:
    """Those that variety has lowered are among the first; below them score alone decides."""
    site = site_of(*articles)
    weights, topics = site.config.ranking, site.topics_of
    found, plain = (rank(site.stories, weights, topics, varied=n) for n in (varied, 0))
    assert {s.id for s in found.stories[:varied]} >= found.repeats.keys()
    below = {s.id for s in found.stories[varied:]}
    in_order = [s for s in plain.stories if s.id in below]
    assert list(found.stories[varied:]) == in_order


@settings(max_examples=60)
@given(random_articles())
def test_tiers_do_not_mix(articles: tuple[Article, ...]) -> None:
    """Every promoted story stands before every other."""
    promoted = [s.promoted for s in site_of(*articles).stories]
    assert promoted == sorted(promoted, reverse=True)


@settings(max_examples=60)
@given(random_articles())
def test_within_a_tier_scores_fall(articles: tuple[Article, ...]) -> None:
    """The score that is shown explains the order, but where stories repeat each other."""
    site = site_of(*articles)
    ranking, weights = site.ranking, site.config.ranking
    for above, below in pairwise(ranking.stories):
        if above.promoted == below.promoted:
            scores = [_score(ranking, story, weights) for story in (above, below)]
            assert scores[0] >= scores[1]


def test_heat_is_on_a_scale_of_doublings() -> None:
    """One point is a doubling of heat."""
    assert terms("a", story("a", heat=0))["Heat"].value == 0
    assert terms("a", story("a", heat=7))["Heat"].value == 3
    assert terms("a", story("a", heat=15))["Heat"].value == 4
    assert ranked(story("a", heat=3), story("b", heat=4)) == "ba"


def test_the_reason_of_heat_says_where_it_comes_from() -> None:
    """Heat that a record states and heat that was computed are told apart."""
    stated = terms("a", story("a", heat=9, record={"heat": 9}))["Heat"].reason
    computed = terms("a", story("a", heat=9, record={"heat": -1}))["Heat"].reason
    assert "record states" in stated
    assert "outlets" in computed


def test_a_half_life_halves() -> None:
    """After one half-life a story needs twice the heat."""
    old = story("a", heat=100, record={"published": NOON - hours(24)})
    freshness = terms("a", old, story("b"), half_life_hours=36.0)["Freshness"]
    assert freshness.value == -1
    assert freshness.reason == "the middle report is 36 h older than the end of the newest day"


def test_what_comes_in_during_a_day_changes_no_other_terms() -> None:
    """Age is measured to the end of the newest day; the next day all stories are older."""
    old = story("a", heat=9, record={"published": NOON - hours(20)})
    values = [
        terms("a", old, story("b", record={"published": NOON + hours(h)}))["Freshness"].value
        for h in (-11, 0, 11.9, 12)
    ]
    assert values[0] == values[1] == values[2] > values[3]


def test_freshness_is_measured_to_the_newest_day() -> None:
    """The clock does not matter: two days later the same stories have the same scores."""
    stories = story("a", heat=5), story("b", record={"published": NOON - hours(10)})
    later = [
        replace(s, middle=s.middle and s.middle + hours(48),
                articles=tuple(_moved(a, 48) for a in s.articles), lead=_moved(s.lead, 48))
        for s in stories
    ]  # fmt: skip
    rankings = [rank(given, Weights(), {}) for given in (stories, later)]
    scores = [[(s.id, _score(r, s, Weights())) for s in r.stories] for r in rankings]
    assert scores[0] == scores[1]


def _moved(article: Article, by: float) -> Article:
    published = article.published
    assert published
    return replace(article, piece=replace(article.piece, published=published + hours(by)))


def test_promotion_is_a_term_and_a_tier() -> None:
    """A promoted story stands first however cold it is, and says so."""
    cold = story("a", promoted=True, record={"published": NOON - hours(500)})
    assert ranked(story("b", heat=5000), cold) == "ab"
    assert terms("a", cold, promoted=2.5)["Promotion"].value == 2.5
    assert "Promotion" not in terms("b", story("b"))


def test_pins_stand_first_in_their_order() -> None:
    """A pinned story stands before promoted ones, the first pin highest."""
    pinned = story("a", pinned=1), story("b", pinned=2)
    assert ranked(story("c", heat=9999, promoted=True), *pinned) == "bac"


@pytest.mark.parametrize("age", [24, 24 * 31, 24 * 800])
def test_the_undated_stand_last(age: float) -> None:
    """However old a dated story is, one without any date stands behind it."""
    new, old = story("n"), story("o", record={"published": NOON - hours(age)})
    undated = story("u", heat=50, record={"published": None})
    assert ranked(undated, old, new) == "nou"


def test_a_site_without_any_date_is_ranked_by_heat() -> None:
    """Where nothing is dated, nothing is fresher than the rest."""
    without = [story(s, heat=h, record={"published": None}) for s, h in (("a", 1), ("b", 9))]
    assert ranked(*without) == "ba"


def test_a_running_story_ages() -> None:
    """A story with a report a day for ten days stands behind an equal new one."""
    days = [make_article("r", slug="r", published=NOON - hours(24 * n)) for n in range(10)]
    running = replace(make_story(*days, heat=60), id="r")
    fresh = story("f", heat=60, record={"published": NOON - hours(8)})
    assert ranked(running, fresh) == "fr"


def test_the_middle_report_is_the_earlier_of_two() -> None:
    """The median of an even number of reports is a time that a report has."""
    pieces = tuple(make_piece(published=NOON + hours(n)) for n in (0, 1, 5, 9))
    assert make_story(coverage=pieces).middle == NOON + hours(1)
    assert make_story(coverage=(make_piece(published=None),)).middle is None


def test_one_late_report_does_not_make_an_old_story_new() -> None:
    """The middle of many reports hardly moves when one more comes."""
    times = [NOON - hours(n) for n in (100, 99, 98, 97)]

    def age(moments: list[datetime]) -> float:
        coverage = tuple(make_piece(published=m) for m in moments)
        found = make_story(coverage=coverage).middle
        assert found
        return (NOON - found) / hours(1)

    assert age(times) - age([*times, NOON]) <= 1


def test_an_outlet_that_leads_above_lowers_a_story() -> None:
    """Of two nearly equal stories the one of another outlet comes first."""
    same = {"outlet": "harbour.example"}
    three = [
        story("a", heat=31, record=same),
        story("b", heat=30, record=same),
        story("c", heat=28),
    ]
    assert ranked(*three) == "acb"
    assert ranked(*three, same_outlet=0.0) == "abc"
    term = terms("b", *three, same_outlet=0.5)["Outlet variety"]
    assert term.value == -0.5
    assert "1 story above" in term.reason


def test_records_without_an_outlet_do_not_repeat_each_other() -> None:
    """Nobody is not one outlet."""
    unnamed = [story(s, heat=9, record={"outlet": ""}) for s in "ab"]
    assert "Outlet variety" not in terms("b", *unnamed)


def test_a_topic_above_lowers_a_story() -> None:
    """Of two nearly equal stories the one on another topic comes first."""
    three = [story("a", heat=31), story("b", heat=30), story("c", heat=28)]
    topics = {"a": ("sea",), "b": ("sea",), "c": ("sky",)}
    assert ranked(*three, topics=topics) == "acb"
    assert ranked(*three, topics=topics, same_topic=0.0) == "abc"


def test_variety_has_a_floor() -> None:
    """The hundredth story of an outlet is lowered no more than the sixth."""
    many = [story(f"s{n:02}", heat=200 - n, record={"outlet": "x.example"}) for n in range(12)]
    found = rank(many, Weights(), {})
    all_terms = [t for s in found.stories for t in _terms(found, s, Weights())]
    lowered = [t.value for t in all_terms if t.name == "Outlet variety"]
    assert min(lowered) == lowered[-1] == lowered[5]


def test_variety_is_for_the_first_stories() -> None:
    """Below them score alone decides, and the terms say nothing of variety."""
    many = [story(f"s{n:03}", heat=900 - n, record={"outlet": "x.example"}) for n in range(250)]
    found = rank(many, Weights(), {})
    names = [{t.name for t in _terms(found, s, Weights())} for s in found.stories]
    told = ["Outlet variety" in named for named in names]
    assert told == [0 < n < VARIED for n in range(250)]
    assert [s.id for s in found.stories] == [s.id for s in many]


def test_equal_stories_stand_in_order_of_id() -> None:
    """A tie is decided by what does not depend on how the content was read."""
    assert ranked(story("b"), story("c"), story("a")) == "abc"


def test_no_story_is_no_order() -> None:
    """An empty site has an empty front page."""
    assert rank((), Weights(), {}).stories == ()


def test_stated_heat_beats_computed_heat() -> None:
    """A record that states little heat keeps its story cold, whoever reports it."""
    articles = [
        make_article("Mayor opens bridge", slug=s, outlet=f"{s}.example", story="one", heat=h)
        for s, h in (("a", 3), ("b", -1), ("c", None))
    ]
    (found,) = relate(Content(articles=tuple(articles)), Config(), body_of).stories
    assert found.heat == 3
