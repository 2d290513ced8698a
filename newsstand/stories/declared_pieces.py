"""Whether a piece that a record names as related reports the record's own event.

Such a piece is most often no record, so no day counts its words: both are compared as on a site
that has just begun. The answer depends on the two alone.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from newsstand.model import Coverage
from newsstand.stories.grouping.pieces import Piece, Rule
from newsstand.stories.grouping.same_event import ONE_LANGUAGE, Weighed, compare, weighed
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of
from newsstand.stories.grouping_input import piece_of

_CROWD = 300  # reports of the days around, on a site of middle size
_LEAST_ODDS = 0.0
_TERMS = TermWeights()


def is_near(rule: Rule, piece: Coverage, related: Coverage) -> bool:
    """Whether a related piece tells the same as the piece that names it."""
    time, other = piece.published, related.published
    if time is None or other is None or abs(time - other) > timedelta(days=rule.closed_after_days):
        return False  # as of most pieces: to compare their words would take long
    comparison = compare(_weighed(piece_of(piece)), _weighed(piece_of(related)), _CROWD)
    return comparison.odds + ONE_LANGUAGE.declared >= _LEAST_ODDS


@lru_cache(maxsize=1 << 8)  # records of one story declare the same pieces
def _weighed(piece: Piece) -> Weighed:
    return weighed(text_of(piece, piece.title, piece.excerpt), _TERMS)
