"""Where something stands in a file's text."""

from __future__ import annotations

import re

_BODY = re.compile(r"\A\s*---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)


def place_in_text(text: str, target: str) -> tuple[int, int]:
    """Line and column (from 1) of an address in a file's text, its body before its keys."""
    front = _BODY.match(text)
    body = front.end() if front else 0
    # As an address is written: behind a bracket, a quote, a sign; else wherever it stands.
    written = re.compile(rf"(?<=[(<\"'=]){re.escape(target)}|(?<=: ){re.escape(target)}")
    places = [
        place.start() for place in (written.search(text, body), written.search(text)) if place
    ]
    places += [text.find(target, body), text.find(target)]
    first = next((place for place in places if place >= 0), body)
    start = text.rfind("\n", 0, first) + 1
    return text.count("\n", 0, first) + 1, first - start + 1
