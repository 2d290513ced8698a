"""Links to other hosts: which there are, what is remembered of them, what an answer means.

Nothing here asks anybody; see `fetch.link_check`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from newsstand.content.disk_reading import read_text
from newsstand.fetch.http_answers import Answer
from newsstand.markup.markdown import addresses_in
from newsstand.problems import Problem, Severity, quoted
from newsstand.site import Site
from newsstand.text.date_names import iso
from newsstand.text.dates import read_instant
from newsstand.text.links import web_link
from newsstand.text.places import place_in_text

KEPT_GOOD = timedelta(days=7)
KEPT_OTHER = timedelta(days=1)
_GONE = (404, 410)
# Names that lead nowhere on purpose (RFC 2606, RFC 6761).
_RESERVED = (".example", ".test", ".invalid", ".example.com", ".example.net", ".example.org")


@dataclass(frozen=True, slots=True)
class Use:
    """A link, without its fragment, and the first place that has it."""

    link: str
    path: str
    written: str


def outer_links(site: Site) -> list[Use]:
    """Every link to another host in records, pages and settings, once, in order.

    Not those of related pieces, of which a site has a hundred times as many.
    """
    uses: dict[str, Use] = {}
    own = site.config.url
    for path, written in _written(site):
        link = urldefrag(web_link(written))[0]
        if link and not (own and link.startswith(own)) and not _is_reserved(link):
            uses.setdefault(link, Use(link, path, written))
    return list(uses.values())


def _written(site: Site) -> Iterator[tuple[str, str]]:
    for link in (*site.config.header_links, *site.config.footer_links):
        yield "", link.url
    for page in site.pages:
        yield from ((page.path, address) for tag, address in addresses_in(page.body) if tag == "a")
    for article in sorted(site.articles, key=lambda a: a.path):
        yield article.path, article.piece.link
        body = site.body(article)
        text = f"{body.note}\n\n{body.body}"
        if "[" in text or "<" in text:
            yield from ((article.path, a) for tag, a in addresses_in(text) if tag == "a")


def _is_reserved(link: str) -> bool:
    host = f".{urlsplit(link).hostname or ''}".rstrip(".")
    return host.endswith(_RESERVED)


def problems_of(
    uses: Iterable[Use], answers: Mapping[str, Answer], content: Path, config: Path | None
) -> Iterator[Problem]:
    """What is wrong with links, at the places that have them."""
    for use in uses:
        meaning = _meaning(answers.get(use.link, Answer(fault="was not asked")))
        if meaning:
            folder, path = content, use.path
            if not path and config:
                folder, path = config.parent, config.name
            line, column = place_in_text(read_text(folder, path)[0], use.written)
            whole = f"the link {quoted(use.written)} {meaning.message}"
            yield Problem(path, line, column, meaning.severity, meaning.code, whole, meaning.hint)


class _Meaning(NamedTuple):
    severity: Severity
    code: str
    message: str
    hint: str


def _meaning(answer: Answer) -> _Meaning | None:
    if answer.private:
        hint = "write an address that readers can reach"
        return _Meaning(Severity.WARNING, "link-private", "leads to a private address", hint)
    if answer.status in _GONE:
        hint = "find where the report is now, or delete the link"
        return _Meaning(
            Severity.WARNING, "link-dead", f"is gone: its host answers {answer.status}", hint
        )
    if answer.moved and answer.is_good:
        hint = f"write {answer.moved}"
        return _Meaning(Severity.NOTE, "link-moved", "has moved for good", hint)
    if answer.is_good:
        return None
    if (answer.status and answer.status < 500) or answer.fault.startswith("was not"):
        why = answer.fault or f"answers {answer.status} to programs"
        return _Meaning(Severity.NOTE, "link-unchecked", why, "look at it in a browser")
    why = answer.fault or f"answers {answer.status}"
    hint = "try again later; if it stays so, mend the link"
    return _Meaning(Severity.WARNING, "link-no-answer", why, hint)


def remembered(text: str, now: datetime) -> dict[str, Answer]:
    """The text of the cache -> answers that are not too old; none where it cannot be read."""
    answers_by_link: dict[str, Answer] = {}
    with suppress(ValueError, TypeError, AttributeError, KeyError):
        for link, entry in json.loads(text).items():
            kept = entry["answer"]
            words = (str(kept["fault"]), str(kept["moved"]))
            answer = Answer(int(kept["status"]), *words, bool(kept["private"]))
            age = now - read_instant(entry["asked"])[0]
            if timedelta(0) <= age < (KEPT_GOOD if answer.is_good else KEPT_OTHER):
                answers_by_link[link] = answer
    return answers_by_link


def to_remember(text: str, answers: Mapping[str, Answer], now: datetime) -> str:
    """The new text of the cache: new answers with the time, older ones with theirs."""
    entries: dict[str, object] = {}
    with suppress(ValueError, AttributeError):
        entries = {link: e for link, e in json.loads(text).items() if link not in answers}
    fresh = remembered(text, now)
    kept = {link: entry for link, entry in entries.items() if link in fresh}
    new = {link: {"asked": iso(now), "answer": asdict(a)} for link, a in answers.items()}
    return json.dumps(kept | new, indent=1, sort_keys=True) + "\n"
