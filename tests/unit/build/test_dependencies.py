"""What a page is made from beside records: a template and all that it draws on."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsstand.build import dependencies
from newsstand.build.dependencies import Dependencies, read_templates
from tests.newsroom import record
from tests.sites import ROOT, Run, run_command, write_site


def _fingerprints(folder: Path) -> dict[str, bytes]:
    """The fingerprint of each template of a folder."""
    known = read_templates((folder,))
    return {name: dependencies._fingerprint(name, known) for name in known}


def _touched(folder: Path, name: str, text: str) -> set[str]:
    """Templates whose fingerprints are others after one was written (but not those of copies)."""
    before = _fingerprints(folder)
    write_site(folder, {name: text})
    after = _fingerprints(folder)
    differing = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    return {n for n in differing if not n.startswith("built-in/")}


_WAYS = {
    "extends": '{% extends "part.html" %}',
    "include": '{% include "part.html" %}',
    "include in a block": "{% block a %}{% include 'part.html' %}{% endblock %}",
    "include one of": '{% include ["none.html", "part.html"] %}',
    "include if there": '{% include "part.html" ignore missing %}',
    "import": '{% import "part.html" as part %}',
    "from": '{% from "part.html" import row %}',
    "through another": '{% include "middle.html" %}',
    "computed": "{% include name %}",
    "computed in part": '{% include "part" ~ ".html" %}',
    "either": '{% include "part.html" if x else "none.html" %}',
    "broken": "{% include ",
    "itself": '{% include "page.html" %}{% include "part.html" %}',
}


@pytest.mark.parametrize("text", _WAYS.values(), ids=_WAYS.keys())
def test_a_template_changes_with_all_it_draws_on(tmp_path: Path, text: str) -> None:
    """However it names the other one: also where the name is only known while a page is made."""
    write_site(
        tmp_path,
        {
            "page.html": text,
            "part.html": "1",
            "middle.html": '{% include "part.html" %}',
            "other.html": "nothing of that",
        },
    )
    touched = _touched(tmp_path, "part.html", "2")
    assert {"page.html", "part.html", "middle.html"} <= touched
    assert "other.html" not in touched


def test_a_template_changes_when_one_appears_that_it_names(tmp_path: Path) -> None:
    """And when that goes away again."""
    write_site(
        tmp_path, {"page.html": '{% include "part.html" ignore missing %}', "other.html": ""}
    )
    assert _touched(tmp_path, "part.html", "1") == {"page.html", "part.html"}
    before = _fingerprints(tmp_path)
    (tmp_path / "part.html").unlink()
    assert _fingerprints(tmp_path)["page.html"] != before["page.html"]


def test_a_template_of_the_sites_own_hides_the_built_in_one(tmp_path: Path) -> None:
    """Which still is what it was under its other name."""
    write_site(tmp_path, {"own/a.html": "own", "ours/a.html": "ours"})
    known = read_templates((tmp_path / "own", tmp_path / "ours"))
    assert known["a.html"] != known["built-in/a.html"]
    assert known["built-in/a.html"] == read_templates((tmp_path / "ours",))["a.html"]


def test_outlets_that_nobody_knew_change_nothing() -> None:
    """One that is shown otherwise than before changes any page that shows it."""
    known = Dependencies({"harbour.example": b"1"}, {})
    assert known.still_true({})
    assert known.still_true({"harbour.example": b"1", "wire.example": b"2"})
    changed = Dependencies({"harbour.example": b"2"}, {})
    assert not changed.still_true({"harbour.example": b"1"})


# The same through the command: which pages a template touches.


def _build(site: Path) -> Run:
    output = site / "_site"
    places = ("--site", str(site), "--now", "2024-01-20T00:00:00Z", "-v")
    return run_command("build", *places, output=output, in_process=True)


_PLAIN = {
    "article.html": "A{% include 'own/part.html' %}",
    "day.html": "{% extends 'own/day.html' %}",
}


@pytest.mark.parametrize(
    ("part", "pages"),
    [
        ("own/part.html", {"news/a/index.html", "news/b/index.html"}),
        ("own/day.html", {"archive/2024/01/18/index.html", "archive/2024/01/19/index.html"}),
        ("own/nobodys.html", set()),
    ],
)
def test_a_changed_part_touches_the_pages_that_use_it(
    tmp_path: Path, part: str, pages: set[str]
) -> None:
    """All of them, and no other."""
    write_site(
        tmp_path,
        {
            "content/a.md": record("Bridge opens", at="2024-01-18T10:00:00Z"),
            "content/b.md": record("Ferry stops", at="2024-01-19T10:00:00Z"),
            **{f"templates/{name}": text for name, text in _PLAIN.items()},
            "templates/own/part.html": "1",
            "templates/own/day.html": "1",
            "templates/own/nobodys.html": "1",
        },
    )
    _build(tmp_path)
    write_site(tmp_path, {f"templates/{part}": "2"})
    run = _build(tmp_path)
    written = {
        line.split()[1]: line for line in run.stdout.splitlines() if line.startswith("  written: ")
    }
    assert written.keys() == pages
    assert all("or a template that it draws on, has changed" in w for w in written.values())


def test_every_built_in_template_says_what_it_draws_on() -> None:
    """None has a name that is computed: a changed part would touch all pages."""
    known = read_templates((ROOT / "templates",))
    assert [name for name, (_, names) in known.items() if names is None] == []
