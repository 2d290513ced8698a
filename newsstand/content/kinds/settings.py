"""``site.yml``: each setting with its default, its kind and its line of documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast

from newsstand.content.foreign_key_names import FOREIGN_SETTINGS
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import read_mapping
from newsstand.content.kinds.fediverse import read_handle
from newsstand.content.kinds.fetch_settings import Fetching
from newsstand.content.kinds.setting_types import Between, OneOf, SiteLink, read_line, setting
from newsstand.problems import Finding, Problem, Severity, error, nearest, quoted, warning
from newsstand.text.links import site_url, web_link
from newsstand.text.zones import is_zone, zone_names

_AUTHORITY = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
LINK_KEYS = ("label", "url")
CUT_TRACKING, KEEP_TRACKING = "cut", "keep"
IMAGE_POLICIES = ("local", "remote", "none")


def read_language(values: Fields, key: str) -> str | None:
    """A language tag."""
    return values.language(key) or None


def read_url(values: Fields, key: str) -> str | None:
    """An address that pages can stand below: it ends in a slash."""
    link = values.link(key)
    if not link:
        return None
    url = site_url(link)
    if url.rstrip("/") != link.rstrip("/"):
        message = f"{key} is {quoted(link)}; {url} was taken"
        values.note(warning((key,), "url-mended", message, f"write {key}: {url}"))
    return url


def read_picture_file(values: Fields, key: str) -> str | None:
    """The path of a picture that networks can show."""
    line = values.line(key)
    if not line or line.lower().endswith((".png", ".jpg", ".jpeg")):
        return line or None
    message, hint = f"{quoted(line)} is no PNG or JPEG", "name one; networks show no other kind"
    values.note(error((key,), "share-picture", message, hint))
    return None


def read_authority(values: Fields, key: str) -> str | None:
    """The authority and the date of tag URIs (RFC 4151)."""
    line = values.line(key)
    if not line or _AUTHORITY.fullmatch(line):
        return line or None
    hint = "write a host, a comma, and a year in which it is yours: news.example,2025"
    values.note(error((key,), "authority-invalid", f"{quoted(line)} is no host and date", hint))
    return None


def read_links(values: Fields, key: str) -> tuple[SiteLink, ...] | None:
    """Links of the header or the footer."""
    if not values.has(key):
        return None
    links = []
    for entry in values.each(key):
        place = entry.at[-1]
        entry.expect(LINK_KEYS, "a link")
        label, url = entry.line("label"), (entry.scalar("url") or "").strip()
        inside = url.startswith("/") and not url.startswith("//") and "\\" not in url
        if label and (inside or web_link(url)):
            links.append(SiteLink(label, url if inside else web_link(url), int(place)))
        else:
            entry.note(
                error(
                    (),
                    "site-link-invalid",
                    f"a link needs a label and a url; the url is {quoted(url)}",
                    "write label: About and url: /about/ (or https://…)",
                )
            )
    return tuple(links)


def read_names(values: Fields, key: str) -> tuple[str, ...] | None:
    """A list of words; one word is a list of one."""
    value = values.raw(key)
    if isinstance(value, str) and value.strip():
        return (value.strip(),)
    return values.lines(key) if values.has(key) else None


def read_zone(values: Fields, key: str) -> str | None:
    """The name of a time zone (IANA)."""
    name = values.line(key)
    if not name or is_zone(name):
        return name or None
    close = nearest(name, zone_names())
    hint = f"did you mean {close}?" if close else "write a name such as Europe/Berlin, or UTC"
    message = f"{key} is {quoted(name)}, which is no time zone"
    values.note(error((key,), "timezone-invalid", message, hint))
    return None


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of ranking; see docs/stories.md for the formula."""

    half_life_hours: float = setting(
        24.0, Between(1, 10000), "hours after which a story of the same heat counts half as much"
    )
    promoted: float = setting(
        3.0, Between(0, 100), "what a promoted story gains; one point is a doubling of heat"
    )
    outlets: float = setting(
        12.0,
        Between(0, 1000),
        "heat that each independent outlet adds where no record states its heat",
    )
    speed: float = setting(
        6.0,
        Between(0, 1000),
        "heat that each independent outlet adds which reports within six hours of the first",
    )
    quality: float = setting(
        0.25, Between(0, 100), "heat that each point of the best record's quality adds"
    )
    same_outlet: float = setting(
        0.7,
        Between(0, 100),
        "what one of the first 200 stories loses for each story above it that the same outlet"
        " leads",
    )
    same_topic: float = setting(
        0.25,
        Between(0, 100),
        "what one of the first 200 stories loses for each story above it on the same topic",
    )


@dataclass(frozen=True, slots=True)
class Grouping:
    """What may be changed about how stories are found; see docs/stories.md."""

    breadth: float = setting(
        1.0, Between(0.25, 4), "above 1 makes broader stories, below 1 tighter ones"
    )
    closed_after_days: int = setting(
        8, Between(1, 60, whole=True), "days after its last report when a story is over"
    )


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. An empty file gives all defaults."""

    title: str = setting("Newsstand", read_line, "name of the site")
    description: str = setting(
        "News from many outlets, each story once.", read_line, "one line about the site"
    )
    url: str = setting(
        "",
        read_url,
        "address the site is served at; needed for canonical links, the sitemap and the feed",
    )
    language: str = setting(
        "en",
        read_language,
        "language of the site's title and of records that name none; the interface stays English",
    )
    timezone: str = setting(
        "UTC", read_zone, "the site's time zone: of shown times, and of the days of the archive"
    )
    exclude: tuple[str, ...] = setting(
        (), read_names, "patterns of files of the content folder that are passed over"
    )
    tracking: str = setting(
        CUT_TRACKING,
        OneOf((CUT_TRACKING, KEEP_TRACKING)),
        "parameters of links that only count readers (utm_source and the like): cut, or keep",
    )
    author: str = setting("", read_line, "who publishes the site, for the feed; else its title")
    topic: str = setting("", read_line, "the site's own topic; its children make the navigation")
    page_size: int = setting(40, Between(1, 500, whole=True), "lines on a page of a list")
    second_rank: int = setting(
        4, Between(0, 12, whole=True), "stories beside the leading one on the front page"
    )
    topic_blocks: int = setting(
        4, Between(0, 12, whole=True), "topics with a block on the front page"
    )
    related_shown: int = setting(
        8, Between(0, 500, whole=True), "related pieces shown before the fold of three or more"
    )
    feed_size: int = setting(30, Between(1, 500, whole=True), "stories in the feed")
    latest: str = setting(
        "all", OneOf(("all", "promoted")), "what Latest and the feed have: all, or promoted stories"
    )
    picture: str = setting(
        "",
        read_picture_file,
        "a PNG or JPEG in static, such as /share.png: what networks show where a page has none",
    )
    fediverse: str = setting(
        "", read_handle, "whose the site is in the Fediverse, such as @desk@social.example"
    )
    feed_authority: str = setting(
        "",
        read_authority,
        "whose the ids of feed entries are: a host of yours and a year in which it is, such as"
        " news.example,2025; keep it when the address changes; else the host of url",
    )
    header_links: tuple[SiteLink, ...] = setting((), read_links, "links in the header (label, url)")
    footer_links: tuple[SiteLink, ...] = setting((), read_links, "links in the footer (label, url)")
    images: str = setting(
        "local",
        OneOf(IMAGE_POLICIES),
        "local: pictures the site holds; remote: those of outlets' hosts too; none",
    )
    stories: Grouping = Grouping()
    ranking: Weights = Weights()
    fetch: Fetching = Fetching()  # noqa: RUF009  (frozen)


def read_config(text: str, path: str) -> tuple[Config, tuple[Problem, ...]]:
    """The text of ``site.yml`` -> settings, and what is wrong with it."""
    try:
        values, yaml_findings = read_mapping(text)
    except Broken as broken:
        return Config(), (broken.problem(path),)
    findings = list(yaml_findings)
    config = _read(Config, values, (), findings)
    return config, place_findings(tuple(findings), path, text, 1)


C = TypeVar("C")


def _read(
    kind: type[C], values: dict[str, Value], at: tuple[str, ...], findings: list[Finding]
) -> C:
    reader = Fields(values, at, findings)
    known = {f.name: f for f in fields(cast("Any", kind))}
    reader.expect(known, ".".join(at) or "site.yml", {} if at else FOREIGN_SETTINGS)
    chosen: dict[str, Any] = {}
    for name, described in known.items():
        if not reader.has(name):
            continue
        if "read" in described.metadata:
            value = described.metadata["read"](reader, name)
        else:
            value = _group(type(described.default), reader, name, at, findings)
        if value is not None:
            chosen[name] = value
    return kind(**chosen)


def _group(
    kind: type[C], reader: Fields, name: str, at: tuple[str, ...], findings: list[Finding]
) -> C | None:
    below = reader.raw(name)
    if isinstance(below, dict):
        return _read(kind, below, (*at, name), findings)
    reader.below(name)  # notes what is wrong with it
    return None


def base_path(config: Config) -> str:
    """The path of the site's url: ``/`` at the root of a host, ``/repo/`` below one."""
    if not config.url:
        return "/"
    path = config.url.split("://", 1)[1].partition("/")[2]
    return "/" + path.lstrip("/")


def base_url_problem(text: str) -> Problem | None:
    """What is wrong with a ``--base-url``, if anything."""
    if web_link(text):
        return None
    return Problem(
        "--base-url",
        1,
        1,
        Severity.ERROR,
        "link-invalid",
        f"{quoted(text)} is no address",
        "write https://host/path/",
    )
