"""Files that another process has read come back as they were."""

from __future__ import annotations

from msgspec.structs import replace

from newsstand.content.process_transfer import Collector, packed
from newsstand.content.remembered_files import ReadFile
from newsstand.model import Article, ArticleBody, Coverage, HeldBack, Provider
from newsstand.problems import at_line
from tests.factories import make_article, make_picture, make_piece, make_provider, make_topic

_STAMP = b"stamp"
_HARBOUR, _WIRE, _VALLEY = (make_provider(f"{name}.example") for name in ("harbour", "wire", "v"))


def plain_article(title: str) -> Article:
    """A record as files give it."""
    made = make_article(title)
    return Article(*[getattr(made, name) for name in Article.__struct_fields__])


def test_a_batch_comes_back_as_it_was_sent() -> None:
    """Articles, bodies with all they say, files that are none, problems; in order."""
    shared = make_piece("Wire report", outlet="wire.example")
    articles = plain_article("Bridge opens"), plain_article("Ferry stops")
    bodies = (
        ArticleBody("Words", "A note", (make_picture(),), (shared, make_piece("Other"))),
        None,
        None,
        ArticleBody(related=(shared,)),
    )
    problem = at_line("news/x.md", 3, "file-empty", "it is empty", "fill it")
    files = [
        ReadFile(_STAMP, b"1", article=articles[0], outlets=(2, 0)),
        ReadFile(_STAMP, b"2", held_back=HeldBack("news/x.md", "draft"), problems=(problem,)),
        ReadFile(_STAMP, b"3", topic=make_topic(), asked=("a.png",), answers=b"12345678"),
        ReadFile(_STAMP, b"4", article=articles[1], outlets=(2,), own=b"o", related=b"r"),
    ]
    sent = packed(zip(files, bodies, strict=True), (_HARBOUR, _WIRE, _VALLEY))
    places = {_WIRE: 0, _HARBOUR: 1}
    received = list(Collector(places).unpacked(sent))
    assert tuple(body for _, body in received) == bodies
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
        body = ArticleBody(name, related=(make_piece("Wire report"),))
        sent = packed([(ReadFile(_STAMP, b""), body)], ())
        (_, received) = next(iter(collector.unpacked(sent)))
        assert received is not None
        pieces += received.related
    assert pieces[0] is pieces[1]
