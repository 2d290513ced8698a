"""A page's inputs say all that it shows: where they are equal, so is what it prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.build.dependencies import Dependencies, dependencies_of
from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Page, PlainPage
from newsstand.outputs.html.context import context_of
from newsstand.outputs.plan import plan
from newsstand.site import Site
from newsstand.text.fingerprint import changed_fields, fingerprint
from tests.factories import NOON, hours, make_article, make_provider, make_topic
from tests.newsroom import edited_articles, marked, renderer_of, site_of
from tests.sites import ROOT

_CONFIG = Config(url="https://news.example/", page_size=2, second_rank=1, topic="World")
_ABOUT = "[A record](/news/r1/), [a day](/archive/2024/01/18/), [none](/news/none/)"
_CONTENT: dict[str, Any] = {
    "pages": (PlainPage("pages/about.md", "about", "About", "", _ABOUT),),
    "topics": tuple(make_topic(n, parent=p) for n, p in (("World", ""), ("Sea", ""), ("Sky", ""))),
    "providers": (make_provider("harbour.example"), make_provider("wire.example")),
}
Edited = tuple[tuple[Article, ...], tuple[Article, ...]]


def _site(articles: tuple[Article, ...]) -> Site:
    return site_of(*articles, config=_CONFIG, **_CONTENT)


def _depends(site: Site) -> Dependencies:
    return dependencies_of(site, renderer_of(site), None)


def _both(old: Site, new: Site) -> Iterator[tuple[Page, Page]]:
    """Each page that both sites have."""
    before = {page.address: page for page in plan(old)}
    for page in plan(new):
        if page.address in before:
            yield before[page.address], page


def _hold(edited: Edited) -> None:
    old, new = map(_site, edited)
    then, now = _depends(old), _depends(new)
    if then.made_from[""] != now.made_from[""] or not now.still_true(then.outlets):
        return  # then every page is made again, whatever its inputs are
    before, after = context_of(old), context_of(new)
    for one, other in _both(old, new):
        if one.template != other.template:
            continue  # what a page is made from by template is another then
        if fingerprint(one.inputs) == fingerprint(other.inputs):
            same = one.view(before, one.inputs) == other.view(after, other.inputs)
            assert same, one.address


@settings(max_examples=60)
@given(edited_articles())
def test_pages_of_equal_inputs_print_the_same(edited: Edited) -> None:
    """Of any two sites, whatever has come, gone or changed from one to the other."""
    _hold(edited)


@pytest.mark.slow
@settings(max_examples=1500)
@given(edited_articles())
def test_many_pages_of_equal_inputs_print_the_same(edited: Edited) -> None:
    """The same, for longer."""
    _hold(edited)


def _reports(count: int = 12) -> list[Article]:
    """Records of their own words, two an outlet, a day between them."""
    words = "alder birch cedar elder hazel larch maple olive poplar rowan spruce willow".split()
    return [
        make_article(
            f"{word} {word}s {word}ing",
            slug=f"r{number}",
            outlet=f"o{number // 2}.example",
            published=None if number == 11 else NOON - hours(24 * number),
            topics=("World", "Sea" if number % 2 else "Sky"),
        )
        for number, word in enumerate(words[:count])
    ]


def test_every_template_of_a_page_is_planned_for_these_sites() -> None:
    """So that what is said here of all pages is said of all kinds of them."""
    shared = [make_article(f"Ferry {n}", slug=f"s{n}", story="ferry") for n in range(2)]
    planned = {page.template for page in plan(_site(marked([*_reports(), *shared])))}
    there = {path.name for path in (ROOT / "templates").iterdir() if path.is_file()}
    assert planned == there - {"base.html"}


@pytest.mark.parametrize("seconds", [0, 1])
def test_what_does_not_show_a_record_has_equal_inputs(seconds: int) -> None:
    """After another title, or another time: not one page in two is made again."""
    old = _reports()
    title = old[5].title if seconds else "Another title altogether"
    changes = {"title": title, "published": NOON - hours(120) - hours(seconds / 3600)}
    new = [*old[:5], make_article(**_same(old[5], **changes)), *old[6:]]
    pages = list(_both(_site(marked(old)), _site(marked(new))))
    others = [a.address for a, b in pages if fingerprint(a.inputs) != fingerprint(b.inputs)]
    assert {"news/r5/", "outlets/o2.example/"} <= set(others)
    assert {
        "news/r1/",
        "news/r4/",
        "news/r6/",
        "news/r9/",
        "outlets/o4.example/",
        "about/",
        "topics/",
    }.isdisjoint(others)
    assert len(others) < len(pages) / 2


def test_a_topic_that_nobody_named_before_leaves_other_pages_alone() -> None:
    """As an outlet does: only what shows it is made again."""
    old = _reports()
    new = make_article(**_same(old[3], topics=("World", "Sea", "Weather"), title="Storm"))
    world = (
        make_topic("World"),
        make_topic("Sea", parent="world"),
        make_topic("Sky", parent="world"),
    )
    records = marked(old), marked([*old[:3], new, *old[4:]])
    before, after = (site_of(*some, config=_CONFIG, topics=world) for some in records)
    then, now = _depends(before), _depends(after)
    assert "weather" in after.topics
    assert now.still_true(then.outlets)
    assert now.made_from == then.made_from
    differing = [a.address for a, b in _both(before, after) if _inputs(a) != _inputs(b)]
    assert {"news/r3/", "topics/"} <= set(differing)
    assert {"news/r1/", "news/r9/", "topics/sky/", "outlets/o4.example/"}.isdisjoint(differing)


def _inputs(page: Page) -> bytes:
    return fingerprint(page.inputs)


def _same(article: Article, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    said = {"slug": article.slug, "outlet": article.outlet, "topics": article.topics}
    return said | {"link": article.piece.link} | changes


@settings(max_examples=20)
@given(st.integers(0, 11))
def test_a_page_says_which_of_its_inputs_is_another(number: int) -> None:
    """That of the record itself its record; those of others show nothing of it."""
    old = _reports()
    other = make_article(**_same(old[number], title="Other", published=old[number].published))
    new = [*old[:number], other, *old[number + 1 :]]
    said = {
        one.address: changed_fields(type(one.inputs), *map(fingerprint, (one.inputs, two.inputs)))
        for one, two in _both(_site(marked(old)), _site(marked(new)))
        if one.template == "article.html"
    }
    assert said[f"news/r{number}/"][0] == "article"
    others = {address: names for address, names in said.items() if address != f"news/r{number}/"}
    assert set(others.values()) <= {(), ("near",)}
