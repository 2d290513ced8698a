"""Sites about stories: records as text, sites in memory, and pages taken apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Content, Coverage, Decision, Page, Story
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.frame import site_view
from newsstand.outputs.plan import plan
from newsstand.render.templates import Renderer
from newsstand.site import Site, assemble
from newsstand.stories.relate import relate
from newsstand.stories.story_ids import PublishedIds
from newsstand.text.fingerprint import fingerprint_of
from tests.factories import NOON, body_of, hours, make_article, make_piece, telling
from tests.sites import NOW, ROOT, Run, run_command

MINUS = "−"
_TERM = re.compile(r"[+−-]?\d+\.\d+")


def record(title: str, body: str = "", **keys: Any) -> str:  # noqa: ANN401
    """A record's text. `outlet`, `at` and `link` stand for the keys that are long to write."""
    front: dict[str, Any] = {"title": title}
    if outlet := keys.pop("outlet", "harbour.example"):
        front["provider"] = {"name": outlet.split(".")[0].title(), "domain": outlet}
        words = re.sub(r"\W+", "-", title).strip("-").lower()
        front["webUrl"] = f"https://{outlet}/{words or 'untitled'}"
    if (at := keys.pop("at", "2024-01-18T12:00:00Z")) is not None:
        front["publishedDateTime"] = at
    if link := keys.pop("link", ""):
        front["webUrl"] = link
    front |= keys
    # JSON is YAML, and quotes every text for us.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
    return "\n".join(("---", *lines, "---", "", body, ""))


def related_entry(title: str, link: str, at: str = "2024-01-18T13:00:00Z", **keys: Any) -> Any:  # noqa: ANN401
    """One entry of a record's `related` list."""
    domain = link.split("/")[2]
    provider = {"name": domain.split(".")[0].title(), "domain": domain}
    return {"title": title, "webUrl": link, "publishedDateTime": at, "provider": provider, **keys}


_SUBJECTS = "mayor bridge snow railway museum painting rowers sprint harbour library".split()
_OUTLETS = ("harbour.example", "wire.example", "valley.example", "")


@st.composite
def _articles(draw: st.DrawFn, number: int) -> Article:
    words = draw(st.lists(st.sampled_from(_SUBJECTS), min_size=1, max_size=4))
    age = draw(st.none() | st.integers(0, 2400))
    return make_article(
        " ".join(words).capitalize(),
        slug=f"r{number}",
        outlet=draw(st.sampled_from(_OUTLETS)),
        published=None if age is None else NOON - hours(age / 10),
        link=f"https://harbour.example/{number}",
        quality=draw(st.integers(0, 120)),
        heat=draw(st.none() | st.integers(-1, 400)),
        promoted=draw(st.booleans()),
        topics=tuple(draw(st.lists(st.sampled_from(("Sea", "Sky", "C#")), max_size=2))),
    )


@st.composite
def random_articles(draw: st.DrawFn, most: int = 12) -> tuple[Article, ...]:
    """Some records of few words, so that stories form by chance."""
    count = draw(st.integers(1, most))
    return tuple(draw(_articles(number)) for number in range(count))


def marked(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Records with fingerprints, as those have that were read from files."""
    bare = (replace(article, fingerprint=b"") for article in articles)
    return tuple(replace(article, fingerprint=fingerprint_of(article)) for article in bare)


@st.composite
def _elsewhere(draw: st.DrawFn, piece: Coverage) -> tuple[Coverage, ...]:
    """Entries for pieces that are no records, much like one that is; some for the same piece."""
    entry = st.builds(
        lambda number, excerpt, later: make_piece(
            piece.title,
            link=f"https://wire.example/{number}",
            outlet="wire.example",
            excerpt=excerpt,
            published=piece.published and piece.published + hours(later),
        ),
        st.integers(0, 2),
        st.sampled_from(("", "mayor opens the museum", piece.title)),
        st.sampled_from((0, 2, 90)),
    )
    return tuple(draw(st.lists(entry, max_size=2)))


@st.composite
def edited_articles(draw: st.DrawFn) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Some records, and the same with a few that are others, gone or new; with fingerprints."""
    old = list(draw(random_articles()))
    for n in draw(st.lists(st.integers(0, len(old) - 1), max_size=6)):
        named = old[draw(st.integers(0, len(old) - 1))].piece
        declared = (*body_of(old[n]).related, named, *draw(_elsewhere(named)))
        old[n] = telling(old[n], related=declared, body=named.title)
    others = draw(random_articles())
    new: list[Article | None] = list(old)
    for n in draw(st.sets(st.integers(0, max(len(old), len(others)) - 1), max_size=3)):
        if n >= len(old):
            new.append(others[n])
        elif n >= len(others) or draw(st.booleans()):
            new[n] = None
        else:
            new[n] = telling(others[n], related=body_of(old[n]).related)
    return marked(old), marked(article for article in new if article)


def site_of(
    *articles: Article,
    config: Config | None = None,
    given_out: PublishedIds = PublishedIds(),  # noqa: B008  (frozen)
    **content: Any,  # noqa: ANN401
) -> Site:
    """A site of these records, in memory. `given_out` are ids that earlier builds published."""
    settings = config or Config()
    known = Content(articles=tuple(sorted(articles, key=lambda a: a.path)), **content)
    related = relate(known, settings, body_of, given_out=given_out)
    return assemble(known, related, settings)


def view_of(site: Site, page: Page) -> Any:  # noqa: ANN401
    """What a page of a site prints."""
    return page.view(context_of(site), page.inputs)


def views_of(site: Site) -> dict[str, Any]:
    """What each page of a site prints, by address."""
    context = context_of(site)
    return {page.address: page.view(context, page.inputs) for page in plan(site)}


def renderer_of(site: Site, *folders: Path) -> Renderer:
    """What prints pages of a site, by the built-in templates unless folders are given."""
    return Renderer(folders or (ROOT / "templates",), site_view(site, {}), context_of(site))


def html_of(site: Site) -> dict[str, str]:
    """Every page of a site as text, by address."""
    renderer = renderer_of(site)
    return {page.address: renderer.render(page) for page in plan(site)}


def with_its_story(run: Run, page: str) -> str:
    """A record's page, and that of its story where there is one."""
    link = re.search(r'href="\.\./\.\./(stories/[^"]+)"', page)
    return page + run.page(link[1]) if link else page


def story_sets(site: Site) -> set[frozenset[str]]:
    """The stories of a site as sets of the slugs of their records."""
    return {frozenset(a.slug for a in story.articles) for story in site.stories}


def story_with(site: Site, slug: str) -> Story:
    """The story of the record with this slug."""
    return next(s for s in site.stories if any(a.slug == slug for a in s.articles))


def decided(*slugs: str, line: int = 2, title: str = "") -> Decision:
    """An entry of ``stories.yml`` in this line, about these records."""
    paths = tuple(f"news/{slug}.md" for slug in slugs)
    return Decision(paths, (line, 3), ((line, 5),) * len(paths), title)


def at(text: str) -> datetime:
    """An instant, UTC: ``at("2024-01-18 12:00")``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def parsed(html: str) -> Element:
    """A page as a tree, read as browsers do."""
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def text_of(element: Element) -> str:
    """The text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def with_class(tree: Element, name: str) -> list[Element]:
    """The elements of a class, in order."""
    return [e for e in tree.iter() if name in (e.get("class") or "").split()]


def listed_headlines(tree: Element) -> list[str]:
    """The headlines of the short lines of an element: the first link of each."""
    lists = with_class(tree, "others")
    return [text_of(next(line.iter("a"))) for list_ in lists for line in list_.iter("li")]


def hrefs(tree: Element) -> list[str]:
    """Where the links of an element lead, as written."""
    return [e.get("href") or "" for e in tree.iter("a")]


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a list of coverage, as a reader sees it."""

    headline: str
    href: str
    text: str
    links: tuple[str, ...]
    time: str


def pieces(element: Element) -> list[Piece]:
    """The entries of coverage below an element, in order."""
    return [_piece(e) for e in with_class(element, "piece")]


def _piece(element: Element) -> Piece:
    link = next(element.iter("a"))
    times = [e.get("datetime") or "" for e in element.iter("time")]
    return Piece(
        headline=text_of(link),
        href=link.get("href") or "",
        text=text_of(element),
        links=tuple(hrefs(element)),
        time=times[0] if times else "",
    )


def reasons(tree: Element) -> Iterator[tuple[list[float], float]]:
    """The terms and the score of each "Why here" on a page."""
    for fold in with_class(tree, "why"):
        numbers = [_number(text_of(cell)) for cell in with_class(fold, "num")]
        yield numbers[:-1], numbers[-1]


def _number(text: str) -> float:
    match = _TERM.fullmatch(text)
    assert match, text
    return float(text.replace(MINUS, "-"))


def stories_of(content: Path, *options: str, environment: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
    """What ``stories --format json`` prints for a content folder."""
    run = run_stories(content, "--format", "json", *options, environment=environment)
    assert run.code == 0, run.log
    return json.loads(run.stdout)


def run_stories(content: Path, *options: str, environment: Mapping[str, str] | None = None) -> Run:
    """Run ``stories`` on a content folder: in this process, unless it is given an environment."""
    arguments = ("stories", "--content", str(content), "--now", NOW, *options)
    return run_command(*arguments, in_process=environment is None, environment=environment)
