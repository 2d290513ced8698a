"""A web server on 127.0.0.1 that behaves like a static host: sites at / or below /repo/."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit


class _StaticHost(SimpleHTTPRequestHandler):
    """Serves one folder below one path; what is not there is answered with its 404.html."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }
    protocol_version = "HTTP/1.1"
    # Else each answer on a kept connection waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, mount: str, directory: str) -> None:
        self.mount = mount
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file for an address; one outside the mount leads to no file."""
        address = urlsplit(path).path
        if not address.startswith(self.mount):
            return str(Path(self.directory, "no-such-file"))
        return super().translate_path("/" + address.removeprefix(self.mount))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing address with the site's own page."""
        missing = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        body = missing.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Requests are nobody's business here."""


@contextmanager
def serve(folder: Path, mount: str = "/") -> Iterator[str]:
    """Serve a folder while the block runs; gives the address of its root.

    `mount` begins and ends with a slash: ``/`` or ``/repo/``.
    """
    handler = partial(_StaticHost, mount=mount, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{mount}"
        finally:
            server.shutdown()
            thread.join()
