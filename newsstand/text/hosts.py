"""Which hosts are one outlet's by themselves: its site, that for telephones, its editions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_FRONTS = frozenset({"www", "www2", "www3", "m", "mobile", "amp", "edition"})


@lru_cache(maxsize=65536)
def outlet_host(host: str) -> str:
    """A host without the label in front that only says which form of the site it is.

    ``edition.quay.example`` and ``m.quay.example`` are ``quay.example``. What is left is never a
    public suffix (publicsuffix.org), below which anybody may have a name: ``m.co.uk`` stays.
    """
    front, _, rest = host.partition(".")
    if front not in _FRONTS or "." not in rest:
        return host
    if front != "www" and _list().is_public(rest):
        return host
    return outlet_host(rest)


@lru_cache(maxsize=1)
def _list() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # most sites have no such host

    return PublicSuffixList()
