"""What YAML cuts off is named; a value that only wants quotes has one remedy; keys merge."""

from __future__ import annotations

import pytest

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.split import read_mapping


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        ("title: Race to port #7 begins", ("title",), '"#7 begins"'),
        ("title: #7 begins", ("title",), '"#7 begins"'),
        ("title: &Sons opens a yard", ("title",), '"&Sons"'),
        ("title: !Hola festival starts", ("title",), '"!Hola"'),
        ("password: !secret harbour", ("password",), '"!secret"'),
        ("a: !!binary aGk=", ("a",), '"!!binary"'),
        ("a: !!python/tuple [b, c]", ("a",), '"!!python/tuple"'),
        ("related: !include\n  title: A", ("related",), '"!include"'),
        ("topics:\n  - Ports\n  - Pier #3", ("topics", 1), '"#3"'),
        ("images:\n  - title: Crane #4\n    url: a.png", ("images", 0, "title"), '"#4"'),
        ("excerpt: one\x85  line\ntitle: Crane #4", ("title",), '"#4"'),
        ("excerpt: One 😀\ntitle: Crane #4", ("title",), '"#4"'),
    ],
)
def test_what_is_cut_off_is_named(text: str, at: tuple[str | int, ...], shown: str) -> None:
    """At its key, with the one remedy."""
    _, (found, *more) = read_mapping(f"{text}\n")
    assert (found.at, found.code, more) == (at, "value-cut", [])
    assert shown in found.message
    assert "put the whole value between double quotes" in found.hint


@pytest.mark.parametrize(
    "text",
    [
        *("heat: 70 # as of Monday", "title: C# is new", "webUrl: https://q.example/a#b"),
        *("# a comment\ntitle: A", "title: 'Race to port #7'", "a: !!str 7", "a: &x 1\nb: *x"),
        *("secured: !Xk3VqW8zLw0PdT7rYm", "title: A & B! (C)", "a: # b\ntitle: \x85 |  \n"),
    ],
)
def test_what_is_meant_is_not_named(text: str) -> None:
    """Comments behind numbers, anchors that are used, tags that say nothing."""
    assert read_mapping(f"{text}\n")[1] == ()


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title: *starred* news", 1, 8),
        ("title: [Video] Otter swims", 1, 8),
        ('title: "Quoted" word opens', 1, 8),
        ("title: 'Tis the season", 1, 8),
        ("title: 'The harbour's new crane'", 1, 8),
        ("heat: 3\ntitle: - dash first", 2, 8),
        ("title: ? what", 1, 8),
        ("title: @home", 1, 8),
        ("title: %off", 1, 8),
        ("title: `code` first", 1, 8),
        ("title: {curly} first", 1, 8),
        ("title: >more", 1, 8),
        ("excerpt: &quot;Fast&quot; boats", 1, 10),
        ("topics:\n  - *starred", 2, 5),
    ],
)
def test_a_value_that_wants_quotes_has_one_remedy(text: str, line: int, column: int) -> None:
    """At the beginning of the value."""
    with pytest.raises(Broken) as broken:
        read_mapping(f"{text}\nwebUrl: https://q.example/\n")
    assert (broken.value.line, broken.value.column) == (line, column)
    assert broken.value.hint.startswith("put the whole value between double quotes")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('title: "Lamp goes dark\nexcerpt: ""', 1, 8),
        ('heat: 3\nexcerpt: "Lamp\ntitle: "Goes dark"', 2, 10),
    ],
)
def test_quotes_that_a_later_line_closes_are_said_where_they_begin(
    text: str, line: int, column: int
) -> None:
    """And not where the parser noticed it."""
    with pytest.raises(Broken) as broken:
        read_mapping(f"{text}\nwebUrl: https://q.example/\n")
    assert (broken.value.line, broken.value.column) == (line, column)
    assert "never closed" in broken.value.message


@pytest.mark.parametrize("text", ["topics:\n\t- A\n", "title: A\n\tb: c\n"])
def test_a_tab_is_named(text: str) -> None:
    """The line looks right on a screen."""
    with pytest.raises(Broken) as broken:
        read_mapping(text)
    assert (broken.value.line, broken.value.hint) == (2, "indent with spaces")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("b: &b {topics: [A], heat: 3}\n<<: *b\nheat: 5\n", {"heat": "5", "topics": ["A"]}),
        ("a: &a {x: 1}\nb: &b {x: 2, y: 3}\n<<: [*a, *b]\n", {"x": "1", "y": "3"}),
    ],
)
def test_keys_merge(text: str, wanted: dict[str, object]) -> None:
    """As YAML 1.1 has it: a key of one's own beats a merged one, an earlier one a later."""
    values, findings = read_mapping(text)
    assert findings == ()
    assert "<<" not in values
    assert {key: values[key] for key in wanted} == wanted


def test_what_is_secured_does_not_merge() -> None:
    """Neither the key nor its value gets out under another name."""
    values, _ = read_mapping("secured: &s {title: Kx93jfW0qLm2}\n<<: *s\n")
    assert "Kx93jfW0qLm2" not in repr(values)
