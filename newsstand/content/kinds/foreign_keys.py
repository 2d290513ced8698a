"""Keys that other programs write are read as what they mean here, and that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from msgspec import Struct

from newsstand.content.foreign_key_names import (
    ANY_KEY,
    EMBARGO,
    HIDING,
    HINTS,
    MAYBE_STATES,
    MEANING,
    OF_JEKYLL,
    OPEN,
    PUBLIC,
    PUBLISHING,
    RANK,
    SHOWING,
    SHUT,
    SIGNS,
    STATES,
    STATUS,
    plain_key,
    slips_of,
)
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import FALSE, TRUE
from newsstand.content.kinds.foreign_values import fitting
from newsstand.content.kinds.hidden_records import hides
from newsstand.content.never_published import is_secured_key, key_to_show
from newsstand.content.record_keys import CATEGORIES
from newsstand.problems import Finding, nearest, quoted, warning
from newsstand.text.dates import read_time
from newsstand.text.lists import names_in

_FLAGS = (None, "true", "false")
_ADD_UP = frozenset({"topics", "aliases"})


class OwnKeys(Struct):
    """Values under this format's own keys; `written` has the file's names of those that differ."""

    values: dict[str, Value]
    written: dict[str, str] = {}
    findings: list[Finding] = []


def are_own(values: Mapping[str, Value], keys: Set[str]) -> bool:
    """Whether all keys are this format's, so that nothing is to be translated."""
    category = values.get("category")
    if values.keys() <= keys and (type(category) is not str or category in CATEGORIES):
        published = values.get("published")
        return published in _FLAGS or not _is_date(published)
    return False


def with_own_keys(values: Mapping[str, Value], own_keys: Set[str], what: str) -> OwnKeys:
    """The values under the keys of this format, as far as others are known by their meaning.

    `what` names the mapping in messages. A key of this format beats one of another program; of
    several of those the usual one, but topics and aliases are put together, and one word that holds
    a record back is enough.
    """
    made = OwnKeys({key: value for key, value in values.items() if key in own_keys})
    others = [key for key in values if key not in own_keys and not is_secured_key(key)]
    for key in sorted(others, key=lambda k: _rank(plain_key(k))):
        _take(made, key, values[key], own_keys, what)
    _category(made)
    if _is_date(made.values.get("published")) and not made.values.get("publishedDateTime"):
        made.values["publishedDateTime"] = made.values.pop("published")
        made.written["publishedDateTime"] = "published"
        made.findings.append(_read_as("published", "publishedDateTime"))
    if "draft" in own_keys:
        _published(made, map(plain_key, others))
    made.values = {**{k: v for k, v in values.items() if is_secured_key(k)}, **made.values}
    return made


def _rank(plain: str) -> int:
    """The usual name of a key comes first; what waits beats other dates, so it comes last."""
    return len(RANK) if plain in EMBARGO else RANK.get(plain, 0)


def _take(made: OwnKeys, key: str, value: Value, own_keys: Set[str], what: str) -> None:
    plain = plain_key(key)
    plain = plain if plain in ANY_KEY else _slip(plain, value) or plain
    if plain == "published" and plain not in own_keys and _is_date(value):
        plain = "publisheddate"
    own = MEANING.get(plain, "")
    public = PUBLIC if "published" in own_keys else PUBLIC | {"published"}
    if "draft" in own_keys and (plain in STATUS | public or own in ("draft", "removed")):
        meant = own if own in ("draft", "removed") else "draft"
        _hold(made, key, meant, _held(plain, value))
    elif "publishedDateTime" in own_keys and (plain in EMBARGO or _is_another(made, plain)):
        _wait(made, key, value)
    elif "draft" in own_keys and (own not in own_keys or plain in SHOWING) and hides(key, value):
        _hold(made, key, "draft", "true")
    elif own not in own_keys:
        made.findings.append(_unknown(key, plain, own_keys, what))
    elif value not in (None, ""):
        _rename(made, key, own, value)


def _slip(plain: str, value: Value) -> str:
    """The key that decides about publication of which another is a slip, if the value fits it.

    What decides fails closed: ``drfat: true`` holds a record back.
    """
    return next((meant for meant in slips_of(plain) if _fits(meant, value)), "")


def _fits(meant: str, value: Value) -> bool:
    own = MEANING.get(meant, "")
    if meant in STATUS | PUBLIC or own in ("draft", "removed"):
        word = _held(meant, value)
        return isinstance(word, str) and word.strip().casefold() in TRUE
    return _is_time(value)


def _rename(made: OwnKeys, key: str, own: str, value: Value) -> None:
    fitted = fitting(own, value)
    if fitted is None:
        made.findings.append(_means_nothing(key, _misfit(own)))
    elif own in _ADD_UP and made.values.get(own):
        made.values[own] = [*_names(made.values[own]), *_names(value)]
        made.findings.append(_read_as(key, own))
    elif made.values.get(own) not in (None, ""):
        made.findings.append(_stands_beside(key, own, made.written.get(own, own)))
    else:
        made.values[own] = fitted
        made.written[own] = key
        made.findings.append(_read_as(key, own, is_same=fitted == value))


def _is_another(made: OwnKeys, plain: str) -> bool:
    """Whether a key says when a record was published, as one before did."""
    return plain in PUBLISHING and made.values.get("publishedDateTime") not in (None, "")


def _wait(made: OwnKeys, key: str, value: Value) -> None:
    """An embargo beats an earlier time, and one that cannot be read beats any."""
    own = "publishedDateTime"
    if value in (None, ""):
        return
    if _is_before(value, made.values.get(own)):
        made.findings.append(_stands_beside(key, own, made.written.get(own, own)))
        return
    made.values[own] = value
    made.written[own] = key
    made.findings.append(_read_as(key, own))


def _is_before(value: Value, other: Value) -> bool:
    """Whether both are times, and the first is not the later one."""
    if not isinstance(value, str) or not isinstance(other, str):
        return False
    if not _is_time(value) or not _is_time(other):
        return False
    return read_time(value).at <= read_time(other).at


def _is_time(value: Value) -> bool:
    if not isinstance(value, str):
        return False
    try:
        read_time(value)
    except (ValueError, OverflowError):
        return False
    return True


def _hold(made: OwnKeys, key: str, own: str, value: Value) -> None:
    """One word that holds a record back is enough, whatever others say."""
    before = made.values.get(own)
    opens = not isinstance(before, str) or before.strip().casefold() in FALSE | {""}
    if value is None:
        return
    if opens and not isinstance(before, list | dict):
        made.values[own] = value
        made.written[own] = key
    if value != "false":
        made.findings.append(_read_as(key, own))


def _published(made: OwnKeys, others: Iterable[str]) -> None:
    """Here ``published: false`` means "not promoted"; in records of other programs "not public"."""
    value = made.values.get("published")
    is_foreign = bool(made.written) or not OF_JEKYLL.isdisjoint(others)
    if is_foreign and isinstance(value, str) and value.strip().casefold() in FALSE:
        made.values["draft"] = "true"
        made.written["draft"] = "published"
        said = "`published: false` holds the record back, as where its other keys come from"
        hint = "write draft: true; here published: false only means that it is not promoted"
        made.findings.append(warning(("published",), "key-read-as", said, hint))


def _held(plain: str, value: Value) -> Value:
    """What a word of another program says as `draft`; text that says neither stays as it is."""
    if not isinstance(value, str):
        return value
    word = value.strip().casefold()
    if plain in STATUS:
        squeezed = SIGNS.sub("", word)
        # A yes or no is no state: nobody knows what is meant.
        shuts = squeezed in SHUT | TRUE | FALSE
        return "false" if squeezed in OPEN else "true" if shuts else value
    if plain in PUBLIC or plain == "published":
        return "false" if word in TRUE else "true" if word in FALSE else value
    return value


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and re.match(r"\s*\d{4}-\d", value) is not None


def _category(made: OwnKeys) -> None:
    """A category that is none of ours is a topic, unless it looks like a slip of the pen."""
    value = made.values.get("category")
    if not isinstance(value, str) or value.casefold() in CATEGORIES or not value.strip():
        return
    if "category" not in made.written and nearest(value, CATEGORIES):
        return
    made.values["topics"] = [*_names(made.values.get("topics")), value]
    made.values.pop("category")
    made.findings.append(_read_as(made.written.pop("category", "category"), "topics"))


def _names(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [*names_in(value)]
    return [] if value is None else [value]


def _read_as(key: str, own: str, is_same: bool = True) -> Finding:
    """`is_same` says that the value may stay as it is written."""
    hint = f"rename it {own}; `check --fix` does where it is sure"
    if not is_same:
        hint = f"rename it {own} by hand, with its value in the form that docs/content.md has"
    return warning((key,), "key-read-as", f"`{key_to_show(key)}` is read as {own}", hint)


def _stands_beside(key: str, own: str, other: str) -> Finding:
    message = f"`{key}` is not read, as {other} says the same"
    return warning((key,), "key-read-as", message, f"keep one of the two, as {own}")


def _unknown(key: str, plain: str, own_keys: Set[str], what: str) -> Finding:
    if plain in HINTS:
        return _means_nothing(key, HINTS[plain])
    is_word = plain in HIDING | SHOWING | STATES | MAYBE_STATES  # of other programs, and no slip
    own = "" if is_word else MEANING.get(nearest(plain, MEANING, 0.8), "")
    close = nearest(key, own_keys, 0.75) or (own if own in own_keys else "")
    hint = f"did you mean {close}?" if close else "delete it, or see docs/content.md"
    message = f"{what} has no key {quoted(key_to_show(key))}"
    return warning((key,), "key-unknown", message, hint)


def _means_nothing(key: str, hint: str) -> Finding:
    return warning((key,), "key-of-others", f"`{key}` means nothing here", hint)


def _misfit(own: str) -> str:
    if own == "webUrl":
        return "the address is the name of the file; a link to the outlet is webUrl: https://…"
    return f"write it as {own}, in the form that docs/content.md has"
