"""The render step: a page -> its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateError
from jinja2.filters import FILTERS
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Macro
from markupsafe import Markup

from newsstand.model import Page
from newsstand.own_filters import NO_FILTERS, Filter
from newsstand.problems import Problem
from newsstand.template_faults import (
    BUILT_IN,
    BrokenTemplate,
    Missing,
    extends_itself,
    template_problem,
)
from newsstand.views import SiteView

__all__ = ["BUILT_IN", "BUILT_IN_FILTERS", "BrokenTemplate", "Renderer"]
BUILT_IN_FILTERS = frozenset(FILTERS)
_MANY = 20_000  # parts that are kept as they were printed, so that memory has a bound


class Renderer:
    """Templates of some folders (the first that has a template wins) and the site they show."""

    def __init__(
        self, folders: Sequence[Path], site: SiteView, filters: Mapping[str, Filter] = NO_FILTERS
    ) -> None:
        self._folders = [str(folder) for folder in folders]
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader(self._folders),
                    PrefixLoader({BUILT_IN: FileSystemLoader(self._folders[-1])}),
                ]
            ),
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals["site"] = site
        self._environment.globals["repeated"] = self._repeated
        self._environment.filters.update(filters)
        self._template = ""
        self._printed: dict[tuple[str, ...], dict[int, tuple[object, str]]] = {}

    def render(self, page: Page) -> str:
        """The text of a page. Raises BrokenTemplate."""
        if page.template != self._template:  # what repeats does so on pages of one kind
            self._printed.clear()
            self._template = page.template
        try:
            return self._environment.get_template(page.template).render(page=page.view)
        except RecursionError:
            raise BrokenTemplate(extends_itself(page)) from None
        except Exception as fault:  # a template and a filter of the site's own may raise anything
            raise BrokenTemplate(self._problem(fault, page)) from fault

    def parse(self, name: str) -> tuple[str, ...]:
        """Compile a template -> the templates that it names. Raises BrokenTemplate."""
        environment = self._environment
        try:
            environment.get_template(name)
            source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
            named = find_referenced_templates(environment.parse(source))
            return tuple(sorted({found for found in named if found}))
        except TemplateError as fault:
            raise BrokenTemplate(self._problem(fault, Page("", name, lambda: None))) from fault

    def _repeated(self, macro: Macro, values: Sequence[object], root: str, *more: str) -> Markup:
        """For templates: ``macro(value, root, …)`` of each value, one after the other.

        Each is printed once for all pages that show it: for values that are the same on them.
        """
        printed = self._printed.setdefault((macro.name, root, *more), {})
        if len(printed) > _MANY:
            printed.clear()
        for value in values:
            if id(value) not in printed:
                text = str(macro(value, root, *more))
                printed[id(value)] = (value, text)  # kept alive: its id stands for it
        return Markup("".join([printed[id(value)][1] for value in values]))  # noqa: S704

    def _problem(self, fault: Exception, page: Page) -> Problem:
        return template_problem(fault, page, self._folders, self._environment)
