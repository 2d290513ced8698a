"""Files of a site that are no pages: static files, pictures, the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsstand.build.incremental import PageWriter
from newsstand.build.output import MARKER
from newsstand.content.kinds.picture import MEDIA
from newsstand.outputs import urls
from newsstand.outputs.aliases import REDIRECTS, alias_files
from newsstand.outputs.conflicts import without_clashes
from newsstand.outputs.feeds.web_app_manifest import manifest
from newsstand.outputs.static_files import Assets
from newsstand.problems import Problem
from newsstand.site import Site


def put_files(
    site: Site, assets: Assets, content: Path, writer: PageWriter, beside: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """Write the files that are no pages -> problems with those that would take a page's place.

    `beside` are further files by their path in the site. Raises OSError.
    """
    own = {urls.MANIFEST: manifest(site, dict(assets.addresses)).encode(), **beside}
    shown = site.pictures if site.config.images != "none" else ()
    media = {f"{MEDIA}/{path}": content / path for path in shown}
    taken = (MARKER, *writer.pages, *own, *media, *(asset.path for asset in assets.files))
    aliases, refused = alias_files(site, taken, REDIRECTS in assets.addresses)
    for path, data in {**own, **aliases}.items():
        writer.put(path, data)
    kept, clashes = without_clashes(assets.files, (MARKER, *writer.pages, *media))
    for asset in kept:
        writer.copy(asset.path, asset.source)
    for path, source in media.items():
        writer.copy(path, source)
    return (*clashes, *refused)
