"""Whether the site that stands is the one that a build would make: then there is nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.cache import MadePage
from newsstand.build.output import MARKER, FileStamp, Output
from newsstand.build.previous_output import holds_only
from newsstand.build.report import BuildSummary
from newsstand.content.file_stamps import Stamp, believed_until, changed_at
from newsstand.content.site_inputs import Seen
from newsstand.problems import Problem

FACT = "standing"
"""The fact by which a store has it."""


class PublishedSite(Struct, frozen=True, array_like=True):
    """A site as it was published, and all that it was made from.

    `asked` is a fingerprint of what the call asked for. `newest` and `due` are the times between
    which the same records are published: that of the newest one, and that of the next one that is
    dated ahead. `site` is the stamp of the site's marker: another one where another build has
    published the site. `lock` is the text of the file of story ids.
    """

    asked: bytes
    looked_at: int
    content: Mapping[str, Stamp]
    passed_over: tuple[Problem, ...]
    others: Mapping[str, Stamp]
    newest: datetime | None
    due: datetime | None
    site: FileStamp | None
    summary: BuildSummary
    lock: str = ""

    def encoded(self) -> bytes:
        """The published site as bytes, for a store."""
        return Encoder().encode(self)


def decoded(data: bytes) -> PublishedSite | None:
    """What `encoded` wrote; None where it did not."""
    try:
        return Decoder(PublishedSite).decode(data) if data else None
    except MsgspecError:
        return None


def is_unchanged(
    published: PublishedSite, asked: bytes, seen: Seen, now: datetime, margin: int | None = None
) -> bool:
    """Whether nothing that the site is made from has changed since.

    `margin` is that of `believed_until`.
    """
    return (
        published.asked == asked
        and (published.newest is None or published.newest <= now)
        and (published.due is None or published.due > now)
        and published.content == seen.content.stamps
        and set(published.passed_over) == set(seen.content.problems)
        and published.others == seen.others
        and published.lock == seen.lock
        and _newest_change(published) < believed_until(published.looked_at, margin)
    )


def stands(published: PublishedSite, files: Mapping[str, MadePage], output: Output) -> bool:
    """Whether the site's files are those that were published."""
    if output.stamp(MARKER) != published.site:
        return False
    as_published = all(output.stamp(path) == file.stamp for path, file in files.items())
    tops = {path.split("/", 1)[0] for path in files} | {MARKER}
    return as_published and holds_only(output.folder, tops)


def _newest_change(published: PublishedSite) -> int:
    """The time (ns) at which a file was last changed."""
    return max(
        map(changed_at, (*published.content.values(), *published.others.values())), default=0
    )
