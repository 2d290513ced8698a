"""Texts of HTML that say the same: tags and words, not spaces between blocks, classes, ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib

_BLOCKS = frozenset(
    "p ul ol li blockquote pre h1 h2 h3 h4 h5 h6 hr table thead tbody tr th td div section br "
    "details summary".split()
)
_NO_MATTER = frozenset({"class", "id", "lang", "rel", "title"})
Token = tuple[str, ...]


def tokens(html: str) -> list[Token]:
    """Tags with their attributes, and the words between them."""
    found: list[Token] = []
    for token in _walk(html5lib.parseFragment(html, namespaceHTMLElements=False), in_pre=False):
        if token[0] == "text" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + token[1])
        else:
            found.append(token)
    return list(_without_spaces(found))


def _walk(element: Any, in_pre: bool) -> Iterator[Token]:  # noqa: ANN401  (html5lib's tree)
    if element.text:
        yield ("text", element.text if in_pre else re.sub(r"\s+", " ", element.text))
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else "!"
        yield ("open", tag, *_attributes(child))
        yield from _walk(child, in_pre or tag == "pre")
        yield ("close", tag)
        if child.tail:
            yield ("text", child.tail if in_pre else re.sub(r"\s+", " ", child.tail))


def _attributes(element: Any) -> Iterator[str]:  # noqa: ANN401
    for name, value in sorted(element.attrib.items()):
        if name not in _NO_MATTER and not name.startswith(("data-", "aria-")):
            plain = re.sub(r"^#fn(ref)?-.*", "#note", value)
            yield f"{name}={plain}"


def _without_spaces(found: list[Token]) -> Iterator[Token]:
    """Spaces beside the tag of a block are none; those of code in blocks are."""
    code = 0
    for number, token in enumerate(found):
        if token[:2] == ("open", "pre"):
            code += 1
        elif token[:2] == ("close", "pre"):
            code -= 1
        if token[0] != "text" or code:
            yield token
            continue
        text = token[1]
        if number == 0 or found[number - 1][1] in _BLOCKS:
            text = text.lstrip()
        if number + 1 == len(found) or found[number + 1][1] in _BLOCKS:
            text = text.rstrip()
        if text:
            yield ("text", text)
