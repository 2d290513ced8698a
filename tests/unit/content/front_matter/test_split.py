"""One file's text: front matter and body, as text, with the place of every mistake."""

from __future__ import annotations

import pytest
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.positions import locate, place_findings
from newsstand.content.front_matter.split import read_mapping, read_record
from newsstand.problems import error


def test_keys_and_body_are_parted() -> None:
    """Front matter between two fences, and what follows."""
    record, findings = read_record("---\ntitle: Bridge\nquality: 7\n---\n\nWords.\n\nMore.\n")
    assert record.front == {"title": "Bridge", "quality": "7"}
    assert record.body == "Words.\n\nMore."
    assert findings == ()


@pytest.mark.parametrize(
    "text", ["Bridge\n\nWords.", "# Bridge", "-- \ntitle: x", "-", "a\n---\nb"]
)
def test_a_file_without_fences_has_no_front_matter(text: str) -> None:
    """It is a body and nothing else."""
    record, _ = read_record(text)
    assert record.front is None
    assert record.body == text.strip()


def test_blank_lines_before_the_fence_do_not_count() -> None:
    """The front matter is found, and its lines are counted in the file."""
    record, _ = read_record("\n\n  \n---\ntitle: Bridge\n---\n")
    assert record.front == {"title": "Bridge"}
    with pytest.raises(Broken) as broken:
        read_record("\n\n---\ntitle: Bridge\nexcerpt: a: b\n---\n")
    assert (broken.value.line, broken.value.column) == (5, 11)


def test_a_line_in_the_body_may_look_like_a_fence() -> None:
    """Only the first two fences count."""
    record, _ = read_record("---\ntitle: Bridge\n---\nWords.\n\n---\n\nMore.\n")
    assert record.body == "Words.\n\n---\n\nMore."


@given(st.text("-\n a#\t\u2028", max_size=40))
def test_fences_are_those_of_python_frontmatter(text: str) -> None:
    """What stands between them, and what follows."""
    whole = f"---\n{text}"
    try:
        record, _ = read_record(whole)
    except Broken as broken:
        if broken.code == "front-matter-open":
            with pytest.raises(ValueError, match="not enough values"):
                YAMLHandler().split(whole)
        return
    front, body = YAMLHandler().split(whole)
    assert (record.front_text, record.body) == (front, body.strip())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024", "2024"),
        ("No", "No"),
        ("yes", "yes"),
        ("0x1F", "0x1F"),
        ("2024-01-18", "2024-01-18"),
        ("1_000", "1_000"),
        ("3.10", "3.10"),
        ('"null"', "null"),
        ("'~'", "~"),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("!!int 7", "7"),
        (">-\n  a\n  b", "a b"),
        ("|\n  a\n  b", "a\nb\n"),
        ("[a, 1]", ["a", "1"]),
        ("{a: 1}", {"a": "1"}),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_values_stay_as_they_are_written(written: str, read: object) -> None:
    """A title of 2024 or No stays a title; only an empty value is none."""
    values, _ = read_mapping(f"title: {written}\n")
    assert values == {"title": read}


def test_an_empty_front_matter_has_no_keys() -> None:
    """Neither lines nor comments make a key."""
    assert read_mapping("") == ({}, ())
    assert read_mapping("# nothing yet\n") == ({}, ())
    assert read_record("---\n---\nWords.\n")[0].front == {}


def test_an_alias_stands_for_its_anchor() -> None:
    """What is written once may be named again."""
    values, _ = read_mapping("a: &x {name: Quay}\nb: *x\n")
    assert values["b"] == {"name": "Quay"}


def test_what_stands_below_secured_is_never_read() -> None:
    """The key is there, its value is not, and an alias to it is a problem."""
    values, findings = read_mapping("secured: &s opaque\ntitle: *s\nrelated: [{secured: opaque}]\n")
    assert "opaque" not in repr(values)
    assert [f.code for f in findings] == ["secured-astray"]


def test_a_key_that_stands_twice_is_said_where_it_stands_again() -> None:
    """The last one is read."""
    text = "a: 1\nb:\n  c: 1\n  c: 2\na: 2\n"
    values, findings = read_mapping(text)
    assert values == {"a": "2", "b": {"c": "2"}}
    problems = place_findings(findings, "x.md", text, 11)
    assert [(p.line, p.column, p.code) for p in problems] == [
        (14, 3, "key-twice"),
        (15, 1, "key-twice"),
    ]


def test_every_key_and_entry_has_a_place() -> None:
    """Line and column from 1, in the file."""
    places = locate("title: Bridge\nrelated:\n  - title: Ferry\n    images: [a, b]\n", 2)
    assert places[()] == (2, 1)
    assert places[("title",)] == (2, 1)
    assert places[("related", 0)] == (4, 5)
    assert places[("related", 0, "images")] == (5, 5)
    assert places[("related", 0, "images", 1)] == (5, 17)


def test_a_finding_at_a_missing_key_stands_at_what_holds_it() -> None:
    """The nearest place that is there."""
    finding = error(("related", 0, "title"), "a-code", "said", "hint")
    (problem,) = place_findings((finding,), "x.md", "related:\n  - webUrl: a\n", 5)
    assert (problem.line, problem.column) == (6, 5)


def test_a_key_may_be_in_any_writing() -> None:
    """Also with signs that have a width of their own: columns count characters."""
    places = locate('{"größe": 1, b: 2}\n', 1)
    assert places[("b",)] == (1, 14)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: a: b\n", (1, 9)),
        ("a: 1\n\tb: 2\n", (2, 1)),
        ('a: 1\nb: "x\nc: 2\n', (2, 4)),
        ("a: [1, 2\nb: 3\n", (1, 4)),
        ("a: *x\n", (1, 4)),
        ("a: 1\nb: @x\n", (2, 4)),
        ("é: 1\nb: é\x07\n", (2, 5)),
        ("- a\n", (1, 1)),
        ("just words\n", (1, 1)),
        ("a: 1\n--- \nb: 2\n", (2, 1)),
    ],
)
def test_broken_yaml_is_placed(text: str, place: tuple[int, int]) -> None:
    """The place where an editor has to look."""
    with pytest.raises(Broken) as broken:
        read_mapping(text)
    assert (broken.value.line, broken.value.column) == place
    assert broken.value.message
    assert broken.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 60 + "]" * 60,
        "- " * 60_000,
        "-  " * 60_000,
        "? " * 60_000,
        "?   " * 60_000,
        "- ? " * 30_000,
        "{a: " * 60_000,
        "[" * 500_000,
    ],
    ids=lambda text: text[:8],
)
def test_what_nests_too_deeply_is_refused(text: str) -> None:
    """Before it can exhaust the stack."""
    with pytest.raises(Broken):
        read_mapping(text)


def test_what_names_itself_is_read_once() -> None:
    """A list in itself, and lists of lists of lists, end."""
    values, _ = read_mapping("a: &a [*a, x]\n")
    inner = values["a"]
    assert isinstance(inner, list)
    assert inner[0] is inner
    lines = ["b0: &b0 [x, x]", *(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]" for n in range(1, 39))]
    assert len(read_mapping("\n".join(lines))[0]) == 39
    assert read_mapping("\n".join([*lines, "? *b30", ": x"]))[0]["b0"] == ["x", "x"]


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but Broken, and its place is in the text."""
    for whole in (text, f"---\n{text}\n---\n{text}", f"---\ntitle: {text}\n---\n"):
        line, column = _place_of_fault(whole)
        assert 1 <= line <= whole.count("\n") + 2
        assert column >= 1


def _place_of_fault(text: str) -> tuple[int, int]:
    try:
        read_record(text)
    except Broken as broken:
        return broken.line, broken.column
    return 1, 1


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=40)))
def test_what_is_quoted_is_read_as_it_is(values: dict[str, str]) -> None:
    """Text between double quotes comes out whole."""
    import json

    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())
    expected = {k: v for k, v in values.items() if k != "secured"}
    try:
        read, findings = read_mapping(text)
    except Broken:  # half of a pair of surrogates, which YAML cannot write
        assert any(
            0xD800 <= ord(c) <= 0xDFFF or ord(c) > 0xFFFF for v in values.values() for c in v
        )
        return
    if not findings:
        assert {k: v for k, v in read.items() if k != "secured"} == expected
