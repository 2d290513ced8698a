"""Templates that were compiled before, kept by Jinja from build to build."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

from newsstand.text import direction
from newsstand.text.fingerprint import fingerprint_of

_MONTH = 30 * 86_400  # seconds


class _CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in the folder that Jinja makes below the system's temporary one.

    It is the user's alone, and no part of a site: what lies beside the content is never run. A
    template is known by its path and a hash of its text, what compiled it by its own code.
    """

    def __init__(self) -> None:
        code = [*sorted(Path(__file__).parent.glob("*.py")), Path(direction.__file__)]
        compiler = [path.read_bytes() for path in code]  # what filters make of constants is in it
        made_by = fingerprint_of(jinja2.__version__, sys.implementation.cache_tag, compiler)
        self._own = f"newsstand-{made_by.hex()}-"
        super().__init__(pattern=f"{self._own}%s.cache")
        self._is_tidy = False

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, where the disk allows it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
            self._tidy()

    def _tidy(self) -> None:
        """Take away what other versions of the program kept long ago. Raises OSError."""
        if not self._is_tidy:
            self._is_tidy = True
            for path in Path(self.directory).glob("newsstand-*.cache"):
                is_old = time.time() - path.stat().st_mtime > _MONTH
                if is_old and not path.name.startswith(self._own):
                    path.unlink(missing_ok=True)


@cache
def compiled_templates() -> BytecodeCache | None:
    """Where Jinja finds and keeps them; None where no folder is the user's alone."""
    try:
        return _CompiledTemplates()
    except (OSError, RuntimeError):
        return None
