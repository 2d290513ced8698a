"""A further output reads everything there is, in ten lines, and knows nothing of warm builds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from newsstand.model import Article, Page, Story
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.plan import plan
from newsstand.site import Site
from tests.edits import Edit, as_if, new_site, sequences
from tests.sites import write_site

TEMPLATE = "{% for part in page %}{{ part }}\n{% endfor %}"


class Everything(Struct, frozen=True):
    """What the output is made from: stories, records, names of outlets, ids of topics, all."""

    stories: tuple[Story, ...]
    records: tuple[Article, ...]
    outlets: tuple[str, ...]
    topics: tuple[str, ...]


def _view(context: ViewContext, inputs: Everything) -> tuple[object, ...]:
    pieces = [(s.id, context.coverage(s), context.topics_of(s)) for s in inputs.stories]
    bodies = [(a.path, context.body(a)) for a in inputs.records]
    shown = [(d, context.outlet(d)) for d in inputs.outlets]
    return *pieces, *bodies, *shown, *map(context.topic, inputs.topics), context.config


def plan_with_everything(site: Site) -> Iterator[Page]:
    """All pages, and the further one."""
    yield from plan(site)
    outlets = tuple(sorted(site.providers.keys() | site.by_outlet.keys()))
    inputs = Everything(site.stories, site.articles, outlets, tuple(site.topics))
    yield Page("everything.txt", "everything.txt", _view, inputs)


def hold(folder: Path, records: int, sequence: list[list[Edit]]) -> None:
    """Edit and build, again and again; each time the warm site must be the clean one."""
    shutil.rmtree(folder, ignore_errors=True)
    site = new_site(folder, records)
    write_site(folder, {"templates/everything.txt": TEMPLATE})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsstand.pipeline.plan", plan_with_everything)
        for edits in sequence:
            site.apply(edits)
            pair = site.compare()
            assert pair.differing == []
            assert "everything.txt" in pair.warm.files()


@pytest.mark.parametrize("examples", [7, pytest.param(200, marks=pytest.mark.slow)])
def test_an_output_that_reads_everything_is_right_warm(examples: int, tmp_path: Path) -> None:
    """Coverage, bodies, settings, outlets and topics, after any edits."""

    @settings(max_examples=examples)
    @given(records=st.integers(0, 9), sequence=sequences(4), trusting=st.booleans())
    def hold_always(records: int, sequence: list[list[Edit]], trusting: bool) -> None:
        with as_if(trusting=trusting, sparing=trusting):
            hold(tmp_path / "site", records, sequence)

    hold_always()


def test_a_retitled_record_leaves_no_hollow_value(tmp_path: Path) -> None:
    """What was hollow once: the coverage and bodies of all that has not changed are there."""
    site = new_site(tmp_path, 9)
    write_site(tmp_path, {"templates/everything.txt": TEMPLATE})
    site.now = "2024-01-30T00:00:00Z"
    site.apply([("relate", n, n + 1) for n in range(6)])
    with as_if(trusting=True, sparing=False), pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsstand.pipeline.plan", plan_with_everything)
        site.warm()
        site.apply([("retitle", 3, 5)])
        pair = site.compare()
        assert pair.differing == []
        text = pair.warm.page("everything.txt")
        assert text.count("ArticleBody(") == 9
        assert text.count("StoryCoverage(pieces=(Coverage(") == text.count("StoryCoverage(") > 1
