"""What speaks for and against two reports telling one event, and the chance that they do.

The chance is that of a logistic regression on few things that an editor would look at too. Its
weights were fitted once, to pairs of reports that people had judged: general news, politics and
technology of 2021 and 2026, 9,300 pairs in all. docs/stories.md explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log, log1p, sqrt

from msgspec import Struct, structs

from newsstand.stories.grouping.boilerplate import frame_of
from newsstand.stories.grouping.term_weights import EVERYDAY, MOST_NATS, TermWeights
from newsstand.stories.grouping.texts import Text
from newsstand.text.tokens import are_one_sign

PIECES_OF_EVIDENCE = 3  # shared words that are weighed; what more there is tells little more
_LEAST_PIECES = 2  # one word, name or number joins nothing
_EVERYDAY_PIECE = 0.5  # of one: a word of every week's news
_LEAST_CROWD = 25  # reports: a quieter site is taken for one of so many
_SHORT_HEADLINE = 6  # words
_SAME_ROOT = 4  # letters: Syria and Syrian are one piece of evidence
_HOURS_OF_UNDATED = 192.0  # how far an undated report counts as being from any other
_HOURS_OF_ONE_NEWS = 6.0  # so long outlets take to tell the same; what is less tells little
_NEVER = -30.0  # odds
_OF_ONE_FRAME = -0.5  # counts against joining the stories of two reports with names exchanged
_MOST_ELSEWHERE = 3  # other stories with the same words; more tell no more


class Weighed(Struct, frozen=True, array_like=True, eq=False, gc=False):
    """A text with what each of its words tells, at the time when it came in.

    `weights` are by word the root of what it tells in this text, the most telling first, so that
    the product of two is what both texts share by it. `headline` is what each word of the headline
    tells.
    """

    text: Text
    hours: float | None
    names: frozenset[str]
    headline: Mapping[str, float]
    headline_total: float
    headline_names: tuple[str, ...]
    weights: Mapping[str, float]


def weighed(text: Text, terms: TermWeights) -> Weighed:
    """A text with what its words tell now."""
    names, told = terms.names(text), terms.told
    weights = {word: told[word].in_headline for word in text.headline}
    for word in text.excerpt:
        of_word = told[word]
        weights[word] = of_word.as_name_in_excerpt if word in names else of_word.in_excerpt
    by_weight = sorted(sorted(weights), key=weights.__getitem__, reverse=True)
    weights = {word: weights[word] for word in by_weight}
    headline = {word: told[word].nats for word in text.headline}
    own = tuple([word for word in text.headline if word in names])
    total = sum(headline.values())
    return Weighed(text, text.piece.hours, names, headline, total, own, weights)


def remembered(report: Weighed) -> Weighed:
    """A report as far as later ones are compared with it."""
    text, none = report.text, frozenset[str]()
    piece = structs.replace(text.piece, excerpt="")
    text = structs.replace(text, piece=piece, excerpt=(), small=none, opening=none)
    return structs.replace(report, text=text)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each thing that is looked at counts, in the logarithm of the odds."""

    base: float
    evidence: tuple[float, float, float]
    headlines: float
    other_names: float
    gap: float
    same_outlet: float
    crowd: float
    elsewhere: float
    beginning: float
    no_name: float = -0.5  # each headline names others, and no name is in both
    declared: float = 1.0  # that an editor named one beside the other: a hint, no proof


ONE_LANGUAGE = Weights(-1.9, (0.5, 0.25, 0.1), 7.0, -1.3, -1.2, -2.7, -0.5, -0.8, 1.2)
# Reports in two languages have little more than names and numbers in common.
TWO_LANGUAGES = Weights(-6.1, (0.7, 0.7, 0.45), 0.0, 0.0, -0.9, -2.7, 0.0, -0.2, 0.0)
_MOST_EVIDENCE = tuple([sum(w.evidence) * MOST_NATS for w in (ONE_LANGUAGE, TWO_LANGUAGES)])


class Comparison(Struct, frozen=True, gc=False):
    """What two reports have in common and what not.

    `shared` are words that both have and how much each tells, most first, each name once.
    `told` is the part of both headlines that the other report tells too (0 to 1). `hours` lie
    between them, None where a time is missing. `odds` is the logarithm of the odds that both
    report one event, as far as they tell it by themselves.
    """

    shared: tuple[tuple[str, float], ...]
    told: float
    hours: float | None
    same_outlet: bool
    two_languages: bool
    odds: float
    is_one_frame: bool = False

    def chance(self, elsewhere: int = 0) -> float:
        """The chance (0 to 1) that both report one event; below 0 where they surely do not.

        `elsewhere` is the number of other stories that have the two most telling words too.
        """
        if self.is_one_frame:
            return _OF_ONE_FRAME
        weights = TWO_LANGUAGES if self.two_languages else ONE_LANGUAGE
        odds = self.odds + weights.elsewhere * log1p(min(elsewhere, _MOST_ELSEWHERE))
        return 1.0 / (1.0 + exp(-max(odds, _NEVER)))


def compare(one: Weighed, other: Weighed, crowd: int) -> Comparison:
    """Compare two reports among so many of the same days."""
    found = compare_if(one, other, crowd, -inf)
    assert found is not None, "nothing is below the lowest odds"  # noqa: S101
    return found


def compare_if(one: Weighed, other: Weighed, crowd: int, least: float) -> Comparison | None:
    """As `compare`; None where the odds are below `least`."""
    a, b = one.text, other.text
    two_languages = "" != a.language != b.language != ""
    same_outlet = a.piece.outlet == b.piece.outlet != ""
    weights = TWO_LANGUAGES if two_languages else ONE_LANGUAGE
    hours = None
    if one.hours is not None and other.hours is not None:
        hours = abs(one.hours - other.hours)
    both = sorted(one.weights.keys() & other.weights.keys())
    told = _told(one, other, both)
    gap = _HOURS_OF_UNDATED if hours is None else hours
    odds = (
        weights.base
        + weights.headlines * told
        + weights.gap * log1p(gap / _HOURS_OF_ONE_NEWS)
        + weights.crowd * log(max(crowd, _LEAST_CROWD))
    )
    if same_outlet:
        odds += weights.same_outlet
    if begin_alike(a, b):
        odds += weights.beginning
    if a.piece.key in b.piece.declared or b.piece.key in a.piece.declared:
        odds += weights.declared
    if odds + _MOST_EVIDENCE[two_languages] < least:
        return None
    shared = _shared(one, other, both)
    odds += sum([x * tells for x, (_, tells) in zip(weights.evidence, shared, strict=False)])
    if odds < least:
        return None
    missed = _missed(one, other)
    if _may_be_one(one, other, shared):
        odds += weights.other_names * missed
        if missed and not [w for w, _ in shared if w in one.names and w in other.names]:
            odds += weights.no_name
    else:
        odds = _NEVER
    if odds < least:
        return None
    is_frame = bool(missed or (a.is_title_case and b.is_title_case)) and _is_one_frame(one, other)
    return Comparison(shared, told, hours, same_outlet, two_languages, odds, is_frame)


def begin_alike(a: Text, b: Text) -> bool:
    """Whether two headlines have the same first word that tells anything: what they are about."""
    return a.headline[:1] == b.headline[:1] != ()


def _may_be_one(one: Weighed, other: Weighed, shared: Sequence[tuple[str, float]]) -> bool:
    """Whether two reports may tell one event.

    They may not by one word alone, nor as parts of a series; nor by one word and one of every
    week's news ("Harbour … opens"), unless the first is a name.
    """
    a, b = one.text, other.text
    if a.piece.outlet == b.piece.outlet and _is_series(a, b):
        return False
    if a.headline == b.headline:
        return bool(shared)
    if len(shared) < _LEAST_PIECES:
        return False
    pieces = sum([_EVERYDAY_PIECE if word in EVERYDAY else 1.0 for word, _ in shared])
    return pieces >= _LEAST_PIECES or not a.capital.isdisjoint(b.capital)


def _shared(one: Weighed, other: Weighed, both: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """The most telling of the words that both have, but of one name or root only one."""
    mine, theirs = one.weights, other.weights
    found: list[tuple[str, float]] = []
    for told, word in sorted([(-mine[word] * theirs[word], word) for word in both]):
        for known, _ in found:
            if are_one_thing(word, known, one, other):
                break
        else:
            found.append((word, -told))
            if len(found) == PIECES_OF_EVIDENCE:
                break
    return tuple(found)


def are_one_thing(word: str, known: str, one: Weighed, other: Weighed) -> bool:
    """Whether two words are parts of one name, or of one root."""
    if word[:_SAME_ROOT] == known[:_SAME_ROOT] or (len(word) == 2 and are_one_sign(word, known)):
        return True
    mine, theirs = one.text.beside, other.text.beside
    if not mine or not theirs:
        return False
    pair, turned = (word, known), (known, word)
    return (pair in mine or turned in mine) and (pair in theirs or turned in theirs)


def _told(one: Weighed, other: Weighed, both: Iterable[str]) -> float:
    """How much of each headline is told by words that both reports have, as a geometric mean."""
    mine = theirs = 0.0
    for word in both:
        mine += one.headline.get(word, 0.0)
        theirs += other.headline.get(word, 0.0)
    return sqrt(mine / (one.headline_total + 1.0) * (theirs / (other.headline_total + 1.0)))


def names_without(one: Weighed, other: Weighed) -> tuple[str, ...]:
    """The names of one headline that another report lacks."""
    theirs = other.weights
    return tuple([word for word in one.headline_names if word not in theirs])


def _missed(one: Weighed, other: Weighed) -> float:
    """What names of each headline tell that the other lacks, in rarest words: the lesser."""
    if not one.headline_names or not other.headline_names:
        return 0.0
    mine = sum([one.headline[word] for word in names_without(one, other)])
    return min(mine, sum([other.headline[word] for word in names_without(other, one)])) / MOST_NATS


def _is_one_frame(one: Weighed, other: Weighed) -> bool:
    """Whether two headlines differ in nothing but names and numbers, and in names both ways."""
    mine = [word for word in one.headline if word not in other.headline]
    theirs = [word for word in other.headline if word not in one.headline]
    shared = len(one.headline) - len(mine)
    return shared >= _LEAST_PIECES and all(
        (
            any(word in report.names for word in words)
            and all(w[0].isdigit() or w in report.names | report.text.capital for w in words)
        )
        or (_fills_frame(words, report) and shared >= PIECES_OF_EVIDENCE)
        for report, words in ((one, mine), (other, theirs))
    )


def _fills_frame(words: Sequence[str], report: Weighed) -> bool:
    """Whether words may be the one name of a short headline with a capital on every word."""
    is_short = len(report.headline) <= _SHORT_HEADLINE
    return report.text.is_title_case and is_short and 0 < len(words) <= _LEAST_PIECES


def _is_series(a: Text, b: Text) -> bool:
    """Whether two headlines of an outlet differ in nothing but a number or a date.

    Of the very same headline that is so from one day to another, and where no day is known.
    """
    if a.piece.title == b.piece.title:
        return a.piece.day is None or a.piece.day != b.piece.day
    frame = frame_of(a.piece.title)
    return frame == frame_of(b.piece.title) and bool(frame)
