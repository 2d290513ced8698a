"""The file ``stories.yml``: the editor's word on stories."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.decisions import read_decisions
from newsstand.problems import Problem


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """What was wrong."""
    return [problem.code for problem in problems]


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
