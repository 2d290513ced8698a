"""Write the table of settings in docs/content.md anew from newsstand/content/kinds/settings.py.

python -m tools.document_settings [--check]
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from newsstand.content.kinds.fetch_settings import Fetching
from newsstand.content.kinds.settings import Config, Grouping, Weights

PAGE = Path(__file__).resolve().parent.parent / "docs" / "content.md"
BEGIN = (
    "<!-- settings: made from newsstand/content/kinds/settings.py "
    "by tools/document_settings.py -->\n"
)
END = "<!-- end of settings -->"
GROUPS = {"stories": Grouping, "ranking": Weights, "fetch": Fetching}


def table() -> str:
    """The settings as a Markdown table: name, default, what it is for."""
    lines = ["| setting | default | what it does |", "|---|---|---|"]
    lines += _rows(Config, "")
    for name, kind in GROUPS.items():
        lines += _rows(kind, f"{name}.")
    return "\n".join(lines) + "\n"


def _rows(kind: Any, prefix: str) -> list[str]:  # noqa: ANN401  (any dataclass of settings)
    return [
        f"| `{prefix}{f.name}` | {_default(f.default)} | {f.metadata['about']} |"
        for f in fields(kind)
        if "about" in f.metadata
    ]


def _default(value: object) -> str:
    if value in ("", (), MISSING):
        return "none"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def with_settings(page: str) -> str:
    """The text of the page with the table as it should be."""
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Write the page, or with ``--check`` only say whether it is as it should be."""
    page = PAGE.read_text(encoding="utf-8")
    wanted = with_settings(page)
    if "--check" in sys.argv[1:]:
        return int(page != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
