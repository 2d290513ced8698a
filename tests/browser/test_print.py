"""Pages on paper in a real Chromium: what is folded or stands beside a report is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.watch import Look, new_context, open_page
from tests.conftest import Server
from tests.newsroom import record
from tests.sites import Run, build_site, write_site

pytestmark = pytest.mark.browser

_SHEET = Look(794)  # as wide as A4
_SHEET_WITHOUT_SCRIPT = Look(794, javascript=False)
_REPORTS = 96  # more than the page of a day shows without folding
_DAY = "archive/2024/01/18/"
_SEEN = "e => e.getClientRects().length > 0 && e.checkVisibility({contentVisibilityAuto: true})"
_ALONE = "2024-01-12-port-elsin-library-opens-all-night"  # is in no story of several
_WORDS = "amber birch cedar delta ember fjord grove heath inlet jetty".split()


@pytest.fixture(scope="module")
def busy_day(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[str]:
    """Where a site with one busy day is served. Each outlet has one report."""
    files = {
        f"content/r{n}.md": record(
            f"{_WORDS[n % 10].title()} {_WORDS[n // 10]} number{n}",
            outlet=f"o{n}.example",
            at=f"2024-01-18T{n // 4:02}:{n % 4 * 15:02}:00Z",
            topics=[_WORDS[n % 10]],
        )
        for n in range(_REPORTS)
    }
    folder = write_site(tmp_path_factory.mktemp("busy"), files)
    with server(build_site(folder, in_process=True).output) as root:
        yield root


def seen_rows(page: Page) -> int:
    """How many lines below "All reports" can be seen."""
    return int(
        page.evaluate(f"[...document.querySelectorAll('.latest .row')].filter({_SEEN}).length")
    )


def test_a_busy_day_prints_whole(busy_day: str, browser: Browser) -> None:
    """All parts of it, by the style sheet alone; on a screen only the first is open."""
    with new_context(browser, _SHEET_WITHOUT_SCRIPT) as context:
        page = open_page(context, busy_day, _DAY).page
        assert page.locator(".day-part").count() > 1
        assert 0 < page.locator(".day-part[open] .row").count() < _REPORTS
        assert seen_rows(page) < _REPORTS
        page.emulate_media(media="print")
        assert page.locator(".day-part:not([open])").count() > 0
        assert seen_rows(page) == _REPORTS


def test_older_browsers_open_what_is_folded_while_they_print(
    busy_day: str, browser: Browser
) -> None:
    """Those whose style sheets cannot; afterwards it is folded as before."""
    with new_context(browser, _SHEET) as context:
        context.add_init_script("CSS.supports = () => false")
        page = open_page(context, busy_day, _DAY).page
        before = page.locator(".day-part[open]").count()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".day-part:not([open])").count() == 0
        assert seen_rows(page) == _REPORTS
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator(".day-part[open]").count() == before


def test_what_is_told_beside_a_report_prints(
    demo_site: Run, browser: Browser, server: Server
) -> None:
    """Similar reports do; topics and the way to the outlet's page do not."""
    with server(demo_site.output) as root, new_context(browser, _SHEET) as context:
        page = open_page(context, root, f"news/{_ALONE}/").page
        names = page.locator("aside.column-side .section-name")
        assert names.all_inner_texts() == ["Topics", "Outlet", "Similar reports"]
        page.emulate_media(media="print")
        shown = names.filter(visible=True)
        assert shown.all_inner_texts() == ["Similar reports"]
        assert page.locator("aside.column-side .row").first.is_visible()
