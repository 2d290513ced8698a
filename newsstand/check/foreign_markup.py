"""What texts have that only another program reads: it is shown as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from newsstand.content.disk_reading import read_text
from newsstand.problems import Problem, Severity
from newsstand.site import Site
from newsstand.text.places import place_in_text

_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?^\1|(?<!`)(`+)(?!`).{0,2000}?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)
_MARKS = re.compile(
    r"(?P<hugo>\{\{[<%][^\n]{0,300}?[%>]\}\})"
    r"|(?P<template>\{%-?\s*\w[^\n]{0,300}?%\}|\{\{-?\s*[\w.]+[^\n{}]{0,200}\}\})"
    r"|(?P<wiki>!?\[\[[^\[\]\n]{1,300}\]\])"
    r"|(?P<wordpress>\[/?(?:caption|gallery|embed|video|audio|playlist)\b[^\[\]\n]{0,300}\])"
    r"|(?P<admonition>^:::[ \t]*\w[^\n]{0,80})"
    r"|(?P<alert>^>[ \t]*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])"
    r"|(?P<kramdown>^\{::?[ \t]*[^\n{}]{1,200}\}[ \t]*$)"
    r"|(?P<module>^(?:import|export)\s[^\n]{1,300}?['\"][^'\"\n]+['\"];?[ \t]*$)"
    r"|(?P<ghost>__GHOST_URL__)",
    re.MULTILINE,
)
_SAID = {
    "hugo": ("a shortcode of Hugo", "write what it stands for in Markdown"),
    "template": ("a tag of templates (Liquid, Nunjucks)", "write what it stands for in Markdown"),
    "wiki": (
        "a link of a wiki or of Obsidian",
        "write [words](other.md), ![words](picture.png)",
    ),
    "wordpress": ("a shortcode of WordPress", "write what it stands for in Markdown"),
    "admonition": ("a box of Docusaurus", "write a quote: > and a space before each line"),
    "alert": ("an alert of GitHub", "write **Note:** or the like in its place"),
    "kramdown": ("a list of attributes of kramdown", "delete it"),
    "module": ("an import of MDX", "delete it"),
    "ghost": ("the place holder of Ghost for its own address", "write the address, or a path"),
}


def foreign_markup(site: Site, folder: Path) -> Iterator[Problem]:
    """A note for each kind of such marks in the text of a record or a page, at its first place."""
    texts = [(article.path, site.body(article)) for article in site.articles]
    bodies = [(path, f"{body.note}\n\n{body.body}") for path, body in texts]
    for path, text in (*bodies, *((page.path, page.body) for page in site.pages)):
        for kind, words in marks_in(text).items():
            what, hint = _SAID[kind]
            line, column = place_in_text(read_text(folder, path)[0], words)
            message = f"{what} is shown as it is written"
            yield Problem(path, line, column, Severity.NOTE, "markup-of-others", message, hint)


def marks_in(text: str) -> dict[str, str]:
    """The first mark of each kind in a text, outside of its code."""
    if not _MARKS.search(text):
        return {}
    found: dict[str, str] = {}
    for match in _MARKS.finditer(_CODE.sub(" ", text)):
        found.setdefault(match.lastgroup or "", match.group())
    return found
