"""The disk for what was fetched: which records stand, writing new ones, changing old ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from newsstand.content.disk_reading import list_files, read_text
from newsstand.content.disk_writing import write_whole
from newsstand.content.draft import Draft, draft_text, free_path, taken_addresses, usual_name
from newsstand.content.file_kinds import is_ours, is_record
from newsstand.content.kinds.record import read_article
from newsstand.fetch.item_identity import keys_of
from newsstand.fetch.items import Item
from newsstand.fetch.merge import merge
from newsstand.fetch.records import Known, known_record
from newsstand.problems import Problem
from newsstand.text.date_names import iso


@dataclass
class Store:
    """The records of a content folder. With `is_dry` nothing is written.

    `folder` is where new records go, below the content folder.
    """

    content: Path
    folder: str
    now: datetime
    is_dry: bool = False
    written: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def _records(self) -> list[str]:
        paths = list_files(self.content).paths
        return [path for path in paths if is_ours(path) and is_record(path)]

    @cached_property
    def index(self) -> dict[str, Known]:
        """The records that stand, by their keys; of two with one key the first counts."""
        by_key: dict[str, Known] = {}
        for path in self._records:
            text, problem = read_text(self.content, path)
            if problem is None:
                record, keys = known_record(path, text)
                for key in keys:
                    by_key.setdefault(key, record)
        return by_key

    @cached_property
    def _taken(self) -> set[str]:
        return taken_addresses(self._records)

    def add(self, item: Item, draft: Draft) -> str:
        """Write a new record -> its path; "" for one that no build would take."""
        day = iso(draft.published or self.now)
        folder = f"{self.folder}/{day[:4]}/{day[5:7]}".lstrip("/")
        path = free_path(folder, usual_name(draft), self._taken)
        text = draft_text(draft)
        reading = read_article(text, path, self.now, lambda _: "")
        errors = [problem for problem in reading.problems if problem.is_error]
        if errors or reading.article is None:
            self.problems += errors
            return ""
        if not self.is_dry:
            write_whole(self.content / path, text.encode())
        self._taken.update(taken_addresses([path]))
        self.written.append(path)
        record = Known(path, dict(draft.fetched))
        for key in keys_of(item, self.now):
            self.index.setdefault(key, record)
        return path

    def holds(self, path: str, text: str) -> bool:
        """Whether a record with this text is there already, under any path."""
        _, keys = known_record(path, text)
        return any(key in self.index for key in keys)

    def keep(self, path: str, text: str) -> None:
        """Remember a record that somebody else has written."""
        record, keys = known_record(path, text)
        for key in keys:
            self.index.setdefault(key, record)
        self._taken.update(taken_addresses([path]))

    def change(self, record: Known, item: Item) -> None:
        """Bring a record up to date with its feed, and note what both have changed."""
        text, problem = read_text(self.content, record.path)
        if problem is not None:
            return
        made = merge(text, record, item, self.now)
        self.problems += made.problems
        if made.text != text:
            self.changed.append(record.path)
            if not self.is_dry:
                write_whole(self.content / record.path, made.text.encode())

    def texts(self, folders: Iterable[str]) -> dict[str, str]:
        """The texts of all files that are read below these folders, by path."""
        paths = [p for p in list_files(self.content).paths if is_ours(p)]
        chosen = [p for p in paths if p.partition("/")[0] in set(folders)]
        return {path: read_text(self.content, path)[0] for path in chosen}
