"""Templates of one's own: each is compiled, each that a page uses is tried on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from newsstand.content.disk_reading import list_files
from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.problems import Problem, Severity, nearest, quoted
from newsstand.render.templates import BrokenTemplate, Renderer
from newsstand.text.file_names import address_key

_NO_TEMPLATES = (".py", ".pyc")


def own_templates(folders: Iterable[Path]) -> dict[str, Path]:
    """The templates of one's own by their names; a README and filters are none."""
    paths = {}
    for folder in folders:
        for path in list_files(folder).paths:
            name = path.rpartition("/")[2]
            if not name.startswith("README") and not name.endswith(_NO_TEMPLATES):
                paths[path] = folder / path
    return paths


def check_sources(renderer: Renderer, own: Mapping[str, Path], built_in: Path) -> list[Problem]:
    """What is wrong with templates before any page is made: their words, their names."""
    ours = set(list_files(built_in).paths)
    problems, named = [], set[str]()
    for name in sorted(own):
        try:
            named.update(renderer.parse(name))
        except BrokenTemplate as broken:
            problems.append(broken.problem)
    unused = [name for name in sorted(own) if name not in ours | named]
    return [*problems, *(_unused(name, ours) for name in unused)]


def _unused(name: str, ours: Iterable[str]) -> Problem:
    stems = {PurePosixPath(path).stem: path for path in sorted(ours, reverse=True)}
    close = stems.get(nearest(PurePosixPath(name).stem, stems), "")
    hint = f"did you mean {close}?" if close else "delete it, or name it as the one it stands for"
    message = f"{quoted(name)} is the name of no built-in template, and no template uses it"
    return Problem(f"templates/{name}", 1, 1, Severity.WARNING, "template-unused", message, hint)


def check_pages(
    renderer: Renderer, pages: Iterable[Page], taken: set[str]
) -> Iterator[BrokenTemplate]:
    """Make every page and forget it. `taken` learns which files pages are written to."""
    for page in pages:
        taken.add(address_key(urls.file_of(page.address)))
        try:
            renderer.render(page)
        except BrokenTemplate as broken:
            yield broken


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each line of a template."""
    by_place: dict[tuple[str, int], Problem] = {}
    for problem in problems:
        by_place.setdefault((problem.path, problem.line), problem)
    return list(by_place.values())
