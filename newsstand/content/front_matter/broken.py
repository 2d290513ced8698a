"""Front matter that cannot be read, whatever it is written in: what is wrong, and where."""

from __future__ import annotations

from newsstand.problems import Problem, Severity

DEPTH = 40  # a record is four deep; what is deeper is an attack on the stack


class Broken(Exception):  # noqa: N818  (it is the file that is broken, not the program)
    """Text that cannot be read, with the line and column in the file (from 1)."""

    def __init__(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column = line, column
        self.code, self.message, self.hint = code, message, hint

    def problem(self, path: str) -> Problem:
        """A fault of YAML as a problem of the file at `path`."""
        return Problem(
            path, self.line, self.column, Severity.ERROR, self.code, self.message, self.hint
        )


def too_deep(line: int, column: int) -> Broken:
    """The fault of keys that are nested beyond `DEPTH`."""
    return Broken(
        line,
        column,
        "yaml-deep",
        "the keys are nested too deeply",
        "keep to the nesting that the record format describes",
    )
