"""A site's own filters: the functions of a file ``filters.py`` beside ``site.yml``.

The file is a program that the build runs, as templates are: whoever may change it may do
whatever the build may do.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FunctionType, MappingProxyType

from newsstand.content.site_inputs import FILTERS_FILE
from newsstand.problems import Problem, at_line
from newsstand.render.errors import BrokenTemplate

Filter = Callable[..., object]
NO_FILTERS: Mapping[str, Filter] = MappingProxyType({})


def filters_beside(config: Path | None, taken: Iterable[str]) -> Mapping[str, Filter]:
    """The filters of the site whose settings are in this file; none where it has no such file.

    `taken` are names that built-in filters have. Raises BrokenTemplate where the file cannot be
    run, or takes such a name.
    """
    path = config.parent / FILTERS_FILE if config else None
    if path is None or not path.is_file():
        return NO_FILTERS
    functions = _functions(path)
    for name in sorted(functions.keys() & set(taken)):
        line = functions[name].__code__.co_firstlineno
        message = f"{name} is the name of a filter that every template has"
        raise BrokenTemplate(_problem(line, message, f"rename it, for example my_{name}"))
    return functions


def _functions(path: Path) -> dict[str, FunctionType]:
    """The public functions that the file itself defines."""
    names: dict[str, object] = {"__name__": "filters", "__file__": str(path)}
    try:
        # Compiled here and not imported: nothing is left beside the file, and a changed file
        # counts at once.
        exec(compile(path.read_bytes(), str(path), "exec"), names)  # noqa: S102  (the site's own)
    except SyntaxError as fault:
        raise BrokenTemplate(_problem(fault.lineno or 1, f"{fault.msg}")) from fault
    except (Exception, SystemExit) as fault:  # a file that ends the program is a broken one
        inside = [f for f in traceback.extract_tb(fault.__traceback__) if f.filename == str(path)]
        line = inside[-1].lineno if inside else 1
        message = f"{type(fault).__name__}: {fault}"
        raise BrokenTemplate(_problem(line or 1, message)) from fault
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType)
        and value.__module__ == "filters"
        and not name.startswith("_")
    }


def _problem(line: int, message: str, hint: str = "mend the file, or delete it") -> Problem:
    shown = "".join(sign if sign.isprintable() else "?" for sign in message)
    return at_line(FILTERS_FILE, line, "filters-broken", shown, hint)
