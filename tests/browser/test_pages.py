"""The site in a real Chromium: each kind of page, the fullest of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from tests.browser.watch import Look, Opened, new_context, telling_pages, watched_page
from tests.conftest import Server
from tests.once_per_session import once_per_session
from tests.sites import Run, build_site, write_site

pytestmark = pytest.mark.browser

_KINDS = ("front story article topic topics outlet outlets day month year archive plain").split()
# 320 px are what is left of 1280 px at a zoom of 400 %, as WCAG 2.2 (1.4.10) asks for.
_LOOKS = [Look(*look) for look in product((320, 1280), ("light", "dark"))]
_LOOKS_WITHOUT_SCRIPT = [Look(320, javascript=False), Look(1280, "dark", javascript=False)]
_LOOKS_AT_ARCHIVE = [Look(360, "dark"), Look(1280)]


def _pages(site: str, looks: Iterable[Look], *marks: pytest.MarkDecorator) -> list[Any]:
    """Each kind of page of a site, seen in each way."""
    return [
        pytest.param((site, look, kind), id=f"{site}-{look}-{kind}", marks=marks)
        for look, kind in product(looks, _KINDS)
    ]


# axe is a script itself. The pages that it looks at come first: tests of one page are run in a row
# if they know it by one number.
_PAGES_FOR_AXE = [
    *_pages("demo_site", _LOOKS),
    *_pages("archive_site", _LOOKS_AT_ARCHIVE, pytest.mark.archive),
]
_PAGES = [*_PAGES_FOR_AXE, *_pages("demo_site", _LOOKS_WITHOUT_SCRIPT)]
_WCAG = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
# Rules that axe knows but runs only when it is told to.
_AXE = {
    "runOnly": {"type": "tag", "values": _WCAG},
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
    # What is told of each element that passes takes longer than to look at it.
    "resultTypes": ["violations"],
}
_PHONE = Look(360)
_SHEET = Look(794, "dark")  # as wide as A4


@dataclass(frozen=True, slots=True)
class Visit:
    """A page of a window that looks at a served site, and the addresses to look at by kind."""

    opened: Opened
    addresses: dict[str, str]

    def go(self, kind: str) -> Opened:
        """The page, gone to a kind of page."""
        self.opened.go(self.addresses[kind])
        return self.opened


Visiting = Callable[[str, Look], Visit]


@pytest.fixture(scope="module")
def visiting(
    request: pytest.FixtureRequest,
    browser: Browser,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visiting]:
    """Visit the site that a fixture has built, in some way; each window stays open."""
    windows = ExitStack()

    @cache
    def visited(name: str, look: Look) -> Visit:
        output = request.getfixturevalue(name).output
        addresses = once_per_session(
            tmp_path_factory, f"pages-of-{name}", lambda _: telling_pages(output)
        )
        root = windows.enter_context(server(output, mount="/repo/"))
        context = windows.enter_context(closing(new_context(browser, look)))
        return Visit(watched_page(context, root), addresses)

    with windows:
        yield visited


@pytest.fixture(scope="module", params=_PAGES)
def opened(request: pytest.FixtureRequest, visiting: Visiting) -> Opened:
    """Each kind of page of each site, opened."""
    site, look, kind = request.param
    visit = visiting(site, look)
    if kind not in visit.addresses:
        pytest.skip("this site has no such page")
    return visit.go(kind)


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A phone's window in which nothing has been opened yet."""
    context = new_context(browser, _PHONE)
    yield context
    context.close()


def test_the_page_fits_the_width(opened: Opened) -> None:
    """Nothing has to be scrolled sideways."""
    assert opened.overflow() <= 0


def test_the_page_is_quiet(opened: Opened) -> None:
    """No error, no warning, no breach of the Content-Security-Policy, no failed request."""
    assert opened.complaints == []


def test_the_page_asks_no_other_host(opened: Opened) -> None:
    """A browser requests nothing but files of the site."""
    assert opened.strangers == []


def test_the_page_can_be_read(opened: Opened) -> None:
    """The heading and what stands below it are to be seen, styled."""
    assert opened.page.locator("h1").is_visible()
    assert opened.page.locator("main :is(a, p):visible").count() > 3
    assert opened.evaluate("getComputedStyle(document.body).marginTop") == "0px"


@pytest.mark.parametrize("opened", _PAGES_FOR_AXE, indirect=True)
def test_axe_finds_nothing(opened: Opened) -> None:
    """axe-core finds no violation of WCAG 2.2 AA, with everything unfolded.

    Contrast and the size of targets are among its rules.
    """
    opened.unfold()
    found = Axe().run(opened.page, options=_AXE)
    passed = {rule["id"] for rule in found.response["passes"]}
    assert {"color-contrast", "target-size"} <= passed
    assert found.violations_count == 0, found.generate_report()


_LONG = "Hafenverwaltungsangestelltenversammlungsprotokoll" * 3
_LONG_SITE = {
    "site.yml": f"""\
        title: {_LONG}
        description: {_LONG}
        footer_links: [{{label: {_LONG}, url: https://x.example/}}]
        header_links: [{{label: {_LONG[:60]}, url: https://y.example/}}]
        """,
    "content/providers/long.yaml": f"domain: {_LONG[:60]}.example\nname: {_LONG}\n",
    "content/topics/long.yaml": f"name: {_LONG}\nhashtags: ['{_LONG}']\n",
    "content/topics/below.yaml": f"name: Below{_LONG}\nparent: {_LONG}\n",
    "content/pages/a-page.md": f"""\
        ---
        title: {_LONG}
        ---
        [{_LONG}](/topics/) `{_LONG}`

        | {_LONG} | two |
        |---|---|
        | {_LONG} | https://x.example/{_LONG} |

        - {_LONG}

        > {_LONG}

            {_LONG}
        """,
    **{
        f"content/news/2024-01-1{day}-{outlet}.md": f"""\
            ---
            title: "{_LONG} flooded near Aldmere {"again " * outlet}"
            excerpt: "{_LONG} stood under water for {_LONG}."
            publishedDateTime: 2024-01-1{day}T0{outlet}:00:00Z
            webUrl: https://{_LONG[: 50 + outlet]}.example/{_LONG}/{day}/{outlet}
            provider: {{name: {_LONG}{outlet}, domain: {_LONG[: 50 + outlet]}.example}}
            topics: [{_LONG}, Below{_LONG}]
            story: flood{day}
            related:
              - title: "{_LONG} before"
                webUrl: https://{_LONG[:40]}.example/{_LONG}
                provider: {{name: {_LONG}, domain: {_LONG[:40]}.example}}
            ---
            {_LONG}
            """
        for day in range(1, 9)
        for outlet in range(3)
    },
}


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site in which every name, headline and address is longer than a phone is wide."""
    run = build_site(write_site(tmp_path_factory.mktemp("long"), _LONG_SITE), in_process=True)
    assert run.code == 0, run.log
    return run


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", _KINDS)
def test_long_words_break(kind: str, width: int, visiting: Visiting) -> None:
    """Also in tables, in folded lists and in the footer: nothing has to be scrolled sideways."""
    opened = visiting("long_site", Look(width)).go(kind)
    opened.unfold()
    assert opened.overflow() <= 0
    assert opened.cut_off() == []


def test_a_long_name_keeps_to_its_line(visiting: Visiting) -> None:
    """On a phone time, outlet and count are one line, however long the outlet's name is."""
    opened = visiting("long_site", Look(320)).go("front")
    heights = opened.evaluate(
        "[...document.querySelectorAll('.row-outlet')].map(e => e.getClientRects()[0].height)"
    )
    assert heights
    assert max(heights) < 30


@pytest.mark.parametrize("kind", _KINDS)
def test_the_skip_link_comes_first_and_works(kind: str, visiting: Visiting) -> None:
    """The first press of Tab shows a link that takes the keyboard past the masthead."""
    opened = visiting("demo_site", _PHONE).go(kind)
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    skip = opened.page.locator(":focus")
    place = skip.bounding_box()
    target = (skip.get_attribute("href") or "").removeprefix("#")
    assert place is not None
    assert place["y"] >= 0
    assert place["height"] >= 24
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert opened.evaluate(f"document.getElementById({target!r}).tagName") == "MAIN"
    assert opened.evaluate("document.activeElement.closest('.masthead') === null")


def test_every_focus_can_be_seen(visiting: Visiting) -> None:
    """What the keyboard is on shows an outline, through the whole masthead and beyond."""
    opened = visiting("demo_site", _PHONE).go("front")
    styles = []
    for _ in range(20):
        opened.page.keyboard.press("Tab")
        styles.append(opened.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
    assert set(styles) & {"none", ""} == set()


@pytest.mark.parametrize("kind", _KINDS)
def test_the_page_prints(kind: str, visiting: Visiting) -> None:
    """On paper the page is dark on white, without navigation, and fits the sheet."""
    visit = visiting("demo_site", _SHEET)
    visit.opened.page.emulate_media(media="screen", color_scheme="dark")
    opened = visit.go(kind)
    opened.page.emulate_media(media="print", color_scheme="light")
    assert opened.page.locator("h1").is_visible()
    assert opened.page.locator("nav:visible").count() == 0
    assert opened.overflow() <= 0
    assert opened.page.pdf(format="A4").startswith(b"%PDF-")


def test_the_watch_notices(tmp_path: Path, window: BrowserContext, server: Server) -> None:
    """What these tests look out for is seen where it happens, each time, and nowhere else."""
    icon = '<link rel="icon" href="data:,">'
    write_site(
        tmp_path,
        {
            "index.html": """\
                <!doctype html><html lang="en"><head><title>Bad</title>
                <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
                </head><body><h1>Bad</h1>
                <p style="width: 200vw">wide</p>
                <pre>{}</pre>
                <script>document.title = "ran"</script>
                <img src="missing.png" alt="none">
                <link rel="stylesheet" href="https://fonts.example/face.css">
                {}</body></html>
                """.format("long " * 200, icon),
            "good.html": f"<!doctype html><html><head><title>A</title>{icon}</head></html>",
        },
    )
    with server(tmp_path) as root:
        opened = watched_page(window, root)
        for _ in range(2):
            opened.go("")
            said = " ".join(opened.complaints)
            assert opened.overflow() > 0
            assert "inline style" in said
            assert "inline script" in said
            assert "404" in said
            assert "fonts.example" in said
            opened.go("good.html")
            assert (opened.complaints, opened.overflow()) == ([], 0)
