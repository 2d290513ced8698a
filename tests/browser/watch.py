"""A page opened in a browser, with everything noted that should not happen on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.html_scan import scan_html

_QUIET = 50  # milliseconds without a request, after which none is expected any more
_PATIENCE = 30_000  # milliseconds
_LEFT = "net::ERR_ABORTED"  # an icon of the page before, say


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
    """A page of a window, which goes from one address to the next: a new one costs more.

    `complaints` are errors of the console and of the network, `strangers` addresses of other hosts
    that it asked for, since it went to where it is.
    """

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    asked: set[Request] = field(default_factory=set)
    answered: set[Request] = field(default_factory=set)

    def go(self, address: str) -> None:
        """Go to an address below the root, and wait until all is there that it asks for."""
        self.complaints.clear()
        self.strangers.clear()
        self.asked.clear()
        self.answered.clear()
        self.page.goto(self.root + address, wait_until="load")
        self.wait_until_quiet()

    def wait_until_quiet(self) -> None:
        """Wait until all that the page has asked for is there, and it asks for nothing more."""
        asked = 0
        for _ in range(_PATIENCE // _QUIET):
            if self.asked <= self.answered and len(self.asked) == asked:
                return
            asked = len(self.asked)
            self.page.wait_for_timeout(_QUIET)
        late = sorted(request.url for request in self.asked - self.answered)
        self.complaints.append(f"never answered: {late}")

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
    opened = watched_page(context, root)
    opened.go(address)
    return opened


def watched_page(context: BrowserContext, root: str) -> Opened:
    """A page that has been nowhere yet, for the site served at `root`."""
    page = context.new_page()
    opened = Opened(page, root)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            opened.complaints.append(f"{message.type}: {message.text}")

    def note_request(request: Request) -> None:
        opened.asked.add(request)
        if not request.url.startswith(root):
            opened.strangers.append(request.url)

    def note_answer(request: Request) -> None:
        opened.answered.add(request)

    def note_failure(request: Request) -> None:
        opened.answered.add(request)
        if request.failure != _LEFT:
            opened.complaints.append(f"failed: {request.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: opened.complaints.append(f"script: {error}"))
    page.on("requestfailed", note_failure)
    page.on("requestfinished", note_answer)
    page.on("request", note_request)
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
