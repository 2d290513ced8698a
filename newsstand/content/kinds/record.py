"""A record -> an `Article`, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fields import HELD, Fields
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import Record
from newsstand.content.kinds.outlet_piece import (
    Manner,
    Memo,
    PieceReader,
    ahead,
    first_of,
    names_a_link,
    under_own_keys,
)
from newsstand.content.kinds.picture import FindPicture
from newsstand.content.kinds.plain_text import (
    has_headline,
    heading_of,
    read_plain_text,
    slug_of,
    too_little,
)
from newsstand.content.kinds.publication import (
    NOT_PUBLIC,
    Publication,
    between,
    dated_by_name,
    day_in_name,
    is_in_drafts,
    publication,
)
from newsstand.content.kinds.text_header import read_keys_and_body
from newsstand.content.record_keys import CATEGORIES, RECORD_KEYS
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
from newsstand.problems import Finding, Place, Problem, Severity, at_line, error, remark, warning
from newsstand.text.strings import slug

__all__ = ["Manner", "Memo", "Reading", "read_article"]


class Reading(Struct, frozen=True):
    """What one record gave: an article, or why there is none; outlets it names; problems.

    Of a record that is held back or left out no outlet is named: nothing of it may get out. `due`
    is the next instant at which it says something else, `since` the last one before now.
    """

    article: Article | None
    held_back: HeldBack | None
    providers: tuple[Provider, ...]
    problems: tuple[Problem, ...]
    due: datetime | None = None
    since: datetime | None = None
    body: ArticleBody = NO_BODY


def read_article(
    text: str,
    path: str,
    now: datetime,
    find_picture: FindPicture,
    memo: Memo | None = None,
    shown: Collection[str] = (),
    manner: Manner = Manner(),  # noqa: B008  (a tuple)
) -> Reading:
    """A record's text (with Unix line ends) and its path in the content folder -> its article.

    `now` decides whether the record is dated ahead; `shown` are reasons for which a record would
    be held back and is not, in a preview; `manner` is of links and days. Nothing is raised: what is
    wrong is in the problems, and the article is None where nothing safe is left.
    """
    try:
        record, findings = read_keys_and_body(text)
    except Broken as broken:
        return Reading(None, None, (), (broken.problem(path),))
    if record.front is None:
        return _plain(record.body, path, now, shown, manner.zone)
    pieces = PieceReader(find_picture, {} if memo is None else memo, manner)
    reader = _Reader(record, path, now, pieces, list(findings), manner.zone)
    article, held_back = reader.read()
    placed = place_findings(
        tuple(reader.findings), path, record.front_text, record.front_line, record.language
    )
    if held_back and article and held_back.reason in shown:
        article, held_back = replace(article, waits=held_back.reason), None
    if held_back or not article:
        return Reading(None, held_back, (), placed, *between(reader.turns, now))
    providers = tuple(pieces.providers.values())
    return Reading(article, None, providers, placed, *between(reader.turns, now), reader.body)


def _plain(body: str, path: str, now: datetime, shown: Collection[str], zone: str) -> Reading:
    """A record without front matter: its name may say of which day it is."""
    named = day_in_name(path)
    day = named.day_in(zone) if named else None
    article, rest = read_plain_text(body, path, day)
    if article is None:
        return Reading(None, None, (), too_little(path))
    if path.endswith(".txt") and not day and not has_headline(body):
        return Reading(None, None, (), (_no_record(path),))
    problems = (_no_front(path), *((dated_by_name(path),) if day else ()))
    times = between([day.at] if day else [], now)
    held = HeldBack(path, DATED_AHEAD, day.at) if day and day.at > now else None
    held = HeldBack(path, DRAFT) if is_in_drafts(path) else held
    if held and held.reason not in shown:
        return Reading(None, held, (), problems, *times)
    if held:
        article = replace(article, waits=held.reason)
    return Reading(article, None, (), problems, *times, rest)


class _Reader:
    """Reads one record with front matter."""

    def __init__(
        self,
        record: Record,
        path: str,
        now: datetime,
        pieces: PieceReader,
        findings: list[Finding],
        zone: str,
    ) -> None:
        self.findings = findings
        self.turns: list[datetime] = []
        self.body = NO_BODY
        self._record = record
        self._path = path
        self._now = now
        self._pieces = pieces
        self._zone = zone

    def read(self) -> tuple[Article | None, HeldBack | None]:
        """The article, and why it is to be held back."""
        values = Fields(self._record.front or {}, (), self.findings)
        values = under_own_keys(values, RECORD_KEYS, "a record")
        values = self._with_title(values)
        decided = publication(values, self._path, self._now, self._zone)
        self.turns += decided.turns
        pictures = self._pieces.as_stored(self._pieces.pictures(values))
        piece = self._pieces.piece(values, pictures, decided.published)
        article = self._article(values, piece, pictures, decided) if piece else None
        held_back = decided.held_back(self._path)
        if held_back:
            aliases = article.aliases if article else ()
            return article, replace(held_back, aliases=aliases)
        if piece is None and not isinstance(values.raw("title"), list | dict):
            self.findings.append(_no_title())
        if article and article.alone and article.story:
            self.findings.append(_alone_with(article.story))
        return article, None

    def _with_title(self, values: Fields) -> Fields:
        """Where no key is a title, the heading with which the body begins is one."""
        if values.has("title"):
            return values
        title, body = heading_of(self._record.body)
        if not title:
            return values
        self._record = replace(self._record, body=body)
        made = Fields({**values.all(), "title": title}, values.at, values.findings)
        made.written = values.written
        made.note(_title_from_heading())
        return made

    def _article(
        self,
        values: Fields,
        piece: Coverage,
        pictures: tuple[Picture, ...],
        said: Publication,
    ) -> Article:
        if not piece.link and not names_a_link(values):
            hint = "add webUrl: https://… (or originalUrl)"
            no_link = "the record has no link to its outlet"
            self.findings.append(warning((), "link-missing", no_link, hint))
        heat = values.integer("heat")
        note, text = values.block("featuredContent"), self._record.body
        self.body = ArticleBody(text, note, pictures, self._related(values))
        return Article(
            path=self._path,
            slug=slug_of(self._path),
            piece=piece,
            topics=values.lines("topics"),
            heat=heat,
            promoted=_is_promoted(
                values.flag("published", HELD if said.reason == NOT_PUBLIC else ""), heat, piece
            ),
            category=values.choice("category", CATEGORIES, "news"),
            updated=said.updated.at if said.updated else None,
            arrived=arrived.at if (arrived := values.time("arrivedDateTime")) else None,
            story=self._story(values),
            aliases=values.lines("aliases"),
            alone=bool(values.flag("alone")) or (values.has("story") and not values.raw("story")),
        )

    def _related(self, values: Fields) -> tuple[Coverage, ...]:
        """The other pieces, without those that are dated ahead."""
        pieces = self._pieces.related(values)
        waiting = ahead(pieces, self._now)
        shown = tuple([p for p in pieces if p not in waiting]) if waiting else pieces
        latest = max([piece.published for piece in shown if piece.published], default=None)
        self.turns += [first_of(piece) for piece in waiting] + ([latest] if latest else [])
        return shown

    def _story(self, values: Fields) -> str | None:
        key = values.line("story")
        return slug(key) if key else None


def _is_promoted(published: bool | None, heat: int | None, piece: Coverage) -> bool:
    """Whether it is, as the record says; else if hot enough; else if dated and with a link.

    Heat 70 is the gate of the archive that the format comes from.
    """
    if published is not None:
        return published
    if heat is not None:
        return heat >= 70
    return piece.published is not None and bool(piece.link)


def _no_record(path: str) -> Problem:
    message = "nothing says that this text is a record: it has no keys, no day, no headline"
    hint = "end its name in .md, put --- and keys above it, or list it under exclude: in site.yml"
    return at_line(path, 1, "record-doubtful", message, hint)


def _no_front(path: str) -> Problem:
    message = "the record has no keys: its first line is its title"
    hint = "put --- and keys above it, as docs/content.md shows, or list it under exclude:"
    return Problem(path, 1, 1, Severity.NOTE, "front-matter-none", message, hint)


def _alone_with(story: str) -> Finding:
    return error(
        ("alone",),
        "decision-contradiction",
        f"alone: true contradicts story: {story} in the same record",
        "delete one of the two; until then the story key is followed",
    )


def _title_from_heading() -> Finding:
    message = "no key is the title: the heading of the text is read as it"
    return remark((), "title-in-heading", message, "add title:, if it is another")


def _no_title() -> Finding:
    at: Place = ("title",)
    return error(
        at,
        "title-missing",
        "the record has no title",
        'add title: "the headline as the outlet wrote it"',
    )
