"""The editor's word on stories, free of contradictions."""

from __future__ import annotations

from itertools import combinations

import pytest

from newsstand.model import Article, Content, Decision, Decisions, HeldBack
from newsstand.stories.editor import EditorsWord, editors_word
from tests.factories import make_article


def record(name: str, story: str | None = None, alone: bool = False) -> Article:
    """A record at ``<name>.md``."""
    return make_article(name, path=f"{name}.md", story=story, alone=alone)


def decide(*names: str, line: int = 1) -> Decision:
    """A decision about records, at a line of the file."""
    places = tuple((line, 7 + n) for n in range(len(names)))
    return Decision(tuple(f"{name}.md" for name in names), (line, 5), places)


def word(*articles: Article, **decisions: tuple[Decision, ...]) -> EditorsWord:
    """What is decided by these records and this file."""
    said = Decisions(path="stories.yml", **decisions)
    return editors_word(Content(articles=articles, decisions=said), {a.path: a for a in articles})


A, B, C, D = (record(name) for name in "abcd")


def together(found: EditorsWord) -> list[list[str]]:
    """The sets of records that are joined, in order."""
    return sorted(sorted(path.removesuffix(".md") for path in s) for s in found.orders.together)


def test_nothing_said_is_nothing_ordered() -> None:
    """No record, no file, no word."""
    found = word(A, B)
    assert (found.orders.together, found.orders.alone, found.problems) == ((), frozenset(), ())


def test_records_with_one_key_are_one_story() -> None:
    """Whatever they say; other keys are other stories."""
    found = word(record("a", "x"), record("b", "x"), record("c", "y"), D)
    assert together(found) == [["a", "b"]]
    assert found.orders.keeps_apart("a.md", "c.md")
    assert not found.orders.keeps_apart("a.md", "d.md")


def test_merges_that_share_a_record_are_one() -> None:
    """In any order of the file."""
    merges = (decide("a", "b"), decide("c", "d", line=2), decide("b", "c", line=3))
    assert together(word(A, B, C, D, merge=merges)) == [["a", "b", "c", "d"]]
    assert together(word(A, B, C, D, merge=merges[::-1])) == [["a", "b", "c", "d"]]


def test_a_split_keeps_each_pair_apart() -> None:
    """Of three, all three pairs; no pair is made, since thousands have millions."""
    found = word(A, B, C, D, split=(decide("a", "b", "c"),))
    assert found.orders.apart == (frozenset({"a.md", "b.md", "c.md"}),)
    for one, other in combinations(("a.md", "b.md", "c.md"), 2):
        assert found.orders.keeps_apart(one, other)
        assert not found.orders.allows({one, other, "d.md"})
    assert found.orders.allows({"a.md", "d.md"})


def test_a_record_that_stands_alone_is_kept_apart_from_all() -> None:
    """Its own word, unless it has a story key too: then the key is followed."""
    found = word(record("a", alone=True), B, record("c", "x", alone=True))
    assert found.orders.alone == {"a.md"}
    assert found.orders.keeps_apart("a.md", "b.md")


@pytest.mark.parametrize(
    ("articles", "decisions"),
    [
        ((A, record("b", alone=True)), {"merge": (decide("a", "b"),)}),
        ((record("a", "x"), record("b", "y")), {"merge": (decide("a", "b"),)}),
        ((A, B), {"merge": (decide("a", "b"),), "split": (decide("b", "a", line=9),)}),
        ((record("a", "x"), record("b", "x")), {"split": (decide("a", "b"),)}),
        ((A, B, C), {"merge": (decide("a", "b"), decide("b", "c")), "split": (decide("a", "c"),)}),
        (
            (record("a", "x"), B, record("c", "y")),
            {"merge": (decide("a", "b"), decide("b", "c", line=9))},
        ),
    ],
    ids=["alone", "two keys", "merged", "one key", "merged in two steps", "keys in two steps"],
)
def test_a_contradiction_is_said_and_the_stronger_word_followed(
    articles: tuple[Article, ...], decisions: dict[str, tuple[Decision, ...]]
) -> None:
    """Records beat the file, merge beats split; the place is that of the weaker."""
    found = word(*articles, **decisions)
    assert [p.code for p in found.problems] == ["decision-contradiction"]
    assert found.problems[0].column == 5
    assert ".md" in found.problems[0].message
    weaker = decisions["split"][-1] if "split" in decisions else decisions["merge"][-1]
    assert found.problems[0].line == weaker.place[0]
    assert found.orders.apart == ()


def test_a_record_that_is_not_there_is_said_at_its_place() -> None:
    """The decision holds for the others; the nearest name is offered."""
    bridge = record("bridge")
    found = word(A, bridge, merge=(decide("a", "bridge", "bridgge", line=4),))
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.code) == (4, 9, "decision-no-record")
    assert problem.hint == "did you mean bridge.md?"
    assert together(found) == [["a", "bridge"]]


def test_a_record_whose_file_has_moved_is_found_by_its_name() -> None:
    """Before one whose path only looks like it."""
    moved = make_article("bridge", path="news/2024/bridge.md")
    found = word(A, record("bridges"), moved, merge=(decide("a", "bridge", line=4),))
    (problem,) = found.problems
    assert problem.hint == "did you mean news/2024/bridge.md?"


def test_a_record_that_is_held_back_is_no_mistake() -> None:
    """A warning says why the decision does not show yet."""
    content = Content(
        articles=(A,),
        held_back=(HeldBack("b.md", "draft"),),
        decisions=Decisions(path="stories.yml", merge=(decide("a", "b"),)),
    )
    (problem,) = editors_word(content, {A.path: A}).problems
    assert (problem.code, problem.is_error) == ("decision-held-back", False)
    assert "draft" in problem.message


def test_it_is_said_who_decided() -> None:
    """For each record, in words."""
    found = word(record("a", "x"), record("b", "x"), C, D, merge=(decide("c", "d", line=3),))
    assert found.said["a.md"] == ("story: x, says the record",)
    assert found.said["c.md"] == ("merged in stories.yml:3",)


def test_the_order_of_records_changes_nothing() -> None:
    """Nor does that of the merges."""
    articles = (record("a", "x"), record("b"), record("c", "x"), record("d"))
    merges = (decide("b", "d"), decide("d", "a", line=2))
    one = word(*articles, merge=merges)
    two = word(*articles[::-1], merge=merges[::-1])
    assert set(one.orders.together) == set(two.orders.together)
    assert together(one) == [["a", "b", "c", "d"]]
