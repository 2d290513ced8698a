"""What stands beside each other in narrow columns in a real Chromium: level, and not parted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Look, new_context, open_page
from tests.conftest import Server
from tests.newsroom import record
from tests.sites import ROOT, build_site, write_site

pytestmark = pytest.mark.browser

_WIDTHS = [390, 800, 1000, 1280]
_PICTURE = ROOT / "newsstand" / "cli" / "new_site" / "content" / "pictures" / "bridge.svg"
_NORTH_POST = """\
---
name: North Broadcasting Corporation of the Isles
domain: north-post.example
---
"""
_HEADLINES = (
    "Seven coastal towns of the north agree on a well-known plan for the ferry at last",
    "Tram depot gets go-ahead",
    "Quarry museum gets the go-ahead for fifty-year works and a new roof of old slate",
    "Library and observatory win go-ahead",
    "The orchard on the hill gets a go-ahead from town and council after years",
)


def _of_story(number: int) -> dict[str, str]:
    """One event at three outlets or one; every second has a picture and three topics."""
    crowded = number % 2 == 1
    keys: dict[str, Any] = {
        "story": f"s{number}",
        "published": number == 0,  # the lead, without a picture: the others are in columns
        "excerpt": "What is known so far.",
        "topics": ["Harbours", "Lighthouses", "Countryside"] if crowded else ["Tides"],
        "images": [{"url": "pictures/bridge.svg", "width": 1200, "height": 675}] if crowded else [],
    }
    others = {
        f"content/s{number}-{n}.md": record(
            f"Word{number} here{n} told{n} by{n} many{n}",
            outlet=f"{name}.example",
            at=f"2024-01-18T0{n}:00:00Z",
            story=f"s{number}",
            published=False,
        )
        for n, name in enumerate(("gazette", "observer", "north-post")[: number + 1])
    }
    lead = record(
        _HEADLINES[number], outlet="radio.example", at=f"2024-01-18T1{number}:00:00Z", **keys
    )
    return {f"content/s{number}.md": lead, **others}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[str]:
    """A site whose second row has cards with and without pictures, topics and copies."""
    picture = _PICTURE.read_bytes()
    files: dict[str, str | bytes] = {"site.yml": "", "content/pictures/bridge.svg": picture}
    files["content/providers/north.md"] = _NORTH_POST
    for number in range(len(_HEADLINES)):
        files |= _of_story(number)
    site = write_site(tmp_path_factory.mktemp("narrow"), files)
    with server(build_site(site, in_process=True).output) as address:
        yield address


@pytest.mark.parametrize("width", _WIDTHS)
def test_a_short_word_is_not_broken_at_its_hyphen(width: int, root: str, browser: Browser) -> None:
    """In every headline of the front page it stands in one line."""
    with new_context(browser, Look(width)) as context:
        broken = open_page(context, root, "").evaluate(
            """[...document.querySelectorAll(".headline a")].filter(link => {
              const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
              for (let node; node = walker.nextNode();) {
                for (const found of node.data.matchAll(/(go-ahead|well-known|fifty-year)/g)) {
                  const range = document.createRange();
                  range.setStart(node, found.index);
                  range.setEnd(node, found.index + found[0].length);
                  if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) return true;
                }
              }
            }).map(link => link.textContent)"""
        )
    assert broken == []


@pytest.mark.parametrize("width", _WIDTHS)
def test_why_here_stands_beside_something(width: int, root: str, browser: Browser) -> None:
    """Its line has another count or name in it."""
    with new_context(browser, Look(width)) as context:
        alone = open_page(context, root, "").evaluate(
            """[...document.querySelectorAll(".why")].filter(why => {
              const line = why.getBoundingClientRect();
              return ![...why.parentElement.children].some(other => other !== why &&
                [...other.getClientRects()].some(r => r.bottom > line.top && r.top < line.bottom));
            }).map(why => why.closest(".card").querySelector(".headline").textContent)"""
        )
    assert alone == []


@pytest.mark.parametrize("width", [800, 1280])
def test_headlines_of_the_second_row_are_level(width: int, root: str, browser: Browser) -> None:
    """However many topics a story has, and whether or not a picture stands beside them."""
    with new_context(browser, Look(width)) as context:
        tops = open_page(context, root, "").evaluate(
            """[...document.querySelectorAll(".second .card")].map(card => [
              card.getBoundingClientRect().top,
              card.querySelector(".headline").getBoundingClientRect().top])"""
        )
    assert len(tops) == 4
    assert max(headline - card for card, headline in tops) == pytest.approx(
        min(headline - card for card, headline in tops), abs=1
    )


def test_a_text_follows_its_byline(root: str, browser: Browser) -> None:
    """Also where the card beside it is longer."""
    with new_context(browser, Look(1280)) as context:
        gaps = open_page(context, root, "").evaluate(
            """[...document.querySelectorAll(".second .card")].map(card => {
              const above = Math.max(...[".by", ".picture"].map(name =>
                card.querySelector(name)?.getBoundingClientRect().bottom ?? 0));
              return card.querySelector(".excerpt").getBoundingClientRect().top - above;
            })"""
        )
    assert max(gaps) < 16


def test_outlets_beside_each_other_are_level(root: str, browser: Browser) -> None:
    """A long name in one place of a row moves nothing in the others."""
    with new_context(browser, Look(1280)) as context:
        lines = open_page(context, root, "outlets/").evaluate(
            """[...document.querySelectorAll(".outlets li")].map(item => {
              const top = name => item.querySelector(name).getBoundingClientRect();
              return [top(".outlets-name").top - item.getBoundingClientRect().top,
                top(".outlets-line").top - top(".outlets-name").bottom];
            })"""
        )
    assert len(lines) == 4
    assert max(beside for beside, _ in lines) - min(beside for beside, _ in lines) <= 2
    assert max(below for _, below in lines) <= 2


def test_the_line_below_the_name_keeps_off_the_rule(
    tmp_path: Path, browser: Browser, server: Server
) -> None:
    """Where a site has no topics, the masthead ends with it."""
    files = {"content/a.md": record("A word"), "site.yml": "description: What happens here.\n"}
    run = build_site(write_site(tmp_path, files), in_process=True)
    with server(run.output) as root, new_context(browser, Look(1280)) as context:
        room = open_page(context, root, "").evaluate(
            """document.querySelector(".masthead").getBoundingClientRect().bottom
            - document.querySelector(".line").getBoundingClientRect().bottom"""
        )
    assert room >= 10
