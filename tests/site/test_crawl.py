"""The built sites as a visitor meets them: every link followed, every page read.

The demo is read in full. Of the archive's site every link, id and heading is read too,
but only a sample of its pages goes through the slow HTML parser: each tenth in order of
address, and the ten longest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from tests.conftest import Server
from tests.crawl import Crawl, crawl
from tests.html_scan import scan_html
from tests.sites import Run, run_command

_SITES = ("demo_site", pytest.param("archive_site", marks=pytest.mark.archive))
_MOUNTS = ("/", "/repo/")
_SAMPLE_STEP = 10
_LONGEST = 10
_XML = {
    "sitemap": "{http://www.sitemaps.org/schemas/sitemap/0.9}",
    "atom": "{http://www.w3.org/2005/Atom}",
}


@dataclass(frozen=True, slots=True)
class Visited:
    """A built site, and what a crawl from its front page and its sitemap found."""

    site: Run
    from_front: Crawl
    sitemap: tuple[str, ...]


@pytest.fixture(scope="module", params=_SITES)
def site(request: pytest.FixtureRequest) -> Run:
    """The demo, then the archive's site."""
    run: Run = request.getfixturevalue(request.param)
    return run


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("demo_site", "/"), id="demo at the root"),
        pytest.param(("demo_site", "/repo/"), id="demo below"),
        pytest.param(("archive_site", "/repo/"), id="archive below", marks=pytest.mark.archive),
    ],
)
def visited(request: pytest.FixtureRequest, server: Server) -> Iterator[Visited]:
    """The demo, served at the root of a host and below a folder; the archive's site below one."""
    name, mount = request.param
    site: Run = request.getfixturevalue(name)
    with server(site.output, mount=mount) as root:
        yield Visited(site, crawl(root), _sitemap(site.output))


def test_no_link_is_broken(visited: Visited) -> None:
    """Every link and every file a page loads leads to something of this site that is there."""
    assert visited.from_front.problems == []


def test_no_fragment_is_broken(visited: Visited) -> None:
    """A link to a place in a page finds that place."""
    assert visited.from_front.broken_fragments() == []


def urls_file(output: Path, address: str) -> Path:
    """The file at an address."""
    path = output / unquote(address)
    return path / "index.html" if address.endswith("/") or not address else path


def test_every_page_can_be_reached_from_the_front_page(visited: Visited) -> None:
    """Following links is enough to see every page that was built, but the error page."""
    built = {_address(visited.site.output, path) for path in visited.site.output.rglob("*.html")}
    assert len(built) > 10
    hidden = built - visited.from_front.pages.keys() - {"404.html"}
    texts = (urls_file(visited.site.output, address).read_text() for address in hidden)
    assert all('http-equiv="refresh"' in text for text in texts)  # addresses that there once were


def test_the_sitemap_names_pages_that_exist(visited: Visited) -> None:
    """Every address of the sitemap is one that a visitor can reach."""
    assert visited.sitemap
    assert set(visited.sitemap) <= visited.from_front.pages.keys()
    assert len(visited.sitemap) == len(set(visited.sitemap))


def test_links_to_other_hosts_are_web_links(visited: Visited) -> None:
    """A link that leaves the site has a host and no user name."""
    parts = [urlsplit(link) for link in visited.from_front.external]
    assert [link.geturl() for link in parts if not link.hostname or "@" in link.netloc] == []


def test_links_within_the_site_are_relative(visited: Visited) -> None:
    """No page links to the site by its full address."""
    own = visited.from_front.pages[""].canonical
    assert own.startswith("http")
    assert [link for link in visited.from_front.external if link.startswith(own)] == []


def test_every_page_has_one_main_heading(visited: Visited) -> None:
    """A page has exactly one h1."""
    pages = visited.from_front.pages.items()
    assert [address for address, scan in pages if scan.h1_count != 1] == []


def test_no_page_has_an_id_twice(visited: Visited) -> None:
    """An id names one element of its page."""
    assert visited.from_front.duplicate_ids() == []


def test_no_page_has_inline_style_or_script(visited: Visited) -> None:
    """Nothing on a page needs an exception in the Content-Security-Policy."""
    pages = visited.from_front.pages.items()
    assert [address for address, scan in pages if scan.inline_code] == []


def test_every_page_names_its_own_address(visited: Visited) -> None:
    """The canonical address of a page is its place below the site's address."""
    own = visited.from_front.pages[""].canonical
    pages = visited.from_front.pages.items()
    wrong = {address: scan.canonical for address, scan in pages if scan.canonical != own + address}
    assert wrong == {}


def test_pages_are_valid_html(site: Run) -> None:
    """A strict HTML parser finds no error in any page that is read."""
    pages = sorted(site.output.rglob("*.html"))
    errors = [error for page in _to_parse(pages) for error in _html_errors(page)]
    assert errors == []


def test_the_quick_scan_reads_what_a_parser_reads(demo_site: Run) -> None:
    """Links, ids and headings of a page are the same for the quick scan and a real parser."""
    for page in sorted(demo_site.output.rglob("*.html"))[::5]:
        text = page.read_text(encoding="utf-8")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        scan = scan_html(text)
        hrefs = Counter(element.get("href") for element in tree.iter("a"))
        in_head = Counter(element.get("href") for element in tree.iter("link"))
        assert hrefs <= Counter(scan.links) <= hrefs + in_head
        assert list(scan.ids) == [element.get("id") for element in tree.iter() if element.get("id")]
        assert scan.h1_count == len(list(tree.iter("h1")))


def test_the_feed_leads_to_pages(site: Run) -> None:
    """Each entry of the Atom feed has an id of its own and a link that is no dead end."""
    feed = ElementTree.parse(site.output / "feed.xml").getroot()
    entries = feed.findall(f"{_XML['atom']}entry")
    ids = [entry.findtext(f"{_XML['atom']}id") for entry in entries]
    assert 0 < len(entries) <= 30
    assert len(set(ids)) == len(ids)
    own = scan_html(site.page("")).canonical
    for entry in entries:
        links = [link.get("href", "") for link in entry.findall(f"{_XML['atom']}link")]
        inside = [link.removeprefix(own) for link in links if link.startswith(own)]
        assert links
        assert all((site.output / address / "index.html").is_file() for address in inside)


@pytest.mark.parametrize("mount", _MOUNTS)
def test_the_error_page_works_at_any_depth(mount: str, server: Server, tmp_path: Path) -> None:
    """What a missing address is answered with has working links, however deep the address."""
    output = tmp_path / "site"
    run = run_command(
        "build", "--base-url", f"https://news.example{mount}", "--output", str(output),
        output=output, in_process=True,
    )  # fmt: skip
    assert run.code == 0, run.log
    scan = scan_html(run.page("404.html"))
    addresses = {*scan.links, *scan.resources}
    assert all(address.startswith((mount, "http", "#")) for address in addresses)
    below = {address.removeprefix(mount) for address in addresses if address.startswith(mount)}
    assert "" in below
    with server(output, mount=mount) as root:
        assert crawl(root, tuple(sorted(below))).problems == []


def _address(output: Path, path: Path) -> str:
    return re.sub(r"(^|/)index\.html$", r"\1", path.relative_to(output).as_posix())


def _sitemap(output: Path) -> tuple[str, ...]:
    tree = ElementTree.parse(output / "sitemap.xml")
    own = scan_html((output / "index.html").read_text(encoding="utf-8")).canonical
    locations = [element.text or "" for element in tree.iter(f"{_XML['sitemap']}loc")]
    assert all(location.startswith(own) for location in locations)
    return tuple(location.removeprefix(own) for location in locations)


def _to_parse(pages: list[Path]) -> list[Path]:
    if len(pages) < 500:
        return pages
    longest = sorted(pages, key=lambda page: page.stat().st_size)[-_LONGEST:]
    return sorted({*pages[::_SAMPLE_STEP], *longest})


def _html_errors(page: Path) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page.read_text(encoding="utf-8"))
    return [f"{page}:{line}:{column}: {code}" for (line, column), code, _ in parser.errors[:3]]
