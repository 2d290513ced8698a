"""The `markdown` package, set up so that what GitHub shows is what it shows.

Blocks are parted by `blocks`. In a line the package's own rules hold, with those of
pymdown-extensions for emphasis and bare links, and a few of CommonMark that neither has.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_REFERENCE_RE,
    REFERENCE_RE,
    ImageReferenceInlineProcessor,
    ReferenceInlineProcessor,
    SimpleTagInlineProcessor,
)
from pymdownx.betterem import BetterEmExtension
from pymdownx.magiclink import MagiclinkExtension

from newsstand.markup.elements import ETX, STX, Blocks
from newsstand.markup.ids_and_footnotes import IdsAndFootnotes
from newsstand.markup.inline import Break, Code, NoteMark

if TYPE_CHECKING:
    pass

_RAW = re.compile(rf"<p>{STX}raw:(\d+){ETX}</p>")
_LABEL = re.compile(r"\[([^\]]*)\]", re.DOTALL)


class _Reference(ReferenceInlineProcessor):
    """``[text][label]``: no space may stand between the two."""

    RE_LINK = _LABEL


class _PictureReference(ImageReferenceInlineProcessor):
    """``![text][label]``."""

    RE_LINK = _LABEL


class Dialect(Extension):
    """The package's parser of blocks is replaced, and what stands in a line completed."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the package's name)
        """Register everything with the package."""
        md.ESCAPED_CHARS = list(string.punctuation)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.parser = Blocks(md)
        inline = md.inlinePatterns
        inline.deregister("linebreak")
        inline.register(Code(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", md), "backtick", 190)
        inline.register(Break(r"(?:(?<![ \t])[ \t]{2,}+|\\)\n[ \t]*+", md), "linebreak", 185)
        inline.register(NoteMark(r"\[\^([^\]\s]{1,100})\]", md), "note", 175)
        struck = r"(?<!~)(~{1,2})(?![~\s])(.+?)(?<![~\s])\1(?!~)"
        inline.register(SimpleTagInlineProcessor(struck, "del"), "struck", 55)
        inline.register(_Reference(REFERENCE_RE, md), "reference", 170)
        inline.register(_PictureReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(IdsAndFootnotes(md), "footnotes", 5)


class Converter:
    """Converts one text after the other; `ids` and `degraded` are those of the last one."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            # Not by their names: for these all installed packages are asked, which takes longest.
            extensions=[BetterEmExtension(), MagiclinkExtension(hide_protocol=False), Dialect()],
            output_format="html",
        )
        self._blocks: Blocks = self._markdown.parser  # type: ignore[assignment]

    def convert(self, text: str, name: str, part: str = "s") -> str:
        """Markdown -> HTML. `name` makes ids of footnotes; without one there are no ids.

        Ids of headings begin with `part`.
        """
        self._markdown.reset()
        self._markdown.references = {}
        self._blocks.begin(name, part)
        html: str = self._markdown.convert(text)
        return _RAW.sub(lambda m: self._blocks.raw[int(m[1])], html)

    @property
    def ids(self) -> dict[str, str]:
        """The ids of headings, by what a link names them."""
        return self._blocks.ids

    @property
    def degraded(self) -> list[str]:
        """How those blocks begin that are shown as plain text, as they would take too long."""
        return self._blocks.degraded


@lru_cache(maxsize=1)
def converter() -> Converter:
    """The one converter: to set it up takes a while."""
    return Converter()
