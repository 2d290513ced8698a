"""Text from strangers: cleaned, cut, and made into names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.strings import (
    clean,
    composed,
    cut_at_sentence,
    cut_at_word,
    decode_entities,
    initials,
    one_line,
    plural,
    short_hash,
    slug,
    without_escapes,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=400)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_signs_that_steer_or_turn_around_are_taken_out(sign: str) -> None:
    """Control characters and marks that reorder their surroundings go, the rest stays."""
    assert clean(f"left{sign}right") == "leftright"


def test_marks_that_scripts_need_stay() -> None:
    """Joiners of Persian and emoji, accents and marks of direction are part of the writing."""
    for text in ("می\u200cخواهم", "👩\u200d💻", "e\u0301", "\u200fעברית"):
        assert clean(text) == text


def test_a_pair_of_surrogates_is_one_character() -> None:
    """Escapes may spell one character in two halves; a half alone becomes a mark for it."""
    assert clean("\ud83d\ude00") == "😀"
    assert clean("a\ud800b").encode("utf-8")


@given(ANY_TEXT)
def test_what_is_clean_can_be_written(text: str) -> None:
    """Cleaned text has no control character but line ends and tabs, and is UTF-8."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", cleaned)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&quot;Yes&quot;, it&#39;s &#x201C;on&#x201D;", '"Yes", it\'s “on”'),
        ("AT&T and R&D; x&y", "AT&T and R&D; x&y"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&copy 2024", "&copy 2024"),
        ("&nosuchname;", "&nosuchname;"),
    ],
)
def test_entities_are_decoded_once(text: str, decoded: str) -> None:
    """Only entities that end in a semicolon are, and none twice."""
    assert decode_entities(text) == decoded


def test_a_headline_is_one_line() -> None:
    """Line ends, tabs and runs of spaces become one space; entities are decoded."""
    assert one_line("  A\n\tbridge&nbsp;&amp;  a\u2028ferry ") == "A bridge & a ferry"


@given(ANY_TEXT)
def test_a_plain_headline_is_read_as_any_other(text: str) -> None:
    """One in which nothing is to be done is what doing it gives."""
    whole = composed(" ".join(clean(decode_entities(text)).split()))
    assert composed(one_line(text)) == whole, repr(text)


@given(ANY_TEXT, st.integers(min_value=2, max_value=120))
def test_a_cut_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    """Neither at a word nor at a sentence is more left than the limit."""
    assert len(cut_at_word(text, limit)) <= limit
    assert len(cut_at_sentence(text, limit)) <= limit


@given(ANY_TEXT)
def test_what_is_short_enough_is_not_cut(text: str) -> None:
    """A text within the limit stays as it is."""
    assert cut_at_word(text, len(text)) == text
    assert cut_at_sentence(text, len(text)) == text


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("The bridge is open. The ferry stops today.", 30, "The bridge is open."),
        ("One. Two! Three? Four and more words follow", 20, "One. Two! Three?"),
        ('He said "Leave." Then he left the harbour.', 23, 'He said "Leave."'),
        ("The bridge opens 12. Mai says the town", 27, "The bridge opens 12. Mai…"),
        ("The bridge opens at 9 a.m. On foot only", 30, "The bridge opens at 9 a.m. On…"),
        ("They read hers. but not the other", 20, "They read hers. but…"),
        ("橋が開通した。船は今日で終わりになる。", 12, "橋が開通した。"),
        ("No end of a sentence is in sight here", 20, "No end of a…"),
        ("Version 3.11 is out and so are others", 20, "Version 3.11 is out…"),
    ],
)
def test_an_excerpt_ends_with_a_sentence(text: str, limit: int, cut: str) -> None:
    """Whole sentences if one fits and says enough, else whole words."""
    assert cut_at_sentence(text, limit) == cut


def test_a_long_word_is_cut_in_itself() -> None:
    """Where no space is near, the word is cut."""
    assert cut_at_word("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


def test_no_comma_stands_before_the_dots() -> None:
    """Signs that join are dropped where the text was cut."""
    assert cut_at_word("First, second, third", 15) == "First, second…"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Azure SQL", "azure-sql"),
        ("  Ports & Harbours ", "ports-and-harbours"),
        ("Ünïcödé Straße", "unicode-strasse"),
        ("C#", "c-sharp"),
        ("C++", "c-plus-plus"),
        ("C", "c"),
        ("東京湾", "東京湾"),
        ("../../etc/passwd", "etc-passwd"),
        ("under_score", "under-score"),
        ("a:_b", "a-b"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full-width"),
    ],
)
def test_a_name_becomes_a_part_of_an_address(name: str, part: str) -> None:
    """Small letters and digits of any script, joined by dashes; names that differ stay apart."""
    assert slug(name) == part


@given(st.text(max_size=200))
def test_an_address_part_is_always_safe(name: str) -> None:
    """No slash, no dot, no space, never empty, never long, and stable."""
    part = slug(name)
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*", part), part
    assert len(part) <= 80
    assert slug(name) == part


def test_names_without_letters_stay_apart() -> None:
    """A name of signs only gets a name of its own."""
    assert slug("!!!") != slug("???")
    assert re.fullmatch(r"[0-9a-f]{8}", slug("!!!"))


def test_a_short_hash_is_the_same_everywhere() -> None:
    """It follows from the text alone."""
    assert short_hash("newsstand") == "c91a63c4"
    assert short_hash("") == "e3b0c442"  # the beginning of SHA-256 of nothing
    assert re.fullmatch(r"[0-9a-f]{8}", short_hash("half \ud800 of a pair"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Harbour Gazette", "HG"),
        ("The Harbour Gazette", "HG"),
        ("Der Hafenbote", "H"),
        ("harbour", "H"),
        ("BBC", "BBC"),
        ("quay.example", "QE"),
        ("The", "T"),
        ("", "?"),
        ("!", "!"),
        ("東京新聞", "東"),
    ],
)
def test_an_outlet_has_initials(name: str, letters: str) -> None:
    """One or two letters, without the article before the name."""
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 outlets"), (1, "1 outlet"), (2, "2 outlets"), (1952, "1,952 outlets")],
)
def test_counts_have_their_noun(count: int, said: str) -> None:
    """One is singular, all else plural, thousands are parted."""
    assert plural(count, "outlet") == said
    assert plural(2, "story", "stories") == "2 stories"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Morningstar%2c Inc.", "Morningstar, Inc."),
        ("L%27%C3%A9cho%20du%20port", "L'écho du port"),
        ("Kirk &amp; Co.", "Kirk &amp; Co."),
        ("100% Sport", "100% Sport"),
        ("50%ff Club", "50%ff Club"),
        ("Left%E2%80%AEright%00%3Cb%3E", "Leftright<b>"),
        ("%2525", "%25"),
    ],
)
def test_a_name_has_no_escapes_of_addresses(written: str, meant: str) -> None:
    """They are read once, where they spell text; what they hide is cleaned as other text is."""
    assert without_escapes(written) == meant


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One stayed. Another followed it. Then more came to see the ships go", "followed it."),
        ("He met U.S. Senator Lund. Then he left for the hall of the harbour", "Senator Lund."),
        ("Am 12. Mai kommt er an. Dann geht er weiter in die Stadt am Hafen", "kommt er an."),
        ("Mr. Lund called it (in a letter). He then left and said no more of it", "letter)."),
        ("It begins at 9 a.m. Monday in town. Others follow on the days after", "in town."),
        ("He did his reps. Then he sang to the ships in the harbour of the town", "reps."),
        ("He said “Go”. Then the others left the harbour before the storm came", "“Go”."),
    ],
)
def test_a_full_stop_of_an_abbreviation_ends_no_sentence(text: str, first: str) -> None:
    """Nor that of a number; a short word in small letters may stand at an end."""
    assert cut_at_sentence(text, 45).endswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "It is open. The ships thank Prof. Lund",
        "It is open. So say Reps. Orne and Lund",
        "Es ist auf. Das sagt ex-Prof. Lund aus dem",
        "Es ist auf. Der Hafen bzw. Minister Orne",
        "El puente ya abre. Lo dice la sra. García en el",
        "È aperto. Lo dice il dott. Orne di",
        "De haven is open. Dat zegt mevr. Orne",
        "Мост открыт. Его строил театр им. Чехова и",
        "Міст відкрито. Тут вул. Франка і",
    ],
)
def test_an_abbreviation_before_a_name_ends_no_sentence(text: str) -> None:
    """Also one of many letters, or in small letters, in the languages that the site knows."""
    assert cut_at_sentence(text, len(text) - 1) == text[: text.index(".") + 1]
