"""Files as they were read, on their way from the process that read them to the one that collects.

Related entries repeat in many records: each is sent once a batch, and is one value again when all
batches are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from newsstand.content.remembered_files import ReadFile
from newsstand.model import ArticleBody, Coverage, Picture, Provider

FileAndBody = tuple[ReadFile, ArticleBody | None]


class _Body(Struct, frozen=True, array_like=True):
    """A body whose `related` are places in the batch."""

    body: str
    note: str
    pictures: tuple[Picture, ...]
    related: tuple[int, ...]


class _Batch(Struct, frozen=True, array_like=True):
    files: list[ReadFile]  # `outlets` are places in the batch
    bodies: list[_Body | None]
    outlets: list[Provider]
    pieces: list[Coverage]


_ENCODER, _DECODER = Encoder(), Decoder(_Batch)


class Collector:
    """Puts batches together: equal outlets and pieces become one value."""

    def __init__(self, outlets: dict[Provider, int]) -> None:
        self._outlets = outlets
        self._pieces: dict[Coverage, Coverage] = {}

    def unpacked(self, batch: bytes) -> Iterable[FileAndBody]:
        """Files in the order in which they were packed, each with its record's body."""
        read = _DECODER.decode(batch)
        places = [self._outlets.setdefault(o, len(self._outlets)) for o in read.outlets]
        pieces = [self._pieces.setdefault(p, p) for p in read.pieces]
        for file, body in zip(read.files, read.bodies, strict=True):
            read_file = replace(file, outlets=tuple([places[n] for n in file.outlets]))
            yield read_file, _unpacked(body, pieces)


def _unpacked(sent: _Body | None, pieces: Sequence[Coverage]) -> ArticleBody | None:
    if sent is None:
        return None
    related = tuple([pieces[n] for n in sent.related])
    return ArticleBody(sent.body, sent.note, sent.pictures, related)


def packed(read: Iterable[FileAndBody], outlets: Sequence[Provider]) -> bytes:
    """Files that were read, each with its body; `outlets` is what their places mean."""
    files, bodies = [], []
    places: dict[int, int] = {}
    pieces: dict[int, tuple[int, Coverage]] = {}  # by identity: equal ones are one value
    for file, body in read:
        own = tuple([places.setdefault(n, len(places)) for n in file.outlets])
        files.append(replace(file, outlets=own))
        related = () if body is None else body.related
        named = tuple([pieces.setdefault(id(p), (len(pieces), p))[0] for p in related])
        sent = _Body(body.body, body.note, body.pictures, named) if body else None
        bodies.append(sent)
    batch = _Batch(files, bodies, [outlets[n] for n in places], [p for _, p in pieces.values()])
    return _ENCODER.encode(batch)
