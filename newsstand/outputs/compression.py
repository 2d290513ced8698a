"""What a host may ask for beside the pages: compressed copies, and a file of headers."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from newsstand.content.kinds.settings import Config
from newsstand.outputs.html.frame import REFERRER, content_policy

HEADERS_FILE = "_headers"
_COMPRESSIBLE = frozenset((".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"))
_LEVEL = 9  # the site is packed once and sent often
_FOREVER = "public, max-age=31536000, immutable"  # a year, RFC 9111 and RFC 8246


def packed_copy(path: str, data: bytes) -> bytes | None:
    """What stands beside a text file as ``a.html.gz``; None where it would be no smaller."""
    packed = pack(data) if is_compressible(path) else data
    return packed if len(packed) < len(data) else None


def pack(data: bytes) -> bytes:
    """Bytes -> gzip (RFC 1952) without a time or a name, so that equal bytes give equal bytes."""
    packed = BytesIO()
    with gzip.GzipFile("", "wb", _LEVEL, packed, mtime=0) as file:
        file.write(data)
    return packed.getvalue()


def is_compressible(path: str) -> bool:
    """Whether a file is of a kind that gets smaller."""
    return PurePosixPath(path).suffix in _COMPRESSIBLE


def headers_file(config: Config, assets: Mapping[str, str]) -> str:
    """The file ``_headers`` of Netlify and Cloudflare Pages.

    `assets` gives the address of each static file. Both hosts join a header that two rules set,
    so no header stands in two rules: pages keep the host's own short Cache-Control.
    """
    rules = [_rule("/*", security_headers(config))]
    hashed = sorted(address for path, address in assets.items() if address != path)
    rules += [_rule(f"/{address}", {"Cache-Control": _FOREVER}) for address in hashed]
    return "\n".join(rules)


def security_headers(config: Config) -> dict[str, str]:
    """What every answer of a host should say; the policy is that of the pages.

    Only a header can forbid other sites to frame a page (CSP level 3, ``frame-ancestors``).
    """
    return {
        "Content-Security-Policy": f"{content_policy(config.images)}; frame-ancestors 'none'",
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
    }


def _rule(pattern: str, headers: Mapping[str, str]) -> str:
    lines = (f"  {name}: {value}\n" for name, value in headers.items())
    return f"{pattern}\n{''.join(lines)}"
