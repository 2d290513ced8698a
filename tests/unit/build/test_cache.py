"""What a build leaves for the next one is read as it was, and only what changed is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from newsstand.build.cache import NOTHING, MadePage, Memory, read_memory, read_pages, write_memory
from newsstand.build.sqlite_store import Change, Damaged, Store
from newsstand.content.remembered_files import ReadFile, ReadFiles
from newsstand.model import Article, HeldBack
from newsstand.problems import at_line
from tests.factories import make_article, make_picture, make_provider, make_topic

VERSION = b"version1"
_KEYS = [f"k{n}" for n in range(6)]
_NUMBERS = st.dictionaries(st.sampled_from(_KEYS), st.integers(0, 3), max_size=6)


def _article(title: str) -> Article:
    made = make_article(title, heat=7, topics=("Sea",), fingerprint=b"8 bytes.")
    values = [getattr(made, name) for name in Article.__struct_fields__]
    return Article(*values)


def _file(number: int) -> ReadFile:
    """One of a few kinds of files."""
    problem = at_line("news/x.md", 3, "file-empty", "it is empty", "fill it")
    return (
        ReadFile(b"stamp", b"0", article=_article("Bridge opens"), own=b"o", related=b"r"),
        ReadFile(b"stamp", b"1", held_back=HeldBack("x.md", "draft"), problems=(problem,)),
        ReadFile(
            b"stamp",
            b"2",
            topic=make_topic(pictures=(make_picture(),)),
            asked=("a.png",),
            answers=b"12345678",
        ),
        ReadFile(b"stamp", b"3", provider=make_provider(), outlets=(1, 0)),
    )[number]


def _memory(files: dict[str, int], pages: dict[str, int], site: bytes | None = None) -> Memory:
    read = ReadFiles(
        len(files),
        {key: _file(files[key]) for key in sorted(files)},
        (make_provider("a.example"), make_provider("b.example")),
        b"pictures",
        ("draft",),
        "a manner" if files else "",
    )
    made = {key: MadePage(b"m", bytes([n]), b"d", b"s") for key, n in pages.items()}
    return Memory(read, bytes(files.values()), {"a.example": b"1"}, {"": b"all"}, made, site)


def _as_kept(now: Memory, before: Memory) -> Memory:
    """What a build hands on: values that are equal are the ones that were remembered."""

    def kept(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
        return {key: old[key] if old.get(key) == value else value for key, value in new.items()}

    files = structs.replace(now.files, files=kept(now.files.files, before.files.files))
    pages = kept(now.pages, before.pages)
    return Memory(files, now.stories, now.outlets, now.made_from, pages, now.site)


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    """Without a folder, or a file in it."""
    assert read_memory(Store(None, VERSION)) == NOTHING
    assert read_memory(Store(tmp_path, VERSION)) == NOTHING


@settings(max_examples=60)
@given(
    builds=st.lists(
        st.builds(_memory, _NUMBERS, _NUMBERS, st.none() | st.just(b"site")),
        min_size=1,
        max_size=4,
    ),
    again=st.booleans(),
)
def test_what_was_written_last_is_read(
    tmp_path_factory: pytest.TempPathFactory, builds: list[Memory], again: bool
) -> None:
    """After any builds, by one process or by many; further facts beside it."""
    folder = tmp_path_factory.mktemp("memory")
    store = Store(folder, VERSION)
    before = read_memory(store)
    for number, build in enumerate(builds):
        now = _as_kept(build, before)
        write_memory(store, before, now, {"further": bytes([number])})
        reader = Store(folder, VERSION)
        found = read_memory(reader)
        assert found == build
        assert list(found.files.files) == sorted(found.files.files)
        assert reader.fact("further") == bytes([number])
        store, before = (reader, found) if again else (store, now)


class Spy(Store):
    """A store that keeps what it is told to change."""

    changes: Mapping[str, Change]

    def write(self, changes: Mapping[str, Change], whole: Any) -> None:  # noqa: ANN401
        """Keep the changes, and write them."""
        self.changes = changes
        super().write(changes, whole)


@pytest.fixture
def written(tmp_path: Path) -> tuple[Spy, Memory]:
    """A store with 50 files and pages, and what it remembers."""
    numbers = {f"k{n:02}": n % 4 for n in range(50)}
    store = Spy(tmp_path, VERSION)
    write_memory(store, NOTHING, _memory(numbers, numbers), {})
    return store, read_memory(store)


def test_only_what_changed_is_written(written: tuple[Spy, Memory]) -> None:
    """Files that are others or new, and keys of those that are gone."""
    store, before = written
    numbers = {f"k{n:02}": n % 4 for n in range(1, 51)} | {"k05": 3}
    now = _as_kept(_memory(numbers, numbers), before)
    write_memory(store, before, now, {})
    assert store.changes["files"].put.keys() == {"k05", "k50"}
    assert list(store.changes["files"].gone) == ["k00"]
    assert read_memory(store) == now
    assert read_pages(store) == now.pages


def test_what_is_of_another_shape_is_none_and_written_whole(tmp_path: Path) -> None:
    """Rows that prove themselves, but say something else."""
    now = _memory({"k1": 1}, {"k1": 1})
    for table, key in (("files", "k2"), ("facts", "pages"), ("facts", "facts")):
        store = Store(tmp_path, VERSION)
        write_memory(store, NOTHING, now, {})
        store.write({table: Change({key: b"\x93no"})}, dict)
        other = Store(tmp_path, VERSION)
        with pytest.raises(Damaged, match="damaged"):
            read_memory(other)
        write_memory(other, NOTHING, now, {})
        assert read_memory(Store(tmp_path, VERSION)) == now


def test_pages_that_are_lost_or_of_another_shape_are_not_believed(tmp_path: Path) -> None:
    """Neither by a build nor by the question whether the site stands."""
    for change in (Change({"pages": b"\x93no"}), Change(gone=["pages"])):
        store = Store(tmp_path, VERSION)
        write_memory(store, NOTHING, _memory({"k1": 1}, {"k1": 1}), {})
        store.write({"facts": change}, dict)
        for read in (read_pages, read_memory):
            with pytest.raises(Damaged, match="damaged"):
                read(Store(tmp_path, VERSION))


def test_rows_without_the_facts_that_they_belong_to_are_none(tmp_path: Path) -> None:
    """And are gone after the next build."""
    store = Store(tmp_path, VERSION)
    write_memory(store, NOTHING, _memory({"k1": 1}, {"k1": 1}), {})
    store.write({"facts": Change(gone=["facts"])}, dict)
    other = Store(tmp_path, VERSION)
    assert read_memory(other) == NOTHING
    write_memory(other, NOTHING, _memory({"k2": 1}, {}), {})
    assert read_memory(Store(tmp_path, VERSION)) == _memory({"k2": 1}, {})
