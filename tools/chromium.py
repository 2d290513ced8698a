"""The Chromium that the browser tests and the screenshots use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name is looked up: a page that asks for another host fails at once and is seen to.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoBrowserError(RuntimeError):
    """No Chromium is installed here, or the one that is does not start."""


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium: CHROMIUM if set, else one on PATH, else playwright's own."""
    named = os.environ.get("CHROMIUM")
    installed = next(filter(None, map(shutil.which, _NAMES)), None)
    path = named or installed or playwright.chromium.executable_path
    if not Path(path).exists():
        raise NoBrowserError("no Chromium: install one, or name it in CHROMIUM")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium with an empty profile while the block runs."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        except Error as error:  # on Ubuntu a script that asks for a snap has the browser's name
            raise NoBrowserError(f"{path} does not start: install another Chromium") from error
        try:
            yield browser
        finally:
            browser.close()
