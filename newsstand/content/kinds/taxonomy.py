"""Files about topics and outlets, plain pages, and the editor's word on stories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec.structs import replace

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.positions import Places, locate, place_findings, place_of
from newsstand.content.front_matter.split import Record, read_mapping, read_record
from newsstand.content.front_matter.yaml_parser import Broken
from newsstand.content.kinds.cached_picture import stored_logo
from newsstand.content.kinds.feed import read_feeds
from newsstand.content.kinds.picture import FindPicture, read_picture
from newsstand.model import Decision, Decisions, Picture, PlainPage, Provider, Topic
from newsstand.problems import Finding, Problem, error, quoted
from newsstand.text.strings import one_line, slug

TOPIC_KEYS = frozenset(
    "taxonomy _id name shortname parent description keywords hashtags images services".split()
)
PROVIDER_KEYS = frozenset(
    "taxonomy _id name domain description otherNames images feeds url title".split()
)
PAGE_KEYS = frozenset({"title", "description", "excerpt"})
DECISION_KEYS = frozenset({"merge", "split", "pin", "title"})

T = TypeVar("T")
Outcome = tuple[T | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's keys with what is needed to place findings in it."""

    values: Fields
    findings: list[Finding]
    text: str
    line: int
    body: str


def read_topic(text: str, path: str, find_picture: FindPicture) -> Outcome[Topic]:
    """A file of ``topics/`` -> a topic. Its parent is still a name, see `resolve_parents`."""

    def build(source: _Source) -> Topic | None:
        values = source.values
        values.expect(TOPIC_KEYS, "a topic")
        name = values.line("name")
        if not name:
            values.note(
                error(
                    ("name",),
                    "topic-no-name",
                    "the topic has no name",
                    "add name: and what the topic is called",
                )
            )
            return None
        return Topic(
            id=slug(values.line("_id") or name),
            name=name,
            shortname=values.line("shortname"),
            parent=values.line("parent"),
            description=values.line("description"),
            keywords=values.lines("keywords"),
            hashtags=values.lines("hashtags"),
            pictures=_pictures(values, find_picture),
        )

    return _read(text, path, build)


def read_provider(text: str, path: str, find_picture: FindPicture) -> Outcome[Provider]:
    """A file of ``providers/`` -> an outlet."""

    def build(source: _Source) -> Provider | None:
        values = source.values
        values.expect(PROVIDER_KEYS, "an outlet")
        domain = values.domain("domain") or values.domain("_id")
        if not domain and (values.raw("domain") or values.raw("_id")):
            return None  # what is wrong with it is a problem already
        if not domain:
            values.note(
                error(
                    ("domain",),
                    "outlet-no-domain",
                    "the outlet has no domain",
                    "add domain: harbour.example",
                )
            )
            return None
        read_feeds(values)  # for what is wrong with them: `fetch` asks for them itself
        return Provider(
            domain=domain,
            name=values.line("name") or domain,
            description=values.line("description") or one_line(source.body),
            other_names=values.lines("otherNames"),
            pictures=_pictures(values, find_picture) or tuple(stored_logo(domain, find_picture)),
        )

    return _read(text, path, build)


def read_page(text: str, path: str) -> Outcome[PlainPage]:
    """A file of ``pages/`` -> a plain page; without front matter its first line is the title."""

    def build(source: _Source) -> PlainPage | None:
        source.values.expect(PAGE_KEYS, "a page")
        title, body = source.values.line("title"), source.body
        if not title:
            first, _, body = body.partition("\n")
            title = one_line(first.lstrip("# "))
        if not title:
            source.values.note(
                error(("title",), "title-missing", "the page has no title", "add title: About")
            )
            return None
        description = source.values.line("description") or source.values.line("excerpt")
        name = slug(PurePosixPath(path).stem)
        return PlainPage(path, name, title, description, body.strip())

    return _read(text, path, build)


def read_decisions(text: str, path: str) -> Outcome[Decisions]:
    """The text of ``stories.yml`` -> the editor's word on stories, in record paths."""
    places = locate(text, 1)

    def build(source: _Source) -> Decisions:
        values = source.values
        values.expect(DECISION_KEYS, "stories.yml")
        return Decisions(
            path=path,
            merge=_groups(values, "merge", places),
            split=_groups(values, "split", places),
            pin=_pinned(values, places),
            title=_titles(values, places),
        )

    return _read(text, path, build, front_matter=False)


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
        known = set(values.lines("pin"))
        entries = values.entries("pin") if isinstance(given, list) else [(0, given)]
        chosen = [(e.strip(), i) for i, e in entries if isinstance(e, str) and e.strip() in known]
    found = [(path, place_of(("pin", key), places)) for path, key in chosen]
    return tuple(Decision((path,), place, (place,)) for path, place in found)


def _titles(values: Fields, places: Places) -> tuple[Decision, ...]:
    below = values.below("title")
    given = values.raw("title")
    if below is None or not isinstance(given, dict):
        return ()
    found = ((path, below.line(path), place_of(("title", path), places)) for path in given)
    return tuple(Decision((path,), place, (place,), title) for path, title, place in found if title)


def _pictures(values: Fields, find_picture: FindPicture) -> tuple[Picture, ...]:
    given = values.raw("images")
    if isinstance(given, list) and all(isinstance(x, str) for x in given):
        entries: list[Fields] = []
        for index, address in enumerate(given):
            one: dict[str, Value] = {"url": address}
            entries.append(Fields(one, ("images", index), values.findings))
    else:
        entries = values.each("images")
    found = (read_picture(entry, find_picture) for entry in entries)
    return tuple(picture for picture in found if picture)


def _read(
    text: str, path: str, build: Callable[[_Source], T | None], front_matter: bool = True
) -> Outcome[T]:
    try:
        source = _source(text, path, front_matter)
    except Broken as broken:
        return None, (broken.problem(path),)
    value = build(source)
    return value, place_findings(tuple(source.findings), path, source.text, source.line)


def _source(text: str, path: str, front_matter: bool) -> _Source:
    """YAML files hold keys only; Markdown files hold keys between fences, and a body."""
    record: Record | None = None
    found: tuple[Finding, ...] = ()
    if front_matter and (not path.endswith((".yaml", ".yml")) or text.lstrip().startswith("---")):
        record, found = read_record(text)
    if record is None:
        front, found = read_mapping(text)
        findings = list(found)
        return _Source(Fields(front, (), findings), findings, text, 1, "")
    findings = list(found)
    values = Fields(record.front or {}, (), findings)
    return _Source(values, findings, record.front_text, record.front_line, record.body)


Late = tuple[str, Finding]
"""A finding that shows only when all files are read, with the path of its file."""


def resolve_parents(
    topics: tuple[tuple[str, Topic], ...],
) -> tuple[tuple[Topic, ...], tuple[Late, ...]]:
    """Topics with their files, parents as names -> topics with parents as ids.

    A parent that does not exist, or that stands below its own child, is a problem; the
    topic then stands at the top.
    """
    ids = {t.id: t.id for _, t in topics}
    ids.update({t.shortname.casefold(): t.id for _, t in topics if t.shortname})
    ids.update({t.name.casefold(): t.id for _, t in topics})  # a name beats a short name
    parents = {t.id: ids.get(t.parent.casefold(), "") for _, t in topics}
    late: list[Late] = []
    resolved = []
    for path, topic in topics:
        parent = parents[topic.id]
        if topic.parent and not parent:
            late.append((path, _no_parent(topic.parent)))
        elif _in_a_circle(topic.id, parents):
            late.append((path, _circle()))
            parent = ""
        resolved.append(replace(topic, parent=parent))
    return tuple(resolved), tuple(late)


def _no_parent(name: str) -> Finding:
    return error(
        ("parent",),
        "topic-no-parent",
        f"there is no topic {quoted(name)} to be the parent",
        "add a file for it in topics/, or mend the name",
    )


def _circle() -> Finding:
    return error(
        ("parent",), "topic-circle", "the topic is its own ancestor", "delete one of the parents"
    )


def _in_a_circle(topic: str, parents: dict[str, str]) -> bool:
    """Whether the way up from a topic comes back to it."""
    seen: set[str] = set()
    above = parents.get(topic, "")
    while above and above not in seen:
        if above == topic:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False
