"""Templates on the disk: those that a build sees, and by which name each is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound
from jinja2.meta import find_referenced_templates

from newsstand.content.disk_reading import list_files

Source = tuple[str, str, Callable[[], bool]]
"""A template's text, its path, and whether it is still the same (see jinja2)."""
_NAMES = re.compile(r"\b(?:extends|include|import)\b")
"""Words by which a template may name others; `_NAMING` finds those that do so plainly."""
_NAMING = re.compile(
    r"""\{%[-+]?\s*(?:extends\s|include\s|import\s|from(?=\s+"[^"{%]+"\s+import\b))\s*"([^"{%]+)"\s*"""
    r"(?:[-+]?%\}|as\b|import\b|with\b)"
)


def plain_name(name: str) -> str:
    """A template's name without steps that lead nowhere: ``./x//y.html`` -> ``x/y.html``."""
    return "/".join(step for step in name.split("/") if step not in ("", "."))


def names_in(data: bytes) -> tuple[str, ...] | None:
    """The templates that a template names; None where a name is computed, or it cannot be read."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    written = _NAMING.findall(text)
    if len(written) == len(_NAMES.findall(text)):  # all are written plainly: no need to parse it
        return tuple(sorted(set(written)))
    try:
        parsed = Environment(autoescape=True).parse(text)
    except TemplateError:
        return None
    names = set(find_referenced_templates(parsed))
    return None if None in names else tuple(sorted(n for n in names if n))


class Listed(FileSystemLoader):
    """Loads the templates that `list_files` finds: none that are hidden or behind a link.

    A page is then made from nothing but what a build looks at.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__([str(folder) for folder in folders])
        self._found = [(FileSystemLoader(str(f)), frozenset(list_files(f).paths)) for f in folders]

    def get_source(self, environment: Environment, template: str) -> Source:
        """The first of the folders that has a template gives it. Raises TemplateNotFound."""
        name = plain_name(template)
        for loader, paths in self._found:
            if name in paths:
                return loader.get_source(environment, name)
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return sorted(frozenset[str]().union(*[paths for _, paths in self._found]))
