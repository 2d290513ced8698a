"""One slip of the pen in a record that is held back lets nothing out, wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from newsstand.content.kinds.record import read_article

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")
_HELD = {
    "draft": "---\ntitle: T\ndraft: true\nwebUrl: https://h.example/x\n---\nWords.\n",
    "removed": "---\ntitle: T\nremoved: yes\n---\nWords.\n",
    "ahead": "---\ntitle: T\npublishedDateTime: 2027-01-01\n---\nWords.\n",
    "date": "---\ntitle: T\ndate: 2027-01-01\ntags: [a]\n---\nWords.\n",
    "status": "---\ntitle: T\nstatus: draft\n---\nWords.\n",
    "TOML": '+++\ntitle = "T"\ndraft = true\n+++\nWords.\n',
    "JSON": '{"title": "T", "draft": true}\nWords.\n',
    "Pelican": "Title: T\nStatus: draft\n\nWords.\n",
}


def _slips(text: str) -> Iterator[str]:
    """Each line indented, quoted, made an entry or written twice; each letter in another case."""
    lines = text.split("\n")[:-1]
    for number, line in enumerate(lines):
        for before in ("  ", "\t", "> ", "- ", "* ", "\ufeff", "\u00a0"):
            yield "\n".join([*lines[:number], before + line, *lines[number + 1 :], ""])
        yield "\n".join([*lines[:number], line, *lines[number:], ""])
    for place, sign in enumerate(text):
        if sign.swapcase() != sign:
            yield text[:place] + sign.swapcase() + text[place + 1 :]


@pytest.mark.parametrize("kind", _HELD)
def test_one_slip_lets_nothing_out(kind: str) -> None:
    """It is held back, or left out with an error."""
    out = [
        text
        for text in _slips(_HELD[kind])
        if read_article(text, "news/a.md", NOW, lambda _: "").article is not None
    ]
    assert out == []


@pytest.mark.parametrize("kind", _HELD)
def test_a_letter_less_or_too_much_lets_nothing_out_in_silence(kind: str) -> None:
    """Where the key itself is no longer known, that is said."""
    text = _HELD[kind]
    for place in range(len(text)):
        for slip in (text[:place] + text[place + 1 :], text[:place] + "x" + text[place:]):
            reading = read_article(slip, "news/a.md", NOW, lambda _: "")
            assert reading.article is None or reading.problems, slip
