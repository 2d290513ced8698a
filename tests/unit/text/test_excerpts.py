"""Excerpts that outlets cut off, and whole sentences of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.excerpts import in_sentences, with_end

_FIRST = "The harbour wall at Port Elsin gave way shortly after two in the morning."
_LONG = "Rescue crews brought people out of the lower town by boat while the ferries "
_JAPANESE = "防波堤は午前2時過ぎに決壊した。"
_GERMAN = (
    "Der Präsident der Republik besucht am 12. Mai die Hafenstadt und spricht dort mit Fischern "
    "über neue Regeln für den Fang von Hering und Dorsch"
)
_SENATOR = (
    "President Smith met U.S. Senator Jones in Springfield on Tuesday to discuss the funding of "
    "the new bridges across the Mississippi river"
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (f"{_LONG}and the railway,", f"{_LONG}and the railway…"),
        (f"{_LONG}and (", f"{_LONG}and…"),
        (f"{_LONG}and “", f"{_LONG}and…"),
        ("x" * 99 + " and the fe" + "rries" * 10, "x" * 99 + " and the fe" + "rries" * 10 + "…"),
        ((_LONG * 3)[:198] + "ry", (_LONG * 3)[:198].rpartition(" ")[0] + "…"),
        (_JAPANESE * 15 + "潮位は平均で今日も高", _JAPANESE * 15 + "潮位は平均で今日も高…"),
        (f"{_FIRST} He said ...", f"{_FIRST} He said…"),
        (f"{_FIRST} He said [...]", f"{_FIRST} He said…"),
        (f"{_FIRST} He said…", f"{_FIRST} He said…"),
    ],
)
def test_what_was_cut_off_ends_after_a_whole_word(written: str, printed: str) -> None:
    """With a sign that there was more."""
    assert with_end(written) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "Streamline device management with Device Update, now in public preview",
        "The crews mend the wall",
        f"{_FIRST} {_LONG}lay at the quay.",
        f"{_FIRST} {_LONG}lay at the quay. “We heard it go”",
        f"{_LONG}lay at the quay and nobody knew for how long",
        f"{_FIRST} {_LONG}and the quay",
        f"{_LONG}and nobody asked where they come from and who they apply to",
        f"{_LONG}and „we heard it go“",
        _GERMAN,
        _SENATOR,
        _JAPANESE * 13 + "潮位は平均で",
        "انهار جدار الميناء بعد الساعة الثانية صباحا. " * 4 + "توقفت العبارات عن العمل",
        "กำแพงท่าเรือพังทลายหลังเวลาตีสอง " * 9 + "เรือเฟอร์รี่หยุด",
    ],
)
def test_what_may_be_whole_stays(text: str) -> None:
    """A line of its own has no full stop, and not every writing has one."""
    assert with_end(text) == text


@given(st.text(max_size=400))
def test_no_word_is_added(text: str) -> None:
    """Nothing is printed but what was written, and the sign."""
    printed = with_end(text)
    assert text.startswith(printed.removesuffix("…").rstrip())
    assert with_end(printed).rstrip("…") in printed


def test_lists_have_whole_sentences() -> None:
    """Also where the excerpt fits, but its last sentence was cut off."""
    assert in_sentences(f"{_FIRST} {_LONG}and the coas...", 240) == _FIRST
    assert in_sentences(f"{_FIRST} {_LONG}and the quay.", 240) == f"{_FIRST} {_LONG}and the quay."
    assert in_sentences(f"{_LONG}and the railway,", 240) == f"{_LONG}and the railway…"
    assert in_sentences(_FIRST * 9, 60).endswith("…")


@pytest.mark.parametrize(
    "text",
    [_GERMAN, _SENATOR, "The talks with Mr. Orne begin at 9 a.m. In Elsin, says M. Lund"],
)
def test_lists_drop_no_sentence_on_a_guess(text: str) -> None:
    """A full stop behind a number or a short word need not be an end."""
    assert in_sentences(text, 240) == text
    assert in_sentences(f"{text}…", 240) == f"{text}…"
    assert in_sentences(text, 60).endswith("…")
