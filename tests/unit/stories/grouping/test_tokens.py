"""What a text is about: stems, names, languages, and what outlets print by habit."""

from __future__ import annotations

import pytest

from newsstand.stories.grouping.boilerplate import Boilerplate, frame_of
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.texts import Text, text_of
from newsstand.text.languages import language_of
from newsstand.text.tokens import stems_in


def _text(title: str, excerpt: str = "") -> Text:
    return text_of(Piece("key", title, excerpt, 1000.0, ""), title, excerpt)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élections", "election"),
        ("Kepler’s companies", "KEPLER company"),
        ("ＮＡＳＡ launches", "NASA launch"),
        ("Выборы президента", "выборы президент"),
        ("الانتخابات", "انتخابات"),
        ("Eleven killed", "11 killed"),
        ("Russland", "Russia"),
        ("Chinese", "China"),
        ("chinesische", "China"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    """Case, accents, possessives, width, endings, articles and languages do not part words."""
    assert stems_in(one) == stems_in(other)


def test_a_word_that_only_looks_like_one_of_another_language_is_itself() -> None:
    """What begins like a word of another language is another word in English."""
    assert stems_in("policies discourage an island").isdisjoint(
        stems_in("police speech Iceland Frances France")
    )


def test_numbers_and_short_names_meet_however_they_are_written() -> None:
    """Points within short names and thousands tell nothing; a decimal comma is a point."""
    assert stems_in("E.U. unlocks 4.2 billion, 10,000 cheer") >= {"eu", "4.2", "10000"}
    assert stems_in("EU gibt 4,2 Milliarden frei, 10.000 jubeln") >= {"eu", "4.2", "10000"}
    assert stems_in("They left the E.U. Then they came back") >= {"eu"}
    assert "v1.2" in stems_in("Vault v1.2 ends")


def test_words_without_subject_are_left_out() -> None:
    """Grammar, habits of headlines, dates and years say nothing about the event."""
    assert (
        _text("What is it about? Live updates", "He said on 3 March 2026 that it was.").words == ()
    )


def test_a_word_of_both_is_one_of_the_headline() -> None:
    """It stands once."""
    text = _text("A volcano erupts", "The volcano threw ash.")
    assert text.headline == ("volcan", "erupt")
    assert text.excerpt == ("threw", "ash")


def test_scripts_without_spaces_become_pairs_of_characters() -> None:
    """Two Chinese headlines with a name in common share pairs; Thai works alike."""
    assert stems_in("北京市长宣布新计划") & stems_in("昨天北京下雪") == {"北京"}
    assert len(stems_in("ประเทศไทย")) > 1


def test_vietnamese_keeps_its_accents() -> None:
    """They tell syllables apart."""
    assert stems_in("bạn") != stems_in("bán")


def test_text_of_signs_has_no_words() -> None:
    """Empty titles and titles of signs have no words and do not fail."""
    assert _text("", "").words == ()
    assert _text("— … !?", "🎉").words == ()


def test_a_long_excerpt_is_cut() -> None:
    """What comes late in a long text is rarely about the event."""
    assert "zebra" not in _text("Title", "filler " * 200 + "zebra").words


def test_capitals_within_sentences_tell_names() -> None:
    """Where every word has one, none does."""
    assert {"callow", "aldmer"} <= _text("The mayor Calloway of Aldmere resigns").capital
    assert not _text("The Mayor Calloway Of Aldmere Resigns").capital


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the ferry of the island is late", "en"),
        ("die Fähre der Insel ist spät", "de"),
        ("le bac de la ville est en retard", "fr"),
        ("Kestrel", ""),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    """None where there are none, but for English, which wins a draw."""
    assert language_of(text.split()) == (language or language_of([]))


def test_what_three_headlines_begin_or_end_with_is_left_out() -> None:
    """The name of a site after a dash is no subject; an ending of one headline stays."""
    boilerplate = Boilerplate()
    pieces = [
        Piece(f"p{n}", f"Briefing: {name} opens - Harbour Gazette", "", 1.0, "a.example")
        for n, name in enumerate(("Bridge", "Museum", "Tunnel"))
    ]
    boilerplate.add(pieces)
    assert boilerplate.own_title(pieces[0]) == "Bridge opens"
    other = Piece("q", "Ferry sinks - two missing", "", 1.0, "b.example")
    boilerplate.add([other])
    assert boilerplate.own_title(other) == other.title


def test_an_excerpt_under_three_headlines_is_no_excerpt() -> None:
    """It is the outlet's own."""
    boilerplate = Boilerplate()
    advert = "Subscribe to our letter."
    boilerplate.add([Piece(f"p{n}", f"Title {n}", advert, 1.0, "a.example") for n in range(3)])
    assert (
        boilerplate.own_excerpt(Piece("q", "T", "Subscribe to our letter.", 1.0, "a.example")) == ""
    )
    assert (
        boilerplate.own_excerpt(Piece("q", "T", "Subscribe to our letter.", 1.0, "b.example")) != ""
    )


def test_the_frame_of_a_series() -> None:
    """Numbers and dates are taken out."""
    assert frame_of("Horoscope for Monday 3 March") == frame_of("Horoscope for Friday 14 April")
