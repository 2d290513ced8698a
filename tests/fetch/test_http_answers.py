"""Every answer that a feed's host may give: what is written, what is said, what is asked next."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import Any

import pytest

from newsstand.fetch import http_client
from newsstand.fetch.feed_state import read_state
from newsstand.fetch.http_answers import Request
from newsstand.fetch.http_client import HttpClient, Manner
from tests.fetch.conftest import FedSite
from tests.fetch.local_web import RSS, Behaviour, Item, LocalWeb, rss

HASTY = Manner(pause=0.0, timeout=1.0, longest=1.0)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "FETCHING", HASTY)


def state_of(site: FedSite, feed: str) -> Any:  # noqa: ANN401  (a FeedState)
    """What is remembered of a feed."""
    return read_state((site.folder / "fetch-state.jsonl").read_text(encoding="utf-8"))[feed]


def later(minutes: int) -> str:
    """A time so many minutes after noon of the day of all tests."""
    return f"2024-01-20T{12 + minutes // 60:02d}:{minutes % 60:02d}:00Z"


def test_an_address_that_moved_for_good_is_remembered(web: LocalWeb, site: FedSite) -> None:
    """The editor is told the new one; from then on the old one is not asked."""
    web.redirect("/old", "/feed", 301)
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/old")
    first = site.fetch()
    assert first.code == 0
    assert f"has moved for good to {web.address}/feed" in first.stderr
    site.fetch(now=later(60))
    assert web.paths() == ["/old", "/feed", "/feed"]
    assert len(site.records()) == 1


def test_an_address_that_moved_for_a_while_is_asked_again(web: LocalWeb, site: FedSite) -> None:
    """Only 301 and 308 are for good."""
    web.redirect("/old", "/feed", 302)
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/old")
    assert "moved" not in site.fetch().stderr
    site.fetch(now=later(60))
    assert web.paths() == ["/old", "/feed", "/old", "/feed"]


def test_308_is_for_good_too(web: LocalWeb, site: FedSite) -> None:
    """RFC 9110, 15.4.9."""
    web.redirect("/old", f"{web.address}/feed", 308)
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/old")
    assert "moved for good" in site.fetch().stderr
    assert state_of(site, f"{web.address}/old").link == f"{web.address}/feed"


def test_a_feed_that_is_gone_is_not_asked_again(web: LocalWeb, site: FedSite) -> None:
    """410 is said once, and stands in the table from then on."""
    web.serve("/feed", b"", status=410)
    site.follow(f"{web.address}/feed")
    first = site.fetch()
    assert first.code == 0
    assert "410" in first.stderr
    assert "take" in first.stderr
    second = site.fetch(now="2024-03-20T12:00:00Z")
    assert web.paths() == ["/feed"]
    assert "gone" in second.stdout
    assert site.fetch("--strict", now="2024-03-20T12:00:00Z").code == 0


@pytest.mark.parametrize(
    ("status", "wait", "minutes"), [(429, "7200", 120), (503, "5400", 90), (429, "", 60)]
)
def test_a_host_that_is_busy_is_left_alone(
    web: LocalWeb, site: FedSite, status: int, wait: str, minutes: int
) -> None:
    """For as long as Retry-After says, else for the interval."""
    web.serve("/feed", b"busy", "text/plain", status, **({"Retry_After": wait} if wait else {}))
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert run.code == 0
    assert f"answers {status}: it wants to be asked less often" in run.stderr
    site.fetch(now=later(minutes - 1))
    assert len(web.asked) == 1
    site.fetch(now=later(minutes))
    assert len(web.asked) == 2


def test_errors_of_a_host_are_waited_out_longer_each_time(web: LocalWeb, site: FedSite) -> None:
    """The pause doubles from the interval on; a good answer ends it."""
    web.serve("/feed", b"", status=500)
    site.follow(f"{web.address}/feed")
    assert "answers 500" in site.fetch().stderr
    waits = []
    now = 0
    for hours in (1, 2, 3, 5, 9):
        now += hours
        site.fetch(now=f"2024-01-{20 + (12 + now) // 24}T{(12 + now) % 24:02d}:00:00Z")
        waits.append(len(web.asked))
    assert waits == [2, 3, 4, 5, 6]
    assert state_of(site, f"{web.address}/feed").errors == 6
    soon = site.fetch(now="2024-01-21T09:00:00Z")
    assert len(web.asked) == 6
    assert "not due, failed" in soon.stdout
    web.feed("/feed", [Item(1)])
    site.fetch(now="2024-01-25T12:00:00Z")
    assert state_of(site, f"{web.address}/feed").errors == 0


def test_one_source_that_fails_does_not_fail_the_run(web: LocalWeb, site: FedSite) -> None:
    """Exit code 0; with --strict 1."""
    web.serve("/bad", b"", status=500)
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/bad", f"{web.address}/feed")
    run = site.fetch()
    assert (run.code, len(site.records())) == (0, 1)
    assert site.fetch("--strict", now=later(70)).code == 1


def test_a_source_that_is_named_is_asked_before_its_time(web: LocalWeb, site: FedSite) -> None:
    """As after its address was mended; and with --strict one that fails is told."""
    web.serve("/feed", b"", status=500)
    site.follow(f"{web.address}/feed")
    site.fetch()
    web.feed("/feed", [Item(1)])
    assert "not due, failed" in site.fetch(now=later(1)).stdout
    run = site.fetch("--only", "gazette.example", "--strict", now=later(1))
    assert (run.code, len(site.records())) == (0, 1)
    assert "0 feeds asked" in site.fetch(now=later(2)).stdout


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asked_to_wait_is_left_alone(web: LocalWeb, site: FedSite, status: int) -> None:
    """Also by --only, until the time is over; it fails all the while."""
    web.serve("/feed", b"", status=status, Retry_After="3000")
    site.follow(f"{web.address}/feed")
    site.fetch()
    web.feed("/feed", [Item(1)])
    only = ("--only", "gazette.example", "--strict")
    early = site.fetch(*only, now=later(49))
    assert (early.code, len(web.asked)) == (1, 1)
    assert "not due, refused" in early.stdout
    assert site.fetch("--strict", now=later(49)).code == 0
    assert site.fetch(*only, now=later(51)).code == 0
    assert len(site.records()) == 1


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A sign now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", RSS)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.1)


def without_end(handler: BaseHTTPRequestHandler) -> None:
    """A body that goes on and on."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """A gigabyte in a megabyte."""
    packed = gzip.compress(b"\0" * 10_000_000, 9) * 100
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(packed)))
    handler.end_headers()
    handler.wfile.write(packed)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (drip, "gives no answer in time"),
        (without_end, "gives more than may be taken"),
        (bomb, "gives more than may be taken"),
    ],
)
def test_an_answer_without_measure_is_cut_off(
    web: LocalWeb, site: FedSite, behaviour: Behaviour, said: str
) -> None:
    """In time, and before it fills the memory."""
    web.routes["/feed"] = behaviour
    site.follow(f"{web.address}/feed")
    started = time.monotonic()
    run = site.fetch()
    assert time.monotonic() - started < 6
    assert run.code == 0
    assert said in run.stderr
    assert site.folder.joinpath("content/news").exists() is False


def test_redirects_that_go_round_end(web: LocalWeb, site: FedSite) -> None:
    """After five."""
    web.redirect("/feed", "/feed", 301)
    site.follow(f"{web.address}/feed")
    assert "redirects more than 5 times" in site.fetch().stderr
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://h.example/", "javascript:alert(1)"]
)
def test_a_redirect_to_what_is_no_link_is_not_followed(
    web: LocalWeb, site: FedSite, target: str
) -> None:
    """Only http and https are asked."""
    web.redirect("/feed", target, 302)
    site.follow(f"{web.address}/feed")
    assert "redirects to what is no link" in site.fetch().stderr


def test_private_addresses_are_not_asked(web: LocalWeb, site: FedSite) -> None:
    """Unless somebody allows it: then the message of all other tests would be another."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    from tests.sites import run_command

    run = run_command("fetch", "--site", str(site.folder), "--now", later(0), in_process=True)
    assert run.code == 0
    assert "is a private address" in run.stderr
    assert "--allow-private" in run.stderr
    assert web.asked == []
    assert "1 record written" in site.fetch(now=later(0)).stdout  # no pause: nobody was asked


def resolver(answers: list[list[str]]) -> Any:  # noqa: ANN401
    """A name server that answers differently each time."""

    def resolved(_host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        some = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in some]

    return resolved


def test_a_redirect_to_a_private_address_is_not_followed(
    web: LocalWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor a name that turns private, nor one that has a private address among others."""
    port = web.address.rpartition(":")[2]
    web.redirect("/in", f"http://inner.example:{port}/feed", 302)
    web.feed("/feed", [Item(1)])
    reached = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address[0])
        opened = socket.socket()
        opened.settimeout(timeout)
        opened.connect(("127.0.0.1", address[1]))
        return opened

    monkeypatch.setattr(socket, "create_connection", connect)
    client = HttpClient(HASTY, "test")
    # The first answer is public, the second is not: a name is asked for once for each connection,
    # and the address that was looked at is the one that is connected to.
    monkeypatch.setattr(socket, "getaddrinfo", resolver([["93.184.216.34"], ["127.0.0.1"]]))
    reply = client.get(Request(f"http://outer.example:{port}/in"))
    assert reply.private
    assert reached == ["93.184.216.34"]
    assert web.paths() == ["/in"]
    monkeypatch.setattr(socket, "getaddrinfo", resolver([["93.184.216.34", "10.0.0.1"]]))
    assert client.get(Request(f"http://both.example:{port}/feed")).private


def test_silent_addresses_of_one_name_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds cost no more than one; a second that answers is still reached."""
    now, waits, answering = [0.0], list[float](), socket.socket()

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        if address[0] == "9.9.9.9":
            return answering
        waits.append(timeout)
        now[0] += timeout
        raise TimeoutError

    silent = [f"93.184.{n // 250}.{n % 250 + 1}" for n in range(500)]
    monkeypatch.setattr(http_client, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolver([silent, [silent[0], "9.9.9.9"]]))
    with pytest.raises(TimeoutError):
        http_client._connected("many.example", 80, 8.0, False)
    assert sum(waits) <= 8.0
    with http_client._connected("two.example", 80, 8.0, False) as reached:
        assert reached is answering


def test_a_page_of_protection_is_told_from_a_feed_that_is_gone(
    web: LocalWeb, site: FedSite
) -> None:
    """Whatever its status; the message says what an editor can do."""
    page = (
        b"<!DOCTYPE html><html><title>Just a moment...</title><div class='cf-chl-x'></div></html>"
    )
    for number, status in enumerate((403, 429, 503, 200)):
        web.serve(f"/{number}", page, "text/html", status)
    web.serve("/plain", b"no", "text/plain", 403)
    site.follow(*(f"{web.address}/{n}" for n in (0, 1, 2, 3, "plain")))
    run = site.fetch()
    assert run.code == 0
    assert run.stderr.count("keeps programs out; the feed is not gone") == 4
    assert run.stderr.count("its host refuses us") == 1
    assert run.stderr.count("docs/fetch.md#a-feed-that-is-refused") == 5
    assert run.stdout.count("refused") == 5


def test_the_name_given_can_be_set_for_a_source(web: LocalWeb, site: FedSite) -> None:
    """Else it is the program's with the address of the site."""
    web.feed("/feed", [Item(1)])
    web.feed("/other", [Item(1)])
    own = f"  - url: {web.address}/other\n    user_agent: Quay Reader\n"
    site.follow(f"{web.address}/feed", more=own)
    (site.folder / "site.yml").write_text("url: https://quay.example/\n", encoding="utf-8")
    site.fetch()
    agents = {path: headers["user-agent"] for path, headers in web.asked}
    assert agents["/feed"].startswith("Newsstand/")
    assert "https://quay.example/" in agents["/feed"]
    assert agents["/other"] == "Quay Reader"


def test_a_feed_says_how_often_it_may_be_asked(web: LocalWeb, site: FedSite) -> None:
    """By ttl, by sy:, by cache-control; the settings say the least."""
    sy = (
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily'
        '</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/'
        'syndication/">6</sy:updateFrequency>'
    )
    web.feed("/ttl", [Item(1)], "<ttl>180</ttl>")
    web.feed("/sy", [Item(2)], sy)
    web.serve("/cc", rss(web.address, [Item(3)]), Cache_Control="public, max-age=18000")
    site.follow(*(f"{web.address}/{n}" for n in ("ttl", "sy", "cc")))
    for minutes in (0, 60, 179, 180, 239, 240, 299, 300):
        site.fetch(now=later(minutes))
    assert web.paths() == ["/ttl", "/sy", "/cc", "/ttl", "/sy", "/cc"]


def test_bodies_may_be_packed(web: LocalWeb, site: FedSite) -> None:
    """By gzip, Brotli and Zstandard, as the program says it takes them."""
    brotli = pytest.importorskip("brotli")
    zstd = pytest.importorskip("backports.zstd")
    packers = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}
    for number, (name, pack) in enumerate(packers.items()):
        body = pack(rss(web.address, [Item(number)]))
        web.serve(f"/{name}", body, Content_Encoding=name)
    site.follow(*(f"{web.address}/{name}" for name in packers))
    site.fetch()
    assert len(site.records()) == 3
    assert {"gzip", "br", "zstd"} <= set(web.asked[0][1]["accept-encoding"].split(","))
