"""Keys of other programs are renamed where that is all there is to do."""

from __future__ import annotations

import pytest

from newsstand.check.fix.record import mended


def record(*lines: str) -> str:
    """A record with these keys."""
    return "\n".join(["---", "title: Crane sold", *lines, "---", "Words.", ""])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["date: 2026-03-08T10:00:00Z"], ["publishedDateTime: 2026-03-08T10:00:00Z"]),
        (["date: 2026-03-08"], ["publishedDateTime: 2026-03-08"]),
        (["pubDate: Sun, 08 Mar 2026 10:00:00 GMT"], ["publishedDateTime: 2026-03-08T10:00:00Z"]),
        (["tags:", "  - Ports"], ["topics:", "  - Ports"]),
        (
            ["link: https://q.example/a", "summary: A line"],
            ["excerpt: A line", "webUrl: https://q.example/a"],
        ),
        (["Draft: true"], ["draft: true"]),
        (["weburl: https://q.example/a"], ["webUrl: https://q.example/a"]),
        (["author: Quay Post"], ["provider: Quay Post"]),
    ],
)
def test_a_key_gets_its_own_name(before: list[str], after: list[str]) -> None:
    """The rest of the line stays; keys come into their order."""
    assert mended(record(*before), "news/a.md") == record(*after)


@pytest.mark.parametrize(
    "lines",
    [
        *(["image: a.png"], ["tags: [A]", "topics: [B]"], ["layout: post"], ["url: /a/"]),
        *(["status: draft"], ["date: 2026-03-08", "publishedDateTime: 2026-03-09"]),
    ],
)
def test_what_is_more_than_a_name_stays(lines: list[str]) -> None:
    """Nothing is written that the file does not say."""
    text = record(*lines)
    assert sorted(mended(text, "news/a.md").split("\n")) == sorted(text.split("\n"))
