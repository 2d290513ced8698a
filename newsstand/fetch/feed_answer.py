"""What a feed's answer means: its items, what is remembered of it, when it may be asked again.

Pure: the answer, what was known and the time go in; nobody is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from newsstand.fetch.discovery import feeds_of_page
from newsstand.fetch.entries import NotAFeedError, ParsedFeed
from newsstand.fetch.feed_state import FeedState, stamp
from newsstand.fetch.feeds import is_challenge, is_page, is_refusal, parse_feed
from newsstand.fetch.http_answers import Reply, wait_of
from newsstand.text.dates import instant_of
from newsstand.text.strings import one_line

_GOOD, _SAME, _GONE, _BUSY = 200, 304, 410, (429, 503)
ONLY_WITH_LEAVE = "only --allow-private asks addresses of the own network"
"""What to do about an address of this machine or of a private network."""
_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=1)
_LONGEST_WAIT = timedelta(days=7)
_SHORTEST_HABIT = 24.0  # hours


class Kind(StrEnum):
    """What became of a visit."""

    NEW = "read"
    SAME = "unchanged"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of asking a feed. `said` is for people, `hint` what an editor can do.

    `elsewhere` is the feed that a page names, to be asked instead.
    """

    kind: Kind
    state: FeedState
    feed: ParsedFeed | None = None
    said: str = ""
    hint: str = ""
    elsewhere: str = ""


def is_due(state: FeedState, now: datetime, is_named: bool = False) -> bool:
    """Whether a feed may be asked: one that is gone is not, until its address is another.

    One that was named in the call is, unless its host has said how long to wait.
    """
    after = instant_of(state.wait if is_named else state.next)
    return (is_named or not state.gone) and (after is None or after <= now)


def visited(state: FeedState, reply: Reply, now: datetime, shortest: int) -> Visit:
    """The meaning of an answer. `shortest` are the fewest minutes between two requests."""
    if reply.private and not reply.status and reply.link == state.address:
        # No host was asked: with --allow-private the feed is due as before.
        return Visit(Kind.FAILED, state, said=reply.fault, hint=ONLY_WITH_LEAVE)
    asked = replace(state, asked=stamp(now))
    if reply.status == _SAME:
        return _unchanged(asked, reply, now, shortest)
    if reply.status == _GONE:
        return _gone(asked)
    if reply.status != _GOOD or (is_challenge(reply) and not feeds_of_page(reply.body, reply.link)):
        return _failed(asked, reply, now, shortest)
    try:
        feed = parse_feed(reply.body, reply.link, reply.headers.get("content-type", ""))
    except NotAFeedError as problem:
        return _no_feed(asked, reply, problem, now, shortest)
    moved = reply.moved if reply.moved and reply.moved != state.address else ""
    note = f"has moved for good to {moved}" if moved else ""
    hint = f"write that address in the place of {state.feed}" if moved else ""
    timed = replace(asked, **_times(feed, state, now))
    state_after = _well(timed, reply, now, max(shortest, feed.pause))
    state_after = replace(
        state_after,
        link=moved or state.link,
        title=feed.title[:200],
        etag="" if feed.is_cut else reply.headers.get("etag", "")[:500],
        modified="" if feed.is_cut else reply.headers.get("last-modified", "")[:100],
        pause=feed.pause,
    )
    if feed.is_cut:
        note = "ends before its end; what was whole is read"
        hint = "nothing to do, unless it stays so: then write to the outlet"
    return Visit(Kind.NEW, state_after, feed, note, hint)


def _times(feed: ParsedFeed, state: FeedState, now: datetime) -> dict[str, object]:
    """The newest item, and the usual hours between two."""
    dates = sorted(d for e in feed.entries if (d := e.published) and d <= now)
    gaps = [(b - a).total_seconds() / 3600 for a, b in pairwise(dates)]
    newest = stamp(dates[-1]) if dates else state.newest
    habit = round(median(gaps), 1) if gaps else state.habit
    return {"newest": newest, "habit": habit}


def _well(state: FeedState, reply: Reply, now: datetime, shortest: int) -> FeedState:
    pause = timedelta(minutes=max(shortest, min(_fresh_for(reply), 24 * 60)))
    return replace(
        state,
        good=stamp(now),
        next=stamp(now + pause),
        wait="",
        errors=0,
        fault="",
        refused=False,
        silent=is_silent(state, now),
    )


def _fresh_for(reply: Reply) -> int:
    """Minutes for which an answer may be kept (RFC 9111, 5.2.2.1)."""
    for part in reply.headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return int(value.strip('"')[:9]) // 60
    return 0


def _unchanged(state: FeedState, reply: Reply, now: datetime, shortest: int) -> Visit:
    return Visit(Kind.SAME, _well(state, reply, now, max(shortest, state.pause)))


def _gone(state: FeedState) -> Visit:
    fault = "is gone for good: its host answers 410"
    hint = f"take {state.feed} out, or find its new address; it is not asked any more"
    state_after = replace(state, gone=True, errors=state.errors + 1, fault=fault)
    return Visit(Kind.GONE, state_after, said=fault, hint=hint)


def _failed(state: FeedState, reply: Reply, now: datetime, shortest: int) -> Visit:
    if is_refusal(reply) or reply.status in _BUSY:
        return _refused(state, reply, now, shortest)
    fault = reply.fault or f"answers {reply.status}"
    hint = "it is asked again later"
    if reply.private:
        hint = ONLY_WITH_LEAVE
    elif reply.status in (404, 410):
        hint = "look for its new address on the outlet's page"
    return Visit(Kind.FAILED, _later(state, reply, now, shortest, fault), said=fault, hint=hint)


def _refused(state: FeedState, reply: Reply, now: datetime, shortest: int) -> Visit:
    if is_challenge(reply):
        fault = f"answers {reply.status} with a page that keeps programs out; the feed is not gone"
    elif reply.status in _BUSY:
        fault = f"answers {reply.status}: it wants to be asked less often"
    else:
        fault = f"answers {reply.status}: its host refuses us; the feed is not gone"
    hint = (
        "give it a longer interval"
        if reply.status in _BUSY and not is_challenge(reply)
        else "ask the outlet to let this program read its feed, set user_agent for it, or look for "
        "another feed of the outlet: docs/fetch.md#a-feed-that-is-refused"
    )
    state_after = replace(_later(state, reply, now, shortest, fault), refused=True)
    return Visit(Kind.REFUSED, state_after, said=fault, hint=hint)


def _later(state: FeedState, reply: Reply, now: datetime, shortest: int, reason: str) -> FeedState:
    """Asked again after what the host says; else after a pause that doubles with each error."""
    doubled = _FIRST_PAUSE * 2 ** min(state.errors, 10)
    pause = max(timedelta(minutes=shortest), min(doubled, _LONGEST_PAUSE))
    seconds, wait = wait_of(reply.headers, now), ""
    if seconds is not None:
        asked_for = min(timedelta(seconds=seconds), _LONGEST_WAIT)
        pause, wait = max(pause, asked_for), stamp(now + asked_for)
    fault, errors = one_line(reason)[:200], state.errors + 1
    return replace(state, next=stamp(now + pause), wait=wait, errors=errors, fault=fault)


def _no_feed(
    state: FeedState, reply: Reply, problem: NotAFeedError, now: datetime, shortest: int
) -> Visit:
    feeds = feeds_of_page(reply.body, reply.link) if problem.is_page else ()
    if feeds and not state.link:
        return Visit(Kind.ELSEWHERE, state, elsewhere=feeds[0].link)
    fault = str(problem)
    hint = "it is asked again later; if it stays so, look for its address on the outlet's page"
    if is_page(reply.body):
        hint = "write the feed's own address; a browser's page source names it as alternate"
    return Visit(Kind.FAILED, _later(state, reply, now, shortest, fault), said=fault, hint=hint)


def is_silent(state: FeedState, now: datetime) -> bool:
    """Whether nothing has come for three times as long as is usual, of a day at least."""
    newest = instant_of(state.newest)
    usual = max(state.habit, _SHORTEST_HABIT)
    return newest is not None and (now - newest).total_seconds() > 3 * usual * 3600
