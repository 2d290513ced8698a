"""``site.yml``: each setting with its default, its kind and its line of documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast

from newsstand.fields import Fields
from newsstand.links import web_link
from newsstand.places import place_findings
from newsstand.plain_yaml import Value
from newsstand.problems import Finding, Problem, Severity, error, quoted
from newsstand.records import read_mapping
from newsstand.yaml_nodes import Broken

T = TypeVar("T")
IMAGE_POLICIES = ("local", "remote", "none")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link of the header or the footer: to a page of ours (``/about/``) or outside."""

    label: str
    url: str
    place: int = 0  # in its list, for what is said about it


def setting(default: T, read: Callable[[Fields, str], Any], about: str) -> T:
    """A field of `Config`: its default, how it is read, and what it is for."""
    return field(default=default, metadata={"read": read, "about": about})


def _line(values: Fields, key: str) -> str | None:
    return values.line(key) or None


def _between(low: float, high: float) -> Callable[[Fields, str], float | None]:
    def read(values: Fields, key: str) -> float | None:
        number = values.number(key)
        if number is None or low <= number <= high:
            return number
        values.note(
            error(
                (key,),
                "number-range",
                f"{key} is {number:g}",
                f"write a number from {low:g} to {high:g}",
            )
        )
        return None

    return read


def _whole(low: int, high: int) -> Callable[[Fields, str], int | None]:
    def read(values: Fields, key: str) -> int | None:
        number = values.integer(key)
        if number is None or low <= number <= high:
            return number
        values.note(
            error(
                (key,),
                "number-range",
                f"{key} is {number}",
                f"write a whole number from {low} to {high}",
            )
        )
        return None

    return read


def _url(values: Fields, key: str) -> str | None:
    link = values.link(key).split("#")[0].split("?")[0]
    return link.rstrip("/") + "/" if link else None


def _links(values: Fields, key: str) -> tuple[SiteLink, ...] | None:
    if not values.has(key):
        return None
    found = []
    for entry in values.each(key):
        place = entry.at[-1]
        entry.expect(("label", "url"), "a link")
        label, url = entry.line("label"), (entry.scalar("url") or "").strip()
        inside = url.startswith("/") and not url.startswith("//") and "\\" not in url
        if label and (inside or web_link(url)):
            found.append(SiteLink(label, url if inside else web_link(url), int(place)))
        else:
            entry.note(
                error(
                    (),
                    "site-link-invalid",
                    f"a link needs a label and a url; the url is {quoted(url)}",
                    "write label: About and url: /about/ (or https://…)",
                )
            )
    return tuple(found)


def _choice(*words: str) -> Callable[[Fields, str], str]:
    return lambda values, key: values.choice(key, words, words[0])


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of ranking; see docs/stories.md for the formula."""

    half_life_hours: float = setting(
        24.0, _between(1, 10000), "hours after which a story of the same heat counts half as much"
    )
    promoted: float = setting(
        3.0, _between(0, 100), "what a promoted story gains; one point is a doubling of heat"
    )
    outlets: float = setting(
        12.0,
        _between(0, 1000),
        "heat that each independent outlet adds where no record states its heat",
    )
    speed: float = setting(
        6.0,
        _between(0, 1000),
        "heat that each independent outlet adds which reports within six hours of the first",
    )
    quality: float = setting(
        0.25, _between(0, 100), "heat that each point of the best record's quality adds"
    )
    same_outlet: float = setting(
        0.7,
        _between(0, 100),
        "what a story loses for each story above it that the same outlet leads",
    )
    same_topic: float = setting(
        0.25, _between(0, 100), "what a story loses for each story above it on the same topic"
    )


@dataclass(frozen=True, slots=True)
class Grouping:
    """What may be changed about how stories are found; see docs/stories.md."""

    breadth: float = setting(
        1.0, _between(0.25, 4), "above 1 makes broader stories, below 1 tighter ones"
    )


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. An empty file gives all defaults."""

    title: str = setting("Newsstand", _line, "name of the site")
    description: str = setting(
        "News from many outlets, each story once.", _line, "one line about the site"
    )
    url: str = setting(
        "",
        _url,
        "address the site is served at; needed for canonical links, the sitemap and the feed",
    )
    language: str = setting("en", lambda v, k: v.language(k) or None, "language of the site")
    author: str = setting("", _line, "who publishes the site, for the feed; else its title")
    topic: str = setting("", _line, "the site's own topic; its children make the navigation")
    page_size: int = setting(40, _whole(1, 500), "lines on a page of a list")
    second_rank: int = setting(4, _whole(0, 12), "stories beside the leading one on the front page")
    topic_blocks: int = setting(4, _whole(0, 12), "topics with a block on the front page")
    related_shown: int = setting(12, _whole(0, 500), "related pieces shown before the fold")
    feed_size: int = setting(30, _whole(1, 500), "stories in the feed")
    header_links: tuple[SiteLink, ...] = setting((), _links, "links in the header (label, url)")
    footer_links: tuple[SiteLink, ...] = setting((), _links, "links in the footer (label, url)")
    images: str = setting(
        "local",
        _choice(*IMAGE_POLICIES),
        "local: pictures the site holds; remote: those of outlets' hosts too; none",
    )
    stories: Grouping = Grouping()
    ranking: Weights = Weights()


def read_config(text: str, path: str) -> tuple[Config, tuple[Problem, ...]]:
    """The text of ``site.yml`` -> settings, and what is wrong with it."""
    try:
        values, found = read_mapping(text)
    except Broken as broken:
        return Config(), (broken.problem(path),)
    findings = list(found)
    config = _read(Config, values, (), findings)
    return config, place_findings(tuple(findings), path, text, 1)


C = TypeVar("C")


def _read(
    kind: type[C], values: dict[str, Value], at: tuple[str, ...], findings: list[Finding]
) -> C:
    reader = Fields(values, at, findings)
    known = {f.name: f for f in fields(cast("Any", kind))}
    reader.expect(known, ".".join(at) or "site.yml")
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
