"""The disk, for reading: which files a folder holds, and their text."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from newsstand.content.file_stamps import Stamp, stamp_of
from newsstand.problems import Problem, Severity, at_line, quoted
from newsstand.text.strings import clean

PUBLIC = frozenset({".well-known", ".nojekyll"})
"""Hidden names that belong to a site: RFC 8615, and GitHub's word for "publish as it is"."""

LARGEST = 8 * 1024 * 1024  # bytes of one record; the archive's largest has 143 KB
_MOST = 256 * 1024  # bytes that hold nearly every record: so much memory is asked for at first


class Listing(Struct, frozen=True):
    """The files below a folder: sorted paths with slashes, their stamps, what was passed over."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    stamps: Mapping[str, Stamp]


def list_files(folder: Path) -> Listing:
    """All files below a folder but hidden ones (see `PUBLIC`); links that leave it are problems."""
    stamps: dict[str, Stamp] = {}
    problems: list[Problem] = []
    root = os.path.realpath(folder)
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(f"{folder}/{above}" if above else folder) as entries:
                shown = [e for e in entries if not e.name.startswith(".") or e.name in PUBLIC]
        except OSError as problem:
            if above:  # a folder that is not there holds nothing
                problems.append(_unreadable_folder(above, problem))
            continue
        for entry in shown:
            path = f"{above}/{entry.name}" if above else entry.name
            if entry.is_file(follow_symlinks=False) and _is_printable(path):
                stamps[path] = stamp_of(entry.stat(follow_symlinks=False))
            elif entry.is_symlink() and not _is_inside(os.path.realpath(entry.path), root):
                problems.append(_leads_out(path))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif not _is_file(entry):
                problems.append(_no_file(path, entry))
            elif _is_printable(path):
                stamps[path] = stamp_of(entry.stat())
            else:
                problems.append(_odd_name(path))
    odd = [path for path in stamps if not _PLAIN.fullmatch(path)]
    problems += [_refused_elsewhere(path) for path in odd if _REFUSED.search(path)]
    return Listing(tuple(sorted(stamps)), tuple(problems), stamps)


# Names that Windows refuses, and hosts that take a site as an archive (GitHub's artifacts).
_REFUSED = re.compile(
    r"[:?*\"<>|\\]|[. ](?=/|$|\.md$)|(?:^|(?<=/))(?:con|prn|aux|nul|com\d|lpt\d)(?=[./]|$)",
    re.IGNORECASE,
)
# What is surely none of them, as nearly all names are; found out ten times as fast.
_PLAIN = re.compile(r"(?:(?:^|[./])(?!con|prn|aux|nul|com|lpt)[a-z0-9_-]++)++")


def _refused_elsewhere(path: str) -> Problem:
    match = _REFUSED.search(path)
    sign = match.group() if match else ""
    what = "ends in a dot or a space" if sign in (".", " ") else f"holds {quoted(sign)}"
    what = f"is {quoted(sign)}, the name of a device" if sign.isalnum() else what
    message = f"the file's name {what}, which other systems refuse"
    hint = "rename it with letters, digits and dashes: its name is its address"
    return Problem(path, 1, 1, Severity.WARNING, "file-name-elsewhere", message, hint)


def _no_file(path: str, entry: os.DirEntry[str]) -> Problem:
    """What is said of a link that leads nowhere or to a folder, of a pipe, a socket, a device."""
    message = "this is no file and no folder; it is passed over"
    hint = "put the file itself here"
    if entry.is_symlink():
        is_folder = os.path.isdir(entry.path)  # noqa: PTH112  (it is text)
        message = (
            "this link leads to a folder, and is not followed"
            if is_folder
            else "this link leads nowhere"
        )
        hint = "put the folder itself here" if is_folder else "mend the link, or delete it"
    return Problem(path, 1, 1, Severity.WARNING, "file-no-file", message, hint)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # links that lead to each other
        return False


def _unreadable_folder(path: str, problem: OSError) -> Problem:
    message = f"the folder cannot be read: {problem.strerror}"
    return at_line(path, 1, "file-unreadable", message, "let the build read it, or delete it")


def _is_inside(path: str, root: str) -> bool:
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
    return path.isprintable() and (path.isascii() or clean(path) == path)


def _odd_name(path: str) -> Problem:
    shown = "".join(c if c.isprintable() else "?" for c in clean(path))
    return at_line(
        shown,
        1,
        "file-name",
        "the file's name holds a character that cannot be printed",
        "rename it with letters, digits and dashes; until then it is left out",
    )


def read_bytes(path: Path | str) -> bytes:
    """A file's bytes, at most one more than `LARGEST`."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (thousands of paths are text)
        data = file.read(_MOST)
        while len(data) <= LARGEST and (more := file.read(_MOST)):
            data += more
        return data[: LARGEST + 1]


def read_text(folder: Path, path: str) -> tuple[str, Problem | None]:
    """The text of a file below a folder, with Unix line ends, or the reason why there is none."""
    try:
        data = read_bytes(folder / path)
    except OSError as problem:
        return "", unreadable_file(path, problem)
    return decode(data, path)


def unreadable_file(path: str, problem: OSError) -> Problem:
    """What is said of a file that the disk does not give."""
    message = f"the file cannot be read: {problem.strerror or problem}"
    return at_line(path, 1, "file-unreadable", message, "let the build read it, or delete it")


def decode(data: bytes, path: str) -> tuple[str, Problem | None]:
    """A record's bytes -> its text with Unix line ends, or the reason why there is none."""
    if not data or data.isspace():
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
        message = "the file holds bytes that are no text"
        return "", _unreadable(path, data, place, "file-binary", message)
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as problem:
        message = f"the byte 0x{data[problem.start]:02X} is no part of UTF-8 text"
        return "", _unreadable(path, data, problem.start, "file-encoding", message)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, None


_REMEDIES = {
    "file-encoding": "save the file as UTF-8",
    "file-binary": "save it as text in UTF-8, or move it out of the content folder",
}


def _unreadable(path: str, data: bytes, place: int, code: str, message: str) -> Problem:
    line_start = data.rfind(b"\n", 0, place) + 1
    column = len(data[line_start:place].decode("utf-8", "replace")) + 1
    line = data.count(b"\n", 0, place) + 1
    return Problem(path, line, column, Severity.ERROR, code, message, _REMEDIES[code])
