"""Grouping with a memory gives what grouping without one gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.headlines import pieces as headlines
from newsstand.stories.grouping import candidates, meeting
from newsstand.stories.grouping.pieces import Decisions, Piece, Rule
from newsstand.stories.grouping.regrouping import Grouped, regroup
from newsstand.stories.grouping.remembered import GroupMemory

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


def _said(grouped: Grouped) -> dict[str, tuple[object, ...]]:
    """What is known of each piece: its words and what they weigh, candidates, story."""
    index = grouped.index
    story_of = {key: story for story in grouped.stories for key in story}
    return {
        key: (
            index.weighing.worths_of(index.texts[index.place[key]]),
            grouped.nearest(key, 10),
            story_of[key],
        )
        for key in story_of
    }


def _assert_nothing_else_changed(before: Grouped, after: Grouped) -> None:
    old, new = _said(before), _said(after)
    assert {key for key in new if new[key] != old.get(key)} <= after.touched


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_memory_changes_no_story(data: st.DataObject) -> None:
    """After any edits, from any earlier state, with what was remembered of the edit before."""
    site = data.draw(_sites())
    before = regroup(site, _RULE, data.draw(_decisions()))
    for _ in range(3):
        site = data.draw(_changed(site))
        decisions = data.draw(_decisions())
        found = regroup(site, _RULE, decisions, GroupMemory.decode(before.memory.encode()))
        _assert_equal(found, regroup(site, _RULE, decisions), site)
        _assert_nothing_else_changed(before, found)
        before = found


@pytest.mark.parametrize("seed", range(3))
def test_a_site_is_followed_through_many_edits(seed: int) -> None:
    """Retitled, removed, added, moved, copied: always as if grouped afresh, and followed."""
    random = Random(seed)
    made = [replace(p, hours=_START + (p.hours or 0.0) % 300.0) for p in headlines(400, seed)]
    site, spare = made[:300], made[300:]
    found = regroup(site, _RULE)
    followed = 0
    for _ in range(25):
        n, model = random.randrange(len(site)), random.choice(site)
        words = f"{model.title} {site[n].title}".split()
        edits = (
            replace(site[n], title=" ".join(random.sample(words, min(8, len(words))))),
            replace(site[n], hours=random.choice((model.hours, _START + 400.0, None))),
            replace(site[n], title=model.title, excerpt=model.excerpt),
            replace(site[n], declared=frozenset({model.key})),
        )
        site[n] = random.choice(edits)
        if random.random() < 0.3:
            site.pop(random.randrange(len(site)))
        if spare and random.random() < 0.3:
            site.append(spare.pop())
        found = regroup(site, _RULE, Decisions(), found.memory)
        followed += len(found.touched) < len(site)
        _assert_equal(found, regroup(site, _RULE), site)
    assert followed > 15


def test_a_word_that_too_many_have_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of such a word only the nearest pieces are looked at: then everything is grouped afresh."""
    for module in (candidates, meeting):
        monkeypatch.setattr(module, "MOST_POSTINGS", 3)
    site = [
        Piece(f"p{n}", f"Kessel bridge {word}", "", _START + 7.0 * n, f"{n}.example")
        for n, word in enumerate("opens closes burns leans sways falls rises".split())
    ]
    memory = regroup(site, _RULE).memory
    site[3] = replace(site[3], title="Kessel bridge stands")
    found = regroup(site, _RULE, Decisions(), memory)
    assert len(found.touched) == len(site)
    _assert_equal(found, regroup(site, _RULE), site)


def test_nothing_changed_touches_nothing() -> None:
    """In whatever order the pieces come."""
    site = headlines(200)
    first = regroup(site, _RULE)
    assert first.touched == {piece.key for piece in site}
    again = regroup(site[::-1], _RULE, Decisions(), first.memory)
    assert again.touched == frozenset()
    assert again.stories == first.stories
    assert again.memory.encode() == first.memory.encode()


def test_another_rule_or_a_new_month_begins_afresh() -> None:
    """What the whole site is known by is another: nothing remembered holds."""
    site = headlines(200)
    memory = regroup(site, _RULE).memory
    broader = regroup(site, Rule(breadth=1.5), Decisions(), memory)
    assert len(broader.touched) == len(site)
    later = [*site, Piece("new", "Zyx qwv plk", "", _START + 24.0 * 30, "new.example")]
    found = regroup(later, _RULE, Decisions(), memory)
    assert len(found.touched) == len(later)
    _assert_equal(found, regroup(later, _RULE), later)


def test_marks_that_are_handed_in_are_believed() -> None:
    """A mark says that title, excerpt, hours and outlet are as they were."""
    site = [replace(p, mark=f"{n:08}".encode()) for n, p in enumerate(headlines(100))]
    memory = regroup(site, _RULE).memory
    assert regroup(site, _RULE, Decisions(), memory).touched == frozenset()
    site[5] = replace(site[5], title="Zyx qwv plk", mark=b"-another")
    assert site[5].key in regroup(site, _RULE, Decisions(), memory).touched


def test_a_memory_survives_being_written() -> None:
    """Decoding gives what was encoded."""
    memory = regroup(headlines(120), _RULE, Decisions(alone=frozenset({"news/000003.md"}))).memory
    data = memory.encode()
    assert GroupMemory.decode(data).encode() == data
    assert GroupMemory.decode(data).decisions == memory.decisions
    assert regroup([], _RULE, Decisions(), regroup([], _RULE).memory).stories == ()


def test_a_damaged_memory_is_refused() -> None:
    """Wherever a byte is another, or the end is missing: never a wrong memory."""
    data = regroup(headlines(60), _RULE).memory.encode()
    random = Random(1)
    for at in (*range(24), *(random.randrange(len(data)) for _ in range(60))):
        damaged = bytearray(data)
        damaged[at] ^= 0x41
        with pytest.raises(ValueError, match="memory of grouping"):
            GroupMemory.decode(bytes(damaged))
    for end in (0, 3, 17, 200, len(data) - 1):
        with pytest.raises(ValueError, match="memory of grouping"):
            GroupMemory.decode(data[:end])


@pytest.mark.parametrize("order", ["little", "big"])
def test_a_memory_is_the_same_on_every_machine(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of numbers are turned where the machine has the other order."""
    memory = regroup(headlines(60), _RULE).memory
    monkeypatch.setattr("sys.byteorder", order)
    data = memory.encode()
    assert GroupMemory.decode(data).encode() == data
