"""What pages are made from beside the content: templates, settings, filters, the program.

For each template a mark that is equal as long as it, and every template that it extends, includes
or imports, are what they were; and one for what every page may show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsstand.build.state import Known, KnownTemplate
from newsstand.content.files import list_files
from newsstand.content.input_files import FILTERS_FILE
from newsstand.render.errors import BUILT_IN
from newsstand.render.loader import names_in, plain_name
from newsstand.render.templates import Renderer
from newsstand.site import Site, newest_year
from newsstand.text.fingerprint import mark_of, mark_of_bytes


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of templates and outlets; a mark for each template, and one for all ("")."""

    templates: Mapping[str, KnownTemplate]
    outlets: Mapping[str, bytes]
    marks: Mapping[str, bytes]

    def still_true(self, outlets: Mapping[str, bytes]) -> bool:
        """Whether each outlet that was known then is shown as it was. Nobody showed the others."""
        return all(self.outlets.get(domain, mark) == mark for domain, mark in outlets.items())


def read_sources(site: Site, renderer: Renderer, config: Path | None, known: Known) -> Sources:
    """What the pages of a site are made from beside its records."""
    templates = _read_templates(renderer.folders, known.templates)
    marks = {name: _mark(name, templates) for name in templates}
    return Sources(templates, _outlets(site), {**marks, "": _for_all(site, renderer, config)})


def _for_all(site: Site, renderer: Renderer, config: Path | None) -> bytes:
    """A mark of what every page may show."""
    filters = config.parent / FILTERS_FILE if config else None
    return mark_of(
        site.config,
        renderer.site,
        site.own_topic,
        sorted(site.topics.items()),
        sorted(site.topic_ids.items()),
        newest_year(site),
        filters.read_bytes() if filters and filters.is_file() else b"",
    )


def _outlets(site: Site) -> dict[str, bytes]:
    """A mark of each outlet: what it is called, its picture, whether it has a page."""
    return {d: mark_of(outlet, d in site.by_outlet) for d, outlet in site.providers.items()}


def _read_templates(
    folders: Sequence[Path], before: Mapping[str, KnownTemplate]
) -> dict[str, KnownTemplate]:
    """The templates of these folders (the first that has one wins; the last are built in).

    What is known of a template that is what it was is not found out again.
    """
    known: dict[str, KnownTemplate] = {}
    for name, path in _sources(folders):
        data = path.read_bytes()
        digest = mark_of_bytes(data)
        last = before.get(name)
        if last is not None and last.digest == digest:
            known[name] = last
        else:
            known[name] = KnownTemplate(digest, names_in(data))
    return known


def _sources(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Names by which templates are asked for, and the file of each."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update({path: folder / path for path in list_files(folder).paths})
    built = {f"{BUILT_IN}/{path}": folders[-1] / path for path in list_files(folders[-1]).paths}
    yield from sorted({**built, **found}.items())


def _mark(name: str, known: Mapping[str, KnownTemplate]) -> bytes:
    drawn_on = _drawn_on(name, known)
    return mark_of([(n, known[n].digest if n in known else None) for n in sorted(drawn_on)])


def _drawn_on(name: str, known: Mapping[str, KnownTemplate]) -> set[str]:
    """A template and all that it extends, includes or imports; all where that is not known."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        template = known.get(one)
        names: Iterable[str] = known if template and template.names is None else ()
        named = template.names if template and template.names else names
        waiting.extend(map(plain_name, named))
    return found
