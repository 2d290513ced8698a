"""Short hashes that tell whether something is what it was."""

from __future__ import annotations

from functools import lru_cache, partial
from hashlib import blake2b

SIZE = 8  # bytes: among a million values two are equal by chance once in 10**7 builds


new_mark = partial(blake2b, digest_size=SIZE)
"""The hash itself, for what is read bit by bit."""


def mark_of(*values: object) -> bytes:
    """A short hash of values whose `repr` says all there is to say."""
    return new_mark(repr(values).encode()).digest()


def mark_of_bytes(data: bytes) -> bytes:
    """A short hash of bytes."""
    return new_mark(data).digest()


@lru_cache(maxsize=1 << 16)
def mark_of_text(text: str) -> bytes:
    """A short hash of a text that is asked for again and again."""
    return mark_of_bytes(text.encode("utf-8", "surrogatepass"))


def packed(marks: set[bytes]) -> bytes:
    """Marks one after the other, in order; `holds` looks into them."""
    return b"".join(sorted(marks))


def unpacked(marks: bytes) -> list[bytes]:
    """The marks that `packed` put together."""
    return [marks[at : at + SIZE] for at in range(0, len(marks), SIZE)]


def holds(marks: bytes, wanted: bytes) -> bool:
    """Whether packed marks hold one."""
    at = marks.find(wanted)
    while at >= 0 and at % SIZE:
        at = marks.find(wanted, at + 1)
    return at >= 0
