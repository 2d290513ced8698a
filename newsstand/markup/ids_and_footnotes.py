"""Ids of headings, numbers and places of footnotes: what is known when all of a text is read."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from newsstand.markup.elements import ETX, STX, Blocks

_PAIRED = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)\1")
_NOT_IN_ID = re.compile(r"[^\w\- ]")
_PLACE = re.compile(rf"{STX}[^{ETX}]*{ETX}")
_HOLD_BLOCKS = frozenset("ul ol blockquote table thead tbody tr section".split())
_BLOCKS = _HOLD_BLOCKS | frozenset("p pre hr li h1 h2 h3 h4 h5 h6 td th".split())


class IdsAndFootnotes(Treeprocessor):
    """Ids of headings from their words, as GitHub makes them; numbers and places of footnotes.

    Texts of pictures lose their signs of Markdown, and blocks stand in lines of their own.
    """

    def run(self, root: Element) -> None:
        """Touch all elements of a text."""
        blocks: Blocks = self.md.parser  # type: ignore[assignment]
        taken: dict[str, int] = {}
        for element in root.iter():
            if element.tag == "img":
                element.set("alt", _PAIRED.sub(r"\2", element.get("alt", "")))
            if re.fullmatch(r"h[1-6]", element.tag) and "id" in element.attrib:
                plain = element.get("id") or _slug(_PLACE.sub("", "".join(element.itertext())))
                count = taken[plain] = taken.get(plain, -1) + 1
                named = f"{plain}-{count}" if count else plain
                element.set("id", f"{blocks.part}-{named}")
                blocks.ids.setdefault(named, f"{blocks.part}-{named}")
        self._notes(root, blocks)
        for element in root.iter():
            _in_lines(element)

    def _notes(self, root: Element, blocks: Blocks) -> None:
        for listed in root.iterfind("section/ol"):
            kept = [item for item in listed if item.get("note") in blocks.numbers]
            listed[:] = sorted(kept, key=lambda item: blocks.numbers[item.attrib["note"]])
            for item in listed:
                number = blocks.numbers[item.attrib.pop("note")]
                item.set("id", f"fn-{blocks.name}-{number}")
                last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
                back = SubElement(last, "a", {"href": f"#fnref-{blocks.name}-{number}"})
                back.text = AtomicString("↩")
                if len(last) > 1:
                    last[-2].tail = f"{last[-2].tail or ''} "
                else:
                    last.text = f"{last.text or ''} "
        for section in root.findall("section"):
            if not section.findall("ol/li"):
                root.remove(section)


def _slug(text: str) -> str:
    """GitHub's: small letters, no punctuation, a dash for each space."""
    return _NOT_IN_ID.sub("", text.strip().lower()).replace(" ", "-")


def _in_lines(element: Element) -> None:
    """Blocks stand in lines of their own, so that what shows only text keeps them apart."""
    blocks = [child for child in element if child.tag in _BLOCKS]
    if not blocks or element.tag in ("pre", "p"):
        return
    if element.tag in _HOLD_BLOCKS or (element.text and element[0] in blocks):
        element.text = type(element.text or "")(f"{element.text or ''}\n")
    for child in blocks:
        child.tail = child.tail if (child.tail or "").strip() else "\n"
