"""Pages of the editor's own, and the page for an address that is none."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from newsstand.model import Page, PlainPage
from newsstand.outputs import urls
from newsstand.outputs.html.cards import article_row
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.head import head, not_found_root
from newsstand.outputs.html.page_views import NotFoundView, PlainView
from newsstand.outputs.internal_links import inside, places_of
from newsstand.render.markdown import addresses_in, render_markdown
from newsstand.site import Line, Site
from newsstand.text.strings import one_line

_NEWEST = 5


class PlainInputs(Struct, frozen=True):
    """A page of the editor's own, its links into the site and its pictures.

    Each is as the text has it and as the page writes it; those that lead nowhere are left out.
    """

    page: PlainPage
    links: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]


def plain_page(site: Site, page: PlainPage) -> Page:
    """A page of the editor's own."""
    address, links, pictures = urls.plain(page.slug), dict[str, str](), dict[str, str]()
    for tag, target in addresses_in(page.body):
        if tag == "a" and (place := inside(site, address, target)):
            links[target] = place
        elif tag == "img" and (held := _picture(site, address, target)):
            pictures[target] = held
    inputs = PlainInputs(page, tuple(links.items()), tuple(pictures.items()))
    return Page(address, "plain.html", _plain_view, inputs, page.path)


def _picture(site: Site, address: str, target: str) -> str:
    """A picture of the static files, written from the root; "" if there is none."""
    place = urls.path_address(target[1:])
    held = target.startswith("/") and place in places_of(site)
    return f"{urls.root_from(address)}{place}" if held else ""


def _plain_view(context: ViewContext, inputs: PlainInputs) -> PlainView:
    page, links, pictures = inputs.page, dict(inputs.links), dict(inputs.pictures)
    body = render_markdown(
        page.body,
        inside=lambda target: links.get(target, ""),
        picture=lambda target: pictures.get(target, ""),
    )
    description = page.description or one_line(page.body[:200])
    return PlainView(
        head(context, urls.plain(page.slug), page.title, description), page.title, body
    )


class NotFoundInputs(Struct, frozen=True):
    """The newest records."""

    newest: tuple[Line, ...]


def not_found_page(site: Site) -> Page:
    """What a host shows at an address that is none."""
    newest = tuple([site.lines[article.path] for article in site.articles[:_NEWEST]])
    return Page(urls.NOT_FOUND, "404.html", _not_found_view, NotFoundInputs(newest))


def _not_found_view(context: ViewContext, inputs: NotFoundInputs) -> NotFoundView:
    rows = tuple(article_row(context, line) for line in inputs.newest)
    shown = head(context, urls.NOT_FOUND, "Not found", "There is no page at this address.")
    return NotFoundView(replace(shown, root=not_found_root(context), canonical=""), rows)
