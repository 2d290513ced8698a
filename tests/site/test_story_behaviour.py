"""Stories as a reader meets them: which records come together, which stay apart, who decides."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Decisions
from newsstand.site import Site
from tests.factories import NOON, hours, make_article
from tests.newsroom import (
    at,
    decided,
    parsed,
    pieces,
    record,
    related_entry,
    run_stories,
    site_of,
    stories_of,
    story_sets,
    story_with,
    text_of,
    views_of,
    with_class,
)
from tests.sites import Run, build_site, write_site

# What else is in the news: records that give words their usual frequencies.
_BACKGROUND = (
    "Library stays open all night and people come",
    "Rowers win the winter sprint by half a length",
    "Repair shop mends its thousandth kettle",
    "Asteroid passes close and amateurs measure it",
    "Tide tables now come as one open file",
    "Museum finds a lost painting behind a door",
    "Snow closes the valley railway for two days",
    "Choir sings in the empty swimming pool",
    "Farmers plant two thousand apple trees",
    "Court lets the night market stay until spring",
)


def background() -> list[Article]:
    """Ten records about ten other things, one a day."""
    return [
        make_article(t, slug=f"bg{n}", outlet=f"bg{n}.example", published=NOON - hours(24 * n))
        for n, t in enumerate(_BACKGROUND)
    ]


def reports(*titles: str, prefix: str = "r", gap: float = 2.0, **changes: Any) -> list[Article]:  # noqa: ANN401
    """Reports of different outlets, some hours apart."""
    return [
        make_article(
            title,
            slug=f"{prefix}{n}",
            **{"outlet": f"{prefix}{n}.example", "published": NOON + hours(gap * n)} | changes,
        )
        for n, title in enumerate(titles)
    ]


def among(*articles: Article, **content: Any) -> Site:  # noqa: ANN401
    """A site of these records among others."""
    return site_of(*articles, *background(), **content)


def are_one(site: Site, articles: list[Article]) -> bool:
    """Whether these records, and no others, are one story."""
    return frozenset(a.slug for a in articles) in story_sets(site)


def are_apart(site: Site, one: list[Article], other: list[Article]) -> bool:
    """Whether no record of the one is in a story with a record of the other."""
    stories = [{site.story_of[a.path].id for a in group} for group in (one, other)]
    return stories[0].isdisjoint(stories[1])


def test_reports_of_one_event_are_one_story() -> None:
    """Other words and other outlets, the same event of the same day."""
    event = reports(
        "Volcano erupts near Skarvik, thousands leave their homes",
        "Thousands flee as the volcano near Skarvik erupts",
        "Skarvik volcano eruption drives thousands from home",
        "Eruption of Skarvik volcano: what we know",
    )
    assert are_one(among(*event), event)


def test_a_running_story_of_ten_days_is_one() -> None:
    """A report a day about the same thing is a story, not ten."""
    running = [
        make_article(
            title, slug=f"day{n}", outlet=f"o{n % 4}.example", published=NOON + hours(24 * n),
            excerpt="The Kestrel Tunnel between Aldmere and Port Elsin has been flooded.",
        )
        for n, title in enumerate((
            "Kestrel Tunnel closed after water breaks in",
            "Water still rising in the flooded Kestrel Tunnel",
            "Divers inspect the flooded Kestrel Tunnel",
            "Kestrel Tunnel: pumps arrive by rail",
            "Pumps lower the water in the Kestrel Tunnel",
            "Kestrel Tunnel half empty, engineers say",
            "Crack found in the wall of the Kestrel Tunnel",
            "Engineers seal the crack in the Kestrel Tunnel",
            "Kestrel Tunnel is dry, tests begin",
            "Kestrel Tunnel opens again after ten days of water",
        ))
    ]  # fmt: skip
    site = among(*running)
    biggest = max(len(s.articles) for s in site.stories)
    assert biggest >= 8
    assert are_apart(site, running, background())


def test_a_running_story_does_not_come_back_as_new() -> None:
    """Day after day it sinks against fresh stories of equal heat, though it gains a report."""
    places = []
    for days in range(1, 10):
        today = NOON + timedelta(days=days)
        running = [
            make_article(f"Kestrel Tunnel flood, day {n}", slug=f"k{n}", story="kestrel",
                         outlet=f"k{n}.example", heat=80, published=NOON + timedelta(days=n))
            for n in range(days + 1)
        ]  # fmt: skip
        fresh = [
            make_article(title, slug=f"f{n}", outlet=f"f{n}.example", heat=80, story=f"f{n}",
                         published=today - hours(3 * n))
            for n, title in enumerate(_BACKGROUND[:5])
        ]  # fmt: skip
        site = site_of(*running, *fresh)
        places.append([story.id for story in site.stories].index("k0"))
    assert places == sorted(places)
    assert places[-1] == 5


def test_two_elections_in_one_week_stay_apart() -> None:
    """The same words, another town and another winner."""
    one = reports(
        "Calloway elected mayor of Aldmere by 212 votes",
        "Aldmere chooses Calloway as its new mayor",
        "Calloway wins the election for mayor in Aldmere",
        prefix="a",
    )
    other = reports(
        "Arvo re-elected mayor of Tarn Hollow with a record turnout",
        "Tarn Hollow keeps Mayor Arvo",
        "Arvo wins the election for mayor in Tarn Hollow",
        prefix="t",
    )
    site = among(*one, *other)
    assert are_apart(site, one, other)
    assert len(story_sets(site)) < len(background()) + 6


def test_two_earnings_reports_in_one_week_stay_apart() -> None:
    """The same sentence about another company is another story."""
    one = reports(
        "Halden Instruments full-year profit rises to 41 million crowns",
        "Halden Instruments profit rises by a tenth on tide gauges",
        prefix="h",
    )
    other = reports(
        "Oriel Freight full-year profit falls to 63 million crowns",
        "Oriel Freight loses a fifth of its profit to low water",
        prefix="o",
    )
    site = among(*one, *other)
    assert are_apart(site, one, other)
    assert are_one(site, one)
    assert are_one(site, other)


def test_the_same_headline_a_month_later_is_another_story() -> None:
    """Time keeps apart what words do not."""
    yearly = "Winter sprint of the harbour rowers draws a crowd"
    then, now = reports(yearly, gap=0), reports(yearly, prefix="n", published=NOON + hours(24 * 30))
    assert are_apart(among(*then, *now), then, now)


def test_one_outlets_series_does_not_glue() -> None:
    """The briefing of Tuesday is not the story of the briefing of Wednesday."""
    series = [
        make_article(f"Morning briefing: {day}", slug=f"b{n}", outlet="lantern.example",
                     published=NOON + hours(24 * n), excerpt=excerpt)
        for n, (day, excerpt) in enumerate((
            ("Tuesday 16 January", "Tide gauges, a recount, and soup."),
            ("Wednesday 17 January", "A reef, freight rates, and the last ferry."),
            ("Thursday 18 January", "Shore power, snow, and who lost a glove."),
        ))
    ]  # fmt: skip
    site = among(*series)
    assert all({a.slug} in story_sets(site) for a in series)


def test_a_template_does_not_glue_two_subjects() -> None:
    """A shared beginning and the name of the site at the end are no event."""
    weekly = [
        make_article(f"Public preview: {what} - Cloud Diary", slug=f"p{n}", outlet="cloud.example",
                     published=NOON + hours(5 * n))
        for n, what in enumerate((
            "faster snapshots for disks", "maps for indoor spaces", "a queue that never forgets",
            "speech in eleven more tongues", "encrypted backups at rest",
        ))
    ]  # fmt: skip
    site = among(*weekly)
    assert max(len(story_with(site, a.slug).articles) for a in weekly) == 1


@pytest.mark.parametrize(
    ("titles", "excerpts", "apart"),
    [
        (
            ("Полярная станция открыла дневник северного сияния",
             "Дневник северного сияния: полярная станция пускает читателей",
             "Станция на мысе открыла дневник полярного сияния"),
            "", "Гребцы выиграли зимний спринт на полкорпуса",
        ),
        (
            ("عودة المركب الشراعي القديم إلى الميناء بعد ترميمه",
             "المركب الشراعي يعود إلى الميناء بعد الترميم",
             "ترميم المركب الشراعي القديم وعودته إلى الميناء"),
            "", "الثلوج تغلق سكة حديد الوادي",
        ),
        (
            ("港口大桥裂缝修复后重新开放", "大桥修复完成港口大桥重新开放", "港口大桥今日重新开放"),
            "", "山谷铁路因大雪关闭",
        ),
        (
            ("Kaltwasserriff vor Skerra entdeckt",
             "Forscher entdecken Kaltwasserriff vor der Insel Skerra",
             "Das Kaltwasserriff vor Skerra ist drei Kilometer lang"),
            "", "Donaudampfschifffahrtsgesellschaft kauft neue Schiffe",
        ),
        (
            ("La bibliothèque de Port-Elsin ouvre la nuit",
             "À Port-Elsin, la bibliothèque reste ouverte toute la nuit",
             "Nuit blanche à la bibliothèque de Port-Elsin"),
            "", "Les rameuses gagnent le sprint d'hiver",
        ),
    ],
    ids=["Cyrillic", "Arabic", "Chinese", "German", "French"],
)  # fmt: skip
def test_other_languages_and_scripts(titles: tuple[str, ...], excerpts: str, apart: str) -> None:
    """One event in any script is one story, and another event stays out of it."""
    event = reports(*titles, excerpt=excerpts)
    other = reports(apart, prefix="x", excerpt=excerpts)
    site = among(*event, *other)
    assert are_one(site, event)


def test_empty_excerpts_are_no_likeness() -> None:
    """Records without an excerpt, even without a word that counts, stay apart."""
    bare = reports("Live", "Update", "???", "…", "12", gap=0)
    assert all({a.slug} in story_sets(among(*bare)) for a in bare)


def test_one_excerpt_under_many_headlines_is_no_event() -> None:
    """An outlet's own advertisement below each piece makes no story of all."""
    advert = "Subscribe to our newsletter for the best stories of the week."
    titles = ("Choir sings in a pool", "Farmers plant apple trees", "Asteroid measured by amateurs")
    articles = [
        make_article(t, slug=f"ad{n}", outlet="ad.example", excerpt=advert,
                     published=NOON + hours(9 * n))
        for n, t in enumerate(titles)
    ]  # fmt: skip
    site = site_of(*articles, *background()[5:])
    assert len({site.story_of[a.path].id for a in articles}) > 1


def test_five_hundred_equal_titles_are_one_story_in_time() -> None:
    """A headline that every outlet prints costs no more than a look at each."""
    title = "Seven coastal ports agree on shore power for moored ships"
    same = reports(*[title] * 500, gap=0.05)
    started = time.monotonic()
    site = among(*same)
    assert time.monotonic() - started < 30
    assert are_one(site, same)
    story = story_with(site, "r0")
    assert len(site.coverage(story).voices) == 1
    assert len(story.outlets) == 500


def test_wire_copies_are_one_voice() -> None:
    """Seven outlets of which five print the wire's text: three independent, the wire first."""
    wire = "Seven coastal ports agree to supply moored ships with shore power by 2027"
    copies = reports(*[wire] * 5, prefix="w", gap=0.4)
    own = reports(
        "What shore power for moored ships will change beside the docks of seven coastal ports",
        "Ports and ships: shore power by 2027 will cost coastal towns dearly",
        prefix="own", published=NOON + hours(9),
    )  # fmt: skip
    marked = [make_article(a.title, slug=a.slug, outlet=a.outlet, published=a.published, story="x")
              for a in (*copies, *own)]  # fmt: skip
    site = among(*marked)
    view = views_of(site)["stories/w0/"]
    assert (view.summary, view.independent) == ("7 reports from 7 outlets", "3 independent")
    assert (view.first.outlet, view.first.when.full) == ("w0.example", "18 January 2024, 12:00 UTC")
    assert [len(line.copies) for line in view.coverage] == [0, 0, 4]


def test_adding_a_record_changes_only_the_stories_it_touches() -> None:
    """Whichever of fourteen records comes last, the others are grouped as they were."""
    event = reports("Volcano erupts near Skarvik", "Skarvik volcano erupts again", gap=3)
    articles = [*event, *background()]
    after = site_of(*articles)
    for newcomer in articles:
        before = site_of(*(a for a in articles if a is not newcomer))
        touched = {a.slug for a in after.story_of[newcomer.path].articles}
        kept = {s for s in story_sets(after) if s.isdisjoint(touched)}
        assert kept == {s for s in story_sets(before) if s.isdisjoint(touched)}


# The editor's word, in files.


def content(folder: Path, decisions: str = "", **changes: Mapping[str, Any]) -> Path:
    """Four records of words of their own, a to d, with keys changed, and decisions."""
    titles = {"a": "Mayor opens harbour bridge", "b": "Snow closes valley railway",
              "c": "Museum finds lost painting", "d": "Rowers win winter sprint"}  # fmt: skip
    for slug, title in titles.items():
        keys = {"outlet": f"{slug}.example"} | dict(changes.get(slug, {}))
        text = record(keys.pop("title", title), **keys)
        write_site(folder, {f"content/{slug}.md": text})
    write_site(folder, {"site.yml": "", "content/stories.yml": decisions})
    return folder / "content"


def groups(folder: Path) -> set[str]:
    """The stories of a content folder, a letter for each record."""
    return {"".join(p[0] for p in s["articles"]) for s in stories_of(folder)}


def problems(folder: Path) -> str:
    """What a build of the site beside a content folder says."""
    run = build_site(folder.parent, "-v", in_process=True)
    return run.stderr


def test_a_story_key_puts_records_together(tmp_path: Path) -> None:
    """Whatever their words; keys are compared as addresses are."""
    folder = content(tmp_path, a={"story": "Big Week"}, c={"story": "big-week"})
    assert groups(folder) == {"ac", "b", "d"}


@pytest.mark.parametrize("keys", [{"story": None}, {"alone": True}, {"alone": "yes"}])
def test_a_record_can_be_kept_alone(tmp_path: Path, keys: dict[str, Any]) -> None:
    """`story: null` and `alone: true` say the same."""
    same = {"title": "Mayor opens harbour bridge"}
    assert groups(content(tmp_path, b=same, c=same | keys)) == {"ab", "c", "d"}


def test_merge_split_pin_and_title(tmp_path: Path) -> None:
    """A file of decisions does it for records that one would rather not touch."""
    same = {"title": "Mayor opens harbour bridge today"}
    folder = content(
        tmp_path,
        "merge: [[a.md, c.md]]\nsplit: [[a.md, b.md]]\npin: [d.md]\ntitle: {c.md: Bridge week}\n",
        b=same,
    )
    assert groups(folder) == {"ac", "b", "d"}
    first, *_ = stories_of(folder)
    assert first["articles"] == ["d.md"]
    titles = {"".join(p[0] for p in s["articles"]): s["title"] for s in stories_of(folder)}
    assert titles["ac"] == "Bridge week"
    assert problems(folder) == ""


def test_the_title_is_shown_on_cards_and_pages(tmp_path: Path) -> None:
    """The story's title on the front page and above the coverage, the headline on the record."""
    folder = content(tmp_path, "merge: [[a.md, c.md]]\ntitle: {a.md: Bridge week}\npin: [a.md]\n")
    run = build_site(folder.parent, in_process=True)
    card = with_class(parsed(run.page("")), "card")[0]
    assert text_of(with_class(card, "headline")[0]) == "Bridge week"
    assert "Pinned" in text_of(card)
    page = parsed(run.page("news/a/"))
    assert text_of(next(page.iter("h1"))) == "Mayor opens harbour bridge"
    story = parsed(run.page("stories/a/"))
    assert text_of(with_class(story, "report-title")[0]) == "Bridge week"


@pytest.mark.parametrize(
    ("changes", "decisions", "places"),
    [
        ({"a": {"alone": True}}, "\nmerge: [[a.md, b.md]]\n", ("stories.yml:2:", "a.md")),
        (
            {"a": {"story": "x"}, "b": {"story": "y"}},
            "merge: [[a.md, b.md]]\n",
            ("stories.yml:1:", "a.md", "b.md"),
        ),
        (
            {"a": {"story": "x"}, "b": {"story": "x"}},
            "split: [[a.md, b.md]]\n",
            ("stories.yml:1:", "a.md", "b.md", "story: x"),
        ),
        ({}, "merge: [[a.md, b.md]]\nsplit: [[a.md, b.md]]\n", ("stories.yml:2:", "stories.yml:1")),
        ({"a": {"story": "x", "alone": True}}, "", ("a.md:", "story: x", "alone")),
    ],
    ids=["alone", "two keys", "key and split", "merge and split", "key and alone"],
)
def test_a_contradiction_names_both_places(
    tmp_path: Path, changes: dict[str, dict[str, Any]], decisions: str, places: tuple[str, ...]
) -> None:
    """The place of the decision that is not followed, and what it contradicts."""
    said = problems(content(tmp_path, decisions, **changes))
    assert "decision-contradiction" in said
    assert [place for place in places if place not in said] == []


def test_an_unknown_record_is_named(tmp_path: Path) -> None:
    """With the line, and the nearest record there is; the rest of the file counts."""
    folder = content(tmp_path, "merge:\n  - [a.md, b.md]\n  - [c.md, dd.md]\npin: [e.txt]\n")
    said = problems(folder)
    assert "stories.yml:3:" in said
    assert "'dd.md'" in said
    assert "did you mean d.md?" in said
    assert "'e.txt'" in said
    assert groups(folder) == {"ab", "c", "d"}


def test_a_record_that_is_held_back_is_no_mistake(tmp_path: Path) -> None:
    """A decision about a draft waits for it: a warning, and `--strict` publishes."""
    folder = content(tmp_path, "pin: [d.md]\n", d={"draft": True})
    run = build_site(tmp_path, "--strict", "-v", in_process=True)
    assert run.code == 0
    assert "d.md" in run.stderr
    assert "draft" in run.stderr
    assert len(stories_of(folder)) == 3


def test_an_editor_can_part_what_was_declared_together(tmp_path: Path) -> None:
    """Declaring is a hint; `alone` is the editor's word."""
    link = "https://b.example/snow"
    declared = [related_entry("Mayor opens harbour bridge", link)]
    folder = content(
        tmp_path,
        a={"related": declared},
        b={"title": "Mayor opens harbour bridge", "link": link, "alone": True},
    )
    assert groups(folder) == {"a", "b", "c", "d"}


def test_weights_of_the_settings_count(tmp_path: Path) -> None:
    """A half-life of a year makes an old hot story lead."""
    folder = content(
        tmp_path, a={"heat": 900, "at": "2024-01-01T00:00:00Z"}, b={"heat": 5}, c={"heat": 5}
    )
    assert stories_of(folder, "--config", str(settings(tmp_path, 24)))[0]["id"] != "a"
    assert stories_of(folder, "--config", str(settings(tmp_path, 8760)))[0]["id"] == "a"


def settings(folder: Path, half_life: int) -> Path:
    """A settings file with this half-life in hours."""
    write_site(folder, {"site.yml": f"ranking:\n  half_life_hours: {half_life}\n"})
    return folder / "site.yml"


def test_coverage_of_a_story_begins_with_what_changed_last(tmp_path: Path) -> None:
    """Whoever leads."""
    same = {"title": "Mayor opens harbour bridge", "at": "2024-01-17T10:00:00Z"}
    folder = content(tmp_path, a={"quality": 90}, c=same)
    run: Run = build_site(folder.parent, in_process=True)
    (part,) = with_class(parsed(run.page("stories/c/")), "coverage")
    assert [p.time for p in pieces(part)] == ["2024-01-18T12:00:00Z", "2024-01-17T10:00:00Z"]


def test_decisions_count_by_their_first_line_too() -> None:
    """In memory as in files: the first pin leads."""
    pins = Decisions("stories.yml", pin=(decided("bg3"),))
    assert among(decisions=pins, config=Config()).stories[0].id == "bg3"


def test_the_text_form_lists_every_story(tmp_path: Path) -> None:
    """One block for each."""
    run = run_stories(content(tmp_path))
    assert sum(line.strip() == "1 report, 1 outlet" for line in run.stdout.splitlines()) == 4


def test_a_story_of_the_future_is_not_ranked(tmp_path: Path) -> None:
    """A record that is dated ahead is no newest record."""
    folder = content(tmp_path, a={"at": "2025-01-01T00:00:00Z"})
    assert max(s["first"] for s in stories_of(folder)) == "2024-01-18T12:00:00Z"
    assert at("2025-01-01 00:00") > NOON
