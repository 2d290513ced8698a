"""The settings below ``fetch:`` in ``site.yml``."""

from __future__ import annotations

from dataclasses import dataclass

from newsstand.content.kinds.setting_types import Between, OneOf, read_line, setting

BY_KEYWORDS = "keywords"
FROM_PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How news come in by themselves; see docs/fetch.md."""

    opml: str = setting("", read_line, "an OPML file of the site, or its address: more feeds")
    days: float = setting(7.0, Between(0, 36500), "items that are older do not come in")
    most: int = setting(100, Between(1, 10000, whole=True), "items of one feed in one run")
    interval: int = setting(
        60, Between(1, 10080, whole=True), "the fewest minutes between two requests to a feed"
    )
    topics: str = setting(
        BY_KEYWORDS,
        OneOf((BY_KEYWORDS, "feeds")),
        "keywords: also topics whose keywords are in the headline; feeds: only those of the feed",
    )
    folder: str = setting("news", read_line, "folder for new records, below the content folder")
    pictures: int = setting(
        200, Between(0, 100000, whole=True), "megabytes of pictures that are kept; 0: none"
    )
    pictures_from: str = setting(
        "feeds",
        OneOf(("feeds", FROM_PAGES)),
        "feeds: pictures that a feed names; pages: for a new item without one also that which its "
        "page names, one request more for each",
    )
    pictures_folder: str = setting(
        "pictures/cache", read_line, "folder for pictures, below the content folder"
    )
    user_agent: str = setting("", read_line, "the name to give; else the program's and the site's")
