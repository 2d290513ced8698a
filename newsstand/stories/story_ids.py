"""What a story is called for good: its id, and the file that remembers ids.

A story is called like the report of it that arrived first. Which one that was shows in the records
where `fetch` and `new` write it (``arrivedDateTime``). Where they do not, it was the one that was
published first; a report that is dated earlier and comes later must not change that, so ids that
were given out are written to ``stories.lock`` beside the records, and hold from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from newsstand.model import Article

_LATEST = datetime.max.replace(tzinfo=UTC)
_ABOUT = (
    "# Ids of stories that were published, one a line, in order. The build writes this file:",
    "# keep it with the records (commit it), so that addresses and feeds stay what they are.",
)
_OF_A_MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_ODD = re.compile(r"[#<=>|\s].*|.*(?:%.*|\s)")  # what would be read as something else


def arrival_order(article: Article) -> tuple[bool, datetime, str]:
    """What arrived first comes first; what has no time at all last; then by path."""
    moment = article.arrived or article.published
    return (moment is None, moment or _LATEST, article.path)


def story_id(records: Sequence[Article], given_out: Set[str] = frozenset()) -> str:
    """The id of the story of these records: a slug of one of them.

    `given_out` are ids of earlier builds. Of several (stories that became one) the one whose report
    arrived first stays; where there is none it is the slug of the report that did.
    """
    kept = [article for article in records if article.slug in given_out]
    return min(kept or records, key=arrival_order).slug


def read_lock(text: str) -> frozenset[str]:
    """The ids in the text of a lock file. What a merge left in it is passed over."""
    lines = (line.strip() for line in text.splitlines())
    ids = [line for line in lines if line and not line.startswith(("#", *_OF_A_MERGE))]
    return frozenset(unquote(line) if "%" in line else line for line in ids)


def lock_text(ids: Iterable[str]) -> str:
    """The text of a lock file, "" where there is nothing to remember.

    An id that could be taken for something else is written as in a link ("%23" for "#").
    """
    lines = sorted({quote(name, safe="") if _ODD.fullmatch(name) else name for name in ids})
    return "\n".join((*_ABOUT, *lines, "")) if lines else ""
