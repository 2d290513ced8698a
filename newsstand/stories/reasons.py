"""Why two reports are taken to tell one event, or not: in sentences for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsstand.stories.grouping.group import Compared
from newsstand.stories.grouping.same_event import Weighed, begin_alike, names_without
from newsstand.text.tokens import is_word, stems_of, tokens_of

_LIKELY = ((0.9, "surely"), (0.7, "very likely"), (0.5, "likely"), (0.2, "perhaps"))
_TOLD = ((0.6, "most"), (0.35, "about half"), (0.15, "a little"))


def sentences(compared: Compared, other_stories: int) -> Iterator[str]:
    """What speaks for and against two reports telling one event, the verdict first.

    `other_stories` have the two most telling words too.
    """
    comparison = compared.found
    chance = comparison.chance(other_stories)
    verdict = next((word for least, word in _LIKELY if chance >= least), "hardly")
    yield f"{verdict} one event, taken by themselves ({_apart(comparison.hours)})"
    yield _shared(compared, other_stories)
    amount = next((word for least, word in _TOLD if comparison.told >= least), "hardly anything")
    yield f"each tells {amount} of the other's headline"
    one, other = compared.one.text, compared.other.text
    if begin_alike(one, other):
        yield f"both headlines begin with {_written(one.headline[:1], compared)[0]}"
    yield from _against(compared)


def _shared(compared: Compared, other_stories: int) -> str:
    words = [word for word, _ in compared.found.shared]
    if not words:
        return "they have no telling word in common"
    names = [w for w in words if w in compared.one.names or w in compared.other.names]
    rest = [word for word in words if word not in names]
    parts = []
    if names:
        parts.append(f"both name {_listed(_written(names, compared))}")
    if rest:
        parts.append(f"both say {_listed(_written(rest, compared))}")
    if len(words) < 2:
        return f"{parts[0]}, and one word alone joins nothing"
    others = "no other story of these days does"
    if other_stories:
        others = f"so {'do' if other_stories > 1 else 'does'} {other_stories} other"
        others += " stories" if other_stories > 1 else " story"
    return f"{' and '.join(parts)}; {others}"


def _against(compared: Compared) -> Iterator[str]:
    one, other, comparison = compared.one, compared.other, compared.found
    mine, theirs = names_without(one, other), names_without(other, one)
    if mine and theirs:
        yield (
            f"against it: only the first names {_listed(_as_written(mine, one))}, "
            f"only the second {_listed(_as_written(theirs, other))}"
        )
    if comparison.same_outlet:
        yield "against it: one outlet rarely reports one thing twice"
    if comparison.two_languages:
        yield "they are in two languages, so names, numbers and a few words of news have to tell"


def _apart(hours: float | None) -> str:
    if hours is None:
        return "no time known"
    if hours < 1.0:
        return "within an hour"
    return f"{hours:.0f} h apart" if hours < 72.0 else f"{hours / 24.0:.0f} days apart"


def _written(words: Iterable[str], compared: Compared) -> list[str]:
    return [
        (_as_written([word], compared.one) or _as_written([word], compared.other) or [word])[0]
        for word in words
    ]


def _as_written(words: Sequence[str], report: Weighed) -> list[str]:
    """Stems as the report writes them."""
    piece = report.text.piece
    tokens = [t for t in tokens_of(f"{piece.title}\n{piece.excerpt}") if is_word(t)]
    return [token for word in words for token in _first(word, tokens)]


def _first(stem: str, tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if stem in stems_of(token)][:1]


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
