"""Build a site with the kinds of pages that the peers make, to be compared with them.

``python benchmarks/same_pages.py build …`` takes what ``build.py`` takes. Article pages, the
front page with its further pages, topics, the feed and the sitemap are made as always; pages of
outlets and of the archive are not. No setting does this: it is for measuring only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from newsstand.cli import main
from newsstand.model import Page
from newsstand.outputs import plan
from newsstand.site import Site

_LEFT_OUT = frozenset(
    f"{name}.html" for name in ("outlets", "outlet", "archive", "year", "month", "day")
)
_all_pages = plan._further_lists  # noqa: SLF001  (measuring may look inside)


def _fewer(site: Site) -> Iterator[Page]:
    return (page for page in _all_pages(site) if page.template not in _LEFT_OUT)


if __name__ == "__main__":
    plan._further_lists = _fewer  # noqa: SLF001
    main.run()  # as build.py does, which leaves circles of values alone
