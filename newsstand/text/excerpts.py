"""What outlets say of a report in short: where one was cut off, and whole sentences of it."""

from __future__ import annotations

import re
from functools import lru_cache

from newsstand.text.strings import cut_at_sentence

_LIMITS = frozenset({140, 150, 160, 200, 250, 255, 256, 280, 300, 500})  # where feeds cut
_LONGEST_WORD = 40  # characters that are left out with the last word
_TAIL = 12  # characters in which an end is looked for
_CUT = re.compile(
    r"(?:[\s\[(]*(?:…|\.{3,})[\s\])]*"
    r"|[,;،؛、，；(\[（「『„]|\s[\"“‘«])\s*\Z"  # “ and « close where no space is before them
)


@lru_cache(maxsize=16384)  # the same report stands in many lists
def with_end(excerpt: str) -> str:
    """An excerpt as a page prints it: one that its outlet cut off ends with "…" after a whole word.

    Cut off is what ends with dots, a comma, a semicolon, an open bracket or open quotes, or with a
    letter or digit at a length at which feeds cut (there nobody knows whether the last word is
    whole, so that is left out). All else stays as it is: lines of their own have no full stop.
    """
    cut = _CUT.search(excerpt, max(0, len(excerpt) - _TAIL))
    if cut:
        head = excerpt[: cut.start()]
    elif len(excerpt) in _LIMITS and excerpt[-1].isalnum():
        head, _, last = excerpt.rpartition(" ")
        head = head if head and len(last) <= _LONGEST_WORD else excerpt
    else:
        return excerpt
    head = head.rstrip(" ,;:.…-–—([")
    return f"{head}…" if head else excerpt


def in_sentences(excerpt: str, limit: int) -> str:
    """`cut_at_sentence` of what `with_end` gives, without the beginning of a last sentence."""
    text = with_end(excerpt)
    if len(text) > limit or not text.endswith("…"):
        return cut_at_sentence(text, limit)
    whole = cut_at_sentence(text, len(text) - 1)
    return text if whole.endswith("…") else whole
