"""The command ``serve``: a site in the browser of this machine, made again on each change."""

from __future__ import annotations

import asyncio
import mimetypes
import re
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
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

from newsstand.cli.options import ServeOptions, WrongUsage, base_url_of, folders_of, output_of
from newsstand.cli.preview import Preview, Stamps, stamps
from newsstand.cli.preview_banner import (
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

_HOST = "127.0.0.1"
_OWN_NAMES = r"(127\.0\.0\.1|localhost)"  # a stranger's name that leads here gets nothing
_LOOK_AGAIN = 0.2  # seconds between two looks at the files
_SHARE = 10  # looking may take a tenth of the time, however many files there are
_HIGHEST_PORT = 65_535
_INDEXES = ("index.html", "index.json")


def serve(options: ServeOptions) -> int:
    """Serve until stopped. Raises WrongUsage for folders or a port that cannot be used."""
    output = output_of(options, folders_of(options))
    base_url_of(options.base_url)
    if not 0 <= options.port <= _HIGHEST_PORT:  # a system may take it for another one
        raise WrongUsage(
            f"port {options.port} cannot be used: ports end at {_HIGHEST_PORT}; try --port 0"
        )
    try:
        sockets = bind_sockets(options.port, _HOST)
    except OSError as problem:
        raise WrongUsage(f"port {options.port} cannot be used: {problem}; try --port") from None
    port: int = sockets[0].getsockname()[1]
    preview = Preview(options, output)
    seen = stamps(preview.watched())
    preview.make()
    server = HTTPServer(_application(preview, port))
    asyncio.run(_run(preview, lambda: server.add_sockets(sockets), port, seen))
    return 0


def _application(preview: Preview, port: int) -> Application:
    LiveReloadHandler.watcher = Watcher()  # it asks for one, and is told what has changed here
    application = Application(log_function=lambda _: None)
    application.add_handlers(
        _OWN_NAMES,
        [
            ("/livereload", _Reloads),
            (r"/livereload\.js", LiveReloadJSHandler),
            (re.escape(STYLE_ADDRESS), _Style, {"preview": preview}),
            ("/(.*)", _Served, {"preview": preview, "port": port}),
        ],
    )
    return application


async def _run(preview: Preview, listen: Callable[[], None], port: int, seen: Stamps) -> None:
    listen()
    address = f"http://{_HOST}:{port}{preview.base}"
    print(f"Serving {address} (Ctrl+C stops)", flush=True)
    if preview.options.open:
        webbrowser.open(address)
    looking = 0.0
    while True:
        await asyncio.sleep(max(_LOOK_AGAIN, _SHARE * looking))
        started = time.monotonic()
        now = stamps(preview.watched())
        looking = time.monotonic() - started
        if now != seen:
            seen = now
            # Beside the server: pages of the last site are shown while the new one is made.
            await asyncio.to_thread(preview.make)
            LiveReloadHandler.reload_waiters("*")


class _Reloads(LiveReloadHandler):  # type: ignore[misc]
    """Tells browsers to load a page again; pages of other sites may not listen."""

    def check_origin(self, origin: str) -> bool:
        return WebSocketHandler.check_origin(self, origin)


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
        found = file_at(self._preview.folder, inside)
        if found and found.name in _INDEXES and not path.endswith(("/", found.name)) and path:
            self.redirect(f"/{quote(path.lstrip('/'))}/")
            return
        said = OF_THE_LAST
        if found is None:
            self.set_status(404)
            said = LEFT_OUT
            found = file_at(self._preview.folder, "404.html")
        if found is None:
            self.set_status(500 if self._preview.faults else 404)
            self._write_page(whole_page(self._preview.faults))
        elif found.suffix == ".html":
            self._write_page(found.read_text(encoding="utf-8"), self._above(inside, said))
        else:
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            self.set_header("Content-Type", kind)
            self.write(found.read_bytes())

    head = get

    def _above(self, address: str, said: str) -> str:
        """What stands at the beginning of the page at an address."""
        plain = unquote(address).removesuffix("index.html")
        waiting = {unquote(known): why for known, why in self._preview.waiting.items()}
        held = {unquote(known): why for known, why in self._preview.held.items()}
        shown = waiting_banner(waiting.get(plain, "")) + held_banner(held.get(plain, ""))
        return banner(self._preview.faults, said) + shown

    def _write_page(self, page: str, above: str = "") -> None:
        added = f'<script src="/livereload.js?port={self._port}"></script>'
        added += f'<link rel="stylesheet" href="{STYLE_ADDRESS}">'
        page = page.replace("</head>", f"{added}</head>", 1)
        page = re.sub(r"<body[^>]*>", lambda body: body.group() + above, page, count=1)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(page)


def file_at(folder: Path, path: str) -> Path | None:
    """The file that an address gives, or None; never one outside the folder."""
    if "\x00" in path:
        return None
    top = folder.resolve()
    place = (top / path).resolve()
    candidates = [place / name for name in _INDEXES] if place.is_dir() else [place]
    if path.endswith("/") and not place.is_dir():
        return None
    for found in (candidate.resolve() for candidate in candidates):
        if found.is_relative_to(top) and found.is_file():
            return found
    return None
