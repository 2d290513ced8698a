"""Whether the site that stands is the one that a build would make: then there is nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.output import MARKER, FileStamp, Output
from newsstand.build.previous_output import holds_only
from newsstand.build.report import BuildSummary
from newsstand.content.file_stamps import Stamp, believed_until, changed_at
from newsstand.content.site_inputs import Seen
from newsstand.problems import Problem

FACT = "standing"
"""The fact by which a store has it."""


class Standing(Struct, frozen=True, array_like=True):
    """A site as it was published, and all that it was made from.

    `asked` is a fingerprint of what the call asked for. `newest` and `due` are the times between
    which the same records are published: that of the newest one, and that of the next one that is
    dated ahead. `lock` is the text of the file of story ids.
    """

    asked: bytes
    looked_at: int
    content: Mapping[str, Stamp]
    passed_over: tuple[Problem, ...]
    others: Mapping[str, Stamp]
    newest: datetime | None
    due: datetime | None
    files: Mapping[str, FileStamp]
    summary: BuildSummary
    lock: str = ""

    def encoded(self) -> bytes:
        """The standing site as bytes, for a store."""
        return Encoder().encode(self)


def decoded(data: bytes) -> Standing | None:
    """What `encoded` wrote; None where it did not."""
    try:
        return Decoder(Standing).decode(data) if data else None
    except MsgspecError:
        return None


def is_unchanged(
    standing: Standing, asked: bytes, seen: Seen, now: datetime, margin: int | None = None
) -> bool:
    """Whether nothing has changed since that the site is made from.

    `margin` is that of `believed_until`.
    """
    return (
        standing.asked == asked
        and (standing.newest is None or standing.newest <= now)
        and (standing.due is None or standing.due > now)
        and standing.content == seen.content.stamps
        and set(standing.passed_over) == set(seen.content.problems)
        and standing.others == seen.others
        and standing.lock == seen.lock
        and _newest_change(standing) < believed_until(standing.looked_at, margin)
    )


def stands(standing: Standing, output: Output) -> bool:
    """Whether the site's files are those that were published."""
    files = standing.files.items()
    as_published = all(output.stamp(path) == stamp for path, stamp in files)
    return as_published and holds_only(output.folder, _at_the_top(standing))


def _newest_change(standing: Standing) -> int:
    """The time (ns) at which a file was last changed."""
    return max(map(changed_at, (*standing.content.values(), *standing.others.values())), default=0)


def _at_the_top(standing: Standing) -> set[str]:
    return {path.split("/", 1)[0] for path in standing.files} | {MARKER}
