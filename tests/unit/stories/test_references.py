"""Who names whom as related: by their links, in both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.content.link_hashes import LinkHashes, each_hash, link_hashes
from newsstand.model import Article
from newsstand.stories.references import References, references
from newsstand.stories.relate import Related, relate
from newsstand.text.fingerprint import hash_of_text
from tests.edits import new_site
from tests.factories import body_of, make_article, make_piece

_LINKS = st.sets(st.integers(0, 6), max_size=3)
_RECORDS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(_LINKS, _LINKS), max_size=8)
Records = dict[str, tuple[set[int], set[int]]]


def _links(records: Records) -> dict[str, LinkHashes]:
    """Records with numbers for links -> what `references` is given."""

    def hashes(numbers: set[int]) -> bytes:
        return b"".join(sorted(hash_of_text(f"harbour.example/{n}") for n in numbers))

    return {path: LinkHashes(hashes(own), hashes(named)) for path, (own, named) in records.items()}


def _references(*articles: Article) -> References:
    return references({a.path: link_hashes(a, body_of(a)) for a in articles})


@given(records=_RECORDS)
def test_a_record_names_those_that_have_a_link_that_it_declares(records: Records) -> None:
    """Each once, sorted, never itself; who is named knows who does it."""
    found = references(_links(records))
    for path, (own, named) in records.items():
        names = [o for o in sorted(records) if o != path and not named.isdisjoint(records[o][0])]
        naming = [o for o in sorted(records) if o != path and not own.isdisjoint(records[o][1])]
        assert list(found.names(path)) == names
        assert list(found.named_by(path)) == naming
        assert list(found.of(path)) == sorted({*names, *naming})


@given(records=_RECORDS)
def test_the_order_of_records_changes_nothing(records: Records) -> None:
    """Also the order of what is found is that of paths."""
    found, other = references(_links(records)), references(_links(dict(reversed(records.items()))))
    assert found == other
    assert list(found.named) == sorted(found.named)


def test_the_links_of_a_record_are_hashed_each_once() -> None:
    """Its own, and those of what it declares, in order."""
    piece = make_piece("Bridge opens", keys=("a.example/1", "a.example/2"))
    naming = make_article("Ferry stops", keys=("b.example/1",), related=(piece, piece))
    found = link_hashes(naming, body_of(naming))
    assert each_hash(found.own) == [hash_of_text("b.example/1")]
    assert each_hash(found.related) == sorted(map(hash_of_text, piece.keys))
    assert each_hash(b"") == []


def test_a_record_refers_to_those_it_names_and_those_that_name_it() -> None:
    """Once each, sorted, and never to itself."""
    piece = make_piece("Bridge opens")
    named = make_article("Bridge opens", path="news/b.md", piece=piece)
    naming = make_article("Ferry stops", path="news/c.md", related=(piece, make_piece("Nobody")))
    both = make_article("Tunnel dug", path="news/a.md", related=(piece, naming.piece))
    found = _references(named, naming, both)
    assert found.of("news/b.md") == ("news/a.md", "news/c.md")
    assert found.of("news/c.md") == ("news/a.md", "news/b.md")
    assert found.of("news/nothing.md") == ()
    assert found.names("news/b.md") == ()


def test_a_record_that_names_itself_refers_to_nobody() -> None:
    """Its own link among its related entries says nothing."""
    piece = make_piece("Bridge opens")
    alone = make_article("Bridge opens", piece=piece, related=(piece,))
    assert _references(alone).of(alone.path) == ()


def test_a_record_that_waited_behind_another_address_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the record that had its address goes, it refers to what it names, though unchanged."""
    found: list[References] = []

    def spy(*args: Any) -> Related:  # noqa: ANN401
        related = relate(*args)
        found.append(related.references)
        return related

    monkeypatch.setattr("newsstand.pipeline.relate", spy)
    site = new_site(tmp_path, 6)
    site.apply([("twin", 1, 1), ("relate", 6, 2)])
    site.warm()
    site.apply([("remove", 1, 0)])
    site.warm()
    site.cold()
    warm, cold = found[-2:]
    assert any("9999" in path for path in cold.named)
    assert warm == cold
