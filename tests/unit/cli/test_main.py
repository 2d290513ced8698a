"""The command line: what it takes, what it says, and its exit codes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from newsstand import __version__
from newsstand.cli.main import main
from tests.sites import NOW, Run, build_site, run_command, write_site

RECORD = """\
    ---
    title: "{}"
    webUrl: https://{}.example/bridge
    publishedDateTime: 2024-01-18T10:00:00Z
    excerpt: "The old bridge over the Selk was opened again after seven years of work."
    ---
    Words.
    """


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three records."""
    titles = {"harbour": "Selk bridge opens again", "quay": "Bridge over the Selk open again"}
    files = {f"content/news/{o}.md": RECORD.format(t, o) for o, t in titles.items()}
    files["content/other.md"] = "# Something else"
    return write_site(tmp_path, {**files, "site.yml": ""})


def run(site: Path, *arguments: str) -> Run:
    """A command on the site."""
    places = ["--content", str(site / "content"), "--config", str(site / "site.yml")]
    output = site / "_site"
    if arguments[0] == "build":
        places += ["--output", str(output)]
    return run_command(*arguments, *places, "--now", NOW, output=output, in_process=True)


def test_a_build_says_what_it_did(site: Path) -> None:
    """Records, pages, stories, problems, time, memory, and where the site is."""
    done = run(site, "build")
    assert done.code == 0
    assert "Read 3 records: 3 published, 2 of them promoted; 0 held back." in done.stdout
    assert re.search(
        r"Made \d stor(y|ies) and \d+ pages \(\d+ files? written\) in \d+\.\d s, [\d,]+ MB",
        done.stdout,
    )
    assert "No problems." in done.stdout
    assert f"The site is in {site / '_site'}" in done.stdout
    assert done.stderr == ""


def test_a_new_site_is_one_line_of_reasons(site: Path) -> None:
    """-v names no file where all are new."""
    lines = [x for x in run(site, "build", "-v").stdout.splitlines() if x.startswith("  written")]
    assert len(lines) == 1
    assert re.fullmatch(r"  written: \d+ files: .*it is new \(\d+\).*", lines[0])


def test_a_build_that_finds_all_as_it_was_says_so(site: Path) -> None:
    """All is looked at, nothing comes out otherwise."""
    run(site, "build")
    os.utime(site / "content/other.md", (1, 1))
    again = run(site, "build")
    assert re.search(
        r"No file had to be written: \d stor(y|ies) and \d+ pages stand\.", again.stdout
    )
    assert "Made" not in again.stdout


def test_what_strict_keeps_back_is_not_called_published(site: Path) -> None:
    """It could be."""
    write_site(site, {"content/wrong.md": "---\ntitle: open\n"})
    done = run(site, "build", "--strict")
    assert done.code == 1
    assert "Read 4 records: 3 could be published, 2 of them promoted;" in done.stdout


def test_build_is_the_command_without_a_name(site: Path) -> None:
    """``python build.py`` with options alone builds."""
    places = ("--content", str(site / "content"), "--config", str(site / "site.yml"))
    done = run_command(
        *places, "--output", str(site / "x"), "--now", NOW, output=site / "x", in_process=True
    )
    assert done.code == 0
    assert "Selk bridge opens again" in done.page("news/harbour/")


def test_quiet_says_nothing_where_nothing_is_wrong(site: Path) -> None:
    """-q is for machines that look at the exit code."""
    done = run(site, "build", "-q")
    assert (done.code, done.log) == (0, "")


def test_a_base_url_stands_for_the_settings(site: Path) -> None:
    """Canonical links, feed and the not-found page follow it."""
    done = run(site, "build", "--base-url", "https://news.example/repo")
    assert '<link rel="canonical" href="https://news.example/repo/news/harbour/">' in done.page(
        "news/harbour/"
    )
    assert 'href="/repo/"' in done.page("404.html")


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--now", "yesterday"),
        ("build", "--base-url", "news.example"),
        ("build", "--base-url", "javascript:alert(1)"),
        ("build", "--content", "/nonexistent/content"),
        ("build", "--config", "/nonexistent/site.yml"),
        ("build", "--templates", "/nonexistent/folder"),
        ("build", "--static", "/nonexistent/folder"),
        ("build", "--output", "/"),
        ("build", "--no-such-option"),
        ("build", "-q", "-v"),
        ("biuld",),
        ("stories", "--format", "xml"),
        ("explain",),
        ("--output",),
    ],
)
def test_wrong_usage_is_exit_code_two(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """With a reason in the error output, and never a traceback."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") >= 1
    assert "Traceback" not in said.err


def test_a_wrong_epoch_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The variable is named."""
    for epoch in ("yesterday", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        with pytest.raises(SystemExit) as left:
            main(["build"])
        assert left.value.code == 2
        assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_help_and_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Are said at once."""
    with pytest.raises(SystemExit) as left:
        main([option])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert __version__ in said if option == "--version" else "build" in said


def test_stories_are_printed_for_people_and_machines(site: Path) -> None:
    """Every record is in exactly one story."""
    text = run(site, "stories")
    assert text.code == 0
    assert "Selk bridge opens again" in text.stdout
    found = json.loads(run(site, "stories", "--format", "json").stdout)
    records = [path for story in found for path in story["articles"]]
    assert sorted(records) == ["news/harbour.md", "news/quay.md", "other.md"]


def test_a_record_is_explained(site: Path) -> None:
    """By its path, or by a part of it that no other has."""
    whole = run(site, "explain", "news/harbour.md")
    assert whole.code == 0
    assert run(site, "explain", "harbour").stdout == whole.stdout
    assert "Selk bridge opens again" in whole.stdout


def test_a_record_that_is_not_there_is_not_explained(site: Path) -> None:
    """The nearest name is offered, or all that match are named; exit code 1."""
    missing = run(site, "explain", "news/harbuor.md")
    assert missing.code == 1
    assert "did you mean news/harbour.md?" in missing.stderr
    several = run(site, "explain", "news/")
    assert several.code == 1
    assert "news/harbour.md" in several.stderr
    assert "news/quay.md" in several.stderr


def test_questions_write_nothing(site: Path) -> None:
    """Only build makes a site."""
    before = sorted(path.name for path in site.rglob("*"))
    run(site, "stories")
    run(site, "explain", "harbour")
    assert sorted(path.name for path in site.rglob("*")) == before


def test_own_templates_and_static_files_override(site: Path) -> None:
    """File by file; all others stay."""
    write_site(site, {"t/plain.html": "mine: {{ page.title }}", "s/robots-extra.txt": "mine"})
    write_site(site, {"content/pages/about.md": "# About", "s/favicon.svg": "<svg/>"})
    options = ("--templates", str(site / "t"), "--static", str(site / "s"))
    done = build_site(site, *options, in_process=True)
    assert done.page("about/") == "mine: About"
    assert done.page("robots-extra.txt") == "mine"
    assert done.page("favicon.svg") == "<svg/>"
    assert "<!doctype html>" in done.page("")


def test_a_site_without_records_has_a_front_page(tmp_path: Path) -> None:
    """It says that there is nothing yet."""
    (tmp_path / "content").mkdir()
    done = build_site(tmp_path, "--config", str(write_site(tmp_path, {"s.yml": ""}) / "s.yml"))
    assert done.code == 0, done.log
    assert "Read 0 records" in done.stdout
    assert "<h1" in done.page("")


def test_a_site_without_a_date_is_built(tmp_path: Path) -> None:
    """Records without front matter have neither date nor outlet."""
    done = build_site(
        write_site(tmp_path, {"content/a.txt": "One\n\nWords.", "content/b.txt": "Two"}),
        in_process=True,
    )
    assert done.code == 0
    assert "undated" in done.page("news/a/").lower()


def test_a_quiet_build_says_that_nothing_was_published(site: Path) -> None:
    """It is what is wrong most of all."""
    (site / "site.yml").write_text("title: a: b\n", encoding="utf-8")
    done = run(site, "build", "-q")
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Nothing was published: ")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            ("build", "--ouput", "x"),
            "newsstand build does not know '--ouput'; did you mean --output?",
        ),
        (("--site", "x", "check"), "a command stands before its options: check --…"),
        (("check", "--zzz"), "newsstand check does not know '--zzz'; help check names all that is"),
        (("new", "Last", "ferry", "leaves"), "'ferry'; put the whole headline in quotes"),
        (("--verison",), "does not know '--verison'; did you mean --version?"),
        (("build", "extra"), "build takes no 'extra'; help build names all that it takes"),
        (("check", "--yes"), "--yes lets --fix write without a question: name both"),
        (("serve", "--port", "abc"), "newsstand serve: --port is 'abc'; write a whole number from"),
        (("stories", "--top", "x"), "newsstand stories: --top is 'x'; write a whole number from 1"),
        (("stories", "--format", "xml"), "--format is 'xml'; write one of text, json"),
        (("stories", "--top"), "newsstand stories: --top expected one argument"),
        (("import", "http://"), "http:// is no whole address; write https://host/path"),
        (("stories", "bridge"), "newsstand stories does not know 'bridge'; help stories names"),
    ],
)
def test_an_option_that_is_none_is_told(call: tuple[str, ...], said: str) -> None:
    """With the one that was meant, as a command that is none."""
    done = run_command(*call, in_process=True)
    assert done.code == 2
    assert said in done.stderr.replace("build.py", "newsstand")
    assert "usage:" not in done.stderr


def test_help_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Also of itself; and an example is one line, so that it can be copied."""
    for call in (["help", "help"], ["help"]):
        with pytest.raises(SystemExit) as left:
            main(call)
        assert left.value.code == 0
        assert "say what a command does" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["help", "completion"])
    said = capsys.readouterr().out
    assert "bash > ~/.local/share/bash-completion/completions/newsstand\n" in said
    assert max(map(len, said.partition("Example")[0].splitlines())) < 81


def test_records_are_not_blamed_for_the_settings(site: Path) -> None:
    """An error in `site.yml` leaves no record out."""
    (site / "site.yml").write_text("timezone: Nowhere\n", encoding="utf-8")
    done = run(site, "build")
    assert "Problems: 1 error" in done.stdout
    assert "Records with errors" not in done.stdout
    write_site(site, {"content/other.md": "---\nnothing: here\n---\n"})
    assert "Records with errors" in run(site, "build").stdout
