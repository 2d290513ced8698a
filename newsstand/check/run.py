"""Everything that can be said about a site without publishing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from newsstand.build.loaded_site import Loaded
from newsstand.build.output import MARKER
from newsstand.check import content as content_checks
from newsstand.check.fix.apply import mendable
from newsstand.check.foreign_markup import foreign_markup
from newsstand.check.stories import doubtful_stories
from newsstand.check.style_sheets import broken_sheets
from newsstand.check.templates import check_pages, check_sources, first_of_each, own_templates
from newsstand.content.collect import place_late
from newsstand.content.disk_reading import list_files, read_text
from newsstand.content.file_kinds import PROVIDER_FOLDERS, TOPIC_FOLDER, is_ours
from newsstand.content.kinds.outlet import read_provider
from newsstand.content.kinds.picture import MEDIA
from newsstand.content.kinds.topic import read_topic
from newsstand.content.site_inputs import Folders
from newsstand.outputs import urls
from newsstand.outputs.aliases import alias_files
from newsstand.outputs.conflicts import without_clashes
from newsstand.outputs.internal_links import lost_in_bodies
from newsstand.outputs.plan import plan
from newsstand.pipeline import Progress, load, renderer_of
from newsstand.problems import Late, Problem, sort_problems
from newsstand.render.templates import BrokenTemplate
from newsstand.text.file_names import address_key


@dataclass(frozen=True, slots=True)
class Checked:
    """A site and all that is to be said about it, sorted."""

    loaded: Loaded
    problems: tuple[Problem, ...]


def check_site(folders: Folders, base_url: str, now: datetime, progress: Progress[str]) -> Checked:
    """Read a site as a build does, make every page of it, and look further."""
    loaded = load(folders, base_url, now, progress)
    late = tuple(_late(loaded, folders.content))
    # What a record lacks stands nowhere: its file need not be read again for the line.
    placed = (_placed(folders.content, path_and_finding) for path_and_finding in late)
    problems = chain(
        loaded.problems,
        lost_in_bodies(loaded.site, folders.content),
        foreign_markup(loaded.site, folders.content),
        chain.from_iterable(placed),
        _of_templates(loaded, folders),
        broken_sheets(folders.static[1:]),  # ours are the first
        mendable(folders.content, folders.config),
    )
    return Checked(loaded, sort_problems(_with_fixes(_with_pictures(problems, folders.content))))


def _with_pictures(problems: Iterable[Problem], content: Path) -> Iterator[Problem]:
    """A picture that is missing is offered where one of its name lies."""
    by_name: dict[str, str] = {}
    for problem in problems:
        if problem.code != "picture-missing":
            yield problem
            continue
        by_name = by_name or {_name_in(path): path for path in reversed(list_files(content).paths)}
        there = by_name.get(_name_in(problem.message.rpartition("'")[0].rpartition("'")[2]))
        hint = f"did you mean {there}? Else {problem.hint}" if there else problem.hint
        yield replace(problem, hint=hint)


def _name_in(path: str) -> str:
    """The name of a file in its path."""
    return path.rpartition("/")[2]


def _with_fixes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What a build says has a second remedy where ``check --fix`` mends it."""
    all_problems = tuple(problems)
    mended = {(p.path, p.line, p.code) for p in all_problems if not p.message}
    for problem in all_problems:
        if (problem.path, problem.line, problem.code) not in mended:
            yield problem
        elif problem.message:
            yield replace(problem, hint=f"{problem.hint}; `check --fix` does")


def _placed(folder: Path, late: Late) -> tuple[Problem, ...]:
    path, finding = late
    if finding.at:
        return place_late(folder, path, finding)
    return (Problem(path, 1, 1, finding.severity, finding.code, finding.message, finding.hint),)


def _late(loaded: Loaded, content: Path) -> Iterator[Late]:
    site = loaded.site
    paths = list_files(content).paths
    yield from content_checks.unread_files(paths)
    yield from content_checks.held_back(loaded.read.content.held_back)
    topics, outlets = _described(content, [path for path in paths if is_ours(path)])
    yield from content_checks.unused_topics(
        site, {topic: path for topic, path in topics.items() if topic in site.topics}
    )
    yield from content_checks.nearly_described_topics(site, topics)
    yield from content_checks.unknown_outlets(site, outlets)
    yield from content_checks.outlets_of_one_name(site, outlets)
    yield from content_checks.near_duplicates(site)
    yield from content_checks.bare_records(site)
    yield from doubtful_stories(site)


def _described(content: Path, paths: list[str]) -> tuple[dict[str, str], frozenset[str]]:
    """The file of each topic by its id, and the domains of outlets that have a file."""
    topics: dict[str, str] = {}
    outlets = set()
    for path in paths:
        top = path.partition("/")[0]
        if top == TOPIC_FOLDER:
            topic, _ = read_topic(read_text(content, path)[0], path, lambda _: "")
            if topic:
                topics.setdefault(topic.id, path)
        elif top in PROVIDER_FOLDERS:
            provider, _ = read_provider(read_text(content, path)[0], path, lambda _: "")
            if provider:
                outlets.add(provider.domain)
    return topics, frozenset(outlets)


def _of_templates(loaded: Loaded, folders: Folders) -> list[Problem]:
    """Templates, and static files in the place of a page."""
    try:
        renderer = renderer_of(loaded, folders)
    except BrokenTemplate as broken_filters:
        return [broken_filters.problem]
    built_in, *others = folders.templates
    own = own_templates(others)
    taken = {address_key(MARKER), address_key(urls.MANIFEST)}
    pages = list(plan(loaded.site))
    broken = [b.problem for b in check_pages(renderer, pages, taken)]
    problems = [*check_sources(renderer, own, built_in), *broken]
    _, clashes = without_clashes(loaded.assets.files, taken)
    files = (*taken, *(urls.file_of(page.address) for page in pages), urls.MANIFEST)
    files += tuple(asset.path for asset in loaded.assets.files)
    files += tuple(f"{MEDIA}/{path}" for path in loaded.site.pictures)
    _, refused = alias_files(loaded.site, files, has_redirects=True)
    return [*first_of_each(problems), *clashes, *refused]
