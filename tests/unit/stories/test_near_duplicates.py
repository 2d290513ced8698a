"""Which texts are one voice."""

from __future__ import annotations

from newsstand.stories.near_duplicates import voices

WIRE = "Seven ports on the northern coast signed an agreement to supply ships with power from land."


def test_a_wire_report_and_its_copies_are_one_voice() -> None:
    """Equal excerpts under other headlines are copies; a report of its own is none."""
    found = voices(
        [
            ("Seven ports agree on shore power", WIRE, ""),
            ("Ports sign", "What it will change for those who live by the docks.", ""),
            ("Ports to supply ships", WIRE + " Ends.", ""),
        ]
    )
    assert found == ((0, 2), (1,))


def test_without_excerpts_the_titles_decide() -> None:
    """Equal titles are copies where a text is missing, others are not."""
    found = voices(
        [
            ("Bridge closed after crack", "", ""),
            ("Bridge closed after crack", "An inspector saw it.", ""),
            ("Ferries are full", "", ""),
        ]
    )
    assert found == ((0, 1), (2,))


def test_reports_of_one_agency_are_one_voice() -> None:
    """However they were rewritten; outlets' own are not, nor those of another agency."""
    texts = [
        ("Bridge closed after crack", "An inspector saw it.", "AP"),
        ("Crack in bearing halts traffic", "Cars have to take another way.", "AP"),
        ("Twelve thousand walk", "The ferries are full this morning.", ""),
        ("Port city without its bridge", "A report from the docks.", "Reuters"),
        ("What the mayor says", "She asks for patience.", ""),
    ]
    assert voices(texts) == ((0, 1), (2,), (3,), (4,))


def test_a_copy_of_a_copy_is_the_same_voice() -> None:
    """Each copy changes a little; the chain holds together, whatever the order."""
    words = "one two three four five six seven eight nine ten eleven twelve".split()
    texts = [("Title", " ".join(f"{w}word" for w in words[n : n + 10]), "") for n in (0, 2, 1)]
    assert voices(texts) == ((0, 1, 2),)
    assert voices([texts[0], texts[1]]) == ((0,), (1,))


def test_every_text_is_in_one_voice() -> None:
    """Also an empty one, and many equal ones."""
    found = voices([("", "", "")] * 3 + [("Equal headline here", "", "")] * 2000)
    assert sorted(n for voice in found for n in voice) == list(range(2003))
    assert tuple(range(3, 2003)) in found


def test_nothing_gives_nothing() -> None:
    """No text, no voice."""
    assert voices([]) == ()
