"""All that is wrong with a site that is read, each step's problems and what shows at the end."""

from __future__ import annotations

from newsstand.content.content_reader import Read, nothing_there
from newsstand.content.settings_file import Settings
from newsstand.content.site_inputs import Folders, unread_settings
from newsstand.outputs.html.frame import dead_site_links
from newsstand.outputs.internal_links import dead_page_links, dead_record_links
from newsstand.outputs.missing_settings import what_is_missing
from newsstand.problems import Problem, once_with_count, sort_problems
from newsstand.render.overridden_blocks import lost_blocks
from newsstand.site import Site
from newsstand.stories.relate import Related


def problems_of(
    settings: Settings,
    read: Read,
    wrong_pages: tuple[Problem, ...],
    related: Related,
    site: Site,
    folders: Folders,
) -> tuple[Problem, ...]:
    """The problems in order of path and line, those of one kind that repeat once with a count.

    `wrong_pages` are of the editor's pages at addresses that are taken.
    """
    problems = (
        *settings.problems,
        *unread_settings(folders),
        *nothing_there(read, folders.content),
        *read.problems,
        *wrong_pages,
        *related.problems,
        *dead_page_links(site, folders.content),
        *dead_record_links(site, folders.content),
        *lost_blocks(folders.templates),
        *settings.placed(dead_site_links(site)),
        *what_is_missing(site, settings.name),
    )
    return sort_problems(once_with_count(problems))
