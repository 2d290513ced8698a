"""Files of keys that are no records: YAML, or Markdown with keys between fences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import Record, read_mapping
from newsstand.content.kinds.foreign_keys import with_own_keys
from newsstand.content.kinds.text_header import read_keys_and_body
from newsstand.problems import Finding, Problem, warning

_HIDE = frozenset({"draft", "removed"})
T = TypeVar("T")
Outcome = tuple[T | None, tuple[Problem, ...]]


class KeyedFile(Struct, frozen=True):
    """A file's keys with what is needed to place findings in it."""

    values: Fields
    findings: list[Finding]
    text: str
    line: int
    body: str


def read_keyed_file(
    text: str, path: str, build: Callable[[KeyedFile], T | None], front_matter: bool = True
) -> Outcome[T]:
    """A file's text -> what `build` makes of its keys, and what is wrong with them."""
    try:
        source = _opened(text, path, front_matter)
    except Broken as broken:
        return None, (broken.problem(path),)
    value = build(source)
    return value, place_findings(tuple(source.findings), path, source.text, source.line)


def is_hidden(source: KeyedFile, known: frozenset[str], what: str) -> bool:
    """Whether a file about a topic or an outlet says that nobody is to see it, which is noted.

    Keys that nobody knows are noted too.
    """
    others = {key: value for key, value in source.values.all().items() if key not in known}
    if not others:
        return False
    made = with_own_keys(others, _HIDE, what)
    values = Fields(made.values, (), source.findings)
    values.written = made.written
    held = values.holds_back("draft") or values.holds_back("removed")
    if held:
        said = f"{what.removeprefix('an ').removeprefix('a ')} is held back ({held})"
        hint = "nothing, if that is meant; else mend the key"
        source.values.note(warning((), "page-held-back", f"the {said}", hint))
        return True
    source.values.expect(known | {"draft", "removed"} | set(made.written.values()), what)
    return False


def _opened(text: str, path: str, front_matter: bool) -> KeyedFile:
    """YAML files hold keys only; Markdown files hold keys between fences, and a body."""
    record: Record | None = None
    yaml_findings: tuple[Finding, ...] = ()
    if front_matter and (not path.endswith((".yaml", ".yml")) or text.lstrip().startswith("---")):
        record, yaml_findings = read_keys_and_body(text)
    if record is None:
        front, yaml_findings = read_mapping(text)
        findings = list(yaml_findings)
        return KeyedFile(Fields(front, (), findings), findings, text, 1, "")
    findings = list(yaml_findings)
    values = Fields(record.front or {}, (), findings)
    return KeyedFile(values, findings, record.front_text, record.front_line, record.body)
