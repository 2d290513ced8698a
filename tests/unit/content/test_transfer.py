"""Files that another process has read come back as they were."""

from __future__ import annotations

from msgspec.structs import replace
from newsstand.build.state import KnownFile

from newsstand.content.transfer import Collector, packed
from newsstand.model import Coverage, HeldBack, Provider
from newsstand.problems import at_line
from tests.factories import make_article, make_picture, make_piece, make_provider, make_topic

_STAMP = b"stamp"
_HARBOUR, _WIRE, _VALLEY = (make_provider(f"{name}.example") for name in ("harbour", "wire", "v"))


def test_a_batch_comes_back_as_it_was_sent() -> None:
    """Whole articles with all they say, files that are none, problems; in order."""
    shared = make_piece("Wire report", outlet="wire.example")
    whole = make_article(
        "Bridge opens",
        body="Words",
        note="A note",
        pictures=(make_picture(),),
        related=(shared, make_piece("Other")),
    )
    second = make_article("Ferry stops", related=(shared,))
    light = [replace(a, body="", note="", pictures=(), related=()) for a in (whole, second)]
    problem = at_line("news/x.md", 3, "file-empty", "it is empty", "fill it")
    files = [
        KnownFile(_STAMP, b"1", article=light[0], outlets=(2, 0)),
        KnownFile(_STAMP, b"2", held_back=HeldBack("news/x.md", "draft"), problems=(problem,)),
        KnownFile(_STAMP, b"3", topic=make_topic(), finds_pictures=True),
        KnownFile(_STAMP, b"4", article=light[1], outlets=(2,), own=b"o", related=b"r"),
    ]
    sent = packed(zip(files, (whole, None, None, second), strict=True), (_HARBOUR, _WIRE, _VALLEY))
    places = {_WIRE: 0, _HARBOUR: 1}
    received = list(Collector(places).unpacked(sent))
    assert [article for _, article in received] == [whole, None, None, second]
    outlets = list(places)
    for (file, _), original in zip(received, files, strict=True):
        assert replace(file, outlets=()) == replace(original, outlets=())
        named = [(_HARBOUR, _WIRE, _VALLEY)[place] for place in original.outlets]
        assert [outlets[place] for place in file.outlets] == named
    assert outlets == [_WIRE, _HARBOUR, _VALLEY]


def test_equal_pieces_of_many_batches_are_one_value() -> None:
    """So that a site of many records holds each related entry once."""
    places: dict[Provider, int] = {}
    collector = Collector(places)
    pieces: list[Coverage] = []
    for name in ("a", "b"):
        article = make_article(name, related=(make_piece("Wire report"),))
        sent = packed([(KnownFile(_STAMP, b"", article=article), article)], ())
        (_, whole) = next(iter(collector.unpacked(sent)))
        assert whole is not None
        pieces += whole.related
    assert pieces[0] is pieces[1]
