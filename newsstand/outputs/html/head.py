"""The head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from newsstand.content.kinds.settings import base_path
from newsstand.model import Coverage
from newsstand.outputs import urls
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.views_of_parts import Head, PictureView
from newsstand.text.links import is_drawing
from newsstand.text.strings import cut_at_word

_JSON = msgspec.json.Encoder(order="sorted")
_LISTED = 30


def head(
    context: ViewContext,
    address: str,
    title: str,
    description: str = "",
    section: str = "",
    picture: PictureView | None = None,
    json_ld: dict[str, Any] | None = None,
    neighbours: tuple[str, str] = ("", ""),
    og_type: str = "website",
    creator: str = "",
) -> Head:
    """The head of the page at `address`; `neighbours` are the addresses before and after.

    `creator` is whose the page's report is (``fediverse:creator``, as Mastodon reads it).
    """
    config = context.config
    full = title if title == config.title else f"{title} · {config.title}"
    return Head(
        root=urls.root_from(address),
        address=address,
        title=full if title else config.title,
        description=cut_at_word(description, 200),
        canonical=f"{config.url}{address}" if config.url else "",
        image=_absolute(context, picture),
        og_type=og_type,
        json_ld=json_for_script(json_ld) if json_ld else Markup(""),
        section=section,
        prev=neighbours[0],
        next=neighbours[1],
        creator=creator,
    )


def _absolute(context: ViewContext, picture: PictureView | None) -> str:
    if picture is None or (not picture.remote and not context.config.url):
        return ""
    if is_drawing(picture.source):
        return ""  # no network shows one: they would leave an empty frame
    return picture.source if picture.remote else f"{context.config.url}{picture.source}"


def not_found_root(context: ViewContext) -> str:
    """The root of 404.html, which is served at any depth: the path of the site's url."""
    return base_path(context.config)


def json_for_script(data: dict[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = _JSON.encode(data).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  (every sign that HTML knows is escaped above)


def collection(
    context: ViewContext, name: str, address: str, pieces: Iterable[Coverage], based_on: str = ""
) -> dict[str, Any]:
    """schema.org CollectionPage: a list of other outlets' articles, none of them ours.

    A page that is about one article only (`based_on`) names it so, and has no list.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "isPartOf": {"@type": "WebSite", "name": context.config.title},
    }
    items = _items(pieces)
    if [item["url"] for item in items] != [based_on]:
        data["mainEntity"] = {"@type": "ItemList", "itemListElement": items}
    if context.config.url:
        data["url"] = f"{context.config.url}{address}"
        data["isPartOf"]["url"] = context.config.url
    if based_on:
        data["isBasedOn"] = based_on
    return data


def _items(pieces: Iterable[Coverage]) -> list[dict[str, Any]]:
    linked = [p for p in pieces if p.link][:_LISTED]
    return [
        {"@type": "ListItem", "position": place, "name": piece.title, "url": piece.link}
        for place, piece in enumerate(linked, 1)
    ]
