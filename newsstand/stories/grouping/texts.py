"""A piece as words: what its headline says, what only its excerpt says, what is written large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from newsstand.stories.grouping.pieces import Piece
from newsstand.text.languages import language_of
from newsstand.text.news_words import in_english
from newsstand.text.tokens import Word, tokens_of, word_of

LONGEST_EXCERPT = 600  # characters; what follows is rarely about the event
LONGEST_UNDATED = 2000  # of what has only its words to go by, the beginning of its body with it
_WORDS_FOR_LANGUAGE = 60
_LONG = 4  # letters: shorter words stay small where all others begin with a capital
_TITLE_CASE = 0.7  # part of the long words of a headline with a capital: it tells no names


class Text(Struct, frozen=True, array_like=True, gc=False):
    """The words of one piece. `headline` and `excerpt` are stems, each once; `words` are both.

    `capital` are the stems that stand with a capital within a sentence, `small` those without;
    `opening` those with a capital where a sentence begins, which tells little. `beside` are pairs
    of stems with capitals that stand beside each other: most often one name.
    """

    piece: Piece
    headline: tuple[str, ...]
    excerpt: tuple[str, ...]
    language: str
    capital: frozenset[str]
    small: frozenset[str]
    opening: frozenset[str]
    beside: frozenset[tuple[str, str]]
    is_title_case: bool

    @property
    def words(self) -> tuple[str, ...]:
        """All stems."""
        return self.headline + self.excerpt


@dataclass(slots=True)
class _Reading:
    """What was found so far in the words of a piece."""

    capital: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    opening: set[str] = field(default_factory=set)
    beside: set[tuple[str, str]] = field(default_factory=set)

    def read(self, words: Sequence[Word | None], *, tells_names: bool) -> dict[str, None]:
        """The stems of a text in order; what it tells of names is noted."""
        own_stems: dict[str, None] = {}
        capital, small, opening = self.capital, self.small, self.opening
        begins, before, is_date = True, "", False
        for word, following in zip(words, (*words[1:], None), strict=False):
            if word is None:
                begins, before = True, ""
                continue
            stems = word.stems
            if word.is_number and (is_date or (following and following.is_date)):
                stems = ()
            is_date = word.is_date
            kind = small if not word.is_large else opening if begins else capital
            begins = False
            if not stems:
                before = ""
                continue
            for stem in stems:
                own_stems[stem] = None
                if tells_names:
                    kind.add(stem)
            if word.is_large and before:
                self.beside.add((before, stems[0]))
            before = stems[-1] if word.is_large else ""
        return own_stems


def text_of(piece: Piece, title: str, excerpt: str) -> Text:
    """Read a piece whose title and excerpt are cut to what is its own (see `boilerplate`)."""
    reading = _Reading()
    tokens = tokens_of(title)
    in_title_case = _is_title_case(tokens)
    longest = LONGEST_UNDATED if piece.hours is None else LONGEST_EXCERPT
    words = [*map(word_of, tokens)]
    more = [*map(word_of, tokens_of(excerpt[:longest]))]
    first = (*words, *more)[:_WORDS_FOR_LANGUAGE]
    language = language_of([word.plain for word in first if word])
    if language not in ("", "en"):
        words, more = [*map(in_english, words)], [*map(in_english, more)]
    headline = reading.read(words, tells_names=not in_title_case)
    rest = reading.read(more, tells_names=True)
    return Text(
        piece,
        tuple(headline),
        tuple([word for word in rest if word not in headline]),
        language,
        frozenset(reading.capital),
        frozenset(reading.small),
        frozenset(reading.opening),
        frozenset(reading.beside),
        in_title_case,
    )


def _is_title_case(tokens: Iterable[str]) -> bool:
    """Whether a headline begins most of its words with a capital."""
    long = [token for token in tokens if len(token) >= _LONG]
    return sum([token[0].isupper() for token in long]) > _TITLE_CASE * len(long)
