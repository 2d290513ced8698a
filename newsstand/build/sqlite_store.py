"""The disk, for remembering: one SQLite file in which each row proves itself by a checksum.

A file that is damaged, of another version of the program or of something else counts as none. It
holds bytes, never anything that is run.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

from msgspec import Struct

FILE = "newsstand.sqlite"
TABLES = ("facts", "files")
_PAGE = 16384  # bytes: some rows have millions, and are written in half the time
DAMAGED = "the cache is damaged; all is built anew"
_OTHER = "the program has changed; all is built anew"
_STRANGE = "the cache is none of this program; all is built anew"
_BEGINNING = b"SQLite format 3\0"
_NO_STORE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file that can be read and is not what it should be."""


class Change(Struct, frozen=True):
    """Rows of a table that are new or others, and the keys of those that are gone."""

    put: Mapping[str, bytes] = {}
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
        self._counts: dict[str, str] = {}  # rows by table
        self._is_doubted = False

    def read(self, table: str) -> dict[str, bytes]:
        """All rows of a table. Raises Damaged."""
        rows = self._rows(f"SELECT key, checksum, value FROM {table}")  # noqa: S608  (one of TABLES)
        if str(len(rows)) != self._counts.get(table, "0"):
            self.doubt()
            raise Damaged(DAMAGED)
        return rows

    def fact(self, key: str) -> bytes:
        """One row of the table of facts; empty where it is not there. Raises Damaged."""
        row = self._rows("SELECT key, checksum, value FROM facts WHERE key = ?", key)
        return row.get(key, b"")

    def doubt(self) -> None:
        """Note that what was read is not to be built upon: the next writing writes everything."""
        self._is_doubted = True

    def _rows(self, query: str, *values: str) -> dict[str, bytes]:
        try:
            if self._path is None or not _is_there(self._path):
                return {}
            # Not read-only: what a writer that was killed has left has to be rolled back.
            with closing(
                sqlite3.Connection(f"file:{_quoted(self._path)}?mode=rw", uri=True)
            ) as file:
                self._check(file)
                rows = file.execute(query, values).fetchall()
            wrong = [key for key, told, value in rows if _checksum(key, value) != told]
            if wrong:
                raise Damaged(DAMAGED)
            return {key: value for key, _, value in rows}
        except Damaged:
            self.doubt()
            raise
        except (sqlite3.Error, AttributeError, TypeError, ValueError):
            self.doubt()
            raise Damaged(DAMAGED) from None

    def _check(self, file: sqlite3.Connection) -> None:
        """Raises Damaged for the file of another program."""
        said = dict(file.execute("SELECT key, value FROM program"))
        if said.get("version") != self._version:
            raise Damaged(_OTHER)
        self._name = said.get("name", "")
        self._counts = {table: said.get(f"rows of {table}", "") for table in TABLES}

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
            if self._is_doubted or not self._put(changes):
                self._path.unlink(missing_ok=True)
                self._put({table: Change(rows) for table, rows in whole().items()}, anew=True)
        except sqlite3.Error as problem:
            raise OSError(0, str(problem), str(self._path)) from None
        self._is_doubted = False

    def _put(self, changes: Mapping[str, Change], anew: bool = False) -> bool:
        """Change the file -> whether it still was the one that was read; any other one stays."""
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
                said = {"version": self._version, "name": self._name, **_counts(file)}
                file.executemany("INSERT OR REPLACE INTO program VALUES (?, ?)", said.items())
        except Damaged:
            return False
        except sqlite3.DatabaseError as problem:
            if anew or getattr(problem, "sqlite_errorcode", None) not in _NO_STORE:
                raise  # a full disk or another writer is no reason to throw away what is there
            return False
        return True


def _is_there(path: Path) -> bool:
    """Whether there is a file to read. Raises Damaged for one that is something else.

    A pipe would be waited for; a link may lead to a file that is not ours to write.
    """
    try:
        if not path.is_dir() and (path.is_symlink() or (path.exists() and not path.is_file())):
            raise Damaged(_STRANGE)
        with path.open("rb") as file:
            beginning = file.read(len(_BEGINNING))
    except FileNotFoundError:
        return False
    except OSError as problem:
        raise Damaged(f"the cache cannot be read: {problem.strerror or problem}") from None
    if beginning != _BEGINNING:
        raise Damaged(_STRANGE)
    return True


def _counts(file: sqlite3.Connection) -> dict[str, str]:
    """How many rows each table has: one that is lost would not be missed otherwise."""
    counts = {t: file.execute(f"SELECT count(*) FROM {t}").fetchone() for t in TABLES}  # noqa: S608
    return {f"rows of {table}": str(count) for table, (count,) in counts.items()}


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _checksum(key: str, value: bytes) -> int:
    return crc32(value, crc32(key.encode()))


@contextmanager
def _writing(path: Path | None) -> Iterator[sqlite3.Connection]:
    """A transaction."""
    with closing(sqlite3.Connection(path or "", isolation_level=None)) as file:
        file.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file
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
        file.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, checksum INTEGER, value BLOB)")


def _change(file: sqlite3.Connection, table: str, change: Change) -> None:
    file.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in change.gone])  # noqa: S608
    rows = [(key, _checksum(key, value), value) for key, value in change.put.items()]
    file.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)  # noqa: S608
