"""Files of ``pages/``: plain pages of the editor's own."""

from __future__ import annotations

from pathlib import PurePosixPath

from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, read_keyed_file
from newsstand.model import PlainPage
from newsstand.problems import error
from newsstand.text.strings import one_line, slug

PAGE_KEYS = frozenset({"title", "description", "excerpt"})


def read_page(text: str, path: str) -> Outcome[PlainPage]:
    """A file of ``pages/`` -> a plain page; without front matter its first line is the title."""

    def build(source: KeyedFile) -> PlainPage | None:
        source.values.expect(PAGE_KEYS, "a page")
        title, body = source.values.line("title"), source.body
        if not title:
            first, _, body = body.partition("\n")
            title = one_line(first.lstrip("# "))
        if not title:
            source.values.note(
                error(("title",), "title-missing", "the page has no title", "add title: About")
            )
            return None
        description = source.values.line("description") or source.values.line("excerpt")
        name = slug(PurePosixPath(path).stem)
        return PlainPage(path, name, title, description, body.strip())

    return read_keyed_file(text, path, build)
