"""Who names whom: the same from what was known before as from nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.stories import references as kinship_module
from newsstand.stories.references import Kinship, Links, kinship, links_of
from newsstand.stories.relate import Related, relate
from newsstand.text.fingerprint import mark_of_text, packed
from tests.edits import new_site
from tests.factories import make_article, make_piece

_LINKS = st.sets(st.integers(0, 6), max_size=3)
_RECORDS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(_LINKS, _LINKS), max_size=8)
Records = dict[str, tuple[set[int], set[int]]]


def _links(records: Records) -> dict[str, Links]:
    """Records with numbers for links -> what kinship is given."""

    def marks(numbers: set[int]) -> bytes:
        return packed({mark_of_text(f"harbour.example/{n}") for n in numbers})

    return {path: Links(marks(own), marks(named)) for path, (own, named) in records.items()}


def _differing(old: Records, new: Records) -> set[str]:
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


@given(old=_RECORDS, new=_RECORDS, more=st.sets(st.sampled_from("abcdefgh")))
def test_kinship_from_what_was_known_equals_that_from_scratch(
    old: Records, new: Records, more: set[str]
) -> None:
    """Whatever came, went or changed, and whatever else is thought to have."""
    before = kinship(_links(old))
    found = kinship(_links(new), _differing(old, new) | more, before)
    assert found == kinship(_links(new))


@given(old=_RECORDS, new=_RECORDS)
def test_many_changes_are_looked_at_as_a_whole(old: Records, new: Records) -> None:
    """Where too many have changed, what was known before is of no use and of no harm."""
    before = kinship(_links(old))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinship_module, "_A_FEW", 1)
        assert kinship(_links(new), _differing(old, new), before) == kinship(_links(new))


@given(records=_RECORDS)
def test_who_names_one_is_found_in_both_ways(records: Records) -> None:
    """By a search, and, where many are asked for, by turning round all that is known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinship_module, "_SEARCHES", 0)
        turned = kinship(_links(records))
        by = {path: turned.named_by(path) for path in turned.paths}
    searching = kinship(_links(records))
    assert {path: searching.named_by(path) for path in searching.paths} == by
    naming = [(one, path) for path in by for one in by[path]]
    assert sorted(naming) == [(one, path) for one in by for path in searching.names(one)]


def test_a_record_is_kin_to_those_it_names_and_those_that_name_it() -> None:
    """Once each, sorted, and never to itself."""
    piece = make_piece("Bridge opens")
    named = make_article("Bridge opens", path="news/b.md", piece=piece)
    naming = make_article("Ferry stops", path="news/c.md", related=(piece, make_piece("Nobody")))
    both = make_article("Tunnel dug", path="news/a.md", related=(piece, naming.piece))
    found = kinship({a.path: links_of(a) for a in (named, naming, both)})
    assert found.of("news/b.md") == ("news/a.md", "news/c.md")
    assert found.of("news/c.md") == ("news/a.md", "news/b.md")
    assert found.of("news/nothing.md") == ()
    assert found.names("news/b.md") == ()


def test_a_record_that_names_itself_has_no_kin() -> None:
    """Its own link among its related entries says nothing."""
    piece = make_piece("Bridge opens")
    alone = make_article("Bridge opens", piece=piece, related=(piece,))
    assert kinship({alone.path: links_of(alone)}).of(alone.path) == ()


def test_a_record_that_waited_behind_another_address_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the record that had its address goes, it is kin to what it names, though unchanged."""
    found: list[Kinship] = []

    def spy(*args: Any) -> Related:  # noqa: ANN401
        related = relate(*args)
        found.append(related.kin)
        return related

    monkeypatch.setattr("newsstand.pipeline.relate", spy)
    site = new_site(tmp_path, 6)
    site.apply([("twin", 1, 1), ("relate", 6, 2)])
    site.warm()
    site.apply([("remove", 1, 0)])
    site.warm()
    site.cold()
    warm, cold = found[-2:]
    assert any("9999" in path and cold.names(path) for path in cold.paths)
    assert warm == cold
