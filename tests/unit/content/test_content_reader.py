"""A content folder becomes content, whatever lies in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from newsstand.content.content_reader import Read, read_content
from newsstand.content.disk_reading import list_files
from newsstand.model import Content
from newsstand.problems import Problem, without_notes
from newsstand.text.file_names import address_key
from tests.sites import write_site

RECORD = "---\ntitle: A\nwebUrl: https://harbour.example/{}\n---\n"


def content_of(
    folder: Path, files: Mapping[str, str | bytes], now: datetime, static: tuple[str, ...] = ()
) -> tuple[Content, tuple[Problem, ...]]:
    """The content of a folder with these files."""
    read = read_of(folder, files, now, static)
    return read.content, read.problems


def read_of(
    folder: Path, files: Mapping[str, str | bytes], now: datetime, static: tuple[str, ...] = ()
) -> Read:
    """A folder with these files, as it is read."""
    write_site(folder, files)
    return read_content(folder, static, now, lambda paths: paths)


def test_records_lie_wherever_they_like(tmp_path: Path, now: datetime) -> None:
    """All endings, all depths; anything else is no record."""
    content, problems = content_of(
        tmp_path,
        {
            "a.md": "# A\n\n![A](picture.png)",
            "news/2024/b.markdown": "# B",
            "deep/er/c.txt": "# C",
            "UPPER.MD": "# D",
            "topics.md": "# E",
            "news/topics/f.md": "# F",
            "picture.png": b"x",
            "notes.doc": "x",
            "data.json": "{}",
            "news/g.yaml": "title: G",
        },
        now,
    )
    assert [a.path for a in content.articles] == [
        *("UPPER.MD", "a.md", "deep/er/c.txt", "news/2024/b.markdown", "news/topics/f.md"),
        "topics.md",
    ]
    assert without_notes(problems) == ()
    assert content.pictures == ("picture.png",)


def test_hidden_files_are_passed_over(tmp_path: Path, now: datetime) -> None:
    """What editors and disks leave behind is no content."""
    files = {".hidden.md": "# A", ".git/b.md": "# B", "news/.c.md": "# C", "d.md": "# D"}
    content, problems = content_of(tmp_path, files, now)
    assert [a.path for a in content.articles] == ["d.md"]
    assert without_notes(problems) == ()


def test_an_empty_folder_has_no_content(tmp_path: Path, now: datetime) -> None:
    """And nothing is wrong with it."""
    assert content_of(tmp_path, {}, now) == (Content(), ())


def test_topics_outlets_pages_and_decisions_have_their_places(
    tmp_path: Path, now: datetime
) -> None:
    """Folders at the top of the content, and one file."""
    content, problems = content_of(
        tmp_path,
        {
            "topics/a.yaml": "name: A\n",
            "topics/deep/b.yml": "name: B\nparent: A\n",
            "providers/c.yaml": "domain: c.example\n",
            "organizations/d.md": "---\ndomain: d.example\n---\n",
            "pages/about.md": "# About\n",
            "stories.yml": "pin: [e.md]\n",
            "e.md": "# E",
            "news/stories.yml": "not: [read]\n",
        },
        now,
    )
    assert without_notes(problems) == ()
    assert [(t.id, t.parent) for t in content.topics] == [("a", ""), ("b", "a")]
    assert [p.domain for p in content.providers] == ["c.example", "d.example"]
    assert [p.slug for p in content.pages] == ["about"]
    assert [d.records for d in content.decisions.pin] == [("e.md",)]
    assert [a.path for a in content.articles] == ["e.md"]


def test_a_file_about_an_outlet_beats_what_records_say(tmp_path: Path, now: datetime) -> None:
    """And of records, the one that says more."""
    plain = "---\ntitle: A\nprovider: {domain: a.example}\n---\n"
    named = "---\ntitle: B\nprovider: {domain: a.example, name: Record Says}\n---\n"
    content, _ = content_of(tmp_path, {"1.md": plain, "2.md": named}, now)
    assert [p.name for p in content.providers] == ["Record Says"]
    file = {"providers/a.yaml": "domain: a.example\nname: File Says\n"}
    content, _ = content_of(tmp_path, file, now)
    assert [p.name for p in content.providers] == ["File Says"]


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("b.png", "media/news/b.png"),
        ("../pictures/c.png", "media/pictures/c.png"),
        ("pictures/c.png", "media/pictures/c.png"),
        ("b.png?v=1", "media/news/b.png"),
        ("/pictures/site.svg", "pictures/site.svg"),
        ("pictures/site.svg", "pictures/site.svg"),
        ("/news/b.png", ""),
        ("../../b.png", ""),
        ("../../../etc/passwd.png", ""),
        ("..\\pictures\\c.png", ""),
        ("secret.txt", ""),
        ("a.md", ""),
    ],
)
def test_pictures_are_found_beside_the_record_or_below_static(
    tmp_path: Path, now: datetime, address: str, source: str
) -> None:
    """Never outside the two folders, and nothing but pictures."""
    (tmp_path / "b.png").write_bytes(b"outside")
    read = read_of(
        tmp_path / "content",
        {
            "news/a.md": f"---\ntitle: A\nimages: [{{url: '{address}'}}]\n---\n",
            "news/b.png": b"x",
            "pictures/c.png": b"x",
            "secret.txt": "x",
        },
        now,
        static=("pictures/site.svg",),
    )
    article = next(a for a in read.content.articles if a.path == "news/a.md")
    assert [p.source for p in read.bodies(article).pictures] == ([source] if source else [])


def test_the_first_of_two_records_with_one_address_is_kept(tmp_path: Path, now: datetime) -> None:
    """In order of path; case and composition of letters make no difference."""
    files = {"a/Über.md": "# One", "b/u\u0308ber.md": "# Two", "c/ÜBER.txt": "# Three"}
    content, problems = content_of(tmp_path, files, now)
    assert [a.title for a in content.articles] == ["One"]
    assert [p.code for p in without_notes(problems)] == ["address-twice", "address-twice"]
    assert address_key("Über") == address_key("u\u0308BER")


def test_two_records_with_one_link_are_both_kept(tmp_path: Path, now: datetime) -> None:
    """With a warning at the link of the second."""
    files = {"a.md": RECORD.format("x"), "b.md": RECORD.format("x/?utm_source=y")}
    content, problems = content_of(tmp_path, files, now)
    assert len(content.articles) == 2
    said = [p for p in problems if p.code != "date-missing"]
    assert [(p.path, p.line, p.code, p.is_error) for p in said] == [
        ("b.md", 3, "link-twice", False)
    ]


def test_files_are_read_in_order_and_each_once(tmp_path: Path, now: datetime) -> None:
    """Progress sees every file that is read."""
    write_site(tmp_path, {"b.md": "# B", "a.md": "# A", "c.png": b"x"})
    seen: list[str] = []

    def watch(paths: Iterable[str]) -> Iterable[str]:
        for path in paths:
            seen.append(path)
            yield path

    read_content(tmp_path, (), now, watch)
    assert seen == ["a.md", "b.md"]


def test_windows_line_ends_and_byte_order_marks_do_not_count(tmp_path: Path, now: datetime) -> None:
    """The same record in other clothes."""
    plain = "---\ntitle: A\n---\nOne.\n\nTwo.\n"
    read = read_of(
        tmp_path,
        {
            "a.md": plain,
            "b.md": plain.replace("\n", "\r\n"),
            "c.md": plain.replace("\n", "\r"),
            "d.md": b"\xef\xbb\xbf" + plain.encode(),
        },
        now,
    )
    articles = read.content.articles
    assert {(a.title, read.bodies(a).body) for a in articles} == {("A", "One.\n\nTwo.")}
    assert len(articles) == 4


def test_links_on_the_disk_inside_the_folder_are_files(tmp_path: Path, now: datetime) -> None:
    """A link to nothing is nothing; a link to itself does not hang."""
    write_site(tmp_path, {"a.md": "# A"})
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "nothing.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    content = read_content(tmp_path, (), now, lambda paths: paths).content
    assert [a.path for a in content.articles] == ["a.md", "b.md"]


def test_a_listing_has_slashes_and_is_sorted(tmp_path: Path) -> None:
    """On every disk alike."""
    write_site(tmp_path, {"b/c.md": "x", "b.md": "x", "a/d.md": "x"})
    assert list_files(tmp_path).paths == ("a/d.md", "b.md", "b/c.md")
