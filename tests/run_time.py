"""How long a run of the tests will take: as long as the last one here took."""

from __future__ import annotations

import pytest

_KEY = "newsstand/seconds"
_QUICK = "not slow"  # the marks of `make test`
# For where no run is known yet: the 5,075 tests of `make test` take about 420 seconds of processor
# time in two processes: half of that on two processors, which wait for each other now and then.
_MEASURED_SECONDS = 220.0


def expected(config: pytest.Config) -> str:
    """A line for the beginning of a whole run, and nothing for a run of chosen tests."""
    run = _run(config)
    if not run:
        return ""
    seconds = _times(config).get(run)
    if seconds:
        return f"this takes about {_minutes(seconds)}, as it did the last time here"
    if run.startswith(_QUICK):
        return f"this takes about {_minutes(_MEASURED_SECONDS)} on two processors"
    return "this takes longer than `make test`, which leaves out tests marked slow"


def keep(config: pytest.Config, seconds: float) -> None:
    """Remember how long a whole run took that passed."""
    run = _run(config)
    if run:
        config.cache.set(_KEY, {**_times(config), run: seconds})


def _times(config: pytest.Config) -> dict[str, float]:
    known: dict[str, float] = config.cache.get(_KEY, {})
    return known


def _run(config: pytest.Config) -> str:
    """Which tests, in how many processes; empty for a run of chosen tests, or without a cache."""
    if not config.pluginmanager.hasplugin("cacheprovider"):
        return ""
    option = config.option
    is_part = option.keyword or option.lf or option.maxfail or option.collectonly
    is_part = is_part or option.markexpr not in ("", _QUICK)
    if is_part or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return ""
    processes = config.getoption("numprocesses", None) or 1
    return f"{option.markexpr or 'all'}, {processes} processes"


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes"
