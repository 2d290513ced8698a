"""What builds say: habits once, news first, what a site lacks, the right form of what was wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsstand.text.links import site_url
from tests.sites import build_site, run_command, write_site

NOW = "2026-03-10T12:00:00Z"
RECORD = "---\ntitle: {}\nwebUrl: https://quay.example/{}\n{}---\n"


def test_a_habit_is_one_line(tmp_path: Path) -> None:
    """With the number of files; a single one names itself."""
    files = {
        f"content/r{n}.md": RECORD.format(f"Report {n}", n, "layout: post\n") for n in range(30)
    }
    files["content/r3.md"] = RECORD.format("Report 3", 3, "menu: main\n")
    run = build_site(write_site(tmp_path, {**files, "site.yml": ""}), now=NOW, in_process=True)
    assert run.stderr.count("`layout` means nothing here") == 1
    assert "in 29 files `layout` means nothing here" in run.stderr
    assert "r3.md:4:1: warning: `menu` means nothing here" in run.stderr
    assert "in 30 files the record has no date" in run.stderr


def test_what_is_new_comes_first(tmp_path: Path) -> None:
    """Warnings that repeat are a line with their number; -v shows all."""
    files = {f"content/r{n}.md": f"---\ntitle: Report {n}\n---\n" for n in range(4)}
    folder = write_site(tmp_path, {**files, "site.yml": ""})
    first = build_site(folder, now=NOW, in_process=True)
    assert first.stderr.count("[link-missing]") == 4
    again = build_site(folder, now=NOW, in_process=True)
    assert "[link-missing]" not in again.stderr
    assert "5 warnings as in the last build: -v shows all" in again.stderr
    write_site(tmp_path, {"content/new.md": "---\ntitle: New\n---\n"})
    third = build_site(folder, now=NOW, in_process=True)
    assert third.stderr.count("[link-missing]") == 1
    assert "new.md" in third.stderr
    assert "2 new; 4 warnings as in the last build" in third.stderr
    assert build_site(folder, "-v", now=NOW, in_process=True).stderr.count("[link-missing]") == 5


@pytest.mark.parametrize("beside", [{}, {"site.yml": "title: Quay\n"}])
def test_settings_that_are_called_otherwise_are_named(
    tmp_path: Path, beside: dict[str, str]
) -> None:
    """Also when nothing else has changed since the last build."""
    files = {"content/a.md": RECORD.format("A", 1, ""), **beside}
    own = ("--site", str(write_site(tmp_path, files)), "--now", NOW)
    assert "site.yaml" not in run_command("build", *own, in_process=True).log
    write_site(tmp_path, {"site.yaml": "title: Harbour\n"})
    said = "is not read: settings are in site.yml [file-unread]"
    for command in ("build", "check"):
        assert said in run_command(command, *own, in_process=True).log
    (tmp_path / "site.yaml").rename(tmp_path / "site.yml")
    assert "site.yaml" not in run_command("build", *own, in_process=True).log


def test_a_site_without_address_or_dates_says_what_it_lacks(tmp_path: Path) -> None:
    """In the build and in check; no longer when it has both."""
    folder = write_site(tmp_path, {"content/a.md": RECORD.format("A", 1, ""), "site.yml": ""})
    for run in (
        build_site(folder, now=NOW, in_process=True),
        run_command("check", "--site", str(folder), "--now", NOW, in_process=True),
    ):
        assert "without url: there is no sitemap" in run.stdout
        assert "no record has a date: the feed is empty" in run.stdout
    write_site(
        tmp_path,
        {
            "content/a.md": RECORD.format("A", 1, "publishedDateTime: 2026-03-08T10:00:00Z\n"),
            "site.yml": "url: https://t.example/\n",
        },
    )
    run = build_site(folder, now=NOW, in_process=True)
    assert "Note: " not in run.stdout


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://name.host.example/repo/index.html", "https://name.host.example/repo/"),
        ("https://name.host.example//repo//", "https://name.host.example/repo/"),
        ("https://name.host.example/repo?x=1#y", "https://name.host.example/repo/"),
        ("https://name.host.example/répo", "https://name.host.example/r%C3%A9po/"),
        ("https://bücher.example", "https://xn--bcher-kva.example/"),
        ("https://host.example:8443/a", "https://host.example:8443/a/"),
    ],
)
def test_an_address_is_put_right_and_said(tmp_path: Path, url: str, taken: str) -> None:
    """In settings with a warning; canonical links and the sitemap have it so."""
    assert site_url(url) == taken
    write_site(tmp_path, {"content/a.md": RECORD.format("A", 1, ""), "site.yml": f"url: '{url}'\n"})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert ("[url-mended]" in run.stderr) == (url.rstrip("/") != taken.rstrip("/"))
    assert f'<link rel="canonical" href="{taken}news/a/">' in run.page("news/a/")
    assert f"<loc>{taken}news/a/</loc>" in run.page("sitemap.xml")


@pytest.mark.parametrize(
    "name",
    [
        "what: now.md",
        "what?.md",
        "a|b.md",
        "dot. /a.md",
        "a .md",
        "a..md",
        "con.md",
        "x/NUL.md",
        "x/com1.md",
    ],
)
def test_a_name_that_other_systems_refuse_is_a_warning(tmp_path: Path, name: str) -> None:
    """The record is published all the same."""
    write_site(tmp_path, {f"content/{name}": "# A", "content/good.md": "# B", "site.yml": ""})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert run.stderr.count("[file-name-elsewhere]") == 1
    assert "2 published" in run.stdout


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    """Names that say so, patterns of the settings; links and pipes by their paths."""
    import os

    files = {
        **{
            f"content/{p}": "# A" for p in ("README.md", "_drafts/a.md", "notes/b.md", "c.draft.md")
        },
        "content/good.md": "# B",
        "content/_posts/2026-03-01-post.md": "# C",
        "site.yml": "exclude: [notes/, '*.draft.md']\n",
    }
    folder = write_site(tmp_path, files)
    (folder / "content" / "lost.md").symlink_to("nothing.md")
    (folder / "content" / "around").symlink_to("notes")
    os.mkfifo(folder / "content" / "pipe.md")
    run = build_site(folder, now=NOW, in_process=True)
    assert "Read 2 records: 2 published" in run.stdout
    assert "lost.md:1:1: warning: this link leads nowhere [file-no-file]" in run.stderr
    assert "around:1:1: warning: this link leads to a folder" in run.stderr
    assert "pipe.md:1:1: warning: this is no file and no folder" in run.stderr
    check = run_command("check", "--site", str(folder), "--now", NOW, in_process=True)
    assert "in 4 files the file is passed over" in check.stdout


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("draft: true\n", "draft"),
        (
            "publishedDateTime: 2027-01-01T08:00:00Z\n",
            "dated ahead, until 1 January 2027, 08:00 UTC",
        ),
    ],
)
def test_why_a_record_is_held_back_is_said_everywhere(tmp_path: Path, key: str, why: str) -> None:
    """In build, check and explain."""
    folder = write_site(
        tmp_path,
        {"content/news/held.md": RECORD.format("A", 1, key), "content/b.md": "# B", "site.yml": ""},
    )
    assert f"held back: news/held.md ({why})" in build_site(folder, now=NOW, in_process=True).stdout
    site = ("--site", str(folder), "--now", NOW)
    check = run_command("check", *site, in_process=True)
    assert f"news/held.md:1:1: note: the record is held back: {why} [held-back]" in check.stdout
    told = run_command("explain", "news/held.md", *site, in_process=True)
    assert told.stderr == f"{folder.as_posix()}/content/news/held.md is held back ({why})\n"


def test_every_command_names_files_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a terminal can open them: in what explain says, and in the changes of a fix."""
    time = "publishedDateTime: 2026-03-09T10:00:00+02:00\n"
    files = {f"content/news/{n}.md": RECORD.format("Bridge opens", n, time) for n in "ab"}
    monkeypatch.chdir(write_site(tmp_path, {**files, "site.yml": ""}))
    site = ("--site", ".", "--now", NOW)
    told = run_command("explain", "news/a.md", *site, in_process=True).stdout
    assert "\n  content/news/a.md\n" in told
    assert "\n    content/news/b.md\n" in told
    held = {"content/news/held.md": RECORD.format("A", 1, "draft: true\n")}
    write_site(tmp_path, held)
    told = run_command("explain", "news/held.md", *site, in_process=True).stderr
    assert told.startswith("content/news/held.md is held back")
    fixed = run_command("check", "--fix", "--dry-run", *site, in_process=True).stdout
    assert "--- a/content/news/a.md\n+++ b/content/news/a.md\n" in fixed


@pytest.mark.parametrize(
    "wanted", ["Report one", "https://m.quay.example/1?utm_source=x", "news/one/"]
)
def test_explain_takes_a_headline_or_a_link(tmp_path: Path, wanted: str) -> None:
    """As well as a path."""
    files = {
        "content/one.md": RECORD.format("Report one", 1, ""),
        "content/two.md": RECORD.format("Report two", 2, ""),
        "site.yml": "",
    }
    write_site(tmp_path, files)
    run = run_command("explain", wanted, "--site", str(tmp_path), "--now", NOW, in_process=True)
    assert run.stdout.startswith("Report one\n")


def test_stories_are_chosen(tmp_path: Path) -> None:
    """By time, by outlets, by rank."""
    dated = "publishedDateTime: 2026-03-0{}T10:00:00Z\n{}"
    files = {
        "content/a.md": RECORD.format("Crane falls", "a", dated.format(8, "story: x\n")),
        "content/b.md": RECORD.format(
            "Crane falls down", "b", dated.format(8, "story: x\n")
        ).replace("quay.", "pier."),
        "content/c.md": RECORD.format("Library opens", "c", dated.format(2, "")),
        "site.yml": "",
    }
    write_site(tmp_path, files)

    def titles(*options: str) -> int:
        run = run_command(
            "stories", *options, "--site", str(tmp_path), "--now", NOW, in_process=True
        )
        return len(re.findall(r"^ +\d+ reports?\b", run.stdout, re.MULTILINE))

    assert titles() == 2
    assert titles("--multi") == 1
    assert titles("--outlets", "3") == 0
    assert titles("--since", "2026-03-05") == 1
    assert titles("--top", "1") == 1
    bad = run_command("stories", "--since", "soon", "--site", str(tmp_path), in_process=True)
    assert (bad.code, "--since is 'soon'" in bad.stderr) == (2, True)


def test_help_has_a_sentence_and_an_example() -> None:
    """For each command, also as `help COMMAND`."""
    for command in ("build", "serve", "check", "new", "init", "stories", "explain", "schema"):
        said = run_command("help", command, in_process=True)
        assert said.code == 0
        assert "Example: build.py" in said.stdout
    assert "_shtab_newsstand" in run_command("completion", "bash", in_process=True).stdout


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (("--now", "1705708800"), {}, "the form of SOURCE_DATE_EPOCH; write 2024-01-20T00:00:00Z"),
        (
            (),
            {"SOURCE_DATE_EPOCH": "2024-01-20T00:00:00Z"},
            "no number of seconds; write 1705708800",
        ),
    ],
)
def test_each_is_told_its_right_form(
    options: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    """A time, a number of seconds: a line, and no traceback."""
    run = run_command("stories", *options, environment=environment)
    assert (run.code, run.stderr.count("\n")) == (2, 1)
    assert said in run.stderr


def test_an_environment_without_letters_is_a_line() -> None:
    """And a question mark for each letter that it cannot show."""
    without = {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}
    run = run_command("stories", "--now", "2024-02-01T00:00:00Z", environment=without)
    assert (run.code, run.stderr.count("\n")) == (0, 1)
    assert "LC_ALL=C.UTF-8" in run.stderr
    assert "?" in run.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_names_of_other_letters_are_no_traceback_there(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Files with such names are named, the others are published; what is typed is refused."""
    words = "---\ntitle: Brücke über die Spree — 東京\nwebUrl: https://a.example/1\n---\nÉté\n"
    write_site(tmp_path, {"content/news/größe.md": words, "content/news/a.md": words})
    where = ("--site", str(tmp_path), "--now", "2024-02-01T00:00:00Z")
    output = tmp_path / "_site"
    run = run_command("build", *where, environment=environment, output=output)
    assert run.code == 0
    assert run.stderr.count("LC_ALL=C.UTF-8") == 1
    assert "[file-name]" in run.stderr
    assert "Brücke über die Spree" in run.page("news/a/")
    check = run_command("check", *where, environment=environment)
    typed = run_command("new", "Ärger", *where, environment=environment)
    assert (check.code, typed.code) == (1, 2)
    assert "cannot read what you have typed" in typed.stderr
    assert "Traceback" not in run.log + check.log + typed.log
    assert len(list((tmp_path / "content/news").iterdir())) == 2
