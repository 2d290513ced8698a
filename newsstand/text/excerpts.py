"""What outlets say of a report in short: where one was cut off, and whole sentences of it."""

from __future__ import annotations

import re
from functools import lru_cache

from newsstand.text.strings import cut_at_sentence, sentence_ends

_LONG = 200  # characters without a full stop, which no sentence of a summary has
_UNFINISHED = 120  # so long a text whose other sentences are closed is cut off if its last is not
_LEAST = 60  # a shorter one is a line of its own
_LONGEST_WORD = 40  # characters that are left out with the last word
_TAIL = 12  # characters in which an end is looked for
_DOTS = re.compile(r"[\s\[(]*(?:…|\.{3,})[\s\])]*\Z")
_OPEN = re.compile(r"(?:[,;–—(]|\s-)\s*\Z")
_MIDDLE = frozenset("a the and of with from its to".split())  # no sentence ends with them


@lru_cache(maxsize=16384)  # the same report stands in many lists
def with_end(excerpt: str) -> str:
    """An excerpt as a page prints it: one that its outlet cut off ends with "…" after a whole word.

    Cut off is what ends in the middle: with dots or a comma, with a word that leads on, without a
    full stop where its other sentences have one or where it is very long. Nobody knows whether its
    last word is whole, so that is left out.
    """
    dots = _DOTS.search(excerpt, max(0, len(excerpt) - _TAIL))
    if dots:
        return _broken_off(excerpt[: dots.start()]) if dots.start() else excerpt
    if len(excerpt) < _LEAST:
        return excerpt
    if _OPEN.search(excerpt, len(excerpt) - _TAIL):
        return _broken_off(excerpt)
    if not _is_cut_off(excerpt):
        return excerpt
    head, _, last = excerpt.rpartition(" ")
    return _broken_off(head if head and len(last) <= _LONGEST_WORD else excerpt)


def _is_cut_off(text: str) -> bool:
    if not text[-1].isalnum():
        return False
    if text.rpartition(" ")[2] in _MIDDLE:
        return True
    if len(text) >= _LONG and (text[-1].islower() or text[-1].isupper() or text[-1].isdigit()):
        return True
    return len(text) >= _UNFINISHED and bool(sentence_ends(text, 2 * _LONG))


def _broken_off(text: str) -> str:
    return text.rstrip(" ,;:.…-–—([") + "…"


def in_sentences(excerpt: str, limit: int) -> str:
    """`cut_at_sentence` of what `with_end` gives, without the beginning of a last sentence."""
    text = with_end(excerpt)
    if len(text) > limit or not text.endswith("…"):
        return cut_at_sentence(text, limit)
    whole = cut_at_sentence(text, len(text) - 1)
    return text if whole.endswith("…") else whole
