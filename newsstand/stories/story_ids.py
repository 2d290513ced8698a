"""What a story is called for good: its id, and the file that remembers ids.

A story is called like the report of it that arrived first. Which one that was shows in the records
where `fetch` and `new` write it (``arrivedDateTime``). Where they do not, it was the one that was
published first; a report that is dated earlier and comes later must not change that, so ids that
were given out are written to ``stories.lock`` beside the records, and hold from then on. The file
also tells which addresses of stories there were and to which story each led, so that they lead on
if a story falls apart, or the record that it is called like is taken away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote, unquote

from msgspec import Struct

from newsstand.model import Article
from newsstand.text.file_names import address_key, is_file_name

_LATEST = datetime.max.replace(tzinfo=UTC)
_ABOUT = (
    '# Ids of stories that were published, one a line, in order; "feed" stands behind those that',
    '# only the feed had, "redirect" behind reports whose address leads to a story, and to which.',
    "# The build writes this file: keep it with the records (commit it), so that addresses and",
    "# feeds stay what they are.",
)
_OF_A_MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
# What would be read as something else.
_ODD = re.compile(r"[#<=>|\s].*|.*(?:%.*|\s| feed| redirect(?: .*)?)")
_IN_FEED = " feed"
_LEADS_ON = re.compile(r" redirect(?: |$)")
# An alias that is the address of a record or of its story; without a slash it is one of a record.
_ALIAS = re.compile(r"(?:.*/)?(?:news|stories)/([^/?#]+)/?|([^/?#]+)/?")
_NO_FOLDER = "index.html"  # the file of the folder that all stories are in
NOT_RENAMED: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NONE: Mapping[str, str] = MappingProxyType({})


class PublishedIds(Struct, frozen=True):
    """What was given out: ids of stories with a page, others that the feed had, and redirects.

    `redirects` are names of further records whose address as a story led to one, and `stories` says
    for these to which.
    """

    pages: frozenset[str] = frozenset()
    feed: frozenset[str] = frozenset()
    redirects: frozenset[str] = frozenset()
    stories: Mapping[str, str] = _NONE

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all stories."""
        return self.pages | self.feed

    @property
    def addresses(self) -> frozenset[str]:
        """The names of all records with an address below ``/stories/``."""
        return self.pages | self.redirects


def arrival_order(article: Article) -> tuple[bool, datetime, datetime, str]:
    """What arrived first comes first, what has no time at all last.

    Of those that arrived at one time, as in one run of `fetch`, that which was published first;
    then by path.
    """
    published = article.published or _LATEST
    moment = article.arrived or article.published
    return (moment is None, moment or _LATEST, published, article.path)


def former_names(
    articles: Iterable[Article],
    given_out: PublishedIds = PublishedIds(),  # noqa: B008  (frozen)
) -> dict[str, tuple[str, ...]]:
    """What records were called before, by path, as their aliases say; and names that they inherit.

    A name that a record has now, or that several had, is nobody's former one. Names that were given
    out and that no record has go on with their story (see `_inherited`).
    """
    articles = list(articles)
    renamed = _renamed(articles)
    inherited = _inherited(articles, renamed, given_out)
    paths = {**renamed, **inherited}
    return {path: (*renamed.get(path, ()), *inherited.get(path, ())) for path in paths}


def _inherited(
    articles: Sequence[Article], renamed: Mapping[str, Sequence[str]], given_out: PublishedIds
) -> dict[str, list[str]]:
    """By path, the names of records that are gone: deleted, taken back, or held back for now.

    A name goes to the record that its story is called like, else to the report of that story that
    arrived first.
    """
    names = {name: a for a in articles for name in (a.slug, *renamed.get(a.path, ()))}
    gone = given_out.addresses - names.keys()
    if not gone:
        return {}
    led_to, taken = given_out.stories, set(map(address_key, names))
    members = [(a, led_to[name]) for name, a in names.items() if name in led_to]
    heirs: dict[str, Article] = {}
    for article, story in sorted(members, key=lambda pair: arrival_order(pair[0])):
        heirs.setdefault(story, article)
    found: dict[str, list[str]] = {}
    for name in sorted(filter(_may_be_folder, gone)):
        story = led_to.get(name, name)
        heir, key = names.get(story) or heirs.get(story), address_key(name)
        if heir and key not in taken:
            taken.add(key)
            found.setdefault(heir.path, []).append(name)
    return found


def _renamed(articles: Iterable[Article]) -> dict[str, tuple[str, ...]]:
    """What records were called before, by path, as their aliases say."""
    articles = list(articles)
    named = {a.path: dict.fromkeys(map(former_name, a.aliases)) for a in articles if a.aliases}
    if not named:
        return {}
    uses = Counter(key for names in named.values() for key in set(map(address_key, names)))
    uses.update(address_key(article.slug) for article in articles)
    own = {
        path: tuple([name for name in names if name and uses[address_key(name)] == 1])
        for path, names in named.items()
    }
    return {path: names for path, names in own.items() if names}


def former_name(alias: str) -> str:
    """The name of a record in an older address of its page or of its story; "" in any other.

    It becomes a folder of the site: what cannot be one, or leads elsewhere ("..%2F"), is no name.
    """
    match = _ALIAS.fullmatch(alias)
    name = unquote(match[1] or match[2]) if match else ""
    return name if _may_be_folder(name) else ""


def _may_be_folder(name: str) -> bool:
    return is_file_name(name) and name.lower() != _NO_FOLDER


def story_id(
    records: Sequence[Article],
    given_out: Set[str] = frozenset(),
    former: Mapping[str, tuple[str, ...]] = NOT_RENAMED,
) -> str:
    """The id of the story of these records: a slug of one of them, or a name that one had.

    `given_out` are ids of earlier builds. Of several (stories that became one) the one whose report
    arrived first stays; where there is none it is the slug of the report that did. `former` are
    earlier names of records by path.
    """
    named = [(a, name) for a in records for name in (a.slug, *former.get(a.path, ()))]
    kept = [(article, name) for article, name in named if name in given_out]
    return min(kept or named, key=lambda pair: arrival_order(pair[0]))[1]


def read_lock(text: str) -> PublishedIds:
    """The ids in the text of a lock file. What a merge left in it is passed over."""
    stripped = (line.strip() for line in text.splitlines())
    lines = [line for line in stripped if line and not line.startswith(("#", *_OF_A_MERGE))]
    leading = [line for line in lines if _LEADS_ON.search(line)]
    others = [line for line in lines if not _LEADS_ON.search(line)]
    feed = {_read(line.removesuffix(_IN_FEED)) for line in others if line.endswith(_IN_FEED)}
    pages = frozenset(_read(line) for line in others if not line.endswith(_IN_FEED))
    pairs = [_LEADS_ON.split(line, maxsplit=1) for line in sorted(leading)]
    led_to = {_read(name): _read(story) for name, story in pairs if _read(name) not in pages}
    stories = {name: story for name, story in led_to.items() if story}
    return PublishedIds(pages, frozenset(feed) - pages, frozenset(led_to), stories)


def lock_text(ids: PublishedIds) -> str:
    """The text of a lock file, "" where there is nothing to remember.

    An id that could be taken for something else is written as in a link ("%23" for "#").
    """
    marked = {"": ids.pages, _IN_FEED: ids.feed}
    lines = [_written(name) + mark for mark, names in marked.items() for name in names]
    for name in ids.redirects:
        story = ids.stories.get(name)
        lines.append(f"{_written(name)} redirect" + (f" {_written(story)}" if story else ""))
    return "\n".join((*_ABOUT, *sorted(lines), "")) if lines else ""


def _read(line: str) -> str:
    return unquote(line) if "%" in line else line


def _written(name: str) -> str:
    return quote(name, safe="") if _ODD.fullmatch(name) else name
