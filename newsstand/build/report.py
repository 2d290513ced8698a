"""What a build has to say."""

from __future__ import annotations

from msgspec import Struct

from newsstand.model import HeldBack
from newsstand.problems import Problem

NOT_OURS = "output-not-ours"
"""The code of the warning that goes out before the site is replaced, and once only."""


class Written(Struct, frozen=True):
    """A file of the site that was written, and why."""

    path: str
    reason: str


class BuildSummary(Struct, frozen=True, array_like=True, kw_only=True):
    """What there is to say of a site. `left_out` counts records too wrong to be published."""

    records: int
    left_out: int
    articles: int
    stories: int
    promoted: int
    pages: int
    held_back: tuple[HeldBack, ...]
    problems: tuple[Problem, ...]


class Report(BuildSummary, frozen=True, kw_only=True):
    """What a build did. Where it did not publish, `why_not` says why."""

    written: tuple[Written, ...]
    published: bool
    why_not: str = ""

    def summary(self) -> BuildSummary:
        """What is to be said again as long as the site stands."""
        again = tuple(p for p in self.problems if p.code != NOT_OURS)
        values = {name: getattr(self, name) for name in BuildSummary.__struct_fields__}
        return BuildSummary(**{**values, "problems": again})
