"""Words of other languages that become English: none of them dead, none in an English text."""

from __future__ import annotations

import pytest

from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.texts import Text, text_of
from newsstand.text.country_names import ENGLISH_NAMES
from newsstand.text.news_words import ENGLISH_STEMS, ENGLISH_WORDS, in_english
from newsstand.text.tokens import STEM_LETTERS, stems_of, word_of


def test_every_stem_of_the_table_is_a_stem() -> None:
    """No more than six letters, and no s that falls: else no word would ever have it."""
    for stem in (*ENGLISH_STEMS, *ENGLISH_STEMS.values()):
        word = f"{stem}aaa" if len(stem) == STEM_LETTERS else stem
        assert stems_of(word) == (stem,)


def test_every_word_of_a_table_meets_the_english_one() -> None:
    """None is a stop word or falls to another row."""
    for word, english in ENGLISH_NAMES.items():
        assert stems_of(word) == stems_of(english) != ()
    for word, english in ENGLISH_WORDS.items():
        found = in_english(word_of(word))
        assert found is not None
        assert found.stems == stems_of(english) != ()


def _read(headline: str) -> Text:
    return text_of(Piece("a", headline, "", 0.0, "harbour.example"), headline, "")


@pytest.mark.parametrize(
    "word", "banquet chili expulsion Blanca Bruder Geisel Gracie Herman Reina Richter Tod".split()
)
def test_an_english_word_or_name_is_itself(word: str) -> None:
    """Though another language has one that is written like it, or begins so."""
    assert word.lower()[:STEM_LETTERS] in _read(f"What was the {word} of the town to them").headline


@pytest.mark.parametrize(
    ("headline", "stems"),
    [
        ("Der Richter hat die Geisel nicht gesehen", {"judge", "hostag"}),
        ("Die Sanktionen und der Präsident sind nicht das Thema", {"sancti", "presid"}),
        ("Le tribunal et la reine ne sont pas dans la ville", {"court", "queen"}),
        ("Le discours de la ministre sur les otages", {"speech", "hostag"}),
        ("El partido y la huelga de los soldados en la capital", {"party", "strike", "soldie"}),
        ("Selenskyj und Poutine sind nicht auf dem Gipfel", {"zelens", "putin", "summit"}),
    ],
)
def test_a_word_of_another_language_is_the_english_one(headline: str, stems: set[str]) -> None:
    """In a text of that language."""
    assert stems <= set(_read(headline).headline)
