"""The site of the archive of 1,952 records holds all that its records say, counted on the pages.

The records are read here a second time, line by line, so that nothing is taken from the program
but the rule which links lead to one piece. A YAML parser, which takes ten times as long, reads some
of them, and must read the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from markupsafe import escape

from newsstand.text.dates import read_instant
from newsstand.text.links import domain_of, piece_key, web_link
from newsstand.text.strings import one_line
from tests.html_scan import scan_html
from tests.newsroom import with_its_story
from tests.once_per_session import once_per_session
from tests.sites import Run

pytestmark = pytest.mark.archive

RECORDS, RELATED, PROMOTED, TOPICS, OUTLETS = 1952, 66_807, 249, 20, 280
_LINKS = ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")
_HOME = "https://news.example/"
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is a text
_LINE = re.compile(r"( *)(- )?(?:(\w+):(?: |$))?(.*)")
Record = dict[str, Any]


def _front_matter(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n")[1]


def _read(front: str) -> Record:
    """YAML as the archive has it: each line is a key, a value, or both; texts are JSON."""
    record: Record = {}
    open_mappings = [(0, record)]  # each with the column of its keys
    for line in filter(None, front.splitlines()):
        match = _LINE.fullmatch(line)
        assert match, line
        space, dash, key, value = match.groups()
        while open_mappings[-1][0] > len(space):
            open_mappings.pop()
        column, mapping = open_mappings[-1]
        value = json.loads(value) if value.startswith('"') else value
        last = next(reversed(mapping), "")
        if dash:
            mapping[last] = entries = mapping[last] or []
            entries.append({} if key else value)
            mapping = entries[-1]
        elif column < len(space):
            mapping[last] = mapping = {}
        if key and mapping is not open_mappings[-1][1]:
            open_mappings.append((len(space + (dash or "")), mapping))
        if key:
            mapping[key] = value
    return record


@pytest.fixture(scope="module")
def records(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Record]:
    """The front matter of each record by its file name without ending."""
    paths = sorted((archive / "everyday-2021").glob("*.md"))
    return once_per_session(
        tmp_path_factory, "records", lambda _: {p.stem: _read(_front_matter(p)) for p in paths}
    )


@pytest.fixture(scope="module")
def pages(archive_site: Run) -> dict[str, str]:
    """Each article page by the name of its record."""
    folder = archive_site.output / "news"
    slugs = [path.name for path in folder.iterdir() if path.is_dir()]
    return {slug: archive_site.page(f"news/{slug}/") for slug in slugs}


@pytest.fixture(scope="module")
def listed(
    pages: dict[str, str], archive_site: Run, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, frozenset[str]]:
    """Which pieces each page and that of its story link to, by the name of its record."""
    whole = {slug: with_its_story(archive_site, page) for slug, page in pages.items()}
    return once_per_session(
        tmp_path_factory,
        "listed",
        lambda _: {s: frozenset(map(piece_key, _hrefs(s, page))) for s, page in whole.items()},
    )


def _keys(entry: Record) -> set[str]:
    """What the entry's links have in common with other links to the same piece."""
    links = (web_link(entry[name]) for name in _LINKS if entry.get(name))
    return {piece_key(link) for link in links if link}


def _holders(records: dict[str, Record]) -> dict[str, str]:
    """Which record a piece is; of two with one link the first."""
    found: dict[str, str] = {}
    for slug, record in records.items():
        for key in _keys(record):
            found.setdefault(key, slug)
    return found


def _days_between(earlier: Record, later: Record) -> float:
    """From one record to another."""
    times = [read_instant(str(r["publishedDateTime"]))[0] for r in (earlier, later)]
    return (times[1] - times[0]) / timedelta(days=1)


def _hrefs(slug: str, page: str) -> Iterator[str]:
    """Every link of a page, absolute."""
    for link in scan_html(page).links:
        yield urljoin(f"{_HOME}news/{slug}/", link)


def _one_related_list(page: str) -> str:
    """The part of a page that lists pieces: without header, footer and neighbours in time."""
    main = page[page.index('<main id="main"') :]
    return re.sub(r"<aside\b.*?</aside>", "", main[: main.index("</main>")], flags=re.DOTALL)


def test_the_records_are_read_as_a_parser_reads_them(
    archive: Path, records: dict[str, Record]
) -> None:
    """One in forty, and the one that names most."""
    most = max(records, key=lambda slug: len(records[slug].get("related", ())))
    for slug in (*list(records)[::40], most):
        text = _front_matter(archive / "everyday-2021" / f"{slug}.md")
        assert records[slug] == yaml.load(text, _Loader)


def test_the_archive_is_the_one_that_was_counted(records: dict[str, Record]) -> None:
    """Records, related entries and promoted records of the archive itself."""
    assert len(records) == RECORDS
    assert sum(len(record.get("related") or ()) for record in records.values()) == RELATED
    assert sum(record["published"] == "true" for record in records.values()) == PROMOTED


def test_every_record_has_its_page(records: dict[str, Record], pages: dict[str, str]) -> None:
    """1,952 article pages, each under the name of its record."""
    assert pages.keys() == records.keys()


def test_the_build_says_what_it_did(archive_site: Run) -> None:
    """The summary counts the records, those promoted, and the peak of memory."""
    assert f"Read {RECORDS:,} records: {RECORDS:,} published, {PROMOTED} of them promoted" in (
        archive_site.stdout
    )
    assert re.search(r"in \d+\.\d s, [\d,]+ MB at most", archive_site.stdout)
    assert "Traceback" not in archive_site.log


def test_every_declared_related_piece_is_on_its_page(
    records: dict[str, Record], pages: dict[str, str], listed: dict[str, frozenset[str]]
) -> None:
    """Each of the 66,807 entries is linked from its record's page, by one of its own links."""
    counted = without_link = 0
    missing = []
    for slug, record in records.items():
        lists = _one_related_list(pages[slug])
        shown = listed[slug]
        for entry in record.get("related") or ():
            counted += 1
            keys = _keys(entry)
            without_link += not keys
            if shown.isdisjoint(keys) if keys else escape(one_line(entry["title"])) not in lists:
                missing.append((slug, entry["webUrl"]))
    assert missing == []
    assert counted == RELATED
    # One link of the archive ends in a line separator (U+2028).
    assert without_link <= 1


def test_what_declares_a_record_is_on_its_page(
    records: dict[str, Record], listed: dict[str, frozenset[str]]
) -> None:
    """If A names B as related within eight days, the page of B links to A's piece."""
    holder = _holders(records)
    missing = []
    counted = 0
    for slug, record in records.items():
        for entry in record.get("related") or ():
            for named in {holder[key] for key in _keys(entry) if key in holder} - {slug}:
                if _days_between(records[named], record) > 8:
                    continue  # pages of what is over rest
                counted += 1
                if listed[named].isdisjoint(_keys(record)):
                    missing.append((slug, named))
    assert missing == []
    assert counted > RECORDS


def test_a_piece_is_listed_once(records: dict[str, Record], pages: dict[str, str]) -> None:
    """Entries of one piece (AMP copies, tracking parameters) are one line on the page."""
    merged = 0
    for slug in list(records)[::7]:
        heads = re.findall(r'<p class="piece-head"><a href="([^"]+)"', pages[slug])
        keys = [piece_key(urljoin(f"{_HOME}news/{slug}/", head)) for head in heads]
        assert len(keys) == len(set(keys)), slug
        entries = records[slug].get("related") or ()
        merged += len(entries) - len({min(_keys(entry)) for entry in entries})
    assert merged > 0


def test_a_piece_that_we_hold_is_linked_to_our_page_too(
    records: dict[str, Record], pages: dict[str, str], archive_site: Run
) -> None:
    """Beside the link to the outlet stands one to our page of a record of that piece."""
    holders: dict[str, set[str]] = {}
    for slug, record in records.items():
        for key in _keys(record):
            holders.setdefault(key, set()).add(slug)
    counted = 0
    for slug in list(records)[::7]:
        inside = {
            unquote(urlsplit(href).path).strip("/").removeprefix("news/")
            for href in _hrefs(slug, with_its_story(archive_site, pages[slug]))
            if href.startswith(f"{_HOME}news/")
        }
        for entry in records[slug].get("related") or ():
            held = {one for key in _keys(entry) for one in holders.get(key, ())}
            if slug in held:
                continue
            counted += bool(held)
            assert not held or held & inside, (slug, held)
    assert counted > 100


def test_every_topic_has_its_page(archive: Path, archive_site: Run) -> None:
    """All twenty topics of the archive are in the tree, and each has a page with its name."""
    files = sorted((archive / "topics").glob("*.yaml"))
    assert len(files) == TOPICS
    tree = {
        urljoin(f"{_HOME}topics/", link) for link in scan_html(archive_site.page("topics/")).links
    }
    folders = {p.parent.name for p in (archive_site.output / "topics").glob("*/index.html")}
    assert len(folders) >= TOPICS
    for path in files:
        topic: Record = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        address = f"topics/{topic['_id']}/"
        assert f"{_HOME}{address}" in tree
        assert str(topic["name"]) in archive_site.page(address)


def test_every_outlet_has_its_page(records: dict[str, Record], archive_site: Run) -> None:
    """All 280 outlets of the records are listed, and each has a page."""
    domains = {
        domain_of(str(record["provider"]["domain"])).removeprefix("www.")
        for record in records.values()
    }
    assert len(domains) == OUTLETS
    folder = archive_site.output / "outlets"
    assert {path.parent.name for path in folder.glob("*/index.html")} == domains
    listed = scan_html(archive_site.page("outlets/")).links
    shown = {unquote(urljoin(f"{_HOME}outlets/", link)) for link in listed}
    assert {f"{_HOME}outlets/{domain}/" for domain in domains} <= shown


def test_every_record_is_in_the_archive_pages(
    records: dict[str, Record], archive_site: Run
) -> None:
    """Each day's page leads to each record of the day."""
    days: dict[str, list[str]] = {}
    for slug, record in records.items():
        day = str(record["publishedDateTime"])[:10].replace("-", "/")
        days.setdefault(day, []).append(slug)
    for day, slugs in days.items():
        address = f"{_HOME}archive/{day}/"
        links = scan_html(archive_site.page(f"archive/{day}/")).links
        shown = {urlsplit(urljoin(address, link)).path for link in links}
        linked = {urljoin(address, link) for link in links}
        for slug in slugs:
            record = records[slug]
            at_outlet = not _keys(record).isdisjoint(map(piece_key, linked))
            assert f"/news/{slug}/" in {unquote(path) for path in shown} or at_outlet, (day, slug)


def test_the_front_page_shows_promoted_stories_first(
    records: dict[str, Record], archive_site: Run
) -> None:
    """The leading story has a promoted record."""
    promoted = {
        key for record in records.values() if record["published"] == "true" for key in _keys(record)
    }
    main = _one_related_list(archive_site.page(""))
    story = next(href for href in _hrefs("x/y", main) if "/stories/" in href)
    page = archive_site.page(story[story.index("stories/") :])
    assert not promoted.isdisjoint(map(piece_key, _hrefs("x", page)))


def test_no_encrypted_value_of_the_archive_is_published(
    records: dict[str, Record], archive_site: Run, pages: dict[str, str]
) -> None:
    """The opaque value of each record is neither on its page nor in a message."""
    values = {slug: str(r["secured"]) for slug, r in records.items() if r.get("secured")}
    assert len(values) > RECORDS / 2
    assert not any(value[:20] in archive_site.log for value in values.values())
    assert [slug for slug, value in values.items() if value[:20] in pages[slug]] == []
    assert not any(value[:20] in archive_site.page("feed.xml") for value in values.values())
