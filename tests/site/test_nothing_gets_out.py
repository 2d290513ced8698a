"""Nothing of what is held back, left out or not shown gets into any file of a site."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

import pytest

from newsstand.build.output import Output
from tests.sites import build_site, write_site

NOW = "2026-03-10T12:00:00Z"
PUBLIC = """\
---
title: Ferry adds a morning trip
publishedDateTime: 2026-03-08T10:00:00Z
webUrl: https://ferry.example/morning
---
Words.
"""
WAITING = """\
---
title: Merger of two ferries
{key}
webUrl: https://ferry.example/merger
topics: [Hidden topic]
provider: {{name: Ferry Line (bought by Tide Group), domain: ferry.example}}
images: [{{url: merger.svg}}]
related:
  - {{title: A hidden piece, webUrl: 'https://other.example/x', provider: {{name: Hidden Outlet}}}}
---
![map](merger-map.png)
"""
SECRETS = (
    *("merger", "Merger", "Tide Group", "Hidden topic", "hidden piece", "Hidden Outlet"),
    *("hidden-topic", "other.example"),
)


@pytest.mark.parametrize(
    "key",
    [
        *("draft: true", "draft: ture", "publishedDateTime: 2027-01-01T00:00:00Z"),
        *("publishedDateTime: 01.02.2027", "removed: yes", "expires: 2026-03-01", "Status: draft"),
    ],
)
def test_no_file_says_anything_of_a_record_that_is_held_back(tmp_path: Path, key: str) -> None:
    """Neither its outlet's name, nor its topics, pictures and related pieces."""
    files: dict[str, str | bytes] = {
        "content/news/public.md": PUBLIC,
        "content/news/waiting.md": WAITING.format(key=key),
        "content/news/merger.svg": "<svg/>",
        "content/news/merger-map.png": b"map",
        "site.yml": "url: https://desk.example/\n",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert (run.code, "1 held back" in run.stdout) == (0, True)
    for path, data in run.files().items():
        said = path + data.decode(errors="replace")
        assert [secret for secret in SECRETS if secret in said] == [], path


@pytest.mark.parametrize("key", ["draft: true", "status: hidden", "removed: yes", "draft: perhaps"])
def test_topics_outlets_pages_and_related_pieces_are_held_back_too(
    tmp_path: Path, key: str
) -> None:
    """What their files say is in no file of the site, and each is named."""
    inline = PUBLIC.replace(
        "---\nWords", f"topics: [Ferries]\nrelated: [{{title: hush5, {key}}}]\n---\nWords"
    )
    files: dict[str, str | bytes] = {
        "content/news/public.md": inline,
        "content/topics/t.yaml": f"name: Ferries\ndescription: hush1\nimages: [hush2.png]\n{key}\n",
        "content/topics/hush2.png": b"1",
        "content/providers/p.md": f"---\ndomain: ferry.example\nname: hush3\n{key}\n---\n",
        "content/pages/plan.md": f"---\ntitle: hush4\n{key}\n---\nWords.\n",
        "site.yml": "url: https://desk.example/\n",
    }
    run = build_site(write_site(tmp_path, files), "-v", now=NOW, in_process=True)
    assert run.code == 0
    for path, data in run.files().items():
        assert "hush" not in path + data.decode(errors="replace"), path
    assert run.log.count("held back (") + run.log.count("left out (") == 4
    assert "Ferries" in run.page("news/public/")


def test_a_page_comes_when_its_time_has_come(tmp_path: Path) -> None:
    """Also where nothing else has changed since the last build; and it goes when it ends."""
    page = "---\ntitle: Plans\ndate: 2026-03-12\nexpires: 2026-03-14\n---\nWords.\n"
    files = {"content/news/public.md": PUBLIC, "content/pages/plans.md": page}
    folder = write_site(tmp_path, {**files, "site.yml": "url: https://desk.example/\n"})
    for day, is_there in (("11", False), ("12", True), ("13", True), ("14", False)):
        run = build_site(folder, now=f"2026-03-{day}T12:00:00Z", in_process=True)
        assert ("plans/index.html" in run.files()) is is_there, day


def test_only_pictures_that_are_shown_are_copied(tmp_path: Path) -> None:
    """Those of records, bodies, topics, outlets and pages; not those that merely lie there."""
    files: dict[str, str | bytes] = {
        "content/news/public.md": PUBLIC.replace(
            "Words.", "![a](beside%20it.png) ![b](<../b.gif>)"
        ),
        "content/news/beside it.png": b"1",
        "content/b.gif": b"2",
        "content/news/spare.png": b"3",
        "content/news/drawn.svg": b"4",
        "content/pages/about.md": "# About\n\n![c](../pictures/c.webp) ![d](/d.png)\n",
        "content/pictures/c.webp": b"5",
        "content/topics/t.yaml": "name: Ports\nimages: [t.png]\n",
        "content/topics/t.png": b"6",
        "content/providers/f.md": "---\ndomain: ferry.example\nimages: [{url: f.png}]\n---\n",
        "content/providers/f.png": b"7",
        "content/providers/nobody.md": "---\ndomain: no.example\nimages: [{url: n.png}]\n---\n",
        "content/providers/n.png": b"8",
        "static/d.png": b"9",
        "site.yml": "",
    }
    folder = write_site(tmp_path, files)
    run = build_site(folder, "--static", str(folder / "static"), now=NOW, in_process=True)
    media = {p.removeprefix("media/") for p in run.files() if p.startswith("media/")}
    assert media == {
        "news/beside it.png",
        "b.gif",
        "pictures/c.webp",
        "topics/t.png",
        "providers/f.png",
    }
    page = run.page("news/public/")
    assert 'src="../../media/news/beside%20it.png"' in page
    about = run.page("about/")
    assert 'src="../media/pictures/c.webp"' in about
    assert 'src="../d.png"' in about


def test_no_pictures_are_copied_where_none_are_shown(tmp_path: Path) -> None:
    """The setting `images: none` holds for files too."""
    files: dict[str, str | bytes] = {
        "content/a.md": PUBLIC.replace("Words.", "![a](a.png)"),
        "content/a.png": b"1",
        "site.yml": "images: none\n",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert not [path for path in run.files() if path.startswith("media/")]


@pytest.mark.parametrize(
    "settings",
    ['title: "Harbour\nurl: https://t.example/\n', "url: t.example\n", "- a\n", "url: [x]\n"],
)
def test_settings_that_cannot_be_used_publish_nothing(tmp_path: Path, settings: str) -> None:
    """The last good site stands, byte for byte, and the exit code says so."""
    write_site(tmp_path, {"content/a.md": PUBLIC, "site.yml": "url: https://t.example/\n"})
    before = build_site(tmp_path, now=NOW, in_process=True).files()
    write_site(tmp_path, {"site.yml": settings})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert run.code == 1
    assert "Nothing was published" in run.log
    assert run.files() == before
    by_hand = build_site(tmp_path, "--base-url", "https://t.example/", now=NOW, in_process=True)
    assert by_hand.code == (0 if settings.startswith("url") else 1)


def test_a_repository_in_the_output_stays(tmp_path: Path) -> None:
    """Folders and files of version control; what else is not ours is named."""
    write_site(tmp_path, {"content/a.md": PUBLIC, "site.yml": ""})
    run = build_site(tmp_path, now=NOW, in_process=True)
    subprocess.run(["git", "init", "-q", str(run.output)], check=True)
    (run.output / ".hg").write_text("a file, as a worktree has one")
    (run.output / "CNAME").write_text("desk.example")
    head = (run.output / ".git" / "HEAD").read_bytes()
    (tmp_path / "content" / "b.md").write_text("# Another")
    again = build_site(tmp_path, now=NOW, in_process=True)
    assert (again.output / ".git" / "HEAD").read_bytes() == head
    assert (again.output / ".hg").is_file()
    assert not (again.output / "CNAME").exists()
    assert "_site/CNAME:1:1: warning: " in again.stderr
    assert (again.output / "news" / "b" / "index.html").is_file()
    third = build_site(tmp_path, now=NOW, in_process=True)
    assert (third.output / ".git" / "HEAD").read_bytes() == head
    assert "CNAME" not in third.stderr


@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_what_goes_is_named_before_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """Also where nothing is remembered of the last build; and once."""
    write_site(tmp_path, {"content/a.md": PUBLIC, "site.yml": ""})
    run = build_site(tmp_path, now=NOW, in_process=True)
    write_site(tmp_path, {"_site/own/notes.txt": "mine", "content/b.md": "# Another"})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Output, "publish", full)
        stopped = build_site(tmp_path, *options, now=NOW, in_process=True)
    assert stopped.code == 1
    assert stopped.stderr.count("_site/own:1:1: warning: ") == 1
    assert (run.output / "own" / "notes.txt").is_file()
    done = build_site(tmp_path, *options, now=NOW, in_process=True)
    assert done.stderr.count("_site/own:1:1: warning: ") == 1
    assert not (run.output / "own").exists()
    again = build_site(tmp_path, *options, now=NOW, in_process=True)
    assert "[output-not-ours]" not in again.stderr


def test_folders_that_every_site_has_are_not_taken_for_those_of_others(tmp_path: Path) -> None:
    """The last record goes, and nothing is remembered of the site that showed it."""
    write_site(tmp_path, {"content/a.md": PUBLIC, "site.yml": ""})
    build_site(tmp_path, now=NOW, in_process=True)
    (tmp_path / "content" / "a.md").unlink()
    again = build_site(tmp_path, "--no-cache", now=NOW, in_process=True)
    assert [path.name for path in (again.output / "news").iterdir()] == ["index.html"]
    assert "[output-not-ours]" not in again.stderr


def test_a_folder_with_nothing_but_a_repository_is_an_output(tmp_path: Path) -> None:
    """So a worktree of the branch that is published can be built into."""
    write_site(tmp_path, {"content/a.md": PUBLIC, "site.yml": "", "_site/.git": "gitdir: ../x\n"})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert run.code == 0
    assert (run.output / ".git").read_text() == "gitdir: ../x\n"


def test_a_record_comes_and_goes_at_its_times(tmp_path: Path) -> None:
    """Each build is right whatever the last one remembers, forwards and back."""
    keys = "publishedDateTime: 2026-03-05T00:00:00Z\nexpires: 2026-03-09T00:00:00Z"
    text = f"---\ntitle: Fair weather\nwebUrl: https://fair.example/a\n{keys}\n---\n"
    write_site(tmp_path, {"content/news/fair.md": text, "content/a.md": PUBLIC, "site.yml": ""})
    for now, there in (
        *(("2026-03-04T00:00:00Z", False), ("2026-03-06T00:00:00Z", True)),
        *(("2026-03-10T00:00:00Z", False), ("2026-03-07T00:00:00Z", True)),
        *(("2026-03-08T23:59:59Z", True), ("2026-03-09T00:00:00Z", False)),
    ):
        run = build_site(tmp_path, now=now, in_process=True)
        assert (run.output / "news" / "fair").exists() == there, now


def test_no_time_after_now_stands_in_any_file(tmp_path: Path) -> None:
    """An update and a related piece of next year are passed over, and said."""
    text = PUBLIC.replace(
        "webUrl",
        "updatedDateTime: 2027-01-01T00:00:00Z\nrelated:\n"
        "  - {title: Piece of next year, publishedDateTime: 2027-02-01T00:00:00Z,"
        " webUrl: 'https://i.example/p'}\nwebUrl",
    )
    today = text.replace("2026-03-08T10:00:00Z", "2026-03-10").replace("morning", "noon")
    files = {"content/a.md": text, "content/b.md": today, "site.yml": "url: https://t.example/\n"}
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert run.stderr.count("[date-ahead]") == 2
    for path, data in run.files().items():
        assert b"2027" not in data, path
        assert b"2026-03-10T23" not in data, path
