"""The read step: a content folder -> `Content`, with all its problems."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from newsstand.articles import Memo, Reading, read_article
from newsstand.files import list_files, read_text
from newsstand.model import (
    Article,
    Content,
    Decisions,
    HeldBack,
    PlainPage,
    Provider,
    Topic,
)
from newsstand.pictures import FindPicture
from newsstand.places import place_findings
from newsstand.plain_yaml import forget_entries
from newsstand.problems import Finding, Problem, at_line, error, quoted, warning
from newsstand.records import read_record
from newsstand.taxonomy import (
    Late,
    read_decisions,
    read_page,
    read_provider,
    read_topic,
    resolve_parents,
)

RECORD_ENDINGS = (".md", ".markdown", ".txt")
KEY_ENDINGS = (".yaml", ".yml", *RECORD_ENDINGS)
PICTURE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
TOPIC_FOLDER = "topics"
PROVIDER_FOLDERS = ("providers", "organizations")
PAGE_FOLDER = "pages"
DECISIONS_FILE = "stories.yml"
MEDIA = "media"
"""Where pictures of the content folder lie in the site."""

Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass
class _Gathered:
    articles: list[Article] = field(default_factory=list)
    topics: list[tuple[str, Topic]] = field(default_factory=list)
    providers: dict[str, Provider] = field(default_factory=dict)
    named: dict[str, Provider] = field(default_factory=dict)
    pages: list[PlainPage] = field(default_factory=list)
    records: int = 0
    held_back: list[HeldBack] = field(default_factory=list)
    decisions: Decisions = field(default_factory=Decisions)
    problems: list[Problem] = field(default_factory=list)
    provider_paths: dict[str, str] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
    memo: Memo = field(default_factory=dict)
    shown: Collection[str] = ()


def read_content(
    folder: Path,
    static: tuple[str, ...],
    now: datetime,
    progress: Progress,
    shown: Collection[str] = (),
) -> tuple[Content, tuple[Problem, ...]]:
    """Everything in the content folder, and what is wrong with it.

    `static` are the paths below the static folder; `progress` is given the paths of the
    content and hands them on one by one; `shown` is that of `read_article`.
    """
    listing = list_files(folder)
    gathered = _Gathered(problems=list(listing.problems), shown=shown)
    pictures = tuple(p for p in listing.paths if p.lower().endswith(PICTURE_ENDINGS))
    finder = _PictureFinder(frozenset(pictures), frozenset(static))
    wanted = [p for p in listing.paths if is_ours(p)]
    for path in progress(wanted):
        gathered.records += is_record(path)
        text, problem = read_text(folder, path)
        if problem and not (path == DECISIONS_FILE and problem.code == "file-empty"):
            gathered.problems.append(problem)
        elif not problem:
            _read_one(path, text, now, finder, gathered)
    forget_entries()
    return _content(folder, gathered, pictures)


def is_ours(path: str) -> bool:
    """Whether a file of the content folder is read: a record, a topic, an outlet, a page."""
    top = path.partition("/")[0]
    name = path.rpartition("/")[2]
    if name.startswith("."):
        return False
    if "/" in path and top in (TOPIC_FOLDER, *PROVIDER_FOLDERS):
        return path.lower().endswith(KEY_ENDINGS)
    return path == DECISIONS_FILE or path.lower().endswith(RECORD_ENDINGS)


def is_record(path: str) -> bool:
    """Whether a file that is read is a record."""
    top = path.partition("/")[0] if "/" in path else ""
    return path != DECISIONS_FILE and top not in (TOPIC_FOLDER, *PROVIDER_FOLDERS, PAGE_FOLDER)


def _read_one(
    path: str, text: str, now: datetime, finder: _PictureFinder, gathered: _Gathered
) -> None:
    top = path.split("/", 1)[0] if "/" in path else ""
    shown, find = path, finder.beside(path)
    problems: tuple[Problem, ...] = ()
    if path == DECISIONS_FILE:
        decisions, problems = read_decisions(text, shown)
        gathered.decisions = decisions or Decisions()
    elif top == TOPIC_FOLDER:
        topic, problems = read_topic(text, shown, find)
        if topic:
            gathered.topics.append((shown, topic))
    elif top in PROVIDER_FOLDERS:
        provider, problems = read_provider(text, shown, find)
        if provider and provider.domain in gathered.provider_paths:
            other = gathered.provider_paths[provider.domain]
            gathered.late.append((path, _outlet_twice(provider.domain, other)))
        elif provider:
            gathered.provider_paths[provider.domain] = path
            gathered.providers[provider.domain] = provider
    elif top == PAGE_FOLDER:
        page, problems = read_page(text, shown)
        if page:
            gathered.pages.append(page)
    else:
        problems = _keep(
            read_article(text, path, now, find, gathered.memo, gathered.shown), gathered
        )
    gathered.problems.extend(replace(p, path=p.path) for p in problems)


def _keep(reading: Reading, gathered: _Gathered) -> tuple[Problem, ...]:
    if reading.article:
        gathered.articles.append(reading.article)
    if reading.held_back:
        gathered.held_back.append(reading.held_back)
    for provider in reading.providers:
        known = gathered.named.get(provider.domain)
        if known is None or _says_more(provider, known):
            gathered.named[provider.domain] = provider
    return reading.problems


def _says_more(new: Provider, known: Provider) -> bool:
    return (new.name != new.domain, bool(new.pictures)) > (
        known.name != known.domain,
        bool(known.pictures),
    )


class _PictureFinder:
    """Finds the local picture that a file names, without ever leaving the two folders."""

    def __init__(self, content: frozenset[str], static: frozenset[str]) -> None:
        self._content = content
        self._static = static

    def beside(self, path: str) -> FindPicture:
        folder = posixpath.dirname(path)

        def find(address: str) -> str:
            plain = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
            if not plain.lower().endswith(PICTURE_ENDINGS) or "\\" in plain:
                return ""
            inside = posixpath.normpath(plain.lstrip("/"))
            near = posixpath.normpath(posixpath.join(folder, inside))
            if not address.startswith("/"):
                for candidate in (near, inside):
                    if candidate in self._content:
                        return f"{MEDIA}/{candidate}"
            return inside if inside in self._static else ""

        return find


def _content(
    folder: Path, gathered: _Gathered, pictures: tuple[str, ...]
) -> tuple[Content, tuple[Problem, ...]]:
    articles, clashes = _one_address_each(gathered.articles)
    own_ids, twice = _one_id_each(gathered.topics)
    topics, lost = resolve_parents(own_ids)
    providers = {**gathered.named, **gathered.providers}
    content = Content(
        articles=articles,
        topics=topics,
        providers=tuple(providers[d] for d in sorted(providers)),
        pages=tuple(gathered.pages),
        held_back=tuple(gathered.held_back),
        left_out=gathered.records - len(articles) - len(gathered.held_back),
        pictures=pictures,
        decisions=gathered.decisions,
    )
    late = (*gathered.late, *twice, *lost, *_same_links(articles))
    placed = (p for path, finding in late for p in place_late(folder, path, finding))
    return content, (*gathered.problems, *clashes, *placed)


def place_late(folder: Path, path: str, finding: Finding) -> tuple[Problem, ...]:
    """A finding that showed when all files were read: its file is read again for the line."""
    text, _ = read_text(folder, path)
    if path.endswith((".yaml", ".yml")) and not text.lstrip().startswith("---"):
        return place_findings([finding], path, text, 1)
    record, _ = read_record(text)
    return place_findings([finding], path, record.front_text, record.front_line)


def _one_id_each(
    topics: Iterable[tuple[str, Topic]],
) -> tuple[tuple[tuple[str, Topic], ...], tuple[Late, ...]]:
    first: dict[str, tuple[str, Topic]] = {}
    late: list[Late] = []
    for path, topic in topics:
        if topic.id in first:
            late.append((path, _topic_twice(topic.id, first[topic.id][0])))
        else:
            first[topic.id] = (path, topic)
    return tuple(first.values()), tuple(late)


def _outlet_twice(domain: str, other: str) -> Finding:
    return error(
        ("domain",),
        "outlet-twice",
        f"the outlet {quoted(domain)} is also in {other}",
        "keep one of the two files, or mend the domain",
    )


def _topic_twice(topic_id: str, other: str) -> Finding:
    return error(
        ("_id",),
        "topic-twice",
        f"the topic {quoted(topic_id)} is also in {other}",
        "give one of them another _id",
    )


def address_key(address: str) -> str:
    """What makes two addresses the same file on some disk: case and composition do not."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def _one_address_each(
    articles: list[Article],
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    first: dict[str, Article] = {}
    problems = []
    for article in articles:
        key = address_key(article.slug)
        if key in first:
            problems.append(
                at_line(
                    article.path,
                    1,
                    "address-twice",
                    f"the address news/{article.slug}/ is taken by {first[key].path}",
                    "rename one of the two files",
                )
            )
        else:
            first[key] = article
    return tuple(first.values()), tuple(problems)


def _same_links(articles: tuple[Article, ...]) -> tuple[Late, ...]:
    first: dict[str, Article] = {}
    late: list[Late] = []
    for article in articles:
        twin = next((first[k] for k in article.piece.keys if k in first), None)
        if twin is not None:
            late.append((article.path, _link_twice(twin.path)))
        for key in article.piece.keys:
            first.setdefault(key, article)
    return tuple(late)


def _link_twice(other: str) -> Finding:
    return warning(
        ("webUrl",),
        "link-twice",
        f"the link is also that of {other}",
        "delete one of the two records, or mend the link",
    )
