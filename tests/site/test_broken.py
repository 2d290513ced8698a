"""Content that is wrong in one way each: said where and how to mend it, and published around.

Each folder of ``tests/broken`` holds a ``content`` folder (and a ``site.yml`` where the
mistake is in there) and ``expected.txt``: the problems, word by word.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from newsstand.cli.terminal import quiet
from newsstand.content.disk_reading import LARGEST, read_bytes
from newsstand.content.site_inputs import Folders
from newsstand.pipeline import load
from newsstand.problems import Problem, without_notes
from tests.sites import ROOT, Run, build_site, read_tree, run_command, write_site

BROKEN = ROOT / "tests" / "broken"
CASES = sorted(path for path in BROKEN.iterdir() if path.is_dir())
# A content folder has one file of decisions and a site one of settings: these mistakes are built
# one by one, all others at once.
ALONE = [c for c in CASES if (c / "site.yml").exists() or (c / "content/stories.yml").exists()]
# With other settings it would be another site: nothing is published.
ANOTHER_SITE = {"settings-broken", "settings-latin-1", "settings-not-keys", "settings-url-no-link"}
PROBLEM = re.compile(r"(\S.*?):(\d+):(\d+): (error|warning): (.+) \[([a-z0-9-]+)\]")
REMEDY = re.compile(r" {4}-> \S.*")
GOOD = {
    f"content/good/good-{number}.md": f"""\
        ---
        title: "A good record, number {number}"
        webUrl: https://quay.example/good-{number}
        publishedDateTime: 2024-01-1{number}T10:00:00Z
        ---
        Nothing is wrong with it.
        """
    for number in (1, 2, 3)
}


# What is said of a site without an address, and of many records that were written at one time:
# true of this folder of cases, and the mistake of none of them.
OF_THE_HEAP = ("url-missing", "date-shared")


def problems_of(site: Path, now: datetime) -> tuple[Problem, ...]:
    """What is wrong with a site's folder, without building it; but for what is of all of it."""
    config = site / "site.yml"
    folders = Folders(site / "content", config if config.exists() else None, (), ())
    problems = load(folders, "", now, quiet).problems
    return tuple(problem for problem in problems if problem.code not in OF_THE_HEAP)


def expected_of(case: Path) -> str:
    """What is to be said about a case."""
    return (case / "expected.txt").read_text(encoding="utf-8")


def name_of(case: Path) -> str:
    """The id of a case in the list of tests."""
    return case.name


def as_text(problems: Iterable[Problem]) -> str:
    """Problems as a command prints them."""
    return "".join(f"{problem}\n" for problem in problems)


def with_good_records(case: Path, target: Path) -> Path:
    """A copy of a case with three records that are in order."""
    shutil.copytree(case, target, dirs_exist_ok=True)
    write_site(target, GOOD)
    (target / "site.yml").touch()
    return target


def good_pages(run: Run) -> list[bool]:
    """Whether each of the good records has its page."""
    return [f"A good record, number {n}" in run.page(f"news/good-{n}/") for n in (1, 2, 3)]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_mistake_is_named_with_place_and_remedy(case: Path, now: datetime) -> None:
    """File, line, column, what is wrong and how to mend it are said, once and exactly."""
    assert as_text(problems_of(case, now)) == expected_of(case)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_is_said_can_be_acted_on(case: Path) -> None:
    """Each problem names a file that is there, a place in it, a code and a remedy."""
    lines = expected_of(case).splitlines()
    assert lines
    for said, remedy in zip(lines[::2], lines[1::2], strict=True):
        match = PROBLEM.fullmatch(said)
        assert match, said
        assert REMEDY.fullmatch(remedy), remedy
        folder = case if match[1] == "site.yml" else case / "content"
        data = (folder / match[1]).read_bytes()
        line, column = int(match[2]), int(match[3])
        text = data.splitlines()
        # Broken YAML may end only behind its last line.
        assert 1 <= line <= max(len(text), 1) + 1, said
        assert 1 <= column <= (len(text[line - 1]) if line <= len(text) else 0) + 1, said


@pytest.mark.parametrize("case", ALONE, ids=name_of)
def test_the_site_is_published_around_a_mistake(case: Path, tmp_path: Path) -> None:
    """All other records have their pages, the exit code is 0, and the mistake is said aloud."""
    run = build_site(with_good_records(case, tmp_path), "-v", in_process=True)
    if case.name in ANOTHER_SITE:
        assert run.code == 1
        assert "Nothing was published: the settings cannot be used" in run.stdout
        assert not run.output.exists()
    else:
        assert (run.code, good_pages(run)) == (0, [True, True, True])
    for line in expected_of(case).splitlines():
        assert line in run.stderr
    counts = re.search(r"Problems: (\d+) errors?, (\d+) warnings?", run.stdout)
    assert counts, run.stdout
    severities = PROBLEM.findall(expected_of(case))
    errors = sum(severity == "error" for _, _, _, severity, _, _ in severities)
    assert (int(counts[1]), int(counts[2])) == (errors, len(severities) - errors)


@pytest.mark.parametrize("case", [c for c in CASES if ": error: " in expected_of(c)], ids=name_of)
def test_strict_publishes_nothing(case: Path, tmp_path: Path) -> None:
    """With --strict an error is exit code 1, and there is no site."""
    run = build_site(with_good_records(case, tmp_path), "--strict", in_process=True)
    assert run.code == 1
    assert "Nothing was published" in run.log
    assert not run.output.exists()


@pytest.mark.parametrize(
    "case", [c for c in CASES if ": error: " not in expected_of(c)], ids=name_of
)
def test_strict_lets_warnings_pass(case: Path, tmp_path: Path) -> None:
    """A warning keeps nothing back."""
    run = build_site(with_good_records(case, tmp_path), "--strict", in_process=True)
    assert (run.code, good_pages(run)) == (0, [True, True, True])


def test_there_are_forty_broken_records_and_more() -> None:
    """At least forty of the cases are a broken record, not a setting or a topic."""
    records = [case for case in CASES if expected_of(case).startswith("news/")]
    assert len(records) >= 40


@pytest.fixture(scope="module")
def all_broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One content folder with every broken record, topic, outlet and page, and three good ones."""
    folder = tmp_path_factory.mktemp("all")
    for case in CASES:
        if case not in ALONE:
            shutil.copytree(case / "content", folder / "content", dirs_exist_ok=True)
    write_site(folder, GOOD)
    (folder / "site.yml").touch()
    return folder


def _expected_of_all() -> list[str]:
    said = [expected_of(c) for c in CASES if c not in ALONE]
    return sorted(problem for text in said for problem in re.findall(r".+\n    -> .+\n", text))


def test_all_mistakes_at_once_are_all_named(all_broken: Path, now: datetime) -> None:
    """Every mistake is said as if it were the only one, and nothing else is."""
    said = sorted(f"{problem}\n" for problem in problems_of(all_broken, now))
    assert said == _expected_of_all()


def test_the_site_is_published_around_all_mistakes_at_once(all_broken: Path) -> None:
    """A process of its own builds the site of the records that are left, and ends well."""
    run = build_site(all_broken, "-v", output=all_broken.with_name("all-site"))
    assert "Traceback" not in run.log
    assert (run.code, good_pages(run)) == (0, [True, True, True])
    said = re.findall(r".+\n    -> .+\n", run.stderr.replace(f"{all_broken}/content/", ""))
    assert sorted(x for x in said if not any(f"[{c}]" in x for c in OF_THE_HEAP)) == (
        _expected_of_all()
    )


def test_strict_leaves_the_old_site_as_it_was(all_broken: Path) -> None:
    """A site that stands is not touched by a build that --strict refuses."""
    output = all_broken.with_name("old-site")
    good = write_site(all_broken.with_name("good"), GOOD)
    (good / "site.yml").touch()
    build_site(good, output=output, in_process=True)
    before = read_tree(output)
    run = build_site(all_broken, "--strict", output=output, in_process=True)
    assert run.code == 1
    assert read_tree(output) == before
    assert "The last site stands." in run.stdout


def test_errors_are_said_even_to_who_wants_quiet(all_broken: Path) -> None:
    """With -q the errors are said, and neither warnings nor the summary."""
    run = build_site(all_broken, "-q", output=all_broken.with_name("quiet"), in_process=True)
    assert run.stdout == ""
    assert ": error: " in run.stderr
    assert ": warning: " not in run.stderr


def test_of_many_warnings_of_a_kind_the_first_are_shown(tmp_path: Path) -> None:
    """Five of each kind are shown and the rest are counted; -v shows all."""
    records = {f"content/news/r{n}.md": f"---\ntitle: Report {n}\n---\n" for n in range(7)}
    write_site(tmp_path, {**records, "site.yml": ""})
    run = build_site(tmp_path, in_process=True)
    assert run.stderr.count("[link-missing]\n") == 5
    assert "… and 2 more warnings [link-missing]; -v shows all" in run.stderr
    assert build_site(tmp_path, "-v", in_process=True).stderr.count("[link-missing]\n") == 7


# Mistakes that a repository cannot hold, or should not.


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path, now: datetime) -> None:
    """A file over the limit is named and not read further."""
    large = "---\ntitle: Large\n---\n" + "word " * (LARGEST // 5)
    write_site(tmp_path, {"content/news/large.md": large})
    assert as_text(problems_of(tmp_path, now)) == (
        "news/large.md:1:1: error: the file is over 8 MB [file-large]\n"
        "    -> keep records short, and link to what is long\n"
    )


@pytest.mark.parametrize("outside", ["secret.md", "folder"])
def test_a_link_out_of_the_folder_is_not_followed(
    tmp_path: Path, now: datetime, outside: str
) -> None:
    """Neither a file nor a folder outside the content folder is read through a link."""
    write_site(tmp_path, {"folder/inside.md": "# A secret", "secret.md": "# A secret", **GOOD})
    (tmp_path / "content" / "leads-out.md").symlink_to(tmp_path / outside)
    assert as_text(problems_of(tmp_path, now)) == (
        "leads-out.md:1:1: error: this link leads out of the folder [link-leads-out]\n"
        "    -> put the file itself here\n"
    )
    run = build_site(tmp_path, in_process=True)
    assert not any(b"A secret" in data for data in run.files().values())


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the system refuses is left out with a problem; the others are published."""
    write_site(tmp_path, {**GOOD, "content/news/locked.md": "# Locked"})
    read = read_bytes

    def refuse(path: str | Path) -> bytes:
        if Path(path).name == "locked.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr("newsstand.content.file_reader.read_bytes", refuse)
    problems = problems_of(tmp_path, now)
    assert [(p.path, p.line, p.is_error) for p in problems] == [("news/locked.md", 1, True)]
    assert build_site(tmp_path, in_process=True).code == 0


def test_two_names_that_differ_in_case_only_are_one_address(tmp_path: Path, now: datetime) -> None:
    """Some disks hold one of the two files only: the second is left out, on every disk."""
    write_site(
        tmp_path,
        {
            "content/a/Bridge.md": "# One",
            "content/b/bridge.txt": "# Two",
            "content/c/BRIDGE.markdown": "# Three",
        },
    )
    problems = without_notes(problems_of(tmp_path, now))
    assert [(p.path, p.code) for p in problems] == [
        ("b/bridge.txt", "address-twice"),
        ("c/BRIDGE.markdown", "address-twice"),
    ]


def test_what_is_held_back_is_counted_and_named(tmp_path: Path) -> None:
    """Drafts, removed records and those dated ahead have no page; the summary says why."""
    records = {
        "content/news/later.md": "---\ntitle: Later\npublishedDateTime: 2024-02-01T00:00Z\n---\n",
        "content/news/draft.md": "---\ntitle: Draft\ndraft: yes\n---\n",
        "content/news/gone.md": "---\ntitle: Gone\nremoved: true\n---\n",
    }
    run = build_site(write_site(tmp_path, {**GOOD, **records, "site.yml": ""}), in_process=True)
    assert "Read 6 records: 3 published" in run.stdout
    assert "3 held back." in run.stdout
    assert "  held back: news/draft.md (draft)\n" in run.stdout
    assert "  held back: news/gone.md (removed)\n" in run.stdout
    assert "  held back: news/later.md (dated ahead" in run.stdout
    assert not list((run.output / "news").glob("[ldr]*"))


def test_an_empty_settings_file_and_no_settings_are_no_mistake(tmp_path: Path) -> None:
    """Every setting has a default."""
    write_site(tmp_path, {**GOOD, "site.yml": ""})
    assert "No problems." in build_site(tmp_path, in_process=True).stdout
    content, output = tmp_path / "content", tmp_path / "other"
    run = run_command(
        "--content", str(content), "--output", str(output), output=output, in_process=True
    )
    assert run.code == 0
