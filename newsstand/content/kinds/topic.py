"""Files of ``topics/``: topics, and what is above what."""

from __future__ import annotations

from msgspec.structs import replace

from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, is_hidden, read_keyed_file
from newsstand.content.kinds.picture import FindPicture, pictures_of
from newsstand.model import Topic
from newsstand.problems import Finding, Late, error, quoted
from newsstand.text.strings import name_slug, slug

TOPIC_KEYS = frozenset(
    "taxonomy _id name shortname parent description keywords hashtags images services".split()
)


_DEEPEST = 20  # topics above another; each one takes some of the stack when it is shown


def read_topic(text: str, path: str, find_picture: FindPicture) -> Outcome[Topic]:
    """A file of ``topics/`` -> a topic. Its parent is still a name, see `resolve_parents`."""

    def build(source: KeyedFile) -> Topic | None:
        values = source.values
        if is_hidden(source, TOPIC_KEYS, "a topic"):
            return None
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
            id=slug(values.line("_id")) if values.line("_id") else name_slug(name),
            name=name,
            shortname=values.line("shortname"),
            parent=values.line("parent"),
            description=values.line("description"),
            keywords=values.lines("keywords"),
            hashtags=values.lines("hashtags"),
            pictures=pictures_of(values, find_picture),
        )

    return read_keyed_file(text, path, build)


def resolve_parents(
    topics: tuple[tuple[str, Topic], ...],
) -> tuple[tuple[Topic, ...], tuple[Late, ...]]:
    """Topics with their files, parents as names -> topics with parents as ids.

    A parent that does not exist, that stands below its own child or too deep, is a problem; the
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
        elif _is_in_a_circle(topic.id, parents):
            late.append((path, _circle()))
            parent = ""
        resolved.append(replace(topic, parent=parent))
    paths = {topic.id: path for path, topic in topics}
    too_deep = _too_deep({topic.id: topic.parent for topic in resolved})
    late += [(paths[topic.id], _deep()) for topic in resolved if topic.id in too_deep]
    kept = [replace(t, parent="") if t.id in too_deep else t for t in resolved]
    return tuple(kept), tuple(late)


def _too_deep(parents: dict[str, str]) -> set[str]:
    """The topics that stand too deep for a page; what is below one of them counts from it."""
    depths: dict[str, int] = {}
    for topic in parents:
        way = [topic]
        while way[-1] not in depths and parents[way[-1]]:
            way.append(parents[way[-1]])
        depths.setdefault(way[-1], 0)
        for below, above in zip(way[-2::-1], way[:0:-1], strict=True):
            depths[below] = (depths[above] + 1) % (_DEEPEST + 1)
    return {topic for topic, parent in parents.items() if parent and depths[topic] == 0}


def _deep() -> Finding:
    return error(
        ("parent",),
        "topic-too-deep",
        f"the topic has more than {_DEEPEST} others above it",
        "name one of the first of them as the parent",
    )


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


def _is_in_a_circle(topic: str, parents: dict[str, str]) -> bool:
    """Whether the way up from a topic comes back to it."""
    seen: set[str] = set()
    above = parents.get(topic, "")
    while above and above not in seen:
        if above == topic:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False
