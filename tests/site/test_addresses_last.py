"""Addresses last: whatever comes in, every old page is there and leads to its story."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from newsstand.content.content_reader import LeftOut
from newsstand.model import Article, Decisions
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.views_of_pages import RedirectView
from newsstand.outputs.internal_links import places_of
from newsstand.outputs.published_ids import published_ids
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds, former_names, lock_text, read_lock
from tests.factories import NOON, hours, make_article
from tests.newsroom import decided, hrefs, parsed, record, site_of, views_of, with_class
from tests.sites import Run, build_site, write_site

_WORDS = (
    "harbour bridge mayor snow railway museum painting rowers sprint library kettle asteroid tide "
    "choir pool farmers apple court market ferry reef coral profit freight tunnel pumps election"
).split()
_OLD, _NEW = 60, 500


def made(number: int, words: random.Random, age: float, **keys: Any) -> Article:  # noqa: ANN401
    """A record of two common words and two of its own, `age` hours old."""
    own = f"alpha{number} beta{number}"
    title = f"{' '.join(words.sample(_WORDS, 2))} {own}".capitalize()
    usual = {
        "outlet": f"o{number % 23}.example",
        "published": NOON - hours(age),
        "link": f"https://o{number % 23}.example/{number}",
        "quality": words.randrange(100),
        "promoted": words.random() < 0.3,
    }
    return make_article(keys.pop("title", title), slug=f"r{number:03}", **usual | keys)


def old_records(words: random.Random) -> list[Article]:
    """What the site began with: every other record has a story key of its own."""
    keys = ({"story": f"s{n}"} if n % 2 else {} for n in range(_OLD))
    return [made(n, words, words.random() * 240, **key) for n, key in enumerate(keys)]


def new_records(words: random.Random, old: list[Article]) -> list[Article]:
    """New ones: earlier than all, later, better ones of old stories, near copies of old ones."""
    found = []
    for number in range(_OLD, _OLD + _NEW):
        like = words.choice(old)
        kinds: tuple[dict[str, Any], ...] = (
            {"published": NOON - hours(240 + words.random() * 240)},
            {},
            {"story": like.story or "another", "quality": 150, "promoted": True},
            {"title": like.title, "published": like.published, "quality": 150, "promoted": True},
        )
        found.append(made(number, words, words.random() * 240, **kinds[number % 4]))
    return found


def story_page(site: Site, article: Article) -> str:
    """The page on which a record's story stands."""
    return formatting.story_address(site.story_of[article.path])


def reached(views: Mapping[str, Any], address: str) -> str:
    """The page to which an address leads."""
    view = views[address]
    return view.target if isinstance(view, RedirectView) else address


@pytest.fixture(scope="module")
def before_and_after() -> tuple[Site, Site]:
    """A site, and the same site when 500 more records have come in."""
    words = random.Random(3542)
    old = old_records(words)
    merges = (decided(old[n].slug, old[n + 2].slug, line=n) for n in range(0, 40, 4))
    decisions = Decisions("stories.yml", merge=tuple(merges))
    return site_of(*old), site_of(*old, *new_records(words, old), decisions=decisions)


def test_every_old_address_still_answers(before_and_after: tuple[Site, Site]) -> None:
    """No page of a record, topic, outlet or day goes because others come."""
    before, after = (set(views_of(site)) for site in before_and_after)
    assert before <= after
    assert len(after) > len(before) + _NEW


def test_leads_have_changed_and_stories_have_merged(before_and_after: tuple[Site, Site]) -> None:
    """The 500 records are such that the promise is put to the test."""
    before, after = before_and_after
    leads = [{p: site.story_of[p].lead for p in site.records} for site in (before, after)]
    assert sum(leads[1][path] != lead for path, lead in leads[0].items()) > 10
    merged = [
        s for s in after.stories
        if len({before.story_of[a.path].id for a in s.articles if a.path in before.records}) > 1
    ]  # fmt: skip
    assert merged


def test_from_every_old_address_its_story_is_reached(before_and_after: tuple[Site, Site]) -> None:
    """A record's page links to its story, and so does the address its story has or had."""
    _, after = before_and_after
    views = views_of(after)
    for article in after.articles:
        page = story_page(after, article)
        said = views[urls.article(article.slug)].story
        assert (said or urls.article(article.slug)) == page
        if said:
            assert reached(views, urls.story(article.slug)) == page
        else:
            assert urls.story(article.slug) not in views


def test_every_address_a_story_ever_had_leads_to_it() -> None:
    """A story that grows record by record, each earlier than the last and the best so far."""
    records = [
        make_article("Kestrel Tunnel flooded", slug=f"k{n}", outlet=f"k{n}.example", quality=n,
                     published=NOON - hours(n), story="kestrel")
        for n in range(6)
    ]  # fmt: skip
    former: set[str] = set()
    for count in range(2, 7):
        site = site_of(*records[:count])
        (story,) = site.stories
        former.add(urls.story(story.id))
        views = views_of(site)
        assert {reached(views, address) for address in former} == {story_page(site, records[0])}
    assert len(former) == 5


def test_an_id_that_was_given_out_stays_whatever_comes() -> None:
    """Built again and again, each time with the ids of the time before."""
    records = [
        make_article("Kestrel Tunnel flooded", slug=f"k{n}", outlet=f"k{n}.example",
                     published=NOON - hours(n), story="kestrel")
        for n in range(6)
    ]  # fmt: skip
    given_out = PublishedIds()
    for count in range(1, 7):
        site = site_of(*records[:count], given_out=given_out)
        given_out = published_ids(site)
        assert [story.id for story in site.stories] == ["k0"]


def test_a_story_that_falls_apart_leads_to_the_record_it_was_named_after() -> None:
    """In every later build, and so do those of its reports. A record alone has one address."""
    one, two, alone = (
        make_article(f"Report {slug}", slug=slug, published=NOON - hours(n))
        for n, slug in enumerate(("one", "two", "alone"))
    )
    joined = (replace(one, story="kestrel"), replace(two, story="kestrel"), alone)
    given_out = published_ids(site_of(*joined))
    pages, feed, redirects = map(frozenset, ({"two"}, {"alone"}, {"one"}))
    assert given_out == PublishedIds(pages, feed, redirects, {"one": "two"})
    for _ in range(3):
        site = site_of(one, two, alone, given_out=given_out)
        given_out = published_ids(site)
        views = views_of(site)
        assert reached(views, urls.story("two")) == urls.article("two")
        assert reached(views, urls.story("one")) == urls.article("one")
        assert urls.story("alone") not in views
    assert not published_ids(site_of(alone, given_out=given_out)).addresses


def test_a_story_that_is_over_may_still_lose_a_report() -> None:
    """To the editor, say: the address that the report had in it leads to the record then."""
    pair = [make_article(s, slug=s, published=NOON, story="pair") for s in ("one", "two")]
    undated = [make_article(s, slug=s, published=None, story="none") for s in ("old", "older")]
    later = make_article(slug="later", published=NOON + hours(24 * 9))
    over = site_of(*pair, *undated, later)
    assert reached(views_of(over), urls.story("two")) == urls.story("one")
    assert published_ids(over).redirects == {"two", "older"}
    parted = replace(pair[1], story=None, alone=True)
    site = site_of(pair[0], parted, *undated, later, given_out=published_ids(over))
    assert reached(views_of(site), urls.story("two")) == urls.article("two")
    assert reached(views_of(site), urls.story("one")) == urls.article("one")


def slugs(run: Run) -> set[str]:
    """The records that have a page."""
    return {path.name for path in (run.output / "news").iterdir() if path.is_dir()}


def test_a_removed_record_takes_only_its_page_away(tmp_path: Path) -> None:
    """The rest of its story is found where it was, led by another."""
    title = "Mayor opens the harbour bridge"
    texts = {n: record(title, outlet=f"{n}.example", quality=9 * (n == "a")) for n in "abc"}
    write_site(tmp_path, {f"content/{n}.md": text for n, text in texts.items()})
    before = slugs(build_site(tmp_path, in_process=True))
    write_site(tmp_path, {"content/a.md": record(title, outlet="a.example", removed=True)})
    run = build_site(tmp_path, in_process=True)
    assert before - slugs(run) == {"a"}
    assert "removed" in run.log
    page = parsed(run.page("stories/b/"))
    (part,) = with_class(page, "coverage")
    assert "../../news/b/" in hrefs(part)
    assert not any("news/a/" in link for link in hrefs(page))


def test_a_clean_build_reads_the_ids_that_were_given_out(tmp_path: Path) -> None:
    """A report that is dated earlier comes later: the story is where it was."""
    own = ("--site", str(tmp_path))
    title = "Mayor opens the harbour bridge"
    write_site(tmp_path, {"content/b.md": record(title)})
    build_site(tmp_path, *own, in_process=True)
    earlier = record(f"{title} at last", outlet="a.example", at="2024-01-18T06:00:00Z")
    write_site(tmp_path, {"content/a.md": earlier})
    run = build_site(tmp_path, *own, in_process=True)
    assert "coverage" in run.page("stories/b/")
    assert "url=../../stories/b/" in run.page("stories/a/")
    lines = (tmp_path / "content/stories.lock").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["a redirect b", "b"]
    (tmp_path / "content/stories.lock").unlink()
    assert "url=../../stories/a/" in build_site(tmp_path, *own, in_process=True).page("stories/b/")


@pytest.mark.parametrize("fault", ["draft: true", "topics: ["])
def test_an_address_outlasts_a_build_without_its_record(tmp_path: Path, fault: str) -> None:
    """Of a record that has left a story, and is then held back for a while or has an error."""
    own = ("--site", str(tmp_path))
    title = "Mayor opens the harbour bridge"
    texts = {n: record(title, outlet=f"{n}.example") for n in "ab"}
    write_site(tmp_path, {f"content/{n}.md": text for n, text in texts.items()})
    run = build_site(tmp_path, *own, in_process=True)
    alone = record(title, outlet="b.example", alone=True)
    for text in (alone, alone.replace("---\n", f"---\n{fault}\n", 1), alone):
        write_site(tmp_path, {"content/b.md": text})
        run = build_site(tmp_path, *own, in_process=True)
        assert ("b" in slugs(run)) == (text == alone)
    assert "url=../../news/b/" in run.page("stories/b/")


def ids_of(site: Path) -> list[str]:
    """The lines of a site's file of ids."""
    lines = (site / "content/stories.lock").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("aliases", ["[/news/b/]", "[b]", "[/news/b/, /stories/b/]"])
def test_a_renamed_record_leaves_its_story_where_it_was(tmp_path: Path, aliases: str) -> None:
    """Its alias is one of its names: page and feed id stay, and the new name leads there."""
    own = ("--site", str(tmp_path))
    title, url = "Mayor opens the harbour bridge", "url: https://t.example/\n"
    first, later = record(title), record(f"{title} at last", outlet="a.example")
    write_site(tmp_path, {"content/b.md": first, "content/c.md": later, "site.yml": url})
    before = build_site(tmp_path, *own, in_process=True)
    entry = "stories/b/</id>"
    assert entry in before.page("feed.xml")
    (tmp_path / "content/b.md").unlink()
    renamed = first.replace("---\n", f"---\naliases: {aliases}\n", 1)
    write_site(tmp_path, {"content/bridge.md": renamed})
    for _ in range(2):
        run = build_site(tmp_path, *own, in_process=True)
        assert "alias-refused" not in run.log
        assert "coverage" in run.page("stories/b/")
        assert "url=../../stories/b/" in run.page("stories/bridge/")
        assert "url=../../news/bridge/" in run.page("news/b/")
        assert entry in run.page("feed.xml")
        assert ids_of(tmp_path) == ["b", "bridge redirect b", "c redirect b"]


@pytest.mark.parametrize(
    "name", ["..", "..%2F..%2Fx", ".hidden", "a%00b", "x" * 300, "index.html", "a%E2%80%AEb"]
)
def test_what_can_be_no_folder_is_no_former_name(tmp_path: Path, name: str) -> None:
    """Though the file of ids, which anyone may edit, says that a story was called so."""
    title = "Mayor opens the harbour bridge"
    alias = f'---\naliases: ["/stories/{name}/", "/news/{name}"]\n'
    texts = {n: record(title, outlet=f"{n}.example") for n in "ab"}
    texts["a"] = texts["a"].replace("---\n", alias, 1)
    files = {f"content/{n}.md": text for n, text in texts.items()}
    write_site(tmp_path, {**files, "content/stories.lock": f"{name}\n"})
    run = build_site(tmp_path, "--site", str(tmp_path), in_process=True)
    assert "coverage" in run.page("stories/a/")
    assert ids_of(tmp_path) == ["a", "b redirect a"]


def test_a_name_that_a_record_had_in_two_writings_is_its_own() -> None:
    """Capital letters do not make it another record's."""
    one = make_article("Snow", slug="snow", aliases=("/news/Bridge/", "bridge"))
    assert "bridge" in former_names([one])[one.path]
    assert not former_names([one, make_article("Bridge", slug="BRIDGE")])


@pytest.mark.parametrize("fault", ["draft: true", "topics: ["])
@pytest.mark.parametrize("others", ["", "a"])
def test_a_former_name_outlasts_a_build_without_its_record(
    tmp_path: Path, fault: str, others: str
) -> None:
    """Of a renamed record that is held back for a while or has an error; in the feed, too."""
    own = ("--site", str(tmp_path))
    title = "Mayor opens the harbour bridge"
    first = record(title)
    later = "2024-01-18T13:00:00Z"
    texts = {n: record(f"{title} at last", outlet="a.example", at=later) for n in others}
    write_site(tmp_path, {f"content/{n}.md": text for n, text in {**texts, "b": first}.items()})
    (tmp_path / "content/stories.lock").write_text("b\n" if others else "b feed\n")
    (tmp_path / "content/b.md").unlink()
    renamed = first.replace("---\n", "---\naliases: [b]\n", 1)
    for text in (renamed, renamed.replace("---\n", f"---\n{fault}\n", 1), renamed):
        write_site(tmp_path, {"content/bridge.md": text})
        run = build_site(tmp_path, *own, in_process=True)
        assert ("bridge" in slugs(run)) == (text == renamed)
        assert ("b" if others else "b feed") in ids_of(tmp_path)
    assert "stories/b/</id>" in build_site(tmp_path, *own, in_process=True).page("feed.xml")


def test_a_name_of_a_deleted_record_is_forgotten() -> None:
    """Also where another record is held back: its names are known."""
    one, two = (make_article(f"Snow {slug}", slug=slug, story=slug) for slug in ("one", "two"))
    gone = PublishedIds(frozenset({"gone", "was"}), frozenset({"over"}))
    left_out = LeftOut(frozenset({"draft"}), ("/news/was/",))
    after = published_ids(site_of(one, two, given_out=gone), left_out)
    assert after == PublishedIds(frozenset({"was"}), frozenset({"one", "two"}))


@pytest.mark.parametrize("gone", ["", "removed: true", "draft: true", "topics: ["])
def test_a_story_stays_where_it_is_without_the_record_it_is_called_like(
    tmp_path: Path, gone: str
) -> None:
    """Deleted, taken back, held back or broken; page and feed id stay, also when it returns.

    So does its address as a member: it leads to the story still.
    """
    own = ("--site", str(tmp_path))
    title, url = "Mayor opens the harbour bridge", "url: https://t.example/\n"
    texts = {n: record(title, outlet=f"{n}.example") for n in "abc"}
    write_site(tmp_path, {f"content/{n}.md": text for n, text in texts.items()} | {"site.yml": url})
    build_site(tmp_path, *own, in_process=True)
    for name in "ac":
        path = tmp_path / f"content/{name}.md"
        if gone:
            path.write_text(texts[name].replace("---\n", f"---\n{gone}\n", 1))
        else:
            path.unlink()
        for _ in range(2):
            run = build_site(tmp_path, *own, in_process=True)
            assert name not in slugs(run)
            assert ids_of(tmp_path) == ["a", "b redirect a", "c redirect a"]
            assert "stories/a/</id>" in run.page("feed.xml")
            assert ("coverage" in run.page("stories/a/")) == (name == "a")
    run = build_site(tmp_path, *own, in_process=True)
    assert "url=../../news/b/" in run.page("stories/a/")
    assert "url=../../news/b/" in run.page("stories/c/")
    write_site(tmp_path, {f"content/{n}.md": texts[n] for n in "ac"})
    run = build_site(tmp_path, *own, in_process=True)
    assert "coverage" in run.page("stories/a/")
    assert ids_of(tmp_path) == ["a", "b redirect a", "c redirect a"]


@pytest.mark.parametrize("seed", range(20))
def test_an_address_leads_on_as_long_as_its_story_has_a_record(seed: int) -> None:
    """Records are deleted, held back, come back and change their stories, in every order."""
    random_order = random.Random(seed)
    key_of = {f"r{n}": random_order.choice("xyz") for n in range(9)}
    there, given_out = set(key_of), PublishedIds()
    held_back: set[str] = set()
    leads_to: dict[str, frozenset[str]] = {}
    for _ in range(25):
        name = random_order.choice(sorted(key_of))
        if random_order.random() < 0.3:
            key_of[name] = random_order.choice("xyz")
        else:
            there ^= {name}
            held_back ^= {name} if random_order.random() < 0.5 else set()
        site = site_of(
            *[
                make_article(f"Report {n}", slug=n, story=key, published=NOON - hours(int(n[1:])))
                for n, key in key_of.items()
                if n in there
            ],
            given_out=given_out,
        )
        left_out = LeftOut(frozenset(held_back - there))
        given_out = read_lock(lock_text(published_ids(site, left_out)))
        views = views_of(site)
        for address, members in leads_to.items():
            alive = members & there
            if alive:
                target = reached(views, address)
                assert target in views
                assert address in places_of(site)
        leads_to = {
            address: frozenset(a.slug for a in story.articles)
            for story in site.stories
            if story.has_page
            for address in views
            if reached(views, address) == urls.story(story.id)
        }


def test_a_record_alone_that_is_renamed_keeps_its_id_in_the_feed(tmp_path: Path) -> None:
    """And takes a story along that it had left."""
    own = ("--site", str(tmp_path))
    write_site(tmp_path, {"content/b.md": record("Mayor opens the harbour bridge")})
    build_site(tmp_path, *own, in_process=True)
    assert ids_of(tmp_path) == ["b feed"]
    (tmp_path / "content/b.md").unlink()
    text = record("Mayor opens the harbour bridge").replace("---\n", "---\naliases: [b]\n", 1)
    write_site(tmp_path, {"content/bridge.md": text})
    run = build_site(tmp_path, *own, in_process=True)
    assert ids_of(tmp_path) == ["b feed"]
    assert "stories/b/</id>" in run.page("feed.xml")
    assert not (run.output / "stories/b").exists()
    (tmp_path / "content/stories.lock").write_text("b\n")
    run = build_site(tmp_path, *own, in_process=True)
    assert ids_of(tmp_path) == ["b"]
    assert "url=../../news/bridge/" in run.page("stories/b/")


def test_an_alias_keeps_the_address_of_a_story_whose_record_is_deleted(tmp_path: Path) -> None:
    """Another record of it takes the name over; a name that stands is nobody else's."""
    own = ("--site", str(tmp_path))
    title = "Mayor opens the harbour bridge"
    texts = {n: record(f"{title} {n}", outlet=f"{n}.example") for n in "abc"}
    write_site(tmp_path, {f"content/{n}.md": text for n, text in texts.items()})
    build_site(tmp_path, *own, in_process=True)
    assert ids_of(tmp_path) == ["a", "b redirect a", "c redirect a"]
    with_alias = texts["b"].replace("---\n", "---\naliases: [/stories/a/]\n", 1)
    write_site(tmp_path, {"content/b.md": with_alias, "content/d.md": record("Snow", story="x")})
    assert "alias-refused" in build_site(tmp_path, *own, in_process=True).log
    (tmp_path / "content/a.md").unlink()
    run = build_site(tmp_path, *own, in_process=True)
    assert "alias-refused" not in run.log
    assert "coverage" in run.page("stories/a/")
    assert "url=../../stories/a/" in run.page("stories/b/")
    assert ids_of(tmp_path)[0] == "a"


def test_an_address_does_not_depend_on_the_content_folder(tmp_path: Path) -> None:
    """A record may be filed elsewhere below the folder: its name is its address."""
    text = record("Mayor opens the harbour bridge")
    for place in ("one", "two/2024/01"):
        folder = tmp_path / place.replace("/", "-")
        write_site(folder, {f"content/{place}/2024-01-18-bridge.md": text})
        assert slugs(build_site(folder, in_process=True)) == {"2024-01-18-bridge"}


@pytest.mark.parametrize("published", [PublishedIds(), PublishedIds(frozenset({"was"}))])
@pytest.mark.parametrize("count", [1, 2])
def test_links_of_texts_may_lead_to_every_address_of_stories(
    published: PublishedIds, count: int
) -> None:
    """The addresses below /stories/ that have a page are those that a text may link to."""
    reports = [make_article(f"Snow {n}", slug=f"r{n}", story="snow") for n in range(count)]
    renamed = replace(reports[0], aliases=("/news/was/", "/news/never/"))
    site = site_of(renamed, *reports[1:], given_out=published)
    answered = {address for address in views_of(site) if address.startswith(urls.STORIES)}
    assert {place for place in places_of(site) if place.startswith(urls.STORIES)} == answered
    assert (urls.story("was") in answered) == bool(published.pages)
    assert urls.story("never") not in answered


def test_a_text_may_link_to_an_older_address_of_a_record(tmp_path: Path) -> None:
    """Also in a build after the alias came, or went."""
    own = ("--site", str(tmp_path))
    plain = record("Mayor opens the harbour bridge")
    with_alias = plain.replace("---\n", "---\naliases: [/2020/bridge/]\n", 1)
    text = record("Choir wins in Aldmere", outlet="a.example") + "\nSee [then](/2020/bridge/).\n"
    for there in (with_alias, plain, with_alias):
        write_site(tmp_path, {"content/bridge.md": there, "content/choir.md": text})
        run = build_site(tmp_path, *own, in_process=True)
        answers = there is with_alias
        assert ("link-leads-nowhere" in run.log) != answers
        assert ('href="../../2020/bridge/"' in run.page("news/choir/")) == answers
        assert (run.output / "2020/bridge/index.html").is_file() == answers
