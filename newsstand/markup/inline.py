"""What stands in a line, as CommonMark and GitHub read it and the `markdown` package does not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from newsstand.markup.elements import Blocks, escaped
from newsstand.markup.tree import label_of

if TYPE_CHECKING:
    from re import Match


class Code(InlineProcessor):
    """Code in a line: one space at each end goes, and a line end is a space (CommonMark 6.1)."""

    def handleMatch(self, m: Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """An element of code."""
        code = m[2].replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        made = Element("code")
        made.text = AtomicString(escaped(code))
        return made, m.start(0), m.end(0)


class Break(InlineProcessor):
    """A break of a line: two spaces or a backslash at its end."""

    def handleMatch(self, m: Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """A break."""
        return Element("br"), m.start(0), m.end(0)


class NoteMark(InlineProcessor):
    """The mark of a footnote, a link to it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """A raised number, if there is such a note."""
        blocks: Blocks = self.md.parser  # type: ignore[assignment]
        label = label_of(m[1])
        if label not in blocks.labels or not blocks.name:
            return None, None, None
        number, is_new = blocks.number_of(label)
        mark = Element("sup")
        link = SubElement(mark, "a", {"href": f"#fn-{blocks.name}-{number}"})
        if is_new:
            link.set("id", f"fnref-{blocks.name}-{number}")
        link.text = AtomicString(str(number))
        return mark, m.start(0), m.end(0)
