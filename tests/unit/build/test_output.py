"""The output folder changes as a whole: whatever happens to a build, a whole site stands."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from newsstand.build.output import MARKER, Output, OutputRefused, locked
from tests.sites import NOW, ROOT, Run, build_site, read_tree, run_command, write_site

OLD, NEW = b"the old site", b"the new site"


def record(title: str) -> str:
    """A record with this title."""
    return f"---\ntitle: {title}\npublishedDateTime: 2024-01-18T10:00:00Z\n---\nWords.\n"


def state_folder(output: Path, state: str) -> Path:
    """Where a build keeps what it has not yet switched in, or no longer needs."""
    return output.with_name(f".newsstand-{output.name}-{state}")


def lay_site(folder: Path, text: bytes) -> None:
    """A folder that looks like a site."""
    write_site(folder, {MARKER: b"", "index.html": text})


@pytest.fixture
def output(tmp_path: Path) -> Output:
    """An output folder that is not there yet."""
    return Output(tmp_path / "site")


def put(output: Output, text: bytes) -> None:
    """Publish a site of one page."""
    output.recover()
    output.begin()
    output.write("index.html", text)
    output.publish()


def index_of(output: Output) -> bytes:
    """The front page that stands."""
    return (output.folder / "index.html").read_bytes()


def beside(output: Output) -> set[str]:
    """What lies beside the output folder."""
    return {path.name for path in output.folder.parent.iterdir()} - {output.lock_path.name}


def test_a_new_site_takes_the_place_of_the_old(output: Output) -> None:
    """Files of the old site are gone, those of the new are there, and nothing lies beside."""
    put(output, OLD)
    (output.folder / "gone.html").write_text("x")
    put(output, NEW)
    assert read_tree(output.folder).keys() == {MARKER, "index.html"}
    assert index_of(output) == NEW
    assert beside(output) == {"site"}


def test_while_a_site_is_written_the_old_one_stands(output: Output) -> None:
    """What is written is not seen before it is complete."""
    put(output, OLD)
    output.begin()
    output.write("index.html", NEW)
    assert index_of(output) == OLD


def test_a_site_that_is_abandoned_leaves_no_trace(output: Output) -> None:
    """The old site stands and nothing lies beside it."""
    put(output, OLD)
    output.begin()
    output.write("index.html", NEW)
    output.abandon()
    assert index_of(output) == OLD
    assert beside(output) == {"site"}


@pytest.mark.parametrize("states", [s for s in product((False, True), repeat=4) if any(s)], ids=str)
def test_whatever_a_killed_build_left_the_next_one_mends(
    output: Output, states: tuple[bool, bool, bool, bool]
) -> None:
    """A complete new site is switched in; else the old one stands or is put back."""
    there, new, ready, old = states
    for is_there, folder, text in (
        (there, output.folder, OLD),
        (new, state_folder(output.folder, "new"), b"half a site"),
        (ready, state_folder(output.folder, "ready"), NEW),
        (old, state_folder(output.folder, "old"), OLD),
    ):
        if is_there:
            lay_site(folder, text)
    output.recover()
    assert beside(output) == ({"site"} if there or ready or old else set())
    if ready:
        assert index_of(output) == NEW
    elif there or old:
        assert index_of(output) == OLD
    put(output, b"the next site")
    assert index_of(output) == b"the next site"
    assert beside(output) == {"site"}


def test_recovering_twice_is_recovering_once(output: Output) -> None:
    """Mending what is whole changes nothing."""
    lay_site(state_folder(output.folder, "ready"), NEW)
    output.recover()
    before = read_tree(output.folder)
    output.recover()
    assert read_tree(output.folder) == before


def test_a_switch_that_fails_leaves_a_whole_site(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the new site cannot be put in place, the old one is put back at once."""
    put(output, OLD)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if Path(target) == output.folder and "ready" in self.name:
            raise OSError(errno.EIO, "Input/output error", str(self))
        return rename(self, target)

    output.begin()
    output.write("index.html", NEW)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="Input/output error"):
        output.publish()
    output.abandon()
    assert index_of(output) == OLD


@pytest.mark.parametrize(
    "path", ["", "/etc/x", "../x", "a/../x", "a/..", ".", "a//b", "./x", "a/\x00", "a/"]
)
def test_a_path_that_leads_out_is_never_written(output: Output, path: str) -> None:
    """Only plain paths below the site are written."""
    output.begin()
    with pytest.raises(ValueError, match="inside the site"):
        output.write(path, b"x")


def test_a_foreign_folder_is_refused(output: Output) -> None:
    """A folder with files of somebody else's is not replaced, an empty one is."""
    output.folder.mkdir()
    output.check()
    (output.folder / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputRefused, match="was not written by Newsstand"):
        output.check()


def test_a_file_is_refused(output: Output) -> None:
    """The output is a folder."""
    output.folder.write_text("a file")
    with pytest.raises(OutputRefused, match="is a file"):
        output.check()


def test_the_whole_disk_is_refused() -> None:
    """The root of the disk is never replaced."""
    with pytest.raises(OutputRefused):
        Output(Path("/"))


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """A linked output folder is replaced where it lies; the link still leads there."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "site", target_is_directory=True)
    for text in (OLD, NEW):
        put(Output(tmp_path / "site"), text)
        assert (tmp_path / "site" / "index.html").read_bytes() == text
    assert (tmp_path / "site").is_symlink()


def test_who_waits_for_another_build_says_so(output: Output) -> None:
    """The lock is free at first; while it is held, the next one says that it waits."""
    said: list[str] = []
    with locked(output, lambda: said.append("waits")):
        assert said == []
    code = (
        "import sys; from pathlib import Path; from newsstand.build.output import Output, locked\n"
        "with locked(Output(Path(sys.argv[1])), lambda: print('waits', flush=True)): print('in')"
    )
    with locked(output, lambda: said.append("waits")):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(output.folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
    assert other.communicate(timeout=60)[0] == "in\n"
    assert other.returncode == 0


# The same through the command.


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with content, whose site of one old record is built."""
    write_site(tmp_path, {"content/news/old.md": record("The old record"), "site.yml": ""})
    assert build_site(tmp_path, in_process=True).code == 0
    return tmp_path


def renew(site: Path) -> None:
    """Put a new record in the place of the old."""
    (site / "content/news/old.md").unlink()
    write_site(site, {"content/news/new.md": record("The new record")})


def is_whole(output: Path) -> str:
    """Which of the two sites stands; fails where it is neither, or a mixture."""
    names = read_tree(output).keys()
    assert {MARKER, "index.html", "404.html", "feed.xml", "site.webmanifest"} <= names
    slugs = {name.split("/")[1] for name in names if re.match("news/.+/", name)}
    assert len(slugs) == 1
    assert f"The {min(slugs)} record" in (output / "index.html").read_text(encoding="utf-8")
    return min(slugs)


# Runs commands in children that kill themselves at the n-th call of one of the functions that
# change the disk. A first command lets it know all templates, which takes longer than a build.
_KILLER = """
import json, os, pathlib, shutil, signal, sys
from newsstand.build import output
from newsstand.cli.main import main
PLACES = {"rename": (pathlib.Path, "rename"), "write": (output.Output, "write"),
          "mkdir": (pathlib.Path, "mkdir"), "copy": (shutil, "copyfile"),
          "link": (os, "link"), "remove": (shutil, "rmtree")}
def run(where, left, before, many, arguments):
    signal.alarm(120)
    output._MANY = many
    owner, name = PLACES[where]
    real = getattr(owner, name)
    def deadly(*args, **named):
        nonlocal left
        left -= 1
        if left == 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **named)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(owner, name, deadly)
    return main(arguments)
answers = os.dup(1)
os.dup2(2, 1)
main(sys.argv[1:])
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os._exit(run(*json.loads(line)))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(answers, f"{code}\\n".encode())
"""
Killer = Callable[[str, int, bool, int, list[str]], int]


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """Run a command until such a moment; gives the exit code."""
    first = write_site(tmp_path_factory.mktemp("first"), {"content/a.md": record("A")})
    with subprocess.Popen(
        [sys.executable, "-c", _KILLER, "build", "--quiet", "--site", str(first), "--now", NOW],
        cwd=ROOT, encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        questions, answers = process.stdin, process.stdout

        def run(*given: object) -> int:
            print(json.dumps(given), file=questions, flush=True)
            return int(answers.readline())

        yield run
        questions.close()
    assert process.returncode == 0


_CLEAN, _LINKS, _SPARE = "clean", "links", "spare"
_MOMENTS = [
    *((_CLEAN, "write", n) for n in (1, 2, 9)),
    (_CLEAN, "mkdir", 2),
    (_CLEAN, "copy", 3),
    *((_CLEAN, "rename", n) for n in (1, 2, 3)),
    (_CLEAN, "remove", 1),
    *((_LINKS, "write", n) for n in (1, 2)),
    *((_LINKS, "link", n) for n in (1, 5)),
    *((_LINKS, "rename", n) for n in (1, 2, 3)),
    (_LINKS, "remove", 1),
    *((_SPARE, "write", n) for n in (1, 2)),
    *((_SPARE, "link", n) for n in (1, 5)),
    *((_SPARE, "rename", n) for n in (1, 2, 3, 4)),
    (_SPARE, "remove", 1),
]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(("way", "where", "count"), _MOMENTS, ids=str)
def test_a_build_that_is_killed_leaves_a_whole_site(
    site: Path,
    killer: Killer,
    way: str,
    where: str,
    count: int,
    before: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed at any moment: the next command ends with the whole site, and nothing beside it.

    Whether all files are written, or those that stay are linked, or a spare is brought up to date.
    """
    many = 0 if way == _SPARE else 4000
    monkeypatch.setattr("newsstand.build.output._MANY", many)
    if way == _SPARE:
        shutil.rmtree(site / ".cache")
        assert build_site(site, in_process=True).code == 0
    renew(site)
    output = site / "_site"
    options = ["--content", str(site / "content"), "--output", str(output), "--now", NOW]
    options += ["--config", str(site / "site.yml"), *(["--no-cache"] if way == _CLEAN else [])]
    assert killer(where, count, before, many, ["build", *options]) == -signal.SIGKILL
    if output.exists():
        assert is_whole(output) in ("old", "new")
    else:  # between the two renames there is a moment without a site
        assert where == "rename"
    # A command that publishes nothing shows what recovering alone does.
    write_site(site, {"content/news/broken.md": "---\ntitle: [\n---\n"})
    assert build_site(site, "--strict", in_process=True).code == 1
    assert is_whole(output) in ("old", "new")
    names = {path.name for path in site.iterdir() if not path.name.endswith((".lock", "-spare"))}
    assert names == {".cache", "content", "site.yml", "_site"}
    assert build_site(site, in_process=True).code == 0
    assert is_whole(output) == "new"
    clean = build_site(site, "--no-cache", output=site / "clean", in_process=True)
    assert read_tree(output) == clean.files()


def _fails(exception: BaseException) -> Callable[..., bytes]:
    def fail(*_args: object, **_named: object) -> bytes:
        raise exception

    return fail


@pytest.mark.parametrize(
    ("exception", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), 1, "No space left on device"),
        (KeyboardInterrupt(), 130, "the last site stands"),
    ],
    ids=["full disk", "interrupt"],
)
def test_a_build_that_fails_leaves_the_old_site(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    exception: BaseException,
    code: int,
    said: str,
) -> None:
    """A full disk or Ctrl-C ends the command with a word, not a traceback; the old site stands."""
    before = read_tree(site / "_site")
    renew(site)
    monkeypatch.setattr(Output, "write", _fails(exception))
    run = build_site(site, in_process=True)
    assert run.code == code
    assert said in run.stderr
    assert read_tree(site / "_site") == before
    assert not [path for path in site.iterdir() if "-new" in path.name]


def test_a_build_that_breaks_inside_leaves_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program itself is not hidden, and publishes nothing."""
    before = read_tree(site / "_site")
    renew(site)
    monkeypatch.setattr(
        "newsstand.render.templates.Renderer.render", _fails(RuntimeError("a fault"))
    )
    with pytest.raises(RuntimeError, match="a fault"):
        build_site(site, in_process=True)
    assert read_tree(site / "_site") == before
    assert not [path for path in site.iterdir() if "-new" in path.name]


def test_a_broken_template_leaves_the_old_site(site: Path) -> None:
    """The template and its line are named, and nothing is published."""
    before = read_tree(site / "_site")
    renew(site)
    write_site(site, {"templates/article.html": "one\n{{ page.no_such_thing }}\n"})
    run = build_site(site, "--templates", str(site / "templates"), in_process=True)
    assert run.code == 1
    assert "templates/article.html:2:9: error:" in run.stderr
    assert "no_such_thing" in run.stderr
    assert read_tree(site / "_site") == before


def test_a_static_file_in_the_place_of_a_page_is_an_error_for_strict(site: Path) -> None:
    """The page is kept and the file named; with --strict nothing is published."""
    before = read_tree(site / "_site")
    renew(site)
    write_site(site, {"static/index.html": "mine"})
    options = ("--static", str(site / "static"))
    run = build_site(site, *options, "--strict", in_process=True)
    assert run.code == 1
    assert read_tree(site / "_site") == before
    run = build_site(site, *options, in_process=True)
    assert "static/index.html:1:1: error: " in run.stderr
    assert is_whole(run.output) == "new"


@pytest.mark.parametrize("name", ["news", "topics", "archive"])
def test_a_static_file_named_like_a_folder_of_the_site_stops_nothing(site: Path, name: str) -> None:
    """It is named as a problem, and the site is published without it."""
    write_site(site, {f"static/{name}": "a file"})
    run = build_site(site, "--static", str(site / "static"), in_process=True)
    assert run.code == 0
    assert f"static/{name}:1:1: error: " in run.stderr
    assert is_whole(run.output) == "old"


def test_two_builds_at_once_both_end_well(site: Path) -> None:
    """The second waits for the first; both publish a whole site and end with 0."""
    renew(site)
    options = ["--content", str(site / "content"), "--output", str(site / "_site"), "--now", NOW]
    options += ["--config", str(site / "site.yml")]
    running = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "build.py"), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(3)
    ]
    outs = [process.communicate(timeout=180)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], outs
    assert is_whole(site / "_site") == "new"
    assert not [path for path in site.iterdir() if path.name.endswith(("-new", "-ready", "-old"))]


def refusals(site: Path) -> Iterator[tuple[str, Path, str]]:
    """Output folders that are refused, and what is said."""
    (site / "foreign").mkdir()
    (site / "foreign" / "thesis.doc").write_text("years of work")
    (site / "file").write_text("a file")
    (site / "link").symlink_to(site / "foreign", target_is_directory=True)
    yield "foreign", site / "foreign", "was not written by Newsstand"
    yield "through a link", site / "link", "was not written by Newsstand"
    yield "a file", site / "file", "is a file"
    yield "the content", site / "content", "may neither hold nor lie in"
    yield "in the content", site / "content" / "site", "may neither hold nor lie in"
    yield "above the content", site, "may neither hold nor lie in"
    yield "the disk", Path("/"), ""
    yield "the templates", ROOT / "templates" / "site", "may neither hold nor lie in"
    yield "the static files", ROOT / "static", "may neither hold nor lie in"


def test_an_output_folder_that_may_not_be_replaced_is_refused(site: Path) -> None:
    """Wrong usage: exit code 2, a reason in one line, and not a byte has changed."""
    cases = list(refusals(site))
    before = read_tree(site)
    for name, output, said in cases:
        run = build_site(site, output=output, in_process=True)
        assert (name, run.code) == (name, 2), run.log
        assert said in run.stderr, name
        assert run.stderr.count("\n") == 1, name
    assert read_tree(site) == before


def test_the_output_may_be_named_relative_to_where_one_stands(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path is taken from the current folder; missing folders above it are made."""
    (site / "elsewhere").mkdir()
    monkeypatch.chdir(site / "elsewhere")
    run = run_command(
        *("--content", "../content", "--config", "../site.yml", "--output", "a/b/c", "--now", NOW),
        output=site / "elsewhere" / "a" / "b" / "c",
        in_process=True,
    )
    assert run.code == 0
    assert is_whole(run.output) == "old"


def test_the_time_of_the_files_does_not_matter(site: Path) -> None:
    """A record's date is what it says, not when its file was written."""
    os.utime(site / "content/news/old.md", (0, 0))
    before = read_tree(site / "_site")
    run: Run = build_site(site, in_process=True)
    assert read_tree(run.output) == before
