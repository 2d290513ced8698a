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
from jinja2.runtime import Macro
from markupsafe import Markup

from newsstand.model import Page
from newsstand.problems import Problem, at_line
from newsstand.views import SiteView

BUILT_IN = "built-in"
"""``{% extends "built-in/base.html" %}`` names the template that one's own stands for."""
_MANY = 20_000  # parts that are kept as they were printed, so that memory has a bound


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
        self._template = ""
        self._printed: dict[tuple[str, ...], dict[int, tuple[object, str]]] = {}

    def render(self, page: Page) -> str:
        """The text of a page. Raises BrokenTemplate."""
        if page.template != self._template:  # what repeats does so on pages of one kind
            self._printed.clear()
            self._template = page.template
        try:
            return self._environment.get_template(page.template).render(page=page.view)
        except TemplateError as problem:
            raise BrokenTemplate(self._problem(problem, page)) from problem
        except RecursionError:
            raise BrokenTemplate(_extends_itself(page)) from None

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

    def _problem(self, problem: TemplateError, page: Page) -> Problem:
        path, line = page.template, 1
        if hasattr(problem, "lineno"):
            path, line = getattr(problem, "name", None) or path, problem.lineno or 1
        else:
            for frame in traceback.extract_tb(problem.__traceback__):
                inside = [f for f in self._folders if frame.filename.startswith(f)]
                if inside:
                    path = str(Path(frame.filename).relative_to(inside[0]))
                    line = frame.lineno or 1
        said = problem.message or type(problem).__name__
        return at_line(
            f"templates/{path}",
            line,
            "template-broken",
            f"{said}, while making the page /{page.address}",
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
