"""Files of ``pages/``: plain pages of the editor's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from newsstand.content.front_matter.fields import HELD, Fields
from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, read_keyed_file
from newsstand.content.kinds.outlet_piece import under_own_keys
from newsstand.content.kinds.publication import is_in_drafts
from newsstand.model import DATED_AHEAD, DRAFT, EXPIRED, PlainPage
from newsstand.problems import Finding, error, warning
from newsstand.text.strings import one_line, slug

PAGE_KEYS = frozenset(
    {"title", "description", "excerpt", "draft", "removed", "publishedDateTime", "expires"}
)
_TIMES = ("publishedDateTime", "expires")


def read_page(
    text: str, path: str, now: datetime, zone: str = "UTC"
) -> tuple[Outcome[PlainPage], tuple[datetime, ...]]:
    """A file of ``pages/`` -> a plain page, and the instants at which it is shown or goes.

    Without front matter its first line is the title. `zone` is that of its days.
    """
    turns: list[datetime] = []

    def build(source: KeyedFile) -> PlainPage | None:
        values = under_own_keys(source.values, PAGE_KEYS, "a page")
        held = values.holds_back("draft") or values.holds_back("removed")
        held = _by_time(values, now, zone, turns) or held
        held = DRAFT if is_in_drafts(path) else held
        if held:
            values.note(_held_back(held))
            return None
        title, body = values.line("title"), source.body
        if not title:
            first, _, body = body.partition("\n")
            title = one_line(first.lstrip("# "))
        if not title:
            values.note(
                error(("title",), "title-missing", "the page has no title", "add title: About")
            )
            return None
        description = values.line("description") or values.line("excerpt")
        name = slug(PurePosixPath(path).stem)
        return PlainPage(path, name, title, description, body.strip())

    outcome = read_keyed_file(text, path, build)
    return outcome, tuple(turns)


def _by_time(values: Fields, now: datetime, zone: str, turns: list[datetime]) -> str:
    """Why the time holds a page back, as it does a record; "" where it does not."""
    reasons = []
    for key in _TIMES:
        time = values.time(key, HELD)
        if time is None:
            reasons += [f"{values.called(key)} cannot be read"] if values.is_given(key) else []
            continue
        at = time.day_in(zone).at
        turns.append(at)
        if key == "expires" and at <= now:
            reasons.append(EXPIRED)
        elif key != "expires" and at > now:
            reasons.append(DATED_AHEAD)
    return next(iter(reasons), "")


def _held_back(why: str) -> Finding:
    said = f"the page is held back ({why})"
    return warning((), "page-held-back", said, "nothing, if that is meant; else mend the key")
