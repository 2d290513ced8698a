"""Which program this is: what one version remembers, another does not believe."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from newsstand import built_in
from newsstand.text.fingerprint import fingerprint_of, hash_of

_LIBRARIES = (
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "python-dateutil",
    "python-frontmatter",
    "PyYAML",
)
_INSTALLED = ".dist-info"


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """A fingerprint of the program and of the libraries that make its pages."""
    return fingerprint_of(sys.version_info[:2], code_of(built_in.PROGRAM), _versions())


def code_of(folder: Path) -> list[tuple[str, bytes]]:
    """Each module below a folder, in packages too, with a hash of its code."""
    paths = sorted(folder.rglob("*.py"))
    return [(p.relative_to(folder).as_posix(), hash_of(p.read_bytes())) for p in paths]


def _versions() -> list[tuple[str, str]]:
    """Each library with what tells its version."""
    installed = _installed()
    names = [(name, installed.get(name.lower().replace("-", "_"))) for name in _LIBRARIES]
    return [(name, folder or _asked_for(name)) for name, folder in names]


def _installed() -> dict[str, str]:
    """Library -> the folder, named for its version, in which wheels say what they are.

    To be told so by `importlib.metadata` takes as long as all else that a start takes.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208  (names)
                if name.endswith(_INSTALLED):
                    library = name.partition("-")[0].lower().replace(".", "_")
                    found.setdefault(library, name)
    return found


def _asked_for(library: str) -> str:
    """The version of what was installed in another way than from a wheel."""
    from importlib import metadata

    return metadata.version(library)
