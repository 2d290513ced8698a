"""Files that were read, each for itself, become one content: where two claim the same, one wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from newsstand.content.collect import gather
from newsstand.content.remembered_files import ReadFile, ReadFiles
from newsstand.model import Content, Decisions, HeldBack, PlainPage, Provider, Topic
from newsstand.problems import Problem, at_line
from tests.factories import make_article, make_piece, make_provider, make_topic
from tests.sites import write_site

_STAMP = b"stamp"


def _gather(
    folder: Path, files: dict[str, ReadFile], outlets: tuple[Provider, ...] = ()
) -> tuple[Content, tuple[Problem, ...]]:
    write_site(folder, dict.fromkeys(files, "---\ntitle: x\nwebUrl: x\n_id: x\ndomain: x\n---\n"))
    return gather(folder, ReadFiles(0, files, outlets), ("pictures/a.png",))


def _article(path: str, **changes: object) -> ReadFile:
    slug = path.rpartition("/")[2].removesuffix(".md")
    article = make_article(str(changes.pop("title", path)), path=path, slug=slug, **changes)
    return ReadFile(_STAMP, b"", article=article)


def test_each_kind_of_file_has_its_place(tmp_path: Path) -> None:
    """In order of path; what is neither published nor held back is left out."""
    page = PlainPage("pages/about.md", "about", "About", "", "")
    files = {
        "news/a.md": replace(_article("news/a.md"), pictures=("pictures/a.png",)),
        "news/b.md": ReadFile(_STAMP, b"", held_back=HeldBack("news/b.md", "draft")),
        "news/c.md": ReadFile(_STAMP, b""),
        "pages/about.md": ReadFile(_STAMP, b"", page=page),
        "stories.yml": ReadFile(_STAMP, b"", decisions=Decisions("stories.yml")),
        "topics/sea.yaml": ReadFile(_STAMP, b"", topic=make_topic("Sea")),
    }
    content, problems = _gather(tmp_path, files)
    assert [a.path for a in content.articles] == ["news/a.md"]
    assert content.held_back == (HeldBack("news/b.md", "draft"),)
    assert content.left_out == 1
    assert content.pages == (page,)
    assert content.topics == (make_topic("Sea"),)
    assert content.decisions.path == "stories.yml"
    assert content.pictures == ("pictures/a.png",)
    assert problems == ()


@pytest.mark.parametrize("other", ["more/a.md", "more/A.md"])
def test_of_two_records_at_one_address_the_first_is_published(tmp_path: Path, other: str) -> None:
    """The one that comes first in order of path; the other is named."""
    files = {path: _article(path) for path in sorted(("news/a.md", other))}
    content, problems = _gather(tmp_path, files)
    assert [a.path for a in content.articles] == [other]
    assert [(p.code, p.path) for p in problems] == [("address-twice", "news/a.md")]
    assert content.left_out == 1


def test_of_two_topics_with_one_id_the_first_stays(tmp_path: Path) -> None:
    """And the other file is named, at the line of its key."""
    files = {
        f"topics/{name}.yaml": ReadFile(_STAMP, b"", topic=Topic("sea", name))
        for name in ("one", "two")
    }
    content, problems = _gather(tmp_path, files)
    assert [t.name for t in content.topics] == ["one"]
    assert [(p.code, p.path, p.line) for p in problems] == [("topic-twice", "topics/two.yaml", 4)]


def test_an_outlet_with_a_file_beats_what_records_say(tmp_path: Path) -> None:
    """Of two files the last one counts as the first did: each domain stands once."""
    named = make_provider(name="From a record")
    own = make_provider(name="From its file")
    files = {
        "news/a.md": ReadFile(_STAMP, b"", outlets=(0, 1)),
        "providers/a.yaml": ReadFile(_STAMP, b"", provider=own),
        "providers/b.yaml": ReadFile(_STAMP, b"", provider=make_provider(name="Again")),
    }
    wire = make_provider("wire.example")
    content, problems = _gather(tmp_path, files, (named, wire))
    assert content.providers == (own, wire)
    assert [(p.code, p.path) for p in problems] == [("outlet-twice", "providers/b.yaml")]


def test_of_what_records_call_an_outlet_the_first_that_says_most_stays(tmp_path: Path) -> None:
    """A name beats a bare domain, whatever was read first; files in order decide, not places."""
    bare = Provider("wire.example", "wire.example")
    outlets = (Provider("wire.example", "The Wire"), bare, Provider("wire.example", "Wire Co"))
    files = {
        "news/a.md": ReadFile(_STAMP, b"", outlets=(1,)),
        "news/b.md": ReadFile(_STAMP, b"", outlets=(2,)),
        "news/c.md": ReadFile(_STAMP, b"", outlets=(0,)),
    }
    content, _ = _gather(tmp_path, files, outlets)
    assert [p.name for p in content.providers] == ["Wire Co"]


def test_an_outlet_that_no_record_names_any_more_is_gone(tmp_path: Path) -> None:
    """Though it is still remembered."""
    outlets = (make_provider("wire.example"), make_provider())
    content, _ = _gather(tmp_path, {"a.md": ReadFile(_STAMP, b"", outlets=(1,))}, outlets)
    assert content.providers == (make_provider(),)


def test_two_records_with_one_link_are_both_published_and_named(tmp_path: Path) -> None:
    """It is a warning at the second."""
    piece = make_piece()
    files = {path: _article(path, piece=piece) for path in ("news/a.md", "news/b.md")}
    content, problems = _gather(tmp_path, files)
    assert len(content.articles) == 2
    assert [(p.code, p.path, p.line) for p in problems] == [("link-twice", "news/b.md", 3)]


def test_what_was_found_in_each_file_is_said_again(tmp_path: Path) -> None:
    """Before what only shows when all are read."""
    problem = at_line("news/a.md", 1, "file-empty", "it is empty", "fill it")
    files = {
        "news/a.md": ReadFile(_STAMP, b"", problems=(problem,)),
        "news/b.md": _article("news/b.md"),
        "x/b.md": _article("x/b.md"),
    }
    _, problems = _gather(tmp_path, files)
    assert [p.code for p in problems] == ["file-empty", "address-twice"]
