"""The server of a preview: it answers browsers, and tells them to load a page again."""

from __future__ import annotations

import asyncio
import mimetypes
import re
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from livereload.handlers import (  # type: ignore[import-untyped]
    LiveReloadHandler,
    LiveReloadJSHandler,
)
from livereload.watcher import Watcher  # type: ignore[import-untyped]
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from newsstand.cli.common_options import LOCAL
from newsstand.cli.preview.banner import (
    LEFT_OUT,
    OF_THE_LAST,
    STYLE,
    STYLE_ADDRESS,
    banner,
    held_banner,
    marks,
    waiting_banner,
    whole_page,
)
from newsstand.cli.preview.site import Preview, Stamps, stamps

_ALL_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104  (of a user who asks for it)
WARNING = "Note: with --host {} others in the network can read this preview, drafts included."
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 1 << 20  # bytes
_LOOK_AGAIN = 0.2  # seconds between two looks at the files
_SHARE = 10  # looking may take a tenth of the time, however many files there are
_INDEXES = ("index.html", "index.json")
Sockets = list[Any]
"""Bound to a port; a module of the program that can only listen has no name for their type."""


def listen(host: str, port: int) -> Sockets:
    """Sockets at a port of this machine, or at a free one for 0. Raises OSError."""
    sockets: Sockets = bind_sockets(port, host)
    return sockets


def run(preview: Preview, sockets: Sockets, host: str, in_browser: bool) -> None:
    """Show a preview until stopped, and open it in a browser if that is wanted."""
    seen = stamps(preview.watched())
    preview.make()
    if host != LOCAL:
        print(WARNING.format(host), file=sys.stderr, flush=True)
    port: int = sockets[0].getsockname()[1]
    server = HTTPServer(_application(preview, host, port))

    def answer() -> None:
        server.add_sockets(sockets)
        address = f"http://{_shown_host(host)}:{port}{preview.base}"
        print(f"Serving {address} (Ctrl+C stops)", flush=True)
        if in_browser:
            webbrowser.open(address)

    asyncio.run(_run(preview, answer, seen))


def _shown_host(host: str) -> str:
    """A host as addresses have it; of all addresses of this machine the usual one."""
    if host in _ALL_ADDRESSES:
        return LOCAL
    return f"[{host}]" if ":" in host else host


def own_names(host: str) -> str:
    """A pattern of the names by which a preview at this host may be asked for.

    A page of a stranger whose name leads to this machine gets nothing; where all of a network may
    look, no name is a stranger's.
    """
    if host in _ALL_ADDRESSES:
        return r".*"
    return rf"(127\.0\.0\.1|localhost|{re.escape(host)})"


def _application(preview: Preview, host: str, port: int) -> Application:
    LiveReloadHandler.watcher = Watcher()  # it asks for one, and is told what has changed here
    application = Application([(r".*", _Refused)], log_function=lambda _: None)
    application.add_handlers(
        own_names(host),
        [
            ("/livereload", _Reloads),
            (r"/livereload\.js", LiveReloadJSHandler),
            (re.escape(STYLE_ADDRESS), _Style, {"preview": preview}),
            ("/(.*)", _Served, {"preview": preview, "port": port}),
        ],
    )
    return application


async def _run(preview: Preview, answer: Callable[[], None], seen: Stamps) -> None:
    answer()
    looking = 0.0
    while True:
        await asyncio.sleep(max(_LOOK_AGAIN, _SHARE * looking))
        started = time.monotonic()
        now = stamps(preview.watched())
        looking = time.monotonic() - started
        if now != seen:
            seen = now
            # Beside the server: pages of the last site are shown while the new one is made.
            if await asyncio.to_thread(preview.make):
                LiveReloadHandler.reload_waiters("*")


class _Reloads(LiveReloadHandler):  # type: ignore[misc]
    """Tells browsers to load a page again; pages of other sites may not listen."""

    def check_origin(self, origin: str) -> bool:
        return WebSocketHandler.check_origin(self, origin)


class _Refused(RequestHandler):
    """Says to a browser that asks by another name why it gets nothing."""

    def get(self) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(
            "This preview answers only as localhost, so that no page of another site can read it.\n"
            "To look at it from elsewhere, start it with --host and the name or address to use.\n"
        )


class _Style(RequestHandler):
    """The look of what the preview adds to pages."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(STYLE + marks(self._preview.waiting))


class _Served(RequestHandler):
    """Files of the output folder; HTML with what the preview adds to it."""

    def initialize(self, preview: Preview, port: int) -> None:
        self._preview = preview
        self._port = port

    def get(self, path: str) -> None:
        base = self._preview.base.strip("/")
        inside = path[len(base) :] if base and f"{path}/".startswith(f"{base}/") else path
        inside = inside.lstrip("/")
        file = file_at(self._preview.folder, inside)
        if file and file.name in _INDEXES and not path.endswith(("/", file.name)) and path:
            self.redirect(f"/{quote(path.lstrip('/'))}/")
            return
        sentence = OF_THE_LAST
        if file is None:
            self.set_status(404)
            sentence = LEFT_OUT
            file = file_at(self._preview.folder, "404.html")
        if file is None:
            self.set_status(500 if self._preview.faults else 404)
            self._write_page(whole_page(self._preview.faults))
        elif file.suffix == ".html":
            self._write_page(file.read_text(encoding="utf-8"), self._above(inside, sentence))
        else:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self.set_header("Content-Type", kind)
            self._write_file(file)

    head = get

    def _write_file(self, file: Path) -> None:
        """A file, or the one part of it that is asked for (RFC 9110, section 14): films need it."""
        size = file.stat().st_size
        self.set_header("Accept-Ranges", "bytes")
        part = part_of(self.request.headers.get("Range", ""), size)
        if part is None:
            part = range(size)
        elif not part:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{size}")
            return
        else:
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        self.set_header("Content-Length", str(len(part)))
        with file.open("rb") as opened:
            opened.seek(part.start)
            for start in range(part.start, part.stop, _CHUNK):
                self.write(opened.read(min(_CHUNK, part.stop - start)))

    def _above(self, address: str, sentence: str) -> str:
        """What stands at the beginning of the page at an address."""
        plain = unquote(address).removesuffix("index.html")
        waiting = {unquote(page): why for page, why in self._preview.waiting.items()}
        held = {unquote(page): why for page, why in self._preview.held.items()}
        shown = waiting_banner(waiting.get(plain, "")) + held_banner(held.get(plain, ""))
        return banner(self._preview.faults, sentence) + shown

    def _write_page(self, page: str, above: str = "") -> None:
        added = f'<script src="/livereload.js?port={self._port}"></script>'
        added += f'<link rel="stylesheet" href="{STYLE_ADDRESS}">'
        page = page.replace("</head>", f"{added}</head>", 1)
        page = re.sub(r"<body[^>]*>", lambda body: body.group() + above, page, count=1)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(page)


def part_of(asked: str, size: int) -> range | None:
    """The bytes that a Range header asks for; None for the whole file, empty for none it has.

    Several parts at once are answered with the whole, as the standard allows.
    """
    match = _RANGE.fullmatch(asked.strip())
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        return range(max(size - int(match[2]), 0), size)
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    return range(int(match[1]), last + 1) if int(match[1]) <= last else range(0)


def file_at(folder: Path, path: str) -> Path | None:
    """The file that an address gives, or None; never one outside the folder."""
    if "\x00" in path:
        return None
    top = folder.resolve()
    place = (top / path).resolve()
    candidates = [place / name for name in _INDEXES] if place.is_dir() else [place]
    if path.endswith("/") and not place.is_dir():
        return None
    for file in (candidate.resolve() for candidate in candidates):
        if file.is_relative_to(top) and file.is_file():
            return file
    return None
