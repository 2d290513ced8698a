"""From a site to its pages: which there are, and what the front page shows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec import structs

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Decision, Decisions, PlainPage
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.front import NOTHING
from newsstand.outputs.html.views_of_pages import (
    ArticleView,
    FrontView,
    NotFoundView,
    OutletsView,
    StoryView,
    TopicView,
)
from newsstand.outputs.html.views_of_parts import Card, Row
from newsstand.outputs.plan import plan
from newsstand.site import Site
from tests.factories import NOON, hours, make_article, make_picture, make_piece, make_topic, telling
from tests.newsroom import html_of, parsed, random_articles, reasons, site_of, text_of, views_of

SMALL = Config(page_size=3, second_rank=2)


def report(number: int, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words, `number` hours before noon."""
    changes.setdefault("published", NOON - hours(number))
    changes.setdefault("outlet", f"o{number}.example")
    # Digits alone tell no stories apart.
    own = "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")
    words = " ".join(f"{beginning}{own}" for beginning in ("kil", "lom", "nur", "pev"))
    return make_article(words, slug=f"r{number:03}", **changes)


def shown(view: FrontView) -> list[Card | Row]:
    """Everything a page of the front shows of stories."""
    cards = [*([view.lead] if view.lead else []), *view.second, *(b.card for b in view.blocks)]
    rows = [r for b in view.blocks for r in b.rows] + [r for d in view.days for r in d.rows]
    return [*cards, *rows]


def front_of(site: Site) -> FrontView:
    """The front page."""
    view = views_of(site)[""]
    assert isinstance(view, FrontView)
    return view


@settings(max_examples=40)
@given(random_articles())
def test_no_two_pages_have_one_address(articles: tuple[Article, ...]) -> None:
    """And every address has a file of its own."""
    pages = list(plan(site_of(*articles, config=replace(SMALL, url="https://news.example/"))))
    files = Counter(urls.file_of(page.address).casefold() for page in pages)
    assert [file for file, count in files.items() if count > 1] == []


@settings(max_examples=40)
@given(random_articles())
def test_every_story_is_on_the_front_page_or_on_its_day(articles: tuple[Article, ...]) -> None:
    """Nothing that is published is left out or said twice; Latest begins with the newest day."""
    site = site_of(*articles, config=SMALL)
    views = views_of(site)
    front = views[""]
    met = [item.address for item in shown(front)]
    listed = {formatting.story_address(s) for s in site.stories}
    assert set(met) <= listed
    assert len(met) == len(set(met))
    if front.earlier:
        assert front.earlier.address in views
    else:
        assert set(met) == listed
    newest = site.articles[0].published
    if not front.days:  # all that there is stands above
        assert set(met) == listed
        return
    assert front.days[0].iso == (newest.date().isoformat() if newest else "")


@settings(max_examples=25)
@given(random_articles())
def test_every_record_has_its_page(articles: tuple[Article, ...]) -> None:
    """In its place below news, with its headline, its day and its outlet's page."""
    site = site_of(*articles)
    views = views_of(site)
    for article in articles:
        view = views[urls.article(article.slug)]
        assert isinstance(view, ArticleView)
        assert view.headline == article.title
        assert urls.day(article.published.date() if article.published else None) in views
        assert not article.outlet or urls.outlet(article.outlet) in views
        assert all(t.address in views for t in view.topics)


@settings(max_examples=25)
@given(random_articles(6))
def test_reasons_add_up_on_every_page(articles: tuple[Article, ...]) -> None:
    """Each "Why here" that a reader unfolds is a sum that is right."""
    for html in html_of(site_of(*articles)).values():
        for terms, score in reasons(parsed(html)) if "Why here" in html else ():
            assert terms
            assert round(sum(terms), 2) == score


def test_the_front_page_has_lead_and_second_rank_by_rank() -> None:
    """What is above the river is the top of the ranking."""
    site = site_of(*(report(n, heat=200 - n) for n in range(9)), config=SMALL)
    front = front_of(site)
    assert front.lead
    leading = [front.lead.address, *(c.address for c in front.second)]
    assert leading == [urls.article(s.lead.slug) for s in site.stories[:3]]
    assert front.lead.why
    assert front.lead.why.terms


def test_busy_topics_have_blocks() -> None:
    """A story and lines below it, once there are stories enough, none shown elsewhere.

    Four lines below a short card, two below one with a picture, so that columns are of one length.
    """
    topics = ("Sea", "Sky", "Sport")
    photos = (None, make_picture(), None)
    site = site_of(
        *(report(n, topics=(topics[n % 3],), picture=photos[n % 3]) for n in range(24)),
        config=Config(second_rank=2, topic_blocks=2),
    )
    front = front_of(site)
    assert len(front.blocks) == 2
    assert {block.name: len(block.rows) for block in front.blocks} == {"Sea": 4, "Sky": 2}
    assert all(block.address.startswith("topics/") for block in front.blocks)
    met = [item.address for item in shown(front)]
    assert len(met) == len(set(met))
    assert front_of(site_of(*(report(n, topics=("Sea",)) for n in range(9)))).blocks == ()


def test_latest_is_paged_by_day() -> None:
    """Whole days as long as there is room, then the way to the next one."""
    records = [report(n, published=NOON - hours(12 * n)) for n in range(12)]
    front = front_of(site_of(*records, config=Config(page_size=4, second_rank=0)))
    assert [day.label.split()[1] for day in front.days] == ["18", "17"]
    assert front.earlier
    assert front.earlier.address == "archive/2024/01/16/"


def test_latest_does_not_begin_with_what_leads() -> None:
    """Where all of the newest day stands above, Latest says so below its name, and goes on."""
    days = (0, 1, 1, 2)
    records = [
        report(n, heat=9 - n, published=NOON - hours(24 * day)) for n, day in enumerate(days)
    ]
    front = front_of(site_of(*records, config=Config(second_rank=0)))
    assert front.lead
    assert front.lead.address == "news/r000/"
    assert [len(day.rows) for day in front.days] == [0, 2, 1]
    assert [day.more for day in front.days] == ["All of this day’s news stands above.", "", ""]
    assert front.days[0].address == "archive/2024/01/18/"


def test_a_short_new_day_is_followed_by_the_one_before() -> None:
    """Early in the morning Latest is as long as in the evening, and says where the rest is."""
    yesterday = [report(24 + n) for n in range(12)]
    records = [report(0), report(1), *yesterday]
    front = front_of(site_of(*records, config=Config(page_size=4, second_rank=0)))
    assert [len(day.rows) for day in front.days] == [1, 3]
    assert front.earlier
    assert front.earlier.label == "All of Wednesday 17 January 2024"
    assert front.earlier.address == "archive/2024/01/17/"


def test_the_second_rank_has_whole_sentences() -> None:
    """As many as fit; none where the first is too long: a newspaper breaks off nowhere."""
    long = "A sentence of very many words " * 8
    first = "The bridge opens to walkers on Saturday."
    texts = ("Lead.", f"{first} {long}", long, "Short.")
    records = [report(n, excerpt=text, heat=90 - n) for n, text in enumerate(texts)]
    assert [card.excerpt for card in front_of(site_of(*records)).second] == [first, "", "Short."]


def test_a_headline_runs_as_its_language_does() -> None:
    """On each page that has it, though it begins with a foreign name."""
    title = "Selk: ما نعرفه عن القرار الجديد"
    arabic = make_article(title, slug="ar", language="ar", published=NOON - hours(4))
    pages = html_of(site_of(*map(report, range(3)), arabic))
    for address in ("", "news/ar/", "archive/2024/01/18/"):
        found = re.findall(r' dir="(\w+)"[^>]*>(?:<a[^>]*>)?Selk', pages[address])
        assert set(found) == {"rtl"}, address


def test_a_picture_of_few_pixels_is_known() -> None:
    """It is not blown up; a drawing has no pixels, and of no width nothing is known."""
    widths = {"a.jpg": 300, "b.jpg": 1200, "c.svg": 300, "d.jpg": 0}
    records = [
        report(n, picture=make_picture(f"pictures/{name}", width=width, height=width))
        for n, (name, width) in enumerate(widths.items())
    ]
    views = views_of(site_of(*records))
    shown = [views[f"news/r{n:03}/"].picture for n in range(4)]
    assert [picture.is_small for picture in shown] == [True, False, False, False]


def test_similar_reports_stand_beside_a_lone_one() -> None:
    """Where its story has no page, and its related pieces do not follow below."""
    related = tuple(make_piece(f"Piece {n}", link=f"https://p.example/{n}") for n in range(2))
    lone, told = report(0), telling(report(1), related=related)
    pair = (report(2, story="one"), report(3, story="one"))
    views = views_of(site_of(lone, told, *pair))
    beside = [views[f"news/r{n:03}/"].nearest_beside for n in range(4)]
    assert beside == [True, False, False, False]


def test_an_outlet_is_first_with_some_of_what_it_shares() -> None:
    """Said of how many, where there are several."""
    records = [
        report(10 - n, outlet=f"{'quick' if n % 2 == 0 else 'slow'}.example", story=f"s{n // 2}")
        for n in range(6)
    ]
    summary = views_of(site_of(*records))["outlets/quick.example/"].summary
    assert summary.startswith("3 reports; 3 stories shared with others, first with 3 of them.")


def test_a_day_without_end_is_cut() -> None:
    """And the way leads to its own page, which has all of it."""
    records = [report(n, published=NOON - hours(n / 100)) for n in range(40)]
    front = front_of(site_of(*records, config=Config(page_size=4, second_rank=0)))
    (day,) = front.days
    assert len(day.rows) == 12
    assert front.earlier
    assert front.earlier.address == day.address


def test_what_is_not_promoted_is_news_too() -> None:
    """Newest first, promoted or not; a setting keeps a river of promoted stories."""
    records = [report(n, promoted=n % 2 == 0, published=NOON - hours(n)) for n in range(9)]
    rest = Config(second_rank=1, latest="promoted")
    everything = front_of(site_of(*records, config=Config(second_rank=1)))
    assert [r.address for d in everything.days for r in d.rows] == [
        f"news/r{n:03}/" for n in range(9) if n not in (0, 2)
    ]
    promoted = front_of(site_of(*records, config=rest))
    assert [r.address for d in promoted.days for r in d.rows] == [
        f"news/r{n:03}/" for n in (4, 6, 8)
    ]


def test_pages_that_the_river_had_lead_on() -> None:
    """Their addresses were published, and keep answering."""
    views = views_of(site_of(*map(report, range(9)), config=SMALL))
    assert [views[f"page/{n}/"].target for n in (2, 3)] == ["archive/"] * 2


def test_shortened_addresses_lead_to_lists() -> None:
    """Stories to the front page, reports to the archive; a page of the editor's own comes first."""
    views = views_of(site_of(report(1)))
    assert [views[address].target for address in ("stories/", "news/")] == ["", "archive/"]
    own = PlainPage("pages/stories.md", "stories", "Our stories", "", "Words.")
    assert views_of(site_of(report(1), pages=(own,)))["stories/"].title == "Our stories"


def test_what_the_editor_has_at_a_shortened_address_stays() -> None:
    """A static file, in whatever letters, an older address of a record, or a record's name."""
    site = site_of(report(1))
    with_file = views_of(structs.replace(site, static=("news/Index.html", "stories/picture.png")))
    assert "news/" not in with_file
    assert "stories/" in with_file
    with_alias = views_of(site_of(report(1, aliases=("/stories", "https://a.example/news/"))))
    assert "stories/" not in with_alias
    assert "news/" in with_alias
    odd = views_of(site_of(make_article("Odd", slug="index.html")))
    assert odd.keys().isdisjoint({"news/", "stories/"})


def test_every_record_leads_to_its_story() -> None:
    """By the address that its story would have; one that is alone needs none."""
    records = (report(5, story="one"), report(2, story="one"), report(1))
    views = views_of(site_of(*records))
    assert isinstance(views["stories/r005/"], StoryView)
    assert views["stories/r002/"].target == "stories/r005/"
    assert "stories/r001/" not in views


def test_a_story_says_where_it_stands() -> None:
    """Its own headline (the newest good report), who was first and last, and whether it is over."""
    records = [report(n, story="one") for n in (1, 5, 9)]
    view = views_of(site_of(*records))["stories/r009/"]
    assert view.headline == records[0].title
    assert (view.first.outlet, view.latest.outlet, view.span) == ("o9.example", "o1.example", "8 h")
    assert (view.summary, view.is_over) == ("3 reports from 3 outlets", False)
    later = report(99, published=NOON + hours(24 * 9))
    assert views_of(site_of(*records, later))["stories/r009/"].is_over


def test_an_editors_title_is_the_storys_and_leads_nowhere_else() -> None:
    """The headline of no outlet cannot be read at one."""
    records = [report(n, story="one") for n in (1, 2)]
    title = Decision(("news/r001.md",), places=((1, 1),), title="Bridge week")
    view = views_of(site_of(*records, decisions=Decisions(title=(title,))))["stories/r002/"]
    assert (view.headline, view.href) == ("Bridge week", "")


def test_coverage_of_many_outlets_is_folded() -> None:
    """Six are open; where the fold would hold one or two there is none."""
    for outlets, open_ in ((6, 6), (8, 8), (9, 6)):
        records = [report(n, story="one") for n in range(outlets)]
        view = views_of(site_of(*records))[f"stories/r{outlets - 1:03}/"]
        assert (len(view.coverage), len(view.coverage_more)) == (open_, outlets - open_)


def test_what_is_over_rests() -> None:
    """A record of another story and day changes no page but lists of what is new."""
    old = [report(n, story="one", topics=("Sea",)) for n in range(3)]
    old += [report(10 + n, topics=("Sea",)) for n in range(9)]
    old += [report(30, topics=("Sky",), published=NOON - hours(24 * 50))]
    config = Config(page_size=3)
    before = html_of(site_of(*old, config=config))
    much_later = report(50, published=NOON + hours(24 * 40), topics=("Sky",))
    after = html_of(site_of(*old, much_later, config=config))
    changed = {a for a, text in before.items() if after.get(a) != text}
    assert changed == {
        "", "404.html", "feed.xml", "topics/", "outlets/", "archive/", "archive/2024/",
        "archive/2024/01/", "archive/2024/01/18/", "topics/sea/", "topics/sky/", "stories/r002/",
    }  # fmt: skip


def test_a_day_shows_what_was_known_then() -> None:
    """No headline and no outlet of a later day stands on the page of one that is over."""
    then = [report(n, story="one", published=NOON - hours(n)) for n in (1, 2)]
    later = [
        report(n, story="one", published=NOON + hours(24 * n), outlet=f"late{n}.example")
        for n in (3, 4)
    ]
    day, month = "archive/2024/01/18/", "archive/2024/01/"
    before, after = html_of(site_of(*then)), html_of(site_of(*then, *later))
    assert "kilaab" in after[day]
    assert not any(word in after[day] for word in ("kilaad", "kilaae", "late3", "4 outlets"))
    cards = [views_of(site_of(*some))[day].cards for some in (then, (*then, *later))]
    assert cards[0] == cards[1]
    assert "kilaae" in after[month]
    assert "kilaae" not in before[month]


def test_a_site_without_promotion_has_a_front_page() -> None:
    """The best of what is there leads."""
    front = front_of(site_of(*map(report, range(5))))
    assert front.lead
    assert front.empty == ""


def test_an_empty_site_has_all_its_pages() -> None:
    """Each says that nothing is there yet, and the feed and the error page exist."""
    views = views_of(site_of(config=Config(url="https://news.example/")))
    sections = {"", "topics/", "outlets/", "archive/"}
    assert sections | {"404.html", "feed.xml", "sitemap.xml", "robots.txt"} <= views.keys()
    assert views[""].empty == NOTHING
    assert all(views[a].empty for a in ("topics/", "outlets/", "archive/"))
    assert len(html_of(site_of())) >= 6


def test_a_site_of_one_record_leads_with_it() -> None:
    """Without a second rank or a block, and it is not said again as the latest."""
    front = front_of(site_of(report(1)))
    assert front.lead
    assert (front.second, front.blocks, front.earlier) == ((), (), None)
    assert front.days == ()
    assert len(front_of(site_of(report(1), report(2), config=Config(second_rank=0))).days) == 1


def test_a_site_of_undated_records_has_no_day() -> None:
    """Its archive has the undated, and nothing else."""
    views = views_of(site_of(report(1, published=None), report(2, published=None)))
    assert [a for a in views if a.startswith("archive/")] == ["archive/", "archive/undated/"]
    assert views["archive/"].undated.address == "archive/undated/"
    assert len(views["archive/undated/"].rows) == 2


def test_topics_have_pages_even_without_a_story() -> None:
    """A topic that only a file names says that nothing is there yet."""
    topics = (make_topic("Sea"), make_topic("Ports", parent="sea"))
    views = views_of(site_of(report(1, topics=("C#",)), topics=topics))
    sea, sharp = views["topics/sea/"], views["topics/c-sharp/"]
    assert isinstance(sea, TopicView)
    assert sea.empty
    assert [c.address for c in sea.children] == ["topics/ports/"]
    assert sharp.summary == "1 story, 1 report"
    assert {n.name for n in views["topics/"].nodes} == {"Sea", "C#"}


def test_a_long_topic_runs_over_pages() -> None:
    """Every story of the topic and of its children, each once."""
    topics = (make_topic("Sea"), make_topic("Ports", parent="sea"))
    records = [report(n, topics=("Ports" if n % 2 else "Sea",)) for n in range(7)]
    views = views_of(site_of(*records, topics=topics, config=SMALL))
    pages = [views["topics/sea/"], views["topics/sea/page/1/"]]
    met = [row.address for page in pages for day in page.days for row in day.rows]
    assert met == [f"news/r{n:03}/" for n in range(7)]
    assert [len(page.days[0].rows) for page in pages] == [4, 3]
    assert [views[f"topics/sea/page/{n}/"].target for n in (2, 3)] == ["topics/sea/"] * 2


def test_outlets_are_counted() -> None:
    """The busiest first; a record without an outlet is nobody's."""
    records = [report(n, outlet="busy.example") for n in range(3)]
    view = views_of(site_of(*records, report(7), report(8, outlet="", link="")))["outlets/"]
    assert [(line.badge.domain, line.count) for line in view.outlets] == [
        ("busy.example", "3 reports"),
        ("o7.example", "1 report"),
    ]
    assert view.summary == "2 outlets, 4 reports; 1 more names none"


def test_an_outlet_says_how_often_it_was_first() -> None:
    """Of the stories that it shares with others, and what its lines count."""
    lines = ". A line counts the outlets that had its story that day."
    records = (
        report(5, outlet="quick.example", story="one"),
        report(4, outlet="slow.example", story="one"),
        report(3, outlet="quick.example"),
    )
    views = views_of(site_of(*records))
    assert views["outlets/quick.example/"].summary == (
        "2 reports; 1 story shared with others, first with it" + lines
    )
    assert views["outlets/slow.example/"].summary.endswith("shared with others" + lines)


def test_the_archive_has_years_months_and_days() -> None:
    """Each links to the ones beside it that exist."""
    times = (NOON, NOON - hours(24 * 40), NOON - hours(24 * 400))
    site = site_of(
        *(report(n, published=t) for n, t in enumerate(times)), report(9, published=None)
    )
    views = views_of(site)
    assert [a for a in views if a.startswith("archive/")] == [
        "archive/", "archive/2022/", "archive/2023/", "archive/2024/",
        "archive/2022/12/", "archive/2023/12/", "archive/2024/01/",
        "archive/2022/12/14/", "archive/2023/12/09/", "archive/2024/01/18/", "archive/undated/",
    ]  # fmt: skip
    assert [y.label for y in views["archive/"].years] == ["2024", "2023", "2022"]
    middle = views["archive/2023/12/09/"]
    assert (middle.earlier.address, middle.later.address) == (
        "archive/2022/12/14/",
        "archive/2024/01/18/",
    )
    assert views["archive/2024/"].later is None
    assert views["archive/2022/12/"].earlier is None


def test_a_day_lists_all_its_reports() -> None:
    """Newest first; stories of several outlets stand above as cards."""
    records = [report(n, story="one" if n < 2 else None) for n in range(4)]
    view = views_of(site_of(*records))["archive/2024/01/18/"]
    assert [row.address for row in view.rows] == [
        "stories/r001/", "stories/r001/", "news/r002/", "news/r003/",
    ]  # fmt: skip
    assert len(view.cards) == 1
    assert view.summary == "4 reports from 4 outlets. Each story is told as it stood that day."


def test_where_little_is_declared_the_nearest_are_shown() -> None:
    """Records alike in words that the page does not show already; with enough declared, none."""
    alike = [
        make_article(title, slug=f"s{n}", alone=True, outlet=f"s{n}.example")
        for n, title in enumerate(
            ("Zebra finches hatch at museum", "Zebra finches sing", "Zebra finches hatch eggs")
        )
    ]
    others = [report(n) for n in range(20)]  # so that a zebra is rare
    views = views_of(site_of(*alike, *others))
    assert {r.address for r in views["news/s0/"].nearest} == {"news/s1/", "news/s2/"}
    declared = tuple(make_piece(f"Elsewhere {n}", published=NOON - hours(9999)) for n in range(4))
    naming = telling(alike[0], related=declared)
    assert views_of(site_of(naming, *alike[1:], *others))["news/s0/"].nearest == ()


@pytest.mark.parametrize(
    ("headline", "is_shown"), [("Zebra crossing painted", False), ("Zebra finches sing", True)]
)
def test_one_word_in_common_makes_no_report_similar(headline: str, is_shown: bool) -> None:
    """Two do, in a report that is near enough to be found by them."""
    one = make_article("Zebra finches hatch at museum", slug="one", alone=True)
    other = make_article(headline, slug="other", alone=True)
    site = site_of(one, other)
    shown = [row.address for row in views_of(site)["news/one/"].nearest]
    assert shown == (["news/other/"] if is_shown else [])


@pytest.mark.parametrize(
    ("declared", "shown", "folded"), [(2, 3, 0), (3, 3, 0), (5, 3, 0), (6, 3, 3), (2, 0, 2)]
)
def test_the_tail_of_what_is_related_is_folded(declared: int, shown: int, folded: int) -> None:
    """The first few are shown; the fold says how many it holds, and holds three or more."""
    pieces = tuple(
        make_piece(f"Elsewhere {n}", outlet=f"e{n}.example", published=NOON - hours(9999))
        for n in range(declared)
    )
    view = views_of(site_of(report(1, related=pieces), config=Config(related_shown=shown)))[
        "news/r001/"
    ]
    assert (len(view.related), len(view.related_more)) == (declared - folded, folded)
    assert view.related_more_label == (f"Show {folded} more reports" if folded else "")
    assert view.related_count.startswith(f"{declared} reports from {declared} outlets")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("/topics/", "../topics/"),
        ("../news/r001/#top", "../news/r001/#top"),
        ("/archive/2024/01/18/", "../archive/2024/01/18/"),
        ("/archive/2024/", "../archive/2024/"),
        ("/", "../"),
        ("https://x.example/", "https://x.example/"),
        ("javascript:alert(1)", None),
        ("//x.example/", None),
        ("/nowhere/", None),
    ],
)
def test_plain_pages_link_into_the_site(written: str, href: str | None) -> None:
    """From the root or relative, at whatever path the site stands; nothing else gets through."""
    page = PlainPage("pages/about.md", "about", "About", "", f"[link]({written})")
    main = parsed(html_of(site_of(report(1), pages=(page,)))["about/"]).find(".//main")
    assert main is not None
    assert [a.get("href") for a in main.iter("a")] == ([href] if href else [])
    assert text_of(main) == "About link"


def test_the_error_page_offers_the_newest() -> None:
    """Five of them; its links begin at the root of the site."""
    site = site_of(*map(report, range(9)), config=Config(url="https://news.example/repo/"))
    view = views_of(site)["404.html"]
    assert [r.address for r in view.newest] == [f"news/r{n:03}/" for n in range(5)]
    assert (view.head.root, view.head.canonical) == ("/repo/", "")


def test_reports_without_an_outlet_are_counted_apart() -> None:
    """The list of outlets counts what stands in it, in its chart too, and says what does not."""
    named = [report(n * 24) for n in range(12)]
    nameless = [report(20, outlet=""), report(21, outlet=""), report(600, outlet="")]

    def outlets_of(*articles: Article) -> OutletsView:
        view = views_of(site_of(*articles))[urls.OUTLETS]
        assert isinstance(view, OutletsView)
        return view

    both, without = outlets_of(*named, *nameless), outlets_of(*named)
    assert both.summary == "12 outlets, 12 reports; 3 more name none"
    assert outlets_of(*named, nameless[0]).summary == "12 outlets, 12 reports; 1 more names none"
    assert without.summary == "12 outlets, 12 reports"
    assert both.chart == without.chart
    assert both.chart


def test_what_is_no_report_is_counted_apart() -> None:
    """On a story's page; where there is nothing else, all are reports."""

    def summary_of(*kinds: str) -> str:
        told = [report(n, story="one", kind=kind) for n, kind in enumerate(kinds)]
        site = site_of(*told)
        view = views_of(site)[urls.story(site.stories[0].id)]
        assert isinstance(view, StoryView)
        return view.summary

    assert summary_of("article", "video") == "2 reports from 2 outlets"
    assert summary_of("article", "opinion") == "1 report from 1 outlet and 1 other piece"
    assert summary_of("video", "column", "live") == "1 report from 1 outlet and 2 other pieces"
    assert summary_of("opinion", "column") == "2 reports from 2 outlets"


def test_the_page_of_no_address_names_each_story_once() -> None:
    """The newest five, each by its newest report, with the count that leads to its page."""
    event = [report(n, story="one") for n in range(4)]
    view = views_of(site_of(*event, *map(report, range(4, 12))))[urls.NOT_FOUND]
    assert isinstance(view, NotFoundView)
    assert [row.headline for row in view.newest] == [report(n).title for n in (0, 4, 5, 6, 7)]
    assert [row.count for row in view.newest] == ["4 outlets", "", "", "", ""]
