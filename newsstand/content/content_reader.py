"""The read step: a content folder -> `Content`, with all its problems.

What the last build read of a file that has not changed is not read again; the result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.bodies import Bodies
from newsstand.content.collect import gather
from newsstand.content.disk_reading import Listing, list_files
from newsstand.content.file_kinds import (
    PROVIDER_FOLDERS,
    is_excluded,
    is_like_ours,
    is_ours,
    is_record,
)
from newsstand.content.file_reader import FileReader, forget_repeats
from newsstand.content.file_stamps import Stamp, believed_until, changed_since
from newsstand.content.kinds.picture import PICTURE_ENDINGS, PictureFinder
from newsstand.content.kinds.plain_text import slug_of
from newsstand.content.kinds.record import Manner
from newsstand.content.kinds.settings import KEEP_TRACKING, Config
from newsstand.content.process_transfer import Collector, packed
from newsstand.content.remembered_files import NOTHING_READ, ReadFile, ReadFiles
from newsstand.model import Content, Provider
from newsstand.problems import Problem, Severity, quoted
from newsstand.text.fingerprint import fingerprint_of
from newsstand.text.strings import slug

ENOUGH = 200  # files from which it is worth to start processes
_SPARE_OUTLETS = 50  # that no file names any more

Progress = Callable[[Iterable[str]], Iterable[str]]
Share = Callable[
    [Callable[[Sequence[str]], bytes], Sequence[str]], Iterable[tuple[Sequence[str], bytes]]
]
"""Work on parts of a list by several processes: each part with what came of it, in order."""


class Before(Struct, frozen=True):
    """What helps to read less, and changes nothing: files as the last build read them.

    `looked_at` is the time (ns since 1970) of the `listing` of the content; without one the content
    is listed when it is read. `margin` is that of `believed_until`.
    """

    files: ReadFiles = NOTHING_READ
    looked_at: int = 0
    listing: Listing | None = None
    share: Share | None = None
    margin: int | None = None


class LeftOut(Struct, frozen=True):
    """The records that have a file and are not published: their names and older addresses.

    `are_all_read` says that none has an error, so that all addresses are known.
    """

    names: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    are_all_read: bool = True


class Read(Struct, frozen=True):
    """The content, what is wrong with it, what was read of each file, and the records' bodies."""

    content: Content
    problems: tuple[Problem, ...]
    files: ReadFiles
    bodies: Bodies

    def links(self) -> dict[str, ReadFile]:
        """The hashes of the links of each record that is published, by path."""
        return {a.path: self.files.files[a.path] for a in self.content.articles}

    def left_out(self) -> LeftOut:
        """The records that are not published: held back, or with errors.

        A name is what `slug_of` gives.
        """
        files = self.files.files.items()
        left = {path: f.held_back for path, f in files if f.article is None and is_record(path)}
        aliases = tuple([alias for held in left.values() if held for alias in held.aliases])
        return LeftOut(frozenset(map(slug_of, left)), aliases, None not in left.values())


def read_content(
    folder: Path,
    static: tuple[str, ...],
    now: datetime,
    progress: Progress,
    shown: Collection[str] = (),
    before: Before = Before(),  # noqa: B008  (frozen)
    config: Config = Config(),  # noqa: B008  (frozen)
) -> Read:
    """Everything in the content folder, and what is wrong with it.

    `static` are the paths below the static folder; `progress` is given the paths of the files
    that are read and hands them on one by one; `shown` is that of `read_article`. Of the settings
    `exclude` says what is passed over, `tracking` and `timezone` how links and days are read.
    """
    listing = before.listing or list_files(folder)
    others = [p for p in listing.paths if not p.endswith(".md")]
    pictures = tuple([p for p in others if p.lower().endswith(PICTURE_ENDINGS)])
    finder = PictureFinder(frozenset(pictures), frozenset(static))
    seen = fingerprint_of(pictures, static)
    held = tuple(sorted(shown))
    reader = FileReader(folder, now, finder, seen, before.files, held)
    bodies = Bodies(reader)
    paths, passed_over = _ours(listing, config.exclude, before.files.files)
    outlets = _outlets(reader, paths, listing, before)
    manner = _manner(config, [file.provider for file in outlets.values() if file.provider])
    last = before.files if before.files.manner == manner.mark else NOTHING_READ
    reader.read_by(manner, last)
    files = {**_unchanged(reader, paths, listing, replace(before, files=last)), **outlets}
    waiting = [path for path in paths if path not in files]
    _read(reader, bodies, files, progress(waiting), len(waiting), listing, before.share)
    read = reader.all_read(before.looked_at, {path: files[path] for path in paths})
    forget_repeats()
    content, problems = gather(folder, read, pictures)
    return Read(content, (*listing.problems, *passed_over, *problems), read, bodies)


def _outlets(
    reader: FileReader, paths: Iterable[str], listing: Listing, before: Before
) -> dict[str, ReadFile]:
    """The files about outlets: what they say decides how records are read."""
    own = [path for path in paths if path.partition("/")[0] in PROVIDER_FOLDERS and "/" in path]
    files = _unchanged(reader, own, listing, before)
    for path in own:
        if path not in files:
            files[path] = reader.read(path, listing.stamps[path])[0]
    return files


def _manner(config: Config, outlets: Iterable[Provider]) -> Manner:
    hosts: dict[str, str] = {}
    names: dict[str, str] = {}
    for outlet in outlets:
        hosts.update({host: outlet.domain for host in outlet.domains if host != outlet.domain})
        names.update({name.casefold(): outlet.domain for name in outlet.other_names})
        for name in (outlet.name, *outlet.other_names):
            hosts.setdefault(slug(name), outlet.domain)
    return Manner(config.tracking == KEEP_TRACKING, config.timezone, hosts, names)


def _ours(
    listing: Listing, exclude: Sequence[str], read_before: Container[str]
) -> tuple[list[str], tuple[Problem, ...]]:
    """The files that are read, and a note of what is passed over though it looks like a record.

    What was read before is ours by its name; the settings may exclude it by now.
    """
    paths, others = [], []
    for path in listing.paths:
        if (path in read_before or is_ours(path)) and not is_excluded(path, exclude):
            paths.append(path)
        elif is_like_ours(path):
            others.append(path)
    return paths, tuple(_passed_over(path) for path in others)


def _passed_over(path: str) -> Problem:
    message = "the file is passed over: its name or a pattern under exclude: says so"
    hint = "nothing, if that is right; else rename it"
    return Problem(path, 1, 1, Severity.NOTE, "file-passed-over", message, hint)


def _unchanged(
    reader: FileReader, paths: Iterable[str], listing: Listing, before: Before
) -> dict[str, ReadFile]:
    """What was read of files, if their stamps say that they are what they were."""
    files_before, stamps = before.files.files, listing.stamps
    recent = changed_since(stamps, believed_until(before.files.looked_at, before.margin))
    unchanged: dict[str, ReadFile] = {}
    for path in paths:
        file = files_before.get(path)
        same = file is not None and file.stamp == stamps[path] and path not in recent
        if same and file is not None and reader.still_holds(path, file):
            unchanged[path] = file
    return unchanged


def _read(
    reader: FileReader,
    bodies: Bodies,
    files: dict[str, ReadFile],
    waiting: Iterable[str],
    count: int,
    listing: Listing,
    share: Share | None,
) -> None:
    """Read files into `files` and `bodies`, by several processes where that is worth it."""

    def one(path: str, stamp: Stamp) -> None:
        files[path], body = reader.read(path, stamp)
        bodies.keep(path, body)

    if share is None or count < ENOUGH:
        for path in waiting:
            one(path, listing.stamps[path])
        return

    def batch(part: Sequence[str]) -> bytes:
        read = [reader.read(path, listing.stamps[path]) for path in part]
        return packed(read, list(reader.outlets))

    collector = Collector(reader.outlets)
    for part, made in share(batch, list(waiting)):
        for path, (file, body) in zip(part, collector.unpacked(made), strict=True):
            files[path] = file
            bodies.keep(path, body)


def nothing_there(read: Read, folder: Path) -> tuple[Problem, ...]:
    """A warning where the content folder has no file that is read."""
    if read.files.files or read.problems:
        return ()
    message = f"there is no record in the folder {quoted(folder.name)}"
    hint = "put records into it, see docs/content.md; `new` writes one"
    return (Problem(".", 1, 1, Severity.WARNING, "content-empty", message, hint),)


def tidied(read: ReadFiles) -> ReadFiles:
    """What was read, without outlets that no file names any more, if they are many."""
    used = sorted({place for file in read.files.values() for place in file.outlets})
    if len(read.outlets) < 2 * len(used) + _SPARE_OUTLETS:
        return read
    now = {place: n for n, place in enumerate(used)}
    files = {
        path: replace(file, outlets=tuple(now[n] for n in file.outlets))
        for path, file in read.files.items()
    }
    return replace(read, files=files, outlets=tuple(read.outlets[place] for place in used))
