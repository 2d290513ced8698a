"""Takes the pictures of the demo that the documentation shows: docs/screenshots/*.png.

Each page is taken as a phone and a desktop show it, light and dark, first screen only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tools.chromium import NoBrowserError, chromium
from tools.static_server import serve

_ROOT = Path(__file__).resolve().parent.parent
_TARGET = _ROOT / "docs" / "screenshots"
_NOW = "2024-01-20T00:00:00Z"
_SCREENS = {"phone": (360, 740), "desktop": (1280, 860)}
_SCHEMES = ("light", "dark")
_LARGEST = 250_000


def main() -> int:
    """Build the demo, take all pictures, and say how large they are."""
    with TemporaryDirectory() as folder:
        site = Path(folder, "site")
        _build_demo(site)
        try:
            with serve(site) as root, chromium() as browser:
                pictures = list(_take_all(browser, root, site))
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


def _take_all(browser: Browser, root: str, site: Path) -> Iterator[Path]:
    _TARGET.mkdir(parents=True, exist_ok=True)
    addresses = _addresses(site)
    for (screen, (width, height)), scheme in product(_SCREENS.items(), _SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            timezone_id="UTC",
        )
        for name, address in addresses.items():
            page = context.new_page()
            page.goto(root + address, wait_until="networkidle")
            picture = _TARGET / f"{name}-{screen}-{scheme}.png"
            page.screenshot(path=picture)
            page.close()
            yield picture
        context.close()


def _addresses(site: Path) -> dict[str, str]:
    """What to show: of each kind the page with the most on it."""
    return {
        "front": "",
        "article": _largest(site, "news/*/"),
        "topic": _largest(site, "topics/*/"),
        "archive": _largest(site, "archive/[0-9]*/[0-9]*/"),
    }


def _largest(site: Path, pattern: str) -> str:
    pages = sorted(site.glob(f"{pattern}index.html"))
    page = max(pages, key=lambda path: path.stat().st_size)
    return f"{page.parent.relative_to(site).as_posix()}/"


if __name__ == "__main__":
    sys.exit(main())
