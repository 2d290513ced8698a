"""Files of ``providers/``: outlets."""

from __future__ import annotations

from newsstand.content.front_matter.fields import Fields
from newsstand.content.kinds.cached_picture import stored_logo
from newsstand.content.kinds.fediverse import read_handle
from newsstand.content.kinds.feed import read_feeds
from newsstand.content.kinds.keyed_file import KeyedFile, Outcome, is_hidden, read_keyed_file
from newsstand.content.kinds.picture import FindPicture, pictures_of
from newsstand.model import Provider
from newsstand.problems import error, quoted
from newsstand.text.hosts import outlet_host
from newsstand.text.links import domain_of
from newsstand.text.strings import one_line, without_escapes

OUTLET_KEYS = frozenset(
    "taxonomy _id name domain domains description otherNames images feeds url title".split()
) | {"fediverse"}


def _domains(values: Fields) -> tuple[str, ...]:
    """Other hosts of the outlet; what is none is said."""
    domains = []
    for number, name in enumerate(values.lines("domains")):
        host = domain_of(name)
        if "." in host:
            domains.append(outlet_host(host))
        else:
            message = f"domains holds {quoted(name)}, which is no host name"
            hint = "write only the host, such as harbour.example"
            values.note(error(("domains", number), "domain-invalid", message, hint))
    return tuple(dict.fromkeys(domains))


def read_provider(text: str, path: str, find_picture: FindPicture) -> Outcome[Provider]:
    """A file of ``providers/`` -> an outlet."""

    def build(source: KeyedFile) -> Provider | None:
        values = source.values
        if is_hidden(source, OUTLET_KEYS, "an outlet"):
            return None
        domain = values.domain("domain") or values.domain("_id")
        if not domain and (values.raw("domain") or values.raw("_id")):
            return None  # what is wrong with it is a problem already
        if not domain:
            values.note(
                error(
                    ("domain",),
                    "outlet-no-domain",
                    "the outlet has no domain",
                    "add domain: harbour.example",
                )
            )
            return None
        read_feeds(values)  # for what is wrong with them: `fetch` asks for them itself
        return Provider(
            domain=domain,
            name=without_escapes(values.line("name")) or domain,
            description=values.line("description") or one_line(source.body),
            other_names=tuple(map(without_escapes, values.lines("otherNames"))),
            domains=_domains(values),
            pictures=pictures_of(values, find_picture) or tuple(stored_logo(domain, find_picture)),
            fediverse=read_handle(values, "fediverse") or "",
        )

    return read_keyed_file(text, path, build)
