"""The body of a record is always the true one, or there is none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from newsstand.content.bodies import Bodies
from newsstand.content.content_reader import Before, Read, read_content
from newsstand.model import ArticleBody
from tests.factories import make_article
from tests.newsroom import record, related_entry
from tests.sites import write_site

_RELATED = related_entry("Ferry stops", "https://quay.example/1")


class Shelf:
    """Stands for what reads files; it counts how often."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read_again(self, path: str) -> ArticleBody:
        """A body that names its file."""
        self.asked.append(path)
        return ArticleBody(f"that of {path}")


def test_a_body_is_read_when_it_is_asked_for_and_once() -> None:
    """One that was read anyway is not read again."""
    shelf = Shelf()
    bodies, one, two = Bodies(shelf), make_article("One"), make_article("Two")
    bodies.keep(one.path, ArticleBody("kept"))
    bodies.keep(two.path, None)
    assert [bodies(a).body for a in (one, two, two)] == ["kept", *[f"that of {two.path}"] * 2]
    assert shelf.asked == [two.path]


def _read(folder: Path, now: datetime, before: Before | None = None) -> Read:
    return read_content(folder, (), now, lambda paths: paths, (), before or Before())


@pytest.fixture
def warm(tmp_path: Path, now: datetime) -> Read:
    """A record with all that a body has, as somebody reads it who knows it and read no file."""
    text = record("A", "Words ![p](p.png)", related=[_RELATED], images=[{"url": "p.png"}])
    write_site(tmp_path, {"a.md": text, "p.png": b"p"})
    first = _read(tmp_path, now)
    later = Before(first.files, looked_at=1, margin=-(10**19))
    return _read(tmp_path, now, later)


def test_a_file_that_was_not_read_has_its_true_body(
    warm: Read, tmp_path: Path, now: datetime
) -> None:
    """Equal to that of somebody who knows nothing, to the last picture."""
    (article,) = warm.content.articles
    body = warm.bodies(article)
    assert body == _read(tmp_path, now).bodies(article)
    assert body.body == "Words ![p](p.png)"
    assert [piece.title for piece in body.related] == ["Ferry stops"]
    assert len(body.pictures) == 1


@pytest.mark.parametrize("text", [record("B", "Other words"), "", None], ids=["other", "", "gone"])
def test_a_file_that_has_changed_since_has_no_body(
    warm: Read, tmp_path: Path, text: str | None
) -> None:
    """Nothing is shown that does not belong to what was read before."""
    if text is None:
        (tmp_path / "a.md").unlink()
    else:
        write_site(tmp_path, {"a.md": text})
    with pytest.raises(OSError, match=r"a\.md"):
        warm.bodies(warm.content.articles[0])
