"""Which pieces of a story report it, which was the first, which outlets speak for themselves."""

from __future__ import annotations

from newsstand.model import Coverage, StoryCoverage

# What a record's `type` may say that it is instead of a report.
NO_REPORTS = frozenset("sponsored opinion column review quiz horoscope live".split())


def reports_of(coverage: StoryCoverage) -> tuple[Coverage, ...]:
    """The pieces that report; all, where none does."""
    found = tuple([piece for piece in coverage.pieces if piece.kind not in NO_REPORTS])
    return found or coverage.pieces


def first_report(coverage: StoryCoverage) -> Coverage | None:
    """The report that was first; None where nothing is dated, or only its day is known."""
    first = reports_of(coverage)[0]
    return None if first.published is None or first.is_day else first


def reporting_outlets(coverage: StoryCoverage) -> tuple[str, ...]:
    """The outlets that report, each once, the first to do so first."""
    return tuple(dict.fromkeys(piece.outlet for piece in reports_of(coverage) if piece.outlet))


def independent_outlets(coverage: StoryCoverage) -> tuple[str, ...]:
    """Outlets with a report of their own: the first to say a text, not those that repeat it."""
    reported = reports_of(coverage)
    firsts = [coverage.pieces[place] for place in sorted(map(min, coverage.voices))]
    own = [piece.outlet for piece in firsts if piece.outlet and piece in reported]
    return tuple(dict.fromkeys(own))
