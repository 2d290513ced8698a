"""Files of ``pages/``: plain pages of the editor's own."""

from __future__ import annotations

from pathlib import PurePosixPath

from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, read_keyed_file
from newsstand.content.kinds.outlet_piece import under_own_keys
from newsstand.model import PlainPage
from newsstand.problems import Finding, error, warning
from newsstand.text.strings import one_line, slug

PAGE_KEYS = frozenset({"title", "description", "excerpt", "draft", "removed"})


def read_page(text: str, path: str) -> Outcome[PlainPage]:
    """A file of ``pages/`` -> a plain page; without front matter its first line is the title."""

    def build(source: KeyedFile) -> PlainPage | None:
        values = under_own_keys(source.values, PAGE_KEYS, "a page")
        held = values.holds_back("draft") or values.holds_back("removed")
        if held:
            values.note(_held_back(held))
            return None
        title, body = values.line("title"), source.body
        if not title:
            first, _, body = body.partition("\n")
            title = one_line(first.lstrip("# "))
        if not title:
            values.note(
                error(("title",), "title-missing", "the page has no title", "add title: About")
            )
            return None
        description = values.line("description") or values.line("excerpt")
        name = slug(PurePosixPath(path).stem)
        return PlainPage(path, name, title, description, body.strip())

    return read_keyed_file(text, path, build)


def _held_back(why: str) -> Finding:
    said = f"the page is held back ({why})"
    return warning((), "page-held-back", said, "nothing, if that is meant; else mend the key")
