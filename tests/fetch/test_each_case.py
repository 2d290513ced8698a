"""Every case that a host may make: what is written, what is said, the exit code, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from newsstand.fetch import http_client
from tests.fetch.conftest import FedSite
from tests.fetch.local_web import Item, LocalWeb, rss
from tests.fetch.test_http_answers import HASTY, bomb, drip, without_end


class Case(NamedTuple):
    """What the host does; how many records come, what the table and the messages say."""

    play: Callable[[LocalWeb], None]
    records: int
    outcome: str
    said: str
    is_well: bool


def answer(body: bytes, kind: str = "text/xml", status: int = 200) -> Callable[[LocalWeb], None]:
    """These bytes."""
    return lambda web: web.serve("/feed", body, kind, status)


def redirect(target: str, status: int) -> Callable[[LocalWeb], None]:
    """To a feed, or elsewhere."""

    def play(web: LocalWeb) -> None:
        web.feed("/there", [Item(1)])
        web.redirect("/feed", target, status)

    return play


def feed(count: int) -> Callable[[LocalWeb], None]:
    """A feed that is well."""
    return lambda web: web.feed("/feed", [Item(n) for n in range(count)])


def behaviour(name: Callable[..., None]) -> Callable[[LocalWeb], None]:
    """An answer that never ends well."""
    return lambda web: web.routes.__setitem__("/feed", name)


WHOLE = rss("https://gull.example", [Item(n) for n in range(3)])
LAUGHS = (
    b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>'
    b"<item><title>&b; Report</title><link>https://gull.example/1</link></item></channel></rss>"
)
CHALLENGE = b"<!doctype html><title>Just a moment...</title><div class='cf-chl-x'></div>"
CASES = {
    "200": Case(feed(2), 2, "read", "", True),
    "301": Case(redirect("/there", 301), 1, "read", "has moved for good", True),
    "302": Case(redirect("/there", 302), 1, "read", "", True),
    "308": Case(redirect("/there", 308), 1, "read", "has moved for good", True),
    "404": Case(answer(b"", status=404), 0, "failed", "answers 404", False),
    "410": Case(answer(b"", status=410), 0, "gone", "is gone for good", False),
    "429": Case(answer(b"", status=429), 0, "refused", "asked less often", False),
    "500": Case(answer(b"", status=500), 0, "failed", "answers 500", False),
    "503": Case(answer(b"", status=503), 0, "refused", "asked less often", False),
    "drip": Case(behaviour(drip), 0, "failed", "gives no answer in time", False),
    "endless": Case(behaviour(without_end), 0, "failed", "more than may be taken", False),
    "bomb": Case(behaviour(bomb), 0, "failed", "more than may be taken", False),
    "loop": Case(redirect("/feed", 302), 0, "failed", "redirects more than 5 times", False),
    "to a file": Case(redirect("file:///etc/passwd", 302), 0, "failed", "no link", False),
    "charset": Case(answer(WHOLE.replace(b"UTF-8", b"UTF-61")), 3, "read", "", True),
    "cut": Case(answer(WHOLE[:-60]), 2, "read", "ends before its end", True),
    "entities": Case(answer(LAUGHS), 1, "read", "", True),
    "empty": Case(answer(rss("https://gull.example", [])), 0, "read", "", True),
    "nothing": Case(answer(b""), 0, "failed", "is empty", False),
    "a page": Case(answer(b"<!doctype html><p>No", "text/html"), 0, "failed", "a web page", False),
    "challenge": Case(answer(CHALLENGE, "text/html"), 0, "refused", "keeps programs out", False),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case(web: LocalWeb, site: FedSite, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The run ends well whatever the host does; with `--strict` it tells that a source failed."""
    monkeypatch.setattr(http_client, "FETCHING", HASTY)
    case = CASES[name]
    case.play(web)
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert run.code == 0
    assert len(site.records()) == case.records
    line = next(text for text in run.stdout.splitlines() if text.startswith("Harbour Gazette"))
    assert line.split("  ")[1].strip() == case.outcome
    assert case.said in run.stderr
    assert bool(run.stderr) == bool(case.said)
    strict = site.fetch("--strict", now="2024-01-21T12:00:00Z")
    assert strict.code == int(not case.is_well and case.outcome != "gone")
    assert len(site.records()) == case.records
    assert site.build().code == 0
