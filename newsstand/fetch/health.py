"""How each source does: a line of a table for people, in text or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsstand.fetch.feed_answer import Kind
from newsstand.fetch.feed_state import FeedState
from newsstand.fetch.run import Outcome
from newsstand.fetch.sources import Source
from newsstand.text.date_names import span
from newsstand.text.dates import instant_of
from newsstand.text.strings import clean, cut_at_word

HEADINGS = (
    "Source",
    "This run",
    "New",
    "Left out",
    "Last item",
    "Last answer",
    "Errors",
    "Next try",
)
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Health:
    """One source: what became of it now, how long ago everything was."""

    name: str
    outcome: str
    new: int
    left_out: str
    last_item: str
    last_answer: str
    errors: int
    next_try: str


def health_of(source: Source, state: FeedState, visited: Outcome | None, now: datetime) -> Health:
    """How a source does; `visited` is None where it was not asked in this run."""
    outcome = str(visited.visit.kind) if visited else "not due"
    if state.gone:
        outcome = "gone"
    elif not visited and state.errors:
        outcome = f"{outcome}, {'refused' if state.refused else 'failed'}"
    elif state.silent and not state.errors:
        outcome = f"{outcome}, silent"
    return Health(
        name=cut_at_word(clean(source.name), 40),
        outcome=outcome,
        new=visited.written if visited is not None else 0,
        left_out=_counts(visited.left_out) if visited is not None else "",
        last_item=_ago(state.newest, now),
        last_answer=_ago(state.good, now),
        errors=state.errors,
        next_try="never" if state.gone else _ahead(state.next, now),
    )


def _counts(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {why}" for why, count in left_out.items())


def failed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The sources that gave nothing because something is wrong."""
    return [outcome for outcome in outcomes if outcome.visit.kind not in (Kind.NEW, Kind.SAME)]


def _ago(text: str, now: datetime) -> str:
    when = instant_of(text)
    return f"{span(when, now)} ago" if when and when <= now else _NONE


def _ahead(text: str, now: datetime) -> str:
    when = instant_of(text)
    return f"in {span(now, when)}" if when and when > now else "now"


def as_text(rows: Sequence[Health]) -> str:
    """The table for a terminal."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADINGS))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def as_markdown(rows: Sequence[Health]) -> str:
    """The table for the summary of a workflow: nothing in it is markup."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(_cells(row) for row in rows)]
    return "\n".join("| " + " | ".join(map(_plain, line)) + " |" for line in lines)


def _cells(row: Health) -> tuple[str, ...]:
    return (
        row.name,
        row.outcome,
        str(row.new),
        row.left_out or _NONE,
        row.last_item,
        row.last_answer,
        str(row.errors),
        row.next_try,
    )


def _plain(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#!|~@" else c for c in text)
