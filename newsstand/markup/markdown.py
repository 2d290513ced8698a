"""Markdown that strangers wrote -> HTML that is safe to print.

Markdown goes through the `markdown` package (see `dialect`) and then through nh3 (the Rust
sanitiser ammonia), so that nothing depends on what Markdown lets through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import nh3
from markupsafe import Markup
from msgspec import Struct

from newsstand.text.links import domain_of, web_link
from newsstand.text.strings import clean

_TAGS = frozenset(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s del ins "
    "mark small sub sup a img table thead tbody tr th td abbr cite q kbd samp var figure "
    "figcaption details summary section input".split()
)
_ATTRIBUTES = {
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    "details": {"open"},
    "input": {"type", "checked", "disabled"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "li": {"id"},
}
_SIDES = ("left", "center", "right")
_OUTSIDE = "noopener external nofollow"
_INSIDE_LINK = re.compile(
    rf'(<a(?: id="[^"]*")? href="(?!https?:)[^"]*"(?: id="[^"]*")?) rel="{_OUTSIDE}"'
)
_NO_LINK = re.compile(rf'<a(?: id="[^"]*")?(?: rel="{_OUTSIDE}")?>(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])((?: [^>]*)?)>")
_EMPTY_PICTURE = re.compile(r'<img(?! src="| alt="[^"]*" src=")(?:\s+[a-z]+="[^"]*")*\s*/?>')
_BARE_PICTURE = re.compile(r'<img(?=(?:\s+(?!alt)[a-z]+="[^"]*")*\s*/?>)')
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\s*")
_BOX = re.compile(r"<input(?P<more>[^>]*)>")
_OWN_ID = re.compile(r"(?:[sn]-[\w.:-]+|fn(?:ref)?-[\w.:-]+-\d+)")
_NAMED = re.compile(r"</?([a-zA-Z][\w-]*)")
_LONGEST = 200_000  # characters of a text; the archive's longest has 9,000
_MOST_BLOCKS = 20_000
_BLANK_LINES = re.compile(r"\n\s*\n")
_BOXES = {
    frozenset({"type", "disabled"}): '<input type="checkbox" disabled="">',
    frozenset({"type", "disabled", "checked"}): '<input type="checkbox" disabled="" checked="">',
}
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')

Resolve = Callable[[str], str]
"""What an address in the text leads to: an address to print, or "" for none."""


_BEFORE_COLON = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")


def no_address(_address: str) -> str:
    """No address inside the site is known."""
    return ""


def as_it_is(address: str) -> str:
    """A link to another host, as it was written."""
    return address


def render_markdown(
    text: str,
    inside: Resolve = no_address,
    picture: Resolve = no_address,
    first_heading: int = 2,
    name: str = "",
    part: str = "s",
    outward: Resolve = as_it_is,
) -> Markup:
    """Markdown -> HTML with nothing in it but text, lists, tables, links and pictures.

    Links lead to http, https, mailto and tel only, or to where `inside` says that a relative
    address leads; of links to other hosts `outward` says how they are printed. Pictures stay where
    `picture` gives an address. Headings are renumbered so that
    they begin at `first_heading` and never jump. `name` is what ids hold that only this text of a
    page has; without one nothing has an id. Ids of headings begin with `part` ("s" or "n").
    """
    if not text.strip():
        return Markup("")
    converted = _converted(clean(text), name, part)

    def address(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("a", "href"):
            target = _target(value, converted.ids)
            return (outward(target) if web_link(target) else target) or inside(value) or None
        if (tag, attribute) == ("img", "src"):
            return picture(value) or None
        return _kept(attribute, value, with_ids=bool(name))

    html = nh3.clean(
        converted.html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=address,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=_OUTSIDE,
    )
    html = _NO_LINK.sub(r"\1", _INSIDE_LINK.sub(r"\1", html))
    html = _BARE_PICTURE.sub('<img alt=""', _EMPTY_PICTURE.sub("", html))
    html = _EMPTY_PARAGRAPH.sub("", _BOX.sub(_box, html) if "<input" in html else html)
    return Markup(_renumber(html, first_heading))  # noqa: S704  (sanitised above)


def leads_out(value: str) -> bool:
    """Whether a link that names a scheme is printed: to another host, a mailbox, a telephone."""
    return bool(_target(value, {}))


def _target(value: str, ids: dict[str, str]) -> str:
    """Where a link may lead without asking: another host, a mailbox, a telephone, a part."""
    if value.startswith("#"):
        plain = value[1:]
        target_id = ids.get(plain) or (plain if _OWN_ID.fullmatch(plain) else "")
        return f"#{target_id}" if target_id else ""
    scheme, _, rest = value.partition(":")
    if scheme.lower() == "mailto":
        return _mailbox(rest)
    if scheme.lower() == "tel":
        return f"tel:{rest}" if re.fullmatch(r"\+?[\d().\- ]{2,30}", rest) else ""
    return web_link(value)


def _mailbox(rest: str) -> str:
    address = rest.partition("?")[0]
    user, _, host = address.rpartition("@")
    is_one = re.fullmatch(r"[\w.!#$&'*+/=^`{|}~-]{1,64}", user) and domain_of(host)
    return f"mailto:{address}" if is_one else ""


def _kept(attribute: str, value: str, *, with_ids: bool) -> str | None:
    if attribute == "id":
        return value if with_ids and _OWN_ID.fullmatch(value) else None
    if attribute == "align":
        return value if value in _SIDES else None
    return value


def _box(match: re.Match[str]) -> str:
    """A box of a task, which nobody can tick; any other field goes."""
    attributes = dict(_ATTRIBUTE.findall(match["more"]))
    return _BOXES.get(frozenset(attributes), "") if attributes.get("type") == "checkbox" else ""


class _Converted(Struct, frozen=True):
    html: str
    ids: dict[str, str]
    degraded: tuple[str, ...]


def _converted(text: str, name: str, part: str = "s") -> _Converted:
    """What Markdown would take too long for is shown as plain paragraphs."""
    if len(text) <= _LONGEST and text.count("\n\n") <= _MOST_BLOCKS:
        from newsstand.markup.dialect import converter  # not needed where no record has a text

        try:
            made = converter()
            return _Converted(made.convert(text, name, part), made.ids, tuple(made.degraded))
        except RecursionError:
            pass
    blocks = _BLANK_LINES.split(text)
    return _Converted("".join(f"<p>{escape(block)}</p>" for block in blocks), {}, (text[:60],))


class Examined(Struct, frozen=True):
    """What there is to say of a text before it is shown.

    `addresses` are those that it links to and shows, as written, each once ("a" or "img");
    `dropped` the tags that are not shown; `degraded` how those blocks begin that are shown as plain
    text; `ids` the parts to which a link may lead.
    """

    addresses: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    degraded: tuple[str, ...]
    ids: frozenset[str]


def examine(text: str) -> Examined:
    """What Markdown links to, shows, loses."""
    converted = _converted(clean(text), "x")
    uses: dict[tuple[str, str], None] = {}

    def note(tag: str, name: str, value: str) -> str:
        if (tag, name) in (("a", "href"), ("img", "src")):
            uses[tag, value] = None
        return value

    nh3.clean(
        converted.html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=note,
        url_schemes={name.lower() for name in _BEFORE_COLON.findall(converted.html)},
    )
    named = dict.fromkeys(name.lower() for name in _NAMED.findall(converted.html))
    dropped = tuple(name for name in named if name not in _TAGS)
    return Examined(tuple(uses), dropped, converted.degraded, frozenset(converted.ids))


def addresses_in(text: str) -> tuple[tuple[str, str], ...]:
    """What Markdown links to and shows: ("a" or "img", the address as written), each once."""
    return examine(text).addresses


def _renumber(html: str, first: int) -> str:
    open_levels: list[tuple[int, int]] = []  # (as written, as printed)

    def level(match: re.Match[str]) -> str:
        closing, written, more = match.group(1), int(match.group(2)), match.group(3)
        if not closing:
            while open_levels and open_levels[-1][0] >= written:
                open_levels.pop()
            printed = open_levels[-1][1] + 1 if open_levels else first
            open_levels.append((written, min(printed, 6)))
        return f"<{closing}h{open_levels[-1][1] if open_levels else first}{more}>"

    return _HEADING.sub(level, html)
