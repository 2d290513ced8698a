"""What a page links to, loads and names: read quickly, for pages by the thousand.

It trusts that the page is valid HTML; `test_crawl` checks that with a real parser, and
that this reads the same out of a page as the real parser does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_ACROSS_LINES = re.DOTALL | re.IGNORECASE
_TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<name>[a-z][\w-]*)"
    r"(?P<attributes>[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>",
    _ACROSS_LINES,
)
_RAW_TEXT = re.compile(r"(<(script|style|textarea|title)\b[^>]*>).*?(</\2\s*>)", _ACROSS_LINES)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# Most tags of a page have nothing but a class: the rest is not read for them.
_TELLING_TAGS = {"h1", "script", "style"}
_TELLING_WORDS = ("action", "background", "data", "href", "id=", " on", "poster", "src", "style")
_CSS_ADDRESS = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s)\"']*))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')"
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINKS = {"a", "area"}
_LOADING_RELS = {
    "apple-touch-icon", "icon", "manifest", "mask-icon", "modulepreload", "preload", "prefetch",
    "dns-prefetch", "preconnect", "prerender", "shortcut", "stylesheet",
}  # fmt: skip
_LOADED_BY = {"data", "poster", "src", "background"}
_SVG_LOADS = {"image", "use", "feimage"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as far as its addresses go; all are as written, entities decoded.

    `links` are what a reader can follow, `resources` what a browser loads by itself.
    """

    links: tuple[str, ...]
    resources: tuple[str, ...]
    ids: tuple[str, ...]
    canonical: str
    h1_count: int
    inline_code: int


def scan_html(text: str) -> Scan:
    """Read a page."""
    links: list[str] = []
    resources: list[str] = []
    ids: list[str] = []
    canonical, h1_count, inline_code = "", 0, 0
    for tag, attributes in _tags(text):
        if identifier := attributes.get("id"):
            ids.append(identifier)
        h1_count += tag == "h1"
        inline_code += _is_inline_code(tag, attributes)
        links += _links(tag, attributes)
        resources += _resources(tag, attributes)
        if tag == "link" and attributes.get("rel") == "canonical":
            canonical = attributes["href"]
    addresses = tuple(links), tuple(resources), tuple(ids)
    return Scan(*addresses, canonical, h1_count, inline_code)


def scan_css(text: str) -> tuple[str, ...]:
    """The addresses that a stylesheet loads, as written."""
    found = _CSS_ADDRESS.finditer(_CSS_COMMENT.sub("", text))
    return tuple(next(filter(None, match.groups()), "") for match in found)


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, attributes in _TAG.findall(_RAW_TEXT.sub(r"\1\3", text)):
        if name in _TELLING_TAGS or any(word in attributes for word in _TELLING_WORDS):
            yield name.lower(), _attributes(attributes)


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _is_inline_code(tag: str, attributes: dict[str, str]) -> bool:
    """Whether a strict Content-Security-Policy would forbid the tag."""
    handlers = any(name.startswith("on") for name in attributes)
    data_block = attributes.get("type", "").endswith("json")
    script = tag == "script" and "src" not in attributes and not data_block
    return tag == "style" or "style" in attributes or handlers or script


def _rels(attributes: dict[str, str]) -> set[str]:
    return set(attributes.get("rel", "").split())


def _links(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag in _LINKS and "href" in attributes:
        yield attributes["href"]
    if tag == "form" and "action" in attributes:
        yield attributes["action"]
    # The canonical address is that of the published site: it is checked by itself.
    if tag == "link" and not (_LOADING_RELS | {"canonical"}) & _rels(attributes):
        yield attributes.get("href", "")


def _resources(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    for name in sorted(_LOADED_BY & attributes.keys()):
        yield attributes[name]
    for name in ("srcset", "imagesrcset"):
        for candidate in attributes.get(name, "").split(","):
            yield from candidate.split()[:1]
    if tag == "link" and _LOADING_RELS & _rels(attributes):
        yield attributes.get("href", "")
    if tag in _SVG_LOADS:
        yield attributes.get("href", "") or attributes.get("xlink:href", "")
    yield from scan_css(attributes.get("style", ""))
