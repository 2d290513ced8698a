"""Filters of the documentation's templates."""

from __future__ import annotations

import re
from collections import Counter

from markupsafe import Markup

_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)


def with_anchors(body: Markup) -> Markup:
    """Headings with ids, as GitHub makes them: links between documents work in both places."""
    seen: Counter[str] = Counter()

    def anchored(found: re.Match[str]) -> str:
        level, inside = found.groups()
        words = Markup(inside).striptags().lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        again = f"-{seen[name]}" if seen[name] else ""
        seen[name] += 1
        return f'<h{level} id="{name}{again}">{inside}</h{level}>'

    return Markup(_HEADING.sub(anchored, body))
