"""A run of ``fetch``: which feeds are asked, what is kept of them, and what is said at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from newsstand.cli.common_options import WrongUsage, cache_folder, content_folder
from newsstand.cli.fetch_and_import import NewsOptions, since_of, store_of
from newsstand.cli.network import client_of
from newsstand.cli.site_folders import config_of, of_content
from newsstand.cli.terminal import progress_for
from newsstand.content.disk_writing import write_whole
from newsstand.content.file_kinds import FETCH_STATE_FILE, PROVIDER_FOLDERS, TOPIC_FOLDER
from newsstand.content.kinds.fetch_settings import BY_KEYWORDS, FROM_PAGES
from newsstand.content.kinds.settings import Config
from newsstand.fetch import health
from newsstand.fetch.feed_answer import Kind, is_due
from newsstand.fetch.feed_state import FeedState, read_state, state_text
from newsstand.fetch.http_answers import Client, Request
from newsstand.fetch.new_or_changed import Limits, usual_limits
from newsstand.fetch.opml import NotOpmlError, Outline, read_opml
from newsstand.fetch.page_pictures import PagePictures
from newsstand.fetch.run import Desk, Manners, Outcome, ask_all, states_after, taken
from newsstand.fetch.sources import (
    Source,
    chosen,
    one_each,
    sources_of_outlets,
    sources_of_outlines,
)
from newsstand.fetch.topics import by_keywords, by_name, topics_of_files
from newsstand.model import Provider
from newsstand.problems import nearest, quoted
from newsstand.text.links import web_link
from newsstand.text.strings import cut_at_word, plural

_OPML_COPY = "fetch.opml"
_KEEP_EVERY = 10  # sources after which what is remembered is written


class FetchJob:
    """One run: where everything is, and what is known before it.

    `only` names outlets or feeds, none for all; `table_format` is that of the table at the end.
    """

    def __init__(self, options: NewsOptions, only: Sequence[str], table_format: str) -> None:
        self.options = options
        self.only = only
        self.table_format = table_format
        self.now: datetime = options.now
        self.content = content_folder(options)
        self.cache = cache_folder(self.content)
        self.state_file = self.content.resolve().parent / FETCH_STATE_FILE
        self.config = config_of(options)
        self.client = client_of(self.config, options.allow_private)
        self.store = store_of(options, self.config)
        self.is_whole = True  # whether all sources are known
        self.pictures_said = ""

    def run(self) -> int:
        """Ask the feeds, and write what is new -> how many of them failed.

        Of those that were named and not asked, since their hosts want to be left alone, the errors
        of the last time count.
        """
        sources, outlets = self._sources()
        if not sources:
            print(
                "No feed is named: add feeds: to a file of providers/, or fetch: opml: to site.yml"
            )
            return 0
        wanted = chosen(sources, self.only)
        if not wanted:
            raise WrongUsage(_none_chosen(self.only, sources))
        states = self._states(sources)
        outcomes = self._ask_all(wanted, sources, outlets, states)
        if not self.options.dry_run:
            self.pictures_said = self._pictures(outcomes)
            self._keep(states, outcomes, sources)
        self._say(wanted, states, outcomes)
        asked = {outcome.source.feed.link for outcome in outcomes}
        left = [s.feed.link for s in wanted if self.only and s.feed.link not in asked]
        return len(health.failed(outcomes)) + sum(states[link].errors > 0 for link in left)

    def _sources(self) -> tuple[tuple[Source, ...], list[Provider]]:
        sources, outlets = sources_of_outlets(self.store.texts(PROVIDER_FOLDERS))
        opml = self.config.fetch.opml
        if opml:
            outlines = self._opml(opml)
            sources += sources_of_outlines(outlines, outlets, opml)
        return one_each(sources), outlets

    def _opml(self, named: str) -> tuple[Outline, ...]:
        """The feeds of the OPML file; where it does not come, those it had last."""
        copy = self.cache / _OPML_COPY
        data, fault = opml_data(named, self.options.site, self.client)
        outlines: tuple[Outline, ...] = ()
        try:
            outlines = read_opml(data) if not fault else ()
        except NotOpmlError as problem:
            fault = str(problem)
        if not fault:
            if web_link(named) and not self.options.dry_run:
                write_whole(copy, data)
            return outlines
        print(f"{named} {fault}; its feeds of the last run are asked", file=sys.stderr)
        self.is_whole = copy.is_file()
        try:
            return read_opml(copy.read_bytes()) if self.is_whole else ()
        except NotOpmlError:
            self.is_whole = False
            return ()

    def _states(self, sources: Iterable[Source]) -> dict[str, FeedState]:
        text = ""
        if self.state_file.is_file():
            text = self.state_file.read_text(encoding="utf-8", errors="replace")
        states = read_state(text)
        return states | {
            s.feed.link: FeedState(s.feed.link) for s in sources if s.feed.link not in states
        }

    def _ask_all(
        self,
        wanted: Iterable[Source],
        sources: Iterable[Source],
        outlets: list[Provider],
        states: dict[str, FeedState],
    ) -> list[Outcome]:
        named = bool(self.only)
        asked = [(s, states[s.feed.link]) for s in wanted]
        due = [(s, k) for s, k in asked if is_due(k, self.now, named)]
        if self.options.since:  # an answer that nothing is new would hide what is older
            due = [(s, replace(k, etag="", modified="")) for s, k in due]
        manners = Manners(
            interval=self.config.fetch.interval,
            limits=limits_of(self.options, self.config),
            language=self.config.language,
        )
        feeds = frozenset(s.feed.link for s in sources)
        by_keyword = self.config.fetch.topics == BY_KEYWORDS
        files = self.store.texts((TOPIC_FOLDER,)) if by_keyword and due else {}
        topics = topics_of_files(files)
        pages = PagePictures(self.client) if self._asks_pages() else None
        finders = (by_keywords(topics), by_name(topics))
        desk = Desk(self.store, outlets, feeds, manners, *finders, pages)
        progress: Any = progress_for(self.options.quiet)
        outcomes: list[Outcome] = []
        for source, visit in progress(
            ask_all(due, self.client, manners, self.now), "Fetching", len(due)
        ):
            outcomes.append(taken(desk, source, visit, states[source.feed.link]))
            is_time = len(outcomes) % _KEEP_EVERY == 0
            if is_time and not self.options.dry_run and not self.config.fetch.pictures:
                self._keep(states, outcomes, sources)
        return outcomes

    def _asks_pages(self) -> bool:
        wanted = self.config.fetch.pictures and self.config.fetch.pictures_from == FROM_PAGES
        return bool(wanted and not self.options.dry_run)

    def _pictures(self, outcomes: list[Outcome]) -> str:
        settings = self.config.fetch
        if not settings.pictures:
            return ""
        from newsstand.cli.fetch_pictures import store_pictures, wanted_of

        wanted = list(wanted_of(outcomes))
        progress = progress_for(self.options.quiet)
        return store_pictures(wanted, self.content, self.cache, settings, self.client, progress)

    def _keep(
        self, states: dict[str, FeedState], outcomes: Iterable[Outcome], sources: Iterable[Source]
    ) -> None:
        followed = {s.feed.link for s in sources} if self.is_whole else {*states}
        after = states_after(states, outcomes, followed)
        text = state_text(s for s in after.values() if s.asked)
        old = self.state_file.read_text("utf-8", "replace") if self.state_file.is_file() else ""
        if text != old:
            write_whole(self.state_file, text.encode())

    def _say(
        self, wanted: Iterable[Source], states: dict[str, FeedState], outcomes: list[Outcome]
    ) -> None:
        for problem in self.store.problems:
            print(of_content(problem, self.content), file=sys.stderr)
        for outcome in outcomes:
            visit = outcome.visit
            if visit.said:
                print(f"{outcome.source.feed.link}\n    {visit.said}", file=sys.stderr)
                print(f"    -> {visit.hint}" if visit.hint else "", file=sys.stderr)
        after = {outcome.source.feed.link: outcome for outcome in outcomes}
        rows = []
        for source in wanted:
            its = after.get(source.feed.link)
            state = states[source.feed.link] if its is None else its.visit.state
            rows.append(health.health_of(source, state, its, self.now))
        if self.table_format == "markdown":
            print(health.as_markdown(rows))
        elif not self.options.quiet:
            print(health.as_text(rows))
        print(_summary(outcomes, self.options.dry_run) + self.pictures_said)


def _none_chosen(only: Sequence[str], sources: Iterable[Source]) -> str:
    """What to say where no source has a name that was given."""
    names = dict.fromkeys(source.name for source in sources)
    close = (nearest(word, names) for word in only)
    hint = next((f"did you mean {name}?" for name in close if name), f"feeds: {', '.join(names)}")
    called = quoted(", ".join(only))
    return f"no outlet that has a feed is called {called}; {cut_at_word(hint, 400)}"


def _summary(outcomes: list[Outcome], is_dry: bool) -> str:
    kinds = [outcome.visit.kind for outcome in outcomes]
    asked = f"{plural(len(outcomes), 'feed')} asked"
    parts = [f"{kinds.count(Kind.SAME):,} unchanged", f"{len(health.failed(outcomes)):,} failed"]
    written = sum(outcome.written for outcome in outcomes)
    changed = sum(outcome.changed for outcome in outcomes)
    old = sum(outcome.decision.old for outcome in outcomes)
    over = sum(outcome.decision.over for outcome in outcomes)
    done = "would be written" if is_dry else "written"
    sentence = (
        f"{asked}, {', '.join(parts)}. {plural(written, 'record')} {done}, {changed:,} changed."
    )
    left = {"too old": old, "over the limit of a feed": over}
    named = ", ".join(f"{count:,} {why}" for why, count in left.items() if count)
    if named:
        sentence += f" Left out: {named}; --since brings them."
    others = sum(sum(outcome.left_out.values()) for outcome in outcomes) - old - over
    if others:
        sentence += f" {plural(others, 'entry', 'entries')} more left out: the table says why."
    return sentence


def limits_of(options: NewsOptions, config: Config) -> Limits:
    """Which items may come in: those since `--since`, else those of the last days."""
    since = since_of(options.since, options.now)
    if since is None:
        return usual_limits(options.now, config.fetch.days, config.fetch.most)
    return Limits(since, max(config.fetch.most, 10**6))


def opml_data(named: str, site: Path, client: Client) -> tuple[bytes, str]:
    """The bytes of an OPML file or address, and why there are none."""
    if web_link(named):
        reply = client.get(Request(web_link(named), accept="text/x-opml, text/xml, */*;q=0.1"))
        fault = reply.fault or ("" if reply.status == 200 else f"answers {reply.status}")
        return reply.body, fault
    file = site / named
    return (file.read_bytes(), "") if file.is_file() else (b"", "is not there")
