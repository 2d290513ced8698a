"""Files of ``topics/``: topics, and what is above what."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.topic import read_topic, resolve_parents
from newsstand.model import Topic


def no_picture(_address: str) -> str:
    """There is no local picture."""
    return ""


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


def test_a_chain_without_end_is_cut() -> None:
    """Each link of it would take some of the stack; the order of files changes nothing."""
    chain = [(f"topics/t{n}.yaml", Topic(f"t{n}", f"T{n}", parent=f"t{n - 1}" if n else ""))
             for n in range(64)]  # fmt: skip
    topics, late = resolve_parents(tuple(chain))
    at_the_top = [topic.id for topic in topics if not topic.parent]
    assert at_the_top == ["t0", "t21", "t42", "t63"]
    assert [(path, f.code) for path, f in late] == [
        (f"topics/t{n}.yaml", "topic-too-deep") for n in (21, 42, 63)
    ]
    again, _ = resolve_parents(tuple(reversed(chain)))
    assert tuple(reversed(again)) == topics
