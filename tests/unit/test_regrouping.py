"""Grouping with a memory gives what grouping without one gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.pieces import Decisions, Piece, Rule
from newsstand.regrouping import Grouped, regroup
from newsstand.remembered import GroupMemory

_RULE = Rule()
_START = 455_832.0 + 24.0 * 20  # 21 January 2022
# Few words, so that counts, habits and compounds cross their steps; some with a capital.
_WORDS = (
    *("harbour bridge Kessel museum mayor snow railway rowers Lindau Norvane profit quake".split()),
    *("bürgermeister wahl bürgermeisterwahl hafen brücke hafenbrücke brückenbau bau".split()),
    *("крушение поезда 港口大桥 大桥修复".split()),
)
_OUTLETS = ("", "a.example", "b.example")
_TAILS = ("", "", " - Harbour Gazette", " | Wire")
_HEADS = ("", "", "Morning briefing: ", "Weekly roundup: ")
_EXCERPTS = ("", "", "Subscribe to our newsletter of harbours.", "The mayor said so on Monday.")
_KEYS = [f"p{n}" for n in range(30)]


@st.composite
def _pieces(draw: st.DrawFn, key: str) -> Piece:
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=0, max_size=6))
    hours = draw(
        st.none()
        | st.integers(0, 300).map(lambda h: _START + h)
        | st.integers(0, 6).map(lambda w: _START + 150.0 * w)
    )
    others = draw(st.sets(st.sampled_from(_KEYS), max_size=1))
    return Piece(
        key,
        draw(st.sampled_from(_HEADS)) + " ".join(words) + draw(st.sampled_from(_TAILS)),
        draw(st.sampled_from(_EXCERPTS)),
        hours,
        draw(st.sampled_from(_OUTLETS)),
        frozenset(others - {key}),
    )


@st.composite
def _sites(draw: st.DrawFn) -> list[Piece]:
    keys = draw(st.lists(st.sampled_from(_KEYS), unique=True, max_size=24))
    return [draw(_pieces(key)) for key in keys]


@st.composite
def _changed(draw: st.DrawFn, site: Sequence[Piece]) -> list[Piece]:
    """The same site after some edits."""
    by_key = {piece.key: piece for piece in site}
    for key in draw(st.lists(st.sampled_from(_KEYS), min_size=1, max_size=4)):
        kind = draw(
            st.sampled_from(("new", "gone", "title", "moved", "outlet", "declared", "copy"))
        )
        other = draw(_pieces(key))
        piece = by_key.get(key, other)
        if kind == "gone":
            by_key.pop(key, None)
            continue
        model = draw(st.sampled_from(list(by_key.values()))) if by_key else other
        by_key[key] = {
            "new": other,
            "title": replace(piece, title=other.title),
            "moved": replace(piece, hours=other.hours),
            "outlet": replace(piece, outlet=other.outlet),
            "declared": replace(piece, declared=other.declared),
            "copy": replace(model, key=key),
        }[kind]
    return list(by_key.values())


@st.composite
def _decisions(draw: st.DrawFn) -> Decisions:
    if draw(st.booleans()):
        return Decisions()
    keys = draw(st.lists(st.sampled_from(_KEYS), unique=True, min_size=6, max_size=6))
    return Decisions(
        together=(frozenset(keys[:2]),) if draw(st.booleans()) else (),
        alone=frozenset(keys[2:3]) if draw(st.booleans()) else frozenset(),
        apart=frozenset({frozenset(keys[3:5])}) if draw(st.booleans()) else frozenset(),
    )


def _assert_equal(found: Grouped, expected: Grouped, pieces: Sequence[Piece]) -> None:
    assert found.stories == expected.stories
    for piece in pieces:
        assert found.nearest(piece.key, 4) == expected.nearest(piece.key, 4)
    assert list(found.index.pairs) == list(expected.index.pairs)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_memory_changes_no_story(data: st.DataObject) -> None:
    """After any edits, from any earlier state, with what was remembered of the edit before."""
    site = data.draw(_sites())
    memory = regroup(site, _RULE, data.draw(_decisions())).memory
    for _ in range(3):
        site = data.draw(_changed(site))
        decisions = data.draw(_decisions())
        found = regroup(site, _RULE, decisions, GroupMemory.decode(memory.encode()))
        _assert_equal(found, regroup(site, _RULE, decisions), site)
        memory = found.memory
