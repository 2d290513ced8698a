"""One file of the content folder -> what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from errno import EBUSY
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from newsstand.content.file_kinds import (
    DECISIONS_FILE,
    PAGE_FOLDER,
    PROVIDER_FOLDERS,
    TOPIC_FOLDER,
)
from newsstand.content.files import decode, read_bytes, unreadable_file
from newsstand.content.front_matter.fast_yaml import forget_entries
from newsstand.content.kinds.decisions import read_decisions
from newsstand.content.kinds.outlet import read_provider
from newsstand.content.kinds.page import read_page
from newsstand.content.kinds.picture import PictureFinder
from newsstand.content.kinds.record import Memo, read_article
from newsstand.content.kinds.topic import read_topic
from newsstand.content.link_hashes import link_hashes
from newsstand.content.read_files import ReadFile, ReadFiles
from newsstand.content.stamps import NO_STAMP, Stamp
from newsstand.content.transfer import FileAndBody
from newsstand.model import ArticleBody
from newsstand.text.fingerprint import hash_of, hash_of_text
from newsstand.text.links import piece_key, web_link
from newsstand.text.strings import one_line

_DIGEST = 16  # bytes


def forget_repeats() -> None:
    """Let go of texts that are kept while records are read: processes that share memory copy it."""
    forget_entries()
    for memo in (one_line, web_link, piece_key, hash_of_text):
        memo.cache_clear()


class FileReader:
    """Reads single files of a folder as of a time; knows what the last build read.

    `outlets` are those that records name, each with its place in `ReadFiles.outlets`.
    """

    def __init__(
        self,
        folder: Path,
        now: datetime,
        finder: PictureFinder,
        pictures: bytes,
        before: ReadFiles,
        shown: tuple[str, ...],
    ) -> None:
        self.outlets = {outlet: place for place, outlet in enumerate(before.outlets)}
        self._folder = folder
        self._now = now
        self._finder = finder
        self._pictures = pictures
        self._before = before
        self._shown = shown
        self._none_ahead = before.newest is not None and before.newest <= now
        self._memo: Memo = {}
        self._read: Mapping[str, ReadFile] = {}

    def read(self, path: str, stamp: Stamp) -> FileAndBody:
        """What a file says, and its record's body; of a file that only was touched, what it said.

        Then there is no body: nobody may ask for it.
        """
        try:
            data = read_bytes(f"{self._folder}/{path}")
        except OSError as problem:
            return ReadFile(NO_STAMP, b"", problems=(unreadable_file(path, problem),)), None
        digest = blake2b(data, digest_size=_DIGEST).digest()
        before = self._before.files.get(path)
        if before is not None and before.digest == digest and self.still_holds(before):
            return replace(before, stamp=stamp), None
        text, fault = decode(data, path)
        if fault:
            is_nothing = path == DECISIONS_FILE and fault.code == "file-empty"
            return ReadFile(stamp, digest, problems=() if is_nothing else (fault,)), None
        return self._said(path, text, ReadFile(stamp, digest))

    def read_again(self, path: str) -> ArticleBody:
        """A record's body, from its file. Raises OSError if the file has changed since."""
        data = read_bytes(self._folder / path)
        known = self._read.get(path)
        if known is None or known.digest != blake2b(data, digest_size=_DIGEST).digest():
            raise OSError(EBUSY, "changed while the site was made; build it again", path)
        text, _ = decode(data, path)
        find = self._finder.beside(path, [])
        return read_article(text, path, self._now, find, self._memo, self._shown).body

    def all_read(
        self, looked_at: int, files: Mapping[str, ReadFile], again: Iterable[str]
    ) -> ReadFiles:
        """All is read: who reads a file again has to find the same."""
        self._read = files
        read = [article.published for path in again if (article := files[path].article)]
        newest = max([time for time in (self._before.newest, *read) if time], default=None)
        outlets = tuple(self.outlets)
        return ReadFiles(looked_at, files, outlets, self._pictures, self._shown, newest)

    def still_holds(self, file: ReadFile) -> bool:
        """Whether neither pictures nor the time make a file say something else."""
        before = self._before
        if file.finds_pictures and before.pictures != self._pictures:
            return False
        waits = file.held_back or (file.article and file.article.waits)
        if waits and before.shown != self._shown:
            return False
        if file.held_ahead is not None:
            return file.held_ahead > self._now
        if self._none_ahead:
            return True
        published = file.article.published if file.article else None
        return published is None or published <= self._now

    def _said(self, path: str, text: str, file: ReadFile) -> FileAndBody:
        top = path.split("/", 1)[0] if "/" in path else ""
        asked: list[str] = []
        find = self._finder.beside(path, asked)
        if path == DECISIONS_FILE:
            decisions, problems = read_decisions(text, path)
            return replace(file, decisions=decisions, problems=problems), None
        if top == TOPIC_FOLDER:
            topic, problems = read_topic(text, path, find)
            file = replace(file, topic=topic, problems=problems, finds_pictures=bool(asked))
            return file, None
        if top in PROVIDER_FOLDERS:
            outlet, problems = read_provider(text, path, find)
            file = replace(file, provider=outlet, problems=problems, finds_pictures=bool(asked))
            return file, None
        if top == PAGE_FOLDER:
            page, problems = read_page(text, path)
            return replace(file, page=page, problems=problems), None
        return self._record(path, text, file, asked)

    def _record(self, path: str, text: str, file: ReadFile, asked: list[str]) -> FileAndBody:
        find = self._finder.beside(path, asked)
        reading = read_article(text, path, self._now, find, self._memo, self._shown)
        article, body = reading.article, reading.body
        finds = bool(asked) or (article is not None and _shows_pictures(body))
        file = replace(
            file,
            held_back=reading.held_back,
            held_ahead=reading.due,
            outlets=tuple(self.outlets.setdefault(p, len(self.outlets)) for p in reading.providers),
            problems=reading.problems,
            finds_pictures=finds,
        )
        if article is None:
            return file, None
        said = (path.encode(), article.waits.encode(), file.digest, self._pictures * finds)
        article = replace(article, fingerprint=hash_of(b"\0".join(said)))
        links = link_hashes(article, body)
        return replace(file, article=article, own=links.own, related=links.related), body


def _shows_pictures(body: ArticleBody) -> bool:
    """Whether the body or note may show pictures of the content folder."""
    return any("![" in text or "<img" in text.lower() for text in (body.body, body.note))
