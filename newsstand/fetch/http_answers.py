"""What is asked of other hosts and what they answer, as values: nothing here reaches anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

LARGEST_BODY = 10 * 1024 * 1024
"""The most bytes of an answer, unpacked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said about a link. `status` is HTTP's, 0 where there was none.

    `fault` says in words why there was no answer, or none that counts; `moved` is where a
    permanent redirect leads; `private` that the address is none of the open internet.
    """

    status: int = 0
    fault: str = ""
    moved: str = ""
    private: bool = False

    @property
    def is_good(self) -> bool:
        """Whether a reader gets there."""
        return 200 <= self.status < 400


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: an address, what kinds are welcome, and what is known already.

    `etag` and `modified` are those of the last answer (RFC 9110, 13.1); `agent` is an own name
    to give instead of the usual one; `most` is the largest body in bytes, unpacked.
    """

    link: str
    accept: str = "*/*"
    etag: str = ""
    modified: str = ""
    agent: str = ""
    most: int = LARGEST_BODY


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its body. `status` is 0 where none came, and `fault` then says why.

    `link` is where it came from after redirects, `moved` where permanent ones lead. Names of
    `headers` are in small letters.
    """

    status: int = 0
    link: str = ""
    moved: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    fault: str = ""
    private: bool = False


class Client(Protocol):
    """Whoever can ask: the network, or a test's double."""

    def get(self, request: Request) -> Reply:
        """The answer, redirects followed. Nothing is raised."""


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Retry-After (RFC 9110, 10.2.3) in seconds; None where it says nothing."""
    header = headers.get("retry-after", "").strip()
    if header.isdecimal():
        return float(header[:7])
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return None
