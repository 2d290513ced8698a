"""``check --external``: what other hosts are asked, how, and what is made of their answers.

One server on this machine stands for all hosts.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newsstand.fetch import http_client
from newsstand.fetch.http_answers import Answer
from newsstand.fetch.http_client import HttpClient, Manner, may_reach
from newsstand.fetch.link_check import Asker
from tests.sites import Run, run_command, write_site

_HASTY = Manner(pause=0.0, timeout=2.0, longest=0.6, longest_wait=1.0)


def _asker(manner: Manner) -> Asker:
    return Asker(HttpClient(manner, http_client.user_agent("a test")))


@dataclass
class Web:
    """All hosts: what each address answers, and what was asked of it, with the time."""

    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[float, str, str, str]] = field(default_factory=list)
    behaviours: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)

    def methods(self, address: str) -> list[str]:
        """How an address was asked."""
        return [method for _, method, asked, _ in self.asked if asked == address]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The server, and every name leads to it."""
    found = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            address = f"{self.headers['Host']}{self.path}"
            agent = self.headers["User-Agent"]
            found.asked.append((time.monotonic(), self.command, address, agent))
            if address in found.behaviours:
                found.behaviours[address](self)
                return
            status, headers = found.answers.get(f"{self.command} {address}") or found.answers.get(
                address, (200, {})
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Not to the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        port = server.server_port

        def connected(_host: str, _port: int, timeout: float, _anywhere: bool) -> socket.socket:
            return socket.create_connection(("127.0.0.1", port), timeout)

        monkeypatch.setattr(http_client, "_connected", connected)
        monkeypatch.setattr(http_client, "MANNER", _HASTY)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def site_with(folder: Path, *links: str) -> Path:
    """A site whose records lead to these links, and a page to the first."""
    records = {
        f"content/news/r{number}.md": f"---\ntitle: Report {number}\nwebUrl: {link}\n---\n"
        for number, link in enumerate(links)
    }
    return write_site(folder, {**records, "site.yml": "images: none\n"})


def check(site: Path, *options: str, now: str = "2024-01-20T00:00:00Z") -> Run:
    """The command, with the outer links."""
    options = ("--external", "--site", str(site), "--now", now, *options)
    return run_command("check", *options, in_process=True)


def said(run: Run) -> dict[str, Mapping[str, Any]]:
    """What it says of links to other hosts, by file."""
    problems = json.loads(run.stdout)["problems"]
    codes = ("link-dead", "link-moved", "link-no-answer", "link-private", "link-unchecked")
    return {p["path"]: p for p in problems if p["code"] in codes}


def test_each_answer_means_something(web: Web, tmp_path: Path) -> None:
    """Gone, moved for good, moved for a while, forbidden to programs, broken, without an answer."""
    answers: dict[str, tuple[int, dict[str, str]]] = {
        "a.org/gone": (410, {}),
        "a.org/lost": (404, {}),
        "b.org/old": (301, {"Location": "/new"}),
        "b.org/for-a-while": (302, {"Location": "/new"}),
        "c.org/paywall": (403, {}),
        "c.org/broken": (500, {}),
        "d.org/round": (302, {"Location": "/round"}),
        "d.org/odd": (301, {"Location": "javascript:alert(1)"}),
    }
    web.answers.update(answers)
    links = [f"http://{address}" for address in answers]
    found = said(check(site_with(tmp_path, *links, "http://a.org/fine"), "--format", "json"))
    assert {path: p["code"] for path, p in found.items()} == {
        "news/r0.md": "link-dead",
        "news/r1.md": "link-dead",
        "news/r2.md": "link-moved",
        "news/r4.md": "link-unchecked",
        "news/r5.md": "link-no-answer",
        "news/r6.md": "link-no-answer",
        "news/r7.md": "link-no-answer",
    }
    assert found["news/r2.md"]["remedy"] == "write http://b.org/new"
    assert {(p["line"], p["column"]) for p in found.values()} == {(3, 9)}
    assert len(web.methods("d.org/round")) <= 6


def test_a_host_is_asked_gently(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """By HEAD, by GET only where that fails; with a pause; who asks says so."""
    web.answers.update({"HEAD a.org/1": (405, {}), "GET a.org/1": (200, {})})
    monkeypatch.setattr(http_client, "MANNER", Manner(pause=0.2))
    links = [f"http://a.org/{n}" for n in range(4)]
    answers = dict(_asker(http_client.MANNER).ask_all(links))
    assert all(answer.is_good for answer in answers.values())
    asked = ["HEAD a.org/0", "HEAD a.org/1", "GET a.org/1", "HEAD a.org/2", "HEAD a.org/3"]
    assert [f"{method} {address}" for _, method, address, _ in web.asked] == asked
    times = [at for at, *_ in web.asked]
    assert min(later - first for first, later in pairwise(times)) > 0.19
    assert all(agent.startswith("Newsstand/") for *_, agent in web.asked)


def test_a_host_that_wants_to_be_left_alone_is(web: Web, tmp_path: Path) -> None:
    """For as long as it says; where that is too long, for good."""
    web.answers["busy.org/1"] = (429, {"Retry-After": "3600"})
    web.answers["calm.org/1"] = (503, {"Retry-After": "0"})
    links = [f"http://{host}.org/{n}" for host in ("busy", "calm") for n in (1, 2)]
    found = said(check(site_with(tmp_path, *links), "--format", "json"))
    assert web.methods("busy.org/1") == ["HEAD"]
    assert web.methods("busy.org/2") == []
    assert web.methods("calm.org/1") == ["HEAD", "HEAD"]
    assert "left alone" in found["news/r1.md"]["message"]
    assert {p["code"] for p in found.values()} == {"link-unchecked"}


def test_answers_are_kept(web: Web, tmp_path: Path) -> None:
    """Good ones a week, others a day; a damaged file of answers is none."""
    web.answers["a.org/lost"] = (404, {})
    site = site_with(tmp_path, "http://a.org/lost", "http://a.org/fine#part")

    def asked(now: str) -> set[str]:
        web.asked.clear()
        assert set(said(check(site, "--format", "json", now=now))) == {"news/r0.md"}
        return {address for _, _, address, _ in web.asked}

    both = {"a.org/lost", "a.org/fine"}
    assert asked("2024-01-20T00:00:00Z") == both
    assert asked("2024-01-20T12:00:00Z") == set()
    assert asked("2024-01-21T12:00:00Z") == {"a.org/lost"}
    assert asked("2024-01-28T12:00:00Z") == both
    assert asked("2023-01-01T00:00:00Z") == both  # an answer of the future is none
    for damaged in ("", "[]", "{", '{"http://a.org/lost": 3}', "\x00"):
        (site / ".cache/links.json").write_text(damaged, encoding="utf-8")
        assert asked("2024-01-20T00:00:00Z") == both


def test_what_was_answered_is_kept_when_somebody_loses_patience(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run goes on from there."""
    links = [f"http://a.org/{n}" for n in range(5)]
    site = site_with(tmp_path, *links)
    ask = Asker.ask

    def impatient(self: Asker, link: str) -> Answer:
        if link.endswith("3"):
            raise KeyboardInterrupt
        return ask(self, link)

    with monkeypatch.context() as patch:
        patch.setattr(Asker, "ask", impatient)
        assert check(site).code == 130
    web.asked.clear()
    check(site)
    assert {address for _, _, address, _ in web.asked} == {"a.org/3", "a.org/4"}


def _sign_by_sign(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    for sign in "HTTP/1.1 200 OK\r\nX: " + "y" * 1000:
        try:
            handler.connection.sendall(sign.encode())
        except OSError:
            return
        time.sleep(0.05)


def test_an_answer_without_an_end_is_cut_off(web: Web) -> None:
    """Sign by sign, headers without end, no HTTP at all: a few seconds, then the next."""

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"SSH-2.0-x\r\n" + b"\xff" * 70_000)

    def headers(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n")

    web.behaviours.update({"a.org/s": _sign_by_sign, "b.org/n": nonsense, "c.org/h": headers})
    started = time.monotonic()
    answers = dict(_asker(_HASTY).ask_all(["http://a.org/s", "http://b.org/n", "http://c.org/h"]))
    assert time.monotonic() - started < 5
    assert [answer.is_good for answer in answers.values()] == [False, False, False]


def test_a_connection_that_is_cut_off_is_no_answer(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its headers seem to be whole; so also where who has cut it is slow to say so."""
    web.behaviours["a.org/s"] = _sign_by_sign
    cut = http_client._cut

    def cut_and_pause(*given: Any) -> None:  # noqa: ANN401
        cut(*given)
        time.sleep(0.5)

    monkeypatch.setattr(http_client, "_cut", cut_and_pause)
    reply = HttpClient(Manner(longest=0.2), "a test").ask("GET", "http://a.org/s")
    assert reply.fault == "gives no answer in time"


def test_a_connection_that_comes_too_late_is_not_used(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing could be cut off when the time was over; nothing is asked then."""
    open_ = http_client._connected

    def connected(*given: Any) -> socket.socket:  # noqa: ANN401
        time.sleep(0.3)
        return open_(*given)

    monkeypatch.setattr(http_client, "_connected", connected)
    reply = HttpClient(Manner(longest=0.05), "a test").ask("GET", "http://a.org/s")
    assert reply.fault == "gives no answer in time"
    assert web.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "[::ffff:127.0.0.1]",
        "[64:ff9b::a00:1]", "[2002:7f00:1::]", "0.0.0.0", "224.0.0.1", "2130706433", "0x7f000001",
        "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b:1::a00:1]", "[fec0::1]", "[3fff::1]",
        "[5f00::1]", "192.0.0.192", "168.63.129.16", "[::ffff:168.63.129.16]",
    ],
)  # fmt: skip
def test_no_private_address_is_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is written."""

    def resolved(name: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        plain = name.strip("[]")
        family = socket.AF_INET6 if ":" in plain else socket.AF_INET
        if family == socket.AF_INET:
            plain = socket.inet_ntoa(socket.inet_aton(plain))
        return [(family, socket.SOCK_STREAM, 6, "", (plain, port))]

    def connects(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connects)
    assert _asker(_HASTY).ask(f"http://{host}/").private


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909"]
)
def test_what_is_open_may_be_asked(address: str) -> None:
    """Also where an address of the old kind is written as one of the new."""
    assert may_reach(address)


def test_a_redirect_to_a_private_address_is_not_followed(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and nothing there is asked."""
    web.answers["a.org/in"] = (302, {"Location": "http://10.0.0.1/admin"})
    open_ = http_client._connected

    def connected(host: str, port: int, timeout: float, anywhere: bool) -> socket.socket:
        if host == "10.0.0.1":
            assert not may_reach(host)
            raise http_client.PrivateAddressError(host)
        return open_(host, port, timeout, anywhere)

    monkeypatch.setattr(http_client, "_connected", connected)
    assert _asker(_HASTY).ask("http://a.org/in").private


def test_nobody_is_asked_without_the_option(web: Web, tmp_path: Path) -> None:
    """Nor about names that lead nowhere on purpose, nor about the site itself."""
    site = site_with(tmp_path, "http://a.org/1", "https://quay.example/1")
    run_command("check", "--site", str(site), in_process=True)
    assert web.asked == []
    check(site, "--base-url", "http://a.org/")
    assert web.asked == []
