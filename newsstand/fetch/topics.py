"""Topics of an item: by its categories, and by the keywords of the topics' files.

Keywords are looked for in its headline only. An excerpt names much in passing: on the archive of
1,952 records, whose topics were chosen by hand, keywords in headline and excerpt are right two
times in three, those in the headline nearly always; docs/fetch.md has the figures, and a test
measures them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from newsstand.content.draft import find_topic
from newsstand.content.kinds.topic import read_topic
from newsstand.model import Topic

TopicsOf = Callable[[str], tuple[str, ...]]
"""A headline -> the names of its topics."""
TopicsIn = Callable[[Iterable[str]], tuple[str, ...]]
"""Categories that a feed gives to an item -> the names of those that are topics of the site."""


def topics_of_files(files: Mapping[str, str]) -> list[Topic]:
    """Texts of topics' files by path -> the topics."""
    topics = (read_topic(text, path, lambda _: "")[0] for path, text in sorted(files.items()))
    return [topic for topic in topics if topic]


def by_keywords(topics: Iterable[Topic]) -> TopicsOf:
    """What tells the topics of a headline: whole words, whatever their case."""
    patterns = [(t.name, _any_of(t.keywords)) for t in topics if any(t.keywords)]

    def topics_of(headline: str) -> tuple[str, ...]:
        return tuple(name for name, pattern in patterns if pattern.search(headline))

    return topics_of


def by_name(topics: Iterable[Topic]) -> TopicsIn:
    """What tells which categories are topics: by name, short name or id, whatever their case."""
    known = tuple(topics)

    def topics_in(categories: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in (find_topic(c, known) for c in categories) if name)

    return topics_in


def _any_of(keywords: Iterable[str]) -> re.Pattern[str]:
    words = sorted((re.escape(k.strip()) for k in keywords if k.strip()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
