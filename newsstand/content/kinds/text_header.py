"""Keys at the top of a text that has no fences: read where it is sure what they are, else refused.

MultiMarkdown and Pelican begin a file with lines of ``Key: value`` that a blank line ends. A text
that only looks a little like that is not printed: its ``draft: true`` would be printed with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from newsstand.content.foreign_key_names import (
    ANY_KEY,
    EMBARGO,
    MEANING,
    PASSWORDS,
    PUBLIC,
    SAYS_DRAFT,
    SHOWING,
    SIGNS,
    STATUS,
    decides,
    plain_key,
)
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fences import banner, line_at, odd_fence
from newsstand.content.front_matter.fields import FALSE, TRUE
from newsstand.content.front_matter.split import Record, astray, read_record
from newsstand.content.kinds.hidden_records import hides
from newsstand.content.record_keys import RECORD_KEYS
from newsstand.problems import Finding

MULTIMARKDOWN = "MultiMarkdown"
_Match: TypeAlias = re.Match[str] | None
_KEY = r"[A-Za-z][\w.-]{0,40}"
_KEY_OF_WORDS = r"[A-Za-z][\w .-]{0,40}?"  # as MultiMarkdown has them
_KEY_LINE = re.compile(rf"(?P<key>{_KEY_OF_WORDS})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_CONTINUED = re.compile(r"[ \t]+(?P<more>\S.*)")
_NO_TEXT = re.compile(rf"[- ]|_*{_KEY}:(?:\s|$)")
# As TOML and JSON write a key, YAML with quotes around it, reStructuredText, AsciiDoc, Org.
_OTHER_KEY = re.compile(
    rf"(?::|#\+)?[\"']?(?P<key>{_KEY})[\"']?[ \t]*"
    r"(?:=|::?(?=\s|$|(?:true|yes|draft|hidden|private)\b))(?P<value>.*)"
)
_SIGNS_ONLY = re.compile(r"[^\w\s]{2,}[ \t]*(?:yaml|yml|toml|json)?[ \t]*", re.IGNORECASE)
# Quotes, lists, headings, comments and tables in which a key may stand; bold letters and code.
_DRESS = re.compile(r"[\s>*+#|/;%!.({\[-]+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_DAY = re.compile(r"\d{4}[-/.]\d.*")
_UNTIL = re.compile(r"(?:until|till|for|true|yes|on)\b|\d", re.IGNORECASE)
# What stands above a text that is not to be seen yet, alone or before a sign; in other words it
# may be any headline.
_BANNER = re.compile(
    r"\W*(?:DRAFT|ENTWURF|CONFIDENTIAL|EMBARGO(?:ED)?|NOT FOR (?:PUBLICATION|RELEASE)|"
    r"DO NOT PUBLISH)(?:\W*\Z|\s*[:\])*|–—]|\s+-)|"
    r"\W*(?:EMBARGO(?:ED)?|NOT FOR (?:PUBLICATION|RELEASE)|DO NOT PUBLISH)\s+"
    r"(?:(?i:until|till|before|for release)\b|\d)"
)
_HTML = re.compile(r"\s*<(?:!doctype|html|head|\?xml|en-export|rss|feed)\b", re.IGNORECASE)
_NO_WORDS = frozenset(plain_key(key) for key in RECORD_KEYS if key != key.lower())
# Words that begin a header; many other keys also begin a headline ("Order: quiet returns").
_FIRST_KEYS = frozenset(
    "date tags status author slug summary category categories layout link url description keywords "
    "lang modified published publisher permalink pubdate lastmod updated".split()
) | {plain_key(key) for key in RECORD_KEYS}
_YES_OR_NO = TRUE | FALSE
_SAYS = _YES_OR_NO | {"draft", "hidden", "private", "published"}
# In the body of a record that has its keys, more would be a guess.
_DECIDE_IN_A_BODY = frozenset({"draft", "removed", "published", "hidden"})
# Two of these below each other may be a caption or a line below a headline.
_OF_CAPTIONS = frozenset("photo image source author title link date until".split())
_IN_FRONT_MATTER_ONLY = PASSWORDS | SHOWING  # elsewhere they are words of the text
# Of other keys a day may be one of the text's own ("Scheduled: 2026-03-12").
_OF_DAYS = ("expir", "publish", "unpublish", "depublish")
_MAY_BE_KEYS = re.compile(
    r"\s*(?:(?P<fence>-{3,}|\+{3,}|;{3,})[ \t]*\n|(?P<brace>\{)[ \t]*\"|"
    rf"[\"']?{_KEY}[\"']?[ \t]*(?:=|:))"
)
_LONGEST_LINE = 60  # characters of a key and a word
_JSON_DECIDES = re.compile(
    r"[\"'](?:draft|removed)[\"']\s*:\s*[\"']?(?:true|yes)\b|"
    r"[\"']status[\"']\s*:\s*[\"'](?:draft|private|hidden)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"[|,;\t]")
_FIRST_LINES = 8
_FENCE = re.compile(r"-{3,}[ \t]*")


def read_header(body: str) -> Record | None:
    """The record of a text that begins with such keys; None for plain text. Raises Broken."""
    lines = body.split("\n")
    header = _header(lines)
    if header is not None and "title" in {plain_key(key) for key in header[0]}:
        keys, count = header
        rest = "\n".join(lines[count:])
        return Record(keys, rest.strip(), "\n".join(lines[:count]), 1, MULTIMARKDOWN)
    check_no_keys(body)
    return None


def read_keys_and_body(text: str) -> tuple[Record, tuple[Finding, ...]]:
    """`read_record`, with the header of a text where no fence has keys.

    Raises Broken, also where more keys stand in the body below them.
    """
    record, findings = read_record(text)
    if record.front is None:
        record = read_header(record.body) or record
    line = line_of_keys(record.body) if record.front is not None else 0
    if line:
        raise astray(line_at(text, max(text.rfind(record.body), 0)) + line - 1)
    return record, findings


def check_no_keys(text: str) -> None:
    """Raises Broken where a text begins with keys, or says that nobody is to see it yet."""
    lines = text.split("\n", 4 * _FIRST_LINES)
    line = _stray_line(lines)
    if line:
        raise astray(line)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if _BANNER.match(lines[first]):
        raise banner(first + 1)
    if _JSON_DECIDES.search("\n".join(lines[: first + _FIRST_LINES])):
        raise astray(first + 1)
    last = _last_line(text, _decides)
    if last:
        raise astray(last)
    if _HTML.match(lines[first]) or _is_table_of_keys(lines[first : first + 2]):
        raise odd_fence(first + 1)


def _is_table_of_keys(lines: list[str]) -> bool:
    """Whether two lines begin a table of keys: of front matter as GitHub shows it, of CSV."""
    rows = [_COLUMN.split(line.strip("| \t")) for line in lines]
    head = [plain_key(cell.strip(" \"'")) for cell in rows[0]]
    fewest = 3 if ", " in lines[0] else 2  # words of a sentence
    return (
        len(rows) == 2
        and len(rows[1]) == len(head) >= fewest
        and ANY_KEY.issuperset(head)
        and any(key in _FIRST_KEYS or decides(key) for key in head)
    )


def line_of_keys(body: str) -> int:
    """The line (from 1) of the body of a record with keys in which more of them stand; 0: none.

    A second block between fences, or a first line that decides about publication. Other words with
    a colon may begin a text ("Updated: …").
    """
    begin = _MAY_BE_KEYS.match(body)
    if begin is None:
        return _last_line(body, _decides_in_body)
    lines = body.split("\n", 4 * _FIRST_LINES)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if begin["fence"]:
        ends = [n for n, line in enumerate(lines) if n > first and line.rstrip() == begin["fence"]]
        below = lines[first + 1 : ends[0] if ends else first + 2]
        known = [n for n, line in enumerate(below, first + 2) if _known_key(_OTHER_KEY.match(line))]
        return known[0] if known else 0
    parts = lines[first].strip("{} ").split(",") if begin["brace"] else [lines[first]]
    matches = (_OTHER_KEY.match(part.strip().replace('":', '": ')) for part in parts)
    return first + 1 if any(map(_decides_in_body, matches)) else _last_line(body, _decides_in_body)


def _last_line(text: str, says: Callable[[_Match], bool]) -> int:
    """The last line (from 1) of a text, where it decides about publication; else 0."""
    stripped = text.rstrip()
    line = stripped[stripped.rfind("\n") + 1 :]
    if len(line) > _LONGEST_LINE or not says(_OTHER_KEY.match(line)):
        return 0
    return stripped.count("\n") + 1


def _header(lines: list[str]) -> tuple[dict[str, Value], int] | None:
    """The keys and how many lines they take; None where a line is none of them."""
    keys: dict[str, Value] = {}
    last = ""
    for number, line in enumerate(lines):
        if not line.strip():
            return (keys, number) if keys else None
        match, more = _KEY_LINE.fullmatch(line.rstrip()), _CONTINUED.fullmatch(line)
        if match and (keys or plain_key(match["key"]) in _FIRST_KEYS) and match["key"] not in keys:
            last = match["key"]
            keys[last] = (match["value"] or "").strip() or None
        elif more and last and not _NO_TEXT.match(more["more"]):
            keys[last] = f"{keys[last] or ''} {more['more']}".strip()
        else:
            return None
    return (keys, len(lines)) if keys else None


def _stray_line(lines: list[str]) -> int:
    """The line (from 1) that shows that the text is no plain text; 0 where none does."""
    full = [(n, line) for n, line in enumerate(lines[: 4 * _FIRST_LINES], 1) if line.strip()]
    first = full[:_FIRST_LINES]
    matches = [_OTHER_KEY.match(line.strip()) for _, line in first]
    keys = [(n, _known_key(key)) for (n, _), key in zip(first, matches, strict=True)]
    start = 1 if first and _SIGNS_ONLY.fullmatch(first[0][1]) else 0
    if len(keys) > start and keys[start][1] in _FIRST_KEYS:
        return keys[start][0]
    dressed = next((n for n, line in first if _decides_in_dress(line)), 0)
    for place, (number, key) in enumerate(keys):
        fenced = _FENCE.fullmatch(first[place - 1][1]) if place else None
        is_known = key and (fenced or _are_keys(keys[place : place + 3]))
        if is_known or _decides(matches[place]):
            return number
    return dressed


def _are_keys(lines: list[tuple[int, str]]) -> bool:
    """Whether known keys, by their lines, follow each other so that they are no words of a text."""
    run = []
    for step, (number, key) in enumerate(lines):
        if not key or number != lines[0][0] + step:
            break
        run.append(key)
    return len(run) > 2 or (len(run) == 2 and not _OF_CAPTIONS.issuperset(run))


def _decides_in_dress(line: str) -> bool:
    """Whether a line of a list, a quote, a heading or in bold letters decides about publication."""
    plain = _EMPHASIS.sub("", line).strip()
    dress = _DRESS.match(plain)
    if dress is None and plain == line.strip():
        return False  # looked at as it stands
    match = _OTHER_KEY.match(plain[dress.end() :] if dress else plain)
    return _decides(match)


def _known_key(match: _Match) -> str:
    plain = plain_key(match["key"]) if match else ""
    return plain if plain in ANY_KEY else ""


def _decides(match: _Match) -> bool:
    """Whether a line of a text without keys says who may see it."""
    key = _known_key(match)
    if key in _NO_WORDS:
        return True
    value = _value(match)
    if not value or match is None:
        return False
    if not key:
        return plain_key(match["key"]) not in _IN_FRONT_MATTER_ONLY and hides(match["key"], value)
    if key in STATUS:
        return SIGNS.sub("", value).casefold() in SAYS_DRAFT
    if key.startswith("embargo") and _UNTIL.match(value):
        return True
    if key in EMBARGO or MEANING.get(key) == "expires":
        return key.startswith(_OF_DAYS) and _DAY.match(value) is not None
    says = value.casefold() in _SAYS
    if MEANING.get(key) in ("draft", "removed"):
        return says or (key in ("draft", "removed") and " " not in value)
    return says and (key in PUBLIC or key == "published")


def _value(match: _Match) -> str:
    return match["value"].strip(" \t\"',;|]})*") if match else ""


def _decides_in_body(match: _Match) -> bool:
    """Whether a line of the body of a record with keys does."""
    key, value = _known_key(match), _value(match).casefold()
    if key in STATUS:
        return SIGNS.sub("", value) in SAYS_DRAFT
    return key in _DECIDE_IN_A_BODY and value in _YES_OR_NO
