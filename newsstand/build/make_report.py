"""A site and its files -> what a build has to say of them."""

from __future__ import annotations

from datetime import datetime

from newsstand.build.report import Report, Written
from newsstand.content.content_reader import Read
from newsstand.problems import Problem
from newsstand.site import Site


def report_of(
    site: Site,
    read: Read,
    problems: tuple[Problem, ...],
    written: tuple[Written, ...] = (),
    pages: int | None = None,
    why_not: str = "",
) -> Report:
    """What was done; without a number of pages nothing was published, and `why_not` says why."""
    held_back, left_out = read.content.held_back, read.content.left_out
    return Report(
        records=len(site.articles) + len(held_back) + left_out,
        left_out=left_out,
        articles=len(site.articles),
        stories=len(site.stories),
        promoted=sum(a.promoted for a in site.articles),
        pages=pages or 0,
        written=tuple(sorted(written, key=lambda w: w.path)),
        held_back=held_back,
        problems=problems,
        published=pages is not None,
        why_not=why_not,
    )


def holds_between(read: Read) -> tuple[datetime | None, datetime | None]:
    """The times between which the files say the same; None where there is no end."""
    files = read.files.files.values()
    since = max([file.since for file in files if file.since], default=None)
    return since, min([file.due for file in files if file.due], default=None)
