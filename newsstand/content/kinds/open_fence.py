"""A code fence in a text that nothing closes: all that stands below it is shown as code."""

from __future__ import annotations

from newsstand.problems import Problem, Severity

_LONGEST = 200_000  # characters: of longer texts nothing is read as Markdown
_MANY = 10  # signs


def open_fence(file: str, path: str, body: str) -> tuple[Problem, ...]:
    """The warning about a fence that is open at the end of a body; `file` is the whole file.

    A fence ends only with a line of as many of its signs and nothing else (CommonMark 4.5).
    """
    if ("```" not in body and "~~~" not in body) or len(body) > _LONGEST:
        return ()
    from newsstand.markup.blocks import parse  # most texts have no fence

    at = parse(body).open_fence
    if at is None:
        return ()
    lines = body.split("\n")[at:]
    fence = lines[0].strip()
    signs = fence[: len(fence) - len(fence.lstrip(fence[0]))]
    line = file.count("\n", 0, max(0, file.rfind("\n".join(lines)))) + 1
    shown = signs if len(signs) < _MANY else f"{signs[:_MANY]}…"
    message = f"nothing ends the code that {shown} begins: all below it is shown as code"
    hint = f"write {shown} in a line of its own where the code ends, or delete this one"
    return (Problem(path, line, 1, Severity.WARNING, "code-fence-open", message, hint),)
