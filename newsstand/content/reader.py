"""The read step: a content folder -> `Content`, with all its problems.

What is remembered of a file that has not changed is not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from errno import EBUSY
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from newsstand.build.parallel import shared_out, spread
from newsstand.build.state import KnownFile, KnownFiles
from newsstand.content.collect import gather
from newsstand.content.file_kinds import (
    DECISIONS_FILE,
    PAGE_FOLDER,
    PROVIDER_FOLDERS,
    TOPIC_FOLDER,
    is_ours,
)
from newsstand.content.files import Listing, decode, list_files, read_bytes, unreadable_file
from newsstand.content.front_matter.fast_yaml import forget_entries
from newsstand.content.input_files import ALONE, Work
from newsstand.content.kinds.picture import PICTURE_ENDINGS, PictureFinder
from newsstand.content.kinds.record import Memo, read_article
from newsstand.content.kinds.taxonomy import read_decisions, read_page, read_provider, read_topic
from newsstand.content.stamps import MARGIN, NO_STAMP, Stamp, changed_since
from newsstand.content.transfer import Collector, packed
from newsstand.model import Article, Content
from newsstand.problems import Problem
from newsstand.stories.references import links_of
from newsstand.text.fingerprint import mark_of, mark_of_bytes, mark_of_text
from newsstand.text.links import piece_key, web_link
from newsstand.text.strings import one_line

_NOTHING_READ = KnownFile(NO_STAMP, b"")
_DIGEST = 16  # bytes
_ENOUGH = 200  # files from which it is worth to start processes
_PART = 100  # files that one process reads at a time, when it has read its large part

Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """The content, what is wrong with it, and what is to be remembered of its files.

    `changed` are the paths of files that are new, changed or gone. Articles of the content lack
    what only their own pages show: `whole` gives one with all that its file says.
    """

    content: Content
    problems: tuple[Problem, ...]
    files: KnownFiles
    changed: frozenset[str]
    whole: Callable[[Article], Article]


def read_content(
    folder: Path,
    static: tuple[str, ...],
    now: datetime,
    progress: Progress,
    shown: Collection[str] = (),
    work: Work = ALONE,
) -> Read:
    """Everything in the content folder, and what is wrong with it.

    `static` are the paths below the static folder; `progress` is given the paths of the files
    that are read and hands them on one by one; `shown` is that of `read_article`.
    """
    known = work.known.files
    listing = work.listing or list_files(folder)
    others = [p for p in listing.paths if not p.endswith(".md")]
    pictures = tuple([p for p in others if p.lower().endswith(PICTURE_ENDINGS)])
    finder = PictureFinder(frozenset(pictures), frozenset(static))
    seen = mark_of(pictures, static)
    reader = _Reader(folder, now, finder, seen, known, tuple(sorted(shown)))
    wanted = [path for path in listing.paths if path in known.files or is_ours(path)]
    files, again = _read_files(reader, wanted, listing, progress, work.jobs)
    read = reader.known_files(work.looked_at, files, again)
    _forget()
    content, problems = gather(folder, read, pictures)
    before = known.files
    same = {p for p in again if p in before and _says_the_same(files[p], before[p])}
    come = sum(p not in before for p in again)
    gone = before.keys() - files.keys() if len(before) + come > len(files) else ()
    return Read(
        content=content,
        problems=(*listing.problems, *problems),
        files=read,
        changed=frozenset({*again, *gone} - same),
        whole=reader.whole,
    )


def _forget() -> None:
    """Let go of texts that are kept while records are read: processes that share memory copy it."""
    forget_entries()
    for memo in (one_line, web_link, piece_key, mark_of_text):
        memo.cache_clear()


def _read_files(
    reader: _Reader, wanted: list[str], listing: Listing, progress: Progress, jobs: int
) -> tuple[dict[str, KnownFile], list[str]]:
    """All files in order of path, and the paths of those that may have changed: read again."""
    files = reader.unchanged(wanted, listing.stamps)
    waiting = [path for path, file in files.items() if file is _NOTHING_READ]
    if jobs < 2 or len(waiting) < _ENOUGH:
        for path in progress(waiting):
            files[path] = reader.read(path, listing.stamps[path])
    else:
        _read_together(reader, files, progress(waiting), listing, jobs)
    return files, waiting


def _read_together(
    reader: _Reader,
    files: dict[str, KnownFile],
    waiting: Iterable[str],
    listing: Listing,
    jobs: int,
) -> None:
    """Read files by several processes."""
    collector = Collector(reader.outlets)
    paths = list(waiting)
    parts = shared_out(paths, jobs, _PART)

    def batch(part: Sequence[str]) -> bytes:
        read = [(reader.read(path, listing.stamps[path]), reader.read_whole(path)) for path in part]
        return packed(read, list(reader.outlets))

    for part, made in zip(parts, spread(batch, parts, jobs), strict=True):
        for path, (file, whole) in zip(part, collector.unpacked(made), strict=True):
            files[path] = file
            reader.keep(path, whole)


def _says_the_same(file: KnownFile, before: KnownFile) -> bool:
    """Whether only the stamp is another one."""
    return replace(file, stamp=before.stamp) == before


class _Reader:
    """Reads single files; knows what was remembered of them, and what it read before."""

    def __init__(
        self,
        folder: Path,
        now: datetime,
        finder: PictureFinder,
        pictures: bytes,
        known: KnownFiles,
        shown: tuple[str, ...],
    ) -> None:
        self.pictures = pictures
        self.shown = shown
        self.outlets = {outlet: place for place, outlet in enumerate(known.outlets)}
        self._folder = folder
        self._now = now
        self._finder = finder
        self._known = known
        self._none_ahead = known.newest is not None and known.newest <= now
        same = known.pictures == pictures and known.shown == shown
        self._most_hold = same and self._none_ahead  # all that were not held back as dated ahead
        self._memo: Memo = {}
        self._wholes: dict[str, Article] = {}
        self._read: Mapping[str, KnownFile] = {}  # what was read, or is remembered

    def unchanged(self, paths: Iterable[str], stamps: Mapping[str, Stamp]) -> dict[str, KnownFile]:
        """What is remembered of files, if their stamps say that they are what they were."""
        known, recent = self._known.files, changed_since(stamps, self._known.looked_at - MARGIN)
        most_hold, holds, found = self._most_hold, self._still_holds, dict[str, KnownFile]()
        for path in paths:
            file = known.get(path, _NOTHING_READ)
            same = file.stamp == stamps[path] and path not in recent
            held = (most_hold and file.held_ahead is None) or holds(file)
            found[path] = file if same and held else _NOTHING_READ
        return found

    def read(self, path: str, stamp: Stamp) -> KnownFile:
        """What a file says; what is remembered, if its bytes are what they were."""
        try:
            data = read_bytes(f"{self._folder}/{path}")
        except OSError as problem:
            return KnownFile(NO_STAMP, b"", problems=(unreadable_file(path, problem),))
        digest = blake2b(data, digest_size=_DIGEST).digest()
        before = self._known.files.get(path)
        if before is not None and before.digest == digest and self._still_holds(before):
            return replace(before, stamp=stamp)
        text, fault = decode(data, path)
        if fault:
            is_nothing = path == DECISIONS_FILE and fault.code == "file-empty"
            return KnownFile(stamp, digest, problems=() if is_nothing else (fault,))
        return self._said(path, text, KnownFile(stamp, digest))

    def read_whole(self, path: str) -> Article | None:
        """The whole article of a file that was read by this process."""
        return self._wholes.get(path)

    def known_files(
        self, looked_at: int, files: Mapping[str, KnownFile], again: Iterable[str]
    ) -> KnownFiles:
        """All is read, and is to be remembered: who reads a file again has to find the same."""
        self._read = files
        pieces = [article.piece for path in again if (article := files[path].article)]
        times = [self._known.newest, *[piece.published for piece in pieces]]
        newest = max([time for time in times if time], default=None)
        outlets = tuple(self.outlets)
        return KnownFiles(looked_at, files, outlets, self.pictures, self.shown, newest)

    def keep(self, path: str, whole: Article | None) -> None:
        """Take over what another process has read."""
        if whole is not None:
            self._wholes[path] = whole

    def _still_holds(self, file: KnownFile) -> bool:
        """Whether neither pictures nor the time make a file say something else."""
        known = self._known
        if file.finds_pictures and known.pictures != self.pictures:
            return False
        if known.shown != self.shown and (file.held_back or (file.article and file.article.waits)):
            return False
        if file.held_ahead is not None:
            return file.held_ahead > self._now
        if self._none_ahead:
            return True
        published = file.article.published if file.article else None
        return published is None or published <= self._now

    def _said(self, path: str, text: str, file: KnownFile) -> KnownFile:
        top = path.split("/", 1)[0] if "/" in path else ""
        asked: list[str] = []
        find = self._finder.beside(path, asked)
        if path == DECISIONS_FILE:
            decisions, problems = read_decisions(text, path)
            return replace(file, decisions=decisions, problems=problems)
        if top == TOPIC_FOLDER:
            topic, problems = read_topic(text, path, find)
            return replace(file, topic=topic, problems=problems, finds_pictures=bool(asked))
        if top in PROVIDER_FOLDERS:
            outlet, problems = read_provider(text, path, find)
            return replace(file, provider=outlet, problems=problems, finds_pictures=bool(asked))
        if top == PAGE_FOLDER:
            page, problems = read_page(text, path)
            return replace(file, page=page, problems=problems)
        return self._record(path, text, file, asked)

    def _record(self, path: str, text: str, file: KnownFile, asked: list[str]) -> KnownFile:
        find = self._finder.beside(path, asked)
        reading = read_article(text, path, self._now, find, self._memo, self.shown)
        held, article = reading.held_back, reading.article
        finds = bool(asked) or (article is not None and _shows_pictures(article))
        file = replace(
            file,
            held_back=held,
            held_ahead=reading.due,
            outlets=tuple(self.outlets.setdefault(p, len(self.outlets)) for p in reading.providers),
            problems=reading.problems,
            finds_pictures=finds,
        )
        if article is None:
            return file
        said = (path.encode(), article.waits.encode(), file.digest, self.pictures * finds)
        mark = mark_of_bytes(b"\0".join(said))
        whole = replace(article, mark=mark)
        self._wholes[path] = whole
        links = links_of(whole)
        return replace(file, article=_light(whole), own=links.own, related=links.related)

    def whole(self, article: Article) -> Article:
        """An article of the content with all that its file says. Raises OSError."""
        known = self._wholes.get(article.path)
        if known is None:
            data = read_bytes(self._folder / article.path)
            read = self._read.get(article.path)
            if read is None or read.digest != blake2b(data, digest_size=_DIGEST).digest():
                why = "changed while the site was made; build it again"
                raise OSError(EBUSY, why, article.path)
            text, _ = decode(data, article.path)
            find = self._finder.beside(article.path, [])
            said = read_article(text, article.path, self._now, find, self._memo, self.shown).article
            known = self._wholes[article.path] = replace(said or article, mark=article.mark)
        return known


def _light(article: Article) -> Article:
    return replace(article, body="", note="", related=(), pictures=())


def _shows_pictures(article: Article) -> bool:
    """Whether its body or note may show pictures of the content folder."""
    return any("![" in text or "<img" in text.lower() for text in (article.body, article.note))
