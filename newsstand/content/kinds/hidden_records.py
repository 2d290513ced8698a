"""Keys that nobody knows and that say nevertheless that nobody may see a record.

They are other programs' words for a page that is not made, not listed, or behind a password. Where
one is clear, the record is held back; where it is not, it is an unknown key like others.
"""

from __future__ import annotations

from newsstand.content.foreign_key_names import (
    GROUPS,
    HIDING,
    MAYBE_STATES,
    MEANING,
    NEVER,
    PASSWORDS,
    PUBLIC,
    SAYS_DRAFT,
    SHOWING,
    SHUT,
    SIGNS,
    STATES,
    STATUS,
    plain_key,
)
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import FALSE, TRUE

_PARTS = ("unpublish", "nopublish", "notpublish", "dontpublish")
# A draft may be one of players, an embargo one of a country.
_ENDS = tuple(
    before + word for before in ("is", "as", "in", "under") for word in ("draft", "embargo")
)
_GROUP_OF_HUGO = "build"
_DEEPEST = 3  # groups in groups


def hides(key: str, value: Value, depth: int = 0) -> bool:
    """Whether a key and its value say clearly that nobody may see the record."""
    plain = plain_key(key)
    if isinstance(value, dict):
        return depth < _DEEPEST and any(
            _hides_below(plain, below, given, depth + 1) for below, given in value.items()
        )
    if not isinstance(value, str):
        return False
    word = SIGNS.sub("", value).casefold()
    if plain in PASSWORDS:
        return word not in FALSE | {""}
    if plain in SHOWING:
        return word in FALSE | NEVER
    if plain in HIDING or plain.endswith(_ENDS) or any(part in plain for part in _PARTS):
        return word in TRUE
    return (plain in STATES and word in SHUT) or (plain in MAYBE_STATES and word in SAYS_DRAFT)


def _hides_below(group: str, key: str, value: Value, depth: int) -> bool:
    """Whether a key of a group does: what `hidden` or `enabled` is about only some groups tell."""
    plain = plain_key(key)
    if group == _GROUP_OF_HUGO:
        return plain in ("render", "list") and isinstance(value, str) and value.casefold() in NEVER
    own = MEANING.get(plain, "")
    word = SIGNS.sub("", value).casefold() if isinstance(value, str) else ""
    if plain in STATUS:
        return word in SHUT and group in GROUPS
    if plain in PUBLIC or own == "published":
        return word in FALSE and group in GROUPS
    if own in ("draft", "removed"):
        return word in TRUE and (group in GROUPS or plain == "draft")
    return (group in GROUPS or isinstance(value, dict)) and hides(key, value, depth)
