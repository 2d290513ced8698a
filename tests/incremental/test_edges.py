"""Edits that once made a warm build's site another one than a clean build's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsstand.build.output import Output
from newsstand.build.program_version import program_version
from newsstand.build.sqlite_store import Store
from newsstand.content.content_reader import read_content
from tests.edits import as_if
from tests.sites import Run, run_command, write_site

_ENTRY = """related:
  - title: Pledge
    webUrl: https://w.example/p
    provider: {name: Wire B, domain: w.example}
"""


def record(keys: str = "", title: str = "A") -> str:
    """A record with these keys."""
    return f"---\ntitle: {title}\n{keys}---\n"


def build(site: Path, *options: str, clean: bool = False, now: str = "2024-01-20T00:00:00Z") -> Run:
    """Build warm, or as if there had never been a build."""
    target = site / ("clean" if clean else "_site")
    places = ("--site", str(site), "--output", str(target), "--now", now)
    more = ("--no-cache",) if clean else ()
    return run_command("build", *places, *more, *options, output=target, in_process=True)


def hold(site: Path, *options: str, now: str = "2024-01-20T00:00:00Z") -> None:
    """The warm site is the clean one."""
    warm, clean = build(site, *options, now=now), build(site, *options, clean=True, now=now)
    assert (warm.code, clean.code) == (0, 0), warm.log + clean.log
    assert warm.files() == clean.files()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for a site."""
    return write_site(tmp_path, {"site.yml": "", "templates/.keep": "", "static/.keep": ""})


def edited(site: Path, before: Mapping[str, str], after: Mapping[str, str | None]) -> None:
    """Build, edit (None takes a file away), and build again."""
    write_site(site, before)
    with as_if(trusting=True, sparing=False):
        hold(site)
        for path, text in after.items():
            if text is None:
                (site / path).unlink()
            else:
                write_site(site, {path: text})
        hold(site)


def test_an_entry_that_is_read_once_says_what_it_says_of_its_outlet(site: Path) -> None:
    """Not what the record that was read first says of that outlet."""
    own = "webUrl: https://w.example/1\n"
    before = {
        "content/news/a.md": record(own + _ENTRY),
        "content/news/c.md": record("webUrl: https://o.example/2\n" + _ENTRY, "C"),
    }
    edited(site, before, {"content/news/c.md": before["content/news/c.md"] + "More.\n"})
    edited(site, before, {"content/news/a.md": None})


def test_an_entry_with_a_picture_of_the_site_is_read_in_each_record(site: Path) -> None:
    """The picture lies beside one record and not beside the other."""
    entry = _ENTRY.replace("domain: w.example}", "domain: w.example, images: [{url: logo.png}]}")
    before = {
        "content/news/a/a.md": record(entry),
        "content/news/a/logo.png": "x",
        "content/news/c/c.md": record(entry, "C"),
    }
    edited(site, before, {"content/news/c/c.md": record(entry, "Another C")})


def test_what_a_name_of_a_topic_means_may_change_with_the_order_of_files(site: Path) -> None:
    """Two topics have one short name."""
    topics = {
        "content/topics/a.yaml": "_id: alpha\nname: Alpha\nshortname: S\n",
        "content/topics/b.yaml": "_id: beta\nname: Beta\nshortname: S\n",
    }
    others = {
        f"content/news/{name}{n}.md": record(f"topics: [{name}]\n", f"{name} {n}")
        for name, count in (("Alpha", 3), ("Beta", 5))
        for n in range(count)
    }
    before = {**topics, **others, "content/news/a.md": record("topics: [S]\n")}
    moved = {
        "content/topics/a.yaml": None,
        "content/topics/c.yaml": topics["content/topics/a.yaml"],
    }
    edited(site, before, moved)


@pytest.mark.parametrize("name", ["./x/y.html", "/x/y.html", "x//y.html"])
def test_a_template_by_any_name_is_looked_at(site: Path, name: str) -> None:
    """However its path is written where it is included."""
    block = f'{{% block footer %}}{{% include "{name}" %}}{{% endblock %}}'
    before = {
        "content/news/a.md": record(),
        "templates/base.html": f'{{% extends "built-in/base.html" %}}{block}',
        "templates/x/y.html": "one",
    }
    edited(site, before, {"templates/x/y.html": "two"})


@pytest.mark.parametrize("place", [".parts/f.html", "link/f.html"])
def test_a_template_that_no_build_looks_at_is_none(site: Path, place: str) -> None:
    """Hidden ones and those behind a link to a folder: the build says that there is none."""
    write_site(site, {"content/news/a.md": record(), "hidden/f.html": "one"})
    (site / "templates" / "link").symlink_to(site / "hidden")
    block = f'{{% block footer %}}{{% include "{place}" %}}{{% endblock %}}'
    text = f'{{% extends "built-in/base.html" %}}{block}'
    write_site(site, {"templates/base.html": text, "templates/.parts/f.html": "one"})
    run = build(site)
    assert run.code == 1
    assert "templates/base.html:1:" in run.stderr


def test_two_files_in_one_place(site: Path) -> None:
    """A static file keeps its place before a packed copy; one in a picture's place is named."""
    write_site(
        site,
        {
            "content/news/a.md": record("images:\n  - url: ../x.svg\n"),
            "content/x.svg": "<svg/>",
            "static/a.txt": "x" * 500,
            "static/a.txt.gz": "other",
            "static/media/x.svg": "<svg></svg>",
        },
    )
    hold(site, "--compress")
    write_site(site, {"content/news/b.md": record(title="B")})
    hold(site, "--compress")
    assert (site / "_site" / "a.txt.gz").read_text() == "other"
    assert "static/media/x.svg:1:1: error: " in build(site, "--compress", clean=True).stderr


def test_a_record_that_is_left_out_counts_for_what_stands(site: Path) -> None:
    """Going back in time holds it back, and then nobody else takes its address."""
    address = {
        "content/news/a/x.md": record(
            "publishedDateTime: 2024-01-10T00:00:00Z\nwebUrl: https://h.example/a\n"
        ),
        "content/news/b/x.md": record(
            "publishedDateTime: 2024-01-19T00:00:00Z\nwebUrl: https://h.example/b\n", "B"
        ),
    }
    write_site(site, address)
    with as_if(trusting=True, sparing=False):
        build(site)
        earlier = ("--now", "2024-01-15T00:00:00Z")
        warm, clean = build(site, *earlier), build(site, *earlier, clean=True)
    assert warm.stderr == clean.stderr
    assert "1 held back" in warm.stdout


def test_who_is_stopped_between_two_renames_has_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the new one, which is whole, takes its place with the next command."""
    write_site(site, {"content/news/a.md": record()})
    assert build(site).code == 0
    write_site(site, {"content/news/b.md": record(title="B")})
    rename = Path.rename

    def stop(self: Path, target: Path) -> Path:
        if self.name.endswith("-ready"):
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stop)
        assert build(site).code == 130
    assert (site / "_site" / "news" / "a" / "index.html").is_file()
    assert not (site / "_site" / "news" / "b").exists()
    Output(site / "_site").recover()
    assert (site / "_site" / "news" / "b" / "index.html").is_file()


def test_half_a_site_is_never_switched_in(site: Path) -> None:
    """What lacks its marker is no whole site, whatever its folder is called."""
    write_site(site, {"content/news/a.md": record()})
    assert build(site).code == 0
    half = site / ".newsstand-_site-ready"
    write_site(half, {"news/x.html": "half"})
    hold(site)
    assert not half.exists()


def test_a_record_that_is_saved_while_the_site_is_made_publishes_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read and what would be shown are two things: the last site stands."""
    write_site(site, {"content/news/a.md": record()})
    assert build(site).code == 0
    write_site(site, {"templates/plain.html": "{# another #}", "site.yml": "title: New"})
    before = (site / "_site" / "index.html").read_bytes()

    def read_and_save(*given: object) -> object:
        read = read_content(*given)  # type: ignore[arg-type]
        write_site(site, {"content/news/a.md": record(title="Saved meanwhile")})
        return read

    monkeypatch.setattr("newsstand.pipeline.read_content", read_and_save)
    run = build(site)
    assert run.code == 1
    assert "changed while the site was made" in run.stderr
    assert (site / "_site" / "index.html").read_bytes() == before


def test_what_is_remembered_does_not_grow(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outlets that nobody names any more are forgotten, when there are some."""
    monkeypatch.setattr("newsstand.content.content_reader._SPARE_OUTLETS", 4)
    sizes = []
    for number in range(8):
        name = f"{number} " + "long name " * 30
        keys = f'provider: {{name: "{name}", domain: w.example}}\n'
        write_site(site, {"content/news/a.md": record(keys)})
        assert build(site).code == 0
        sizes.append(len(Store(site / ".cache", program_version()).fact("facts")))
    assert max(sizes) < sizes[0] + 6 * 350
    assert sizes[-1] < max(sizes)


def _turned_into_a_link(folder: Path, elsewhere: Path) -> None:
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere, target_is_directory=True)


def test_a_folder_of_the_site_that_became_a_link_is_a_folder_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though all that it leads to is as it was."""
    monkeypatch.setattr("newsstand.content.file_stamps.MARGIN", 0)
    write_site(site, {"content/news/a.md": record()})
    assert build(site).code == 0
    _turned_into_a_link(site / "_site" / "news", site / "elsewhere")
    assert build(site).code == 0
    assert not (site / "_site" / "news").is_symlink()
    assert (site / "_site" / "news").is_dir()


def test_nothing_is_written_through_a_link_in_the_spare(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders take turns: the one with the link comes back, and may not lead elsewhere."""
    monkeypatch.setattr("newsstand.build.output._MANY", 0)
    for number in range(2):
        write_site(site, {"content/news/a.md": record(title=f"Bridge {number}")})
        assert build(site).code == 0
    _turned_into_a_link(site / "_site" / "news", site / "elsewhere")
    outside = {p: p.read_bytes() for p in (site / "elsewhere").rglob("*.html")}
    assert outside
    for number in range(4):
        write_site(site, {"content/news/a.md": record(title=f"Ferry {number}")})
        assert build(site).code == 0
        assert not (site / "_site" / "news").is_symlink()
    assert {p: p.read_bytes() for p in (site / "elsewhere").rglob("*.html")} == outside


def _dated(title: str, day: int, outlet: str) -> str:
    link = f"https://{outlet}.example/{title.replace(' ', '-').lower()}"
    keys = f"publishedDateTime: 2024-01-{day:02}T10:00:00Z\nwebUrl: {link}\n"
    return record(f"{keys}provider: {{name: {outlet.title()}, domain: {outlet}.example}}\n", title)


def test_a_page_that_lists_a_record_as_near_shows_what_its_story_has_become(site: Path) -> None:
    """Its words stay; an editor joins it with another one, so it has one outlet more."""
    fillers = "alder birch cedar elder hazel larch maple olive poplar rowan spruce willow".split()
    for number, word in enumerate(fillers):
        path = f"content/news/{word}.md"
        write_site(site, {path: _dated(f"{word} {word}s {word}ing", 1 + number % 9, word)})
    near = {
        "content/news/a.md": _dated("Harbour bridge gets green gantry paint", 15, "quay"),
        "content/news/between.md": _dated("Seven swans at sunrise", 14, "swan"),
        "content/news/b.md": _dated("Harbour bridge toll gantry is lifted by council", 12, "pier"),
        "content/news/c.md": _dated("Drivers pay nothing from now on", 12, "zebra"),
    }
    joined = "merge:\n  - [news/b.md, news/c.md]\n"
    write_site(site, {**near, "content/stories.yml": "merge: []\n"})
    with as_if(trusting=True, sparing=False):
        hold(site)
        page = site / "_site" / "news" / "a" / "index.html"
        before = page.read_text(encoding="utf-8")
        assert "Harbour bridge toll" in before
        write_site(site, {"content/stories.yml": joined})
        hold(site)
        assert page.read_text(encoding="utf-8") != before


def test_a_related_piece_that_was_dated_ahead_comes_when_its_time_has_come(site: Path) -> None:
    """The record's file is the same, and says more than it did."""
    own = "publishedDateTime: 2024-01-15T10:00:00Z\nwebUrl: https://quay.example/a\n"
    entry = "{title: A again, webUrl: 'https://pier.example/a', publishedDateTime: 2024-01-16}"
    write_site(site, {"content/news/a.md": record(f"{own}related:\n  - {entry}\n")})
    page = site / "_site" / "news" / "a" / "index.html"
    with as_if(trusting=True, sparing=False):
        hold(site, now="2024-01-15T12:00:00Z")
        assert "pier.example" not in page.read_text(encoding="utf-8")
        hold(site, now="2024-01-18T12:00:00Z")
        assert "pier.example" in page.read_text(encoding="utf-8")
        hold(site, now="2024-01-15T13:00:00Z")
