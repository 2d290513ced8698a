"""Times that a call names."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newsstand.cli.options import WrongUsage
from newsstand.text.dates import read_instant

_DAYS = re.compile(r"(\d{1,5})d")


def since_of(given: str, now: datetime) -> datetime | None:
    """``--since``: an instant, or ``30d`` for so many days before now. Raises WrongUsage."""
    if not given:
        return None
    days = _DAYS.fullmatch(given.strip())
    try:
        return now - timedelta(days=int(days[1])) if days else read_instant(given)[0]
    except (ValueError, OverflowError):
        said = f"--since is {given!r}; write 30d, or an instant such as 2024-01-20T00:00:00Z"
        raise WrongUsage(said) from None
