"""Code that nothing ends is named, and nothing else that looks like it."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.open_fence import open_fence


@pytest.mark.parametrize(
    "body",
    [
        "```\ncode\n```",
        "~~~ sh\n```\n~~~",
        "```\ncode\n``````   ",
        "> ```\n> code\n\nWords.",
        "- ```\n  code\n\nWords.",
        "    ```\n\nWords.",
        "Words with ``` in them.",
        "<!--\n```\n-->\n\nWords.",
        "[^1]: ```\n    code\n\nWords.[^1]",
    ],
)
def test_code_that_ends_is_not_named(body: str) -> None:
    """A fence ends with its like, or with the quote, the item or the note in which it stands."""
    assert open_fence(body, "news/a.md", body) == ()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("```", 5),
        ("Words.\n\n  ~~~~ py\n~~~\nmore", 7),
        ("```\na\n```\n\n```\nb\n``` js\n", 9),
        ("- ```\n  code\n```\n\nWords.", 7),
    ],
)
def test_the_line_of_the_file_is_named(body: str, line: int) -> None:
    """Lines count from the top of the file, its keys included."""
    (problem,) = open_fence(f"---\ntitle: ```\n---\n\n{body}\n\n", "news/a.md", body.strip())
    assert (problem.line, problem.column) == (line, 1)


def test_a_long_fence_is_not_printed_whole() -> None:
    """Some of a thousand signs say which they are."""
    (problem,) = open_fence("`" * 1000, "news/a.md", "`" * 1000)
    assert len(str(problem)) < 300
