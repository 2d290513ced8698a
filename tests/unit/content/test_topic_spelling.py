"""A topic with a slip of the pen is named, and two that are both meant are not."""

from __future__ import annotations

import pytest

from newsstand.content.topic_spelling import misspelt_topics, misspelt_warnings
from newsstand.model import Article
from tests.factories import make_article, make_topic


def records(*topics: str) -> list[Article]:
    """A record for each topic."""
    return [make_article(f"r{n}", slug=f"r{n}", topics=(t,)) for n, t in enumerate(topics)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Poltics", "Politics"),
        ("sceince", "Science"),
        ("Transsport", "Transport"),
        ("Harbour politcs today", "Harbour politics today"),
        ("Транспрот", "Транспорт"),
    ],
)
def test_a_slip_is_named(written: str, meant: str) -> None:
    """A letter too few or twice, two in the wrong order, in a word that three others have."""
    misspelt = misspelt_topics(records(meant, meant, written, meant), ())
    ((path, finding),) = misspelt_warnings(misspelt)
    assert (path, finding.at, finding.code) == ("news/r2.md", ("topics", 0), "topic-slip")
    assert f"did you mean {meant}?" in finding.hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("Iceland", "Ireland"),
        ("Baking", "Banking"),
        ("Elections", "Election"),
        ("Harbour sport", "Harbour sports"),
        ("Transport club", "Transports club"),
        ("Politics", "Political"),
        ("Elections 2023", "Elections 2024"),
        ("Division 11", "Division 1"),
        ("Korea", "Korean"),
        ("Immigration", "Emigration"),
        ("Friction", "Fiction"),
        ("Mortality", "Morality"),
        ("Johnston", "Johnson"),
        ("Politics", "politics"),
        ("Harbour  ports", "Harbour ports"),
    ],
)
def test_honest_pairs_are_none(one: str, other: str) -> None:
    """Short words, endings, other and new letters, numbers, and what is one topic anyway."""
    assert not list(misspelt_topics(records(other, other, other, one), ()))


def test_who_means_it_is_not_asked() -> None:
    """A topic that has a file, that two records name, or that none of three is like."""
    assert not list(misspelt_topics(records(*["Politics"] * 3, "Poltics", "Poltics"), ()))
    assert not list(misspelt_topics(records("Politics", "Politics", "Poltics"), ()))
    own = make_topic("Poltics")
    assert not list(misspelt_topics(records(*["Politics"] * 3, "Poltics"), (own,)))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Harbous", "Harbours"),
        ("Harbor ports", "Harbour ports"),
        ("Lihgthouses", "Lighthouses"),
        ("Harboours", "Harbours"),
    ],
)
def test_a_name_like_one_with_a_file_is_named(written: str, meant: str) -> None:
    """One record alone carries it; how many carry the other one says nothing."""
    ((path, finding),) = misspelt_warnings(misspelt_topics(records(written), (make_topic(meant),)))
    assert (path, finding.at, finding.code) == ("news/r0.md", ("topics", 0), "topic-misspelt")
    assert finding.hint == f"did you mean {meant}? If not, add a file for it in topics/"


@pytest.mark.parametrize(
    ("written", "described"),
    [
        ("Ports", "Sports"),
        ("Elections 2023", "Elections 2024"),
        ("Railways", "Harbours"),
        ("Iceland", "Ireland"),
        ("Friction", "Fiction"),
        ("Elections", "Election"),
        ("Immigration", "Emigration"),
    ],
)
def test_a_name_unlike_one_with_a_file_is_none(written: str, described: str) -> None:
    """Short names, other numbers, words that differ as two words do; what two records carry."""
    topics = (make_topic(described),)
    assert not misspelt_topics(records(written), topics)
    assert not misspelt_topics(records("Harbous", "Harbous"), (make_topic("Harbours"),))
    short = make_topic("Anything", shortname=written)
    assert not misspelt_topics(records(written), (*topics, short))
