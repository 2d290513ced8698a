"""Related coverage on the pages of a built site: what is declared, both ways, each piece once."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.newsroom import (
    listed_headlines,
    parsed,
    pieces,
    record,
    related_entry,
    text_of,
    with_class,
)
from tests.sites import Run, build_site, write_site

FAR = "2023-06-01T12:00:00Z"
HARBOUR = "Mayor opens the harbour bridge"
PAINTING = "Museum finds a lost painting"


def built(folder: Path, **records: str) -> Run:
    """A site of these records by slug, built without any problem but warnings."""
    write_site(folder, {f"content/news/{slug}.md": text for slug, text in records.items()})
    run = build_site(folder, "-v", in_process=True)
    assert run.code == 0, run.log
    return run


def section(run: Run, slug: str, name: str) -> Element | None:
    """The coverage or the related part of a page, if there is one."""
    found = with_class(parsed(run.page(f"news/{slug}/")), name)
    return found[0] if found else None


def related(run: Run, slug: str) -> list[str]:
    """The headlines under "Related" on the page of a record."""
    part = section(run, slug, "related")
    return [p.headline for p in pieces(part)] if part is not None else []


def test_a_names_b_and_b_shows_a(tmp_path: Path) -> None:
    """Both link to the outlet, and to our page of the other."""
    link = "https://art.example/painting"
    run = built(
        tmp_path,
        a=record(HARBOUR, related=[related_entry("Painting, as declared", link)]),
        b=record(PAINTING, outlet="art.example", link=link),
    )
    assert related(run, "a") == [PAINTING]
    assert related(run, "b") == [HARBOUR]
    part = section(run, "a", "related")
    assert part is not None
    assert pieces(part)[0].links == (link, "../../news/b/")


@pytest.mark.parametrize(
    "variant",
    [
        {"link": "https://art.example/painting"},
        {"link": "https://www.art.example/painting?utm_source=feed&utm_medium=rss"},
        {"link": "https://amp.art.example/painting"},
        {"link": "https://art.example/p/1", "ampWebUrl": "https://art.example/amp/painting"},
        {
            "link": "https://art.example/p/2",
            "cdnAmpWebUrl": "https://art-example.cdn.ampproject.org/c/s/art.example/painting",
        },
    ],
    ids=["equal", "tracking", "amp host", "amp copy", "amp cache"],
)
def test_one_piece_is_one_entry(tmp_path: Path, variant: dict[str, str]) -> None:
    """However a piece is linked, it is listed once."""
    link = variant.pop("link")
    entries = [
        related_entry("Painting found", "https://art.example/painting", FAR),
        related_entry("Painting found again", link, FAR, **variant),
    ]
    run = built(tmp_path, a=record(HARBOUR, related=entries))
    assert related(run, "a") == ["Painting found"]


def test_a_record_does_not_list_itself(tmp_path: Path) -> None:
    """Archives name every member of a group, the record among them."""
    link = "https://harbour.example/bridge"
    entries = [related_entry(HARBOUR, f"{link}?utm_campaign=x"), related_entry(HARBOUR, link)]
    run = built(tmp_path, a=record(HARBOUR, link=link, related=entries))
    assert related(run, "a") == []
    assert section(run, "a", "coverage") is None


def test_the_tail_is_folded(tmp_path: Path) -> None:
    """Reachable without a script, never in the way; counts are those of all."""
    entries = [
        related_entry(f"Painting number {n}", f"https://o{n % 7}.example/{n}", FAR)
        for n in range(30)
    ]
    run = built(tmp_path, a=record(HARBOUR, related=entries))
    part = section(run, "a", "related")
    assert part is not None
    assert text_of(with_class(part, "summary")[0]) == "30 reports from 7 outlets"
    (fold,) = part.iter("details")
    assert fold.get("open") is None
    assert text_of(next(fold.iter("summary"))) == "Show 22 more reports"
    folded = listed_headlines(fold)
    assert len(folded) == 22
    shown = [p.headline for p in pieces(part)] + folded
    assert sorted(shown) == sorted(f"Painting number {n}" for n in range(30))


def test_an_entry_shows_what_is_known(tmp_path: Path) -> None:
    """Outlet, day, excerpt; no picture of another host."""
    entry = related_entry(
        PAINTING,
        "https://art.example/painting",
        FAR,
        excerpt="It hung behind a door.",
        images=[{"url": "https://art.example/p.jpg", "width": 9, "height": 9}],
    )
    part = section(built(tmp_path, a=record(HARBOUR, related=[entry])), "a", "related")
    assert part is not None
    (shown,) = pieces(part)
    assert "Art" in shown.text
    assert "1 June 2023" in shown.text
    assert "It hung behind a door." in shown.text
    assert shown.time == FAR
    assert list(part.iter("img")) == []


def test_near_entries_come_first(tmp_path: Path) -> None:
    """Shared words and little time beat order of declaring; the undated come last."""
    entries = [
        related_entry("Rowers win the sprint", "https://x.example/1", FAR),
        related_entry("Undated painting", "https://x.example/2"),
        related_entry("An old harbour bridge", "https://x.example/3", "2024-01-02T00:00:00Z"),
    ]
    del entries[1]["publishedDateTime"]
    run = built(tmp_path, a=record(HARBOUR, related=entries))
    order = ["An old harbour bridge", "Rowers win the sprint", "Undated painting"]
    assert [h for h in related(run, "a") if h in order] == order


def test_two_records_with_one_link_are_one_piece(tmp_path: Path) -> None:
    """Both keep their pages, a warning names them, and coverage shows the piece once."""
    link = "https://harbour.example/bridge"
    run = built(
        tmp_path,
        a=record(HARBOUR, link=link),
        b=record(f"{HARBOUR} at last", link=f"{link}?utm_source=x", quality=9),
        c=record(f"{HARBOUR} today", outlet="other.example", at="2024-01-18T14:00:00Z"),
    )
    assert "link-twice" in run.log
    (part,) = with_class(parsed(run.page("stories/a/")), "coverage")
    assert len(pieces(part)) == 2
    assert "2 reports from 2 outlets" in text_of(part)


def test_the_same_story_comes_before_what_is_related(tmp_path: Path) -> None:
    """Whoever declared whom: what reports the event is coverage, the rest is related."""
    entries = [
        related_entry(PAINTING, "https://art.example/painting", FAR),
        related_entry(f"{HARBOUR} today", "https://wire.example/bridge"),
    ]
    run = built(tmp_path, a=record(HARBOUR, related=entries))
    part = section(run, "a", "coverage")
    assert part is not None
    assert listed_headlines(part) == [f"{HARBOUR} today"]
    assert related(run, "a") == [PAINTING]
    html = run.page("news/a/")
    assert html.index('class="coverage"') < html.index('class="related"')


def test_a_declared_record_is_related_though_it_is_held_back(tmp_path: Path) -> None:
    """The piece is out there even where our record of it is not published."""
    link = "https://art.example/painting"
    entry = related_entry(PAINTING, link, FAR)
    run = built(
        tmp_path,
        a=record(HARBOUR, related=[entry]),
        b=record(PAINTING, outlet="art.example", link=link, draft=True),
    )
    part = section(run, "a", "related")
    assert part is not None
    assert pieces(part)[0].links == (link,)
