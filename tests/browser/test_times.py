"""Times in a real Chromium: the reader's own clock, where the pointer asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.sites import build_site, write_site

pytestmark = pytest.mark.browser

_RECORD = "---\ntitle: Lamp {0}\nwebUrl: https://quay.example/{0}\npublishedDateTime: {1}\n---\n"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Tokyo", "9 Mar 2026, 05:30"), ("America/New_York", "8 Mar 2026, 16:30")],
)
def test_the_pointer_asks_for_the_readers_own_time(
    tmp_path: Path, browser: Browser, server: Server, zone: str, shown: str
) -> None:
    """A title, which moves nothing; a day has none, as nobody knows its hour."""
    files = {
        "content/a.md": _RECORD.format("a", "2026-03-08T20:30:00Z"),
        "content/b.md": _RECORD.format("b", "2026-03-08"),
        "site.yml": "language: en-GB\n",
    }
    run = build_site(write_site(tmp_path, files), now="2026-03-10T12:00:00Z", in_process=True)
    context = browser.new_context(timezone_id=zone, locale="en-GB")
    try:
        with server(run.output) as root:
            page = context.new_page()
            page.goto(f"{root}news/a/")
            time = page.locator("time[datetime='2026-03-08T20:30:00Z']").first
            before = time.bounding_box()
            time.hover()
            assert shown in (time.get_attribute("title") or "").replace("\u202f", " ")
            assert time.bounding_box() == before
            page.goto(f"{root}news/b/")
            day = page.locator("time[datetime='2026-03-08']").first
            day.hover()
            assert day.get_attribute("title") is None
    finally:
        context.close()
