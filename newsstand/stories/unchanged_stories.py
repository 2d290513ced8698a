"""Stories that relating takes over from the last build, as one value for the cache."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import MsgspecError, Struct, structs
from msgspec.msgpack import Decoder, Encoder

from newsstand.model import Article, Coverage, Story, StoryCoverage


class KnownStory(Struct, frozen=True, array_like=True):
    """A story by the paths of its records. `made_from` tells what it was made from.

    `coverage` is a `StoryCoverage` as bytes, of stories that run: pages of every day show those.
    """

    id: str
    title: str
    lead: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    heat: float
    promoted: bool
    pinned: int
    first: str
    middle: datetime | None
    fingerprint: bytes
    reports: int
    others: int
    since: tuple[datetime | None, ...]
    made_from: bytes
    coverage: bytes = b""


class StoryMemory(Struct, frozen=True, array_like=True):
    """Stories, and what grouping knew. `rules` is a fingerprint of the settings."""

    rules: bytes = b""
    stories: tuple[KnownStory, ...] = ()
    groups: bytes = b""


NOTHING = StoryMemory()
_ENCODER, _DECODER, _COVERAGE = Encoder(), Decoder(StoryMemory), Decoder(StoryCoverage)


def decoded(data: bytes) -> StoryMemory:
    """What `encoded` wrote; nothing where it did not."""
    try:
        return _DECODER.decode(data) if data else NOTHING
    except (MsgspecError, ValueError):
        return NOTHING


def encoded(memory: StoryMemory) -> bytes:
    """A memory as bytes."""
    return _ENCODER.encode(memory)


def known_story(story: Story, made_from: bytes) -> KnownStory:
    """What is to be remembered of a story."""
    return KnownStory(
        story.id,
        story.title,
        story.lead.path,
        tuple([article.path for article in story.articles]),
        story.outlets,
        story.heat,
        story.promoted,
        story.pinned,
        story.first,
        story.middle,
        story.fingerprint,
        story.reports,
        story.others,
        story.since,
        made_from,
    )


def story_again(kept: KnownStory, records: Mapping[str, Article]) -> Story:
    """The story that was remembered, of records that are what they were."""
    return Story(
        kept.id,
        kept.title,
        records[kept.lead],
        tuple([records[path] for path in kept.articles]),
        kept.outlets,
        kept.heat,
        kept.promoted,
        kept.pinned,
        kept.first,
        kept.middle,
        kept.fingerprint,
        kept.reports,
        kept.others,
        kept.since,
    )


def coverage_again(known: KnownStory, story: Story) -> StoryCoverage | None:
    """The coverage of a story that was remembered, its records' own pieces being those they hold.

    None where it was not remembered.
    """
    if not known.coverage:
        return None
    coverage = _COVERAGE.decode(known.coverage)
    own: dict[Coverage, list[Coverage]] = {}  # records without a link may be alike
    for article in story.articles:
        own.setdefault(article.piece, []).append(article.piece)
    pieces = [own[piece].pop(0) if own.get(piece) else piece for piece in coverage.pieces]
    return StoryCoverage(tuple(pieces), coverage.voices)


def with_coverage(known: KnownStory, coverage: StoryCoverage | None) -> KnownStory:
    """A story that runs, with its coverage if it was made now; else what was known stays."""
    if known.coverage or coverage is None:
        return known
    return structs.replace(known, coverage=_ENCODER.encode(coverage))


def without_coverage(known: KnownStory) -> KnownStory:
    """A story that is over."""
    return structs.replace(known, coverage=b"") if known.coverage else known
