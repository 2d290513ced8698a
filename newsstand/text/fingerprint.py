"""Fingerprints: short hashes that tell whether something is what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from hashlib import blake2b
from operator import attrgetter

from msgspec import Struct, structs

SIZE = 8  # bytes: among a million values two are equal by chance once in 10**7 builds


new_hash = partial(blake2b, digest_size=SIZE)
"""The hash itself, for what is read piece by piece."""


def hash_of(data: bytes) -> bytes:
    """A short hash of bytes."""
    return blake2b(data, digest_size=SIZE).digest()


def fingerprint_of(*values: object) -> bytes:
    """A short hash of values whose `repr` says all there is to say."""
    return hash_of(repr(values).encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 16)
def hash_of_text(text: str) -> bytes:
    """A short hash of a text that is asked for again and again."""
    return hash_of(text.encode("utf-8", "surrogatepass"))


_NOTHING, _NONE_LISTED = hash_of(b"nothing"), hash_of(b"none listed")
_OWN = attrgetter("fingerprint")
_PLAIN = frozenset({str, int, float, bool, bytes, date, datetime, type(None)})


def fingerprint(inputs: object) -> bytes:
    """Eight bytes for each field of a frozen value; of a value without fields, eight in all.

    A value that has a fingerprint of its own (a record, a story) stands for itself by that. So a
    page's inputs tell whether the page shows what it showed, and which of them is another one.
    """
    if isinstance(inputs, Struct):
        return b"".join(map(_one, structs.astuple(inputs)))
    return _one(inputs)


def changed_fields(kind: type, before: bytes, now: bytes) -> tuple[str, ...]:
    """The names of the fields whose values are others; none where that cannot be told."""
    names = kind.__struct_fields__ if issubclass(kind, Struct) else ()
    if len(before) != len(now) or len(now) != SIZE * len(names):
        return ()
    cells = ((n * SIZE, name) for n, name in enumerate(names))
    return tuple(name for at, name in cells if before[at : at + SIZE] != now[at : at + SIZE])


def _one(value: object) -> bytes:
    if value is None:
        return _NOTHING
    if type(value) is tuple:
        return hash_of(_described(value)) if value else _NONE_LISTED
    if type(value) is str:
        return hash_of(b"'" + value.encode("utf-8", "surrogatepass"))
    own = getattr(value, "fingerprint", b"")
    return own if len(own) == SIZE else hash_of(_described(value))


def _described(value: object) -> bytes:
    """Bytes that are equal only for equal values."""
    kind = type(value)
    if kind is tuple:
        return b"(%d:%b)" % (len(value), _listed(value))  # type: ignore[arg-type]
    own = getattr(value, "fingerprint", b"")
    if own:
        return b"#" + own
    if isinstance(value, Struct):
        return b"{%b:%b}" % (kind.__name__.encode(), _listed(structs.astuple(value)))
    if isinstance(value, tuple):  # one with names
        return b"<%b>" % _listed(value)
    return repr(value).encode("utf-8", "surrogatepass")


def _listed(values: Sequence[object]) -> bytes:
    """Values one after the other; plain ones, and a list of records or stories, at once."""
    if _PLAIN.issuperset(map(type, values)):
        return repr(values).encode("utf-8", "surrogatepass")
    try:
        owns = list(map(_OWN, values))
    except AttributeError:
        owns = [b""]
    return b"#" + b"".join(owns) if all(owns) else b",".join(map(_described, values))
