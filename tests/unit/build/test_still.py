"""Pages that are said to show what they showed in the last build do so, whatever has changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from newsstand.build.state import KnownRows
from newsstand.build.still import day_of
from newsstand.outputs.html.pagination import grouped

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Content
from newsstand.outputs.plan import plan
from newsstand.site import Site, assemble
from newsstand.stories.references import links_of
from newsstand.stories.relate import LastBuild, known_story, relate
from newsstand.text.fingerprint import mark_of
from tests.factories import NOON, hours, make_article, make_piece
from tests.newsroom import random_articles, site_of

_CONFIG = Config(url="https://news.example/", page_size=2)


def _marked(articles: Sequence[Article]) -> tuple[Article, ...]:
    return tuple(replace(a, mark=mark_of(replace(a, mark=b""))) for a in articles)


def _shows(site: Site) -> dict[str, bytes]:
    return {page.address: page.shows for page in plan(site)}


def _links(article: Article | None) -> object:
    return article and links_of(article)


def _last(site: Site, articles: Sequence[Article]) -> LastBuild:
    """What a build of a site leaves for one of these records."""
    now = {a.path: a for a in articles}
    paths = now.keys() | site.records.keys()
    return LastBuild(
        changed=frozenset(p for p in paths if now.get(p) != site.records.get(p)),
        relinked=frozenset(p for p in paths if _links(now.get(p)) != _links(site.records.get(p))),
        kin=site.kin,
        stories=tuple(known_story(s, site.shown.card[s.id]) for s in site.stories),
        rows=site.rows,
        article=site.records.get,
        groups=None,
    )


def _after(before: Site, articles: Sequence[Article]) -> Site:
    """A site of these records that knows the one before."""
    content = Content(articles=tuple(sorted(articles, key=lambda a: a.path)))
    last = _last(before, articles)
    return assemble(content, relate(content, _CONFIG, last=last), _CONFIG, last=last)


@st.composite
def _edited(draw: st.DrawFn) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Some records, and the same with a few that are others, gone or new."""
    old = list(draw(random_articles()))
    for n in draw(st.lists(st.integers(0, len(old) - 1), max_size=6)):
        named = old[draw(st.integers(0, len(old) - 1))]
        old[n] = replace(old[n], related=(named.piece,))
    others = draw(random_articles())
    new = list(old)
    for n in draw(st.sets(st.integers(0, max(len(old), len(others)) - 1), max_size=3)):
        if n < len(new) and (n >= len(others) or draw(st.booleans())):
            new[n] = replace(new[n], slug="gone")
        elif n < len(new):
            new[n] = replace(others[n], related=new[n].related)
        else:
            new.append(others[n])
    return _marked(old), _marked([a for a in new if a.slug != "gone"])


@settings(max_examples=300, deadline=None)
@given(_edited())
def test_what_stands_still_shows_what_it_showed(
    edited: tuple[tuple[Article, ...], tuple[Article, ...]],
) -> None:
    """A page that need not be asked would have said the same; and it is there in both sites."""
    old, new = edited
    before = site_of(*old, config=_CONFIG)
    shown, asked = _shows(before), _shows(site_of(*new, config=_CONFIG))
    for page in plan(_after(before, new)):
        if page.still:
            assert shown[page.address] == asked[page.address], page.address
        else:
            assert page.shows == asked[page.address], page.address


@settings(max_examples=300, deadline=None)
@given(_edited())
def test_what_is_taken_over_from_the_last_build_is_what_would_be_made(
    edited: tuple[tuple[Article, ...], tuple[Article, ...]],
) -> None:
    """Order of records and stories, rows and their marks, days, who names whom."""
    old, new = edited
    with pytest.MonkeyPatch.context() as patch:
        for name in ("stories.rank.VARIED", "site.VARIED", "stories.rank._FEW"):
            patch.setattr(f"newsstand.{name}", 0)
        found, wanted = _after(site_of(*old, config=_CONFIG), new), site_of(*new, config=_CONFIG)
    assert found.articles == wanted.articles
    assert [s.id for s in found.stories] == [s.id for s in wanted.stories]
    assert found.rows == wanted.rows
    assert {p: found.shown.row[p] for p in found.rows.paths} == dict(wanted.shown.row)
    assert found.by_day == grouped([(day_of(a), a) for a in wanted.articles])
    assert found.kin == wanted.kin


def _report(name: str, ago: float, **more: object) -> Article:
    return make_article(f"{name} {name}ing", slug=name, published=NOON - hours(ago), **more)


_OLD = _marked(
    [
        _report("alpha", 0, outlet="alpha.example"),
        _report("beta", 30, outlet="beta.example"),
        _report("gamma", 60, outlet="gamma.example"),
        _report("delta", 90, outlet="delta.example"),
        _report("epsilon", 120, outlet="epsilon.example"),
    ]
)


def _moving(articles: Sequence[Article]) -> set[str]:
    """The addresses of records, outlets and days that may show something else."""
    pages = plan(_after(site_of(*_OLD, config=_CONFIG), articles))
    own = ("news/", "outlets/", "archive/")
    return {p.address for p in pages if not p.still and p.address.startswith(own)}


def test_with_nothing_changed_all_records_lists_and_days_stand_still() -> None:
    """But for those pages of which only their text can tell."""
    assert _moving(_OLD) == {"outlets/", "archive/"}


def test_another_title_moves_its_page_its_neighbours_and_its_own_lists() -> None:
    """And no other page of a record, an outlet or a day."""
    gamma = replace(_OLD[2], piece=replace(_OLD[2].piece, title="Gamma is other"))
    assert _moving(_marked([*_OLD[:2], gamma, *_OLD[3:]])) == {
        "news/beta/",
        "news/gamma/",
        "news/delta/",
        "outlets/",
        "outlets/gamma.example/",
        "archive/",
        "archive/2024/01/",
        "archive/2024/01/16/",
    }


def test_who_names_a_record_is_moved_by_it() -> None:
    """A record that has come to be named shows who names it."""
    epsilon = replace(_OLD[4], related=(_OLD[0].piece, make_piece("Elsewhere", outlet="")))
    moving = _moving(_marked([*_OLD[:4], epsilon]))
    assert {"news/alpha/", "news/epsilon/", "news/delta/"} <= moving
    assert "news/beta/" not in moving


def test_without_rows_of_the_last_build_nobody_can_tell() -> None:
    """As of records that have no marks."""
    before = site_of(*_OLD, config=_CONFIG)
    last = replace_rows(_last(before, _OLD))
    content = Content(articles=tuple(sorted(_OLD, key=lambda a: a.path)))
    assert assemble(content, relate(content, _CONFIG, last=last), _CONFIG, last=last).fresh is None


def replace_rows(last: LastBuild) -> LastBuild:
    """A last build that has lost the marks of its rows."""
    return LastBuild(
        last.changed,
        last.relinked,
        last.kin,
        last.stories,
        KnownRows(last.rows.paths, b""),
        last.article,
        last.groups,
    )
