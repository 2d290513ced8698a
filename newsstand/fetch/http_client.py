"""The network: asks other hosts whether links still lead somewhere.

The only module that reaches beyond this machine; ``check --external`` imports it, nothing else
does. It asks each host one thing at a time, waits between, says who it is, and never asks an
address that is not of the open internet, whatever a name or a redirect says.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import SimpleQueue
from threading import Lock, Timer
from urllib.parse import quote, urljoin, urlsplit

from newsstand import __version__
from newsstand.check.external_links import Answer
from newsstand.text.links import domain_of, web_link

_NAME = f"Newsstand/{__version__} (checks whether links still lead somewhere)"
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_BUSY = (429, 503)
_MOST_HOPS = 5
_HOSTS_AT_ONCE = 8
_AS_WRITTEN = "%/:=&?~+!$,;'@()*[]|"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask, in seconds.

    `pause` lies between two requests to a host, `timeout` is the longest wait for a sign of an
    answer and `longest` that for all of it, `longest_wait` the longest time for which a host may
    put us off.
    """

    pause: float = 1.0
    timeout: float = 15.0
    longest: float = 30.0
    longest_wait: float = 60.0


MANNER = Manner()


class PrivateAddressError(OSError):
    """A host that is none of the open internet."""


def may_reach(address: str) -> bool:
    """Whether an IP address is one of the open internet (RFC 6890), also where it wraps another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not inner.is_global:
            return False
    return found.is_global and not found.is_multicast


def _connected(host: str, port: int, timeout: float) -> socket.socket:
    """A connection to an address that was looked at: a name is asked for once only."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in known]
    if not all(map(may_reach, addresses)):
        raise PrivateAddressError(f"{host} is no host of the open internet")
    failed: OSError = OSError(f"{host} has no address")
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as problem:
            failed = problem
    raise failed


class _Plain(HTTPConnection):
    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, float(self.timeout or 0))


class _Secure(HTTPSConnection):
    def connect(self) -> None:
        plain = _connected(self.host, self.port, float(self.timeout or 0))
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


@dataclass
class _Host:
    """One host: asked by one at a time; when next, and whether it wants to be left alone."""

    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0
    is_closed: bool = False


class Asker:
    """Asks about links in a manner that no host has to mind."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._hosts: dict[str, _Host] = {}
        self._guard = Lock()
        self._is_stopped = False

    def ask_all(self, links: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Each link with its answer, as they come; several hosts at a time, each one by one."""
        by_host: dict[str, list[str]] = {}
        for link in links:
            by_host.setdefault(urlsplit(link).netloc, []).append(link)
        answers: SimpleQueue[tuple[str, Answer] | None] = SimpleQueue()
        pool = ThreadPoolExecutor(_HOSTS_AT_ONCE)
        hosts = [pool.submit(self._ask_host, some, answers) for some in by_host.values()]
        try:
            waiting = len(hosts)
            while waiting:
                found = answers.get()
                if found:
                    yield found
                waiting -= found is None
            for host in hosts:
                host.result()
        finally:
            self._is_stopped = True
            pool.shutdown(wait=False, cancel_futures=True)

    def _ask_host(
        self, links: Iterable[str], answers: SimpleQueue[tuple[str, Answer] | None]
    ) -> None:
        """The links of one host; None follows the last answer, whatever happens."""
        try:
            for link in links:
                if not self._is_stopped:
                    answers.put((link, self.ask(link)))
        finally:
            answers.put(None)

    def ask(self, link: str) -> Answer:
        """What the host says about a link, redirects followed."""
        target, moved, for_good = link, "", True
        for _ in range(_MOST_HOPS + 1):
            try:
                status, location = self._polite(target)
            except PrivateAddressError:
                return Answer(private=True)
            except (OSError, HTTPException, ValueError) as problem:
                return Answer(fault=_in_words(problem))
            if status not in _REDIRECTS or not location:
                fault = "was not asked: its host wants to be left alone" if status in _BUSY else ""
                return Answer(status, fault, moved)
            target = web_link(urljoin(target, location))
            for_good = for_good and status in _FOR_GOOD
            moved = target if for_good else moved
            if not target:
                return Answer(fault="redirects to what is no link")
        return Answer(fault=f"redirects more than {_MOST_HOPS} times")

    def _polite(self, link: str) -> tuple[int, str]:
        """One question, as gently as possible: HEAD, and GET only where HEAD is not liked."""
        host = self._host(urlsplit(link).netloc)
        with host.lock:
            if host.is_closed:
                return 429, ""
            status, location, wait = self._request(host, "HEAD", link)
            if status in _BUSY and wait <= self._manner.longest_wait:
                host.free_at = max(host.free_at, time.monotonic() + wait)
                status, location, wait = self._request(host, "HEAD", link)
            if status in _BUSY:
                host.is_closed = True
            elif status >= 400:
                status, location, _ = self._request(host, "GET", link)
            return status, location

    def _host(self, name: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(name.lower(), _Host())

    def _request(self, host: _Host, method: str, link: str) -> tuple[int, str, float]:
        """Status, target of a redirect, seconds that the host asks us to wait."""
        time.sleep(max(0.0, host.free_at - time.monotonic()))
        parts = urlsplit(link)
        kind = _Secure if parts.scheme == "https" else _Plain
        name = parts.hostname or ""
        port = parts.port or kind.default_port  # else an address with colons is taken apart
        connection = kind(domain_of(name) or name, port, timeout=self._manner.timeout)
        end = Timer(self._manner.longest, _cut, [connection])
        end.daemon = True
        try:
            path = quote(parts.path or "/", safe=_AS_WRITTEN)
            path += f"?{quote(parts.query, safe=_AS_WRITTEN)}" if parts.query else ""
            headers = {"User-Agent": _NAME, "Accept": "*/*", "Connection": "close"}
            end.start()
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            if end.finished.is_set():
                raise TimeoutError
            return answer.status, answer.headers.get("Location", ""), _wait(answer)
        finally:
            end.cancel()
            connection.close()
            host.free_at = time.monotonic() + self._manner.pause


def _cut(connection: HTTPConnection) -> None:
    """End a connection that gives its answer sign by sign; whoever waits for it is told."""
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def _wait(answer: HTTPResponse) -> float:
    """Retry-After (RFC 9110, 10.2.3) in seconds; a minute and more where it says nothing."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said[:6])
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return float("inf")


def _in_words(problem: Exception) -> str:
    if isinstance(problem, TimeoutError):
        return "gives no answer in time"
    if isinstance(problem, socket.gaierror):
        return "leads to a host that does not exist"
    if isinstance(problem, ssl.SSLError):
        return "has a certificate or a protocol that is not valid"
    return f"gives no answer ({type(problem).__name__})"
