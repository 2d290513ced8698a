"""Words of other languages that become English: none of them dead, none of them English."""

from __future__ import annotations

import pytest

from newsstand.text import tokens
from newsstand.text.country_names import ENGLISH_NAMES
from newsstand.text.news_words import ENGLISH_STEMS, ENGLISH_WORDS
from newsstand.text.tokens import STEM_LETTERS, stems_of


def test_every_stem_of_the_table_is_a_stem(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than six letters and no s that falls: else no word would ever have it."""
    monkeypatch.setattr(tokens, "ENGLISH_STEMS", {})
    for stem in (*ENGLISH_STEMS, *ENGLISH_STEMS.values()):
        assert stems_of(stem) == (stem,)


@pytest.mark.parametrize("table", [ENGLISH_NAMES, ENGLISH_WORDS, ENGLISH_STEMS])
def test_every_word_of_a_table_meets_the_english_one(table: dict[str, str]) -> None:
    """None is a stop word or falls to another row."""
    for word, english in table.items():
        assert stems_of(word) == stems_of(english) != ()


@pytest.mark.parametrize(
    "word",
    "banquet chili chino depute discursive empress expulsion incendiary inundate polish poutine "
    "presuppose suede tote totes tribunal "
    "Blanca Blanche Bruder Freund Geisel Georgie Gracie Graciela Herman Hermann Iglesias Kircher "
    "Mort Pape Partida Prinze Reina Richter Russo Schuler Tod Wahl".split(),
)
def test_an_english_word_or_name_is_itself(word: str) -> None:
    """Though another language has one that is written like it, or begins so."""
    plain = word.lower() if word.endswith("ss") else word.lower().removesuffix("s")
    assert stems_of(word) == (plain[:STEM_LETTERS],)
