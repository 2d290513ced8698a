"""The file ``stories.yml``: the editor's word on stories."""

from __future__ import annotations

from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.positions import Places, locate, place_of
from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, read_keyed_file
from newsstand.model import Decision, Decisions
from newsstand.problems import error, quoted

DECISION_KEYS = frozenset({"merge", "split", "pin", "title"})


def read_decisions(text: str, path: str) -> Outcome[Decisions]:
    """The text of ``stories.yml`` -> the editor's word on stories, in record paths."""
    places = locate(text, 1)

    def build(source: KeyedFile) -> Decisions:
        values = source.values
        values.expect(DECISION_KEYS, "stories.yml")
        return Decisions(
            path=path,
            merge=_groups(values, "merge", places),
            split=_groups(values, "split", places),
            pin=_pinned(values, places),
            title=_titles(values, places),
        )

    return read_keyed_file(text, path, build, front_matter=False)


def _groups(values: Fields, key: str, places: Places) -> tuple[Decision, ...]:
    good = []
    for index, group in values.entries(key):
        paths = group if isinstance(group, list) else []
        names = tuple(dict.fromkeys(p.strip() for p in paths if isinstance(p, str)))
        if len(names) < 2 or len(names) != len(paths):
            values.note(
                error(
                    (key, index),
                    "decision-invalid",
                    f"{key} holds {quoted(group)}, not a list of two or more records",
                    "write - [news/one.md, news/two.md]",
                )
            )
        else:
            each = tuple(place_of((key, index, i), places) for i in range(len(names)))
            good.append(Decision(names, place_of((key, index), places), each))
    return tuple(good)


def _pinned(values: Fields, places: Places) -> tuple[Decision, ...]:
    given = values.raw("pin")
    chosen: list[tuple[str, str | int]]
    if isinstance(given, dict):  # {path: true} says the same as a list of paths
        flags = values.below("pin")
        chosen = [(path, path) for path in given if flags and flags.flag(path)]
    else:
        records = set(values.lines("pin"))
        entries = values.entries("pin") if isinstance(given, list) else [(0, given)]
        chosen = [(e.strip(), i) for i, e in entries if isinstance(e, str) and e.strip() in records]
    pins = [(path, place_of(("pin", key), places)) for path, key in chosen]
    return tuple(Decision((path,), place, (place,)) for path, place in pins)


def _titles(values: Fields, places: Places) -> tuple[Decision, ...]:
    below = values.below("title")
    given = values.raw("title")
    if below is None or not isinstance(given, dict):
        return ()
    titles = ((path, below.line(path), place_of(("title", path), places)) for path in given)
    return tuple(
        Decision((path,), place, (place,), title) for path, title, place in titles if title
    )
