"""Which texts are one voice."""

from __future__ import annotations

import pytest

from newsstand.stories.near_duplicates import voices

WIRE = "Seven ports on the northern coast signed an agreement to supply ships with power from land."


def test_a_wire_report_and_its_copies_are_one_voice() -> None:
    """Equal excerpts under other headlines are copies; a report of its own is none."""
    found = voices(
        [
            ("Seven ports agree on shore power", WIRE, "wire.example"),
            ("Ports sign", "What it will change for those who live by the docks.", "radio.example"),
            ("Ports to supply ships", WIRE + " Ends.", "gazette.example"),
        ]
    )
    assert found == ((0, 2), (1,))


def test_without_excerpts_the_titles_decide() -> None:
    """A long headline that is the very same is a copy where a text is missing; others are not."""
    title = "Harbour bridge of Kessel closed after crack in a pillar"
    found = voices(
        [
            (title, "", "a.example"),
            (title, "An inspector saw it.", "b.example"),
            ("Ferries are full", "", "c.example"),
            ("Ferries are full", "", "d.example"),
        ]
    )
    assert found == ((0, 1), (2,), (3,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The ferry of Kessel will run on Sunday, says the harbour office of the town",
            "The ferry of Kessel will not run on Sunday, says the harbour office of the town",
        ),
        ("Read the full story.", "Read the full story."),
    ],
    ids=["not", "teaser"],
)
def test_what_denies_or_only_teases_is_no_copy(one: str, other: str) -> None:
    """A word such as "not" turns a text round; a teaser under other headlines is no text."""
    found = voices([("Ferry runs", one, "a.example"), ("Museum burns", other, "b.example")])
    assert found == ((0,), (1,))


def test_who_sues_whom_matters() -> None:
    """The same words in another order are another report, over one excerpt too."""
    found = voices(
        [
            ("Norvane sues Quillon over patents", WIRE, "a.example"),
            ("Quillon sues Norvane over patents", WIRE, "b.example"),
        ]
    )
    assert found == ((0,), (1,))


def test_reports_of_one_agency_are_its_voice() -> None:
    """By the line that they begin with, or by the agency's own address."""
    found = voices(
        [
            ("Ferry sinks", "KESSEL (Reuters) - A ferry sank.", "a.example"),
            ("Rescue goes on", "KESSEL, March 3 (Reuters) — Ships search.", "b.example"),
            ("Ferry sinks off Kessel", "A ferry sank.", "reuters.com"),
            ("We saw it sink", "A ferry sank before our eyes.", "c.example"),
        ]
    )
    assert found == ((0, 1, 2), (3,))


def test_a_copy_of_a_copy_is_the_same_voice() -> None:
    """Each copy changes a little; the chain holds together, whatever the order."""
    words = [f"{letter}word" for letter in "abcdefghijklmnopqrstuvwxyz"]
    texts = [("Title", " ".join(words[n : n + 22]), "") for n in (0, 4, 2)]
    assert voices(texts) == ((0, 1, 2),)
    assert voices([texts[0], texts[1]]) == ((0,), (1,))


def test_every_text_is_in_one_voice() -> None:
    """Also an empty one, and many equal ones."""
    title = "Equal headline of eight words for everyone here"
    found = voices([("", "", "")] * 3 + [(title, "", "x.example")] * 2000)
    assert sorted(n for voice in found for n in voice) == list(range(2003))
    assert tuple(range(3, 2003)) in found


def test_nothing_gives_nothing() -> None:
    """No text, no voice."""
    assert voices([]) == ()
