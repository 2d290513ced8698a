"""Whether a piece that a record names as related reports the record's own event.

Such a piece is most often no record, so no day counts its words: both are compared as on a site
that has just begun. The answer depends on the two alone.
"""

from __future__ import annotations

from functools import lru_cache

from newsstand.stories.grouping.pieces import HOURS_OF_A_DAY, Piece, Rule
from newsstand.stories.grouping.same_event import ONE_LANGUAGE, Weighed, compare, weighed
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of

_CROWD = 300  # reports of the days around, on a site of middle size
_LEAST_ODDS = 0.0
_TERMS = TermWeights()


def is_near(piece: Piece, related: Piece, rule: Rule) -> bool:
    """Whether a related piece tells the same as the piece that names it."""
    if piece.hours is None or related.hours is None:
        return False
    if abs(piece.hours - related.hours) > rule.closed_after_days * HOURS_OF_A_DAY:
        return False
    comparison = compare(_weighed(piece), _weighed(related), _CROWD)
    return comparison.odds + ONE_LANGUAGE.declared >= _LEAST_ODDS


@lru_cache(maxsize=1 << 8)  # records of one story declare the same pieces
def _weighed(piece: Piece) -> Weighed:
    return weighed(text_of(piece, piece.title, piece.excerpt), _TERMS)
