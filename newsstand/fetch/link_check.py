"""Whether links still lead somewhere: each host is asked in turn, as gently as possible."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from queue import SimpleQueue
from urllib.parse import urlsplit

from newsstand.fetch.http_answers import Answer, Reply, wait_of
from newsstand.fetch.http_client import HttpClient, followed

PURPOSE = "checks whether links still lead somewhere"
_HOSTS_AT_ONCE = 8
_BUSY = (429, 503)


class Asker:
    """Asks about links in a manner that no host has to mind."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
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
                answer = answers.get()
                if answer:
                    yield answer
                waiting -= answer is None
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
        reply = followed(link, self._polite)
        fault = reply.fault
        if reply.status in _BUSY:
            fault = "was not asked: its host wants to be left alone"
        if reply.private:
            return Answer(private=True)
        return Answer(reply.status, fault, reply.moved if not reply.fault else "")

    def _polite(self, link: str) -> Reply:
        """One question, as gently as possible: HEAD, and GET only where HEAD is not liked."""
        client, host = self._client, self._client.host(link)
        with host.lock:
            if host.is_closed:
                return Reply(429, link)
            reply = client.ask("HEAD", link)
            wait = wait_of(reply.headers, datetime.now(UTC))
            may_wait = wait is not None and wait <= client.manner.longest_wait
            if reply.status in _BUSY and wait is not None and may_wait:
                host.free_at = max(host.free_at, time.monotonic() + wait)
                reply = client.ask("HEAD", link)
            if reply.status in _BUSY:
                host.is_closed = True
            elif reply.status >= 400:
                reply = client.ask("GET", link)
            return reply
