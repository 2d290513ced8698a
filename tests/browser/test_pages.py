"""The site in a real Chromium: each kind of page, the fullest of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from tests.browser.watch import Look, Opened, new_context, open_page, telling_pages
from tests.conftest import Server
from tests.sites import Run, build_site, write_site

pytestmark = pytest.mark.browser

_KINDS = ("front story article topic topics outlet outlets day month year archive plain").split()
# 320 px are what is left of 1280 px at a zoom of 400 %, as WCAG 2.2 (1.4.10) asks for.
_LOOKS = [Look(*look) for look in product((320, 1280), ("light", "dark"))]
_LOOKS += [Look(320, javascript=False), Look(1280, "dark", javascript=False)]
_LOOKS_AT_ARCHIVE = [Look(360, "dark"), Look(1280, "light")]
_VISITS = [
    *(pytest.param(("demo_site", look), id=f"demo-{look}") for look in _LOOKS),
    *(
        pytest.param(("archive_site", look), id=f"archive-{look}", marks=pytest.mark.archive)
        for look in _LOOKS_AT_ARCHIVE
    ),
]
# axe is a script itself.
_VISITS_FOR_AXE = [visit for visit in _VISITS if not str(visit.id).endswith("no-script")]
_WCAG = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
# Rules that axe knows but runs only when it is told to.
_AXE = {
    "runOnly": {"type": "tag", "values": _WCAG},
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
}
_PHONE = Look(360)


@dataclass(frozen=True, slots=True)
class Visit:
    """A served site, a window to look at it through, and the pages to look at."""

    context: BrowserContext
    root: str
    addresses: dict[str, str]


@pytest.fixture(scope="module", params=_VISITS)
def visit(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Visit]:
    """Each site, seen in each way."""
    name, look = request.param
    site: Run = request.getfixturevalue(name)
    context = new_context(browser, look)
    with server(site.output, mount="/repo/") as root:
        yield Visit(context, root, telling_pages(site.output))
    context.close()


@pytest.fixture(scope="module", params=_KINDS)
def opened(request: pytest.FixtureRequest, visit: Visit) -> Iterator[Opened]:
    """Each kind of page, opened."""
    if request.param not in visit.addresses:
        pytest.skip("this site has no such page")
    page = open_page(visit.context, visit.root, visit.addresses[request.param])
    yield page
    page.page.close()


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


@pytest.mark.parametrize("visit", _VISITS_FOR_AXE, indirect=True)
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
    return build_site(write_site(tmp_path_factory.mktemp("long"), _LONG_SITE))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", _KINDS)
def test_long_words_break(
    kind: str, width: int, long_site: Run, browser: Browser, server: Server
) -> None:
    """Also in tables, in folded lists and in the footer: nothing has to be scrolled sideways."""
    assert long_site.code == 0, long_site.log
    with server(long_site.output) as root, new_context(browser, Look(width)) as context:
        opened = open_page(context, root, telling_pages(long_site.output)[kind])
        opened.unfold()
        assert opened.overflow() <= 0
        assert opened.cut_off() == []


@pytest.mark.parametrize("kind", _KINDS)
def test_the_skip_link_comes_first_and_works(
    kind: str, demo_site: Run, window: BrowserContext, server: Server
) -> None:
    """The first press of Tab shows a link that takes the keyboard past the masthead."""
    with server(demo_site.output) as root:
        opened = open_page(window, root, telling_pages(demo_site.output)[kind])
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


def test_every_focus_can_be_seen(demo_site: Run, window: BrowserContext, server: Server) -> None:
    """What the keyboard is on shows an outline, through the whole masthead and beyond."""
    with server(demo_site.output) as root:
        opened = open_page(window, root, "")
        styles = []
        for _ in range(20):
            opened.page.keyboard.press("Tab")
            styles.append(opened.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        assert set(styles) & {"none", ""} == set()


@pytest.mark.parametrize("kind", _KINDS)
def test_the_page_prints(kind: str, demo_site: Run, browser: Browser, server: Server) -> None:
    """On paper the page is dark on white, without navigation, and fits the sheet."""
    with server(demo_site.output) as root, new_context(browser, Look(794, "dark")) as context:
        opened = open_page(context, root, telling_pages(demo_site.output)[kind])
        opened.page.emulate_media(media="print", color_scheme="light")
        assert opened.page.locator("h1").is_visible()
        assert opened.page.locator("nav:visible").count() == 0
        assert opened.overflow() <= 0
        assert opened.page.pdf(format="A4").startswith(b"%PDF-")


def test_the_watch_notices(tmp_path: Path, window: BrowserContext, server: Server) -> None:
    """What these tests look out for is seen where it happens."""
    write_site(
        tmp_path,
        {
            "index.html": """\
                <!doctype html><html lang="en"><head><title>Bad</title>
                <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
                </head><body><h1>Bad</h1>
                <p style="width: 200vw">wide</p>
                <pre>%s</pre>
                <script>document.title = "ran"</script>
                <img src="missing.png" alt="none">
                <link rel="stylesheet" href="https://fonts.example/face.css">
                </body></html>
                """
            % ("long " * 200)
        },
    )
    with server(tmp_path) as root:
        opened = open_page(window, root, "")
        said = " ".join(opened.complaints)
        assert opened.overflow() > 0
        assert "inline style" in said
        assert "inline script" in said
        assert "404" in said
        assert "fonts.example" in said
