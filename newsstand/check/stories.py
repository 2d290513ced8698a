"""Stories that look as if they were two: what the rule joined, and had little reason to.

Three measures, each enough by itself. On the judged headlines of docs/stories.md they name few
stories, and of those that they name more are wrong than elsewhere; they prove nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newsstand.model import Article, Story
from newsstand.problems import Finding, Late, quoted, remark
from newsstand.site import Site
from newsstand.text.strings import plural

LEAST_ALIKE = 0.3  # chance that a record tells the same as the one most like it
MOST_OF_AN_OUTLET = 4  # records
LONGEST = 240.0  # hours from the first record to the last


def doubtful_stories(site: Site) -> Iterator[Late]:
    """For each story that looks wrongly merged, the record that fits least, and why."""
    for story in sorted(site.stories, key=lambda s: s.id):
        if len(story.articles) > 1 and not _is_decided(site, story):
            doubt = _least_alike(site, story) or _one_outlet(story) or _long(story)
            if doubt:
                yield doubt


def _is_decided(site: Site, story: Story) -> bool:
    """Whether the editor has had a word on what belongs together here."""
    return any(site.word.said.get(article.path) for article in story.articles)


def _least_alike(site: Site, story: Story) -> Late | None:
    def nearest_to(article: Article) -> float:
        """The highest chance with another record; 1 where none can be told."""
        chances = []
        for other in story.articles:
            compared = site.grouped.compare(article.path, other.path)
            if other.path != article.path and compared:
                chances.append(compared.found.chance())
        return max(chances, default=1.0)

    value, path = min((nearest_to(article), article.path) for article in story.articles)
    if value >= LEAST_ALIKE:
        return None
    return path, _doubt("the record is little like any other of its story", story)


def _one_outlet(story: Story) -> Late | None:
    counts = Counter(article.outlet for article in story.articles if article.outlet)
    outlet, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if count < MOST_OF_AN_OUTLET:
        return None
    last = [article for article in story.articles if article.outlet == outlet][-1]
    reason = f"{quoted(outlet)} has {plural(count, 'record')} in this story"
    return last.path, _doubt(reason, story)


def _long(story: Story) -> Late | None:
    dated = [article for article in story.articles if article.published]
    times = [article.published for article in dated if article.published]
    hours = (max(times) - min(times)).total_seconds() / 3600 if times else 0.0
    if hours < LONGEST:
        return None
    return dated[-1].path, _doubt(f"its story lasts {hours / 24:.0f} days", story)


def _doubt(reason: str, story: Story) -> Finding:
    return remark(
        ("title",),
        "story-doubtful",
        f"{reason}: {quoted(story.title)}",
        "`explain` with this record says why; alone: true or split: in stories.yml parts them",
    )
