"""One item once: whatever of it changes, whoever deletes it, whenever a run is stopped."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fetch.conftest import FedSite
from tests.fetch.local_web import NOW_TEXT, Item, LocalWeb
from tests.sites import ROOT, read_tree, write_site

SLOT = "2024-01-20T{:02d}:00:00Z"


def test_what_changes_is_still_one_record(web: LocalWeb, site: FedSite) -> None:
    """Ten runs in which guid, headline or link of a fifth of the items change, or all of them."""
    chance = random.Random(16)
    items = {
        n: Item(n, summary=f"This is what report {n} says, and nobody else.") for n in range(40)
    }
    site.follow(f"{web.address}/feed")
    for run in range(10):
        web.feed("/feed", items.values())
        assert site.fetch(now=SLOT.format(12 + run)).code == 0
        assert len(site.records()) == 40
        for n in chance.sample(sorted(items), 8):
            old = items[n]
            change = chance.choice(["guid", "title", "link", "all"])
            items[n] = Item(
                n,
                title=f"Another headline {n}-{run}" if change in ("title", "all") else old.title,
                guid=f"guid-{n}-{run}" if change in ("guid", "all") else old.guid,
                link=f"/elsewhere/{n}/{run}" if change in ("link", "all") else old.link,
                summary=old.summary,
            )
    assert any("updatedDateTime" in text for text in site.records().values())
    assert site.build(now=SLOT.format(23)).code == 0


def test_two_feeds_with_one_item_write_one_record(web: LocalWeb, site: FedSite) -> None:
    """And the second does not take the first one's headline away."""
    web.feed("/all", [Item(1, title="As the main feed says")])
    web.feed("/part", [Item(1, title="As a section says", guid="other")])
    site.follow(f"{web.address}/all", f"{web.address}/part")
    site.fetch()
    before = site.records()
    assert len(before) == 1
    web.feed("/part", [Item(1, title="As a section says now", guid="other")])
    site.fetch(now=SLOT.format(14))
    assert site.records() == before


def test_a_deleted_record_stays_deleted(web: LocalWeb, site: FedSite) -> None:
    """However often its item comes again, also with another guid."""
    web.feed("/feed", [Item(1), Item(2)])
    site.follow(f"{web.address}/feed")
    site.fetch()
    (site.folder / "content" / min(site.records())).unlink()
    for run, guid in enumerate(("id-1", "other-1", "other-1")):
        web.feed("/feed", [Item(1, guid=guid, summary=f"Run {run} says more of it."), Item(2)])
        site.fetch(now=SLOT.format(14 + run))
        assert len(site.records()) == 1


def edit(site: FedSite, old: str, new: str) -> Path:
    """An editor's change of the only record."""
    path = site.folder / "content" / next(iter(site.records()))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_an_editors_change_survives(web: LocalWeb, site: FedSite) -> None:
    """What only the feed changed is taken over, what only the editor changed stays."""
    web.feed("/feed", [Item(1, title="First headline", summary="The first excerpt of all.")])
    site.follow(f"{web.address}/feed")
    site.fetch()
    old = 'excerpt: "The first excerpt of all."'
    path = edit(site, old, "# by hand\nexcerpt: >-\n  The editor's own\n  excerpt.\nheat: 90")
    web.feed("/feed", [Item(1, title="Second headline", summary="The first excerpt of all.")])
    run = site.fetch(now=SLOT.format(14))
    assert "1 changed" in run.stdout
    assert "fetch-both-changed" not in run.stderr
    text = path.read_text(encoding="utf-8")
    assert 'title: "Second headline"' in text
    assert "# by hand\nexcerpt: >-\n  The editor's own\n  excerpt.\nheat: 90\n" in text
    times = [line.partition(":")[0] for line in text.splitlines() if "DateTime: 2024" in line]
    assert times == ["publishedDateTime", "arrivedDateTime", "updatedDateTime"]
    assert "updatedDateTime: 2024-01-20T14:00:00Z\n" in text
    assert site.build(now=SLOT.format(15)).code == 0


def test_both_changing_one_value_is_told_once(web: LocalWeb, site: FedSite) -> None:
    """It names both, at its line, and the editor's stands."""
    web.feed("/feed", [Item(1, title="First headline")])
    site.follow(f"{web.address}/feed")
    site.fetch()
    path = edit(site, 'title: "First headline"', "title: The editor's headline")
    web.feed("/feed", [Item(1, title="Second headline")])
    run = site.fetch(now=SLOT.format(14))
    place = re.escape(str(path))
    assert re.search(rf"{place}:2:8: warning: .*The editor's headline.*Second headline", run.stderr)
    assert "title: The editor's headline\n" in path.read_text(encoding="utf-8")
    web.feed("/feed", [Item(1, title="Second headline"), Item(2)])
    assert "both" not in site.fetch(now=SLOT.format(16)).stderr
    assert "title: The editor's headline\n" in path.read_text(encoding="utf-8")


def test_a_damaged_memory_writes_nothing_twice(web: LocalWeb, site: FedSite) -> None:
    """Records themselves say what they were made from."""
    web.feed("/feed", [Item(n) for n in range(5)])
    site.follow(f"{web.address}/feed")
    site.fetch()
    before = site.records()
    state = site.folder / "fetch-state.jsonl"
    whole = state.read_text(encoding="utf-8")
    for damaged in ("", "[]", "\x00\n", whole[: len(whole) // 2], f"<<<<<<< a\n{whole}{whole}"):
        state.write_text(damaged, encoding="utf-8")
        assert site.fetch().code == 0
        assert site.records() == before


def test_a_dry_run_writes_nothing(web: LocalWeb, site: FedSite) -> None:
    """It says what would be."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    before = read_tree(site.folder)
    run = site.fetch("--dry-run")
    assert "1 record would be written" in run.stdout
    after = read_tree(site.folder)
    after.pop(".cache/fetch.lock", None)
    assert after == before


def test_only_the_named_outlet_is_asked(web: LocalWeb, site: FedSite) -> None:
    """By domain or name."""
    web.feed("/a", [Item(1)])
    web.feed("/b", [Item(2)])
    site.follow(f"{web.address}/a", outlet="a.example")
    site.follow(f"{web.address}/b", outlet="b.example")
    site.fetch("--only", "b.example")
    assert web.paths() == ["/b"]
    assert site.fetch("--only", "c.example").code == 2


def test_an_opml_file_is_followed(web: LocalWeb, site: FedSite) -> None:
    """What is added there is asked, what is taken away is not; folders are topics."""

    def opml(*names: str) -> str:
        feeds = "".join(
            f'<outline text="{n.title()} Post" xmlUrl="{web.address}/{n}" '
            f'htmlUrl="https://{n}.example/"/>'
            for n in names
        )
        return f'<opml version="2.0"><body><outline text="Ports">{feeds}</outline></body></opml>'

    for n, name in enumerate("abc"):
        web.feed(f"/{name}", [Item(n)])
    write_site(site.folder, {"site.yml": "fetch:\n  opml: feeds.opml\n"})
    write_site(site.folder, {"feeds.opml": opml("a", "b")})
    site.fetch()
    write_site(site.folder, {"feeds.opml": opml("b", "c")})
    site.fetch(now=SLOT.format(14))
    assert sorted(web.paths()) == ["/a", "/b", "/b", "/c"]
    texts = site.records().values()
    assert all('topics:\n  - "Ports"' in text for text in texts)
    assert sum('name: "B Post"\n  domain: b.example' in text for text in texts) == 1


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_any_moment_it_leaves_whole_records(
    web: LocalWeb, tmp_path: Path, kills: int
) -> None:
    """And the runs after it end where an undisturbed run does."""
    for n in range(6):
        own = [Item(100 * n + k, title=f"Report {k % 3} of {n}") for k in range(12)]
        web.feed(f"/{n}", own)
    feeds = "".join(f"  - {web.address}/{n}\n" for n in range(6))
    files = {
        "site.yml": "",
        "content/providers/a.example.md": f"---\ndomain: a.example\nfeeds:\n{feeds}---\n",
    }
    calm = FedSite(write_site(tmp_path / "calm", files))
    began = time.monotonic()
    assert calm.fetch(in_process=False).code == 0
    took = time.monotonic() - began
    chance = random.Random(4)
    for number in range(kills):
        folder = write_site(tmp_path / f"killed-{number}", files)
        _killed(folder, took * (0.3 + 0.7 * chance.random()))
        for path, data in read_tree(folder / "content" / "news").items():
            if not Path(path).name.startswith("."):
                text = data.decode()
                assert text.startswith("---\n"), path
                assert text.endswith("\n---\n"), path
        assert FedSite(folder).fetch().code == 0
        assert _kept(folder) == _kept(calm.folder)


def _killed(folder: Path, after: float) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "fetch", "--site", str(folder)]
    options = ["--now", NOW_TEXT, "--allow-private"]
    run = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.communicate()


def _kept(folder: Path) -> dict[str, bytes]:
    return {p: d for p, d in read_tree(folder).items() if not p.startswith(".cache/")}


def test_items_that_share_a_link_are_told_by_their_ids(web: LocalWeb, site: FedSite) -> None:
    """As those of a podcast whose episodes all lead to its page."""
    items = [Item(n, title=f"Episode {n}", link="/podcast") for n in range(3)]
    web.feed("/feed", items)
    site.follow(f"{web.address}/feed")
    for hour in (12, 14):
        site.fetch(now=SLOT.format(hour))
        assert len(site.records()) == 3
    web.feed("/feed", [Item(3, title="Episode 3", link="/podcast"), *items])
    site.fetch(now=SLOT.format(16))
    assert len(site.records()) == 4
