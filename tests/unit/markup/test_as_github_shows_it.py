"""Everyday Markdown gives the tags and words that GitHub's own parser gives (`cmarkgfm`)."""

from __future__ import annotations

import time
from itertools import product

import pytest

from newsstand.markup.dialect import converter
from newsstand.markup.markdown import examine, render_markdown
from tests.unit.markup.same_html import tokens

cmarkgfm = pytest.importorskip("cmarkgfm", reason="GitHub's parser is for development only")

LINES = {
    "words": "The crane left at noon.",
    "emphasis": "It *did* **not** ***ever*** stop, _she_ __said__.",
    "names": "The keys snake_case_name and __dunder__ and 2*3*4 stay.",
    "code": "Call `make all` or ``a `b` c`` or `x_y_z`.",
    "entity code": "Write `&amp;` for &amp; and `<b>` for &lt;b&gt;.",
    "struck": "The ~~old~~ new and ~one~ pier.",
    "link": "See [the plan](https://quay.example/a_b?c=d&e=f 'The plan').",
    "link of code": "See [`plan`](https://quay.example/x) and [*it*](<https://quay.example/y>).",
    "bare link": "Read https://quay.example/page_one. Then www.harbour.example/b, please.",
    "bare link in brackets": "(as https://quay.example/a(b) said)",
    "mail": "Write to desk@quay.example or <news@quay.example>.",
    "autolink": "It stands at <https://quay.example/x?y=z>.",
    "escapes": r"A \*star\*, a \_line\_, a \[bracket\], \# no heading, 1\. no list.",
    "math": r"The sum \(x\) and 3 < 4 & 5 > 2.",
    "picture": "![A crane](https://quay.example/crane.png) stands.",
    "backslash break": "one\\\ntwo",
    "space break": "one  \ntwo",
    "soft break": "one\ntwo\n  three",
    "kbd": "Press <kbd>Ctrl</kbd>+<kbd>C</kbd> and <mark>look</mark>.",
    "sub": "H<sub>2</sub>O and x<sup>2</sup>",
    "dashes": "An en -- dash, an em --- dash, 5 - 3, and an _ alone * too",
}
BLOCKS = {
    "two paragraphs": "One.\n\nTwo.\n",
    "headings": "# One\n\n## Two ##\n\n### Three `x`\n\nText\n",
    "heading without blank": "# One\nText\n## Two\nmore\n",
    "setext": "One\n===\n\nTwo\n---\n\nText\n",
    "no heading": "#hashtag and #5 bolt\n",
    "rule": "One\n\n---\n\n***\n\n_ _ _\n\nTwo\n",
    "list": "- fruit\n- bread\n- milk\n",
    "star list": "* fruit\n* bread\n+ other\n",
    "nested by two": "- fruit\n  - apple\n  - pear\n    - small pear\n- bread\n",
    "nested by four": "- fruit\n    - apple\n        - red\n- bread\n",
    "numbers": "1. one\n2. two\n3. three\n",
    "numbers from seven": "7. seven\n8. eight\n",
    "numbers with brackets": "1) one\n2) two\n",
    "list in numbers": "1. one\n   - a\n   - b\n2. two\n   1. x\n   2. y\n",
    "numbers in list": "- one\n  1. a\n  2. b\n- two\n",
    "loose list": "- one\n\n- two\n\n- three\n",
    "loose with paragraphs": "- one\n\n  more of one\n- two\n",
    "list behind text": "The list follows:\n- alpha\n- beta\n\nand goes on.\n",
    "numbers behind text": "The list follows:\n1. alpha\n2. beta\n",
    "year is no list": "It was in\n1986. What a summer.\n",
    "lazy item": "- one\ngoes on\n- two\n",
    "two lists": "- one\n- two\n\n\n1. a\n2. b\n",
    "tasks": "- [x] done\n- [ ] open\n- [X] also done\n",
    "nested tasks": "- [ ] one\n  - [x] two\n- three\n",
    "numbered tasks": "1. [ ] one\n2. [x] two\n",
    "quote": "> Words\n> go on\n\nText\n",
    "lazy quote": "> Words\ngo on\n",
    "quote of quote": "> one\n> > two\n> > three\n>\n> four\n",
    "quote of list": "> - one\n> - two\n>   - three\n",
    "list of quote": "- > one\n  > two\n- three\n",
    "quote of code": "> ```\n> a < b\n> ```\n> after\n",
    "fence": "```\na < b & c\n  indented\n```\n",
    "fence of a language": "```python\nprint(1)\n```\n",
    "fence with more": "~~~python title=\"x\"\na < b\n~~~\n",
    "fence of fences": "````\n```\nx\n```\n````\n",
    "fence never closed": "```\nx\ny\n",
    "fence behind text": "Run:\n```\nmake\n```\nthen\n",
    "fence in item": "1. run this:\n\n    ```sh\n    make all\n    ```\n\n2. done\n",
    "fence in tight item": "- run:\n  ```sh\n  make\n  ```\n- done\n",
    "fence by three": "1. run this:\n\n   ```\n   make\n   ```\n",
    "indented code": "Text\n\n    x = 1\n\n    y = 2\n\nText\n",
    "indented code in item": "- one\n\n      code\n\n- two\n",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n",
    "aligned table": "| left | mid | right |\n|:-----|:---:|------:|\n| a | b | 1 |\n",
    "table without bars": "a | b\n--|--\n1 | 2\n",
    "table behind text": "Text\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "table of inlines": "| *a* | `b` |\n|--|--|\n| [x](https://q.example) | ~~y~~ |\n",
    "table with escapes": "| a | b |\n|--|--|\n| x \\| y | `p \\| q` |\n",
    "short rows": "| a | b |\n|--|--|\n| 1 |\n| 1 | 2 | 3 |\n",
    "head only": "| a | b |\n|--|--|\n",
    "table then text": "| a |\n|---|\n| 1 |\n\nText\n",
    "no table": "a | b\nc | d\n",
    "reference": "See [the plan] and [it][plan].\n\n"
    "[the plan]: https://q.example/a\n[Plan]: <https://q.example/b> 'T'\n",
    "reference in list": "- [x y]\n\n[x y]: https://q.example/a\n",
    "note": "The mill turns[^1].\n\n[^1]: Since spring.\n",
    "two notes": "One[^a] and two[^b].\n\n[^b]: Bee.\n[^a]: Ay, *really*.\n",
    "long note": "One[^a].\n\n[^a]: Ay.\n\n    More of it.\n",
    "unused note": "One.\n\n[^a]: Ay.\n",
    "no note": "One[^x].\n",
    "details": "<details><summary>More</summary>\n\nHidden *text*\n\n- a\n- b\n\n</details>\n",
    "html block": "<div>\n*raw*\n</div>\n\n*not raw*\n",
    "inline html": "A <b>bold</b> and <i>slanted</i> <u>line</u>.\n",
    "comment": "One\n\n<!-- a comment -->\n\nTwo\n",
    "br": "One<br>two<br/>three\n",
    "list of headings": "- # One\n- ## Two\n",
    "heading then list": "## Changes\n- one\n- two\n",
    "list then heading": "- one\n- two\n## Next\n",
    "list then rule": "- one\n- two\n\n---\n\nText\n",
    "paragraph in nested": "- a\n  - b\n\n    more of b\n\n  more of a\n- c\n",
    "changelog": "## 1.2\n\n### Added\n- `option_0` is new ([#12](https://q.example/12))\n"
    "- **x**: y\n\n### Fixed\n- z\n",
    "agenda": "1. Welcome\n2. Votes\n   * budget\n   * roof\n\n   The roof is old.\n3. End\n",
    "empty item": "- one\n-\n- three\n",
    "tabs": "-\tone\n-\ttwo\n\n\tcode\n",
}  # fmt: skip
IN = {
    "an item": lambda text: _indented("- ", text),
    "a number": lambda text: _indented("1. ", text),
    "a quote": lambda text: _prefixed("> ", text),
}
NESTED = (
    *("nested by two", "changelog", "fence", "fence of a language", "table", "quote", "headings"),
    *("loose list", "numbers", "indented code", "aligned table", "details", "lazy item"),
)


def _indented(mark: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([mark + first, *((" " * len(mark) + line) if line else "" for line in rest)])


def _prefixed(mark: str, text: str) -> str:
    return "\n".join((mark + line).rstrip() for line in text.rstrip("\n").split("\n")) + "\n"


ONE_LINE = [(name, text) for name, text in LINES.items() if "\n" not in text]
SNIPPETS = {
    **LINES,
    **BLOCKS,
    **{f"{name} in an item": f"- {text}\n- more\n" for name, text in ONE_LINE},
    **{f"{name} in a cell": f"| a |\n|---|\n| {text} |\n" for name, text in ONE_LINE},
    **{f"{name} in {where}": IN[where](BLOCKS[name]) for name, where in product(NESTED, IN)},
}


def github(text: str) -> str:
    """What GitHub's parser makes of a text."""
    options = cmarkgfm.cmark.Options
    chosen = options.CMARK_OPT_UNSAFE | options.CMARK_OPT_FOOTNOTES
    html: str = cmarkgfm.github_flavored_markdown_to_html(text, chosen)
    return html


def test_there_are_many_snippets() -> None:
    """Of all kinds, alone and in each other."""
    assert len(SNIPPETS) >= 150


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_shown_as_on_github(name: str) -> None:
    """The same tags in the same order, the same words in them."""
    assert tokens(converter().convert(SNIPPETS[name], "x")) == tokens(github(SNIPPETS[name]))


LONG = {
    "links": "\n".join(f"- [Piece {n}](https://l.example/{n})" for n in range(2000)),
    "code": "## Changes\n\n" + "\n".join(f"- The `option_{n}` is new" for n in range(2000)),
    "a table": "| name | of |\n|--|--|\n"
    + "\n".join(f"| snake_case_{n} | `x` [l](https://l.example/{n}) |" for n in range(600)),
    "tasks": "\n".join(f"- [ ] item *{n}*" for n in range(1000)),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_honest_body_is_shown_as_any(name: str) -> None:
    """What people write: a round-up of links, a list of changes, a table, a list of tasks."""
    assert examine(LONG[name]).degraded == ()
    assert tokens(converter().convert(LONG[name], "x")) == tokens(github(LONG[name]))


HOSTILE = {
    "lazy quotes": ">a\nb\n" * 25_000,
    "quotes in quotes": "> " * 50_000,
    "lists in lists": "- " * 5000 + "a",
    "spaces": "[a]:" + " " * 100_000 + "x y",
    "spaces in a row": "a\n-" + " " * 100_000 + "x\n",
    "brackets": "[" * 100_000,
    "stars": "*a " * 50_000,
    "tags": "<b>" * 20_000,
    "backticks": "a `" * 40_000,
    "paragraphs": "a\n\n" * 60_000,
    "blocks of HTML": "<div>\n\n" * 25_000,
    "notes": "[^a] " * 20_000 + "\n\n[^a]: x",
    "bars": "|" * 100_000 + "\n" + "|-" * 50_000,
    "signs of a heading": "#" + " #" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_takes_little_time(name: str) -> None:
    """Seconds at most, whatever its signs promise to be."""
    started = time.process_time()
    render_markdown(HOSTILE[name], name="x")
    assert time.process_time() - started < 10


def test_only_the_block_in_question_is_plain() -> None:
    """And it is named."""
    text = "## Head\n\n- one\n\n" + "*a [b " * 800 + "\n\n- two *x*\n"
    shown = render_markdown(text)
    assert "<h2>Head</h2>" in shown
    assert "<em>x</em>" in shown
    assert "*a [b *a [b" in shown
    assert [begins[:10] for begins in examine(text).degraded] == ["*a [b *a ["]
