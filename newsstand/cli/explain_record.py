"""Why a record is in its story, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsstand.cli.stories_list import headline_counts
from newsstand.model import Article, Story
from newsstand.outputs.html import formatting
from newsstand.site import Site
from newsstand.stories.rank import score, terms
from newsstand.stories.reasons import sentences

_NEXT = 4


Shown = Callable[[str], str]
"""The path of a record -> the path that people are told."""


def explain_record(site: Site, article: Article, shown: Shown = str) -> str:
    """A record's story, what it shares with each member and the next nearest, its rank terms."""
    story = site.story_of[article.path]
    lines = [
        article.title,
        f"  {shown(article.path)}",
        f"Story: {story.title} ({headline_counts(site, story)})",
        f"  page: {formatting.story_address(story)}",
        *_editors_word(site, article),
        *_members(site, article, story, shown),
        *_next_nearest(site, article, story, shown),
        *_terms(site, story),
    ]
    return "".join(f"{line}\n" for line in lines)


def _editors_word(site: Site, article: Article) -> Iterator[str]:
    for word in site.word.said.get(article.path, ()):
        yield f"  the editor's word: {word}"


def _members(site: Site, article: Article, story: Story, shown: Shown) -> Iterator[str]:
    others = [a for a in story.articles if a.path != article.path]
    yield "The other records of the story:" if others else "No other record is in the story."
    for other in others:
        yield from _compared(site, article, other, shown)


def _compared(site: Site, article: Article, other: Article, shown: Shown) -> Iterator[str]:
    yield f"  {other.title}"
    yield f"    {shown(other.path)}"
    compared = site.grouped.compare(article.path, other.path)
    if compared is None:
        yield f"    {_not_compared(article, other)}"
        return
    own = {site.story_of[article.path].id, site.story_of[other.path].id}
    elsewhere = {site.story_of[path].id for path in compared.elsewhere} - own
    for sentence in sentences(compared, len(elsewhere)):
        yield f"    {sentence}"


def _not_compared(article: Article, other: Article) -> str:
    if article.published is None or other.published is None:
        return "undated: compared by the names and numbers that both have and little else has"
    return "too many days apart to be compared with each other"


def _next_nearest(site: Site, article: Article, story: Story, shown: Shown) -> Iterator[str]:
    inside = {a.path for a in story.articles}
    others = [path for path in _near(site, article) if path not in inside]
    yield "Nearest records of other stories:" if others else "No other record is near."
    for path in others:
        yield from _compared(site, article, site.records[path], shown)
        yield f"    {_why_apart(site, article, site.records[path])}"


def _near(site: Site, article: Article) -> Iterator[str]:
    """The records that were near it when it came, then those that came later and are near it."""
    near, path = site.grouped.near, article.path
    yield from near(path)[:_NEXT]
    later = sorted((near(p).index(path), p) for p in site.records if path in near(p))
    yield from [p for _, p in later if p not in near(path)][:_NEXT]


def _why_apart(site: Site, article: Article, other: Article) -> str:
    orders = site.word.orders
    if {article.path, other.path} & orders.alone:
        return "apart: the editor keeps one of them alone"
    if orders.keeps_apart(article.path, other.path):
        return "apart: the editor keeps them apart"
    if all(len(site.story_of[a.path].articles) == 1 for a in (article, other)):
        return "apart: that is too little to join two records"
    return "apart: all records of both stories taken together are not alike enough"


def _terms(site: Site, story: Story) -> Iterator[str]:
    weights, standing = site.config.ranking, site.ranking.standing(story)
    yield f"Score {score(story, weights, standing):.2f}:"
    for term in terms(story, weights, standing):
        yield f"  {term.value:+7.2f}  {term.name}: {term.reason}"
    if story.promoted:
        yield "  promoted stories stand before all others, whatever their score"
    if story.pinned:
        yield "  pinned by the editor: before all other stories"
