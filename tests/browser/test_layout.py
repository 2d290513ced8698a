"""What stands where in a real Chromium: no column of a wide page is left empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Look, Opened, new_context, open_page
from tests.conftest import Server
from tests.newsroom import record
from tests.sites import Run, build_site, write_site

pytestmark = pytest.mark.browser

_WIDE = Look(1280)
_CHIPS = (
    "2024-01-18-mark-zuckerberg-indicates-meta-is-spending-billions-of-dollars-on-nvidia-ai-chips"
)
_REEF = "2024-01-17-cold-water-coral-reef-found-off-skerra"
# A dark one, a light one, black and white: as different as colours of links are.
_ACCENTS = ["#0b5f4a", "#1d4ed8", "#7a4b00", "#000"]
_ACCENTS_IN_THE_DARK = ["#7fd6bd", "#9db8ff", "#ffd166", "#f0907f"]


@pytest.fixture(scope="module")
def story(demo_site: Run, browser: Browser, server: Server) -> Iterator[Opened]:
    """The page of a story with many reports and a picture."""
    with server(demo_site.output) as root, new_context(browser, _WIDE) as context:
        yield open_page(context, root, f"stories/{_REEF}/")


def box_of(opened: Opened, selector: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an element, in CSS pixels."""
    box = opened.page.locator(selector).first.bounding_box()
    assert box, selector
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_where_a_story_stands_is_beside_its_headline(story: Opened) -> None:
    """On the first screen: how many report it, since when, whether it runs."""
    report, standing = box_of(story, ".report"), box_of(story, ".standing")
    assert standing[0] > report[2]
    assert standing[1] == pytest.approx(report[1], abs=2)
    assert box_of(story, ".timeline")[3] < 900


def test_the_reports_of_a_story_fill_the_page(story: Opened) -> None:
    """Below the headline and what stands beside it, in two columns."""
    main, reports = box_of(story, ".main"), box_of(story, ".coverage-list")
    assert reports[2] - reports[0] == pytest.approx(main[2] - main[0], abs=2)
    assert reports[1] > max(box_of(story, ".report")[3], box_of(story, ".column-side")[3])
    first, second = (box_of(story, f".coverage-list .piece:nth-child({n})") for n in (1, 2))
    assert first[1] == pytest.approx(second[1], abs=2)
    assert second[0] > first[2]


def test_reports_come_first_where_a_story_has_no_picture(
    demo_site: Run, browser: Browser, server: Server
) -> None:
    """They begin right below its headline; where it stands, topics and outlets are beside them."""
    with server(demo_site.output) as root, new_context(browser, _WIDE) as context:
        opened = open_page(context, root, f"stories/{_CHIPS}/")
        assert not opened.page.locator(".report-picture").count()
        report, reports = box_of(opened, ".report"), box_of(opened, ".coverage-list")
        standing, side = box_of(opened, ".standing"), box_of(opened, ".column-side")
    assert reports[0] == pytest.approx(report[0], abs=2)
    assert 0 <= reports[1] - report[3] < 60
    assert standing[1] == pytest.approx(report[1], abs=2)
    assert min(standing[0], side[0]) > reports[2]
    assert 0 <= side[1] - standing[3] < 60


def test_marks_of_a_timeline_stand_on_its_axis(story: Opened) -> None:
    """Those of one time stand on each other."""
    axis = box_of(story, ".axis")[1]
    feet = story.evaluate(
        "[...document.querySelectorAll('.timeline [class^=shape]')].filter(e => !e.closest('ul'))"
        ".map(e => e.getBoundingClientRect().bottom)"
    )
    assert len(feet) == 10
    assert max(feet) < axis
    lowest = [foot for foot in feet if axis - foot < 16]
    assert len(lowest) > len(feet) / 2


@pytest.mark.parametrize("width", [1100, 1280])
def test_the_lead_picture_keeps_its_subject(
    width: int, demo_site: Run, browser: Browser, server: Server
) -> None:
    """Its form stays between 16:9 and 3:2, however long the column beside it is."""
    with server(demo_site.output) as root, new_context(browser, Look(width)) as context:
        left, top, right, bottom = box_of(open_page(context, root, ""), ".card-lead .picture")
    assert 3 / 2 - 0.01 <= (right - left) / (bottom - top) <= 16 / 9 + 0.01


@pytest.mark.parametrize("address", [f"stories/{_REEF}/", f"news/{_REEF}/"])
def test_the_column_beside_a_report_is_used(
    address: str, demo_site: Run, browser: Browser, server: Server
) -> None:
    """What stands in it reaches down at least two thirds of what stands beside it."""
    with server(demo_site.output) as root, new_context(browser, _WIDE) as context:
        opened = open_page(context, root, address)
        _, top, _, bottom = box_of(opened, ".report")
        last = opened.evaluate(
            "Math.max(...[...document.querySelectorAll('.column-side *')]"
            ".map(element => element.getBoundingClientRect().bottom))"
        )
        assert last - top > (bottom - top) * 2 / 3


@pytest.mark.parametrize("width", [768, 1280])
def test_lists_have_no_column_that_stays_empty(
    width: int, demo_site: Run, browser: Browser, server: Server
) -> None:
    """Undated reports begin at the edge; one of no outlet does, too."""
    with server(demo_site.output) as root, new_context(browser, Look(width)) as context:
        opened = open_page(context, root, "archive/undated/")
        assert box_of(opened, ".row-head")[0] == box_of(opened, ".main")[0]


@pytest.mark.parametrize("address", ["about/", "news/from-the-keepers-log-at-cape-varrow/"])
def test_a_text_alone_stands_beside_its_title(
    address: str, demo_site: Run, browser: Browser, server: Server
) -> None:
    """So no half of a wide page is empty; on a narrow one it stands below."""
    with server(demo_site.output) as root:
        with new_context(browser, _WIDE) as context:
            opened = open_page(context, root, address)
            title, prose = box_of(opened, "h1"), box_of(opened, ".prose")
            assert prose[0] >= title[2]
            assert 0 <= prose[1] - title[1] < 30
        with new_context(browser, Look(768)) as context:
            opened = open_page(context, root, address)
            assert box_of(opened, ".prose")[1] > box_of(opened, "h1")[3]


def test_the_days_of_a_single_month_reach_to_the_edge(
    tmp_path: Path, browser: Browser, server: Server
) -> None:
    """Beside the calendar, also if they are few."""
    records = {f"content/r{n}.md": record(f"Word{n}", at=f"2024-01-0{n}T05:00:00Z") for n in (1, 2)}
    run = build_site(write_site(tmp_path, {**records, "site.yml": ""}), in_process=True)
    with server(run.output) as root, new_context(browser, _WIDE) as context:
        opened = open_page(context, root, "archive/")
        assert box_of(opened, ".month-days")[2] == box_of(opened, ".main")[2]


@pytest.mark.parametrize(
    ("scheme", "accent"),
    [
        *(("light", accent) for accent in _ACCENTS),
        *(("dark", accent) for accent in _ACCENTS_IN_THE_DARK),
    ],
)
def test_the_calendar_follows_the_accent(
    scheme: str, accent: str, tmp_path: Path, browser: Browser, server: Server
) -> None:
    """Its busiest days have that colour, and the figures on every shade can be read."""
    days = {1: 1, 2: 4, 3: 7, 4: 12}
    records = {
        f"content/r{day}-{n}.md": record(f"Word{day}{n}", at=f"2024-01-0{day}T0{n % 10}:00:00Z")
        for day, count in days.items()
        for n in range(count)
    }
    own = {"static/css/own.css": f":root {{ --accent: {accent}; }}"}
    site = write_site(tmp_path, {**records, **own})
    run = build_site(site, "--static", str(site / "static"), in_process=True)
    with server(run.output) as root, new_context(browser, Look(1280, scheme)) as context:
        opened = open_page(context, root, "archive/2024/01/")
        shades = opened.evaluate(
            """[...document.querySelectorAll(".calendar td:has(a)")].map(cell => {
                const paint = document.createElement("canvas").getContext("2d");
                return [cell, cell.firstElementChild].map((element, place) => {
                    const style = getComputedStyle(element);
                    paint.fillStyle = place ? style.color : style.backgroundColor;
                    paint.fillRect(0, 0, 1, 1);
                    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
                });
            })"""
        )
    assert len(shades) == 4
    assert "#" + "".join(f"{part:02x}" for part in shades[3][0]) == _six_digits(accent)
    assert len({tuple(shade) for shade, _ in shades}) == 4
    for shade, ink in shades:
        assert _contrast(shade, ink) >= 4.5


def _six_digits(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def _contrast(one: list[int], other: list[int]) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: list[int]) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
