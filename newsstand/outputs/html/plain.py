"""Pages of the editor's own, and the page for an address that is none."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from newsstand.markup.markdown import addresses_in, render_markdown
from newsstand.model import Page, PlainPage, Story
from newsstand.outputs import urls
from newsstand.outputs.html.cards import story_row
from newsstand.outputs.html.context import ViewContext, picture_finder
from newsstand.outputs.html.formatting import prose_direction
from newsstand.outputs.html.head import head, not_found_root
from newsstand.outputs.html.views_of_pages import NotFoundView, PlainView
from newsstand.outputs.internal_links import inside
from newsstand.site import Site
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
    find = picture_finder(site) if site.config.images != "none" else lambda _path, _address: ""
    for tag, target in addresses_in(page.body):
        if tag == "a" and (place := inside(site, address, target, page.path)):
            links[target] = place
        elif tag == "img" and (held := find(page.path, target)):
            pictures[target] = f"{urls.root_from(address)}{urls.path_address(held)}"
    inputs = PlainInputs(page, tuple(links.items()), tuple(pictures.items()))
    return Page(address, "plain.html", _plain_view, inputs, page.path)


def _plain_view(context: ViewContext, inputs: PlainInputs) -> PlainView:
    page, links, pictures = inputs.page, dict(inputs.links), dict(inputs.pictures)
    body = render_markdown(
        page.body,
        inside=lambda target: links.get(target, ""),
        picture=lambda target: pictures.get(target, ""),
        name=page.slug,
        outward=context.outward,
    )
    description = page.description or one_line(page.body[:200])
    return PlainView(
        head=head(context, urls.plain(page.slug), page.title, description),
        title=page.title,
        body=body,
        body_direction=prose_direction(body, context.config.language),
    )


class NotFoundInputs(Struct, frozen=True):
    """The stories with the newest reports."""

    stories: tuple[Story, ...]


def not_found_page(site: Site) -> Page:
    """What a host shows at an address that is none."""
    inputs = NotFoundInputs(site.river[:_NEWEST])
    return Page(urls.NOT_FOUND, "404.html", _not_found_view, inputs)


def _not_found_view(context: ViewContext, inputs: NotFoundInputs) -> NotFoundView:
    rows = tuple([story_row(context, story) for story in inputs.stories])
    shown = head(context, urls.NOT_FOUND, "Not found", "There is no page at this address.")
    return NotFoundView(replace(shown, root=not_found_root(context), canonical=""), rows)
