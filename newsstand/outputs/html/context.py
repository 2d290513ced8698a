"""What all pages have in context: what a view may use beside its page's inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from newsstand.content.kinds.picture import PictureFinder
from newsstand.content.kinds.settings import Config
from newsstand.model import Article, ArticleBody, Provider, Story, StoryCoverage, Topic
from newsstand.site import Site

V = TypeVar("V")
_MANY = 50_000


@dataclass(frozen=True, eq=False)
class ViewContext:
    """Settings, topics, outlets; what a record or a story of a page's inputs has beside.

    All of this is watched for all pages, or follows from the inputs: a page that uses no more than
    both can never show what it no longer should. `outlet` gives an outlet by its domain,
    `has_page` tells whether it has one. `picture` gives the address in the site (from its root)
    of a picture that a file of the content folder (its path) names, "" for none. `topics_of` gives
    the ids of a story's topics.
    """

    config: Config
    topics: Mapping[str, Topic]
    topic_ids: Mapping[str, str]
    children: Mapping[str, tuple[Topic, ...]]
    own_topic: str
    newest_year: int  # 0 where no record is dated
    outlet: Callable[[str], Provider | None]
    has_page: Callable[[str], bool]
    picture: Callable[[str, str], str]
    topics_of: Callable[[Story], tuple[str, ...]]
    body: Callable[[Article], ArticleBody]
    coverage: Callable[[Story], StoryCoverage]
    memo: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, key: object, make: Callable[[], V]) -> V:
        """A value that many pages print, made when it is first asked for."""
        value: V | None = self.memo.get(key)
        if value is None:
            if len(self.memo) > _MANY:
                self.memo.clear()  # memory has a bound; what is still wanted is made again
            value = self.memo[key] = make()
        return value


def picture_finder(site: Site) -> Callable[[str, str], str]:
    """The address of the picture that a file names in its text: the rule is that of `images`."""
    finder = PictureFinder(site.pictures, site.static)
    return lambda path, address: finder.beside(path, [])(address)


def context_of(site: Site) -> ViewContext:
    """What all pages of a site have in context."""
    return ViewContext(
        config=site.config,
        topics=site.topics,
        topic_ids=site.topic_ids,
        children=site.children,
        own_topic=site.own_topic,
        newest_year=site.newest.year if site.newest else 0,
        outlet=site.providers.get,
        has_page=site.by_outlet.__contains__,
        picture=picture_finder(site),
        topics_of=lambda story: site.topics_of[story.id],
        body=site.body,
        coverage=site.coverage,
    )
