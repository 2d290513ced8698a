"""What a view may use beside its page's inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from newsstand.content.kinds.picture import PictureFinder
from newsstand.content.kinds.settings import KEEP_TRACKING, Config
from newsstand.content.topic_tree import topics_by_story
from newsstand.model import Article, ArticleBody, Provider, Story, StoryCoverage, Topic
from newsstand.site import Site
from newsstand.stories.story import story_before
from newsstand.text.links import without_tracking

V = TypeVar("V")


class CoveredStory(NamedTuple):
    """A story and who reports it."""

    story: Story
    coverage: StoryCoverage


_MANY = 50_000


class ViewContext(Struct, frozen=True, eq=False):
    """Settings, topics, outlets; what a record or a story of a page's inputs has beside.

    The settings, and each outlet and topic that was there, are watched for all pages; the rest
    follows from the inputs. So a page that uses no more than both can never show what it no longer
    should. Outlets and topics cannot be listed: a new one changes no page that does not show it.

    `outlet` gives an outlet by its domain, `topic` a topic by its id, `topics_of` the ids of a
    story's topics, the most telling first. `picture` gives the address in the site (from its root)
    of a picture that a file of the content folder (its path) names, "" for none.
    """

    config: Config
    own_topic: str
    topic: Callable[[str], Topic]
    topics_of: Callable[[Story], tuple[str, ...]]
    outlet: Callable[[str], Provider | None]
    picture: Callable[[str, str], str]
    body: Callable[[Article], ArticleBody]
    coverage: Callable[[Story], StoryCoverage]
    memo: dict[object, Any] = {}

    def before(self, story: Story, end: datetime | None) -> CoveredStory:
        """A story and its coverage as they were at a moment; None: as they are."""
        coverage = self.coverage(story)
        if end is None:
            return CoveredStory(story, coverage)
        return CoveredStory(*story_before(story, coverage, end, self.config.ranking))

    def outward(self, link: str) -> str:
        """A link of a text to another host, as it is printed."""
        return link if self.config.tracking == KEEP_TRACKING else without_tracking(link)

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
    return lambda path, address: finder.beside(path)(address)


def context_of(site: Site) -> ViewContext:
    """What all pages of a site have in context."""
    return ViewContext(
        config=site.config,
        own_topic=site.own_topic,
        topic=site.topics.__getitem__,
        topics_of=lambda story: topics_by_story((story,), site.topic_ids)[story.id],
        outlet=site.providers.get,
        picture=picture_finder(site),
        body=site.body,
        coverage=site.coverage,
    )
