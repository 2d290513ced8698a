"""What one outlet has at one link: the record itself, or an entry of its `related`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from newsstand.content.front_matter.fast_yaml import Shared
from newsstand.content.front_matter.fields import Fields
from newsstand.content.kinds.cached_picture import as_stored
from newsstand.content.kinds.foreign_keys import are_own, with_own_keys
from newsstand.content.kinds.picture import FindPicture, pictures_of
from newsstand.content.record_keys import PROVIDER_KEYS, RELATED_KEYS
from newsstand.model import Coverage, Picture, Provider
from newsstand.problems import error, warning
from newsstand.text.dates import Time
from newsstand.text.hosts import outlet_host
from newsstand.text.links import host_of, piece_key, without_tracking
from newsstand.text.strings import slug, without_escapes

Memo = dict[object, tuple[Coverage, Provider | None]]
"""Related entries that were read before, by what they say."""

_LINKS = ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")
_TAIL = re.compile(r"(?P<title>.*\S)\s+[-–—|·]\s+(?P<tail>[^-–—|·]{2,40})")
_SIGNS = re.compile(r"[\W_]+")
_ENDINGS = ("", "com", "news", "online", "magazine", "tv", "daily")


class Manner(NamedTuple):
    """How records are read: whether links keep what only counts readers, in which zone days are.

    `outlets` gives the domain of an outlet by each other host that it has, `names` by each other
    name.
    """

    keep_tracking: bool = False
    zone: str = "UTC"
    outlets: Mapping[str, str] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})

    @property
    def mark(self) -> str:
        """A text that is equal only for the same manner."""
        by_domain, by_name = sorted(self.outlets.items()), sorted(self.names.items())
        return repr((self.keep_tracking, self.zone, by_domain, by_name))


class PieceReader:
    """Reads the pieces of one record. `providers` are the outlets that they name, by domain."""

    def __init__(self, find_picture: FindPicture, memo: Memo, manner: Manner) -> None:
        self.providers: dict[str, Provider] = {}
        self._find_picture = find_picture
        self._memo = memo
        self._manner = manner
        self._named: Provider | None = None  # the outlet that the last piece names
        self._wire = ""  # the agency of the last piece
        self._asked = 0  # how often a picture of the site was looked for

    def pictures(self, values: Fields) -> tuple[Picture, ...]:
        """What stands under `images`."""
        return pictures_of(values, self._find)

    def as_stored(self, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        """Pictures of other hosts as the site holds them, where it does."""
        return tuple([as_stored(picture, self._find_picture) for picture in pictures])

    def _find(self, address: str) -> str:
        self._asked += 1
        return self._find_picture(address)

    def piece(
        self, values: Fields, pictures: tuple[Picture, ...], time: Time | None
    ) -> Coverage | None:
        """The piece that these keys describe; None where they have no title."""
        title = values.line("title")
        links = [values.link(key) for key in _LINKS]
        link = links[0] or links[1]
        outlet = self._provider(values, link)
        if not title:
            return None
        name = self._named.name if self._named else ""
        return Coverage(
            title=without_outlet(title, name, outlet),
            excerpt=values.line("excerpt"),
            published=time.last if time else None,
            link=link if self._manner.keep_tracking else without_tracking(link),
            keys=tuple(sorted({piece_key(x) for x in links if x})),
            outlet=outlet,
            kind=values.line("type", "article").lower(),
            quality=values.integer("quality") or 0,
            picture=pictures[0] if pictures else None,
            language=values.language("language", "locale"),
            is_day=time.is_day if time else False,
            wire=self._wire,
        )

    def _provider(self, values: Fields, link: str) -> str:
        given = values.below("provider") if isinstance(values.raw("provider"), dict) else None
        self._wire = given.line("wire") if given is not None else ""
        if given is None:
            name = without_escapes(values.line("provider"))
            domain = self._identity(host_of(link), name)
            self._keep(Provider(domain, name or domain))
            return domain
        given.expect(PROVIDER_KEYS, "an outlet")
        name = without_escapes(given.line("name"))
        domain = self._identity(given.domain("domain") or host_of(link), name)
        pictures = self.pictures(given)
        self._keep(Provider(domain, name or domain, pictures=pictures))
        return domain

    def _identity(self, host: str, name: str) -> str:
        """The domain by which an outlet is known: one for all its hosts and names."""
        plain = outlet_host(host) if host else slug(name) if name else ""
        domain = self._manner.names.get(name.casefold()) if name and self._manner.names else None
        if domain is None or plain in self._manner.outlets:
            domain = self._manner.outlets.get(plain)
        return domain or plain

    def _keep(self, provider: Provider | None) -> None:
        self._named = provider if provider and provider.domain else None
        if self._named:
            self.providers.setdefault(self._named.domain, self._named)

    def related(self, values: Fields) -> tuple[Coverage, ...]:
        """The entries of `related`. Equal ones repeat in many records: each is read once."""
        read_before, providers = self._memo.get, self.providers
        pieces = []
        for index, item in values.entries("related"):
            read = read_before(item.mark) if type(item) is Shared else None
            if read is None:
                entry = values.entry("related", index, item)
                piece = self._related_piece(entry) if entry else None
                if piece:
                    pieces.append(piece)
                continue
            pieces.append(read[0])
            if read[1] is not None and read[0].outlet not in providers:
                self._keep(read[1])
        return tuple(pieces)

    def _related_piece(self, entry: Fields) -> Coverage | None:
        key = entry.fingerprint()
        read_before = self._memo.get(key) if key is not None else None
        if read_before is not None:
            self._keep(read_before[1])
            return read_before[0]
        before = len(entry.findings), self._asked
        shown = _of_related(entry)
        if shown is None:
            return None
        entry = shown
        time = entry.time("publishedDateTime", "; the piece was left out")
        if time is None and entry.is_given("publishedDateTime"):
            return None  # it may lie ahead
        time = time.day_in(self._manner.zone) if time else None
        piece = self.piece(entry, self.pictures(entry), time)
        if piece is None and not isinstance(entry.raw("title"), list | dict):
            message, hint = "a related piece has no title", "add its title, or delete the entry"
            entry.note(error((), "related-no-title", message, hint))
        elif piece and not piece.link and not names_a_link(entry):
            message, hint = "a related piece has no link", "add webUrl: https://…"
            entry.note(warning((), "related-no-link", message, hint))
        # Another record may find another picture beside itself, and has its own places.
        if key and piece is not None and (len(entry.findings), self._asked) == before:
            self._memo[key] = (piece, self._named)
        return piece


def _of_related(entry: Fields) -> Fields | None:
    """The keys of a related piece by their names here; None where nobody is to see it."""
    if are_own(entry.all(), RELATED_KEYS):
        return entry
    entry = under_own_keys(entry, RELATED_KEYS | {"draft", "removed"}, "a related piece")
    held = entry.holds_back("draft") or entry.holds_back("removed")
    if held:
        message = f"a related piece is left out ({held})"
        entry.note(warning((), "page-held-back", message, "nothing, if that is meant"))
    return None if held else entry


def under_own_keys(values: Fields, keys: frozenset[str], what: str) -> Fields:
    """Keys by the names that they have here; those of other programs are noted."""
    if are_own(values.all(), keys):
        return values
    made = with_own_keys(values.all(), keys, what)
    for finding in made.findings:
        values.note(finding)
    fields = Fields(made.values, values.at, values.findings)
    fields.written = made.written
    return fields


def names_a_link(values: Fields) -> bool:
    """Whether a link is given, be it a good one or one that is a problem of its own."""
    return bool(values.raw("webUrl") or values.raw("originalUrl"))


def ahead(pieces: tuple[Coverage, ...], now: datetime) -> tuple[Coverage, ...]:
    """The pieces that are dated after a time."""
    return tuple([p for p in pieces if p.published and p.published > now and first_of(p) > now])


def first_of(piece: Coverage) -> datetime:
    """The first instant that may be meant by the time of a dated piece."""
    if piece.published is None:
        raise ValueError("the piece has no time")
    return piece.stated or piece.published


def without_outlet(title: str, name: str, domain: str) -> str:
    """A headline without the outlet's name behind it, as aggregators write it ("… - Gazette")."""
    if " - " not in title and " | " not in title and " – " not in title and " — " not in title:
        return title
    match = _TAIL.fullmatch(title)
    if match is None:
        return title
    tail = _squeezed(match["tail"])
    labels = domain.split(".")
    host = _squeezed(labels[-2] if len(labels) > 1 else domain)
    outlets = {_squeezed(name), _squeezed(domain), *(host + end for end in _ENDINGS)}
    outlets |= {f"the{outlet}" for outlet in outlets if outlet}
    return match["title"] if tail and tail in outlets else title


def _squeezed(text: str) -> str:
    return _SIGNS.sub("", text).casefold()
