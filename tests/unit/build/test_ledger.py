"""What is remembered in two files is what would be remembered in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from newsstand.build.cache import Cache
from newsstand.build.ledger import CHANGES, WHOLE, Ledger
from newsstand.build.state import Known, KnownFile, KnownFiles, KnownPage, KnownRows, KnownStory

from newsstand.build import ledger as ledger_module

_VERSION = b"version1"
_KEYS = [f"k{n}" for n in range(6)]
_NUMBERS = st.dictionaries(st.sampled_from(_KEYS), st.integers(0, 3), max_size=6)


def _story(key: str, number: int) -> KnownStory:
    return KnownStory(
        key, f"title {number}", "a.md", ("a.md",), (), float(number), False, 0, "", None, b"m"
    )


def _known(files: dict[str, int], stories: dict[str, int], pages: dict[str, int]) -> Known:
    return Known(
        files=KnownFiles(
            len(files), {key: KnownFile(b"s", bytes([n])) for key, n in files.items()}
        ),
        stories=tuple(_story(key, n) for key, n in stories.items()),
        rows=KnownRows(tuple(sorted(files)), bytes(20 * len(files))),
        groups=bytes(files.values()),
        outlets={},
        templates={},
        made_from={"": bytes(len(pages))},
        pages={key: KnownPage(b"m", bytes([n]), b"d") for key, n in pages.items()},
    )


def _as_kept(now: Known, then: Known) -> Known:
    """What a build hands on: values that are equal are the ones that were remembered."""
    files, stories = then.files.files, {story.id: story for story in then.stories}
    kept = {p: files[p] if files.get(p) == f else f for p, f in now.files.files.items()}
    return structs.replace(
        now,
        files=structs.replace(now.files, files=kept),
        stories=tuple(stories[s.id] if stories.get(s.id) == s else s for s in now.stories),
        pages={p: then.pages[p] if then.pages.get(p) == k else k for p, k in now.pages.items()},
    )


@pytest.fixture(autouse=True)
def _of_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_LEAST", 0)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.builds(_known, _NUMBERS, _NUMBERS, _NUMBERS), min_size=1, max_size=5),
    st.integers(0, 4),
    st.booleans(),
)
def test_what_was_written_last_is_read(
    tmp_path_factory: pytest.TempPathFactory, builds: list[Known], part: int, again: bool
) -> None:
    """After any builds, by one process or by many, whatever is much."""
    folder = tmp_path_factory.mktemp("cache")
    ledger = Ledger(Cache(folder, _VERSION))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger_module, "_PART", part)
        then, _ = ledger.read()
        for build in builds:
            now = _as_kept(build, then or Known())
            ledger.write(now)
            if again:
                ledger = Ledger(Cache(folder, _VERSION))
                then, note = ledger.read()
                assert (then, note) == (build, "")
            else:
                then = now
    found, _ = Ledger(Cache(folder, _VERSION)).read()
    assert found == builds[-1]


def _two_builds(folder: Path) -> tuple[Known, Known]:
    """Everything of one build, and the changes of the next."""
    numbers = dict.fromkeys(map(str, range(100)), 1)
    one = _known(numbers, numbers, numbers)
    ledger = Ledger(Cache(folder, _VERSION))
    ledger.write(one)
    two = _as_kept(_known({**numbers, "5": 2}, numbers, {**numbers, "5": 2}), one)
    ledger.write(two)
    return one, two


def test_a_small_change_is_a_small_file(tmp_path: Path) -> None:
    """And the large one stays as it is."""
    _, two = _two_builds(tmp_path)
    assert (tmp_path / CHANGES).stat().st_size * 4 < (tmp_path / WHOLE).stat().st_size
    assert Ledger(Cache(tmp_path, _VERSION)).read() == (two, "")


def test_without_the_changes_it_is_what_was_known_before_them(tmp_path: Path) -> None:
    """Whether they are lost or spoilt."""
    one, _ = _two_builds(tmp_path)
    changes = tmp_path / CHANGES
    changes.write_bytes(changes.read_bytes()[:-1])
    assert Ledger(Cache(tmp_path, _VERSION)).read() == (one, "")
    changes.unlink()
    assert Ledger(Cache(tmp_path, _VERSION)).read() == (one, "")


def test_changes_to_another_file_are_none(tmp_path: Path) -> None:
    """As where only one of the two was copied."""
    _two_builds(tmp_path / "a")
    one, _ = _two_builds(tmp_path / "b")
    (tmp_path / "a" / CHANGES).replace(tmp_path / "b" / CHANGES)
    assert Ledger(Cache(tmp_path / "b", _VERSION)).read() == (one, "")


def test_without_everything_there_is_nothing(tmp_path: Path) -> None:
    """Changes alone say nothing; the next build writes everything and takes them away."""
    _, two = _two_builds(tmp_path)
    (tmp_path / WHOLE).unlink()
    ledger = Ledger(Cache(tmp_path, _VERSION))
    assert ledger.read() == (None, "")
    ledger.write(two)
    assert not (tmp_path / CHANGES).exists()
    assert Ledger(Cache(tmp_path, _VERSION)).read() == (two, "")
