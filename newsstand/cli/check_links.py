"""``check --external``: ask other hosts about links, and keep their answers in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newsstand.check.external_links import outer_links, problems_of, remembered, to_remember
from newsstand.cli.common_options import cache_folder
from newsstand.cli.terminal import progress_for
from newsstand.content.disk_writing import write_whole
from newsstand.content.site_inputs import Folders
from newsstand.fetch import http_client, link_check
from newsstand.fetch.http_answers import Answer
from newsstand.problems import Problem
from newsstand.site import Site
from newsstand.text.strings import plural

_ANSWERS_FILE = "links.json"


def check_links(
    site: Site, folders: Folders, now: datetime, is_progress_shown: bool
) -> Iterable[Problem]:
    """Problems with links that lead away; each is asked about if its last answer is too old."""
    agent = http_client.user_agent(link_check.PURPOSE)
    asker = link_check.Asker(http_client.HttpClient(http_client.MANNER, agent))
    cache = cache_folder(folders.content) / _ANSWERS_FILE
    kept = cache.read_text(encoding="utf-8") if cache.is_file() else ""
    uses = outer_links(site)
    answers = remembered(kept, now)
    waiting = [use.link for use in uses if use.link not in answers]
    if waiting and is_progress_shown:
        print(f"Asking about {plural(len(waiting), 'link')}.", file=sys.stderr)
    new: dict[str, Answer] = {}
    progress: Any = progress_for(not is_progress_shown)
    try:
        new.update(progress(asker.ask_all(waiting), "Asking", len(waiting)))
    finally:  # what was answered before somebody lost patience is not asked again
        if new:
            write_whole(cache, to_remember(kept, new, now).encode())
    return problems_of(uses, {**answers, **new}, folders.content, folders.config)
