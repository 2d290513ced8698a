"""Markdown that strangers wrote -> HTML that is safe to print.

Markdown goes through python-markdown and then through nh3 (the Rust sanitiser
ammonia), so that nothing depends on what Markdown lets through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import nh3
from markupsafe import Markup

from newsstand.text.links import web_link
from newsstand.text.strings import clean

if TYPE_CHECKING:
    import markdown

_TAGS = frozenset(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong b i s del ins "
    "sub sup a img table thead tbody tr th td abbr cite q kbd figure figcaption".split()
)
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "abbr": {"title"}, "ol": {"start"}}
_EXTENSIONS = ["tables", "fenced_code", "sane_lists"]
_OUTSIDE = "noopener external nofollow"
_INSIDE_LINK = re.compile(rf'(<a href="(?!https?:)[^"]*") rel="{_OUTSIDE}"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_EMPTY_PICTURE = re.compile(r'<img(?! src="| alt="[^"]*" src=")(?:\s+[a-z]+="[^"]*")*\s*/?>')
_BARE_PICTURE = re.compile(r'<img(?=(?:\s+(?!alt)[a-z]+="[^"]*")*\s*/?>)')
# Markdown's cost grows with the square of what it finds unclosed. No text that people write
# comes near these limits; what does is shown as plain paragraphs.
_LONGEST = 200_000  # characters
_MOST = {"[": 1500, "<": 1500, "`": 800, "*": 4000, "_": 4000, "\\": 4000}  # in a text
_MOST_IN_BLOCK = {"[": 150, "<": 300, "`": 200, "*": 600, "_": 600}
_NESTED = re.compile(r"^(?:[ \t]*[>*+-]){24}|^(?:[ \t]*\d+[.)]){24}", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")

Resolve = Callable[[str], str]
"""What an address in the text leads to: an address to print, or "" for none."""


def no_address(_address: str) -> str:
    """No address inside the site is known."""
    return ""


def render_markdown(
    text: str,
    inside: Resolve = no_address,
    picture: Resolve = no_address,
    first_heading: int = 2,
) -> Markup:
    """Markdown -> HTML with nothing in it but text, lists, tables, links and pictures.

    Links lead to http and https only, or to where `inside` says that a relative address
    leads; pictures stay where `picture` gives an address. Headings are renumbered so that
    they begin at `first_heading` and never jump.
    """
    if not text.strip():
        return Markup("")

    def address(tag: str, name: str, value: str) -> str | None:
        if (tag, name) == ("a", "href"):
            return web_link(value) or inside(value) or None
        if (tag, name) == ("img", "src"):
            return picture(value) or None
        return value

    html = nh3.clean(
        _to_html(clean(text)),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=address,
        url_schemes={"http", "https"},
        link_rel=_OUTSIDE,
    )
    html = _INSIDE_LINK.sub(r"\1", html)
    html = _BARE_PICTURE.sub('<img alt=""', _EMPTY_PICTURE.sub("", html))
    return Markup(_renumber(html, first_heading))  # noqa: S704  (sanitised above)


def addresses_in(text: str) -> tuple[tuple[str, str], ...]:
    """What Markdown links to and shows: ("a" or "img", the address as written), each once."""
    found: dict[tuple[str, str], None] = {}

    def note(tag: str, name: str, value: str) -> str:
        if (tag, name) in (("a", "href"), ("img", "src")):
            found[tag, value] = None
        return value

    kept = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    nh3.clean(
        _to_html(clean(text)),
        tags=set(_TAGS),
        attributes=kept,
        attribute_filter=note,
        url_schemes=set(nh3.ALLOWED_URL_SCHEMES) | {"javascript", "data", "file"},
    )
    return tuple(found)


def _to_html(text: str) -> str:
    """What Markdown would take too long for is shown as plain paragraphs."""
    blocks = _BLANK_LINES.split(text)
    if len(text) <= _LONGEST and not _costs_too_much(text, blocks):
        try:
            return _converter().reset().convert(text)
        except RecursionError:
            pass
    return "".join(f"<p>{escape(block)}</p>" for block in blocks)


def _costs_too_much(text: str, blocks: Iterable[str]) -> bool:
    return bool(
        _NESTED.search(text)
        or any(text.count(sign) > most for sign, most in _MOST.items())
        or any(b.count(sign) > most for b in blocks for sign, most in _MOST_IN_BLOCK.items())
    )


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    from markdown import Markdown  # not needed where no record has a text

    return Markdown(extensions=_EXTENSIONS, output_format="html")


def _renumber(html: str, first: int) -> str:
    open_levels: list[tuple[int, int]] = []  # (as written, as printed)

    def level(match: re.Match[str]) -> str:
        closing, written = match.group(1), int(match.group(2))
        if not closing:
            while open_levels and open_levels[-1][0] >= written:
                open_levels.pop()
            printed = open_levels[-1][1] + 1 if open_levels else first
            open_levels.append((written, min(printed, 6)))
        return f"<{closing}h{open_levels[-1][1] if open_levels else first}>"

    return _HEADING.sub(level, html)
