"""The disk for ``check --fix``: which files change, and writing each as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsstand.check.fix.record import diff, findings, mended
from newsstand.content.disk_reading import decode, list_files, read_bytes
from newsstand.content.disk_writing import write_whole
from newsstand.content.file_kinds import is_ours
from newsstand.problems import Problem

_MARK = b"\xef\xbb\xbf"  # a byte order mark


@dataclass(frozen=True, slots=True)
class Fix:
    """A file that would change: where it is, its bytes before and after, the change to show."""

    file: Path
    before: bytes
    after: bytes
    shown: str


def _files(content: Path, config: Path | None) -> Iterator[tuple[Path, str]]:
    """Every file with keys, with its path as the site knows it."""
    for path in list_files(content).paths:
        if is_ours(path):
            yield content / path, path
    if config is not None:
        yield config, config.name


def mendable(content: Path, config: Path | None) -> Iterator[Problem]:
    """What could be mended in all files."""
    for file, path in _files(content, config):
        text, problem = decode(read_bytes(file), path)
        if problem is None:
            yield from findings(text, path)


def find_fixes(
    content: Path, config: Path | None, shown: Callable[[Path], Path] = Path
) -> list[Fix]:
    """Every file that has something to be mended, in order of path.

    `shown` gives the path of a file as the changes name it.
    """
    fixes = (_fix(file, path, shown(file)) for file, path in _files(content, config))
    return [fix for fix in fixes if fix]


def _fix(file: Path, path: str, shown: Path) -> Fix | None:
    data = read_bytes(file)
    text, problem = decode(data, path)
    if problem is not None or not _line_ends_are_alike(data):
        return None
    new = mended(text, path)
    if new == text:
        return None
    after = new.replace("\n", "\r\n") if b"\r\n" in data else new
    name = path if shown.is_absolute() else shown.as_posix()
    mark = _MARK if data.startswith(_MARK) else b""
    return Fix(file, data, mark + after.encode(), diff(text, new, name))


def _line_ends_are_alike(data: bytes) -> bool:
    returns = data.count(b"\r")
    return not returns or returns == data.count(b"\r\n") == data.count(b"\n")


def write_fixes(fixes: Iterable[Fix]) -> tuple[int, list[Path]]:
    """Write each file as a whole -> how many, and those that somebody changed meanwhile."""
    written, left = 0, []
    for fix in fixes:
        if read_bytes(fix.file) == fix.before:
            write_whole(fix.file, fix.after)
            written += 1
        else:
            left.append(fix.file)
    return written, left
