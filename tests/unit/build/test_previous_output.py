"""The spare becomes the next site only where that gives what writing all of it would give."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.build import output as output_module
from newsstand.build import previous_output as spare_module
from newsstand.build.output import MARKER, Change, Output
from newsstand.build.previous_output import read_lag, write_lag
from tests.sites import read_tree, write_site

Site = dict[str, str]


class Publisher:
    """Publishes sites as the press does: what stands with the same text is kept."""

    def __init__(self, folder: Path) -> None:
        self.output = Output(folder / "site")
        self.spare = folder / ".newsstand-site-spare"
        self.stands: Site = {}
        self.whole = True

    def publish(self, site: Mapping[str, str]) -> None:
        """Put a site of these texts in the place of the last one."""
        output = self.output
        output.recover()
        output.begin()
        kept = [p for p in site if self.stands.get(p) == site[p] and output.stamp(p)]
        written = [p for p in site if p not in kept]
        for path in written:
            output.write(path, site[path].encode())
        gone = [p for p in self.stands if p not in site]
        whole = self.whole and bool(self.stands)
        output.publish(Change(written, kept, gone, whole))
        self.stands = dict(site)

    def found(self) -> Site:
        """The texts of the site on the disk."""
        return {p: d.decode() for p, d in read_tree(self.output.folder).items() if p != MARKER}


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """One with so few files that matter that each site leaves a spare."""
    monkeypatch.setattr(output_module, "_MANY", 0)
    return Publisher(tmp_path)


ONE = {"index.html": "one", "a/x": "x", "a/y": "y", "b/z": "z", "c/deep/er": "w"}


def test_a_spare_is_used_and_left(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the second build on only what has changed is linked."""
    publisher.publish(ONE)
    assert publisher.spare.is_dir()
    linked: list[str] = []
    link = spare_module.link

    def spy(source: Path, target: Path) -> bool:
        linked.append(source.name)
        return link(source, target)

    monkeypatch.setattr(spare_module, "link", spy)
    monkeypatch.setattr(output_module, "link", spy)
    for text, expected in (("two", ["index.html"]), ("three", ["index.html"])):
        linked.clear()
        publisher.publish(ONE | {"index.html": text})
        assert publisher.found() == ONE | {"index.html": text}
        assert linked == expected
        assert publisher.spare.is_dir()


_PATHS = ("index", "a", "a/b", "a/b/c", "d/e", "d", "f/g")


def _possible(site: Site) -> Site:
    """Without files that would stand where another one has its folder."""
    return {p: t for p, t in site.items() if not any(q.startswith(f"{p}/") for q in site)}


_SITES = st.lists(
    st.dictionaries(st.sampled_from(_PATHS), st.sampled_from("xyz"), min_size=1).map(_possible),
    min_size=1,
    max_size=6,
)
_STILL = {f"still/{number}": "s" for number in range(8)}


@settings(max_examples=60)
@given(sites=_SITES, knows=st.lists(st.booleans(), min_size=6, max_size=6))
def test_whatever_comes_and_goes_the_site_is_what_was_published(
    tmp_path_factory: pytest.TempPathFactory, sites: list[Site], knows: list[bool]
) -> None:
    """Files become folders and files again; now and then nobody knows what the last site held."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output_module, "_MANY", 0)
        publisher = Publisher(tmp_path_factory.mktemp("spare"))
        for site, known in zip(sites, knows, strict=False):
            publisher.whole = known
            if not known:
                publisher.stands = {}
            publisher.publish(site | _STILL)
            assert publisher.found() == site | _STILL


def _lose_one(publisher: Publisher) -> None:
    (publisher.spare / "a/x").unlink()


def _lose_folder(publisher: Publisher) -> None:
    shutil.rmtree(publisher.spare / "c")


def _replace_one(publisher: Publisher) -> None:
    (publisher.spare / "b/z").unlink()
    (publisher.spare / "b/z").write_text("spoilt")


def _add_one(publisher: Publisher) -> None:
    (publisher.spare / "stranger.html").write_text("who is this")


def _empty(publisher: Publisher) -> None:
    shutil.rmtree(publisher.spare)
    publisher.spare.mkdir()


def _no_lag(publisher: Publisher) -> None:
    (publisher.spare / MARKER).unlink()


def _wrong_lag(publisher: Publisher) -> None:
    (publisher.spare / MARKER).write_text("[1, 2")


def _other_lag(publisher: Publisher) -> None:
    (publisher.spare / MARKER).write_text('{"written": [], "gone": [], "site": null}')


def _old_lag(publisher: Publisher) -> None:
    write_lag(publisher.spare, Change(), b"123")


def _in_the_way(publisher: Publisher) -> None:
    (publisher.spare / "index.html").unlink()
    (publisher.spare / "index.html").mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        _lose_one,
        _lose_folder,
        _replace_one,
        _add_one,
        _empty,
        _no_lag,
        _wrong_lag,
        _other_lag,
        _old_lag,
        _in_the_way,
    ],
)
def test_a_spoilt_spare_is_not_used(publisher: Publisher, spoil: object) -> None:
    """Whatever happened to it, the site is right, and so is the one after."""
    publisher.publish(ONE)
    publisher.publish(ONE | {"index.html": "two"})
    assert callable(spoil)
    spoil(publisher)
    for text in ("three", "four", "five"):
        publisher.publish(ONE | {"index.html": text})
        assert publisher.found() == ONE | {"index.html": text}


def test_a_spare_that_is_two_sites_behind_is_not_used(publisher: Publisher) -> None:
    """A build that died right after it was published leaves no spare that would be believed."""
    publisher.publish(ONE)
    publisher.publish(ONE | {"index.html": "two"})
    kept = publisher.spare.with_name("kept")
    shutil.copytree(publisher.spare, kept, copy_function=os.link)
    publisher.publish(ONE | {"index.html": "three", "a/x": "new"})
    shutil.rmtree(publisher.spare)
    kept.rename(publisher.spare)
    publisher.publish(ONE | {"index.html": "four", "a/x": "new"})
    assert publisher.found() == ONE | {"index.html": "four", "a/x": "new"}


def test_on_a_disk_without_links_the_files_are_copied(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site is the same, and no spare takes the place of a second one."""

    def refuse(*_args: object, **_named: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for text in ("one", "two", "three"):
        publisher.publish(ONE | {"index.html": text})
        assert publisher.found() == ONE | {"index.html": text}
        assert not publisher.spare.exists()


def test_a_small_site_leaves_no_spare(tmp_path: Path) -> None:
    """Few files are linked as quickly as a spare is brought up to date."""
    publisher = Publisher(tmp_path)
    publisher.publish(ONE)
    publisher.publish(ONE | {"index.html": "two"})
    assert not publisher.spare.exists()


def test_a_site_of_which_nothing_has_changed_stays(publisher: Publisher) -> None:
    """The folder is not even replaced; a stranger at its top makes that it is."""
    publisher.publish(ONE)
    before = publisher.output.folder.stat().st_ino
    publisher.publish(ONE)
    assert publisher.output.folder.stat().st_ino == before
    (publisher.output.folder / "stranger").write_text("x")
    publisher.publish(ONE)
    assert publisher.found() == ONE


def test_a_disk_that_takes_no_spare_stops_no_build(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site has been published; the next build makes the spare."""

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    publisher.publish(ONE)
    with monkeypatch.context() as patch:
        patch.setattr(output_module, "write_lag", refuse)
        publisher.publish(ONE | {"index.html": "two"})
    assert publisher.found() == ONE | {"index.html": "two"}
    publisher.publish(ONE | {"index.html": "three"})
    assert publisher.found() == ONE | {"index.html": "three"}


def test_a_lag_is_that_of_one_site(tmp_path: Path) -> None:
    """It is not read for another one, nor where nobody knows which."""
    write_site(tmp_path, {"x": ""})
    write_lag(tmp_path, Change(written=["b", "a"], gone=["c"]), b"123")
    assert read_lag(tmp_path, b"123") == Change(written=["a", "b"], gone=["c"])
    assert read_lag(tmp_path, b"124") is None
    assert read_lag(tmp_path, None) is None
