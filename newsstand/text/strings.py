"""Pure functions on text that comes from strangers: cleaning, cutting, naming."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote

from newsstand.text.abbreviations import ABBREVIATIONS

# Not allowed in XML 1.0 or of no use in a headline, among them the marks that reorder
# the text around them (Unicode TR 36, "bidirectional text spoofing").
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_BLANK = frozenset(" \u115f\u1160\u2800\u3164\uffa0")  # letters and signs without a shape
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(r"\s+")
# Tags that feeds write into texts. Those of another kind ("<head> elements") are words.
_BLOCK_TAGS = (
    "p|div|br|hr|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|pre|table|thead|tbody|tr|td|th|figure|figcaption|"
    "section|article|img|iframe|video|audio"
)
_INLINE_TAGS = (
    "a|b|i|u|s|em|strong|span|small|big|font|sub|sup|code|mark|abbr|cite|q|del|ins|kbd|time|wbr|picture|"
    "source"
)
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_BLOCK_TAGS}|{_INLINE_TAGS})(?P<more>\s[^<>]*|/)?>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(rf"(?:{_BLOCK_TAGS})", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--|<(script|style)\b[^<>]*>", re.IGNORECASE)
_HIDDEN_ENDS = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_CUT_TAG = re.compile(r"<(?:a\s+href|img\s|p\s|span\s|div\s|/?\w{0,10})[^<>]*\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?:[!?…]|(?<=[^\W\d_])\.|(?<=[\"'”’»)\]])\.)[\"'”’»)\]]*(?=\s+(?P<next>\S))"
    r"|[。！？][」』”’）]*"
)
_LONGEST_WORD = 30  # characters before a full stop that are looked at
_SHORT_WORD = 3  # letters: one with a capital may be an abbreviation
_QUOTES = frozenset("\"'“‘«„»")
_BETWEEN = re.compile(r"(?<=\w)[\s_-]+(?=\w)")
_LEADING_DOT = re.compile(r"(?<!\w)\.(?=\w)")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_NOT_WORD = re.compile(r"[\W_]+")


def composed(text: str) -> str:
    """Text in Unicode's normal form C: what looks alike is alike."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Text without characters that cannot be printed or that reorder their surroundings."""
    if _SURROGATE.search(text):
        # YAML and JSON escapes may spell one character as a pair of surrogates.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _HARMFUL.sub("", text)


def decode_entities(text: str) -> str:
    """HTML entities that end in a semicolon, decoded once."""
    return _ENTITY.sub(lambda m: html.unescape(m.group()), text) if "&" in text else text


def has_entities(text: str) -> bool:
    """Whether decoding entities would change the text."""
    return decode_entities(text) != text


def without_tags(text: str) -> str:
    """Text as HTML would show it, where it has tags as feeds write them.

    A tag counts as one if it has attributes, is ``br`` or ``hr``, is closed somewhere, or begins
    the text: "How to use <b>" keeps its last word. Text of nothing but tags stays as it is.
    """
    seen = _without_hidden(text)
    closed = {m["name"].lower() for m in _TAG.finditer(seen) if m["close"]}
    was_html = bool(closed)

    def shown(match: re.Match[str]) -> str:
        name = match["name"].lower()
        is_tag = match["more"] or name in closed or match.start() == 0 or name in {"br", "hr"}
        if not is_tag:
            return match.group()
        return " " if _BLOCK_TAG.fullmatch(name) else ""

    bare = _TAG.sub(shown, seen)
    if was_html or bare != seen:
        bare = _CUT_TAG.sub("", bare)
    return bare if bare.strip() else text


def _without_hidden(text: str) -> str:
    """Text without comments, scripts and styles. An end is looked for once where there is none."""
    parts: list[str] = []
    at, endless = 0, set[str]()
    for start in _HIDDEN.finditer(text):
        kind = (start[1] or "").lower()
        if start.start() < at or kind in endless:
            continue
        end = _HIDDEN_ENDS[kind].search(text, start.end())
        if end is None:
            endless.add(kind)
            continue
        parts += [text[at : start.start()], " "]
        at = end.end()
    return "".join((*parts, text[at:]))


@lru_cache(maxsize=16384)  # headlines repeat in the related lists of many records
def one_line(text: str) -> str:
    """A headline or an excerpt: entities decoded once, cleaned, white space folded."""
    # Of what is harmful only some signs at the end of Unicode count as printable.
    # One look for each sign takes less time than one expression for all (cachegrind).
    is_plain = text.isprintable() and "&" not in text and "<" not in text and "  " not in text
    if is_plain and text.isascii():
        return text.strip()
    if is_plain and not _HARMFUL.search(text):
        return composed(text.strip())
    text = without_tags(text) if "<" in text else text
    return composed(_SPACES.sub(" ", clean(decode_entities(text))).strip())


def can_be_seen(text: str) -> bool:
    """Whether a line has a sign that is not white space and has a shape."""
    if text.isascii():
        return bool(text)
    return any(s not in _BLANK and unicodedata.category(s) not in _UNSEEN for s in text)


def cut_at_sentence(text: str, limit: int = 300) -> str:
    """At most `limit` characters: whole sentences if one fits, else whole words and "…"."""
    if len(text) <= limit:
        return text
    found = _SENTENCE_END.finditer(text, 0, limit + 2)
    ends = [m.end() for m in found if m.end() <= limit and _begins(m["next"]) and _ends(m)]
    if ends and ends[-1] >= limit // 4:
        return text[: ends[-1]].strip()
    return cut_at_word(text, limit)


def _begins(sign: str | None) -> bool:
    """Whether a sentence may begin with a sign: a capital, a letter without case, quotes."""
    return sign is None or sign in _QUOTES or (sign.isalpha() and not sign.islower())


def _ends(match: re.Match[str]) -> bool:
    """Whether a sign ends a sentence: no full stop of "12. Mai", "Prof. Lund", "U.S. Senator"."""
    before = match.string[max(0, match.start() - _LONGEST_WORD) : match.start()]
    if not match.group().startswith(".") or not before[-1].isalpha():
        return True
    word = before.split()[-1].lstrip("\"'“‘«„(")
    last = word.rpartition("-")[2]
    if last in ABBREVIATIONS or last.lower() in ABBREVIATIONS:
        return False
    return "." not in word and (len(word) > _SHORT_WORD or (len(word) > 1 and word == word.lower()))


def cut_at_word(text: str, limit: int) -> str:
    """At most `limit` characters: whole words and "…" where something was left out."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace() and " " in head[limit // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:.…-–—") + "…"


def slug(name: str) -> str:
    """A name as a part of an address: lower-case letters and digits of any script, dashes.

    Signs that tell names apart are spelt out ("C#" and "C++" differ); a name without a
    letter or a digit gets a short hash of itself.
    """
    spelt = name.replace("#", " sharp ").replace("++", " plus plus ").replace("&", " and ")
    bare = spelt.lower() if spelt.isascii() else _bare(spelt)
    words = _NOT_WORD.sub("-", bare).strip("-")
    return words[:80].rstrip("-") or short_hash(name)


def _bare(text: str) -> str:
    """Small letters without their marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def name_key(name: str) -> str:
    """What two names of one topic have in common: case, composition and spacing do not count."""
    return _BETWEEN.sub(" ", composed(name)).strip().casefold()


def headline_key(text: str) -> str:
    """What headlines that read alike have in common: case, marks, punctuation do not count."""
    return _NOT_WORD.sub(" ", _bare(text)).strip() or text


def name_slug(name: str) -> str:
    """`slug` of a name, with the signs spelt out that often are all that tells two apart."""
    spelt = _LEADING_DOT.sub("dot ", name).replace("+", " plus ").replace("*", " star ")
    return slug(spelt)


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stay the same for the same text (SHA-256)."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def without_escapes(name: str) -> str:
    """A name without the escapes of addresses (RFC 3986) that programs leave in it: "A%2c Inc."."""
    if "%" not in name:
        return name
    try:
        return one_line(_ESCAPES.sub(lambda match: unquote(match[0], errors="strict"), name))
    except UnicodeDecodeError:
        return name


def initials(name: str) -> str:
    """One or two letters for an outlet: "Harbour Gazette" gives HG."""
    words = [w for w in _NOT_WORD.split(name) if w and w.casefold() not in _ARTICLES]
    if not words:
        return name[:1].upper() or "?"
    if len(words) == 1:
        return words[0] if words[0].isupper() and len(words[0]) <= 3 else words[0][:1].upper()
    return (words[0][:1] + words[1][:1]).upper()


_ARTICLES = frozenset({"the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "il", "of"})


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 outlet", "1,952 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
