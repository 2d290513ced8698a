"""Days and zones: no hour is invented, and the site's day is that of its zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import build_site, write_site

NOW = "2026-03-10T12:00:00Z"
SETTINGS = "url: https://t.example/\n"


def record(title: str, time: str, host: str, more: str = "") -> str:
    """A record of a story on a lamp."""
    link = f"https://{host}/lamp"
    key = f"publishedDateTime: {time}\n" if time else ""
    return f"---\ntitle: {title}\n{key}webUrl: {link}\nstory: lamp\n{more}---\nWords.\n"


def test_a_day_is_shown_as_a_day_and_is_never_first(tmp_path: Path) -> None:
    """It stands at its end; a report of the same morning was before it as far as anyone knows."""
    files = {
        "content/a.md": record("Pier lamp replaced after storm", "2026-03-08", "alpha.example"),
        "content/b.md": record(
            "Storm-hit pier lamp is replaced", "2026-03-08T06:15:00Z", "beta.example"
        ),
        "site.yml": SETTINGS,
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    page = run.page("news/a/")
    story = run.page("stories/b/")
    first = story[story.index("First report") : story.index("Latest report")]
    assert "beta.example" in first
    assert "8 March 2026, 06:15 UTC" in first
    assert '<time datetime="2026-03-08">8 March 2026</time>' in page
    for path, data in run.files().items():
        assert b"after the first" not in data, path
        assert b"23:59" not in data, path
        assert b"8 March 2026, 00:00" not in data, path


def test_a_day_before_all_others_is_not_first_either(tmp_path: Path) -> None:
    """Who was first is said by times alone: not on cards, on the story's page, or the outlet's."""
    files = {
        "content/a.md": record("Pier lamp replaced after storm", "2026-03-07", "alpha.example"),
        "content/b.md": record(
            "Storm-hit pier lamp is replaced", "2026-03-08T06:15:00Z", "beta.example"
        ),
        "site.yml": SETTINGS,
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    story = run.page("stories/a/")
    assert "2 outlets" in story
    assert "First report" not in story
    assert "first: " not in run.page("")
    assert "first with" not in run.page("outlets/alpha.example/")
    for path, data in run.files().items():
        assert b"badge-first" not in data or path.endswith(".css"), path
        assert b"after the first" not in data, path


@pytest.mark.parametrize("time", ["", "2026-03-07"])
def test_a_fix_never_makes_a_day_into_midnight(time: str) -> None:
    """What nobody knows is not written into the file."""
    from newsstand.check.fix.record import mended

    text = record("Pier lamp", time, "alpha.example")
    assert "T00:00" not in mended(text, "news/2026-03-07-lamp.md")
    assert time in mended(text, "news/2026-03-07-lamp.md")


def test_the_sites_zone_decides_times_and_days(tmp_path: Path) -> None:
    """Shown times, days of the archive and of the front page; feeds stay exact."""
    files = {
        "content/a.md": record("Pier lamp replaced", "2026-03-05T08:00:00+09:00", "alpha.example"),
        "content/b.md": record("Pier lamp lit", "2026-03-05", "beta.example"),
        "site.yml": SETTINGS + "timezone: Asia/Tokyo\n",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    page = run.page("news/a/")
    assert '<time datetime="2026-03-04T23:00:00Z">5 March 2026, 08:00 JST</time>' in page
    assert "Pier lamp lit" in run.page("archive/2026/03/05/")
    assert "Pier lamp replaced" in run.page("archive/2026/03/05/")
    assert not (run.output / "archive/2026/03/04").exists()
    assert "2026-03-04T23:00:00Z" in run.page("feed.xml")


@pytest.mark.parametrize(("zone", "hint"), [("Europe/Berln", "Europe/Berlin"), ("Moon", "UTC")])
def test_a_zone_that_is_none_is_said(tmp_path: Path, zone: str, hint: str) -> None:
    """With the nearest that there is; the site is in UTC."""
    write_site(tmp_path, {"content/a.md": "# A", "site.yml": f"timezone: {zone}\n"})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert "[timezone-invalid]" in run.stderr
    assert hint in run.stderr


def test_a_day_begins_in_the_sites_zone(tmp_path: Path) -> None:
    """A record of today is there as soon as it is today there."""
    files = {"content/2026-03-11-a.md": "# Lamp", "site.yml": "timezone: Pacific/Auckland\n"}
    folder = write_site(tmp_path, files)
    early = build_site(folder, now="2026-03-10T10:59:59Z", in_process=True)
    assert "held back, until" not in early.stdout
    assert "(dated ahead, until 10 March 2026, 11:00 UTC)" in early.stdout
    assert "0 held back" in build_site(folder, now="2026-03-10T11:00:00Z", in_process=True).stdout
