"""What grouping takes over from the last build: each day's stories, where nothing has changed.

A day's stories are a pure function of its reports and of the days that are within its reach. Where
these are what they were, the day is taken as it was. Of the newest day it is also remembered what
was open before it: most reports that come are of that day.
"""

from __future__ import annotations

from msgspec import MsgspecError, Raw, Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.stories.grouping.days import OpenState, Outcome
from newsstand.text.fingerprint import fingerprint_of

_FORMAT = 2


class KnownDay(Struct, frozen=True, array_like=True):
    """One day: its number, the keys of its reports in order of time, their stories.

    `own` is a fingerprint of its reports, `inputs` of all that its stories depend on, `outcome` of
    its stories. A story is "" where it begins with the report itself. `timeless` are reports whose
    times tell nothing. `near` is read when it is asked for.
    """

    day: int
    own: bytes
    inputs: bytes
    outcome: bytes
    keys: tuple[str, ...]
    timeless: tuple[str, ...]
    stories: tuple[str, ...]
    undated: tuple[tuple[str, str, float], ...]
    near: Raw

    def full_stories(self) -> tuple[str, ...]:
        """For each report the key of the first one of its story."""
        return tuple([story or key for key, story in zip(self.keys, self.stories, strict=True)])

    def nearest(self) -> dict[str, tuple[str, ...]]:
        """For each report the keys of those of other stories that are most like it."""
        return dict(zip(self.keys, _NEAR_DECODER.decode(self.near), strict=True))


class KnownState(Struct, frozen=True, array_like=True):
    """What was open before a day, read when it is asked for; and what that was made from."""

    made_from: bytes
    state: Raw

    def open_state(self) -> OpenState:
        """The state as it was."""
        return _STATE_DECODER.decode(self.state)


class GroupMemory(Struct, frozen=True, array_like=True):
    """All days, and the stories of the undated reports with what they were made from."""

    format: int = _FORMAT
    days: tuple[KnownDay, ...] = ()
    undated: bytes = b""
    undated_stories: tuple[tuple[str, ...], ...] = ()
    before_newest: KnownState | None = None


NOTHING = GroupMemory()
_ENCODER, _DECODER = Encoder(), Decoder(GroupMemory)
_NEAR_DECODER = Decoder(tuple[tuple[str, ...], ...])
_STATE_DECODER = Decoder(OpenState)


def known_day(
    day: int,
    own: bytes,
    inputs: bytes,
    keys: tuple[str, ...],
    timeless: tuple[str, ...],
    outcome: Outcome,
) -> KnownDay:
    """What is to be remembered of a day that was grouped."""
    stories = tuple(
        ["" if story == key else story for key, story in zip(keys, outcome.stories, strict=True)]
    )
    near = Raw(_ENCODER.encode(outcome.near))
    told = fingerprint_of(keys, stories)
    return KnownDay(day, own, inputs, told, keys, timeless, stories, outcome.undated, near)


def known_state(made_from: bytes, state: OpenState) -> KnownState:
    """What is to be remembered of what was open before a day."""
    return KnownState(made_from, Raw(_ENCODER.encode(state)))


def encoded(memory: GroupMemory) -> bytes:
    """A memory as bytes."""
    return _ENCODER.encode(memory)


def decoded(data: bytes) -> GroupMemory:
    """What `encoded` wrote; nothing where it did not."""
    try:
        memory = _DECODER.decode(data) if data else NOTHING
    except (MsgspecError, ValueError):
        return NOTHING
    return memory if memory.format == _FORMAT else NOTHING
