"""What speaks for and against two reports telling one event."""

from __future__ import annotations

from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.same_event import Comparison, compare, weighed
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of


def _compare(one: Piece, other: Piece, *more: Piece) -> Comparison:
    texts = [text_of(piece, piece.title, piece.excerpt) for piece in (one, other, *more)]
    terms = TermWeights()
    terms.add(texts)
    return compare(weighed(texts[0], terms), weighed(texts[1], terms), 100)


def _piece(title: str, hours: float | None = 1000.0, outlet: str = "", excerpt: str = "") -> Piece:
    return Piece(title, title, excerpt, hours, outlet or f"{len(title)}-{title[:3]}.example")


CRACK = _piece("Kessel bridge closed after crack found", outlet="a.example")
SHUT = _piece("Crack shuts Kessel bridge", 1004.0, "b.example")


def test_the_most_telling_words_come_first_and_each_name_once() -> None:
    """A name of two words is one piece of evidence."""
    one = _piece("The singer Dana Weir opens Orla hall", outlet="a.example")
    other = _piece("In Orla the singer Dana Weir waits", outlet="b.example")
    words = [word for word, _ in _compare(one, other).shared]
    assert len({"dana", "weir"} & set(words)) == 1
    tells = [told for _, told in _compare(one, other).shared]
    assert tells == sorted(tells, reverse=True)


def test_time_and_the_same_outlet_speak_against() -> None:
    """So does what the headlines do not share."""
    near = _compare(CRACK, SHUT).chance()
    late = Piece("late", SHUT.title, "", 1150.0, "b.example")
    same = Piece("same", SHUT.title, "", 1004.0, "a.example")
    assert near > _compare(CRACK, late).chance()
    assert near > _compare(CRACK, same).chance()
    assert near > _compare(CRACK, _piece("Kessel bridge toll rises", 1004.0)).chance()


def test_headlines_that_begin_alike_are_likelier_one_event() -> None:
    """What a headline begins with it is about: the very same words in another order tell less."""
    begun = _piece("Kessel bridge shut by crack", 1004.0, "b.example")
    assert _compare(CRACK, begun).chance() > _compare(CRACK, SHUT).chance()
    assert _compare(CRACK, begun).told == _compare(CRACK, SHUT).told


def test_some_hours_within_a_day_change_little() -> None:
    """A day changes much: outlets take some hours to tell the same."""
    hour, night, days = (
        _compare(CRACK, Piece(f"{hours}", SHUT.title, "", 1000.0 + hours, "b.example")).odds
        for hours in (1.0, 4.0, 76.0)
    )
    assert 0.0 < hour - night < 0.5 < 1.5 < night - days


def test_one_word_joins_nothing() -> None:
    """Neither a name, nor a number, nor a date."""
    for one, other in (
        ("Sakuria votes", "Sakuria bear caught"),
        ("Rickshaw puller, 74, jailed", "Surgeon, 74, honoured"),
        ("Vault ends on 29 February 2028", "Forge begins on 29 February 2028"),
    ):
        assert _compare(_piece(one), _piece(other)).chance() < 0.01


def test_other_names_in_one_frame_count_against() -> None:
    """From the first pair on."""
    one, other = (
        "Corvexa beats estimates as profit rises",
        "Lumatel beats estimates as profit rises",
    )
    assert _compare(_piece(one), _piece(other)).chance() < 0.0


def test_what_other_stories_have_too_tells_less() -> None:
    """The more of them, the less."""
    found = _compare(CRACK, SHUT)
    assert found.chance(0) > found.chance(1) > found.chance(3) == found.chance(9)


def test_what_an_editor_declared_is_a_hint() -> None:
    """A declared pair is a little likelier."""
    declared = Piece(SHUT.key, SHUT.title, "", SHUT.hours, SHUT.outlet, (CRACK.key,))
    assert _compare(CRACK, declared).odds == _compare(CRACK, SHUT).odds + 1.0


def test_pieces_without_words_are_like_nothing() -> None:
    """An empty title divides by nothing."""
    assert _compare(_piece(""), _piece("")).chance() < 0.01
    assert _compare(CRACK, _piece("")).shared == ()


def test_headlines_of_thousands_of_names_are_compared_as_others() -> None:
    """What a stranger's feed may send; that much against one event is no number too large."""
    names = [" ".join(f"sailed {side}{n:x}" for n in range(0xA000, 0xA800)) for side in "BK"]
    one, other = f"So Abafira met Acelupa when {names[0]}", f"Acelupa saw Abafira as {names[1]}"
    found = _compare(_piece(one), _piece(other))
    assert found.odds < -1000.0
    assert 0.0 <= found.chance() < 0.01


def test_copies_of_a_text_do_not_make_its_words_common() -> None:
    """Five hundred equal titles say as much as two."""
    copies = [Piece(f"copy{n}", CRACK.title, "", 1000.0, "") for n in range(500)]
    assert _compare(CRACK, SHUT, *copies[:2]).odds == _compare(CRACK, SHUT, *copies).odds
