"""A page opened in a browser, with everything noted that should not happen on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.html_scan import scan_html

_QUIET = 50  # milliseconds without a request, after which none is expected any more
_PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at the site. `width` is in CSS pixels."""

    width: int
    scheme: str = "light"
    javascript: bool = True

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}{'' if self.javascript else '-no-script'}"


@dataclass(slots=True)
class Opened:
    """An open page. `complaints` are errors of the console and of the network."""

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    asked: int = 0
    answered: int = 0

    def wait_until_quiet(self) -> None:
        """Wait until all that the page has asked for is there, and it asks for nothing more."""
        asked = -1
        for _ in range(_PATIENCE // _QUIET):
            if self.answered == self.asked == asked:
                return
            asked = self.asked
            self.page.wait_for_timeout(_QUIET)
        self.complaints.append(f"{self.asked - self.answered} requests are never answered")

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.evaluate("document.scrollingElement.scrollWidth - window.innerWidth"))

    def unfold(self) -> None:
        """Open everything that is folded."""
        self.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")

    def cut_off(self) -> list[str]:
        """Elements of the page that reach beyond the window, but for lists that scroll."""
        return list(
            self.evaluate(
                """[...document.querySelectorAll("main *, footer *, .masthead-line *")]
                .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
                .filter(e => e.getClientRects().length && !e.closest(".unseen, svg"))
                .map(e => e.tagName + "." + e.className + ": " + e.textContent.slice(0, 30))"""
            )
        )

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401
        """The value of an expression in the page."""
        return self.page.evaluate(expression)


def new_context(browser: Browser, look: Look) -> BrowserContext:
    """A window with a fresh profile."""
    return browser.new_context(
        viewport={"width": look.width, "height": 800},
        color_scheme="dark" if look.scheme == "dark" else "light",
        java_script_enabled=look.javascript,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )


def open_page(context: BrowserContext, root: str, address: str) -> Opened:
    """Open a page of the site served at `root`, and wait until it has all it asks for."""
    page = context.new_page()
    opened = Opened(page, root)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            opened.complaints.append(f"{message.type}: {message.text}")

    def note_request(request: Request) -> None:
        opened.asked += 1
        if not request.url.startswith(root):
            opened.strangers.append(request.url)

    def note_answer(_: Request) -> None:
        opened.answered += 1

    def note_failure(request: Request) -> None:
        opened.answered += 1
        opened.complaints.append(f"failed: {request.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: opened.complaints.append(f"script: {error}"))
    page.on("requestfailed", note_failure)
    page.on("requestfinished", note_answer)
    page.on("request", note_request)
    page.goto(root + address, wait_until="load")
    opened.wait_until_quiet()
    return opened


def telling_pages(output: Path) -> dict[str, str]:
    """One address of each kind of page that there is, the fullest where there are several."""
    patterns = {
        "story": "stories/*/",
        "article": "news/*/",
        "topic": "topics/*/",
        "topics": "topics/",
        "outlet": "outlets/*/",
        "outlets": "outlets/",
        "day": "archive/[0-9]*/[0-9]*/[0-9]*/",
        "month": "archive/[0-9]*/[0-9]*/",
        "year": "archive/[0-9]*/",
        "archive": "archive/",
        "plain": "*-*/",
    }
    found = {kind: _fullest(output, pattern) for kind, pattern in patterns.items()}
    return {"front": "", **{kind: address for kind, address in found.items() if address}}


def _fullest(output: Path, pattern: str) -> str:
    """The page with the most links among those whose folder matches; empty where none does."""
    pages = sorted(output.glob(f"{pattern}index.html"))
    if not pages:
        return ""
    page = max(pages, key=lambda path: len(scan_html(path.read_text(encoding="utf-8")).links))
    return f"{page.parent.relative_to(output).as_posix()}/"
