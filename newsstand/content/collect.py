"""All files of a content folder as they were read -> the content, and what only shows then.

An address or an id that two files claim, outlets that several records name, topics above others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from newsstand.content.disk_reading import read_text
from newsstand.content.file_kinds import is_record
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import read_record
from newsstand.content.kinds.cached_picture import copies_of
from newsstand.content.kinds.picture import MEDIA
from newsstand.content.kinds.topic import resolve_parents
from newsstand.content.remembered_files import ReadFile, ReadFiles
from newsstand.content.topic_spelling import misspelt_topics, misspelt_warnings
from newsstand.model import Article, Content, Decision, Decisions, Provider, Topic
from newsstand.problems import Finding, Late, Problem, at_line, error, quoted, warning
from newsstand.text.file_names import address_key
from newsstand.text.strings import composed

_LISTS = ("merge", "split", "pin", "title")


def gather(
    folder: Path, read: ReadFiles, pictures: tuple[str, ...]
) -> tuple[Content, tuple[Problem, ...]]:
    """Files that were read (in order of path) -> the content."""
    files = read.files
    others = {path: file for path, file in files.items() if file.article is None}
    articles, clashes = _one_address_each([f.article for f in files.values() if f.article])
    records = len(files) - len(others) + sum(map(is_record, others))
    held_back = tuple(f.held_back for f in others.values() if f.held_back)
    own_ids, twice = _one_id_each([(p, f.topic) for p, f in others.items() if f.topic])
    topics, lost = resolve_parents(own_ids)
    misspelt = misspelt_topics(articles, topics)
    own_outlets, outlets_twice = _one_domain_each(others)
    named = _named(read)
    outlets = {**named, **own_outlets}
    content = Content(
        articles=articles,
        topics=topics,
        providers=tuple(outlets[d] for d in sorted(outlets)),
        pages=tuple(f.page for f in others.values() if f.page),
        held_back=held_back,
        left_out=records - len(articles) - len(held_back),
        pictures=_shown(pictures, files, topics, outlets, named),
        decisions=_by_path(
            next((f.decisions for f in others.values() if f.decisions), None), files
        ),
        misspelt_topics=tuple([found.use.name for found in misspelt]),
    )
    warned = misspelt_warnings(misspelt)
    late = (*outlets_twice, *twice, *lost, *_same_links(content), *warned)
    placed = [p for path, finding in late for p in place_late(folder, path, finding)]
    noted = chain.from_iterable([f.problems for f in files.values() if f.problems])
    return content, (*noted, *clashes, *placed)


def _by_path(decisions: Decisions | None, files: Iterable[str]) -> Decisions:
    """Decisions with the paths of records as the disk has them, where letters may be parted."""
    if decisions is None:
        return Decisions()
    on_disk = {composed(path): path for path in files}

    def known(decision: Decision) -> Decision:
        return replace(
            decision, records=tuple(on_disk.get(composed(r), r) for r in decision.records)
        )

    decisions_by_list = {name: tuple(map(known, getattr(decisions, name))) for name in _LISTS}
    return replace(decisions, **decisions_by_list)


def _shown(
    pictures: tuple[str, ...],
    files: Mapping[str, ReadFile],
    topics: Iterable[Topic],
    outlets: Mapping[str, Provider],
    named: Iterable[str],
) -> tuple[str, ...]:
    """The pictures of the content folder that what is published shows, and no others."""
    if not pictures:
        return ()
    wanted = {name for file in files.values() for name in file.pictures}
    of_outlets = chain.from_iterable(outlets[d].pictures for d in named)
    of_topics = chain.from_iterable(topic.pictures for topic in topics)
    for picture in (*of_outlets, *of_topics):
        wanted.add(picture.source.removeprefix(f"{MEDIA}/"))
    copies = chain.from_iterable(copies_of(name).values() for name in tuple(wanted))
    wanted.update(path for _, path in chain.from_iterable(copies))
    return tuple([path for path in pictures if path in wanted])


def _named(read: ReadFiles) -> dict[str, Provider]:
    """The outlets that records name: of one domain the first that says the most."""
    named: dict[str, Provider] = {}
    for place in dict.fromkeys(chain.from_iterable([f.outlets for f in read.files.values()])):
        outlet = read.outlets[place]
        named_before = named.get(outlet.domain)
        if named_before is None or _says_more(outlet, named_before):
            named[outlet.domain] = outlet
    return named


def _says_more(new: Provider, before: Provider) -> bool:
    return (new.name != new.domain, bool(new.pictures)) > (
        before.name != before.domain,
        bool(before.pictures),
    )


def _one_domain_each(
    files: Mapping[str, ReadFile],
) -> tuple[dict[str, Provider], tuple[Late, ...]]:
    """Outlets that have a file of their own, by domain."""
    first: dict[str, tuple[str, Provider]] = {}
    late: list[Late] = []
    for path, file in files.items():
        outlet = file.provider
        if outlet and outlet.domain in first:
            late.append((path, _outlet_twice(outlet.domain, first[outlet.domain][0])))
        elif outlet:
            first[outlet.domain] = (path, outlet)
    for path, outlet in first.values():
        for host in outlet.domains:
            other = first.get(host, (path, outlet))[0]
            if other != path:
                late.append((other, _outlet_twice(host, path)))
    return {domain: outlet for domain, (_, outlet) in first.items()}, tuple(late)


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


def _one_address_each(
    articles: list[Article],
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    if _are_different([article.slug for article in articles]):
        return tuple(articles), ()
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


def _are_different(slugs: list[str]) -> bool:
    """Whether no two are one address."""
    all_of_them = "\0".join(slugs)
    is_plain = all_of_them.isascii() and all_of_them == all_of_them.lower()
    return len(set(slugs if is_plain else map(address_key, slugs))) == len(slugs)


def _same_links(content: Content) -> tuple[Late, ...]:
    twins = content.holders.twins.items()
    return tuple((path, _link_twice(first[0].path)) for path, first in twins)


def _link_twice(other: str) -> Finding:
    return warning(
        ("webUrl",),
        "link-twice",
        f"the link is also that of {other}",
        "delete one of the two records, or mend the link",
    )
