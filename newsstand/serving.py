"""The command ``serve``: a site in the browser of this machine, made again on each change."""

from __future__ import annotations

import argparse
import asyncio
import mimetypes
import os
import re
import sys
import time
import unicodedata
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from livereload.handlers import (  # type: ignore[import-untyped]
    LiveReloadHandler,
    LiveReloadJSHandler,
)
from livereload.watcher import Watcher  # type: ignore[import-untyped]
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from newsstand.check_command import file_of
from newsstand.config import base_path
from newsstand.fault_page import STYLE, STYLE_ADDRESS, Fault, banner, whole_page
from newsstand.output import Output, OutputRefused, locked
from newsstand.own_filters import NAME as FILTERS_FILE
from newsstand.pipeline import Folders, build, load
from newsstand.problems import Problem, at_line
from newsstand.render import BrokenTemplate
from newsstand.terminal import quiet, say_waiting, show_problems, summary
from newsstand.usage import SETTINGS_FILE, WrongUsage, base_url_of, folders_of, output_of

_HOST = "127.0.0.1"
_OWN_NAMES = r"(127\.0\.0\.1|localhost)"  # a stranger's name that leads here gets nothing
_LOOK_AGAIN = 0.25  # seconds between two looks at the files
_INDEXES = ("index.html", "index.json")
_KEY_LINE = re.compile(r"[\w\"'][\w\"' -]*\s*:")
Stamps = dict[str, tuple[int, int, int]]


def serve(options: argparse.Namespace) -> int:
    """Serve until stopped. Raises WrongUsage for folders or a port that cannot be used."""
    output = output_of(options, folders_of(options))
    base_url_of(options.base_url)
    try:
        sockets = bind_sockets(options.port, _HOST)
    except (OSError, OverflowError) as problem:
        raise WrongUsage(f"port {options.port} cannot be used: {problem}; try --port") from None
    port: int = sockets[0].getsockname()[1]
    preview = Preview(options, output)
    seen = stamps(preview.watched())
    preview.make()
    server = HTTPServer(_application(preview, port))
    asyncio.run(_run(preview, lambda: server.add_sockets(sockets), port, seen))
    return 0


class Preview:
    """The site as last made, and what is wrong with its files now."""

    def __init__(self, options: argparse.Namespace, output: Output) -> None:
        self.faults: tuple[Fault, ...] = ()
        self.base = "/"
        self.folder = output.folder
        self.options = options
        self._output = output

    def watched(self) -> tuple[Path, ...]:
        """Files and folders that the site is made from; some may not be there yet."""
        options = self.options
        config: Path = options.config or options.site / SETTINGS_FILE
        try:
            folders = folders_of(options)
        except WrongUsage:
            return (options.content, config)
        beside = (options.site / "templates", options.site / "static")
        found = (options.content, config, config.parent / FILTERS_FILE)
        return tuple(dict.fromkeys((*found, *folders.templates, *folders.static, *beside)))

    def make(self) -> None:
        """Make the site again and say how it went; where that fails, the last one stands."""
        problems: tuple[Problem, ...] = ()
        folders = None
        try:
            folders = folders_of(self.options)
            problems = self._build(folders)
        except BrokenTemplate as broken:
            problems = (broken.problem,)
        except (OSError, OutputRefused, WrongUsage) as failed:
            problems = (_failure(failed),)
        if problems:
            show_problems(problems, self.options.verbose, self.options.quiet)
        self.faults = tuple(Fault(p, _source(p, folders)) for p in problems if p.is_error)
        sys.stdout.flush()

    def _build(self, folders: Folders) -> tuple[Problem, ...]:
        """Load and publish; gives what is wrong, also with a template."""
        options, started = self.options, time.monotonic()
        with locked(self._output, lambda: say_waiting(str(self.folder))):
            self._output.recover()
            self._output.check()
            base_url = base_url_of(options.base_url)
            loaded = load(folders, base_url, options.clock(), quiet)
            try:
                report = build(loaded, folders, self._output, False, quiet)
            except BrokenTemplate as broken:
                return (broken.problem, *loaded.problems)
        self.base = base_path(loaded.config)
        if not options.quiet:
            took = time.monotonic() - started
            print(summary(report, str(self.folder), took, options.verbose))
        return report.problems


def _failure(failed: Exception) -> Problem:
    said = str(failed)
    hint = "mend that, and save any file of the site"
    return at_line("site", 1, "site-not-made", f"the site could not be made: {said}", hint)


def _source(problem: Problem, folders: Folders | None) -> str:
    """The line that a problem is about; "" where there is none, or it may hold `secured`."""
    if folders is None:
        return ""
    path = file_of(problem, folders)
    if problem.path == FILTERS_FILE and folders.config:
        path = folders.config.parent / FILTERS_FILE
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    if not 0 < problem.line <= len(lines):
        return ""
    first = problem.line - 1
    while first > 0 and not _KEY_LINE.match(lines[first]):
        first -= 1
    block = "\n".join(lines[first : problem.line])
    hidden = "secured" in unicodedata.normalize("NFKC", block).casefold()
    return "" if hidden else lines[problem.line - 1]


def stamps(places: Iterable[Path]) -> Stamps:
    """What tells a changed file: time, size and number of each file, also of those in folders."""
    found: Stamps = {}
    for place in places:
        paths = [str(place)]
        for folder, _, names in os.walk(place):
            paths += [os.path.join(folder, name) for name in names]  # noqa: PTH118  (10,000 paths)
        for path in paths:
            try:
                status = os.stat(path)  # noqa: PTH116
            except OSError:
                continue
            found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def _application(preview: Preview, port: int) -> Application:
    LiveReloadHandler.watcher = Watcher()  # it asks for one, and is told what has changed here
    application = Application(log_function=lambda _: None)
    application.add_handlers(
        _OWN_NAMES,
        [
            ("/livereload", _Reloads),
            (r"/livereload\.js", LiveReloadJSHandler),
            (re.escape(STYLE_ADDRESS), _Style),
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
    while True:
        await asyncio.sleep(_LOOK_AGAIN)
        now = stamps(preview.watched())
        if now != seen:
            seen = now
            preview.make()
            LiveReloadHandler.reload_waiters("*")


class _Reloads(LiveReloadHandler):  # type: ignore[misc]
    """Tells browsers to load a page again; pages of other sites may not listen."""

    def check_origin(self, origin: str) -> bool:
        return WebSocketHandler.check_origin(self, origin)


class _Style(RequestHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.write(STYLE)


class _Served(RequestHandler):
    """Files of the output folder; HTML with what the preview adds to it."""

    def initialize(self, preview: Preview, port: int) -> None:
        self._preview = preview
        self._port = port

    def get(self, path: str) -> None:
        base = self._preview.base.strip("/")
        inside = path[len(base) :] if base and f"{path}/".startswith(f"{base}/") else path
        found = file_at(self._preview.folder, inside.lstrip("/"))
        if found and found.name in _INDEXES and not path.endswith(("/", found.name)) and path:
            self.redirect(f"/{quote(path.lstrip('/'))}/")
            return
        if found is None:
            self.set_status(404)
            found = file_at(self._preview.folder, "404.html")
        if found is None:
            self.set_status(500 if self._preview.faults else 404)
            self._write_page(whole_page(self._preview.faults), faults=False)
        elif found.suffix == ".html":
            self._write_page(found.read_text(encoding="utf-8"), faults=True)
        else:
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            self.set_header("Content-Type", kind)
            self.write(found.read_bytes())

    head = get

    def _write_page(self, page: str, faults: bool) -> None:
        added = f'<script src="/livereload.js?port={self._port}"></script>'
        added += f'<link rel="stylesheet" href="{STYLE_ADDRESS}">'
        page = page.replace("</head>", f"{added}</head>", 1)
        if faults:
            shown = banner(self._preview.faults)
            page = re.sub(r"<body[^>]*>", lambda body: body.group() + shown, page, count=1)
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
