"""Topics that one record alone names, a letter away from one that others name: slips of the pen.

Such a topic gets a page, and on a small site a place in the masthead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from newsstand.model import Article, Topic
from newsstand.problems import Late, quoted, warning

_OFTEN = 3  # records: a topic that so many name is spelt as it is meant
_LONG = 7  # letters: of shorter words two that are alike are too often both meant
_END = 2  # letters: an ending tells singular and plural, a noun and an adjective apart


Use = tuple[str, int, str]
"""Where a topic is named: path of the record, place among its topics, the name as written there."""


def misspelt_topics(articles: Iterable[Article], topics: Iterable[Topic]) -> Iterator[Late]:
    """A warning for each topic that looks like a slip; `topics` are those that files describe."""
    described = {name.casefold() for topic in topics for name in (topic.name, topic.shortname)}
    for (path, number, name), meant in topic_slips(articles, described).items():
        message = f"only this record names the topic {quoted(name)}, which gets a page of its own"
        hint = f"did you mean {meant}? If not, add a file for it in topics/"
        yield path, warning(("topics", number), "topic-slip", message, hint)


def topic_slips(articles: Iterable[Article], described: Set[str]) -> dict[Use, str]:
    """The uses of topics that are written with a slip -> the name that is meant.

    `described` are names that are meant as they are, in small letters.
    """
    named: dict[str, list[Use]] = {}
    for article in articles:
        for number, name in enumerate(article.topics):
            uses = named.setdefault(name.casefold(), [])
            if len(uses) < _OFTEN:
                uses.append((article.path, number, name))
    often: dict[str, list[str]] = {}
    for plain, uses in named.items():
        if len(uses) >= _OFTEN and len(plain) >= _LONG:
            for variant in _variants(plain):
                often.setdefault(variant, []).append(plain)
    found = {}
    for plain, uses in named.items():
        if len(uses) == 1 and len(plain) >= _LONG and plain not in described:
            near = [other for v in _variants(plain) for other in often.get(v, ())]
            meant = min((other for other in near if _is_slip(plain, other)), default="")
            if meant:
                found[uses[0]] = named[meant][0][2]
    return found


def _variants(name: str) -> Set[str]:
    """A name, and it without one of its letters: names that share one may differ by a slip."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _is_slip(name: str, other: str) -> bool:
    """Whether a name differs from another in one long word, inside of it, as a slip does.

    By a letter too few, one that is written twice, or two neighbours that changed places. Another
    letter in place of one is no slip, nor is a new one: "Iceland" and "Ireland" are both meant,
    "Friction" and "Fiction" too.
    """
    pairs = list(zip(name.split(), other.split(), strict=False))
    different = [(a, b) for a, b in pairs if a != b]
    if len(name.split()) != len(other.split()) or len(different) != 1:
        return False
    own, _ = different[0]
    short, long = sorted(different[0], key=len)
    start = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    if len(short) < _LONG or not 0 < start < len(long) - _END or not long.isalpha():
        return False
    if len(short) < len(long):
        is_one_more = short[start:] == long[start + 1 :]
        return is_one_more and (own == short or long[start] == long[start - 1])
    swapped = short[:start] + short[start + 1] + short[start] + short[start + 2 :]
    return swapped == long
