"""Builds one after the other: what is written, why, and whatever happens in between."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated_site import write_site as write_generated
from newsstand.build import incremental
from newsstand.build import output as output_module
from newsstand.build.sqlite_store import FILE, Store
from newsstand.content import content_reader, file_stamps
from tests.newsroom import record
from tests.sites import NOW, ROOT, Run, read_tree, run_command, write_site

_WRITTEN = re.compile(r"  written: (\S+) \((.+)\)")


_BRIDGE = "Bridge opens across the northern harbour"


def build(site: Path, *options: str, output: str = "_site", now: str = NOW) -> Run:
    """Build a site, and say why each file was written."""
    target = site / output
    places = ("--site", str(site), "--output", str(target), "--now", now, "-v")
    return run_command("build", *places, *options, output=target, in_process=True)


def clean(site: Path, *options: str) -> dict[str, bytes]:
    """The site as somebody makes it who knows nothing."""
    shutil.rmtree(site / "clean", ignore_errors=True)
    return build(site, "--no-cache", *options, output="clean").files()


def written(run: Run) -> dict[str, str]:
    """The files that a build wrote, each with the reason that it gave."""
    found = (_WRITTEN.match(line) for line in run.stdout.splitlines())
    return {match[1]: match[2] for match in found if match}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six days with an event each, one with two reports; stamps are believed at once."""
    monkeypatch.setattr(file_stamps, "MARGIN", 0)
    titles = {
        11: _BRIDGE,
        12: "Museum shows forgotten paintings",
        13: "Rowers win the river regatta",
        14: "Snowfall closes mountain railway",
        15: "Council votes on library budget",
        16: "Ferry captain retires after decades",
    }
    files = {
        f"content/news/day-{day}.md": record(
            title, at=f"2024-01-{day}T10:00:00Z", outlet=f"outlet-{day}.example", topics=[f"T{day}"]
        )
        for day, title in titles.items()
    }
    files["content/news/second.md"] = record(
        f"{titles[13]} again",
        at="2024-01-13T12:00:00Z",
        outlet="wire.example",
        topics=["T13"],
        related=[{"title": titles[13], "webUrl": link_of(titles[13], 13)}],
    )
    write_site(tmp_path, {**files, "site.yml": "title: Harbour News\nfeed_size: 1\n"})
    assert build(tmp_path).code == 0
    return tmp_path


def link_of(title: str, day: int) -> str:
    """Where a record of the site says that its report is."""
    return f"https://outlet-{day}.example/{title.replace(' ', '-').lower()}"


def retitle(site: Path, name: str, old: str, new: str) -> None:
    """Give a record other words in its headline, and nothing else."""
    file = site / "content/news" / name
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'title: "{old}', f'title: "{new}', 1), encoding="utf-8")


def test_after_one_new_title_what_shows_it_is_written_and_nothing_else(site: Path) -> None:
    """Its page, its story's, the page of its story's other record, its lists."""
    retitle(site, "day-13.md", "Rowers win", "Rowers take")
    run = build(site)
    assert run.files() == clean(site)
    assert written(run) == {
        "news/day-13/index.html": "its record has changed",
        "news/second/index.html": "its story has changed",
        "stories/day-13/index.html": "its story has changed",
        "outlets/outlet-13.example/index.html": "a record that it lists has changed",
        "archive/2024/01/index.html": "a story at its top has changed",
        "archive/2024/01/13/index.html": "a record that it lists has changed",
    }


def test_a_page_that_lists_a_related_record_says_why_it_is_written(site: Path) -> None:
    """In no story with it and not beside it in time."""
    file = site / "content/news/day-16.md"
    named = f'related:\n  - title: Bridge\n    webUrl: "{link_of(_BRIDGE, 11)}"\n---\n'
    file.write_text(file.read_text().replace("---\n\n", f"{named}\n", 1))
    assert "bridge" in clean(site)["news/day-16/index.html"].decode().lower()
    build(site)
    retitle(site, "day-11.md", "Bridge opens", "Bridge closes")
    run = build(site)
    assert written(run)["news/day-16/index.html"] == "a related record has changed"
    assert run.files() == clean(site)


def test_a_removed_record_takes_its_pages_with_it(site: Path) -> None:
    """Its own, that of its topic, of its outlet and of its day, as nobody else has them."""
    before = build(site).files()
    (site / "content/news/day-15.md").unlink()
    run = build(site)
    assert before.keys() - run.files().keys() == {
        "news/day-15/index.html",
        "topics/t15/index.html",
        "outlets/outlet-15.example/index.html",
        "archive/2024/01/15/index.html",
    }
    assert run.files() == clean(site)
    assert not (site / "_site/news/day-15").exists()


def test_a_new_body_changes_only_its_own_page(site: Path) -> None:
    """Lists do not show it; those that might are made, and not written."""
    file = site / "content/news/day-16.md"
    file.write_text(file.read_text() + "\nMore words.\n")
    run = build(site)
    assert written(run) == {"news/day-16/index.html": "its record has changed"}
    assert run.files() == clean(site)


def test_a_piece_of_a_story_leads_to_the_page_of_the_storys_own_record(site: Path) -> None:
    """Also where a record of another story, first in order of path, has the same link."""
    title = "Rowers win the river regatta"
    other = record("Painting sold", at="2024-01-16T09:00:00Z", link=link_of(title, 13))
    write_site(site, {"content/news/aaa.md": other})
    run = build(site)
    assert run.files() == clean(site)
    page = run.page("stories/day-13/")
    assert "news/day-13/" in page
    assert "news/aaa/" not in page


def test_where_nothing_has_changed_nothing_is_written(site: Path) -> None:
    """And it is said that nothing has."""
    run = build(site)
    assert "Nothing has changed since the last build" in run.stdout
    assert written(run) == {}


def test_a_page_that_came_and_went_does_not_come_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the cache was lost in between, and each site is made from the one before."""
    monkeypatch.setattr(output_module, "_MANY", 0)
    build(site)
    (site / "content/news/day-15.md").unlink()
    shutil.rmtree(site / ".cache")
    assert build(site).files() == clean(site)
    for number in range(3):
        retitle(site, "day-11.md", "Bridge" if number == 0 else f"No {number - 1}", f"No {number}")
        assert build(site).files() == clean(site)


@pytest.mark.parametrize("many", [0, 4000], ids=["spare", "links"])
def test_two_outputs_with_one_cache_are_both_right(
    site: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Whichever was built last, and whatever the other one does not know."""
    monkeypatch.setattr(output_module, "_MANY", many)
    names = ["day-11.md", "day-12.md", "day-14.md", "day-15.md"]
    for output in ("_site", "other", "_site", "_site", "other", "other", "_site"):
        assert build(site, output=output).files() == clean(site)
        if names and output == "other":
            (site / "content/news" / names.pop()).unlink()
        else:
            write_site(site, {f"static/deep/{len(names)}-{output}.txt": "x"})


def test_a_cache_that_was_deleted_costs_time_and_nothing_else(site: Path) -> None:
    """All pages are made, and none is written that stands as it should."""
    shutil.rmtree(site / ".cache")
    before = read_tree(site / "_site")
    run = build(site)
    assert run.stderr == ""
    assert run.files() == before


def test_the_cache_of_another_site_is_of_no_harm(site: Path, tmp_path_factory: object) -> None:
    """Its records have the same names."""
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    other = tmp_path_factory.mktemp("other")
    text = record("A wholly other report", at="2024-01-11T10:00:00Z", outlet="other.example")
    write_site(other, {f"content/news/day-{n}.md": text for n in (11, 12)})
    build(other)
    shutil.rmtree(site / ".cache")
    shutil.copytree(other / ".cache", site / ".cache")
    run = build(site)
    assert run.files() == clean(site)
    retitle(site, "day-13.md", "Rowers win", "Rowers take")
    assert build(site).files() == clean(site)


def test_a_damaged_cache_is_named_and_made_again(site: Path) -> None:
    """The next build has nothing to say."""
    file = site / ".cache" / FILE
    data = bytearray(file.read_bytes())
    for place in range(4096, len(data)):
        data[place] ^= 0xFF
    file.write_bytes(data)
    retitle(site, "day-13.md", "Rowers win", "Rowers take")
    run = build(site)
    assert run.stderr == "Note: the cache is damaged; all is built anew.\n"
    assert run.files() == clean(site)
    assert build(site).stderr == ""


@pytest.mark.parametrize("many", [0, 4000], ids=["spare", "links"])
def test_a_cache_that_cannot_be_written_stops_no_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """It is said; what an older build remembered is used, and never leads astray."""
    monkeypatch.setattr(output_module, "_MANY", many)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", refuse)
        for edit in range(6):
            if edit in (0, 3):
                write_site(site, {"static/css/deep.txt": str(edit)})
            elif edit in (1, 4):
                (site / "static/css/deep.txt").unlink()
            else:
                retitle(site, "day-12.md", "Museum" if edit == 2 else "No 2", f"No {edit}")
            run = build(site)
            assert run.code == 0
            assert "Note: the cache cannot be written (Read-only file system).\n" in run.stderr
            assert run.files() == clean(site)
    assert build(site).files() == clean(site)


def test_a_file_in_the_place_of_the_cache_stops_no_build(site: Path) -> None:
    """It is said, and the file stays as it is."""
    write_site(site, {"file": "mine"})
    run = build(site, "--cache", str(site / "file"))
    assert run.code == 0
    assert "Note: the cache cannot be read" in run.stderr
    assert "Note: the cache cannot be written" in run.stderr
    assert (site / "file").read_text() == "mine"
    assert run.files() == clean(site)


# Killed at any time; on several processors.


def _records(site: Path) -> list[Path]:
    return sorted((site / "content" / "news").rglob("*.md"))


def test_the_number_of_processes_changes_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first, with nothing known but the files, and after edits; nor a word of what is said."""
    for module in (content_reader, incremental):
        monkeypatch.setattr(module, "ENOUGH", 30)
    write_generated(tmp_path, 40)
    later = "2030-01-01T00:00:00Z"
    for step in range(3):
        sites, said = [], []
        for jobs in ("1", "2", "3"):
            cache = str(tmp_path / f"cache-{jobs}")
            output = f"site-{jobs}"
            if step == 1:  # all is made again of what is known
                shutil.rmtree(tmp_path / output)
            run = build(tmp_path, "--jobs", jobs, "--cache", cache, output=output, now=later)
            assert run.code == 0
            sites.append(run.files())
            said.append((run.stderr, list(written(run).items())))
        assert sites[0] == sites[1] == sites[2]
        assert said[0] == said[1] == said[2]
        for path in _records(tmp_path)[step::9]:
            path.write_text(path.read_text().replace("title: ", "title: Edited ", 1))


def _edits(site: Path, chance: random.Random) -> Iterator[int]:
    """Before each build some records get another text and heat, and a file comes or goes."""
    for number in range(15):
        for path in chance.sample(_records(site), 4):
            heat = f"---\nheat: {number + 1}\n"
            text = re.sub(r"^heat: .*\n", "", path.read_text(), flags=re.MULTILINE)
            path.write_text(f"{text.replace('---' + chr(10), heat, 1)}\nEdited {number}.\n")
        extra = site / "static" / "css" / f"{chance.randrange(3)}.txt"
        if extra.exists():
            extra.unlink()
        else:
            write_site(site, {f"static/css/{extra.name}": str(number)})
        yield number


@pytest.mark.slow
def test_whenever_a_build_is_killed_the_next_one_mends_all(tmp_path: Path) -> None:
    """With whatever the killed one left of site, spare and cache."""
    chance = random.Random(7)
    site = tmp_path / "site"
    write_generated(site, 30)
    code = (
        "import sys; from newsstand.build import output; from newsstand.content import file_stamps;"
        "from newsstand.cli.main import main;"
        "output._MANY = 0; file_stamps.MARGIN = 0; sys.exit(main(sys.argv[1:]))"
    )
    now = ("--now", "2030-01-01T00:00:00Z")
    argv = [sys.executable, "-c", code, "build", "--site", str(site), *now, "--jobs", "2"]

    def run(argv: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            argv, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    started = time.monotonic()
    assert run(argv).wait(timeout=120) == 0
    took = time.monotonic() - started
    killed = 0
    for _ in _edits(site, chance):
        process = run(argv)
        time.sleep(chance.uniform(0.2, 1.0) * took)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait(timeout=60)
        assert run(argv).wait(timeout=120) == 0
        shutil.rmtree(site / "clean", ignore_errors=True)
        cold = run_command(
            *("build", "--site", str(site), *now, "--no-cache", "--output", str(site / "clean")),
            output=site / "clean",
            in_process=True,
        )
        assert read_tree(site / "_site") == cold.files()
    assert killed > 3
    beside = {path.name for path in site.iterdir() if path.name.startswith(".newsstand-_site")}
    assert beside == {".newsstand-_site.lock", ".newsstand-_site-spare"}
