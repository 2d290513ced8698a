"""A web server on this machine that plays all hosts: good ones, odd ones, hostile ones."""

from __future__ import annotations

import hashlib
import html
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime(2024, 1, 20, 12, tzinfo=UTC)
NOW_TEXT = "2024-01-20T12:00:00Z"
RSS = "application/rss+xml"

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a made feed; its link is below the server's address."""

    number: int
    title: str = ""
    guid: str = ""
    link: str = ""
    published: datetime | None = None
    summary: str = ""
    more: str = ""

    def rss(self, base: str) -> str:
        """As RSS 2.0 has it."""
        title = self.title or f"Report number {self.number} from the harbour"
        when = self.published or NOW - timedelta(hours=self.number + 1)
        summary = (
            self.summary or f"What happened at quay {self.number}, in two sentences. This is it."
        )
        link = self.link or f"/news/{self.number}"
        return (
            f"<item><title>{html.escape(title)}</title>"
            f"<link>{html.escape(base + link if link.startswith('/') else link)}</link>"
            f'<guid isPermaLink="false">{html.escape(self.guid or f"id-{self.number}")}</guid>'
            f"<pubDate>{format_datetime(when)}</pubDate>"
            f"<description>{html.escape(summary)}</description>{self.more}</item>"
        )


def rss(base: str, items: Iterable[Item], head: str = "") -> bytes:
    """A feed in RSS 2.0."""
    body = "".join(item.rss(base) for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Harbour Gazette</title><link>{base}/</link><language>en</language>"
        f"{head}{body}</channel></rss>"
    ).encode()


@dataclass
class LocalWeb:
    """The server: what each path answers, and what was asked of it."""

    address: str = ""
    routes: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked, in order."""
        return [path for path, _ in self.asked]

    def serve(
        self, path: str, body: bytes, kind: str = RSS, status: int = 200, **headers: str
    ) -> None:
        """Answer with these bytes, and with 304 whoever has them."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if status == 200 and handler.headers["If-None-Match"] == tag:
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(status)
            for name, value in {"Content-Type": kind, "ETag": tag, **named}.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.routes[path] = answer

    def redirect(self, path: str, target: str, status: int = 301) -> None:
        """Answer with a redirect."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Location", target)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.routes[path] = answer

    def feed(self, path: str, items: Iterable[Item], head: str = "") -> None:
        """Answer with a feed of these items."""
        self.serve(path, rss(self.address, items, head))


@contextmanager
def local_web() -> Iterator[LocalWeb]:
    """The server while it runs."""
    web = LocalWeb()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            web.asked.append((path, {k.lower(): v for k, v in self.headers.items()}))
            answer = web.routes.get(path)
            try:
                if answer:
                    answer(self)
                else:
                    self.send_error(404)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Not to the terminal."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away is what half of the tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        web.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
