"""Reports to stories: what joins, what stays apart, what may not matter."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random

import pytest
from msgspec.structs import replace

from benchmarks.headlines import pieces as headlines
from newsstand.stories.grouping.group import Reports, group
from newsstand.stories.grouping.pieces import NO_DECISIONS, Decisions, Piece, Rule
from tests.similar_events import PAIRS as SIMILAR
from tests.unlike_events import PAIRS as UNLIKE

_MONDAY = 455_832.0  # hours since 1970
_QUARTER = ("Norvane profit rises 12% on cloud sales", "Cloud demand lifts Norvane profit")
_PAIRS = {**SIMILAR, **UNLIKE}
_RULE = Rule()


def _piece(
    key: str, title: str, hours: float | None = _MONDAY, outlet: str = "", excerpt: str = ""
) -> Piece:
    return Piece(key, title, excerpt, hours, outlet or f"{key}.example")


def _events(kind: str, count: int = 4) -> list[Piece]:
    """So many reports of both events of a pair, the second some hours after the first."""
    return [
        _piece(f"{kind}-{side}-{n}", title, _MONDAY + 24 + side * 5 + n * 3, f"outlet{n}.example")
        for side, titles in enumerate(_PAIRS[kind])
        for n, title in enumerate(titles[:count])
    ]


@cache
def _others(count: int = 300) -> list[Piece]:
    """Other news of the same three days."""
    made = headlines(count, excerpts=False)
    return [replace(p, key=f"other/{p.key}", hours=_MONDAY + (p.hours or 0.0) % 72) for p in made]


def _stories(pieces: list[Piece], decisions: Decisions = NO_DECISIONS) -> set[frozenset[str]]:
    return {frozenset(story) for story in group(Reports.of(pieces), _RULE, decisions).stories}


def _side(key: str) -> str:
    return key.rpartition("-")[0]


@cache
def _stories_among_others(count: int) -> set[frozenset[str]]:
    """Of all pairs, with three hundred other reports."""
    return _stories([*_others(), *(p for kind in _PAIRS for p in _events(kind, count))])


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "among others"])
@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("kind", sorted(_PAIRS))
def test_two_events_with_something_in_common_stay_apart(kind: str, count: int, alone: bool) -> None:
    """Whether each has one report, two or four."""
    stories = _stories(_events(kind, count)) if alone else _stories_among_others(count)
    events = [{_side(key) for key in story if key.startswith(f"{kind}-")} for story in stories]
    assert max(map(len, events)) == 1, [story for story in stories if len(story) > 1]


def test_most_reports_of_an_event_are_one_story() -> None:
    """Staying apart is easy for a rule that joins nothing. Each event has four reports."""
    stories = _stories([p for kind in SIMILAR for p in _events(kind)])
    sides = [f"{kind}-{side}" for kind in SIMILAR for side in (0, 1)]
    largest = [max(sum(_side(k) == side for k in story) for story in stories) for side in sides]
    assert min(largest) >= 2
    assert sum(largest) >= 0.8 * 4 * len(sides)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour bridge opens after two years", "Harbour school opens with new teachers"),
        ("Council votes to close Mill Lane library", "Council votes to raise parking fees"),
        ("Storm closes coastal road", "Storm closes harbour"),
    ],
)
def test_words_of_every_weeks_news_join_nothing_on_a_quiet_site(one: str, other: str) -> None:
    """A few records are all there is: nothing tells how common a word is but the list of them."""
    stories = _stories([_piece("a", one), _piece("b", other, _MONDAY + 3)])
    assert len(stories) == 2


def test_the_order_of_the_pieces_changes_nothing() -> None:
    """Also where times are equal."""
    pieces = [
        replace(p, hours=_MONDAY + n // 4)
        for n, p in enumerate(p for kind in sorted(_PAIRS) for p in _events(kind))
    ]
    expected = group(Reports.of(pieces), _RULE)
    for seed in range(3):
        Random(seed).shuffle(pieces)
        found = group(Reports.of(pieces), _RULE)
        assert found.stories == expected.stories
        assert found.encoded() == expected.encoded()


def test_every_piece_is_in_exactly_one_story() -> None:
    """The undated, the empty and the equal too."""
    pieces = [p for kind in SIMILAR for p in _events(kind)]
    pieces += [_piece("undated", "Norvane profit rises", None), _piece("empty", "")]
    keys = [key for story in group(Reports.of(pieces), _RULE).stories for key in story]
    assert sorted(keys) == sorted(p.key for p in pieces)


def test_a_story_is_over_eight_days_after_its_last_report() -> None:
    """The same words later are another event, but for as many days as the rule says."""
    first, second = _QUARTER
    pieces = [_piece("a", first), _piece("b", second, _MONDAY + 20)]
    assert _stories(pieces) == {frozenset("ab")}
    late = [_piece("a", first), _piece("b", first, _MONDAY + 24 * 9)]
    assert len(_stories(late)) == 2


def test_equal_texts_of_different_weeks_are_different_stories() -> None:
    """A headline that returns every month is news each time."""
    title = "Harland rail strike: commuters stranded"
    pieces = [_piece(f"p{n}", title, _MONDAY + 24 * 30 * n) for n in range(4)]
    assert len(_stories(pieces)) == 4


def test_what_an_editor_keeps_apart_is_not_joined_by_a_third() -> None:
    """`apart` holds however the groups grow, `alone` keeps a piece by itself."""
    pieces = [_piece(key, _QUARTER[0], _MONDAY + n) for n, key in enumerate("abc")]
    assert _stories(pieces) == {frozenset("abc")}
    parted = _stories(pieces, Decisions(apart=(frozenset("ab"),)))
    assert not any({"a", "b"} <= story for story in parted)
    assert frozenset("a") in _stories(pieces, Decisions(alone=frozenset("a")))


def _some_kept_apart(random: Random, keys: list[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(random.sample(keys, random.randint(2, 9))) for _ in range(5))


@pytest.mark.parametrize("seed", range(12))
def test_a_set_kept_apart_is_all_its_pairs(seed: int) -> None:
    """The same stories, however the editor wrote it; and no story has two of one set."""
    random = Random(seed)
    kinds = random.sample(sorted(SIMILAR), 3)
    events = [p for kind in kinds for p in _events(kind)]
    pieces = [replace(p, hours=None) if random.random() < 0.2 else p for p in events]
    sets = _some_kept_apart(random, [p.key for p in pieces])
    pairs = tuple(frozenset(pair) for keys in sets for pair in combinations(sorted(keys), 2))
    stories = _stories(pieces, Decisions(apart=sets))
    assert stories == _stories(pieces, Decisions(apart=pairs))
    assert not [story for story in stories if any(len(story & keys) > 1 for keys in sets)]


@pytest.mark.parametrize(
    "titles",
    [
        [f"Weekly roundup: {what}" for what in ("harbour reopens", "museum burns", "bees return")],
        [f"Horoscope for {day} {n} March" for n, day in enumerate(("Monday", "Tuesday"), 3)],
        ["News summary"] * 3,
        [f"Exam dump AZ-{n}00: questions and answers" for n in range(1, 6)],
        [f"The {day} crossword, no. {n}" for n, day in enumerate(("Friday", "Monday"), 71)],
    ],
)
def test_the_series_of_one_outlet_does_not_glue_its_parts_together(titles: list[str]) -> None:
    """The words of a series say who writes, not what happened."""
    pieces = [
        _piece(f"p{n}", title, _MONDAY + 24 * n, "one.example") for n, title in enumerate(titles)
    ]
    assert len(_stories(pieces)) == len(titles)
    assert len(_stories([*pieces, *_others()])) >= len(titles) + 100


def test_what_an_outlet_prints_in_every_excerpt_is_no_evidence() -> None:
    """Such as where a post appeared first."""
    titles = ("Bees return to Orla park", "Museum of Tarn burns", "Kessel ferry is full")
    end = "The post appeared first on Harbour Lantern Weekly Review."
    pieces = [
        _piece(f"p{n}", title, _MONDAY + n, "one.example", f"{title} today. {end}")
        for n, title in enumerate(titles)
    ]
    assert len(_stories(pieces)) == 3


def test_a_roundup_is_no_bridge_between_two_events() -> None:
    """A piece whose words fall to two events leaves them apart."""
    one, other = _events("fires"), _events("ruling")
    roundup = _piece(
        "roundup", "Morning news: Penbrook warehouse fire, Dana Weir acquitted", _MONDAY + 40
    )
    for story in _stories([*one, *other, roundup]):
        assert len({key.partition("-")[0] for key in story - {"roundup"}}) < 2


def test_equal_headlines_meet_whatever_their_excerpts() -> None:
    """Two outlets an hour apart, with excerpts that share no word."""
    title = "Rivers rise after a week of rain"
    pieces = [
        _piece("a", title, _MONDAY + 30, excerpt="Meteorologists expect further showers tonight."),
        _piece("b", title, _MONDAY + 31, excerpt="Farmers fear for harvests, insurers for money."),
    ]
    for others in ([], _others()):
        assert frozenset("ab") in _stories([*pieces, *others])


def test_many_reports_of_an_outlet_at_one_instant_lose_their_time() -> None:
    """That batch alone, and they gather in no heap."""
    titles = [p.title for p in _others(24)]
    batch = [_piece(f"b{n}", t, _MONDAY, "one.example") for n, t in enumerate(titles)]
    event = [_piece(key, t, _MONDAY + 5) for key, t in zip("xy", _QUARTER, strict=True)]
    found = group(Reports.of([*batch, *event]), _RULE)
    assert found.timeless == {p.key for p in batch}
    assert {frozenset(s) for s in found.stories} >= {frozenset("xy"), frozenset({"b3"})}


def test_undated_issues_of_a_weekly_gather_in_no_heap() -> None:
    """Nor how-tos of one writer: more is asked of what has only its words."""
    weekly = [_piece(f"w{n}", f"Tide Letter, issue {n}", None, "tide.example") for n in range(60)]
    things = "queue bucket cluster vault pipeline gateway cache volume index topic".split()
    howtos = [
        _piece(f"h{n}", f"How to restart a {thing} in Azuro Cloud", None, "how.example",
               f"Open the Azuro Cloud console, choose the {thing} and press restart.")
        for n, thing in enumerate(things)
    ]  # fmt: skip
    assert max(len(story) for story in _stories([*weekly, *howtos])) == 1


def test_a_newer_report_changes_no_story_of_an_earlier_day() -> None:
    """But for the stories that it joins: those gain it, and lose nothing."""
    pieces = sorted(headlines(600), key=lambda p: p.hours or 0.0)
    days = sorted({p.day for p in pieces if p.day is not None})
    before = group(Reports.of([p for p in pieces if p.day != days[-1]]), _RULE).stories
    after = {story[0]: story for story in group(Reports.of(pieces), _RULE).stories}
    for story in before:
        assert after[story[0]][: len(story)] == story


def test_a_report_changes_nothing_outside_its_window() -> None:
    """Nothing older than its day, and nothing that is newer than the days in its reach."""
    made = headlines(2600, excerpts=False)
    pieces = [replace(p, hours=_MONDAY + ((p.hours or 0.0) - _MONDAY) * 20.0) for p in made]
    days = sorted({p.day or 0 for p in pieces})
    newcomer = _piece("new", pieces[300].title, (days[12] + 0.5) * 24)
    with_it = group(Reports.of([*pieces, newcomer]), _RULE)
    without = group(Reports.of(pieces), _RULE)
    then = {known.day: known for known in without.memory.days}
    for known in with_it.memory.days:
        if known.day < (newcomer.day or 0):
            assert known == then[known.day]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_changes_nothing(seed: int) -> None:
    """Whatever came, went, changed, moved in time or lost its time since."""
    random = Random(seed)
    pieces = [replace(p, hours=_MONDAY + ((p.hours or 0.0) - _MONDAY) * 30) for p in headlines(120)]
    memory = group(Reports.of(pieces), _RULE).encoded()
    for step in range(6):
        place = random.randrange(len(pieces))
        one, other = pieces[place], random.choice(pieces)
        pieces[place] = random.choice(
            [
                replace(one, title=f"{one.title} {other.title[:20]}"),
                replace(one, hours=(other.hours or _MONDAY) + 30.0),
                replace(one, hours=None),
            ]
        )
        pieces.append(replace(other, key=f"new{step}"))
        pieces.pop(random.randrange(len(pieces)))
        warm = group(Reports.of(pieces), _RULE, NO_DECISIONS, memory)
        cold = group(Reports.of(pieces), _RULE)
        assert warm.stories == cold.stories
        memory = warm.encoded()
        assert warm.memory.days == cold.memory.days
        assert warm.memory.undated_stories == cold.memory.undated_stories


@pytest.mark.parametrize("days", [0, 1])
def test_what_comes_now_makes_no_older_day_be_read_again(days: int) -> None:
    """Neither on the newest day, nor as the first report of a new one: that is read, and this."""
    pieces = [
        _piece(f"{kind}{day}", f"Kessel {kind} strike on day {day}", _MONDAY + 24.0 * day)
        for kind in ("rail", "port", "mine")
        for day in range(6)
    ]
    memory = group(Reports.of(pieces), _RULE).encoded()
    newest = _MONDAY + 24.0 * 5
    came = _piece("came", "Kessel rail strike on day 5 ends", newest + 24.0 * days + 2.0)
    asked: list[str] = []
    reports = Reports.of([*pieces, came])

    def piece(key: str) -> Piece:
        asked.append(key)
        return reports.piece(key)

    warm = group(Reports(reports.days, reports.fingerprint, piece), _RULE, NO_DECISIONS, memory)
    assert set(asked) == {"came", "rail5", "port5", "mine5"}
    assert warm.stories == group(reports, _RULE).stories


def test_a_report_between_the_newest_days_finds_what_is_over_on_the_newest() -> None:
    """What is remembered of the days before the newest one is not enough for it."""
    title = "Norvane profit rises 12% on cloud sales in Europe"
    days = [*range(9), 10]
    pieces = [_piece(f"p{day}", f"Kessel strike {day}", _MONDAY + 24 * day) for day in days]
    pieces.append(_piece("begins", title, _MONDAY + 24))
    memory = group(Reports.of(pieces), _RULE).encoded()
    pieces.append(_piece("came", title, _MONDAY + 24 * 9))
    warm = group(Reports.of(pieces), _RULE, NO_DECISIONS, memory)
    assert ("begins", "came") in warm.stories
    assert warm.stories == group(Reports.of(pieces), _RULE).stories


@pytest.mark.parametrize("data", [b"", b"no", b"\xff" * 50])
def test_what_cannot_be_read_is_nothing(data: bytes) -> None:
    """All is grouped afresh."""
    pieces = _events("fires")
    expected = group(Reports.of(pieces), _RULE).stories
    assert group(Reports.of(pieces), _RULE, NO_DECISIONS, data).stories == expected


def test_the_nearest_are_of_other_stories() -> None:
    """What two reports share can be asked for, and is none where they are too far apart."""
    pieces = [
        _piece("a", "Kessel bridge closed after crack found"),
        _piece("b", "Kessel bridge toll rises in spring", _MONDAY + 4),
        _piece("c", "Kessel bridge closed after crack found", _MONDAY + 24 * 40),
    ]
    found = group(Reports.of(pieces), _RULE)
    compared = found.compare("a", "b")
    assert compared is not None
    assert found.compare("a", "c") is None
    assert all(key not in story for story in found.stories for key in found.near(story[0]))


@pytest.mark.parametrize("last", [4, 6, 20])
def test_a_report_does_not_join_the_late_days_of_a_story_that_it_is_kept_from(last: int) -> None:
    """A running story is compared by its last days; an editor's word is about all of it."""
    title = "Norvane profit rises 12% on cloud sales in Europe"
    pieces = [_piece(f"p{n}", title, _MONDAY + 24 * n) for n in range(last + 1)]
    assert len(_stories(pieces)) == 1
    kept = frozenset({"p0", f"p{last}"})
    assert not any(kept <= story for story in _stories(pieces, Decisions(apart=(kept,))))


@pytest.mark.parametrize("kept", [("u", "a"), ("u", "v"), ("v", "b")])
def test_an_undated_report_joins_no_story_that_has_one_it_is_kept_from(
    kept: tuple[str, str],
) -> None:
    """Whether that is dated, or undated and came to the story before."""
    title = "Marlow Quist and Orla Wexley open Penbrook Tarn bridge 4711 after storm"
    pieces = [_piece(key, title, _MONDAY + n) for n, key in enumerate("ab")]
    pieces += [_piece("u", title, None), _piece("v", title, None), *_others(100)]
    assert frozenset("abuv") in _stories(pieces)
    stories = _stories(pieces, Decisions(apart=(frozenset(kept),)))
    assert not any(set(kept) <= story for story in stories)
