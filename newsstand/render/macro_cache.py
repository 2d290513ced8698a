"""What is the same on many pages is printed once: lines of lists, pieces of coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from jinja2.runtime import Macro
from markupsafe import Markup

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""`Markup` of a text that is nothing else, made without asking what it may be."""

_MOST = 2000  # texts
_Printed = dict[tuple[object, ...], dict[int, str]]


class Repeated:
    """Prints values by a macro, and remembers each text for the other pages that show it.

    What nobody has asked for while `most` others were printed is forgotten.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._printed: _Printed = {}
        self._values: list[object] = []  # kept alive: their ids stand for them
        self._last: tuple[_Printed, list[object]] = {}, []  # what was printed before

    def __call__(self, macro: Macro, values: Sequence[object], root: str, *more: str) -> Markup:
        """Print in templates ``macro(value, root, …)`` of each value, one after the other.

        For values that are the same wherever they are shown: what a value is decides, and
        neither what it holds nor which page is made.
        """
        code = macro._func.__code__  # noqa: SLF001  (two templates may have a macro of one name)
        parts = (code.co_filename, code.co_firstlineno, root, *more)
        printed = self._printed.setdefault(parts, {})
        texts = [printed.get(id(value)) for value in values]
        if None not in texts:
            return as_markup("".join(texts))  # type: ignore[arg-type]
        before = self._last[0].get(parts, {})
        for value in values:
            if id(value) not in printed:
                text = before.get(id(value)) or str(macro(value, root, *more))
                printed[id(value)] = text
                self._values.append(value)
        text = "".join([printed[id(value)] for value in values])
        if len(self._values) > self._most:
            self._last = self._printed, self._values
            self._printed, self._values = {}, []
        return as_markup(text)
