"""Sites and records that the program itself writes: ``init``, ``new`` and ``schema``."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsstand.cli.init_files import NewSite, starter_files
from newsstand.content.schema import all_schemas
from tests.sites import NOW, Run, read_tree, run_command, write_site

TAKEN = {
    "content/news/2023/12/2023-12-01-bridge.md": """\
        ---
        title: "Bridge"
        webUrl: "https://www.quay.example/bridge/?utm_source=x"
        publishedDateTime: 2023-12-01T10:00:00Z
        ---
        """,
    "content/topics/a.yaml": "name: Ports and bridges\nshortname: Ports\n_id: ports\n",
    "content/providers/quay.md": "---\ndomain: quay.example\nname: The Quay\n---\n",
    "site.yml": "",
}


def command(*arguments: str | Path) -> Run:
    """A command, in this process."""
    return run_command(*map(str, arguments), in_process=True)


def new(site: Path, *arguments: str) -> tuple[Run, str, str]:
    """``new`` on a site -> what it did, the record's path below the site's folder, its text."""
    run = command("new", *arguments, "--site", site, "--now", NOW)
    path = Path(run.stdout.strip()) if run.stdout else site / "nothing"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return run, path.relative_to(site).as_posix(), text


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a record, a topic and an outlet."""
    return write_site(tmp_path, TAKEN)


def test_a_new_site_builds_without_a_problem(tmp_path: Path) -> None:
    """Nor with a warning; and it has a page of each kind."""
    folder = tmp_path / "harbour-news"
    made = command("init", folder, "--now", NOW)
    assert made.code == 0, made.log
    built = command("build", "--site", folder, "--now", NOW, "-v")
    assert (built.code, built.stderr) == (0, "")
    assert "No problems." in built.stdout
    pages = read_tree(folder / "_site")
    for address in ("", "about/", "topics/harbours/", "outlets/harbour-gazette.example/"):
        assert f"{address}index.html" in pages
    assert b"Harbour news" in pages["index.html"]
    assert any(path.startswith("css/own.") for path in pages)
    assert "Read 8 records: 8 published" in built.stdout
    assert b"3 outlets" in pages["index.html"]
    checked = command("check", "--site", folder, "--now", NOW)
    assert set(re.findall(r"\[([a-z-]+)\]$", checked.stdout, re.MULTILINE)) == {
        *("picture-none", "url-missing"),
    }


def test_the_ids_of_a_new_site_stand_from_the_start(tmp_path: Path) -> None:
    """So git knows the file: a build changes nothing, and nothing untracked is in a pull's way."""
    command("init", tmp_path / "s", "--now", NOW)
    lock = tmp_path / "s/content/stories.lock"
    ids = lock.read_text("utf-8")
    assert "walkers-first-across-old-bridge" in ids
    command("build", "--site", tmp_path / "s", "--now", NOW)
    assert lock.read_text("utf-8") == ids


def test_records_of_a_new_site_are_called_by_their_days(tmp_path: Path) -> None:
    """Their files have the days of their reports in their names."""
    made = command("init", tmp_path / "s", "--now", NOW)
    assert "Not installed?" not in made.stdout  # build.py alone says how it is called
    for path in (tmp_path / "s/content/news").rglob("*.md"):
        (day,) = re.findall(r"^publishedDateTime: (.{10})", path.read_text("utf-8"), re.MULTILINE)
        assert path.name.startswith(day)
        assert path.parent.parts[-2:] == (day[:4], day[5:7])


@pytest.mark.parametrize(
    ("program", "where"),
    [
        ("newsstand @ git+https://q.example/n@0123abc", "repository: <https://q.example/n>."),
        ("# Put the address in here\n# newsstand @ git+https://q.example/n", "repository."),
    ],
)
def test_a_new_site_says_where_the_documents_are(program: str, where: str) -> None:
    """Messages name them, and the site has none."""
    files = starter_files(NewSite("Quay", "", datetime(2024, 1, 20, tzinfo=UTC), program))
    assert f"are in Newsstand's {where} After" in files["README.md"].decode()


def test_a_new_site_has_what_an_editor_needs(tmp_path: Path) -> None:
    """Ignored output, schemas that are named by each file, and nothing left to fill in."""
    command("init", tmp_path / "s", "--title", 'The "Quay"', "--url", "https://q.example/r")
    files = read_tree(tmp_path / "s")
    assert b"/_site/" in files[".gitignore"]
    assert b'title: "The \\"Quay\\""' in files["site.yml"]
    assert b'url: "https://q.example/r/"' in files["site.yml"]
    assert {f".schema/{name}" for name in all_schemas()} <= set(files)
    for path, data in files.items():
        assert not re.search(rb"@[A-Z]", data), path
        for line in data.decode().splitlines():
            if line.startswith("# yaml-language-server: "):
                target = (tmp_path / "s" / path).parent / line.partition("=")[2]
                assert target.is_file(), (path, line)
    named = [p for p, data in files.items() if data.count(b"# yaml-language-server: ")]
    assert len(named) == 18


@pytest.mark.parametrize("held", ["note.txt", ".hidden"])
def test_a_folder_that_holds_something_is_refused(tmp_path: Path, held: str) -> None:
    """And left as it was."""
    write_site(tmp_path, {held: "mine"})
    run = command("init", tmp_path)
    assert run.code == 2
    assert "is not empty" in run.stderr
    assert read_tree(tmp_path) == {held: b"mine"}


def test_an_empty_repository_is_empty_enough(tmp_path: Path) -> None:
    """``git init`` may come first."""
    (tmp_path / ".git").mkdir()
    assert command("init", tmp_path).code == 0


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Nothing can be written into it."""
    write_site(tmp_path, {"file": "mine"})
    assert command("init", tmp_path / "file").code == 2


def test_a_record_has_what_is_known(site: Path) -> None:
    """The outlet of the link's host, the topic by its short name, now, and our folders."""
    run, path, text = new(
        site, "Selk Bridge “opens”: again", "--url", "https://m.quay.example/1", "--topic", "ports"
    )
    assert (run.code, run.stderr) == (0, "")
    assert path == "content/news/2024/01/2024-01-20-selk-bridge-opens-again.md"
    assert text == (
        '---\ntitle: "Selk Bridge “opens”: again"\nexcerpt: ""\n'
        "publishedDateTime: 2024-01-20T00:00:00Z\narrivedDateTime: 2024-01-20T00:00:00Z\n"
        'webUrl: "https://m.quay.example/1"\n'
        'provider:\n  name: "The Quay"\n  domain: quay.example\n'
        'topics:\n  - "Ports and bridges"\n---\n'
    )


def test_a_record_names_its_schema_where_the_site_has_one(site: Path) -> None:
    """By the path from the record."""
    command("schema", "--site", site)
    _, path, text = new(site, "Ferry")
    line = text.splitlines()[1]
    assert line == "# yaml-language-server: $schema=../../../../.schema/record.json"
    assert (site / path).parent.joinpath(line.partition("=")[2]).is_file()


def test_an_unknown_outlet_and_an_unknown_topic_are_written_as_given(site: Path) -> None:
    """With a word about the topic, which may be a slip."""
    run, _, text = new(site, "Ferry", "--outlet", "Tide Times", "--topic", "Port and bridges")
    assert 'name: "Tide Times"\n---' in text.replace('topics:\n  - "Port and bridges"\n', "")
    assert "did you mean Ports and bridges?" in run.stderr
    _, _, other = new(site, "Ferry two", "--outlet", "tides.example")
    assert '  name: "tides.example"\n  domain: tides.example\n' in other


def test_the_outlet_of_a_date_and_a_link_without_a_file(site: Path) -> None:
    """The host is all that is known of the outlet; the date is read like that of a record."""
    _, path, text = new(
        site, "Ferry", "--url", "https://www.tides.example/f", "--date", "2023-05-06T10:00+02:00"
    )
    assert path == "content/news/2023/05/2023-05-06-ferry.md"
    assert (
        "publishedDateTime: 2023-05-06T08:00:00Z\narrivedDateTime: 2024-01-20T00:00:00Z\n" in text
    )
    assert "domain: tides.example\n" in text


def test_nothing_is_ever_written_over(site: Path) -> None:
    """A name that is taken anywhere gets a number: two records never have one address."""
    paths = [new(site, "Ferry")[1] for _ in range(3)]
    assert [p.rpartition("-20-")[2] for p in paths] == ["ferry.md", "ferry-2.md", "ferry-3.md"]


def test_a_link_that_a_record_has_is_not_written_twice(site: Path) -> None:
    """Exit code 1, and the record is named."""
    before = read_tree(site)
    run, _, _ = new(site, "Bridge again", "--url", "http://quay.example/bridge")
    assert run.code == 1
    assert "2023-12-01-bridge.md has this link already" in run.stderr
    assert read_tree(site) == before


@pytest.mark.parametrize(
    "arguments",
    [("new", " "), ("new", "A", "--url", "quay.example"), ("new", "A", "--date", "soon")],
)
def test_wrong_usage_writes_nothing(site: Path, arguments: tuple[str, ...]) -> None:
    """Exit code 2, with a reason."""
    before = read_tree(site)
    run = command(*arguments, "--site", site)
    assert run.code == 2
    assert read_tree(site) == before


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd",
        "a/b\\c",
        'a: "b" # c',
        "&amp;",
        "標題" * 100,
        "𐌰" * 100,
        " --- ",
        "\u202eabc",
    ],
)
def test_any_title_makes_a_record_that_reads_the_same(site: Path, title: str) -> None:
    """In the content folder, and published without an error."""
    run, path, _ = new(site, title, "--url", "https://quay.example/odd")
    assert run.code == 0, run.log
    assert path.startswith("content/news/2024/01/2024-01-20-")
    built = command("build", "--site", site, "--now", NOW, "--strict")
    assert built.code == 0, built.log


def test_the_habit_of_a_folder_is_followed(tmp_path: Path) -> None:
    """Records in one folder, named without a date, get company there."""
    write_site(tmp_path, {"content/posts/one.md": "# One", "content/posts/two.md": "# Two"})
    assert new(tmp_path, "Three")[1] == "content/posts/three.md"
    write_site(tmp_path / "b", {"content/2024/01/18/one.md": "# One"})
    assert new(tmp_path / "b", "Three")[1] == "content/2024/01/20/three.md"
    (tmp_path / "c" / "content").mkdir(parents=True)
    assert new(tmp_path / "c", "Three")[1] == "content/news/2024/01/2024-01-20-three.md"


def test_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    """All of them, as JSON."""
    assert command("schema", "--output", tmp_path / "x").code == 0
    written = read_tree(tmp_path / "x")
    assert {name: data.decode() for name, data in written.items()} == all_schemas()
    assert all(json.loads(data)["title"] for data in written.values())


def test_new_with_a_day_names_no_hour(site: Path) -> None:
    """A day in a record is a day; midnight would be a time that nobody said."""
    run = command("new", "Ferry", "--site", site, "--now", NOW, "--date", "2023-05-06")
    assert run.code == 0, run.log
    (path,) = site.glob("content/**/*ferry*.md")
    assert "publishedDateTime: 2023-05-06\n" in path.read_text(encoding="utf-8")
