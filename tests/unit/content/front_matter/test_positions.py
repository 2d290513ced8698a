"""Lines of keys: those at the top are found without the parser, and are the parser's."""

from __future__ import annotations

from textwrap import indent

import pytest

from newsstand.content.front_matter import positions
from newsstand.content.front_matter.positions import locate, place_findings
from newsstand.problems import warning

PLAIN = 'title: "Harbour opens"\nwebUrl: https://harbour.example/a\n\nrelated:\n  - title: Other\n'
TEXTS = [
    PLAIN,
    f"\n{PLAIN}",
    indent(PLAIN, "  "),
    "title: |\n  webUrl: in a block\nwebUrl: https://harbour.example/a\n",
    '"title": quoted key\nwebUrl: https://harbour.example/a\n',
    "title: 'over two\nwebUrl: lines'\nurl: https://harbour.example/a\n",
    "# webUrl: a comment\ntitle: Harbour opens\nwebUrl: https://harbour.example/a\n",
    "{title: Harbour opens, webUrl: https://harbour.example/a}\n",
    "title: &one Harbour opens\nwebUrl: *one\n",
]


@pytest.mark.parametrize("key", ["title", "webUrl", "quality"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_key_at_the_top_stands_where_the_parser_finds_it(text: str, key: str) -> None:
    """Whether the text is written plainly or not."""
    (problem,) = place_findings([warning((key,), "some-code", "wrong", "mend")], "a.md", text, 3)
    places = locate(text, 3)
    assert (problem.line, problem.column) == places.get((key,), (3, 1))


def test_a_plain_text_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of thousands of records has hundreds with a warning."""

    def parse(_text: str, _line: int) -> None:
        raise AssertionError("the parser was asked")

    monkeypatch.setattr(positions, "locate", parse)
    found = warning(("webUrl",), "some-code", "wrong", "mend")
    assert place_findings([found], "a.md", PLAIN, 2)[0].line == 3
    with pytest.raises(AssertionError, match="was asked"):
        place_findings([warning(("related", 0), "some-code", "wrong", "mend")], "a.md", PLAIN, 2)
