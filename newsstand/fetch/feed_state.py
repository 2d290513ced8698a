"""What is remembered of each feed between runs: a file of one line a feed, in order of address.

A line is JSON. Where two branches have changed the same feed, both lines may stay: the later one
counts, and what either has seen counts as seen. A line that cannot be read is passed over: its
feed is then asked as if for the first time, and no record is written twice, since records
themselves say what they were made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from newsstand.content.file_kinds import FETCH_STATE_FILE
from newsstand.text.date_names import iso


class FeedState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the feed at the address `feed`.

    `link` is where it is asked instead (moved for good, or found on the page at `feed`). Times
    are ISO 8601: when it was `asked` last, when it may be asked `next`, until when its host said
    to `wait`, when it last gave a `good` answer, and the time of its `newest` item. `habit` are
    the usual hours between two items, `errors` those in a row with the last `fault` in words.
    `outlet` is its outlet's domain; `silent` says that nothing has come for three times as long
    as is usual. `seen` are short marks of the items that it held, with a space between them: an
    item that was seen and has no record was deleted.
    """

    feed: str
    link: str = ""
    title: str = ""
    etag: str = ""
    modified: str = ""
    asked: str = ""
    next: str = ""
    wait: str = ""
    good: str = ""
    newest: str = ""
    habit: float = 0
    pause: int = 0
    errors: int = 0
    fault: str = ""
    outlet: str = ""
    silent: bool = False
    gone: bool = False
    refused: bool = False
    seen: str = ""

    @property
    def address(self) -> str:
        """Where the feed is asked."""
        return self.link or self.feed

    @property
    def marks(self) -> frozenset[str]:
        """Of the items that it held."""
        return frozenset(self.seen.split())


def read_state(text: str) -> dict[str, FeedState]:
    """The text of the file -> what is known of each feed, by its address."""
    states: dict[str, FeedState] = {}
    for line in text.splitlines():
        with suppress(msgspec.DecodeError, UnicodeError):
            state = msgspec.json.decode(line.encode(), type=FeedState)
            other = states.get(state.feed)
            states[state.feed] = _both(other, state) if other else state
    return states


def _both(one: FeedState, other: FeedState) -> FeedState:
    later = max(one, other, key=lambda s: s.asked)
    return replace(later, seen=" ".join(sorted(one.marks | other.marks)))


def state_text(states: Mapping[str, FeedState] | Iterable[FeedState]) -> str:
    """The text of the file."""
    each = states.values() if isinstance(states, Mapping) else states
    lines = (msgspec.json.encode(s).decode() for s in sorted(each, key=lambda s: s.feed))
    return "".join(f"{line}\n" for line in lines)


_ERRORS_TO_TELL = 3  # in a row: a bad hour is no news


def notes_by_outlet(states: Iterable[FeedState]) -> dict[str, str]:
    """What readers should know of an outlet whose feed does not do well, by its domain.

    It says nothing that changes from run to run: pages stay what they are.
    """
    notes: dict[str, str] = {}
    for state in sorted(states, key=lambda s: s.feed):
        note = _note(state)
        if note and state.outlet:
            notes.setdefault(state.outlet, note)
    return notes


def _note(state: FeedState) -> str:
    answered, newest = (f" since {t[:10]}" if t else "" for t in (state.good, state.newest))
    if state.gone:
        return "its feed is gone"
    if state.errors >= _ERRORS_TO_TELL:
        return f"its feed {'refuses to be read' if state.refused else 'gives no answer'}{answered}"
    return f"its feed is silent{newest}" if state.silent else ""


def stamp(when: datetime | None) -> str:
    """A time as a state has it."""
    return iso(when) if when else ""


def feed_notes(folder: Path) -> dict[str, str]:
    """`notes_by_outlet` of the file in a site's folder; {} where there is none."""
    file = folder / FETCH_STATE_FILE
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    return notes_by_outlet(read_state(text).values()) if text else {}
