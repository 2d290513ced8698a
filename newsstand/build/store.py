"""The disk, for remembering: one SQLite file in which each row proves itself by a checksum.

A file that is damaged, of another version of the program or of something else counts as none. It
holds bytes, never anything that is run.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

FILE = "newsstand.sqlite"
TABLES = ("facts", "files", "pages")
_SUM = 4  # bytes
_DAMAGED = "the cache is damaged; all is built anew"
_OTHER = "the program has changed; all is built anew"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of a table that are new or others, and the keys of those that are gone."""

    put: Mapping[str, bytes] = field(default_factory=dict)
    gone: Iterable[str] = ()


class Damaged(Exception):  # noqa: N818  (a state of a file, not a fault of the program)
    """What is remembered cannot be believed. It says why."""


class Store:
    """What builds remember of a site; `version` is a fingerprint of the program itself.

    Without a folder nothing is remembered.
    """

    def __init__(self, folder: Path | None, version: bytes) -> None:
        self._path = folder / FILE if folder else None
        self._version = version.hex()
        self._name = ""  # of what was read; each writing gives another

    def read(self, table: str) -> dict[str, bytes]:
        """All rows of a table. Raises Damaged."""
        return self._rows(f"SELECT key, value FROM {table}")  # noqa: S608  (one of TABLES)

    def fact(self, key: str) -> bytes:
        """One row of the table of facts; empty where it is not there. Raises Damaged."""
        return self._rows("SELECT key, value FROM facts WHERE key = ?", key).get(key, b"")

    def _rows(self, query: str, *values: str) -> dict[str, bytes]:
        if self._path is None or not self._path.exists():
            return {}
        try:
            with closing(sqlite3.connect(f"file:{_quoted(self._path)}?mode=ro", uri=True)) as file:
                self._check(file)
                return {key: _proved(key, value) for key, value in file.execute(query, values)}
        except (sqlite3.Error, TypeError, ValueError):
            raise Damaged(_DAMAGED) from None

    def _check(self, file: sqlite3.Connection) -> None:
        """Raises Damaged for the file of another program."""
        said = dict(file.execute("SELECT key, value FROM program"))
        if said.get("version") != self._version:
            raise Damaged(_OTHER)
        self._name = said.get("name", "")

    def write(
        self, changes: Mapping[str, Change], whole: Callable[[], Mapping[str, Mapping[str, bytes]]]
    ) -> None:
        """Remember for the next build: all or nothing. Raises OSError.

        `changes` are those since what was read; if somebody has written in between, or there was
        nothing, what `whole` makes is written.
        """
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if not self._put(changes):
                self._path.unlink(missing_ok=True)
                self._put({table: Change(rows) for table, rows in whole().items()}, anew=True)
        except sqlite3.Error as problem:
            raise OSError(0, str(problem), str(self._path)) from None

    def _put(self, changes: Mapping[str, Change], anew: bool = False) -> bool:
        """Whether the file was the one that was read, and is changed now."""
        try:
            with _writing(self._path) as file:
                if anew:
                    _make_tables(file)
                else:
                    name = self._name
                    self._check(file)
                    if not name or self._name != name:
                        return False
                for table, change in changes.items():
                    _change(file, table, change)
                self._name = os.urandom(8).hex()
                rows = [("version", self._version), ("name", self._name)]
                file.executemany("INSERT OR REPLACE INTO program VALUES (?, ?)", rows)
        except (Damaged, sqlite3.DatabaseError):
            if anew:
                raise
            return False
        return True


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _proved(key: str, value: bytes) -> bytes:
    if crc32(value[_SUM:], crc32(key.encode())).to_bytes(_SUM) != value[:_SUM]:
        raise Damaged(_DAMAGED)
    return value[_SUM:]


@contextmanager
def _writing(path: Path | None) -> Iterator[sqlite3.Connection]:
    """A transaction."""
    with closing(sqlite3.connect(path or "", isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        try:
            yield file
        except BaseException:
            file.execute("ROLLBACK")
            raise
        file.execute("COMMIT")


def _make_tables(file: sqlite3.Connection) -> None:
    file.execute("CREATE TABLE program (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    for table in TABLES:
        file.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value BLOB)")


def _change(file: sqlite3.Connection, table: str, change: Change) -> None:
    file.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in change.gone])  # noqa: S608
    rows = (
        (key, crc32(value, crc32(key.encode())).to_bytes(_SUM) + value)
        for key, value in change.put.items()
    )
    file.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)  # noqa: S608
