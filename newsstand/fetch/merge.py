"""What a feed changes in a record that stands: a three-way merge, value by value.

What we wrote is known by its mark, see `fetch.records`. Where only the feed changed a value, the
record takes it; where only the editor did, his stands; where both did, his stands too, and is told
once for each change of the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import yaml

from newsstand.content.draft import quoted_scalar
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.split import read_record
from newsstand.content.front_matter.yaml_parser import compose
from newsstand.fetch.items import Item
from newsstand.fetch.records import MERGED, Known, values_of
from newsstand.problems import Problem, Severity, quoted
from newsstand.text.date_names import iso
from newsstand.text.links import piece_key, web_link
from newsstand.text.strings import one_line, short_hash


@dataclass(frozen=True, slots=True)
class Merged:
    """The record's new text (the old one where nothing changes), and what both have changed."""

    text: str
    problems: tuple[Problem, ...] = ()


def differs(fetched_record: Known, item: Item) -> bool:
    """Whether a feed now says something else than when the record was last brought up to date."""
    came = values_of(item)
    return any(_is_new(key, fetched_record.fetched.get(key), came[key]) for key in MERGED)


def _is_new(key: str, wrote: str | None, came: str) -> bool:
    return wrote is not None and short_hash(came) != wrote and bool(came or key != "excerpt")


def merge(text: str, fetched_record: Known, item: Item, now: datetime) -> Merged:
    """A record's text (with Unix line ends) with what its feed changed."""
    try:
        record, _ = read_record(text)
        root = compose(record.front_text, 1)
    except Broken:
        return Merged(text)  # a build says what is wrong with it
    if not isinstance(root, yaml.MappingNode):
        return Merged(text)
    start = text.index(record.front_text) if record.front_text else 0
    editor = _Edits(record.front_text, root)
    problems = tuple(_merged(editor, fetched_record, item, record.front_line))
    if editor.takes_over:
        editor.put_updated(iso(min(item.updated or now, now)))
    front = editor.text()
    return Merged(text[:start] + front + text[start + len(record.front_text) :], problems)


def _merged(editor: _Edits, fetched_record: Known, item: Item, line: int) -> Iterator[Problem]:
    for key, came in values_of(item).items():
        wrote = fetched_record.fetched.get(key)
        if not _is_new(key, wrote, came):
            continue
        stands = editor.value(key)
        if key == "webUrl" and stands and piece_key(web_link(stands)) == piece_key(came):
            continue
        editor.put(("fetched", key), short_hash(came))
        if stands is not None and short_hash(one_line(stands)) == wrote:
            editor.put((key,), came)
            editor.takes_over = True
        elif stands is None or one_line(stands) != came:
            place = editor.place(key)
            yield _both_changed(
                fetched_record.path, key, stands, came, line + place[0], place[1] + 1
            )


def _both_changed(
    path: str, key: str, stands: str | None, came: str, line: int, column: int
) -> Problem:
    message = f"{key} is {quoted(stands or '')} here, and its feed now says {quoted(came)}"
    hint = "yours stands; write the other one if you like it better"
    return Problem(path, line, column, Severity.WARNING, "fetch-both-changed", message, hint)


class _Edits:
    """Changes to YAML text that touch nothing else."""

    def __init__(self, text: str, root: yaml.MappingNode) -> None:
        self._text = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._nodes = dict(_scalars(root, ()))
        self._changes: list[tuple[int, int, str]] = []
        self.takes_over = False

    def value(self, key: str) -> str | None:
        """The text that stands at a key."""
        node = self._nodes.get((key,))
        return node.value if node else None

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key's value, both from 0."""
        node = self._nodes.get((key,))
        return (node.start_mark.line, node.start_mark.column) if node else (0, 0)

    def put(self, at: tuple[str, ...], value: str) -> None:
        """Another value at a key that is there."""
        node = self._nodes.get(at)
        if node is not None:
            end = "\n" if node.style in ("|", ">") else ""
            self._changes.append((*self._span(node), quoted_scalar(value) + end))

    def put_updated(self, when: str) -> None:
        """``updatedDateTime``, below the other times where it is new."""
        if ("updatedDateTime",) in self._nodes:
            start, end = self._span(self._nodes[("updatedDateTime",)])
            self._changes.append((start, end, when))
            return
        times = ("arrivedDateTime", "publishedDateTime")
        after = next((self._nodes[(key,)] for key in times if (key,) in self._nodes), None)
        line = after.end_mark.line + 1 if after else 0
        at = self._starts[line]
        self._changes.append((at, at, f"updatedDateTime: {when}\n"))

    def text(self) -> str:
        """The text with all changes made."""
        text = self._text
        for start, end, new in sorted(self._changes, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _span(self, node: yaml.ScalarNode) -> tuple[int, int]:
        first, last = node.start_mark, node.end_mark
        return self._starts[first.line] + first.column, self._starts[last.line] + last.column


def _scalars(
    node: yaml.MappingNode, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            at = (*above, key.value)
            if isinstance(value, yaml.ScalarNode):
                yield at, value
            elif isinstance(value, yaml.MappingNode) and not above:
                yield from _scalars(value, at)
