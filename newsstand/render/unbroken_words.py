"""Words that lines do not break: short ones with a hyphen, which large type parts as "go-/ahead".

Browsers may break a line behind any hyphen (Unicode Standard Annex 14, class HY), and style sheets
cannot forbid that alone. Another hyphen or a joiner would: but then nobody finds the word.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_LONGEST = 12  # signs: such a word fits into a line of the largest type on the narrowest screen
_HYPHENATED = re.compile(r"\b\w+(?:-\w+)+")  # \b: else a long word is tried from each of its signs


def unbroken(text: str) -> Markup:
    """A text as HTML: short words with a hyphen in a `span` of the class "unbroken".

    What is HTML already stays as it is: a hyphen in it may be one of a tag.
    """
    if "-" not in text or isinstance(text, Markup):
        return escape(text)
    parts, end = [], 0
    for word in _HYPHENATED.finditer(text):
        if len(word[0]) <= _LONGEST:
            parts += [escape(text[end : word.start()]), _span(word[0])]
            end = word.end()
    return Markup("").join([*parts, escape(text[end:])])


def _span(word: str) -> Markup:
    return Markup('<span class="unbroken">{}</span>').format(word)
