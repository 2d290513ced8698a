"""Pages that lead on: addresses that were published keep answering."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.outputs.aliases import address_of
from newsstand.outputs.conflicts import Places
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views_of_pages import RedirectView
from newsstand.outputs.story_addresses import story_addresses
from newsstand.site import Site

_FILE = "index.html"


class RedirectInputs(Struct, frozen=True):
    """From which address to which."""

    address: str
    target: str


def redirect(address: str, target: str) -> Page:
    """A page at one address that leads to another."""
    return Page(address, "redirect.html", _view, RedirectInputs(address, target))


def _view(context: ViewContext, inputs: RedirectInputs) -> RedirectView:
    url = context.config.url
    return RedirectView(
        target=inputs.target,
        root=urls.root_from(inputs.address),
        canonical=f"{url}{inputs.target}" if url else "",
        title=context.config.title,
    )


def story_redirects(site: Site) -> Iterator[Page]:
    """From the addresses of stories that are no page of their own to the page that tells more."""
    for address, target in story_addresses(site):
        if address != target:
            yield redirect(address, target)


def folder_redirects(site: Site) -> Iterator[Page]:
    """From an address that a reader has shortened to the list of what lies below it.

    Stories stand on the front page, all reports in the archive. What is the editor's own there is
    kept: a plain page, a static file, an alias, or a record that is called like the file.
    """
    called_so = [a.slug for a in site.articles if a.slug.lower() == _FILE]
    own = (
        *[address for slug in called_so for address in (urls.article(slug), urls.story(slug))],
        *[urls.plain(page.slug) for page in site.pages],
        *[address_of(alias, site.config.url) for a in site.articles for alias in a.aliases],
    )
    places = Places((*map(urls.file_of, own), *site.static))
    for address, target in ((urls.STORIES, urls.FRONT), (urls.NEWS, urls.ARCHIVE)):
        if places.has_room(urls.file_of(address)):
            yield redirect(address, target)


def list_redirects(first: str, entries: int, size: int, full: int) -> Iterator[Page]:
    """From numbers of pages that a list had when pages were counted from the newest.

    `full` is the number of its pages that have a number now.
    """
    for number in range(max(full, 1) + 1, -(-entries // size) + 1):
        yield redirect(urls.part(first, number), first)


def river_redirects(site: Site) -> Iterator[Page]:
    """From the numbered pages that the front page had to the archive, where the days are."""
    pages = -(-len(site.stories) // site.config.page_size)
    for number in range(2, pages + 1):
        yield redirect(urls.part(urls.FRONT, number), urls.ARCHIVE)
