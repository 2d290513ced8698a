"""Whatever is edited between builds, a warm build writes what a clean one writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edits import Edit, as_if, new_site, sequences


def hold(folder: Path, records: int, sequence: list[list[Edit]]) -> None:
    """Edit and build, again and again; each time the warm site must be the clean one."""
    shutil.rmtree(folder, ignore_errors=True)
    site = new_site(folder, records)
    for edits in sequence:
        site.apply(edits)
        assert site.compare().differing == []


def _hold_as_if(
    folder: Path, records: int, sequence: list[list[Edit]], trusting: bool, sparing: bool
) -> None:
    with as_if(trusting=trusting, sparing=sparing):
        hold(folder, records, sequence)


@pytest.mark.parametrize("examples", [12, pytest.param(150, marks=pytest.mark.slow)])
def test_a_warm_build_equals_a_clean_one(examples: int, tmp_path: Path) -> None:
    """After any edits of records, settings, templates, assets, decisions, pictures, options."""
    of_any = given(
        records=st.integers(0, 9),
        sequence=sequences(4),
        trusting=st.booleans(),
        sparing=st.booleans(),
    )
    so_many = settings(max_examples=examples)
    so_many(of_any(_hold_as_if))(tmp_path / "edited")
