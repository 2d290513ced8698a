"""One file of the content folder -> what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from errno import EBUSY
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from newsstand.content.disk_reading import decode, read_bytes, unreadable_file
from newsstand.content.file_kinds import (
    DECISIONS_FILE,
    PAGE_FOLDER,
    PROVIDER_FOLDERS,
    TOPIC_FOLDER,
)
from newsstand.content.file_stamps import NO_STAMP, Stamp
from newsstand.content.front_matter.fast_yaml import forget_entries
from newsstand.content.kinds.decisions import read_decisions
from newsstand.content.kinds.open_fence import open_fence
from newsstand.content.kinds.outlet import read_provider
from newsstand.content.kinds.page import read_page
from newsstand.content.kinds.picture import (
    MEDIA,
    FindPicture,
    PictureFinder,
    is_media,
    is_remote,
    picture_missing,
)
from newsstand.content.kinds.publication import between
from newsstand.content.kinds.record import Manner, Memo, Reading, read_article
from newsstand.content.kinds.topic import read_topic
from newsstand.content.link_hashes import link_hashes
from newsstand.content.process_transfer import FileAndBody
from newsstand.content.remembered_files import ReadFile, ReadFiles
from newsstand.markup.markdown import addresses_in
from newsstand.model import ArticleBody, Coverage
from newsstand.problems import Problem
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
        manner: Manner = Manner(),  # noqa: B008  (a tuple)
    ) -> None:
        self.outlets = {outlet: place for place, outlet in enumerate(before.outlets)}
        self._folder = folder
        self._now = now
        self._finder = finder
        self._pictures = pictures
        self._before = before
        self._shown = shown
        self._manner = manner
        self._manner_mark = manner.mark.encode()
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
        if before is not None and before.digest == digest and self.still_holds(path, before):
            return replace(before, stamp=stamp), None
        text, fault = decode(data, path)
        if fault:
            is_nothing = path == DECISIONS_FILE and fault.code == "file-empty"
            return ReadFile(stamp, digest, problems=() if is_nothing else (fault,)), None
        return self._said(path, text, ReadFile(stamp, digest))

    def read_again(self, path: str) -> ArticleBody:
        """A record's body, from its file. Raises OSError if the file has changed since."""
        data = read_bytes(self._folder / path)
        read_before = self._read.get(path)
        if read_before is None or read_before.digest != blake2b(data, digest_size=_DIGEST).digest():
            raise OSError(EBUSY, "changed while the site was made; build it again", path)
        text, _ = decode(data, path)
        return self._article(text, path, self._finder.beside(path)).body

    def _article(self, text: str, path: str, find: FindPicture) -> Reading:
        return read_article(text, path, self._now, find, self._memo, self._shown, self._manner)

    def read_by(self, manner: Manner, before: ReadFiles) -> None:
        """From now on records are read in this manner; `before` is what was read in it."""
        self._manner = manner
        self._manner_mark = manner.mark.encode()
        if before is not self._before:
            self._before = before
            self.outlets = {outlet: place for place, outlet in enumerate(before.outlets)}

    def all_read(self, looked_at: int, files: Mapping[str, ReadFile]) -> ReadFiles:
        """All is read: who reads a file again has to find the same."""
        self._read = files
        outlets = tuple(self.outlets)
        seen = (self._pictures, self._shown, self._manner.mark)
        return ReadFiles(looked_at, files, outlets, *seen)

    def still_holds(self, path: str, file: ReadFile) -> bool:
        """Whether neither pictures nor the time make a file say something else."""
        before = self._before
        if file.asked and before.pictures != self._pictures and self._has_moved(path, file):
            return False
        waits = file.held_back or (file.article and file.article.waits)
        if waits and before.shown != self._shown:
            return False
        if file.due is not None and file.due <= self._now:
            return False
        return file.since is None or file.since <= self._now

    def _has_moved(self, path: str, file: ReadFile) -> bool:
        """Whether a picture that a file asks for is another one now, or has come or gone."""
        find = self._finder.beside(path)
        return _answers([find(address) for address in file.asked]) != file.answers

    def _said(self, path: str, text: str, file: ReadFile) -> FileAndBody:
        top = path.split("/", 1)[0] if "/" in path else ""
        asked: dict[str, str] = {}
        find = self._finder.beside(path, asked)
        if path == DECISIONS_FILE:
            decisions, problems = read_decisions(text, path)
            return replace(file, decisions=decisions, problems=problems), None
        if top == TOPIC_FOLDER:
            topic, problems = read_topic(text, path, find)
            return replace(file, topic=topic, problems=problems, **_asking(asked)), None
        if top in PROVIDER_FOLDERS:
            outlet, problems = read_provider(text, path, find)
            return replace(file, provider=outlet, problems=problems, **_asking(asked)), None
        if top == PAGE_FOLDER:
            (page, problems), turns = read_page(text, path, self._now, self._manner.zone)
            body = page.body if page else ""
            shown, missing = self._pictures_of(find, path, text, body)
            missing += open_fence(text, path, body)
            due, since = between(turns, self._now)
            file = replace(file, pictures=shown, due=due, since=since, **_asking(asked))
            return replace(file, page=page, problems=(*problems, *missing)), None
        return self._record(path, text, file)

    def _record(self, path: str, text: str, file: ReadFile) -> FileAndBody:
        asked: dict[str, str] = {}
        find = self._finder.beside(path, asked)
        reading = self._article(text, path, find)
        article, body = reading.article, reading.body
        words = (body.note, body.body) if article is not None else ()
        shown, missing = self._pictures_of(find, path, text, *words)
        missing += open_fence(text, path, body.body) if article is not None else ()
        if article is not None and asked:  # whoever has a picture of the site has asked for it
            shown += _local((article.piece, *body.related))
        asking = _asking(asked)
        file = replace(
            file,
            held_back=reading.held_back,
            since=reading.since,
            due=reading.due,
            outlets=tuple(self.outlets.setdefault(p, len(self.outlets)) for p in reading.providers),
            problems=(*reading.problems, *missing),
            pictures=shown,
            **asking,
        )
        if article is None:
            return file, None
        # Of what a file says the time may hold something back: between two turns it says the same.
        between = repr((reading.since, reading.due)).encode()
        names = (path.encode(), article.waits.encode(), between)
        parts = (*names, file.digest, file.answers, self._manner_mark)
        inner = _inner_links(body)
        article = replace(article, fingerprint=hash_of(b"\0".join(parts)), links=inner)
        links = link_hashes(article, body)
        return replace(file, article=article, own=links.own, related=links.related), body

    def _pictures_of(
        self, find: FindPicture, path: str, file: str, *texts: str
    ) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The pictures of the content folder that Markdown shows; those that are nowhere.

        `file` is the whole file in which the texts stand.
        """
        if not any("![" in text or "<img" in text.lower() for text in texts):
            return (), ()
        named = [address for text in texts for tag, address in addresses_in(text) if tag == "img"]
        paths = {address: find(address) for address in named if not is_remote(address)}
        held = [place.removeprefix(f"{MEDIA}/") for place in paths.values() if is_media(place)]
        lost = [address for address, place in paths.items() if not place]
        lost += [address for address in named if is_remote(address) and not web_link(address)]
        return tuple(held), tuple(picture_missing(file, path, address) for address in lost)


def _asking(asked: Mapping[str, str]) -> dict[str, Any]:
    return {"asked": tuple(asked), "answers": _answers(asked.values()) if asked else b""}


def _answers(places: Iterable[str]) -> bytes:
    return hash_of("\0".join(places).encode("utf-8", "surrogatepass"))


def _local(pieces: Iterable[Coverage]) -> tuple[str, ...]:
    """The pictures of the content folder that pieces have."""
    sources = [piece.picture.source for piece in pieces if piece.picture]
    held = [source.removeprefix(f"{MEDIA}/") for source in sources if is_media(source)]
    return tuple(dict.fromkeys(held))


# What may be a link to no other host: most bodies have none, and need not be converted to know it.
_INNER_LINK = re.compile(
    r"\]\(\s*<?(?!https?:|mailto:|tel:)[^)\s]|\]:\s*<?(?!https?:)\S|href\s*=\s*[\"']?(?!https?:)",
    re.IGNORECASE,
)


def _inner_links(body: ArticleBody) -> tuple[str, ...]:
    """Where a body and a note lead to, but for other hosts and parts of the page itself."""
    texts = [text for text in (body.note, body.body) if _INNER_LINK.search(text)]
    links = [address for text in texts for tag, address in addresses_in(text) if tag == "a"]
    inner = [a for a in links if not web_link(a) and not a.startswith(("#", "mailto:", "tel:"))]
    return tuple(dict.fromkeys(inner))
