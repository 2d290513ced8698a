"""A preview after many edits in a row: its site is that of a clean build, and it holds no more."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from newsstand.build.output import Output
from newsstand.cli.common_options import OutputOptions
from newsstand.cli.preview.site import Preview, stamps
from tests.sites import NOW, read_tree, run_command, write_site

RECORD = """\
---
title: "{title}"
excerpt: "What is known of {title}."
publishedDateTime: 2024-01-{day:02}T08:00:00Z
webUrl: https://{outlet}.example/{number}
topics: [{topic}]
---
"""
WORDS = "Ferry Bridge Harbour Lamp Rope Anchor Tide Quay Pilot Crane".split()
FOOTER = "{% extends 'built-in/base.html' %}{% block footer %}<p>EDIT</p>{% endblock %}"
BROKEN = "{% extends 'built-in/base.html' %}{% block footer %}{{ nothing }}{% endblock %}"


class Editor:
    """Somebody who changes a site, one file at a time."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site = site
        self.random = Random(seed)
        self.count = 0
        for _ in range(12):
            self.add()

    def records(self) -> list[Path]:
        """The records that there are now."""
        return sorted((self.site / "content/news").glob("*.md"))

    def add(self) -> None:
        """A record more."""
        self.count += 1
        self._write(f"content/news/r{self.count}.md")

    def change(self) -> None:
        """Another title, day, outlet and topic for a record."""
        self._write(f"content/news/{self.random.choice(self.records()).name}")

    def remove(self) -> None:
        """A record less."""
        if len(self.records()) > 3:
            self.random.choice(self.records()).unlink()

    def rename(self) -> None:
        """Another address for a record."""
        self.count += 1
        self.random.choice(self.records()).rename(self.site / f"content/news/n{self.count}.md")

    def spoil(self) -> None:
        """A record that cannot be read."""
        name = self.random.choice(self.records()).name
        write_site(self.site, {f"content/news/{name}": '---\ntitle: "open\n---\n'})

    def look(self) -> None:
        """Another stylesheet, template, topic or setting; sometimes a template that is broken."""
        number = self.random.randrange(5)
        edit = str(self.random.randrange(1000))
        file, text = (
            ("static/css/own.css", f":root {{ --edit: {edit}; }}"),
            ("templates/base.html", FOOTER.replace("EDIT", edit)),
            ("templates/base.html", BROKEN),
            ("content/topics/ports.yaml", f"name: Ports\ndescription: Edit {edit}\n"),
            ("site.yml", f"title: Site {edit}\nurl: https://quay.example/x/\n"),
        )[number]
        write_site(self.site, {file: text})

    def decide(self) -> None:
        """Two records are one story."""
        one, other = self.random.sample([path.name for path in self.records()], 2)
        write_site(self.site, {"content/stories.yml": f"merge:\n  - [news/{one}, news/{other}]\n"})

    def edit(self) -> None:
        """Any of these."""
        any_of: list[Callable[[], None]] = [self.change, self.change, self.add, self.remove]
        self.random.choice([*any_of, self.rename, self.spoil, self.look, self.look, self.decide])()

    def _write(self, path: str) -> None:
        random = self.random
        values = {
            "title": " ".join(random.sample(WORDS, 4)),
            "day": random.randint(1, 19),
            "outlet": random.choice(WORDS).lower(),
            "topic": random.choice(("Ports", "Tides", "Ships")),
            "number": random.randrange(40),
        }
        write_site(self.site, {path: RECORD.format(**values)})


def preview_of(site: Path) -> Preview:
    """What `serve` makes, without a server."""
    output = site / "_site"
    options = OutputOptions(site=site, content=site / "content", output=output, quiet=True)
    return Preview(options, Output(output), datetime.fromisoformat(NOW))


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3))])
def test_after_many_edits_the_site_is_that_of_a_clean_build(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edits of all kinds, also some that break the site for a while."""
    site = tmp_path / "site"
    editor = Editor(site, seed)
    preview = preview_of(site)
    seen = stamps(preview.watched())
    broken = 0
    for _ in range(40):
        editor.edit()
        now = stamps(preview.watched())
        if now != seen:
            seen = now
            preview.make()
            broken += any(f.problem.code == "template-broken" for f in preview.faults)
    write_site(site, {"templates/base.html": FOOTER})
    preview.make()
    assert broken
    capsys.readouterr()
    places = ("--site", str(site), "--output", str(tmp_path / "clean"))
    clean = run_command("build", *places, "--now", NOW, output=tmp_path / "clean", in_process=True)
    assert clean.code == 0, clean.log
    assert read_tree(site / "_site") == clean.files()


def test_memory_does_not_grow_with_edits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an edit has needed is given back before the next, but for a little.

    The largest step does not count: a table of the interpreter may become too small once.
    """
    editor = Editor(tmp_path / "site", 4)
    preview = preview_of(tmp_path / "site")
    held = []
    tracemalloc.start()
    try:
        for _ in range(14):
            editor.change()
            preview.make()
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    capsys.readouterr()
    steps = sorted(after - before for before, after in pairwise(held[6:]))
    assert sum(steps[:-1]) < 100_000
