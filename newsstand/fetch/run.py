"""A run: all feeds that may be asked are, several hosts at a time, and what came is put away.

Answers are put away in the order of the sources, whenever they come, so that equal answers give
equal files. A feed is remembered only after its records are written: a run that is stopped at any
moment is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from urllib.parse import urlsplit

from msgspec.structs import replace

from newsstand.content.draft import find_outlet
from newsstand.fetch.entries import ParsedFeed
from newsstand.fetch.feed_answer import Kind, Visit, visited
from newsstand.fetch.feed_state import FeedState
from newsstand.fetch.feeds import ACCEPT
from newsstand.fetch.http_answers import Client, Request
from newsstand.fetch.items import FoundItems, Item, items_of, tag_of
from newsstand.fetch.languages import language_of
from newsstand.fetch.new_or_changed import Decision, Followed, Limits, decide, with_pictures
from newsstand.fetch.page_pictures import PagePictures
from newsstand.fetch.record_store import Store
from newsstand.fetch.records import record_of
from newsstand.fetch.sources import Source
from newsstand.fetch.topics import TopicsIn, TopicsOf
from newsstand.model import Provider
from newsstand.text.links import host_of

_HOSTS_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Manners:
    """What the settings say: the fewest minutes between two requests, which items may come in.

    `language` is the site's.
    """

    interval: int
    limits: Limits
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source; `logo` is where its feed says that the outlet's is.

    `left_out` counts the entries that are no record, by reason.
    """

    source: Source
    visit: Visit
    written: int = 0
    changed: int = 0
    decision: Decision = field(default_factory=Decision)
    logo: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)


Ask = tuple[Source, FeedState]


def ask_all(
    asked: Iterable[Ask], client: Client, manners: Manners, now: datetime
) -> Iterator[tuple[Source, Visit]]:
    """Each source with what became of it, in their order; a host is asked one thing at a time."""
    every = list(asked)
    by_host: dict[str, list[int]] = {}
    for number, (_, state) in enumerate(every):
        by_host.setdefault(urlsplit(state.address).netloc.lower(), []).append(number)
    visits: SimpleQueue[tuple[int, Visit]] = SimpleQueue()
    pool = ThreadPoolExecutor(_HOSTS_AT_ONCE)

    def ask_host(numbers: list[int]) -> None:
        for number in numbers:
            visits.put((number, _visit(every[number], client, manners, now)))

    for numbers in by_host.values():
        pool.submit(ask_host, numbers)
    waiting: dict[int, Visit] = {}
    try:
        for number, (source, _) in enumerate(every):
            while number not in waiting:
                came, visit = visits.get()
                waiting[came] = visit
            yield source, waiting.pop(number)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _visit(asked: Ask, client: Client, manners: Manners, now: datetime) -> Visit:
    source, state = asked
    shortest = source.feed.interval or manners.interval
    try:
        visit = visited(state, client.get(request_of(source, state)), now, shortest)
        if visit.kind is Kind.ELSEWHERE:
            there = replace(state, link=visit.elsewhere)
            visit = visited(there, client.get(request_of(source, there)), now, shortest)
    except Exception as problem:  # noqa: BLE001  (one feed may not end a run, whatever it holds)
        return _our_fault(state, problem)
    return visit


def _our_fault(state: FeedState, problem: Exception) -> Visit:
    fault = f"could not be read ({type(problem).__name__}: {problem})"[:200]
    failed = replace(state, errors=state.errors + 1, fault=fault)
    return Visit(Kind.FAILED, failed, said=fault, hint="this is a fault of Newsstand: report it")


def taken(desk: Desk, source: Source, visit: Visit, before: FeedState) -> Outcome:
    """What `Desk.take` gives; what it cannot cope with fails this source and no other.

    Raises OSError: where the disk is full no other source does better.
    """
    try:
        return desk.take(source, visit, before)
    except OSError:
        raise
    except Exception as problem:  # noqa: BLE001  (one feed may not end a run, whatever it holds)
        return Outcome(source, _our_fault(before, problem))


def request_of(source: Source, state: FeedState) -> Request:
    """What is asked of a feed."""
    return Request(
        link=state.address,
        accept=ACCEPT,
        etag=state.etag,
        modified=state.modified,
        agent=source.feed.agent,
    )


@dataclass
class Desk:
    """Puts away what came; `pictures` asks the pages of new items, where that is wanted.

    `topics_in` finds topics in the categories of items; they count where nobody has given a feed
    topics.
    """

    store: Store
    outlets: list[Provider]
    feeds: frozenset[str]
    manners: Manners
    topics_of: TopicsOf
    topics_in: TopicsIn = lambda _: ()
    pictures: PagePictures | None = None

    def take(self, source: Source, visit: Visit, before: FeedState) -> Outcome:
        """Write and change the records of a feed -> what became of it, with what to remember."""
        if visit.feed is None:
            return Outcome(source, visit)
        found = items_of(visit.feed, visit.state.address, self._language(source, visit.feed))
        items = found.items
        seen = tuple(before.seen.split())
        of = Followed(source.feed.link, self.feeds, seen, is_first=not before.good)
        decision = decide(items, self.store.index, of, self.manners.limits, self.store.now)
        if self.pictures is not None:
            made = self.pictures.given(decision.new, source.feed.agent)
            decision = with_pictures(decision, made)
        outlet = source.outlet or self._outlet(visit.feed, items)
        written = sum(bool(self._add(item, source, outlet)) for item in decision.new)
        before_changes = len(self.store.changed)
        for record, item in decision.changed:
            self.store.change(record, item)
        changed = len(self.store.changed) - before_changes
        state = replace(visit.state, seen=" ".join(decision.seen), outlet=outlet.domain)
        kept = Visit(visit.kind, state, None, visit.said, visit.hint)
        left_out = _left_out(visit.feed, found, decision, len(decision.new) - written)
        return Outcome(source, kept, written, changed, decision, visit.feed.logo, left_out)

    def _add(self, item: Item, source: Source, outlet: Provider) -> str:
        of_feed = source.feed.topics or self.topics_in(item.marks)
        topics = tuple(dict.fromkeys((*of_feed, *self.topics_of(item.title))))
        draft = record_of(
            item,
            feed=source.feed.link,
            outlet=outlet,
            topics=topics,
            language=self.manners.language,
            now=self.store.now,
            with_body=source.feed.full_text,
        )
        return self.store.add(item, draft)

    def _language(self, source: Source, feed: ParsedFeed) -> str:
        """The language of a feed: as the editor says, as the feed says, else as its texts look."""
        tag = source.feed.language or tag_of(feed.language)
        if tag or all(tag_of(entry.language) for entry in feed.entries):
            return tag
        return language_of(f"{e.title} {e.summary}" for e in feed.entries)

    def _outlet(self, feed: ParsedFeed, items: Iterable[Item]) -> Provider:
        """The outlet of a feed of which nobody says whose it is: by its page, or its items."""
        host = host_of(feed.link) or next((host_of(item.link) for item in items), "")
        outlet = find_outlet("", host, self.outlets)
        named = Provider(host, feed.title or host)
        return outlet if outlet is not None and outlet in self.outlets else named


def _left_out(
    feed: ParsedFeed, found: FoundItems, decision: Decision, refused: int
) -> dict[str, int]:
    """How many entries of a feed are no record, by reason; what was seen before is not counted."""
    counts = {
        "too old": decision.old,
        "over the limit": decision.over,
        "without a date": decision.undated,
        **found.left_out,
        "that cannot be read": feed.unreadable,
        "that no build takes": refused,
    }
    return {why: count for why, count in counts.items() if count}


def states_after(
    states: Mapping[str, FeedState], outcomes: Iterable[Outcome], feeds: Iterable[str]
) -> dict[str, FeedState]:
    """What is to be remembered: the new, and of what was known that of feeds that are followed."""
    new = {outcome.visit.state.feed: outcome.visit.state for outcome in outcomes}
    followed = set(feeds)
    return {feed: s for feed, s in {**states, **new}.items() if feed in followed}
