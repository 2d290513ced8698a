"""What the last build knew that still helps: of stories, of lists, of who names whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsstand.build.state import Known, KnownFile, KnownKin
from newsstand.content.kinds.settings import Config
from newsstand.content.reader import Read
from newsstand.stories.columns import as_numbers
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.references import Kinship
from newsstand.stories.relate import LastBuild
from newsstand.text.fingerprint import mark_of


def last_build(known: Known, read: Read, config: Config) -> LastBuild | None:
    """What the last build knew of stories; nothing where they were made by other weights."""
    if known.stories_made_from != weights_of(config):
        return None
    files, then = read.files.files, known.files.files
    came_or_went, paths = set[str](), [article.path for article in read.content.articles]
    if not all(_is_record(files, path) and _is_record(then, path) for path in read.changed):
        # A record may come and go with another that has its address: its own file is what it was.
        came_or_went = set(known.rows.paths).symmetric_difference(paths)
    kin = _kinship(known.kin, known.rows.paths if came_or_went else paths)
    if kin is None:
        return None
    changed = read.changed | came_or_went
    relinked = came_or_went | {p for p in changed if _links_of(files, p) != _links_of(then, p)}
    return LastBuild(
        changed=changed,
        relinked=frozenset(relinked),
        kin=kin,
        stories=known.stories,
        rows=known.rows,
        article=lambda path: then[path].article if path in then else None,
        groups=_groups(known.groups),
    )


def _kinship(known: KnownKin, paths: Iterable[str]) -> Kinship | None:
    """Who named whom of these records; None where that is of others."""
    try:
        kin = Kinship(tuple(sorted(paths)), as_numbers(known.ends), as_numbers(known.named))
    except ValueError:
        return None
    fits = len(kin.ends) == len(kin.paths) and len(kin.named) == (kin.ends[-1] if kin.ends else 0)
    return kin if fits else None


def _is_record(files: Mapping[str, KnownFile], path: str) -> bool:
    file = files.get(path)
    return file is not None and file.article is not None


def _links_of(files: Mapping[str, KnownFile], path: str) -> tuple[bytes, bytes] | None:
    file = files.get(path)
    return (file.own, file.related) if file else None


def _groups(encoded: bytes) -> GroupMemory | None:
    """What grouping knew; nothing where that was made on another machine or by another version."""
    try:
        return GroupMemory.decode(encoded)
    except ValueError:
        return None


def weights_of(config: Config) -> bytes:
    """A mark of the settings by which stories are made and ranked."""
    return mark_of(config.ranking, config.stories)
