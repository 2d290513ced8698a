"""The render step: a page -> its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    PrefixLoader,
    Template,
    TemplateError,
)
from jinja2.filters import FILTERS
from jinja2.meta import find_referenced_templates

from newsstand.model import Page
from newsstand.problems import Problem
from newsstand.render.codegen import Calling, Imported, Printing
from newsstand.render.compiled_templates import compiled_templates
from newsstand.render.errors import (
    BUILT_IN,
    BrokenTemplate,
    Missing,
    extends_itself,
    only_compiled,
    template_problem,
)
from newsstand.render.filters import NO_FILTERS, Filter
from newsstand.render.loader import Listed, names_in
from newsstand.render.macro_cache import Repeated
from newsstand.render.unbroken_words import unbroken
from newsstand.text.direction import direction

__all__ = ["BUILT_IN", "BUILT_IN_FILTERS", "BrokenTemplate", "Renderer"]
_FILTERS = {"direction": direction, "unbroken": unbroken}
BUILT_IN_FILTERS = frozenset((*FILTERS, *_FILTERS))


def _environment(folders: Sequence[Path], filters: Mapping[str, Filter]) -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [
                Listed(folders),
                PrefixLoader({BUILT_IN: Listed(folders[-1:])}),
            ]
        ),
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,  # all are kept
        # What own filters make of constants is compiled in, and they may change.
        bytecode_cache=None if filters else compiled_templates(),
    )
    environment.code_generator_class = Printing
    environment.context_class = Calling
    environment.template_class = Imported
    environment.filters.update({**_FILTERS, **filters})
    return environment


class Renderer:
    """Templates of some folders (the first that has a template wins) and the site they show.

    `site` is what templates call so; `context` is handed to the view of each page.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        site: object,
        context: object = None,
        filters: Mapping[str, Filter] = NO_FILTERS,
    ) -> None:
        self.folders = tuple(folders)
        self.site = site
        self._context = context
        self._folders = [str(folder) for folder in folders]
        self._templates: dict[str, Template] = {}
        self._environment = _environment(self.folders, filters)
        self._environment.globals["site"] = site
        self._environment.globals["repeated"] = Repeated()

    def render(self, page: Page) -> str:
        """The text of a page. Raises BrokenTemplate."""
        try:
            template = self._templates.get(page.template)
            if template is None:
                template = self._environment.get_template(page.template)
                template.globals = dict(template.globals)  # Jinja's ChainMap is slow to read
                self._templates[page.template] = template
            return template.render(page=page.view(self._context, page.inputs))
        except RecursionError:
            raise BrokenTemplate(extends_itself(page)) from None
        except Exception as fault:  # a template and a filter of the site's own may raise anything
            raise BrokenTemplate(self._problem(fault, page)) from fault

    def compile(self, names: Iterable[str]) -> None:
        """Compile templates, and all that they name, before processes share them.

        What is wrong shows when one is used.
        """
        waiting, seen = sorted(names), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                with suppress(TemplateError):
                    self._environment.get_template(name)
                    waiting += names_in(self._text(name).encode()) or ()

    def _text(self, name: str) -> str:
        environment = self._environment
        return environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]

    def parse(self, name: str) -> tuple[str, ...]:
        """Compile a template -> the templates that it names. Raises BrokenTemplate."""
        environment = self._environment
        try:
            environment.get_template(name)
            named = find_referenced_templates(environment.parse(self._text(name)))
            return tuple(sorted({template for template in named if template}))
        except TemplateError as fault:
            raise BrokenTemplate(self._problem(fault, Page("", name, only_compiled))) from fault

    def _problem(self, fault: Exception, page: Page) -> Problem:
        return template_problem(fault, page, self._folders, self._environment)
