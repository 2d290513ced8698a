"""A line of Markdown as plain words: what a headline or an excerpt shows of it."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[!\[*_`~\\]")
_TARGET = r"(?:\([^()\s]{0,2000}(?:\s[^()\n]{0,500})?\)|\[[^\[\]]{0,200}\])"
_PICTURE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_TARGET}|!\[\[[^\[\]]{{0,300}}\]\]")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]")
_LINK = re.compile(rf"\[([^\[\]]{{1,500}})\]{_TARGET}")
_CODE = re.compile(r"(`+)(?!`)([^`]{1,500}|.)\1(?!`)")
# Stars open where no word and no other star stands before them ("A*, B*", "F**k").
_PAIRED = re.compile(
    r"((?<![^\W_])(?<!\*)\*{1,3}|(?<!\w)_{1,3}|~~)(?![\s*])([^\n]{1,500}?)"
    r"(?<![\s*])\1(?![^\W_]|\*)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Signs that are escaped are set aside in Unicode's area for private use, until all others are read.
_PRIVATE = 0xE000
_SET_ASIDE = re.compile(f"[{chr(_PRIVATE + 0x21)}-{chr(_PRIVATE + 0x7E)}]")
_DEEPEST = 3  # emphasis in emphasis
_LONGEST = 4000  # characters: a line of more is no headline, and would take long


def plain_words(text: str) -> str:
    """Text without pictures and signs of emphasis, code and links; what is no Markdown stays."""
    if len(text) > _LONGEST or not _SIGNS.search(text) or _SET_ASIDE.search(text):
        return text  # also one with such letters of its own, which would become others
    text = _ESCAPED.sub(lambda m: chr(_PRIVATE + ord(m[1])), text)
    text = _LINK.sub(r"\1", _WIKI.sub(r"\1", _PICTURE.sub("", text)))
    text = _CODE.sub(r"\2", text)
    for _ in range(_DEEPEST):
        text = _PAIRED.sub(r"\2", text)
    return _SET_ASIDE.sub(lambda m: chr(ord(m.group()) - _PRIVATE), text)
