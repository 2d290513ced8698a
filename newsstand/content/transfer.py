"""Files as they were read, on their way from the process that read them to the one that gathers.

Related entries repeat in many records: each is sent once a batch, and is one value again when all
batches are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from newsstand.build.state import KnownFile
from newsstand.model import Article, Coverage, Picture, Provider


class _Rest(Struct, frozen=True, array_like=True):
    """What an article has beside that which is remembered; `related` are places in the batch."""

    body: str
    note: str
    pictures: tuple[Picture, ...]
    related: tuple[int, ...]


class _Batch(Struct, frozen=True, array_like=True):
    files: list[KnownFile]  # `outlets` are places in the batch
    rests: list[_Rest | None]
    outlets: list[Provider]
    pieces: list[Coverage]


_ENCODER, _DECODER = Encoder(), Decoder(_Batch)


class Collector:
    """Puts batches together: equal outlets and pieces become one value."""

    def __init__(self, outlets: dict[Provider, int]) -> None:
        self._outlets = outlets
        self._pieces: dict[Coverage, Coverage] = {}

    def unpacked(self, batch: bytes) -> Iterable[tuple[KnownFile, Article | None]]:
        """Files in the order in which they were packed, each with its whole article."""
        read = _DECODER.decode(batch)
        places = [self._outlets.setdefault(o, len(self._outlets)) for o in read.outlets]
        pieces = [self._pieces.setdefault(p, p) for p in read.pieces]
        for file, rest in zip(read.files, read.rests, strict=True):
            known = replace(file, outlets=tuple([places[n] for n in file.outlets]))
            yield known, _whole(known.article, rest, pieces)


def _whole(light: Article | None, rest: _Rest | None, pieces: Sequence[Coverage]) -> Article | None:
    if light is None or rest is None:
        return None
    related = tuple([pieces[n] for n in rest.related])
    return replace(light, body=rest.body, note=rest.note, pictures=rest.pictures, related=related)


def _rest(article: Article | None, related: tuple[int, ...]) -> _Rest | None:
    if article is None:
        return None
    return _Rest(article.body, article.note, article.pictures, related)


def packed(read: Iterable[tuple[KnownFile, Article | None]], outlets: Sequence[Provider]) -> bytes:
    """Files that were read, each with its whole article; `outlets` is what their places mean."""
    files, rests = [], []
    places: dict[int, int] = {}
    pieces: dict[int, tuple[int, Coverage]] = {}  # by identity: equal ones are one value
    for file, article in read:
        own = tuple([places.setdefault(n, len(places)) for n in file.outlets])
        files.append(replace(file, outlets=own))
        related = [] if article is None else article.related
        named = tuple([pieces.setdefault(id(p), (len(pieces), p))[0] for p in related])
        rests.append(_rest(article, named))
    sent = _Batch(files, rests, [outlets[n] for n in places], [p for _, p in pieces.values()])
    return _ENCODER.encode(sent)
