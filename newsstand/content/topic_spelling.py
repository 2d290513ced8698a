"""Topics that one record alone names, and that are written nearly like another one.

Such a topic gets a page, but no place in the masthead: mostly it is a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from difflib import get_close_matches
from typing import NamedTuple

from newsstand.model import Article, Topic
from newsstand.problems import Late, quoted, warning

SIMILAR = 0.85  # of two names (Ratcliff & Metzener 1988): one is perhaps the other, misspelt
_OFTEN = 3  # records: a topic that so many name is spelt as it is meant
_LONG = 7  # letters: of shorter words two that are alike are too often both meant
_END = 2  # letters: an ending tells singular and plural, a noun and an adjective apart
_RUN = 3  # letters: of long names that are similar, some run of so many is in both


class Use(NamedTuple):
    """A record's path, the place of a topic among its own, and the name as it is written."""

    path: str
    number: int
    name: str


class Misspelt(NamedTuple):
    """A topic that looks misspelt: where it is, which one may be meant, the code of the problem."""

    use: Use
    meant: str
    code: str


def misspelt_topics(articles: Iterable[Article], topics: Iterable[Topic]) -> tuple[Misspelt, ...]:
    """The topics that one record names and that look like a slip.

    Either of one that others name, or of one that a file describes; `topics` are those of files.
    """
    spelling = {name.casefold(): name for t in topics for name in (t.shortname, t.name) if name}
    uses = uses_of(articles)
    alone = [plain for plain in uses if len(plain) >= _LONG and len(uses[plain]) == 1]
    doubtful = [plain for plain in alone if plain not in spelling]
    slips = _slips(doubtful, uses)
    like = _similar([plain for plain in doubtful if plain not in slips], spelling)
    return (
        *[Misspelt(uses[plain][0], meant, "topic-slip") for plain, meant in slips.items()],
        *[Misspelt(uses[plain][0], meant, "topic-misspelt") for plain, meant in like.items()],
    )


def misspelt_warnings(misspelt: Iterable[Misspelt]) -> Iterator[Late]:
    """A warning for each topic that looks misspelt."""
    for (path, number, name), meant, code in misspelt:
        message = (
            f"only this record names the topic {quoted(name)}, which gets a page of its own "
            "but no place in the masthead"
        )
        hint = f"did you mean {meant}? If not, add a file for it in topics/"
        yield path, warning(("topics", number), code, message, hint)


def uses_of(articles: Iterable[Article]) -> dict[str, list[Use]]:
    """By a topic's name, in small letters, the first records that name it; at most three."""
    uses: dict[str, list[Use]] = {}
    for article in articles:
        for number, name in enumerate(article.topics):
            named = uses.setdefault(name.casefold(), [])
            if len(named) < _OFTEN:
                named.append(Use(article.path, number, name))
    return uses


def _slips(doubtful: Iterable[str], uses: Mapping[str, Sequence[Use]]) -> dict[str, str]:
    """Names with a slip, and the one that is meant, as its first record writes it."""
    often: dict[str, list[str]] = {}
    for plain, named in uses.items():
        if len(named) >= _OFTEN and len(plain) >= _LONG:
            for variant in _variants(plain):
                often.setdefault(variant, []).append(plain)
    found = {}
    for plain in doubtful:
        near = [other for v in _variants(plain) for other in often.get(v, ())]
        meant = min((other for other in near if _is_slip(plain, other)), default="")
        if meant:
            found[plain] = uses[meant][0].name
    return found


def _similar(doubtful: Iterable[str], spelling: Mapping[str, str]) -> dict[str, str]:
    """Names that are similar to one that a file describes, and that one."""
    with_run: dict[str, list[str]] = {}
    for plain in spelling:
        for run in _runs(plain):
            with_run.setdefault(run, []).append(plain)
    found = {}
    for plain in doubtful:
        near = {other for run in _runs(plain) for other in with_run.get(run, ())}
        same = sorted(other for other in near if not _is_another_word(plain, other))
        for meant in get_close_matches(plain, same, n=1, cutoff=SIMILAR):
            found[plain] = spelling[meant]
    return found


def _runs(name: str) -> Set[str]:
    return {name[at : at + _RUN] for at in range(len(name) - _RUN + 1)}


def _is_another_word(name: str, other: str) -> bool:
    """Whether a name that is similar to another one is mostly meant as it is.

    Its first letter is another, or a number; or it has one other letter, or a new one.
    """
    if name[0] != other[0] or _digits(name) != _digits(other):
        return True
    if len(name) == len(other):
        return sum(a != b for a, b in zip(name, other, strict=True)) == 1
    start = next((at for at, sign in enumerate(other) if sign != name[at : at + 1]), len(other))
    is_one_more = name[start + 1 :] == other[start:]
    return is_one_more and name[start] != name[start - 1]


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


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
