"""A file of the content folder: what could be mended in it, and its text with all of that mended.

Comments, spaces and everything that is not understood stay byte for byte. A mended record reads to
the same article; where that cannot be shown, the file is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import unified_diff
from itertools import pairwise

import yaml
from msgspec.structs import replace

from newsstand.check.fix.keys import rename_keys
from newsstand.check.fix.rules import (
    Finder,
    apply,
    dates,
    entities,
    entries,
    find_mends,
    keys_twice,
    order,
    spaces,
)
from newsstand.check.fix.yaml_edit import Edit, Layout, edited, readable
from newsstand.content.file_kinds import is_record
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.split import read_mapping, read_record
from newsstand.content.kinds.record import read_article
from newsstand.content.never_published import is_secured_key
from newsstand.content.record_keys import RECORD_ORDER
from newsstand.model import ArticleBody, Coverage
from newsstand.problems import Problem
from newsstand.text.strings import clean, has_entities

_LATEST = datetime.max.replace(tzinfo=UTC)  # no record is dated ahead of it
_ROUNDS = 6  # what one mend uncovers, the next round mends
_KEYS_ONLY = (".yaml", ".yml")
# Signs without which nothing can be found: most records need not be looked at closely.
_DATE = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?:publishedDateTime|updatedDateTime)\b(.*)$", re.MULTILINE
)
_IN_UTC = re.compile(r"[\"']?\s*:\s*[\"']?\d[\d:.T -]*[Zz][\"']?")
_FENCE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_SPACES = re.compile(r"[ \t]$", re.MULTILINE)
_TOP_KEY = re.compile(r"^[\"']?([A-Za-z]+)[\"']?[ \t]*:", re.MULTILINE)
_A_URL = re.compile(r"^[ \t-]*[\"']?(?:url|\w+Url)[\"']?[ \t]*:.*$", re.MULTILINE)
_LIST = re.compile(
    r"^[\"']?(?:related|topics)[\"']?[ \t]*:[^\n]*\n((?:[ \t-][^\n]*\n|[ \t]*(?:#[^\n]*)?\n)+)",
    re.MULTILINE,
)
_ENTRY = re.compile(r"^([ \t]*)-[ \t]", re.MULTILINE)
_TITLE = re.compile(r"^[ \t-]*[\"']?title[\"']?[ \t]*:(.*)$", re.MULTILINE)
_LINK = re.compile(r"^[ \t-]*[\"']?(?:webUrl|originalUrl)[\"']?[ \t]*:(.*)$", re.MULTILINE)


def findings(text: str, path: str) -> Iterator[Problem]:
    """What could be mended in a file (Unix line ends), each at its place.

    `message` is empty where reading the file has said it already.
    """
    front = _front(text, path)
    if front is None:
        return
    offset, keys = front
    lines_before = text.count("\n", 0, offset)
    finders = _finders(path, keys)
    layout = readable(keys) if finders and _can_be_trusted(text, path) else None
    if layout is None:
        return
    for finder in finders:
        for mend in find_mends(layout, finder):
            if mend.message or mend.edits:
                line, column = layout.place(mend.offset)
                where = (path, lines_before + line, column)
                yield Problem(*where, mend.severity, mend.code, mend.message, mend.remedy)


def mended(text: str, path: str) -> str:
    """A file's text (Unix line ends) with all that is safe to mend; itself where nothing is."""
    front = _front(text, path)
    if front is None:
        return text
    offset, keys = front
    is_keyed = is_record(path) and not path.endswith(_KEYS_ONLY)
    new = rename_keys(keys) if is_keyed else keys
    if (new == keys and not _finders(path, keys)) or not _can_be_trusted(text, path):
        return text
    for _ in range(_ROUNDS):
        before = new
        for finder in _finders(path, new):
            layout = readable(new)
            new = apply(layout, find_mends(layout, finder)) if layout else new
        if new == before:
            break
    whole = text[:offset] + new + text[offset + len(keys) :]
    return whole if _reads_the_same(text, whole, path) else text


def _front(text: str, path: str) -> tuple[int, str] | None:
    """Where the YAML of a file begins, and the YAML; None where there is none."""
    if path.endswith(_KEYS_ONLY) and not text.lstrip().startswith("---"):
        return (0, text)
    fences = _FENCE.finditer(text, len(text) - len(text.lstrip()))
    first, second = next(fences, None), next(fences, None)
    if first is None or second is None or text[: first.start()].strip():
        return None
    return first.end() + 1, text[first.end() + 1 : second.start()]


def _can_be_trusted(text: str, path: str) -> bool:
    """Whether the file is read, and holds nothing secret in the wrong place."""
    try:
        if path.endswith(_KEYS_ONLY) and not text.lstrip().startswith("---"):
            return not read_mapping(text)[1]
        record, findings = read_record(text)
    except Broken:
        return False
    front = _front(text, path)
    same = record.front_text.strip() == (front[1].strip() if front else "")
    return same and not any(f.code == "secured-astray" for f in findings)


def _finders(path: str, keys: str) -> tuple[Finder, ...]:
    """The rules that could find anything, by a look at the lines. Their order matters."""
    has_spaces = bool(_SPACES.search(keys))
    if not is_record(path) or path.endswith(_KEYS_ONLY):
        return (spaces,) if has_spaces else ()
    odd = keys.lstrip().startswith(("{", "?"))  # keys that do not stand each in its line
    tops = _TOP_KEY.findall(keys)
    wanted: dict[Finder, bool] = {
        keys_twice: len(set(tops)) < len(tops),
        entries: any(_repeats(block) for block in _LIST.findall(keys)),
        dates: odd or any(not _IN_UTC.fullmatch(d.rstrip()) for d in _DATE.findall(keys)),
        entities: "&" in keys and has_entities(_A_URL.sub("", keys)),
        order: odd or not _is_in_order(tops),
        spaces: has_spaces,
    }
    return tuple(finder for finder, is_wanted in wanted.items() if is_wanted)


def _repeats(block: str) -> bool:
    """Whether a list has two entries with the same title (or words) and a link in common."""
    indents = list(_ENTRY.finditer(block))
    starts = [m.start() for m in indents if m.group(1) == indents[0].group(1)]
    seen: dict[str, list[set[str]]] = {}
    for start, end in pairwise([*starts, len(block)]):
        entry = block[start:end]
        title = _TITLE.search(entry)
        name = (title.group(1) if title else entry.strip(" \t\n-")).strip("\"' ")
        links = {link.strip("\"' ") for link in _LINK.findall(entry)}
        others = seen.setdefault(name, [])
        if any(links & other or not links for other in others):
            return True
        others.append(links)
    return False


def _is_in_order(tops: list[str]) -> bool:
    places = [RECORD_ORDER.index(key) for key in tops if key in RECORD_ORDER]
    return places == sorted(places)


def _reads_the_same(old: str, new: str, path: str) -> bool:
    """Whether both texts are one article but for related pieces that stood twice."""
    if not is_record(path) or path.endswith(_KEYS_ONLY):
        return True  # only spaces have gone, and the keys say the same
    before = read_article(old, path, _LATEST, lambda _: "")
    after = read_article(new, path, _LATEST, lambda _: "")
    if before.article is None or after.article is None:
        return before.article is after.article and before.held_back == after.held_back
    return before.article == after.article and _are_bodies_equal(before.body, after.body)


def _are_bodies_equal(before: ArticleBody, after: ArticleBody) -> bool:
    pieces_before: set[Coverage] = set(before.related)
    keys = {key for piece in before.related for key in piece.keys}
    kept = {key for piece in after.related for key in piece.keys}
    return (
        replace(before, related=()) == replace(after, related=())
        and set(after.related) <= pieces_before
        and kept == keys
    )


def diff(old: str, new: str, name: str) -> str:
    """A unified diff for people. The value of `secured` and control characters are not in it."""
    lines = unified_diff(
        _to_show(old).splitlines(keepends=True),
        _to_show(new).splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    shown = ("".join(c if c.isprintable() or c in "\n\t" else "?" for c in line) for line in lines)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in shown)


def _to_show(text: str) -> str:
    """A file's text without the values of keys `secured`."""
    front = _front(text, ".md" if text.lstrip().startswith("---") else ".yaml")
    if front is None:
        return ""
    offset, keys = front
    try:
        layout = Layout(keys)
    except Broken:
        return ""
    edits = [Edit(first, behind, "…") for first, behind in _secrets(layout, layout.root)]
    return clean(text[:offset] + edited(keys, edits) + text[offset + len(keys) :])


def _secrets(layout: Layout, node: yaml.Node | None) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and is_secured_key(key.value):
                first, behind = layout.start(value), layout.end(value)
                # A block ends where the next line begins.
                yield first, behind - layout.text[first:behind].endswith("\n")
            else:
                yield from _secrets(layout, value)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _secrets(layout, entry)
