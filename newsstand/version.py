"""Which program this is: what one version remembers, another does not believe."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import metadata

from newsstand import built_in
from newsstand.marks import mark_of, mark_of_bytes

_LIBRARIES = (
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "python-dateutil",
    "python-frontmatter",
    "PyYAML",
)


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """A mark of the program and of the libraries that make its pages."""
    code = [(p.name, mark_of_bytes(p.read_bytes())) for p in sorted(built_in.PROGRAM.glob("*.py"))]
    libraries = [(name, metadata.version(name)) for name in _LIBRARIES]
    return mark_of(sys.version_info[:2], code, libraries)
