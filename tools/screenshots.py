"""Takes the pictures of the demo that the documentation shows: docs/screenshots/*.png.

Each page is taken as a phone and a desktop show it, light and dark.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext

from tools.chromium import NoBrowserError, chromium
from tools.static_server import serve

_ROOT = Path(__file__).resolve().parent.parent
_TARGET = _ROOT / "docs" / "screenshots"
_COVERAGE = ".standing"
_NOW = "2024-01-20T00:00:00Z"
_SCREENS = {"phone": (360, 740), "desktop": (1280, 860)}
_SCHEMES = ("light", "dark")
# By the name of the picture: an address of the demo, and the section that it begins with.
_VIEWS = {
    "front": ("", ""),
    "article": ("news/2024-01-17-cold-water-coral-reef-found-off-skerra/", ""),
    "story": ("stories/2024-01-17-cold-water-coral-reef-found-off-skerra/", ""),
    "coverage": ("stories/2024-01-17-cold-water-coral-reef-found-off-skerra/", _COVERAGE),
    "copies": ("stories/2024-01-18-seven-coastal-ports-agree-shore-power/", _COVERAGE),
    "running": ("stories/2024-01-10-selk-bridge-closed-after-crack-found-in-bearing/", _COVERAGE),
    "topic": ("topics/science/", ""),
    "archive": ("archive/2024/01/", ""),
}
_LIGHT_ONLY = {"copies", "running"}
_LARGEST = 250_000


def main() -> int:
    """Build the demo, take all pictures, and say how large they are."""
    with TemporaryDirectory() as folder:
        site = Path(folder, "site")
        _build_demo(site)
        try:
            with serve(site) as root, chromium() as browser:
                pictures = list(_take_all(browser, root))
        except NoBrowserError as missing:
            print(missing, file=sys.stderr)
            return 1
    too_large = [picture for picture in pictures if picture.stat().st_size > _LARGEST]
    for picture in pictures:
        print(f"{picture.relative_to(_ROOT)}  {picture.stat().st_size // 1000} kB")
    if too_large:
        print(f"Larger than {_LARGEST // 1000} kB: {len(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def _build_demo(site: Path) -> None:
    command = [sys.executable, str(_ROOT / "build.py"), "build", "--quiet"]
    subprocess.run([*command, "--output", str(site), "--now", _NOW], check=True)


def _take_all(browser: Browser, root: str) -> Iterator[Path]:
    _TARGET.mkdir(parents=True, exist_ok=True)
    for (screen, (width, height)), scheme in product(_SCREENS.items(), _SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            timezone_id="UTC",
        )
        for name, (address, section) in _VIEWS.items():
            if scheme == "light" or name not in _LIGHT_ONLY:
                picture = _TARGET / f"{name}-{screen}-{scheme}.png"
                _take(context, root + address, section, picture)
                yield picture
        context.close()


def _take(context: BrowserContext, address: str, section: str, picture: Path) -> None:
    """Take the first screen of a page, or the one that begins with a section of it."""
    page = context.new_page()
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise LookupError(f"the demo has no page {address}")
    if section:
        page.locator(section).evaluate("element => element.scrollIntoView()")
    page.screenshot(path=picture)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
