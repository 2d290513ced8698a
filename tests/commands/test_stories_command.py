"""The commands `stories` and `explain` as people and other programs call them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.newsroom import record, related_entry, run_stories, stories_of
from tests.sites import NOW, ROOT, Run, run_command, write_site

KEYS = ["id", "title", "lead", "url", "articles", "outlets", "first", "last", "heat"]
BRIDGE = "Mayor opens the harbour bridge"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Four records: two about a bridge, one about a railway, one without a date."""
    write_site(
        tmp_path,
        {
            "content/news/a-bridge.md": record(BRIDGE, heat=90, published=True),
            "content/news/b-bridge.md": record(
                f"{BRIDGE} today", outlet="wire.example", at="2024-01-18T15:00:00Z", heat=-1
            ),
            "content/news/railway.md": record(
                "Snow closes valley railway", outlet="valley.example"
            ),
            "content/news/log.txt": "Keeper's log\n\nNothing happened.",
        },
    )
    return tmp_path / "content"


def explain(content: Path, name: str) -> Run:
    """Run ``explain`` on a record of a content folder."""
    arguments = ("explain", name, "--content", str(content), "--now", NOW)
    return run_command(*arguments, in_process=True)


def test_the_json_is_as_documented(content: Path) -> None:
    """A list of stories by rank, each with exactly these keys, in this order."""
    stories = stories_of(content)
    assert [list(story) for story in stories] == [KEYS] * 3
    assert stories[0] == {
        "id": "a-bridge",
        "title": BRIDGE,
        "lead": "news/a-bridge.md",
        "url": "stories/a-bridge/",
        "articles": ["news/a-bridge.md", "news/b-bridge.md"],
        "outlets": ["harbour.example", "wire.example"],
        "first": "2024-01-18T12:00:00Z",
        "last": "2024-01-18T15:00:00Z",
        "heat": 90.0,
    }
    assert (stories[-1]["id"], stories[-1]["url"]) == ("log", "news/log/")
    assert stories[-1]["first"] is None


def test_every_record_is_in_exactly_one_story() -> None:
    """Those of the demo that are published, by their paths below the content folder."""
    stories = stories_of(ROOT / "content")
    paths = [path for story in stories for path in story["articles"]]
    assert len(paths) == len(set(paths))
    run = run_stories(ROOT / "content", "--format", "text")
    assert sum(run.stdout.count(f"({path})") for path in paths) == len(paths)
    assert all((ROOT / "content" / path).is_file() for path in paths)
    assert all(story["lead"] in story["articles"] for story in stories)


def test_only_json_goes_to_the_output(content: Path) -> None:
    """What is wrong with the content does not spoil it."""
    write_site(content.parent, {"content/news/broken.md": "---\ntitle: [\n---\n"})
    run = run_stories(content, "--format", "json")
    assert run.code == 0
    assert len(json.loads(run.stdout)) == 3
    assert "1 error in the content" in run.stderr


def test_text_is_the_default(content: Path) -> None:
    """Score, title, counts, and a line for each record."""
    run = run_stories(content)
    assert run.code == 0
    lines = run.stdout.splitlines()
    assert re.fullmatch(rf" +-?\d+\.\d\d  {BRIDGE}", lines[0])
    assert lines[1].strip() == "2 reports, 2 outlets"
    assert [" ".join(line.split()) for line in lines[2:4]] == [
        f"18 Jan, 12:00 Harbour: {BRIDGE} (news/a-bridge.md)",
        f"18 Jan, 15:00 Wire: {BRIDGE} today (news/b-bridge.md)",
    ]
    assert run.stdout == run_stories(content, "--format", "text").stdout


def test_an_empty_folder_has_no_stories(tmp_path: Path) -> None:
    """An empty list, not an error."""
    assert stories_of(write_site(tmp_path, {"notes.log": "x"})) == []


@pytest.mark.parametrize("options", [("--format", "xml"), ("--formt", "json")])
def test_wrong_usage_exits_with_two(content: Path, options: tuple[str, str]) -> None:
    """A format that is none, an option that is none."""
    assert run_stories(content, *options).code == 2


def test_a_missing_folder_exits_with_two(tmp_path: Path) -> None:
    """And says which."""
    run = run_stories(tmp_path / "nowhere")
    assert run.code == 2
    assert "nowhere" in run.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_hash_seed_changes_nothing(form: str) -> None:
    """Two processes with different seeds print the same bytes."""
    printed = {
        run_stories(ROOT / "content", "--format", form, environment={"PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1
    assert len(printed.pop()) > 1000


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """Records of equal times under other paths make the same stories."""
    titles = [
        BRIDGE,
        f"{BRIDGE} today",
        "Snow closes valley railway",
        "Valley railway closed by snow",
    ]
    found = []
    for folder, names in (("one", "abcd"), ("two", "dcba")):
        write_site(
            tmp_path / folder,
            {
                f"{name}.md": record(title, outlet=f"o{n}.example")
                for n, (name, title) in enumerate(zip(names, titles, strict=True))
            },
        )
        by_path = {f"{name}.md": n for n, name in enumerate(names)}
        stories = stories_of(tmp_path / folder)
        found.append({frozenset(by_path[p] for p in s["articles"]) for s in stories})
    assert found[0] == found[1]


def test_a_setting_makes_broader_stories(content: Path, tmp_path: Path) -> None:
    """`stories.breadth` at its highest gives no more stories than at its lowest."""
    counts = []
    for breadth in ("0.25", "4"):
        write_site(tmp_path, {"site.yml": f"stories:\n  breadth: {breadth}\n"})
        counts.append(len(stories_of(content, "--config", str(tmp_path / "site.yml"))))
    assert counts[0] >= counts[1]


def test_explaining_a_record(content: Path) -> None:
    """Its story, what it shares with each member in sentences, and its rank terms."""
    run = explain(content, "news/b-bridge.md")
    assert run.code == 0
    text = run.stdout
    assert text.startswith(f"{BRIDGE} today\n")
    assert f"Story: {BRIDGE} (2 reports, 2 outlets)" in text
    assert "3 h apart" in text[text.index("news/a-bridge.md") :]
    assert re.search(r"both (say|name) .*bridge", text)
    score = re.search(r"^Score (-?\d+\.\d\d):$", text, re.MULTILINE)
    assert score
    terms = re.findall(r"^ +([+-]\d+\.\d\d)  ", text, re.MULTILINE)
    assert round(sum(map(float, terms)), 2) == float(score[1])


def test_explaining_what_is_near_but_apart(content: Path) -> None:
    """The next nearest is named, with the words it shares and what keeps it apart."""
    away = record(f"{BRIDGE} again", at="2024-01-18T09:00:00Z", alone=True)
    write_site(content.parent, {"content/news/museum.md": away})
    text = explain(content, "a-bridge").stdout
    nearest = text[text.index("Nearest records of other stories") :]
    assert "news/museum.md" in nearest
    assert "apart:" in nearest
    assert "bridg" in nearest


def test_explaining_the_records_of_the_demo() -> None:
    """A story of ten, one of a copy, one undated: each is explained."""
    for name in ("cold-water-coral-reef", "seven-ports-sign-shore-power", "keepers-log"):
        run = explain(ROOT / "content", name)
        assert run.code == 0
        assert "Score " in run.stdout


def test_a_record_is_found_by_what_people_type(content: Path) -> None:
    """Its path, a part of it, its file as the shell completes it, the address of its page."""
    said = {
        explain(content, name).stdout
        for name in (
            "news/railway.md",
            "railway",
            str(content / "news" / "railway.md"),
            "news/railway/",
            "/news/railway/",
        )
    }
    assert len(said) == 1
    assert said.pop().startswith("Snow closes valley railway\n")


def test_an_unknown_record_exits_with_one(content: Path) -> None:
    """And names the nearest there is."""
    run = explain(content, "news/raylway.md")
    assert (run.code, run.stdout) == (1, "")
    assert "did you mean news/railway.md?" in run.stderr


def test_a_part_of_several_paths_exits_with_one(content: Path) -> None:
    """And names them."""
    run = explain(content, "bridge")
    assert (run.code, run.stdout) == (1, "")
    assert "news/a-bridge.md" in run.stderr
    assert "news/b-bridge.md" in run.stderr


def test_declared_pieces_are_told_in_the_counts(tmp_path: Path) -> None:
    """Coverage that is no record counts as a report, and its outlet as an outlet."""
    entry = related_entry(f"{BRIDGE} today", "https://wire.example/1", "2024-01-18T10:00:00Z")
    write_site(tmp_path, {"a.md": record(BRIDGE, related=[entry])})
    (story,) = stories_of(tmp_path)
    assert story["articles"] == ["a.md"]
    assert story["outlets"] == ["wire.example", "harbour.example"]
    assert story["first"] == "2024-01-18T10:00:00Z"


def test_since_takes_days_as_fetch_does(content: Path) -> None:
    """Counted back from now; what is neither days nor a time is refused with all that is taken."""
    call = ("stories", "--content", str(content), "--now", "2024-01-19T14:00:00Z", "--since")
    assert BRIDGE in run_command(*call, "1d", in_process=True).stdout
    assert run_command(*call, "0d", in_process=True).stdout == ""
    refused = run_command(*call, "yesterday", in_process=True)
    assert refused.code == 2
    assert "write 2024-01-18, an instant, or 3d" in refused.stderr
