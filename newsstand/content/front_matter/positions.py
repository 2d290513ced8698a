"""Where keys stand: findings at keys -> problems at lines and columns.

Lines are looked up only for a file with a problem: it is composed once more, unless all that is
asked for are keys in the first column of a text that is written plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsstand.content.front_matter.fast_yaml import read_plain
from newsstand.content.front_matter.fences import JSON, YAML
from newsstand.problems import Finding, Place, Problem

Places = dict[Place, tuple[int, int]]
_BELOW_TOP = 2  # keys: one stands in another
_KEY_AT_TOP = re.compile(r"([A-Za-z0-9_][\w./-]*):")
_KEY = re.compile(r"([ \t]*[\"']?)([A-Za-z][\w .-]*?)[\"']?[ \t]*[=:]")


def locate(text: str, first_line: int) -> Places:
    """YAML text -> line and column (from 1, in the file) of every key and list entry."""
    from newsstand.content.front_matter.yaml_places import places_of  # few texts have findings

    return places_of(text, first_line)


def place_findings(
    findings: Iterable[Finding],
    path: str,
    front_text: str,
    first_line: int,
    language: str = YAML,
) -> tuple[Problem, ...]:
    """Findings at keys -> problems at lines. A key that is missing stands at its parent."""
    all_findings = tuple(findings)
    if not all_findings:
        return ()
    is_yaml = language in (YAML, JSON)  # JSON is YAML too
    are_at_top = is_yaml and all(len(finding.at) < _BELOW_TOP for finding in all_findings)
    places = _lines_at_top(front_text, first_line) if are_at_top else None
    if places is None:
        places = (locate if is_yaml else _lines_of_keys)(front_text, first_line)
    return tuple(_place(finding, path, places) for finding in all_findings)


def _lines_at_top(text: str, first_line: int) -> Places | None:
    """As `locate`, of the keys at the top alone; None for a text that is not written plainly."""
    values = read_plain(text)
    if values is None:
        return None
    places: Places = {(): (first_line, 1)}
    for number, line in enumerate(text.split("\n"), first_line):
        if match := _KEY_AT_TOP.match(line):
            places[(match[1],)] = (number, 1)
    are_indented = any((key,) not in places for key in values)
    return None if are_indented or len(places) > len(values) + 1 else places


def _lines_of_keys(text: str, first_line: int) -> Places:
    """Where lines of TOML, or of other formats with a key in each line, begin with their keys."""
    places: Places = {(): (first_line, 1)}
    for number, line in enumerate(text.split("\n"), first_line):
        match = _KEY.match(line)
        if match:
            places.setdefault((match[2],), (number, len(match[1]) + 1))
    return places


def place_of(at: Place, places: Places) -> tuple[int, int]:
    """Line and column of a key, or of what it stands in."""
    while at not in places:
        at = at[:-1]
    return places[at]


def _place(finding: Finding, path: str, places: Places) -> Problem:
    line, column = place_of(finding.at, places)
    return Problem(
        path, line, column, finding.severity, finding.code, finding.message, finding.hint
    )
