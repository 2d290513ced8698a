"""What a text is about: stems, their weights, endings and beginnings of headlines."""

from __future__ import annotations

import pytest

from newsstand.stories.grouping.tokens import (
    EVERYDAY,
    head_of,
    parts_of,
    shared_tails,
    words_of,
)


def stems(title: str) -> set[str]:
    """The stems of a headline."""
    return set(words_of(title, ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élections", "election"),
        ("Kepler’s companies", "KEPLER company"),
        ("ＮＡＳＡ launches", "NASA launch"),
        ("Выборы президента", "выборов президент"),
        ("Міністри", "міністра"),
        ("الانتخابات الرئاسيّة", "انتخابات رئاسية"),
        ("Die Wahlen", "wahl"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    """Case, accents, possessives, width, light endings and the Arabic article do not part words."""
    assert stems(one) == stems(other)


def test_words_without_subject_are_left_out() -> None:
    """Grammar and habits of headlines say nothing about the event."""
    assert words_of("What is it about? Live updates", "He said that it was.") == {}


def test_a_word_of_the_headline_weighs_more_than_one_of_the_excerpt() -> None:
    """A word in both counts as one of the headline."""
    words = words_of("A volcano erupts", "The volcano threw ash.")
    assert words["volcano"] == 1.0
    assert 0.0 < words["ash"] < 1.0


def test_scripts_without_spaces_become_pairs_of_characters() -> None:
    """Two Chinese headlines with a name in common share pairs; kana and Thai work alike."""
    assert {"北京", "市长"} <= stems("北京市长宣布新计划")
    assert stems("北京市长宣布新计划") & stems("昨天北京下雪") == {"北京"}
    assert len(stems("ประเทศไทย")) > 1
    assert all(weight < 1.0 for weight in words_of("東京タワー", "").values())


def test_numbers_and_initials_are_words() -> None:
    """Figures and acronyms often tell two events apart."""
    assert stems("GDP up 3.5% in Q4, 8,500 jobs") >= {"gdp", "3.5", "q4", "8,500"}


def test_text_of_signs_has_no_words() -> None:
    """Empty titles and titles of signs have no words and do not fail."""
    assert words_of("", "") == {}
    assert words_of("— … !?", "🎉") == {}


def test_a_long_excerpt_is_cut() -> None:
    """What comes late in a long text is rarely about the event."""
    assert "zebra" not in words_of("Title", "filler " * 200 + "zebra")


def test_tails_that_several_headlines_share_are_left_out() -> None:
    """The name of a site after a dash is no subject; a tail of one headline stays."""
    titles = [f"{name} opens - Harbour Gazette" for name in ("Bridge", "Museum", "Tunnel")]
    tails = shared_tails([*titles, "Ferry sinks - two missing"])
    assert tails == {"Harbour Gazette"}
    assert set(words_of(titles[0], "", tails)) == stems("Bridge opens")
    assert stems("Ferry sinks two missing") == set(words_of("Ferry sinks - two missing", "", tails))


@pytest.mark.parametrize(
    ("word", "known", "parts"),
    [
        ("bundestagswahl", {"bundestag", "wahl"}, ("bundestag", "wahl")),
        ("brandschutz", {"brand", "schutz"}, ("brand", "schutz")),
        ("parliament", {"parlia"}, ()),
        ("bundestagswahl", {"wahl"}, ()),
        ("football", {"foot", "ball"}, ("foot", "ball")),
    ],
)
def test_compounds_split_into_words_that_are_known(
    word: str, known: set[str], parts: tuple[str, ...]
) -> None:
    """Both parts must be words of the site; what German puts in between is left out."""
    assert parts_of(word, known) == parts


def test_how_a_headline_begins() -> None:
    """What stands before a colon or dash, if short, else the first two words."""
    assert head_of("Public preview: new regions") == head_of("Public previews - old regions")
    assert len(head_of("Ten new regions open in spring")) == 2
    assert head_of("") == ()


def test_everyday_words_are_stems() -> None:
    """The list of everyday words is compared with stems, so it must hold stems."""
    assert stems("elections and profits, announced") <= EVERYDAY


def test_a_name_in_a_headline_weighs_more() -> None:
    """Where most words are small, a capital marks a name, at the beginning too."""
    words = words_of("Calloway beats rivals to become mayor of Aldmere", "Calloway and Tarn spoke.")
    assert words["callowa"] == words["aldmer"] == 1.4
    assert words["rival"] == 1.0
    assert words["tarn"] < 1.0


def test_no_word_is_a_name_where_every_word_has_a_capital() -> None:
    """In title case and in capitals a capital says nothing."""
    for headline in ("Calloway Beats Rivals to Become Mayor", "CALLOWAY BEATS RIVALS"):
        assert set(words_of(headline, "").values()) == {1.0}


def test_a_word_of_every_week_is_no_name() -> None:
    """A headline may begin with any word."""
    assert words_of("Fire destroys the mill of Aldmere", "")["fir"] == 1.0
