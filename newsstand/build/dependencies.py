"""What all pages of a template depend on: it, the settings, filters, what every page shows.

For each template a fingerprint that is equal only as long as it, and every template that it
extends, includes or imports, are what they were; and one for what every page may show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from newsstand.content.disk_reading import list_files
from newsstand.content.site_inputs import FILTERS_FILE
from newsstand.outputs.html.context import ViewContext, context_of
from newsstand.render.errors import BUILT_IN
from newsstand.render.loader import names_in, plain_name
from newsstand.render.templates import Renderer
from newsstand.site import Site
from newsstand.text.fingerprint import fingerprint_of, hash_of

Names = Mapping[str, tuple[bytes, tuple[str, ...] | None]]
"""For each template a hash of its bytes and the templates it names; None if a name is computed."""


class Dependencies(Struct, frozen=True):
    """How each outlet and topic is shown; a fingerprint for each template, one for all ("").

    `outlets` has both, and what each name of a topic means.
    """

    outlets: Mapping[str, bytes]
    made_from: Mapping[str, bytes]

    def still_true(self, outlets: Mapping[str, bytes]) -> bool:
        """Whether what was known then is shown as it was. Nobody showed the others."""
        return all(self.outlets.get(domain, before) == before for domain, before in outlets.items())


def dependencies_of(site: Site, renderer: Renderer, config: Path | None) -> Dependencies:
    """What the pages of a site depend on beside their inputs."""
    context = context_of(site)
    templates = read_templates(renderer.folders)
    made_from = {name: _fingerprint(name, templates) for name in templates}
    shown = {f"outlet/{domain}": fingerprint_of(o) for domain, o in site.providers.items()}
    shown.update({f"topic/{t}": fingerprint_of(topic) for t, topic in site.topics.items()})
    shown.update({f"name/{name}": hash_of(t.encode()) for name, t in site.topic_ids.items()})
    return Dependencies(shown, {**made_from, "": _for_all(context, renderer, config)})


def _for_all(context: ViewContext, renderer: Renderer, config: Path | None) -> bytes:
    """A fingerprint of what every page may show."""
    filters = config.parent / FILTERS_FILE if config else None
    return fingerprint_of(
        context.config,
        renderer.site,
        context.own_topic,
        filters.read_bytes() if filters and filters.is_file() else b"",
    )


def read_templates(folders: Sequence[Path]) -> Names:
    """The templates of these folders (the first that has one wins; the last are built in)."""
    paths = dict(_paths(folders))  # those that are built in have two names
    read = {path: path.read_bytes() for path in set(paths.values())}
    said = {path: (hash_of(data), names_in(data)) for path, data in read.items()}
    return {name: said[path] for name, path in paths.items()}


def _paths(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Names by which templates are asked for, and the file of each."""
    paths: dict[str, Path] = {}
    for folder in reversed(folders):
        paths.update({path: folder / path for path in list_files(folder).paths})
    built = {f"{BUILT_IN}/{path}": folders[-1] / path for path in list_files(folders[-1]).paths}
    yield from sorted({**built, **paths}.items())


def _fingerprint(name: str, names: Names) -> bytes:
    drawn_on = sorted(_drawn_on(name, names))
    return fingerprint_of([(n, names[n][0] if n in names else None) for n in drawn_on])


def _drawn_on(name: str, templates: Names) -> set[str]:
    """A template and all that it extends, includes or imports; all where that is not known."""
    drawn_on: set[str] = set()
    waiting = [name]
    while waiting:
        template = waiting.pop()
        if template in drawn_on:
            continue
        drawn_on.add(template)
        names = templates[template][1] if template in templates else ()
        waiting.extend(map(plain_name, _all(templates) if names is None else names))
    return drawn_on


def _all(names: Names) -> Iterable[str]:
    return names
