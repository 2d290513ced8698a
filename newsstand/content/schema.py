"""JSON Schema (draft 2020-12) of all files that an editor writes, made from the readers' own keys.

Editors use them for completion and for underlining mistakes as one types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from newsstand.content import record_keys
from newsstand.content import schema_types as kind
from newsstand.content.kinds import (
    decisions,
    feed,
    outlet,
    page,
    picture,
    setting_types,
    settings,
    topic,
)
from newsstand.content.kinds.fediverse import read_handle
from newsstand.content.schema_types import Schema, described

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schema"
"""Where the schemas of a site lie, below its folder."""

_PICTURE = {
    "url": described(
        kind.needed_text(), "a picture of the site (pictures/bridge.svg), or an address"
    ),
    "width": described(kind.whole(), "pixels"),
    "height": described(kind.whole(), "pixels"),
    "title": described(kind.text(), "what it shows, for those who do not see it"),
    "attribution": described(kind.text(), "who made it"),
    "isCached": described(kind.flag(), "read for other programs; not used"),
}


def _named(chosen: Iterable[str], kinds: Mapping[str, Schema]) -> dict[str, Schema]:
    """The kinds of these keys, in the order of `kinds`. Raises KeyError for a key without one."""
    wanted = set(chosen)
    if wanted - kinds.keys():
        raise KeyError(f"no kind for {sorted(wanted - kinds.keys())}")
    return {key: schema for key, schema in kinds.items() if key in wanted}


def _picture() -> Schema:
    return kind.group(_named(picture.PICTURE_KEYS, _PICTURE), ["url"])


def _pictures() -> Schema:
    """A list of addresses, or of groups of keys."""
    return kind.list_of({"anyOf": [{"type": "string"}, _picture()]})


def _outlet_of_a_piece() -> Schema:
    keys = {
        "name": described(kind.text(), "the outlet's name"),
        "domain": described(kind.domain(), "its host; without it the host of the link"),
        "images": described(_pictures(), "logos"),
        "wire": described(kind.text(), "the agency that wrote the report: AP, Reuters, …"),
        "secured": described(kind.anything(), "never read, never published"),
        "publishers": described(kind.anything(), "for other programs"),
        "authors": described(kind.anything(), "for other programs"),
    }
    full = kind.group(_named(record_keys.PROVIDER_KEYS, keys))
    return {**full, "type": ["object", "string", "number", "boolean", "null"]}


def _kinds_of_a_piece() -> dict[str, Schema]:
    return {
        "category": described(kind.one_of(record_keys.CATEGORIES), "what kind of record it is"),
        "title": described(kind.needed_text(), "the headline as the outlet wrote it"),
        "excerpt": described(kind.text(), "one or two sentences"),
        "publishedDateTime": described(kind.instant(), "when the outlet published, in UTC"),
        "arrivedDateTime": described(kind.instant(), "when it was first seen here, in UTC"),
        "updatedDateTime": described(kind.instant(), "when the outlet changed it, in UTC"),
        "webUrl": described(kind.link(), "where a reader is sent"),
        "originalUrl": described(kind.link(), "where it was found; used where there is no webUrl"),
        "ampWebUrl": described(kind.link(), "an AMP copy: never linked"),
        "cdnAmpWebUrl": described(kind.link(), "an AMP copy: never linked"),
        "type": described(kind.text(), "article, video, …"),
        "provider": described(_outlet_of_a_piece(), "the outlet"),
        "topics": described(kind.names(), "names of topics, the first is the main one"),
        "images": described(_pictures(), "the first is shown"),
        "quality": described(kind.whole(), "how good the piece is; the best leads its story"),
        "heat": described(kind.whole(), "how much attention the story has"),
        "published": described(kind.flag(), "promoted, which is not the same as public"),
        "draft": described(kind.flag(), "the record is left out"),
        "removed": described(kind.flag(), "the record is left out"),
        "expires": described(kind.instant(), "from then on the record is left out"),
        "aliases": described(kind.names(), "older addresses of the page, such as /news/old-name/"),
        "featuredContent": described(kind.text(), "a note of the editor's (Markdown)"),
        "language": described(kind.language(), "of the headline, where it is not the site's"),
        "locale": described(kind.language(), "the same as language"),
        "story": described(kind.text(), "records with the same word are one story"),
        "alone": described(kind.flag(), "true keeps the record by itself"),
        "fetched": described(kind.anything(), "where `fetch` found it, and marks of what it wrote"),
        "secured": described(kind.anything(), "never read, never published"),
    }


def record_schema() -> Schema:
    """The front matter of a record."""
    keys = _kinds_of_a_piece()
    related = kind.group(_named(record_keys.RELATED_KEYS, keys), ["title"])
    keys["related"] = described(kind.list_of(related), "other pieces; they need not be records")
    named = _named(record_keys.RECORD_KEYS, keys)
    return _top("A record", kind.group({k: named[k] for k in record_keys.RECORD_ORDER}, ["title"]))


def _kinds_of_a_topic() -> dict[str, Schema]:
    return {
        "taxonomy": described(kind.anything(), "for other programs"),
        "_id": described(kind.text(), "its place in addresses; else made from the name"),
        "name": described(kind.needed_text(), "the name that is shown, and that records use"),
        "shortname": described(kind.text(), "shown where room is short"),
        "parent": described(kind.text(), "the name of the topic above it"),
        "domain": described(kind.domain(), "its host, such as harbour.example"),
        "domains": described(kind.names(), "its other hosts: cnn.example, edition.cnn.example"),
        "description": described(kind.text(), "shown on its page"),
        "keywords": described(kind.names(), "`fetch` gives the topic to headlines that have one"),
        "hashtags": described(kind.names(), "shown on its page"),
        "otherNames": described(kind.names(), "other names of the outlet"),
        "images": described(_pictures(), "pictures of the site, or with their sizes"),
        "fediverse": described(kind.text(), "the outlet's account there: '@desk@harbour.example'"),
        "services": described(kind.anything(), "for other programs"),
        "feeds": described(kind.list_of({"anyOf": [kind.link(), _feed()]}), "the outlet's feeds"),
        "url": described(kind.anything(), "for other programs"),
        "title": described(kind.anything(), "for other programs"),
    }


def _feed() -> Schema:
    keys = {
        "url": described(kind.link(), "the feed, or a page that names it"),
        "topics": described(kind.names(), "topics of all its items"),
        "interval": described(kind.whole(), "the fewest minutes between two requests"),
        "user_agent": described(kind.text(), "the name to give to this host"),
        "language": described(kind.language(), "of its items, where the feed does not say it"),
        "full_text": described(kind.flag(), "the outlet allows that its whole texts are shown"),
    }
    return kind.group(_named(feed.FEED_KEYS, keys), ["url"])


def topic_schema() -> Schema:
    """A file of ``topics/``."""
    keys = _named(topic.TOPIC_KEYS, _kinds_of_a_topic())
    return _top("A topic", kind.group(keys, ["name"]))


def outlet_schema() -> Schema:
    """A file of ``providers/``."""
    keys = _named(outlet.OUTLET_KEYS, _kinds_of_a_topic())
    keys["name"] = described(kind.text(), "the outlet's name; else its domain")
    either = [{"required": ["domain"]}, {"required": ["_id"]}]
    return _top("An outlet", {**kind.group(keys), "anyOf": either})


def page_schema() -> Schema:
    """The front matter of a file of ``pages/``."""
    keys = {
        "title": described(kind.text(), "the page's title; else its first line"),
        "description": described(kind.text(), "one sentence, for search engines"),
        "excerpt": described(kind.text(), "the same as description"),
        "draft": described(kind.flag(), "the page is left out"),
        "removed": described(kind.flag(), "the page is left out"),
        "publishedDateTime": described(kind.instant(), "until then the page is left out"),
        "expires": described(kind.instant(), "from then on the page is left out"),
    }
    return _top("A page", kind.group(_named(page.PAGE_KEYS, keys)))


def stories_schema() -> Schema:
    """The file ``stories.yml``."""
    several = kind.list_of({"type": "array", "items": {"type": "string"}, "minItems": 2})
    flags = {"type": "object", "additionalProperties": kind.flag()}
    pins = {"anyOf": [kind.list_of({"type": "string"}), flags]}
    titles = {"type": ["object", "null"], "additionalProperties": kind.text()}
    keys = {
        "merge": described(several, "each list of records is one story"),
        "split": described(several, "no two records of a list are in one story"),
        "pin": described(pins, "the stories of these records stand first, in this order"),
        "title": described(titles, "another headline for the story of a record"),
    }
    return _top("The editor's word", kind.group(_named(decisions.DECISION_KEYS, keys)))


def site_schema() -> Schema:
    """The file ``site.yml``."""
    return _top("Settings", _settings(settings.Config))


def _settings(settings_class: Any) -> Schema:  # noqa: ANN401  (any dataclass of settings)
    keys = {}
    for field in fields(settings_class):
        if "read" in field.metadata:
            keys[field.name] = described(_setting(field.metadata["read"]), field.metadata["about"])
        else:
            keys[field.name] = _settings(type(field.default))
    return kind.group(keys)


def _setting(read: object) -> Schema:
    if isinstance(read, setting_types.Between):
        return kind.number(read.low, read.high, read.whole)
    if isinstance(read, setting_types.OneOf):
        return kind.one_of(read.words)
    target = {"type": "string", "pattern": r"^\s*(/|[Hh][Tt][Tt][Pp][Ss]?://)"}
    links = _named(settings.LINK_KEYS, {"label": kind.needed_text(), "url": target})
    others = {
        setting_types.read_line: kind.text(),
        settings.read_zone: kind.text(),
        settings.read_authority: kind.text(),
        read_handle: kind.text(),
        settings.read_picture_file: kind.text(),
        settings.read_names: {"anyOf": [kind.text(), kind.names()]},
        settings.read_language: kind.language(),
        settings.read_url: kind.link(),
        settings.read_links: kind.list_of(kind.group(links, settings.LINK_KEYS)),
    }
    return next(schema for reader, schema in others.items() if reader is read)


def _top(title: str, schema: Schema) -> Schema:
    """A whole file: an empty one has no keys."""
    return {"$schema": DIALECT, "title": title, **schema}


def all_schemas() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    made = {
        "record": record_schema(),
        "topic": topic_schema(),
        "outlet": outlet_schema(),
        "page": page_schema(),
        "site": site_schema(),
        "stories": stories_schema(),
    }
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in made.items()
    }


def modeline(path: str, kind_of_file: str) -> str:
    """The line that tells an editor the schema of the file at `path` (below the site's folder)."""
    up = "../" * path.count("/") or "./"
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind_of_file}.json"
