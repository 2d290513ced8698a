"""The network: the only module that reaches beyond this machine.

``fetch``, ``import``, ``new --url`` and ``check --external`` ask other hosts through it. It asks
each host one thing at a time, says who it is, and never asks an address that is not of the open
internet, whatever a name or a redirect says.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from http.client import HTTPException
from threading import Event, Lock, RLock, Timer
from urllib.parse import quote, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError
from urllib3.util import make_headers

from newsstand import __version__
from newsstand.fetch.http_answers import Reply, Request
from newsstand.text.links import domain_of, web_link

_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_MOST_HOPS = 5
_AS_WRITTEN = "%/:=&?~+!$,;'@()*[]|"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OPEN_IPV6 = ipaddress.ip_network("2000::/3")  # what IANA gives to hosts (RFC 4291, 2.4)
# What older Pythons call global: IETF protocols (RFC 6890), a network for examples (RFC 9637);
# and the address at which machines in Azure find what only they may know.
_NOT_OPEN = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "3fff::/20", "168.63.129.16/32")))
_AT_A_TIME = 1 << 16  # bytes of a body
_PORTS = {"http": 80, "https": 443}


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
"""How links are checked."""
FETCHING = Manner(pause=0.0)
"""How feeds and pictures are fetched: one after the other from a host, as a browser would."""


class PrivateAddressError(OSError):
    """A host that is none of the open internet."""


class _TooLargeError(OSError):
    """A body that is longer than what was asked for."""


def user_agent(purpose: str) -> str:
    """Who asks: the program, and why or for which site."""
    return f"Newsstand/{__version__} ({purpose})"


def may_reach(address: str) -> bool:
    """Whether an IP address is one of the open internet (RFC 6890), also where it wraps another."""
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv4Address):
        return _is_open(number)
    inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
    if number in _NAT64:
        inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    if inner is not None and not _is_open(inner):
        return False
    is_only_a_wrap = number.ipv4_mapped is not None or number in _NAT64
    return is_only_a_wrap or (number in _OPEN_IPV6 and _is_open(number))


def _is_open(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    is_global = number.is_global and not number.is_multicast
    return is_global and not any(number in network for network in _NOT_OPEN)


def _connected(host: str, port: int, timeout: float, anywhere: bool) -> socket.socket:
    """A connection to an address that was looked at: a name is asked for once only.

    `timeout` seconds are for all addresses together, since a name may have hundreds that keep
    silent; none but the last has more than half of what is left.
    """
    end = time.monotonic() + timeout
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in answers]
    if not anywhere and not all(map(may_reach, addresses)):
        raise PrivateAddressError(f"{host} is no host of the open internet")
    failed: OSError = OSError(f"{host} has no address")
    waiting = list(dict.fromkeys(addresses))
    while waiting and (left := end - time.monotonic()) > 0:
        address = waiting.pop(0)
        try:
            connection = socket.create_connection((address, port), left / 2 if waiting else left)
        except OSError as problem:
            failed = problem
        else:
            connection.settimeout(timeout)
            return connection
    raise failed


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Plain(HTTPConnection):
    """A connection that looks at addresses. Given one way to connect, see `_opened`."""

    connected: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.connected()


class _Secure(HTTPSConnection):
    connected: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.connected()


def _opened(link: str, timeout: float, anywhere: bool) -> _Plain | _Secure:
    """A connection for a link, which connects when it is first used."""
    parts = urlsplit(link)
    name = parts.hostname or ""
    host, port = domain_of(name) or name, parts.port or _PORTS[parts.scheme]
    connection: _Plain | _Secure
    if parts.scheme == "https":
        connection = _Secure(host, port, timeout=timeout, ssl_context=_certificates())
    else:
        connection = _Plain(host, port, timeout=timeout)
    connection.connected = lambda: _connected(host, port, timeout, anywhere)
    return connection


@dataclass
class Host:
    """One host: asked by one at a time; when next, and whether it wants to be left alone."""

    lock: RLock = field(default_factory=RLock)
    free_at: float = 0.0
    is_closed: bool = False


class HttpClient:
    """Asks other hosts in a manner that none has to mind.

    `agent` is what it calls itself; `anywhere` lets it ask private addresses too.
    """

    def __init__(self, manner: Manner, agent: str, anywhere: bool = False) -> None:
        self.manner = manner
        self._agent = agent
        self._anywhere = anywhere
        self._hosts: dict[str, Host] = {}
        self._guard = Lock()

    def host(self, link: str) -> Host:
        """What is known of a link's host."""
        with self._guard:
            return self._hosts.setdefault(urlsplit(link).netloc.lower(), Host())

    def get(self, request: Request) -> Reply:
        """The answer, redirects followed. Nothing is raised."""
        wanted = {"Accept": request.accept}
        wanted |= {"User-Agent": request.agent} if request.agent else {}
        conditions = {"If-None-Match": request.etag} if request.etag else {}
        conditions |= {"If-Modified-Since": request.modified} if request.modified else {}
        return followed(
            request.link, lambda link: self.ask("GET", link, wanted | conditions, request.most)
        )

    def ask(
        self, method: str, link: str, headers: Mapping[str, str] | None = None, most: int = 0
    ) -> Reply:
        """One question without redirects, when the host is free. `most` is that of a `Request`."""
        host = self.host(link)
        with host.lock:
            time.sleep(max(0.0, host.free_at - time.monotonic()))
            try:
                return self._asked(method, link, headers or {}, most)
            except PrivateAddressError:
                return Reply(link=link, fault="is a private address", private=True)
            except (OSError, HTTPException, HTTPError, ValueError) as problem:
                return Reply(link=link, fault=_in_words(problem))
            finally:
                host.free_at = time.monotonic() + self.manner.pause

    def _asked(self, method: str, link: str, headers: Mapping[str, str], most: int) -> Reply:
        connection = _opened(link, self.manner.timeout, self._anywhere)
        is_late = Event()
        end = Timer(self.manner.longest, _cut, [connection, is_late])
        end.daemon = True
        parts = urlsplit(link)
        path = quote(parts.path or "/", safe=_AS_WRITTEN)
        path += f"?{quote(parts.query, safe=_AS_WRITTEN)}" if parts.query else ""
        usual = {"User-Agent": self._agent, "Accept": "*/*", "Connection": "close"}
        packed = make_headers(accept_encoding=True) if most else {}
        try:
            end.start()
            connection.connect()
            if is_late.is_set():  # the end came when there was nothing to cut yet
                raise TimeoutError
            connection.request(
                method, path, headers={**usual, **packed, **headers}, preload_content=False
            )
            with closing(connection.getresponse()) as answer:
                late = time.monotonic() + self.manner.longest
                has_body = most and (answer.status == 200 or answer.status >= 400)
                body = _read(answer, most, late) if has_body else b""
                if is_late.is_set():
                    raise TimeoutError
                by_name = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status, link, "", by_name, body)
        except (OSError, HTTPException, HTTPError) as problem:
            raise TimeoutError if is_late.is_set() else problem from problem
        finally:
            end.cancel()
            connection.close()


def followed(link: str, ask: Callable[[str], Reply]) -> Reply:
    """The answer at the end of redirects; `moved` is set as long as all of them are for good."""
    target, moved, for_good = link, "", True
    for _ in range(_MOST_HOPS + 1):
        reply = ask(target)
        location = reply.headers.get("location", "")
        if reply.status not in _REDIRECTS or not location:
            return replace(reply, moved=moved)
        target = web_link(urljoin(target, location))
        for_good = for_good and reply.status in _FOR_GOOD
        moved = target if for_good else moved
        if not target:
            return Reply(link=link, fault="redirects to what is no link")
    return Reply(link=link, fault=f"redirects more than {_MOST_HOPS} times")


def _read(answer: BaseHTTPResponse, most: int, late: float) -> bytes:
    """A body, unpacked piece by piece as it comes; it is `late` at an instant of the clock.

    Raises _TooLargeError and TimeoutError; of a page that refuses us the beginning is enough.
    """
    body = bytearray()
    while piece := answer.read1(_AT_A_TIME):
        body += piece
        if len(body) > most:
            if answer.status >= 400:
                break
            raise _TooLargeError
        if time.monotonic() > late:
            raise TimeoutError
    return bytes(body[:most])


def _cut(connection: HTTPConnection, is_late: Event) -> None:
    """End a connection that gives its answer sign by sign; whoever waits for it is told why."""
    is_late.set()  # first: headers that are cut off look like whole ones
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def _in_words(problem: Exception) -> str:
    if isinstance(problem, _TooLargeError):
        return "gives more than may be taken"
    if isinstance(problem, TimeoutError):
        return "gives no answer in time"
    if isinstance(problem, socket.gaierror | NameResolutionError):
        return "leads to a host that does not exist"
    if isinstance(problem, ssl.SSLError):
        return "has a certificate or a protocol that is not valid"
    return f"gives no answer ({type(problem).__name__})"
