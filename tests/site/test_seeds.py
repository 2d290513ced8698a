"""The five seed documents, as they are: one story, nine pieces, nothing secret."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from newsstand.content.front_matter.split import read_record
from tests.newsroom import hrefs, parsed, pieces, stories_of, text_of, with_class
from tests.sites import NOW, Run, run_command

_DECLARED = {
    "forbes.com": ("Forbes", "2024-01-18T19:04:00Z"),
    "cnbc.com": ("CNBC", "2024-01-18T19:18:00Z"),
    "nbcbayarea.com": ("NBC Bay Area", "2024-01-18T13:16:00Z"),
    "aol.com": ("AOL", "2024-01-19T00:05:00Z"),
}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Path:
    """The folder of the five documents."""
    folder = shared / "seeds"
    if not folder.is_dir():
        pytest.skip("needs ../shared/seeds")
    return folder


@pytest.fixture(scope="module")
def built(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Their site, with default settings."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "site.yml").touch()
    places = ("--content", str(seeds), "--config", str(folder / "site.yml"))
    output = folder / "site"
    options = (*places, "--output", str(output), "--now", NOW, "-v")
    return run_command("build", *options, output=output, in_process=True)


def first_line(path: Path) -> str:
    """The first line of a document that has something in it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line.strip() for line in lines if line.strip())


def plain_documents(seeds: Path) -> list[Path]:
    """The documents without front matter."""
    return [p for p in sorted(seeds.iterdir()) if first_line(p) != "---"]


def coverage(built: Run, slug: str) -> list[Element]:
    """The lines of the page of a record's story, one for each outlet."""
    link = re.search(r'href="\.\./\.\./(stories/[^"]+)"', built.page(f"news/{slug}/"))
    assert link
    (section,) = with_class(parsed(built.page(link[1])), "coverage")
    return list(with_class(section, "piece"))


def told(lines: list[Element]) -> dict[str, str]:
    """What is said of each piece, by the host to which it leads."""
    found: dict[str, str] = {}
    for line in lines:
        for link in hrefs(line):
            if link.startswith("http"):
                host = link.split("/")[2].removeprefix("www.")
                found.setdefault(host, text_of(line))
    return found


def ars(seeds: Path) -> str:
    """The slug of the record from Ars Technica."""
    (record,) = set(seeds.iterdir()) - set(plain_documents(seeds))
    return record.stem


def test_five_documents_are_five_pages(built: Run, seeds: Path) -> None:
    """Without a problem."""
    assert built.code == 0
    assert "No problems." in built.log
    pages = {path.name for path in (built.output / "news").iterdir() if path.is_dir()}
    assert pages == {path.stem for path in seeds.iterdir()}
    assert len(pages) == 5


def test_the_declared_pieces_are_listed(built: Run, seeds: Path) -> None:
    """Each with its outlet and its link to the outlet."""
    listed = told(coverage(built, ars(seeds)))
    for domain, (name, _) in _DECLARED.items():
        assert name in listed[domain]
    assert listed.keys() == _DECLARED.keys() | {"arstechnica.com"}


def test_plain_documents_are_titled_by_their_first_lines(built: Run, seeds: Path) -> None:
    """They are undated, readable pages of nobody's."""
    documents = plain_documents(seeds)
    assert len(documents) == 4
    for path in documents:
        page = parsed(built.page(f"news/{path.stem}/"))
        (heading,) = page.iter("h1")
        line = " ".join(first_line(path).split())
        shown = text_of(heading)
        assert line == shown or (shown.endswith("…") and line.startswith(shown[:-1]))
        assert text_of(with_class(page, "by")[0]) == "undated"
        (prose,) = with_class(page, "prose")
        last = path.read_text(encoding="utf-8").split()[-20:-10]
        assert " ".join(last[:4]) in text_of(prose)


@pytest.mark.parametrize("place", range(5))
def test_all_five_are_one_story(built: Run, seeds: Path, place: int) -> None:
    """Every page leads to the nine pieces, what changed last on top, the undated last."""
    slug = sorted(path.stem for path in seeds.iterdir())[place]
    link = re.search(r'href="\.\./\.\./(stories/[^"]+)"', built.page(f"news/{slug}/"))
    assert link
    page = parsed(built.page(link[1]))
    (section,) = with_class(page, "coverage")
    assert "9 reports from 5 outlets" in text_of(with_class(section, "summary")[0])
    times = [p.time for p in pieces(section) if p.time]
    assert times == sorted(times, reverse=True)
    lines = [text_of(line) for line in with_class(section, "piece")]
    assert sum("undated" in line for line in lines) == 4
    assert all("undated" in line for line in lines[-4:])


def test_the_story_is_listed_as_one(seeds: Path) -> None:
    """Five records, five outlets, and the time of the first and the last."""
    (story,) = stories_of(seeds)
    assert len(story["articles"]) == 5
    assert set(story["outlets"]) == _DECLARED.keys() | {"arstechnica.com"}
    assert (story["first"], story["last"]) == ("2024-01-18T13:16:00Z", "2024-01-19T00:05:00Z")


def test_a_copy_is_told(built: Run, seeds: Path) -> None:
    """NBC and CNBC carry one text: the later of the two is folded below the earlier."""
    (line,) = [x for x in coverage(built, ars(seeds)) if "NBC Bay Area" in text_of(x)]
    assert "Same text at 1 outlet" in text_of(line)
    assert any("cnbc.com" in link for link in hrefs(line))


def test_nothing_secret_is_published(built: Run, seeds: Path) -> None:
    """No part of the secured value is in any file or message."""
    text = (seeds / f"{ars(seeds)}.txt").read_text(encoding="utf-8")
    record, _ = read_record(text)
    assert record.front is not None
    secret = re.search(r'^secured: "([^"]+)"', text, re.MULTILINE)
    assert secret
    parts = [secret[1][start : start + 12].encode() for start in range(0, 240, 12)]
    everything = {**built.files(), "log": built.log.encode()}
    leaks = [path for path, data in everything.items() if any(part in data for part in parts)]
    assert leaks == []
    assert [path for path, data in everything.items() if b"secured" in data] == []


def test_no_picture_of_another_host_is_loaded(built: Run) -> None:
    """The record's pictures lie at the outlets, and pages ask nobody."""
    for path, data in built.files().items():
        if path.endswith(".html"):
            sources = [e.get("src") or "" for e in parsed(data.decode()).iter("img")]
            assert [s for s in sources if "//" in s] == []
