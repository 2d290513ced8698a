"""What is remembered of a file is believed only as long as it is what would be read."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsstand.build.parallel import share_of
from newsstand.content import content_reader
from newsstand.content.content_reader import Before, Read, read_content
from newsstand.content.disk_reading import list_files
from newsstand.content.kinds.cached_picture import key_of, name_of
from newsstand.content.remembered_files import NOTHING_READ, ReadFile
from newsstand.model import DATED_AHEAD, DRAFT
from tests.newsroom import record
from tests.sites import write_site

_NOW = datetime(2024, 1, 20, tzinfo=UTC)


def _said(file: ReadFile | None) -> ReadFile | None:
    """What a file says, however it is remembered."""
    return file and replace(file, stamp=b"", digest=b"", outlets=())


class Desk:
    """Reads a folder again and again, each time with what it knew.

    Stamps are believed that are older than the last look by `margin`.
    """

    def __init__(self, folder: Path, margin: int = 0) -> None:
        self.folder = folder
        self.margin = margin
        self.known = NOTHING_READ
        self.read_again: list[str] = []
        self.looked_at = 0

    def read(self, now: datetime = _NOW, shown: tuple[str, ...] = (), jobs: int = 1) -> Read:
        """Read the folder; in the end it must be what somebody reads who knows nothing."""
        self.read_again.clear()

        def progress(paths: list[str]) -> list[str]:
            self.read_again += paths
            return paths

        self.looked_at = time.time_ns()
        listing = list_files(self.folder)
        share = share_of(jobs, least=7)
        before = Before(self.known, self.looked_at, listing, share, self.margin)
        found = read_content(self.folder, (), now, progress, shown, before)  # type: ignore[arg-type]
        fresh = read_content(self.folder, (), now, lambda paths: paths, shown)
        assert found.content == fresh.content
        assert found.problems == fresh.problems
        for article in found.content.articles:
            assert found.bodies(article) == fresh.bodies(article)
        assert found.files.files.keys() == fresh.files.files.keys()
        self.known = found.files
        return found

    def changed(self, now: datetime = _NOW) -> set[str]:
        """Read the folder -> the files that say something else by now."""
        before = self.known.files
        after = self.read(now).files.files
        paths = before.keys() | after.keys()
        return {p for p in paths if _said(before.get(p)) != _said(after.get(p))}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One that knows two records; stamps are believed at once, as they are after two seconds."""
    write_site(tmp_path, {"news/a.md": record("One"), "news/b.md": record("Two")})
    desk = Desk(tmp_path)
    desk.read()
    assert desk.read_again == ["news/a.md", "news/b.md"]
    return desk


def test_what_has_not_changed_is_not_read_again(desk: Desk) -> None:
    """And is said not to have changed."""
    assert desk.changed() == set()
    assert desk.read_again == []


def test_what_comes_changes_or_goes_is_said_to_have_changed(desk: Desk) -> None:
    """And nothing else is read."""
    write_site(desk.folder, {"news/a.md": record("Other"), "news/c.md": record("Three")})
    (desk.folder / "news/b.md").unlink()
    assert desk.changed() == {"news/a.md", "news/b.md", "news/c.md"}
    assert desk.read_again == ["news/a.md", "news/c.md"]


def test_a_file_of_the_same_size_and_time_is_read_again(desk: Desk) -> None:
    """The time that nobody can set tells it."""
    file = desk.folder / "news/a.md"
    before = file.stat()
    file.write_text(record("Onx"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert desk.changed() == {"news/a.md"}


def test_a_file_that_another_took_the_place_of_is_read_again(desk: Desk) -> None:
    """Even one that is as old and as long, brought by a rename."""
    file, other = desk.folder / "news/a.md", desk.folder.with_name(f"{desk.folder.name}.new")
    before = file.stat()
    other.write_text(record("Onx"), encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert desk.changed() == {"news/a.md"}


def test_two_files_that_change_names_are_read_again(desk: Desk) -> None:
    """Each has the other's bytes now."""
    one, two, aside = (desk.folder / f"news/{name}" for name in ("a.md", "b.md", "c.txt"))
    one.rename(aside)
    two.rename(one)
    aside.rename(two)
    assert desk.changed() == {"news/a.md", "news/b.md"}


def test_a_file_that_was_only_touched_has_not_changed(desk: Desk) -> None:
    """It is read, and its bytes are what they were."""
    os.utime(desk.folder / "news/a.md")
    assert desk.changed() == set()
    assert desk.read_again == ["news/a.md"]
    desk.read()
    assert desk.read_again == []


def test_what_changed_a_moment_before_the_last_look_is_read_again(desk: Desk) -> None:
    """Its time may be that of two changes, on a disk with coarse times."""
    desk.margin = 3_600_000_000_000
    assert desk.changed() == set()
    assert desk.read_again == ["news/a.md", "news/b.md"]


def test_a_file_from_the_future_is_read_each_time(desk: Desk) -> None:
    """Whoever changes it then cannot be told from who did before."""
    ahead = time.time() + 1000
    os.utime(desk.folder / "news/a.md", (ahead, ahead))
    for _ in range(2):
        desk.read()
        assert desk.read_again == ["news/a.md"]


def test_a_record_dated_ahead_comes_due(desk: Desk) -> None:
    """Held back until its time, published from then on, and held back when time is set back."""
    write_site(desk.folder, {"news/c.md": record("Three", at="2024-01-22T10:00:00Z")})
    assert [held.reason for held in desk.read().content.held_back] == [DATED_AHEAD]
    early = datetime(2024, 1, 22, 9, 59, 59, tzinfo=UTC)
    due = datetime(2024, 1, 22, 10, tzinfo=UTC)
    assert desk.changed(early) == set()
    assert desk.read_again == []
    assert desk.changed(due) == {"news/c.md"}
    assert len(desk.read(due).content.articles) == 3
    assert desk.changed(early) == {"news/c.md"}
    assert desk.read_again == ["news/c.md"]


def test_a_now_before_all_records_holds_all_back(desk: Desk) -> None:
    """Though no file has changed."""
    found = desk.read(datetime(2020, 1, 1, tzinfo=UTC))
    assert found.content.articles == ()
    assert len(found.content.held_back) == 2
    assert len(desk.read().content.articles) == 2


def test_a_preview_and_a_build_do_not_mix(desk: Desk) -> None:
    """What one shows, the other holds back, though they know the same."""
    later = record("Later", at="2024-02-01T10:00:00Z")
    write_site(desk.folder, {"news/draft.md": record("Draft", draft=True), "news/later.md": later})
    for shown, count in (((), 2), ((DRAFT,), 3), ((DRAFT, DATED_AHEAD), 4), ((DATED_AHEAD,), 3)):
        for _ in range(2):
            assert len(desk.read(shown=shown).content.articles) == count
    assert len(desk.read().content.articles) == 2


@pytest.mark.parametrize(
    "text",
    [
        record("Pictured", images=[{"url": "pictures/x.png"}]),
        record("Pictured", "![A picture](pictures/x.png)"),
        record("Pictured", featuredContent="![A picture](pictures/x.png)"),
        record("Pictured", '<img src="pictures/x.png">'),
    ],
    ids=["its picture", "body", "note", "HTML"],
)
def test_a_picture_that_comes_or_goes_changes_who_shows_it(desk: Desk, text: str) -> None:
    """The record's file is what it was, its page is not; records without pictures stay."""
    write_site(desk.folder, {"news/c.md": text})
    desk.read()
    before = desk.known.files["news/c.md"].article
    write_site(desk.folder, {"pictures/x.png": b"x"})
    assert "news/c.md" in desk.changed()
    assert desk.read_again == ["news/c.md"]
    shown = desk.known.files["news/c.md"].article
    assert before is not None
    assert shown is not None
    assert before.fingerprint != shown.fingerprint
    desk.read()
    assert desk.read_again == []
    (desk.folder / "pictures/x.png").unlink()
    assert "news/c.md" in desk.changed()


def test_a_file_that_says_nothing_right_is_said_to_be_wrong_each_time(desk: Desk) -> None:
    """Its problems are remembered with it; an unreadable file is tried again."""
    write_site(desk.folder, {"news/c.md": "---\ntitle: [\n---\n", "news/empty.md": ""})
    first, again = desk.read(), desk.read()
    assert first.problems == again.problems
    assert len(again.problems) == 2
    assert desk.read_again == []


def test_what_another_site_left_is_of_no_use_and_no_harm(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its files have the same names."""
    other = Desk(tmp_path_factory.mktemp("other"))
    write_site(other.folder, {"news/a.md": record("Wholly other"), "news/c.md": record("More")})
    other.read()
    desk.known = other.known
    assert desk.changed() == {"news/a.md", "news/b.md", "news/c.md"}


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_read_the_same(desk: Desk, jobs: int) -> None:
    """Whatever is read by whom, what is known afterwards is the same, in the same order."""
    for number in range(content_reader.ENOUGH + 10):
        outlet = f"outlet-{number % 11}.example"
        related = [{"title": f"Named {n}", "webUrl": f"https://x.example/{n}"} for n in range(3)]
        text = record(f"Number {number}", outlet=outlet, related=related[: number % 4])
        write_site(desk.folder, {f"more/{number}.md": text})
    alone = desk.read()
    desk.known = NOTHING_READ
    together = desk.read(jobs=jobs)
    assert together.content == alone.content
    assert list(together.files.files) == list(alone.files.files)
    for path, file in together.files.files.items():
        one, other = file.outlets, alone.files.files[path].outlets
        assert replace(file, outlets=()) == replace(alone.files.files[path], outlets=())
        named = [together.files.outlets[place] for place in one]
        assert named == [alone.files.outlets[place] for place in other]


def test_only_records_whose_own_picture_changed_are_read_again(desk: Desk) -> None:
    """Stored ones of other hosts come and go by the hundred; other local ones do not matter."""
    place = "https://gull.example/{}.jpg"
    for name in "cd":
        images = [{"url": place.format(name)}]
        write_site(desk.folder, {f"news/{name}.md": record(f"Of {name}", images=images)})
    desk.read()
    stored = f"pictures/cache/{name_of(key_of(place.format('d')), 800, 450, '336699')}"
    write_site(desk.folder, {stored: b"x", "pictures/other.png": b"x"})
    marks = {path: f.article.fingerprint for path, f in desk.known.files.items() if f.article}
    assert desk.changed() == {"news/d.md"}
    assert desk.read_again == ["news/d.md"]
    after = {path: f.article.fingerprint for path, f in desk.known.files.items() if f.article}
    assert {path for path in marks if marks[path] != after[path]} == {"news/d.md"}
    (desk.folder / stored).unlink()
    assert desk.changed() == {"news/d.md"}
    assert desk.read_again == ["news/d.md"]
