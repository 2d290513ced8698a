"""The demo as it is built: it shows every feature, and everything it says adds up."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from newsstand.content.content_reader import Read, read_content
from newsstand.content.kinds.settings import Config
from newsstand.model import Content
from newsstand.stories.relate import Related, relate
from newsstand.text.dates import read_instant
from tests.newsroom import hrefs, parsed, reasons, stories_of, text_of, with_class
from tests.sites import NOW, ROOT, Run, run_command

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_REAL = {"arstechnica.com", "aol.com", "cnbc.com", "forbes.com", "nbcbayarea.com"}
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@lru_cache(maxsize=1)
def demo() -> Read:
    """The demo, as it is read."""
    moment = read_instant(NOW)[0]
    static = tuple(
        path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static").rglob("*")
    )
    return read_content(ROOT / "content", static, moment, lambda paths: paths)


def content() -> Content:
    """The records of the demo."""
    return demo().content


def related(some: Content) -> Related:
    """The stories of records of the demo."""
    return relate(some, Config(), demo().bodies)


def test_a_build_leaves_the_repository_as_it_is(tmp_path: Path) -> None:
    """The ids of stories that it holds are those that it publishes, at any time from now on."""
    for name in ("content", "static", "templates", "site.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    run_command("build", "--site", str(tmp_path), output=tmp_path / "_site", in_process=True)
    lock = "content/stories.lock"
    assert (tmp_path / lock).read_text() == (ROOT / lock).read_text()


@pytest.fixture(scope="module")
def stories() -> list[dict[str, Any]]:
    """What ``stories --format json`` says of the demo."""
    found: list[dict[str, Any]] = stories_of(ROOT / "content")
    return found


def pages(run: Run) -> dict[str, str]:
    """Every page of a site by its address."""
    files = {path: data for path, data in run.files().items() if path.endswith(".html")}
    return {path.removesuffix("index.html"): data.decode() for path, data in files.items()}


def inside(address: str, element: Element) -> list[str]:
    """Where the links below an element lead within the site, as addresses."""
    absolute = [urljoin(f"https://site.example/{address}", href) for href in hrefs(element)]
    return [urlsplit(a).path[1:] for a in absolute if a.startswith("https://site.example/")]


def test_the_demo_has_no_problem() -> None:
    """As it is built at any time after its newest record: not even a warning."""
    run = run_command("stories", "--now", "2024-02-01T00:00:00Z", in_process=True)
    assert run.code == 0
    assert run.stderr == ""


def test_a_link_of_the_header_is_marked_on_its_own_page(demo_site: Run) -> None:
    """About, as Topics is; on no other page."""
    marked = 'href="../about/" aria-current="page">About<'
    assert [a for a, html in pages(demo_site).items() if marked in html] == ["about/"]
    assert 'aria-current="page">Topics<' in demo_site.page("topics/")


def test_reasons_add_up_on_every_card(demo_site: Run) -> None:
    """Each folded table of the site is a sum that is right."""
    counted = 0
    for address, html in pages(demo_site).items():
        if "Why here" not in html:
            continue
        for terms, score in reasons(parsed(html)):
            counted += 1
            assert terms, address
            assert round(sum(terms), 2) == score, address
    assert counted > 5


def test_every_card_of_the_front_page_says_why(demo_site: Run) -> None:
    """None stands there without a reason."""
    page = parsed(demo_site.page(""))
    cards = with_class(page, "card")
    assert len(cards) >= 5
    assert [text_of(card) for card in cards if len(with_class(card, "why")) != 1] == []


def test_reasons_stand_on_the_front_page_alone(demo_site: Run) -> None:
    """They change with each new day; other pages rest."""
    assert {a for a, html in pages(demo_site).items() if "Why here" in html} == {""}


def test_no_story_is_twice_on_the_front_page(demo_site: Run, stories: Any) -> None:  # noqa: ANN401
    """What stands above is not in Latest again."""
    by_record = {Path(p).stem: s["id"] for s in stories for p in s["articles"]}
    page = parsed(demo_site.page(""))
    shown = []
    for entry in (*with_class(page, "card"), *with_class(page, "row")):
        ours = [a for a in inside("", entry) if a.startswith(("news/", "stories/"))]
        shown += [by_record[a.split("/")[1]] for a in ours[-1:]]
    assert len(shown) == len(set(shown)) > 10


def test_the_pinned_story_leads(demo_site: Run) -> None:
    """And says so."""
    (lead,) = with_class(parsed(demo_site.page("")), "card-lead")
    assert "Pinned" in text_of(lead)
    assert "coral reef" in text_of(lead)


def test_every_page_has_structured_data_that_parses(demo_site: Run) -> None:
    """Lists are collections of others' articles; a record's page is based on the outlet's."""
    for address, html in pages(demo_site).items():
        found = [json.loads(text) for text in _JSON_LD.findall(html)]
        if address.startswith("news/") and address != "news/":
            assert len(found) == 1, address
        for data in found:
            assert data["@type"] == "CollectionPage"
            listed = data.get("mainEntity", {"@type": "ItemList", "itemListElement": []})
            assert listed["@type"] == "ItemList"
            items = listed["itemListElement"]
            assert "mainEntity" in data or data["isBasedOn"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert all(urlsplit(item["url"]).scheme == "https" for item in items)
            assert data["url"] == f"https://newsstand.example/{address}"
    based = [a for a, html in pages(demo_site).items() if '"isBasedOn"' in html]
    linked = [a for a in content().articles if a.piece.link]
    assert len(based) == len(linked)


def test_the_feed_of_the_demo(demo_site: Run) -> None:
    """Parses, with what the format demands, each id once."""
    root = ElementTree.fromstring(demo_site.page("feed.xml"))
    entries = root.findall(f"{_ATOM}entry")
    assert 20 <= len(entries) <= 30
    ids = [e.findtext(f"{_ATOM}id") for e in entries]
    assert len(set(ids)) == len(ids)
    assert all(e.findtext(f"{_ATOM}{n}") for e in entries for n in ("id", "title", "updated"))


def test_the_sitemap_of_the_demo_is_complete(demo_site: Run) -> None:
    """Every page but the error page and those that lead on, by its full address."""
    root = ElementTree.fromstring(demo_site.page("sitemap.xml"))
    listed = {e.text for e in root.iter(f"{_MAP}loc")}
    built = {
        f"https://newsstand.example/{a}"
        for a, html in pages(demo_site).items()
        if a != "404.html" and 'http-equiv="refresh"' not in html
    }
    assert listed == built
    assert "Sitemap: https://newsstand.example/sitemap.xml" in demo_site.page("robots.txt")


def test_the_icons_of_the_manifest_are_there(demo_site: Run) -> None:
    """Each file that the web manifest names is in the site."""
    data = json.loads(demo_site.page("site.webmanifest"))
    assert data["icons"]
    assert [i["src"] for i in data["icons"] if not (demo_site.output / i["src"]).is_file()] == []


def test_outlets_are_invented_or_cited() -> None:
    """Every outlet is on an example domain, but for the five of the one true story."""
    domains = {a.outlet for a in content().articles if a.outlet}
    domains |= {p.outlet for a in content().articles for p in demo().bodies(a).related if p.outlet}
    assert {d for d in domains if not d.endswith(".example")} == _REAL
    assert len(domains) > 15


def test_the_demo_says_what_is_invented(demo_site: Run) -> None:
    """The records are marked as samples where a reader looks."""
    assert "samples" in text_of(parsed(demo_site.page("about/")))
    assert "../../about/" in demo_site.page("news/2024-01-12-repair-cafe-thousandth-kettle/")


def test_the_demo_shows_many_outlets_copies_and_a_running_story(stories: Any) -> None:  # noqa: ANN401
    """A story of ten outlets, a wire report with its copies, one over more than a week."""
    reef = next(s for s in stories if "cold-water-coral-reef" in s["id"])
    assert len(reef["outlets"]) >= 9
    ports = next(
        s for s in stories if "example-wire.example" in s["outlets"] and len(s["outlets"]) >= 6
    )
    assert "ports" in ports["id"]
    running = max(stories, key=lambda s: len(s["articles"]) if "selk" in s["id"] else 0)
    assert len(running["articles"]) >= 9
    assert read_instant(running["last"])[0] - read_instant(running["first"])[0] > \
        read_instant("2024-01-09")[0] - read_instant("2024-01-01")[0]  # fmt: skip


def test_the_copies_of_the_wire_are_told(demo_site: Run) -> None:
    """Outlets that print the wire's text are folded below it; the wire was first."""
    page = parsed(demo_site.page("stories/2024-01-18-seven-coastal-ports-agree-shore-power/"))
    (part,) = with_class(page, "coverage")
    assert "independent" in text_of(with_class(part, "summary")[0])
    assert re.search(r"First report\s*Example Wire", text_of(part))
    (wire,) = [x for x in with_class(part, "piece") if "Example Wire" in text_of(x)]
    assert re.search(r"Same text at [3-6] outlets", text_of(wire))


def test_elections_and_earnings_of_the_demo_stay_apart(stories: Any) -> None:  # noqa: ANN401
    """Two mayors, two companies: four stories."""
    of = {Path(p).stem[11:]: s["id"] for s in stories for p in s["articles"]}
    assert of["calloway-elected-mayor-of-aldmere"] != of["tarn-hollow-keeps-mayor-arvo"]
    assert of["arvo-re-elected-mayor-of-tarn-hollow"] == of["tarn-hollow-keeps-mayor-arvo"]
    assert of["calloway-elected-mayor-of-aldmere"] == of["aldmere-chooses-calloway"]
    assert (
        of["halden-instruments-full-year-profit-rises"]
        != of["oriel-freight-full-year-profit-falls"]
    )
    briefings = [of[name] for name in of if name.startswith("morning-briefing")]
    assert len(set(briefings)) == len(briefings) == 3


def test_the_demo_shows_every_kind_of_record() -> None:
    """A video, pictures and none, languages, right to left, undated, without an outlet's link."""
    articles = content().articles
    assert "video" in {a.piece.kind for a in articles}
    assert {a.piece.picture is not None for a in articles} == {True, False}
    assert {"ar", "ja", "ru", "fr", "de"} <= {a.piece.language for a in articles}
    assert any(a.published is None for a in articles)
    assert any(not a.promoted for a in articles)
    assert any(a.alone for a in articles)
    assert any(a.story for a in articles)
    assert {h.reason for h in content().held_back} >= {"draft", "removed"}


def test_right_to_left_text_is_marked(demo_site: Run) -> None:
    """The Arabic record has its language and runs its way."""
    (heading,) = parsed(demo_site.page("news/2024-01-16-markab-shiraai-yaoud-ila-al-marsa/")).iter(
        "h1"
    )
    assert (heading.get("lang"), heading.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("path", "most"), [("css/site.*.css", 9_000), ("index.html", 15_000), ("js/*.js", 2_000)]
)
def test_the_front_page_is_light(path: str, most: int, demo_site: Run) -> None:
    """Compressed, what a first visit loads besides pictures stays below its budget."""
    (file,) = demo_site.output.glob(path)
    assert len(gzip.compress(file.read_bytes(), 9, mtime=0)) <= most


@pytest.mark.parametrize("newcomer", range(0, 60, 4))
def test_adding_a_record_changes_only_the_stories_it_touches(newcomer: int) -> None:
    """Whichever record of the demo comes last, the other stories are as they were."""
    articles = content().articles
    added = articles[newcomer % len(articles)]
    rest = tuple(a for a in articles if a is not added)
    after = related(content())
    before = related(Content(articles=rest, decisions=content().decisions))
    touched = next({a.path for a in s.articles} for s in after.stories if added in s.articles)
    for story in before.stories:
        if touched.isdisjoint(a.path for a in story.articles):
            (same,) = [s for s in after.stories if s.id == story.id]
            assert same.articles == story.articles
            assert (same.lead, same.heat) == (story.lead, story.heat)
            assert after.coverage(same).voices == before.coverage(story).voices


def _time_in(record: Path) -> str:
    lines = record.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("publishedDateTime: "))


@pytest.mark.archive
def test_adding_a_record_to_the_archive_changes_little(archive: Path, tmp_path: Path) -> None:
    """Of the newest 300 records, each fiftieth as the last one: hardly another story changes.

    Weights of words follow the site's records in coarse steps, so a newcomer can now and
    then tip a story that it is not in; docs/stories.md says how often.
    """
    later = read_instant("2022-01-01")[0]
    for path in sorted((archive / "everyday-2021").glob("*.md"), key=_time_in)[-300:]:
        shutil.copy(path, tmp_path)
    read = read_content(tmp_path, (), later, lambda paths: paths)
    some = tuple(sorted(read.content.articles, key=lambda a: (str(a.published), a.path)))
    assert len(some) == 300
    after = relate(Content(articles=some), Config(), read.bodies).stories
    changed = {}
    for added in some[::50]:
        rest = tuple(a for a in some if a is not added)
        grouped = relate(Content(articles=rest), Config(), read.bodies)
        before = {s.articles for s in grouped.stories}
        touched = next(set(s.articles) for s in after if added in s.articles)
        strange = [
            s.id for s in after if s.articles not in before and touched.isdisjoint(s.articles)
        ]
        if strange:
            changed[added.slug] = strange
    assert sum(map(len, changed.values())) <= 6, changed
