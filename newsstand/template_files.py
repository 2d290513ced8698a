"""Templates on the disk: those that a build sees, and by which name each is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound

from newsstand.files import list_files

Source = tuple[str, str, Callable[[], bool]]
"""A template's text, its path, and whether it is still the same (see jinja2)."""


def plain_name(name: str) -> str:
    """A template's name without steps that lead nowhere: ``./x//y.html`` -> ``x/y.html``."""
    return "/".join(step for step in name.split("/") if step not in ("", "."))


class Listed(FileSystemLoader):
    """Loads the templates that `list_files` finds: none that are hidden or behind a link.

    So that what a page is made from is what a build looks at.
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
