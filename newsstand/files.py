"""The disk, for reading: which files a folder holds, and their text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from newsstand.problems import Problem, Severity, at_line
from newsstand.text import clean

PUBLIC = frozenset({".well-known", ".nojekyll"})
"""Hidden names that belong to a site: RFC 8615, and GitHub's word for "publish as it is"."""

LARGEST = 8 * 1024 * 1024  # bytes of one record; the archive's largest has 143 KB


@dataclass(frozen=True, slots=True)
class Listing:
    """The files below a folder, as sorted paths with slashes, and what was passed over."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]


def list_files(folder: Path) -> Listing:
    """All files below a folder but hidden ones (see `PUBLIC`); links that leave it are problems."""
    paths: list[str] = []
    problems: list[Problem] = []
    root = os.path.realpath(folder)

    def unreadable(problem: OSError) -> None:
        path = Path(problem.filename).relative_to(folder).as_posix()
        said = f"the folder cannot be read: {problem.strerror}"
        hint = "let the build read it, or delete it"
        problems.append(at_line(path, 1, "file-unreadable", said, hint))

    for base, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if _is_shown(name))
        for name in sorted(folders + names):
            full = Path(base, name)
            path = full.relative_to(folder).as_posix()
            if name in names and _is_shown(name) and not _is_printable(path):
                problems.append(_odd_name(path))
            elif full.is_symlink() and not _inside(os.path.realpath(full), root):
                problems.append(_leads_out(path))
            elif name in names and _is_shown(name) and full.is_file():
                paths.append(path)
    return Listing(tuple(sorted(paths)), tuple(problems))


def _is_shown(name: str) -> bool:
    return not name.startswith(".") or name in PUBLIC


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root + os.sep)


def _leads_out(path: str) -> Problem:
    return at_line(
        path,
        1,
        "link-leads-out",
        "this link leads out of the folder",
        "put the file itself here",
    )


def _is_printable(path: str) -> bool:
    """A file name is an address: no control characters, nothing that is not UTF-8."""
    return clean(path) == path and path.isprintable()


def _odd_name(path: str) -> Problem:
    shown = "".join(c if c.isprintable() else "?" for c in clean(path))
    return at_line(
        shown,
        1,
        "file-name",
        "the file's name holds a character that cannot be printed",
        "rename it with letters, digits and dashes; until then it is left out",
    )


def read_bytes(path: Path) -> bytes:
    """A file's bytes, at most one more than `LARGEST`."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def read_text(folder: Path, path: str) -> tuple[str, Problem | None]:
    """The text of a file below a folder, with Unix line ends, or the reason why there is none."""
    try:
        data = read_bytes(folder / path)
    except OSError as problem:
        said = f"the file cannot be read: {problem.strerror or problem}"
        return "", at_line(path, 1, "file-unreadable", said, "let the build read it, or delete it")
    return decode(data, path)


def decode(data: bytes, path: str) -> tuple[str, Problem | None]:
    """A record's bytes -> its text with Unix line ends, or the reason why there is none."""
    if not data.strip():
        return "", at_line(
            path, 1, "file-empty", "the file is empty", "write a record into it, or delete it"
        )
    if len(data) > LARGEST:
        return "", at_line(
            path,
            1,
            "file-large",
            f"the file is over {LARGEST // 2**20} MB",
            "keep records short, and link to what is long",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", _unreadable(path, data, 0, "file-encoding", "the file is UTF-16, not UTF-8")
    if b"\x00" in data:
        place = data.index(b"\x00")
        said = "the file holds bytes that are no text"
        return "", _unreadable(path, data, place, "file-binary", said)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        said = f"the byte 0x{data[problem.start]:02X} is no part of UTF-8 text"
        return "", _unreadable(path, data, problem.start, "file-encoding", said)
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


_REMEDIES = {
    "file-encoding": "save the file as UTF-8",
    "file-binary": "save it as text in UTF-8, or move it out of the content folder",
}


def _unreadable(path: str, data: bytes, place: int, code: str, said: str) -> Problem:
    line_start = data.rfind(b"\n", 0, place) + 1
    column = len(data[line_start:place].decode("utf-8", "replace")) + 1
    line = data.count(b"\n", 0, place) + 1
    return Problem(path, line, column, Severity.ERROR, code, said, _REMEDIES[code])
