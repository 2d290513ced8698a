"""The render step: a page -> its text. The only module that knows Jinja."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Macro

from newsstand.model import Page
from newsstand.problems import Problem, at_line
from newsstand.views import SiteView

# What the words of a template can raise: its own faults, and those of what it computes.
_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)

BUILT_IN = "built-in"
"""``{% extends "built-in/base.html" %}`` names the template that one's own stands for."""


class BrokenTemplate(Exception):  # noqa: N818  (the template is broken, not the program)
    """A template that cannot be rendered; nothing is published with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Renderer:
    """Templates of some folders (the first that has a template wins) and the site they show."""

    def __init__(self, folders: Sequence[Path], site: SiteView) -> None:
        self._folders = [str(folder) for folder in folders]
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader(self._folders),
                    PrefixLoader({BUILT_IN: FileSystemLoader(self._folders[-1])}),
                ]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals["site"] = site
        self._environment.globals["repeated"] = self._repeated
        self._printed: dict[tuple[int, str, str], tuple[object, str]] = {}

    def render(self, page: Page) -> str:
        """The text of a page. Raises BrokenTemplate."""
        try:
            return self._environment.get_template(page.template).render(page=page.view)
        except _FAULTS as problem:
            raise BrokenTemplate(self._problem(problem, page)) from problem
        except RecursionError:
            raise BrokenTemplate(_extends_itself(page)) from None

    def parse(self, name: str) -> tuple[str, ...]:
        """Compile a template -> the templates that it names. Raises BrokenTemplate."""
        environment = self._environment
        try:
            environment.get_template(name)
            source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
            named = find_referenced_templates(environment.parse(source))
            return tuple(sorted({found for found in named if found}))
        except TemplateError as problem:
            raise BrokenTemplate(self._problem(problem, Page("", name, None))) from problem

    def _repeated(self, macro: Macro, value: object, root: str) -> str:
        """For templates: ``macro(value, root)``, printed once for a value that many pages show."""
        key = (id(value), root, macro.name)
        if key not in self._printed:
            self._printed[key] = (value, macro(value, root))  # kept alive: its id stands for it
        return self._printed[key][1]

    def _problem(self, problem: Exception, page: Page) -> Problem:
        path, line = page.template, 1
        if hasattr(problem, "lineno"):
            path, line = getattr(problem, "name", None) or path, getattr(problem, "lineno", 0) or 1
        else:
            for frame in traceback.extract_tb(problem.__traceback__):
                inside = [f for f in self._folders if frame.filename.startswith(f)]
                if inside:
                    path = str(Path(frame.filename).relative_to(inside[0]))
                    line = frame.lineno or 1
        said = getattr(problem, "message", None) or str(problem) or type(problem).__name__
        doing = f", while making the page /{page.address}" if page.view is not None else ""
        return at_line(
            f"templates/{path}",
            line,
            "template-broken",
            f"{said}{doing}",
            "mend the template; what it may print stands in newsstand/views.py",
        )


def _extends_itself(page: Page) -> Problem:
    return at_line(
        f"templates/{page.template}",
        1,
        "template-broken",
        f"the template extends or includes itself, while making the page /{page.address}",
        f'to change a block of a built-in template write {{% extends "{BUILT_IN}/base.html" %}}',
    )
