"""Follows every link of a served site and notes what is wrong with it."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from tests.html_scan import Scan, scan_css, scan_html

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SVG_REFERENCE = re.compile(r"(?:href|src)\s*=\s*[\"']([^\"'#][^\"']*)[\"']")
_scan_once = cache(scan_html)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to one address."""

    status: int
    kind: str
    body: bytes


@dataclass(slots=True)
class Crawl:
    """A finished crawl. Addresses are relative to the root: ``news/some-slug/``."""

    root: str
    pages: dict[str, Scan] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    external: set[str] = field(default_factory=set)
    fragments: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def duplicate_ids(self) -> list[str]:
        """Every id that a page has twice."""
        return [
            f"/{page}: id {identifier!r} occurs {count} times"
            for page, scan in self.pages.items()
            for identifier, count in Counter(scan.ids).items()
            if count > 1
        ]

    def broken_fragments(self) -> list[str]:
        """Every link to a place in a page that the page does not have."""
        return [
            f"/{source}: /{page} has no #{fragment}"
            for page, wanted in self.fragments.items()
            if page in self.pages
            for fragment, source in wanted.items()
            if fragment not in self.pages[page].ids
        ]


def crawl(root: str, starts: tuple[str, ...] = ("",)) -> Crawl:
    """Fetch everything that can be reached from these addresses below the root."""
    result = Crawl(root)
    waiting = [(address, "the start") for address in starts]
    seen = set(starts)
    with _Client(root) as client:
        while waiting:
            address, source = waiting.pop()
            for found in _visit(client, result, address, source):
                if found not in seen:
                    seen.add(found)
                    waiting.append((found, f"/{address}"))
    return result


class _Client:
    """One connection that is kept open."""

    def __init__(self, root: str) -> None:
        parts = urlsplit(root)
        self._mount = parts.path
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=30)

    def __enter__(self) -> _Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, address: str) -> Answer:
        """The answer to an address below the root; redirects are not followed."""
        self._connection.request("GET", self._mount + address)
        response = self._connection.getresponse()
        kind = response.headers.get_content_type()
        return Answer(response.status, kind, response.read())


def _visit(client: _Client, result: Crawl, address: str, source: str) -> list[str]:
    answer = client.get(address)
    if answer.status != http.HTTPStatus.OK:
        result.problems.append(f"{source}: /{address} is answered with {answer.status}")
        return []
    if answer.kind != "text/html":
        result.others.add(address)
        return list(_wanted(result, address, _loaded_by_file(answer), "loads"))
    scan = _scan_once(answer.body.decode("utf-8"))
    result.pages[address] = scan
    links = list(_wanted(result, address, scan.links, "links to"))
    return links + list(_wanted(result, address, scan.resources, "loads"))


def _loaded_by_file(answer: Answer) -> tuple[str, ...]:
    text = answer.body.decode("utf-8", "replace")
    if answer.kind == "text/css":
        return scan_css(text)
    if answer.kind == "image/svg+xml":
        return (*_SVG_REFERENCE.findall(text), *scan_css(text))
    if answer.kind == "application/manifest+json":
        manifest = json.loads(text)
        return (manifest["start_url"], *(icon["src"] for icon in manifest.get("icons", [])))
    return ()


def _wanted(result: Crawl, page: str, hrefs: tuple[str, ...], verb: str) -> Iterator[str]:
    """The addresses below the root among these; the others are noted, good or bad."""
    for href in hrefs:
        if href.startswith(("http://", "https://")) and verb == "links to":
            result.external.add(href)
        elif href.startswith("data:") and verb == "loads":
            continue
        elif (below := _below_root(result.root, page, href)) is not None:
            address, _, fragment = below.partition("#")
            if fragment:
                result.fragments[address].setdefault(unquote(fragment), page)
            yield address.split("?", 1)[0]
        else:
            result.problems.append(f"/{page}: {verb} {href}")


def _below_root(root: str, page: str, href: str) -> str | None:
    """Where a relative href leads, seen from the root; None if it leaves it or is not relative."""
    if href.startswith("/") or _SCHEME.match(href):
        return None
    target = urljoin(root + page, href)
    return target.removeprefix(root) if target.startswith(root) else None
