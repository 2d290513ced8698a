"""A run of ``import``: files and addresses, whatever they hold, become outlets and records."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsstand.cli.common_options import WrongUsage
from newsstand.cli.fetch_and_import import NewsOptions, since_of, store_of
from newsstand.cli.network import client_of
from newsstand.cli.site_folders import config_of
from newsstand.cli.terminal import progress_for
from newsstand.content.disk_reading import decode
from newsstand.content.disk_writing import write_whole
from newsstand.content.draft import find_outlet, quoted_scalar
from newsstand.content.file_kinds import PROVIDER_FOLDERS, is_record
from newsstand.fetch.archives import files_of, is_archive
from newsstand.fetch.csv_tables import Row
from newsstand.fetch.entries import Entry, ParsedFeed
from newsstand.fetch.feed_answer import ONLY_WITH_LEAVE
from newsstand.fetch.feeds import ACCEPT
from newsstand.fetch.http_answers import Request
from newsstand.fetch.importers import Brought, brought
from newsstand.fetch.item_identity import keys_of
from newsstand.fetch.items import Item, items_of, tag_of
from newsstand.fetch.opml import Outline
from newsstand.fetch.records import record_of
from newsstand.fetch.sources import sources_of_outlets
from newsstand.model import Provider
from newsstand.problems import quoted
from newsstand.text.links import host_of, web_link
from newsstand.text.strings import cut_at_word, one_line, plural, slug

_ENDINGS = (
    ".opml",
    ".xml",
    ".rss",
    ".csv",
    ".tsv",
    ".json",
    ".jsonl",
    ".html",
    ".zip",
    ".gz",
    ".xz",
)
_NOTHING_OURS = (
    "holds no records, topics or outlets: those of a site lie in news/, topics/ and providers/; "
    "of other files name each"
)
_SHOWN = 10  # entries that are left out, of a file
_NEW, _THERE, _OLD, _NO_GOOD = "written", "there already", "too old", "no good"


class ImportJob:
    """One run; it only writes outlets' files, and no records, if their feeds are to be followed."""

    def __init__(self, options: NewsOptions, are_followed: bool) -> None:
        self._options = options
        self._are_followed = are_followed
        self._config = config_of(options)
        self._client = client_of(self._config, options.allow_private)
        self._since = since_of(options.since, options.now)
        self.store = store_of(options, self._config)
        texts = self.store.texts(PROVIDER_FOLDERS)
        sources, self._outlets = sources_of_outlets(texts)
        self._files = {source.outlet.domain: source.named_in for source in sources if source.outlet}
        self._feeds = {source.feed.link for source in sources}

    def take(self, name: str) -> bool:
        """One file or address -> whether it could be read."""
        path = Path(name)
        if not web_link(name) and is_archive(path):
            return self._take_archive(path)
        brought_in = self._found(name)
        if brought_in.elsewhere:
            brought_in = self._found(brought_in.elsewhere)
        if brought_in.fault:
            print(f"{name} {brought_in.fault}", file=sys.stderr)
            return False
        outlines = brought_in.outlines
        if self._are_followed and not outlines:
            outlines = tuple(_followed(brought_in))
        if outlines or self._are_followed:
            counts = Counter(map(self._outlet_file, outlines))
            return self._say(name, brought_in.kind, counts, "outlet")
        rows = brought_in.rows or tuple(
            Row(entry, is_of_feed=True) for entry in brought_in.feed.entries
        )
        return self._say(name, brought_in.kind, self._take_rows(name, rows, brought_in), "record")

    def _take_rows(self, name: str, rows: tuple[Row, ...], brought_in: Brought) -> Counter[str]:
        """The records of a file -> what became of each; why one is left out is printed."""
        progress: Any = progress_for(self._options.quiet)
        counts: Counter[str] = Counter()
        faults = []
        for number, row in enumerate(progress(rows, "Importing", len(rows)), 1):
            became, fault = self._take_row(row, brought_in.feed)
            counts[became] += 1
            if fault:
                place = f"line {row.line}" if row.line else f"entry {number}"
                faults.append(f"{name}: {place}{_called(row.entry)}: {fault}")
        for line in faults[:_SHOWN]:
            print(line, file=sys.stderr)
        if len(faults) > _SHOWN:
            print(f"{name}: … and {len(faults) - _SHOWN:,} more", file=sys.stderr)
        return counts

    def _found(self, name: str) -> Brought:
        link = web_link(name)
        if not link:
            if not Path(name).is_file():
                if name.startswith(("http://", "https://")):
                    raise WrongUsage(f"{name} is no whole address; write https://host/path")
                hint = "; an address begins with https://" if _is_like_address(name) else ""
                raise WrongUsage(f"there is no file {name}{hint}")
            return brought(Path(name).read_bytes(), Path(name).name)
        reply = self._client.get(Request(link, ACCEPT))
        if reply.private:
            return Brought(fault=f"{reply.fault}: {ONLY_WITH_LEAVE}")
        if reply.status != 200:
            return Brought(fault=reply.fault or f"answers {reply.status}")
        kind = reply.headers.get("content-type", "")
        return brought(reply.body, link.split("?")[0].rpartition("/")[2], reply.link, kind)

    def _say(self, name: str, kind: str, counts: Counter[str], what: str) -> bool:
        done = "would be written" if self._options.dry_run else "written"
        others = "".join(f", {n:,} {how}" for how, n in sorted(counts.items()) if how != _NEW)
        print(f"{name}: {kind}; {plural(counts[_NEW], what)} {done}{others}")
        return True

    def _take_row(self, row: Row, feed: ParsedFeed) -> tuple[str, str]:
        """What became of a row, and why it is no good; "" where it is."""
        if row.fault:
            return _NO_GOOD, row.fault
        feed_of_row = ParsedFeed(link=feed.link, entries=(row.entry,))
        found = items_of(feed_of_row, feed.link, tag_of(feed.language))
        if not found.items:
            return _NO_GOOD, ", ".join(found.left_out)
        return self._take_item(found.items[0], row, feed), ""

    def _take_item(self, item: Item, row: Row, feed: ParsedFeed) -> str:
        now = self._options.now
        if any(key in self.store.index for key in keys_of(item, now)):
            return _THERE
        if self._since and (item.published or now) < self._since:
            return _OLD
        host = host_of(item.link)
        outlet = find_outlet(row.outlet, host, self._outlets) or Provider(host, host)
        if outlet.name == host == host_of(feed.link) and feed.title:
            outlet = Provider(host, feed.title)
        draft = record_of(
            item,
            feed="",
            outlet=outlet,
            topics=tuple(dict.fromkeys(row.topics)),
            language=self._config.language,
            now=now,
        )
        is_day = row.is_day and item.published is not None and item.published <= now
        is_dated = row.is_of_feed or item.published is not None
        draft = replace(draft, is_day=is_day, published=draft.published if is_dated else None)
        return _NEW if self.store.add(item, draft) else _NO_GOOD

    def _outlet_file(self, outline: Outline) -> str:
        """Write the file of an outlet that has none yet."""
        if outline.feed in self._feeds:
            return _THERE
        domain = host_of(outline.page) or host_of(outline.feed)
        if any(outlet.domain == domain for outlet in self._outlets):
            file = self._files.get(domain, f"{PROVIDER_FOLDERS[0]}/")
            more = f"add below its feeds:  - url: {quoted_scalar(outline.feed)}"
            print(f"{domain} has a file, {file}; {more}", file=sys.stderr)
            return "for you to add"
        path = f"{PROVIDER_FOLDERS[0]}/{slug(domain) if '/' in domain else domain}.md"
        if not self._options.dry_run:
            write_whole(self._options.content / path, _outlet_text(outline, domain).encode())
        self._outlets.append(Provider(domain, outline.title or domain))
        self._files[domain] = path
        self._feeds.add(outline.feed)
        return _NEW

    def _take_archive(self, path: Path) -> bool:
        """Files of another content folder, each as it is, but none twice and none over another."""
        try:
            counts = Counter(self._take_file(inside, data) for inside, data in files_of(path))
        except (ValueError, OSError) as problem:
            print(f"{path} {problem}", file=sys.stderr)
            return False
        if not counts:
            print(f"{path} {_NOTHING_OURS}", file=sys.stderr)
            return False
        return self._say(str(path), "archive", counts, "file")

    def _take_file(self, path: str, data: bytes) -> str:
        target = self._options.content / path
        text, problem = decode(data, path)
        if problem is not None:
            return _NO_GOOD
        if target.exists() or (is_record(path) and self.store.holds(path, text)):
            return _THERE
        if not self._options.dry_run:
            write_whole(target, data)
        self.store.keep(path, text)
        return _NEW


def _is_like_address(name: str) -> bool:
    """Whether a name that is no file begins as a host would: gazette.example, www.x.example/rss."""
    host = name.split("/", maxsplit=1)[0]
    return "." in host.strip(".") and not host.endswith(_ENDINGS)


def _called(entry: Entry) -> str:
    """What tells people which entry is meant."""
    known = one_line(entry.title) or entry.link
    return f", {quoted(cut_at_word(known, 60))}" if known else ""


def _followed(brought_in: Brought) -> Iterable[Outline]:
    """A feed that was read, as OPML would name it."""
    feed = brought_in.feed
    if brought_in.link and (feed.title or feed.entries):
        page = feed.link or next((web_link(entry.link) for entry in feed.entries), "")
        yield Outline(brought_in.link, feed.title, page)


def _outlet_text(outline: Outline, domain: str) -> str:
    lines = ["---", f"name: {quoted_scalar(outline.title or domain)}", f"domain: {domain}"]
    lines += ["feeds:", f"  - url: {quoted_scalar(outline.feed)}"]
    lines += _names("topics", outline.folders)
    return "\n".join([*lines, "---", ""])


def _names(key: str, names: Iterable[str]) -> list[str]:
    entries = [f"      - {quoted_scalar(name)}" for name in names]
    return [f"    {key}:", *entries] if entries else []
