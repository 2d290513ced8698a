"""The head of a page, and what all pages have in context."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.content.kinds.setting_types import SiteLink
from newsstand.content.kinds.settings import Config
from newsstand.model import Article, PlainPage
from newsstand.outputs.html.context import ViewContext, context_of
from newsstand.outputs.html.frame import dead_site_links, site_view
from newsstand.outputs.html.front import front_page
from newsstand.outputs.html.head import collection, head, json_for_script, not_found_root
from newsstand.outputs.html.views_of_pages import FrontView
from newsstand.outputs.html.views_of_parts import PictureView
from tests.factories import make_article, make_piece, make_provider
from tests.newsroom import site_of, view_of, views_of

URL = "https://news.example/repo/"


def report(slug: str, *topics: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words on these topics."""
    return make_article(f"{slug} alpha{slug} beta{slug}", slug=slug, topics=topics, **changes)


def page(slug: str, title: str) -> PlainPage:
    """A plain page of the editor's."""
    return PlainPage(f"pages/{slug}.md", slug, title, "", "")


def common_for(**settings: Any) -> ViewContext:  # noqa: ANN401
    """What the pages of an empty site with these settings have in context."""
    return context_of(site_of(config=Config(**settings)))


def picture(source: str, remote: bool = False) -> PictureView:
    """A picture as pages print it."""
    return PictureView(source, remote, 10, 10, "", "")


def test_a_head_names_the_page_and_the_site() -> None:
    """The site's own title is not said twice."""
    context = common_for(title="Stand", url=URL)
    shown = head(context, "news/x/", "Ports agree", "Seven ports.")
    assert (shown.title, shown.description) == ("Ports agree · Stand", "Seven ports.")
    assert (shown.root, shown.canonical) == ("../../", f"{URL}news/x/")
    assert head(context, "", "Stand").title == "Stand"
    assert head(context, "", "").title == "Stand"


def test_without_a_url_there_is_no_canonical_address() -> None:
    """Nothing is guessed."""
    shown = head(common_for(), "news/x/", "X", picture=picture("p.svg"))
    assert (shown.canonical, shown.image) == ("", "")


def test_a_long_description_is_cut_at_a_word() -> None:
    """Search engines show no more."""
    assert len(head(common_for(), "", "X", "word " * 99).description) <= 200


def test_the_shared_picture_is_absolute() -> None:
    """Ours below the site's url, a remote one as it is; never a drawing, which no network shows."""
    context = common_for(url=URL)
    assert head(context, "", "X", picture=picture("media/p.png")).image == f"{URL}media/p.png"
    assert head(context, "", "X", picture=picture("media/p.svg")).image == ""
    remote = picture("https://x.example/p.png", remote=True)
    assert head(context, "", "X", picture=remote).image == "https://x.example/p.png"


@pytest.mark.parametrize(
    ("url", "root"),
    [("", "/"), ("https://news.example/", "/"), (URL, "/repo/"), ("https://a.example/b/", "/b/")],
)  # fmt: skip
def test_the_root_of_the_error_page(url: str, root: str) -> None:
    """It is served at any depth: its links begin with the path of the site."""
    assert not_found_root(common_for(url=url)) == root


def test_a_site_has_a_picture_for_networks() -> None:
    """A static file of the settings, by its address in the site; else none."""
    site = site_of(config=Config(url=URL, picture="/share.png", fediverse="@desk@x.example"))
    shown = site_view(site, {"share.png": "share.1a2b.png"})
    assert (shown.picture, shown.creator) == (f"{URL}share.1a2b.png", "@desk@x.example")
    assert site_view(site, {}).picture == ""


@pytest.mark.parametrize(
    ("picture", "hint"),
    [
        ("/share.png", ""),
        ("share.png", ""),
        ("/pictures/share.png", "did you mean /share.png?"),
        ("/shaer.png", "did you mean /share.png?"),
        ("/icons.png", "put it there, mend the path, or delete the line"),
    ],
)
def test_a_picture_for_networks_that_is_not_there(picture: str, hint: str) -> None:
    """The site has none, and its settings are told which one may be meant."""
    config = Config(url=URL, picture=picture)
    site = replace(site_of(config=config), static=("css/own.css", "icons.svg", "share.png"))
    assert [(found.at, found.hint) for found in dead_site_links(site)] == (
        [(("picture",), hint)] if hint else []
    )


def test_a_record_names_its_outlets_account() -> None:
    """Networks then say whose report it is; other pages name the site's account."""
    outlet = make_provider("quay.example", fediverse="@desk@quay.example")
    article = make_article("Quay opens", slug="quay", outlet="quay.example")
    views = views_of(site_of(article, providers=(outlet,)))
    assert views["news/quay/"].head.creator == "@desk@quay.example"
    assert views[""].head.creator == ""


def test_a_collection_is_a_list_of_others_articles() -> None:
    """schema.org: CollectionPage, ItemList, and what the page is based on."""
    context = common_for(title="Stand", url=URL)
    pieces = [make_piece("One"), make_piece("Without", link=""), make_piece("Two")]
    data = collection(context, "Ports", "news/x/", pieces, "https://wire.example/1")
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "CollectionPage"
    assert data["isBasedOn"] == "https://wire.example/1"
    assert data["url"] == f"{URL}news/x/"
    items = data["mainEntity"]["itemListElement"]
    assert data["mainEntity"]["@type"] == "ItemList"
    assert [(i["@type"], i["position"], i["name"]) for i in items] == [
        ("ListItem", 1, "One"), ("ListItem", 2, "Two"),
    ]  # fmt: skip
    assert "isBasedOn" not in collection(context, "Ports", "", pieces)
    alone = collection(context, "One", "news/one/", pieces[:1], pieces[0].link)
    assert alone["isBasedOn"] == pieces[0].link
    assert "mainEntity" not in alone
    assert "NewsArticle" not in json.dumps(data)


_JSON = st.recursive(
    st.text() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), _JSON, max_size=4))
def test_json_cannot_leave_its_script(data: dict[str, Any]) -> None:
    """Whatever a title says, it is the same JSON, and holds no sign that HTML knows."""
    text = str(json_for_script(data))
    assert json.loads(text) == data
    assert not set(text) & set("<>&\u2028\u2029")


def test_the_footer_has_links_and_plain_pages_once() -> None:
    """A page that the editor links is not linked again; outside links stay outside."""
    config = Config(
        footer_links=(SiteLink("Who we are", "/about/"), SiteLink("Out", "https://x.example/"))
    )
    site = site_of(pages=(page("about", "About"), page("imprint", "Imprint")), config=config)
    links = site_view(site, {}).footer_links
    assert [(link.label, link.address, link.href) for link in links] == [
        ("Who we are", "about/", ""),
        ("Out", "", "https://x.example/"),
        ("Imprint", "imprint/", ""),
    ]


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("de", "ltr")]
)
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    """Right to left where the site's own text is."""
    assert site_view(site_of(config=Config(language=language)), {}).direction == direction


def test_the_policy_lets_nothing_in_but_the_site() -> None:
    """Pictures of other hosts only where the settings ask for them."""
    strict = site_view(site_of(), {}).policy
    assert "default-src 'none'" in strict
    assert "unsafe" not in strict
    assert "http" not in strict
    open_to_pictures = site_view(site_of(config=Config(images="remote")), {}).policy
    assert "img-src 'self' https: http:" in open_to_pictures
    assert open_to_pictures.replace(" https: http:", "") == strict


def newest_of(*articles: Article) -> str:
    """The time that the front page says its newest record has."""
    site = site_of(*articles)
    view = view_of(site, front_page(site))
    assert isinstance(view, FrontView)
    return view.newest.iso if view.newest else ""


def test_the_age_of_the_site_is_that_of_its_newest_record() -> None:
    """Not of the build; a site without a date has no age."""
    assert newest_of(report("a")) == "2024-01-18T12:00:00Z"
    assert newest_of(make_article(published=None)) == ""
    assert newest_of() == ""
