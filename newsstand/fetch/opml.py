"""OPML 1.0 and 2.0 (opml.org) -> the feeds it names. XML that declares entities is refused."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from newsstand.text.links import web_link
from newsstand.text.strings import one_line

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of an OPML file. `folders` are the names of those it lies in, the inmost last."""

    feed: str
    title: str = ""
    page: str = ""
    language: str = ""
    folders: tuple[str, ...] = ()


class NotOpmlError(ValueError):
    """Text that is no OPML."""


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, Outline] = {}
        self._open: list[str] = []  # names of the folders around; "" for what is none
        self._is_opml = False

    def begin(self, name: str, values: dict[str, str]) -> None:
        plain = {key.lower(): value for key, value in values.items()}
        self._is_opml = self._is_opml or name.lower() == "opml"
        if not self._is_opml:
            raise NotOpmlError("is no OPML file")
        if name.lower() != "outline":
            return
        feed = web_link(plain.get("xmlurl", ""))
        title = one_line(plain.get("title", "") or plain.get("text", ""))
        if feed:
            page, language = web_link(plain.get("htmlurl", "")), plain.get("language", "")
            folders = tuple(folder for folder in self._open if folder)
            folders += _categories(plain.get("category", ""))
            kept = tuple(dict.fromkeys(folders))
            self.found.setdefault(feed, Outline(feed, title, page, language, kept))
        if len(self._open) > _DEEPEST:
            raise NotOpmlError("nests folders too deep")
        self._open.append("" if feed else title)

    def end(self, name: str) -> None:
        if name.lower() == "outline" and self._open:
            self._open.pop()


def _categories(text: str) -> tuple[str, ...]:
    """``/World/Ports,Sea`` names the topics Ports and Sea (OPML 2.0, "category")."""
    names = (one_line(part.rstrip("/").rpartition("/")[2]) for part in text.split(","))
    return tuple(name for name in names if name)


def _refuse(*_: object) -> None:
    raise NotOpmlError("declares entities, which no OPML file needs")


def read_opml(data: bytes) -> tuple[Outline, ...]:
    """The feeds that the bytes of an OPML file name, each once. Raises NotOpmlError."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise NotOpmlError(f"cannot be read in line {problem.lineno}") from problem
    return tuple(reader.found.values())
