"""HTML of strangers -> plain text, and the pictures in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import nh3

from newsstand.fetch.entries import FoundPicture
from newsstand.text.strings import clean, cut_at_sentence

EXCERPT = 300  # characters
_TAG = re.compile(r"<[/!?]?[A-Za-z!?]")
_BREAK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|blockquote|figcaption)\b)", re.IGNORECASE
)
_IMAGE = re.compile(r"<img\b[^>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
# What a browser shows nothing of, or takes for text as it stands.
_UNSEEN = set(
    "script style title iframe noscript noembed noframes template textarea xmp svg".split()
)
_SPACES = re.compile(r"\s+")
_READ_MORE = re.compile(
    r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|(?:continue reading|read more|weiterlesen|lire la suite|"
    r"leer más|read the full (?:story|article))\b.{0,120}|"
    r"the post .{1,300} appeared first on .{1,120})\s*$",
    re.IGNORECASE,
)
_SMALLEST = 100  # pixels: what is smaller counts readers, or is an icon
_LONGEST = 200_000  # characters that are looked at
_MOST_TAGS = 3000  # the time that it takes to clean them grows with the square of their depth


def plain_text(text: str) -> str:
    """HTML, or text that may hold some -> one line without tags, entities decoded."""
    text = _beginning(text)
    if _TAG.search(text):
        spaced = _BREAK.sub(" <", text)
        text = nh3.clean(spaced, tags=set(), clean_content_tags=_UNSEEN)
        text = html.unescape(text)
    elif "&" in text:
        text = html.unescape(text)
    return _SPACES.sub(" ", clean(text)).strip()


def _beginning(text: str) -> str:
    parts = text[:_LONGEST].split("<", _MOST_TAGS)
    return "<".join(parts[:_MOST_TAGS])


def excerpt_of(summary: str, content: str, title: str) -> str:
    """One or two sentences of plain text; "" where a feed only repeats the headline."""
    for source in (summary, content):
        text = plain_text(source)
        text = _READ_MORE.sub("…" if text.endswith(("]", "…")) else "", text).strip()
        text = text.removeprefix(title).lstrip(" :–—-…\n") if title else text
        if len(text) > 11 and text.casefold() != title.casefold():  # "Comments", "Read on"
            return cut_at_sentence(text, EXCERPT)
    return ""


def pictures_in(text: str, base: str) -> Iterator[FoundPicture]:
    """Pictures of HTML that are large enough to be some, with whole addresses."""
    for tag in _IMAGE.finditer(text[:_LONGEST]):
        attributes = _ATTRIBUTE.findall(tag.group())
        values = {name.lower(): html.unescape(a or b or c) for name, a, b, c in attributes}
        sizes = [_pixels(values.get(key, "")) for key in ("width", "height")]
        source = values.get("src") or values.get("data-src") or ""
        if source and not source.startswith("data:") and all(s >= _SMALLEST for s in sizes if s):
            yield FoundPicture(
                urljoin(base, source.strip()), sizes[0], plain_text(values.get("alt", ""))
            )


def _pixels(text: str) -> int:
    digits = text.strip().removesuffix("px")
    return int(digits[:5]) if digits.isascii() and digits.isdecimal() else 0
