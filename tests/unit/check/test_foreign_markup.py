"""Marks of other programs, outside of code."""

from __future__ import annotations

import time

from newsstand.check.foreign_markup import marks_in


def test_what_stands_around_code_is_no_mark() -> None:
    """Code that is taken out leaves a space."""
    assert marks_in("{{ a }} [`x`[b]]") == {"template": "{{ a }}"}
    assert marks_in("`{{ a }}` and ``[[ ` ]]``") == {}


def test_a_long_run_of_backticks_takes_no_time() -> None:
    """It is looked at once, not from each of its places."""
    started = time.perf_counter()
    assert marks_in("{{ a }}" + "`" * 200_000) == {"template": "{{ a }}"}
    assert time.perf_counter() - started < 2
