"""A new record from what is known: its text, and where a content folder would have it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from newsstand.model import Picture, Provider, Topic
from newsstand.text.date_names import iso
from newsstand.text.file_names import address_key
from newsstand.text.hosts import outlet_host
from newsstand.text.links import domain_of
from newsstand.text.strings import has_entities, slug

_DAY = re.compile(r"\d{4}-\d\d-\d\d-")
_USUAL = ("news/{year}/{month}", "{year}-{month}-{day}-")
_LONGEST_NAME = 200  # bytes; file systems take 255


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a new record. `link` may be empty, `outlet` None, `schema` a comment.

    Where only the day of `published` is known, `is_day` says so, and the record names no hour; it
    is None where nobody knows it.
    `quality` is None where nobody says; `fetched` are the keys below ``fetched``, see
    `fetch.records`; `body` is Markdown.
    """

    title: str
    published: datetime | None
    link: str = ""
    outlet: Provider | None = None
    topics: tuple[str, ...] = ()
    schema: str = ""
    excerpt: str = ""
    arrived: datetime | None = None
    kind: str = ""
    quality: int | None = None
    language: str = ""
    amp: str = ""
    wire: str = ""
    pictures: tuple[Picture, ...] = ()
    fetched: tuple[tuple[str, str], ...] = ()
    body: str = ""
    is_day: bool = False


def draft_text(draft: Draft) -> str:
    """The text of the record; what is not known stands empty, to be filled in."""
    lines = [
        "---",
        *([draft.schema] if draft.schema else []),
        f"title: {quoted_scalar(draft.title)}",
    ]
    lines.append(f"excerpt: {quoted_scalar(draft.excerpt)}")
    if draft.published:
        published = iso(draft.published)[: 10 if draft.is_day else None]
        lines.append(f"publishedDateTime: {published}")
    lines += [f"arrivedDateTime: {iso(draft.arrived)}"] if draft.arrived else []
    lines.append(f"webUrl: {quoted_scalar(draft.link)}")
    lines += [f"ampWebUrl: {quoted_scalar(draft.amp)}"] if draft.amp else []
    lines += [f"type: {quoted_scalar(draft.kind)}"] if draft.kind else []
    lines += [f"quality: {draft.quality}"] if draft.quality is not None else []
    lines += [f"language: {_tag(draft.language)}"] if draft.language else []
    if draft.outlet:
        lines += ["provider:", f"  name: {quoted_scalar(draft.outlet.name)}"]
        lines += [f"  domain: {draft.outlet.domain}"] if draft.outlet.domain else []
        lines += [f"  wire: {quoted_scalar(draft.wire)}"] if draft.wire else []
    if draft.topics:
        lines += ["topics:", *(f"  - {quoted_scalar(name)}" for name in draft.topics)]
    lines += ["images:", *_picture_lines(draft.pictures)] if draft.pictures else []
    lines += (
        ["fetched:", *(f"  {k}: {quoted_scalar(v)}" for k, v in draft.fetched)]
        if draft.fetched
        else []
    )
    return "\n".join([*lines, "---", *([draft.body] if draft.body else []), ""])


def _tag(language: str) -> str:
    """A tag; Norwegian is in quotes, since YAML takes its tag for a no."""
    return quoted_scalar(language) if language.lower() in ("no", "on", "y", "n") else language


def _picture_lines(pictures: Iterable[Picture]) -> Iterator[str]:
    for picture in pictures:
        yield f"  - url: {quoted_scalar(picture.source)}"
        if picture.width and picture.height:
            yield f"    width: {picture.width}"
            yield f"    height: {picture.height}"
        if picture.title:
            yield f"    title: {quoted_scalar(picture.title)}"
        if picture.attribution:
            yield f"    attribution: {quoted_scalar(picture.attribution)}"


def quoted_scalar(text: str) -> str:
    """A YAML scalar between double quotes: JSON's way to write one is YAML's too.

    A reader decodes entities once, so what would be one is written in a way that survives that.
    """
    plain = text.replace("&", "&amp;") if has_entities(text) else text
    return json.dumps(plain, ensure_ascii=False)


def draft_path(draft: Draft, published: datetime, records: Collection[str]) -> str:
    """Where the record of this time goes, below the content folder, as most of its records do.

    No two records have one address, and no file is ever written over: a name that is taken
    gets a number.
    """
    folder, prefix = _habit(records)
    day = iso(published)
    parts = {"year": day[:4], "month": day[5:7], "day": day[8:10]}
    name = _cut(f"{prefix.format(**parts)}{slug(draft.title)}")
    return free_path(folder.format(**parts), name, taken_addresses(records))


def taken_addresses(records: Iterable[str]) -> set[str]:
    """The addresses that the records at these paths have, as `free_path` compares them."""
    return {address_key(PurePosixPath(path).stem) for path in records}


def usual_name(draft: Draft) -> str:
    """The usual name of a record's file: its day where that is known, then its headline."""
    day = f"{iso(draft.published)[:10]}-" if draft.published else ""
    return _cut(f"{day}{slug(draft.title)}")


def free_path(folder: str, name: str, taken: Collection[str]) -> str:
    """A path in a folder; a name whose address is taken gets a number."""
    free = name
    number = 2
    while address_key(free) in taken:
        free = f"{name}-{number}"
        number += 1
    return f"{folder}/{free}.md".lstrip("/")


def _cut(name: str) -> str:
    return name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").rstrip("-")


def _habit(records: Iterable[str]) -> tuple[str, str]:
    """The folder and the beginning of the name that most records have, by their date."""
    seen = Counter(_habit_of(PurePosixPath(path)) for path in records)
    best = max(seen.values(), default=0)
    return min((habit for habit, count in seen.items() if count == best), default=_USUAL)


def _habit_of(path: PurePosixPath) -> tuple[str, str]:
    parts = []
    waiting = ["{year}", "{month}", "{day}"]
    for part in path.parts[:-1]:
        digits = 4 if waiting[:1] == ["{year}"] else 2
        is_date = bool(waiting) and part.isdigit() and len(part) == digits
        plain = part.replace("{", "{{").replace("}", "}}")
        parts.append(waiting.pop(0) if is_date else plain)
    return "/".join(parts), _USUAL[1] if _DAY.match(path.name) else ""


def find_outlet(wanted: str, host: str, outlets: Collection[Provider]) -> Provider | None:
    """The outlet that is named (by domain or name), else the one of the link's host.

    An outlet that no file describes is made from what was said; None where nothing was.
    """
    word = wanted.strip().casefold().removeprefix("www.")
    for outlet in outlets:
        names = (outlet.domain, outlet.name, *outlet.other_names, *outlet.domains)
        if word and word in (name.casefold() for name in names):
            return outlet
    if word:
        domain = domain_of(word) if "." in word else ""
        return Provider(domain or host, wanted.strip())
    own = next((o for o in outlets if outlet_host(host) in o.domains), None)
    if own is not None:
        return own
    hosts = sorted(o.domain for o in outlets if host == o.domain or host.endswith(f".{o.domain}"))
    if hosts:
        longest = max(hosts, key=len)
        return next(o for o in outlets if o.domain == longest)
    return Provider(host, host) if host else None


def find_topic(wanted: str, topics: Collection[Topic]) -> str:
    """The name of the topic that is meant (by name, short name or id); "" where none is."""
    word = wanted.strip().casefold()
    for field in ("name", "shortname", "id"):
        for topic in topics:
            if getattr(topic, field).casefold() == word:
                return topic.name
    return ""
