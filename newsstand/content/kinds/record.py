"""A record -> an `Article`, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from newsstand.content.front_matter.fast_yaml import Shared
from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import Record, astray, read_record
from newsstand.content.front_matter.yaml_parser import Broken
from newsstand.content.kinds.cached_picture import as_stored
from newsstand.content.kinds.picture import FindPicture, read_picture
from newsstand.content.kinds.plain_text import (
    begins_with_keys,
    read_plain_text,
    slug_of,
    too_little,
)
from newsstand.content.kinds.record_keys import CATEGORIES, PROVIDER_KEYS, RECORD_KEYS, RELATED_KEYS
from newsstand.model import (
    DATED_AHEAD,
    DRAFT,
    NO_BODY,
    Article,
    ArticleBody,
    Coverage,
    HeldBack,
    Picture,
    Provider,
)
from newsstand.problems import Finding, Place, Problem, error, warning
from newsstand.text.links import host_of, piece_key
from newsstand.text.strings import slug


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record gave: an article, or why there is none; outlets it names; problems.

    `due` is when a record that is held back for its date may be read again.
    """

    article: Article | None
    held_back: HeldBack | None
    providers: tuple[Provider, ...]
    problems: tuple[Problem, ...]
    due: datetime | None = None
    body: ArticleBody = NO_BODY


Memo = dict[object, tuple[Coverage, Provider | None]]
"""Related entries that were read before, by what they say."""


def read_article(
    text: str,
    path: str,
    now: datetime,
    find_picture: FindPicture,
    memo: Memo | None = None,
    shown: Collection[str] = (),
) -> Reading:
    """A record's text (with Unix line ends) and its path in the content folder -> its article.

    `now` decides whether the record is dated ahead; `shown` are reasons for which a record would
    be held back and is not, in a preview. Nothing is raised: what is wrong is in
    the problems, and the article is None where nothing safe is left.
    """
    try:
        record, findings = read_record(text)
        if record.front is None and begins_with_keys(record.body):
            raise astray(1)
    except Broken as broken:
        return Reading(None, None, (), (broken.problem(path),))
    if record.front is None:
        article, body = read_plain_text(record.body, path)
        problems = too_little(path) if article is None else ()
        return Reading(article, None, (), problems, body=body)
    reader = _Reader(record, path, now, find_picture, list(findings))
    reader.share({} if memo is None else memo)
    article, held_back = reader.read()
    if article and held_back and held_back.reason in shown:
        article, held_back = replace(article, waits=held_back.reason), None
    elif held_back:
        article = None
    placed = place_findings(tuple(reader.findings), path, record.front_text, record.front_line)
    outlets = tuple(reader.providers.values())
    return Reading(article, held_back, outlets, placed, reader.due, reader.body)


class _Reader:
    """Reads one record with front matter."""

    def __init__(
        self,
        record: Record,
        path: str,
        now: datetime,
        find_picture: FindPicture,
        findings: list[Finding],
    ) -> None:
        self.findings = findings
        self.due: datetime | None = None
        self.body = NO_BODY
        self.providers: dict[str, Provider] = {}
        self._record = record
        self._path = path
        self._now = now
        self._find_picture = find_picture
        self._memo: Memo = {}
        self._wire = ""  # the agency of the last piece
        self._named: Provider | None = None  # the outlet that the last piece names
        self._asked = 0  # how often a picture of the site was looked for

    def share(self, memo: Memo) -> None:
        """Use what the reading of other records has learned, and add to it."""
        self._memo = memo

    def read(self) -> tuple[Article | None, HeldBack | None]:
        """The article, and why it is to be held back."""
        values = Fields(self._record.front or {}, (), self.findings)
        values.expect(RECORD_KEYS, "a record")
        pictures = tuple(as_stored(p, self._find_picture) for p in self._pictures(values))
        piece = self._piece(values, pictures)
        article = self._article(values, piece, pictures) if piece else None
        reason = self._hold_back(values, piece)
        if reason:
            return article, HeldBack(self._path, reason)
        if piece is None and not isinstance(values.raw("title"), list | dict):
            self.findings.append(_no_title())
        if article and article.alone and article.story:
            self.findings.append(_alone_with(article.story))
        return article, None

    def _hold_back(self, values: Fields, piece: Coverage | None) -> str:
        if values.flag("draft"):
            return DRAFT
        if values.flag("removed"):
            return "removed"
        if piece and piece.published and piece.published > self._now:
            self.due = piece.published
            return DATED_AHEAD
        return ""

    def _article(self, values: Fields, piece: Coverage, pictures: tuple[Picture, ...]) -> Article:
        if not piece.link and not _names_a_link(values):
            self.findings.append(
                warning(
                    (),
                    "link-missing",
                    "the record has no link to its outlet",
                    "add webUrl: https://… (or originalUrl)",
                )
            )
        heat = values.integer("heat")
        note, topics = values.block("featuredContent"), values.lines("topics")
        article = Article(
            path=self._path,
            slug=slug_of(self._path),
            piece=piece,
            topics=topics,
            heat=heat,
            promoted=_promoted(values.flag("published"), heat, piece),
            category=values.choice("category", CATEGORIES, "news"),
            updated=values.instant("updatedDateTime"),
            arrived=values.instant("arrivedDateTime"),
            story=self._story(values),
            alone=bool(values.flag("alone")) or (values.has("story") and not values.raw("story")),
        )
        self.body = ArticleBody(self._record.body, note, pictures, self._related(values))
        return article

    def _story(self, values: Fields) -> str | None:
        key = values.line("story")
        return slug(key) if key else None

    def _piece(self, values: Fields, pictures: tuple[Picture, ...]) -> Coverage | None:
        title = values.line("title")
        links = [values.link(k) for k in ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")]
        link = links[0] or links[1]
        outlet = self._provider(values, link)
        if not title:
            return None
        return Coverage(
            title=title,
            excerpt=values.line("excerpt"),
            published=values.instant("publishedDateTime"),
            link=link,
            keys=tuple(sorted({piece_key(x) for x in links if x})),
            outlet=outlet,
            kind=values.line("type", "article").lower(),
            quality=values.integer("quality") or 0,
            picture=pictures[0] if pictures else None,
            language=values.language("language", "locale"),
            wire=self._wire,
        )

    def _provider(self, values: Fields, link: str) -> str:
        given = values.below("provider")
        self._wire = given.line("wire") if given is not None else ""
        host = host_of(link)
        if given is None:
            name = values.line("provider") if isinstance(values.raw("provider"), str) else ""
            domain = host or (slug(name) if name else "")
            self._keep_provider(Provider(domain, name or domain))
            return domain
        given.expect(PROVIDER_KEYS, "an outlet")
        name = given.line("name")
        domain = given.domain("domain") or host or (slug(name) if name else "")
        pictures = self._pictures(given)
        self._keep_provider(Provider(domain, name or domain, pictures=pictures))
        return domain

    def _keep_provider(self, provider: Provider | None) -> None:
        self._named = provider if provider and provider.domain else None
        if self._named:
            self.providers.setdefault(self._named.domain, self._named)

    def _pictures(self, values: Fields) -> tuple[Picture, ...]:
        found = (read_picture(entry, self._find) for entry in values.each("images"))
        return tuple(picture for picture in found if picture)

    def _find(self, address: str) -> str:
        self._asked += 1
        return self._find_picture(address)

    def _related(self, values: Fields) -> tuple[Coverage, ...]:
        """The entries. Equal ones repeat in many records: each is read once."""
        known, providers = self._memo.get, self.providers
        found = []
        for index, item in values.entries("related"):
            read = known(item.mark) if type(item) is Shared else None
            if read is None:
                entry = values.entry("related", index, item)
                piece = self._related_piece(entry) if entry else None
                if piece:
                    found.append(piece)
                continue
            found.append(read[0])
            if read[1] is not None and read[0].outlet not in providers:
                self._keep_provider(read[1])
        return tuple(found)

    def _related_piece(self, entry: Fields) -> Coverage | None:
        key = entry.fingerprint()
        known = self._memo.get(key) if key is not None else None
        if known is not None:
            self._keep_provider(known[1])
            return known[0]
        before = len(self.findings), self._asked
        entry.expect(RELATED_KEYS, "a related piece")
        piece = self._piece(entry, self._pictures(entry))
        if piece is None and not isinstance(entry.raw("title"), list | dict):
            entry.note(
                error(
                    (),
                    "related-no-title",
                    "a related piece has no title",
                    "add its title, or delete the entry",
                )
            )
        elif piece and not piece.link and not _names_a_link(entry):
            entry.note(
                warning(
                    (),
                    "related-no-link",
                    "a related piece has no link",
                    "add webUrl: https://…",
                )
            )
        # Another record may find another picture beside itself, and has its own places.
        if key and piece is not None and (len(self.findings), self._asked) == before:
            self._memo[key] = (piece, self._named)
        return piece


def _promoted(said: bool | None, heat: int | None, piece: Coverage) -> bool:
    """What the record says; else hot enough; else dated and to be read at its outlet.

    Heat 70 is the gate of the archive that the format comes from.
    """
    if said is not None:
        return said
    if heat is not None:
        return heat >= 70
    return piece.published is not None and bool(piece.link)


def _names_a_link(values: Fields) -> bool:
    """Whether a link is given, be it a good one or one that is a problem of its own."""
    return bool(values.raw("webUrl") or values.raw("originalUrl"))


def _alone_with(story: str) -> Finding:
    return error(
        ("alone",),
        "decision-contradiction",
        f"alone: true contradicts story: {story} in the same record",
        "delete one of the two; until then the story key is followed",
    )


def _no_title() -> Finding:
    at: Place = ("title",)
    return error(
        at,
        "title-missing",
        "the record has no title",
        'add title: "the headline as the outlet wrote it"',
    )
