"""An account in the Fediverse: ``@desk@social.example``."""

from __future__ import annotations

import re

from newsstand.content.front_matter.fields import Fields
from newsstand.problems import error, quoted

# The name as ActivityPub servers allow it, then a host (WebFinger, RFC 7565).
_HANDLE = re.compile(r"@?([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@((?:[\w-]+\.)+[\w-]{2,})")


def read_handle(values: Fields, key: str) -> str | None:
    """The account that a key names, with the sign before it; None for none, and what is none."""
    line = values.line(key)
    if not line:
        return None
    found = _HANDLE.fullmatch(line)
    if found:
        return f"@{found[1]}@{found[2].lower()}"
    message = f"{key} is {quoted(line)}, which is no account in the Fediverse"
    hint = "write a name and a host, in quotes: '@desk@social.example'"
    values.note(error((key,), "fediverse-invalid", message, hint))
    return None
