"""Files about topics and outlets, plain pages, and the editor's word on stories."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.taxonomy import (
    read_decisions,
    read_page,
    read_provider,
    read_topic,
    resolve_parents,
)
from newsstand.model import Topic
from newsstand.problems import Problem


def no_picture(_address: str) -> str:
    """There is no local picture."""
    return ""


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """What was wrong."""
    return [problem.code for problem in problems]


def test_a_topic_as_in_the_archive() -> None:
    """YAML without fences; pictures as a list of addresses."""
    topic, problems = read_topic(
        "taxonomy: topic\n_id: compute\nname: Compute &amp; more\nshortname: Compute\n"
        "parent: Azure\n"
        "description: Machines.\nkeywords: [virtual machine]\nhashtags: ['#AzureCompute']\n"
        "images:\n  - https://a.example/compute.jpg\nservices: [{name: VM, endpoint: x}]\n",
        "topics/01-compute.yaml",
        no_picture,
    )
    assert problems == ()
    assert topic is not None
    assert (topic.id, topic.name, topic.shortname) == ("compute", "Compute & more", "Compute")
    assert (topic.parent, topic.keywords) == ("Azure", ("virtual machine",))
    assert [p.source for p in topic.pictures] == ["https://a.example/compute.jpg"]


@pytest.mark.parametrize(
    ("text", "topic_id"),
    [
        ("name: Artificial Intelligence\n", "artificial-intelligence"),
        ("name: C#\n", "c-sharp"),
        ("_id: ../../x\nname: X\n", "x"),
        ("---\nname: In Fences\n---\nWords.\n", "in-fences"),
    ],
)
def test_the_id_of_a_topic_is_a_safe_name(text: str, topic_id: str) -> None:
    """From `_id`, else from its name; a file may have fences."""
    ending = "md" if text.startswith("---") else "yaml"
    topic, problems = read_topic(text, f"topics/a.{ending}", no_picture)
    assert topic is not None
    assert topic.id == topic_id
    assert problems == ()


def test_an_outlet_as_in_the_archive() -> None:
    """Front matter, with the domain as its id."""
    outlet, problems = read_provider(
        "---\ntaxonomy: organization\n_id: harbour.example\nname: Harbour Gazette\n"
        "otherNames: [The Gazette]\nimages:\n  - url: https://a.example/g.jpg\n    width: 50\n---\n"
        "About the Gazette.\n",
        "organizations/harbour.example.md",
        no_picture,
    )
    assert problems == ()
    assert outlet is not None
    assert (outlet.domain, outlet.name) == ("harbour.example", "Harbour Gazette")
    assert (outlet.other_names, outlet.description) == (("The Gazette",), "About the Gazette.")
    assert outlet.pictures[0].width == 50


def test_an_outlet_without_a_name_is_called_by_its_domain() -> None:
    """Nothing is invented."""
    outlet, _ = read_provider("domain: quay.example\n", "providers/quay.yaml", no_picture)
    assert outlet is not None
    assert outlet.name == "quay.example"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: About us\ndescription: Who.\n---\nWords.\n", "About us", "Words."),
        ("# About us\n\nWords.\n", "About us", "Words."),
        ("---\ndescription: Who.\n---\n# About us\n\nWords.\n", "About us", "Words."),
    ],
)
def test_a_page_has_a_title(text: str, title: str, body: str) -> None:
    """Its own, or its first line."""
    page, problems = read_page(text, "pages/About Us.md")
    assert page is not None
    assert (page.title, page.body, page.slug, problems) == (title, body, "about-us", ())


def test_the_editors_word() -> None:
    """Merge, split, pin and title, each with its place in the file."""
    text = (
        "merge:\n  - [a.md, b.md]\n  - - c.md\n    - d.md\n"
        "split:\n  - [a.md, c.md]\npin:\n  - b.md\ntitle:\n  a.md: 'The &amp; title'\n"
    )
    decisions, problems = read_decisions(text, "stories.yml")
    assert problems == ()
    assert decisions is not None
    assert [(d.records, d.place) for d in decisions.merge] == [
        (("a.md", "b.md"), (2, 5)),
        (("c.md", "d.md"), (3, 5)),
    ]
    assert decisions.merge[1].places == ((3, 7), (4, 7))
    assert [d.records for d in decisions.split] == [("a.md", "c.md")]
    assert [(d.records, d.place) for d in decisions.pin] == [(("b.md",), (8, 5))]
    assert [(d.records, d.title) for d in decisions.title] == [(("a.md",), "The & title")]


def test_pins_may_be_flags() -> None:
    """A list of paths and paths with yes say the same."""
    decisions, problems = read_decisions("pin:\n  a.md: yes\n  b.md: no\n  c.md: true\n", "s.yml")
    assert decisions is not None
    assert [d.records[0] for d in decisions.pin] == ["a.md", "c.md"]
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("merge: [[a.md]]", "decision-invalid"),
        ("merge: [[a.md, a.md]]", "decision-invalid"),
        ("merge: [a.md]", "decision-invalid"),
        ("split: [[a.md, [b.md]]]", "decision-invalid"),
        ("merge: {a.md: b.md}", "type-list"),
        ("pin: {a.md: perhaps}", "type-flag"),
        ("pin: a.md", "list-expected"),
        ("title: [a.md]", "type-keys"),
        ("title: {a.md: [x]}", "type-text"),
        ("join: [[a.md, b.md]]", "key-unknown"),
        ("- a.md", "yaml-not-keys"),
    ],
)
def test_a_decision_that_is_none_is_said(text: str, code: str) -> None:
    """One mistake, one problem."""
    _, problems = read_decisions(text, "stories.yml")
    assert codes(problems) == [code]


def _topics(**parents: str) -> tuple[tuple[str, Topic], ...]:
    return tuple(
        (f"topics/{name}.yaml", Topic(id=name, name=name.title(), parent=parent))
        for name, parent in parents.items()
    )


@pytest.mark.parametrize("named", ["harbours", "Harbours", "HARBOURS"])
def test_a_parent_is_found_by_id_or_name(named: str) -> None:
    """In any case."""
    topics, lost = resolve_parents(_topics(harbours="", piers=named))
    assert lost == ()
    assert [t.parent for t in topics] == ["", "harbours"]


@pytest.mark.parametrize(
    ("parents", "code", "count"),
    [
        ({"piers": "nowhere"}, "topic-no-parent", 1),
        ({"piers": "piers"}, "topic-circle", 1),
        ({"a": "b", "b": "a"}, "topic-circle", 2),
        ({"a": "b", "b": "c", "c": "a"}, "topic-circle", 3),
    ],
)
def test_a_parent_that_cannot_be_is_said(parents: dict[str, str], code: str, count: int) -> None:
    """The topic stands at the top, and the tree has an end."""
    topics, lost = resolve_parents(_topics(**parents))
    assert [finding.code for _, finding in lost] == [code] * count
    assert {t.parent for t in topics} == {""}


def test_what_stands_below_a_circle_keeps_its_parent() -> None:
    """Only the topics of the circle are moved."""
    topics, lost = resolve_parents(_topics(a="b", b="a", below="a"))
    assert {t.id: t.parent for t in topics} == {"a": "", "b": "", "below": "a"}
    assert len(lost) == 2
