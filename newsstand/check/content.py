"""What ``check`` sees in the content beyond what a build says: files, topics, outlets, records.

Everything here is worth a look at most. A finding comes with the file it is about, see `Late`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations
from pathlib import PurePosixPath

from newsstand.content.file_kinds import (
    DECISIONS_FILE,
    PROVIDER_FOLDERS,
    RECORD_ENDINGS,
    TOPIC_FOLDER,
    is_like_ours,
)
from newsstand.content.kinds.picture import PICTURE_ENDINGS
from newsstand.content.kinds.publication import why_held
from newsstand.content.lock_file import LOCK_FILE
from newsstand.content.topic_spelling import SIMILAR, uses_of
from newsstand.model import Article, HeldBack, Topic
from newsstand.problems import Late, nearest, quoted, remark, warning
from newsstand.site import Site
from newsstand.stories.near_duplicates import NEAR_IDENTICAL, overlap
from newsstand.text.strings import plural

_KEYS_ONLY = (".yaml", ".yml")


def unread_files(paths: Iterable[str]) -> Iterator[Late]:
    """Files of the content folder that nobody reads: records that vanish without a word."""
    for path in paths:
        is_read = is_like_ours(path) or path == LOCK_FILE  # what is passed over is said elsewhere
        if not is_read and not path.lower().endswith(PICTURE_ENDINGS):
            yield path, warning((), "file-unread", "nobody reads this file", _where_to(path))


def _where_to(path: str) -> str:
    name = PurePosixPath(path)
    if name.stem == "stories" and name.suffix in _KEYS_ONLY:
        return f"name it {DECISIONS_FILE}, right in the content folder"
    if name.suffix in _KEYS_ONLY:
        return (
            f"put a topic into {TOPIC_FOLDER}/ and an outlet into {PROVIDER_FOLDERS[0]}/; "
            "a record ends in .md and has its keys between two lines of ---"
        )
    return f"let a record end in {', '.join(RECORD_ENDINGS)}; keep other files elsewhere"


def held_back(records: Iterable[HeldBack]) -> Iterator[Late]:
    """Records that no build publishes now, and until when."""
    for record in records:
        message = f"the record is held back: {why_held(record)}"
        yield record.path, remark((), "held-back", message, "nothing to do, if that is meant")


def unused_topics(site: Site, files: Mapping[str, str]) -> Iterator[Late]:
    """Topics with a file that no record names, nor a topic below them; `files` is path by id."""
    named = {topic for stories in site.topics_of.values() for topic in stories}
    for topic_id in sorted(files):
        topic = site.topics[topic_id]
        if not site.by_topic[topic_id] and topic_id not in named:
            message = f"no record names the topic {quoted(topic.name)}"
            hint = _renamed(topic, site) or "nothing to do if reports are to come; else delete it"
            yield files[topic_id], remark(("name",), "topic-unused", message, hint)


def _renamed(topic: Topic, site: Site) -> str:
    """A topic that only records name, and that is written nearly like this one."""
    others = [t.name for t in site.topics.values() if t.id != topic.id and site.by_topic[t.id]]
    close = nearest(topic.name, others)
    return f"records name {close}; did you mean that?" if close else ""


def nearly_described_topics(site: Site, described: Collection[str]) -> Iterator[Late]:
    """Topics that records name, and that are written nearly like one that has a file.

    `described` are the ids of those; a topic needs no file, so others are no mistake. What the
    build has warned of is left out.
    """
    spelling = {t.name.casefold(): t.name for t in site.topics.values() if t.id in described}
    uses = uses_of(sorted(site.articles, key=lambda a: a.path))
    known = {*described, *site.misspelt_topics}
    for plain in sorted(name for name in uses if site.topic_ids[name] not in known):
        for close in get_close_matches(plain, sorted(spelling), n=1, cutoff=SIMILAR):
            path, number, name = uses[plain][0]
            message = f"no file describes the topic {quoted(name)}, which gets a page of its own"
            hint = f"did you mean {spelling[close]}?"
            yield path, remark(("topics", number), "topic-misspelt", message, hint)


def unknown_outlets(site: Site, described: frozenset[str]) -> Iterator[Late]:
    """Outlets that records name and no file describes, where some have files."""
    for domain in sorted(site.by_outlet) if described else ():
        if domain not in described:
            records = site.by_outlet[domain]
            close = next(iter(get_close_matches(domain, sorted(described), n=1, cutoff=0.88)), "")
            count = plural(len(records), "record")
            message = f"no file describes the outlet {quoted(domain)} of {count}"
            hint = f"did you mean {close}?" if close else f"add {PROVIDER_FOLDERS[0]}/{domain}.md"
            first = min(a.path for a in records)
            yield first, remark(("provider", "domain"), "outlet-no-file", message, hint)


def outlets_of_one_name(site: Site, described: frozenset[str]) -> Iterator[Late]:
    """Outlets with one name and several domains: most often they are one.

    Of those the one that is to have the others is one of `described`, if any has a file.
    """
    named: dict[str, list[str]] = {}
    for domain in sorted(site.by_outlet, key=lambda d: (d not in described, d)):
        outlet = site.providers.get(domain)
        if outlet and outlet.name != domain:
            named.setdefault(outlet.name.casefold(), []).append(domain)
    for domains in named.values():
        if len(domains) > 1:
            name = site.providers[domains[0]].name
            message = f"{len(domains)} outlets are called {quoted(name)}: {', '.join(domains)}"
            hint = (
                f"if they are one, write domains: [{', '.join(domains[1:])}] into "
                f"{PROVIDER_FOLDERS[0]}/{domains[0]}.md"
            )
            first = min(a.path for a in site.by_outlet[domains[1]])
            yield first, remark(("provider",), "outlet-name-twice", message, hint)


def near_duplicates(site: Site) -> Iterator[Late]:
    """Records of one outlet that say nearly the same within four days.

    Copies in other outlets are what a story shows; two from one outlet are one too many.
    """
    for first, second in _alike(site):
        same_link = set(first.piece.keys) & set(second.piece.keys)  # said by the build already
        if first.outlet == second.outlet and not same_link and _say_the_same(first, second):
            message = f"the record says nearly the same as {first.path}, from the same outlet"
            hint = "delete one of the two, if they are one report"
            yield second.path, warning(("title",), "record-twice", message, hint)


def _alike(site: Site) -> Iterator[tuple[Article, Article]]:
    """Records that may say the same, the earlier path first: of one story, or near each other."""
    pairs = {tuple(sorted((path, near))) for path in site.records for near in site.near(path)}
    for story in site.stories:
        paths = sorted(article.path for article in story.articles)
        pairs.update(combinations(paths, 2))
    for one, other in sorted(pairs):
        yield site.records[one], site.records[other]


def _say_the_same(one: Article, other: Article) -> bool:
    """Near-identical headlines, and near-identical excerpts where both have one."""
    excerpts = one.piece.excerpt, other.piece.excerpt
    return overlap(one.title, other.title) >= NEAR_IDENTICAL and (
        not all(excerpts) or overlap(*excerpts) >= NEAR_IDENTICAL
    )


def bare_records(site: Site) -> Iterator[Late]:
    """Records without an excerpt or a picture."""
    for article in sorted(site.articles, key=lambda a: a.path):
        if not article.piece.excerpt:
            message, hint = "the record has no excerpt", "add excerpt: and one or two sentences"
            yield article.path, remark((), "excerpt-missing", message, hint)
        if not article.piece.picture and site.config.images != "none":
            message, hint = "the record has no picture", "add images:, if there is one"
            yield article.path, remark((), "picture-none", message, hint)
