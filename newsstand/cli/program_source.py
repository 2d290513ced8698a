"""Where the program comes from, as pip names it: what a site's own workflow has to install."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsstand.packaged_files import PROGRAM

UNKNOWN = (
    "# Put the address of Newsstand's repository in here, and take the # away:\n"
    "# newsstand @ git+https://github.com/NAME/newsstand"
)
_ORIGIN = re.compile(r"\[remote \"origin\"\][^\[]*?^\s*url\s*=\s*(\S+)", re.MULTILINE | re.DOTALL)


def program_requirement() -> str:
    """The line of requirements.txt; `UNKNOWN` where nobody can tell.

    It is what pip noted when it installed the program (PEP 610), or the origin of the repository
    that the program lies in. Names and passwords in an address are left out.
    """
    address = _installed_from()
    if not address.startswith("git+"):
        address = _origin(address or str(PROGRAM.parent))
    return f"newsstand @ {address}" if address else UNKNOWN


def _installed_from() -> str:
    """What pip has installed: an address for pip, a folder, or "" where it has not."""
    try:
        note = distribution("newsstand").read_text("direct_url.json")
        origin = json.loads(note) if note else {}
    except (PackageNotFoundError, ValueError, OSError):
        return ""
    url = str(origin.get("url", ""))
    version = origin.get("vcs_info", {}).get("commit_id", "")
    if version:
        address = _public(url)
        return f"git+{address}@{version}" if address else ""
    return unquote(urlsplit(url).path) if url.startswith("file:") else ""


def _origin(folder: str) -> str:
    """The origin of a repository, as pip installs it; "" where it is none of the open internet."""
    try:
        config = (Path(folder) / ".git" / "config").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    match = _ORIGIN.search(config)
    address = _public(match[1]) if match else ""
    return f"git+{address}" if address else ""


def _public(address: str) -> str:
    """An https address without a name or a password, also from ``git@host:name/repository``."""
    by_ssh = re.fullmatch(r"(?:ssh://)?git@([\w.-]+)[:/](.+)", address)
    if by_ssh:
        return f"https://{by_ssh[1]}/{by_ssh[2]}"
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return ""
    return f"https://{parts.hostname}{parts.path}"
