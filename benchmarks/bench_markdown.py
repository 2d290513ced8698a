"""How many of the examples of the CommonMark specification bodies show as it says.

The examples are not in this repository: ``npm pack commonmark-spec`` gives an archive with
``package/spec.txt`` (CC BY-SA 4.0). Compared are tags and words, before the sanitiser.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import markdown

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from newsstand.markup.dialect import converter
from tests.unit.markup.same_html import tokens

_PART = re.compile(
    r"^`{32} example\n(?P<text>[\s\S]*?)^\.\n(?P<html>[\s\S]*?)^`{32}$|^#{1,6} *(?P<section>.*)$",
    re.MULTILINE,
)


def examples(spec: str) -> Iterator[tuple[str, str, str]]:
    """The specification's text -> section, Markdown and HTML of each example."""
    section = ""
    for part in _PART.finditer(spec.replace("→", "\t")):
        if part["section"] is not None:
            section = part["section"]
        else:
            yield section, part["text"], part["html"]


def main() -> None:
    """Print the share of examples that are alike, of all and of each section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "spec", type=Path, nargs="?", help="spec.txt of the package commonmark-spec"
    )
    given: Path | None = parser.parse_args().spec
    if given is None:
        print("Name the file spec.txt: npm pack commonmark-spec")
        return
    spec = given.read_text(encoding="utf-8")
    alike, plain, total = Counter[str](), 0, Counter[str]()
    for section, text, html in examples(spec):
        wanted = tokens(html)
        total[section] += 1
        alike[section] += tokens(converter().convert(text, "")) == wanted
        plain += tokens(markdown.markdown(text)) == wanted
    for section, count in total.items():
        print(f"{section:40} {alike[section]:3} of {count:3}")
    everything = total.total()
    print(f"{'all':40} {alike.total():3} of {everything:3} ({alike.total() / everything:.2f})")
    print(f"{'the package without its set-up':40} {plain:3} of {everything:3}")


if __name__ == "__main__":
    main()
